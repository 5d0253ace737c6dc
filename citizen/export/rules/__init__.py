"""Decisions about files for others: what is in them, in which variant, and how a cell is written."""
