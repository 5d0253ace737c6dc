"""Decisions about places, from values alone: what a point is, and what a map's picture has to be."""
