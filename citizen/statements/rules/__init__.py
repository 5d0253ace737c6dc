"""Decisions about statements, from values alone."""
