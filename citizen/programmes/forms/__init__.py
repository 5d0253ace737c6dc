"""The shape of what a municipality says of itself: its words for the analysis, and its colours."""
