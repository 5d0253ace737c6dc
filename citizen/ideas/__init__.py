"""Ideas: submit, read, support, follow, withdraw."""
