"""What the chapters of the Moscow–Tehran report share: tables, numbers, analysis and charts."""
