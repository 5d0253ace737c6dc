"""Files for others: columns, variants, writers."""
