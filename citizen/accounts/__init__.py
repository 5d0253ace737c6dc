"""Members of staff: who they are, what they may do and where, how they sign in."""
