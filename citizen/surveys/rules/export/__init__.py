"""Answers as files for others: which columns, which cells, which syntax. From values alone."""
