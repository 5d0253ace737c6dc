"""The shapes of what moderators fill in."""
