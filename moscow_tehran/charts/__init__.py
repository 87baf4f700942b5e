"""Table in, figure out: the house style, and the chart kinds that more than one chapter uses."""
