"""Themes: suggested by analysis, owned by people, and remembering what people did."""
