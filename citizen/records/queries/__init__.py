"""Every read of records: what is due, what is kept about somebody, rules, certificates and cases."""

from citizen.records.queries.contents import (
    Content,
    content,
    contribution_of,
    feedback_of,
    report_of,
    submission_of,
)
from citizen.records.queries.due import Due, DueRow, Source, began, due, first_due, lines_under, lot, sources
from citizen.records.queries.keeping import (
    case,
    case_item,
    case_items,
    cases,
    certificate,
    certificates,
    names_of,
    rule,
    rules_of,
)
from citizen.records.queries.passages import Passage, passages
from citizen.records.queries.plan import Line, plan
from citizen.records.queries.seeking import MOST_FOUND, seek
from citizen.records.queries.twofold import answers_behind, texts_of_answer

__all__ = [
    "MOST_FOUND", "Content", "Due", "DueRow", "Line", "Passage", "Source", "answers_behind", "began", "case",
    "case_item", "case_items", "cases", "certificate", "certificates", "content", "contribution_of", "due",
    "feedback_of", "first_due", "lines_under", "lot", "names_of", "passages", "plan", "report_of", "rule",
    "rules_of", "seek", "sources", "submission_of", "texts_of_answer",
]
