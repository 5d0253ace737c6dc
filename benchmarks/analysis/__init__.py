"""How good, steady and quick the text analysis is, beside what others would do in the same run."""
