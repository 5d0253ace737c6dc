"""The shape of input to surveys."""
