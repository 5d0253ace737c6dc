"""What a rule would let go today. Order: what has waited longest first.

Whatever somebody still waits for is held: an open report, an unanswered request for deletion, an open case of
somebody whose data it is, and an idea under which a line still waits to be read.
"""

from citizen.records.queries.due.counting import Due, DueRow, began, due, first_due, lines_under, lot
from citizen.records.queries.due.sources import Source, sources

__all__ = ["Due", "DueRow", "Source", "began", "due", "first_due", "lines_under", "lot", "sources"]
