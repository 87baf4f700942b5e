"""Table in, table out: what chapters compute from the evidence. No plotting, no file access."""
