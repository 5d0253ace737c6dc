"""The shape of input about surveys."""
