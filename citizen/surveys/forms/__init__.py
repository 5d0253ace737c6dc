"""The shape of what comes in to surveys."""
