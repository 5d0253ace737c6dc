"""The queue of what has come in, and decisions with reasons."""
