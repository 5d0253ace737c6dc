"""A small living world for a first look: two municipalities, one programme."""
