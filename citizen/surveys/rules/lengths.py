"""Most characters of a survey's texts, in whatever language and by whatever way they come in."""

LONGEST_TITLE = 120
"""Of a survey or a page."""
LONGEST_PAGE = 4000
"""What stands before the first question, before the questions of a page, and at the end."""
LONGEST_QUESTION, LONGEST_HELP = 1000, 2000
LONGEST_PART = 300
"""An option, an item of a matrix, a point of a scale."""
LONGEST_UNIT = 40
