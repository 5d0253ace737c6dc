"""Surveys, measured: ``python -m benchmarks.surveys``."""
