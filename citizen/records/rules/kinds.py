"""The kinds of records that a retention rule can be made for."""

from collections.abc import Mapping
from enum import StrEnum

LONGEST = 1200
"""Months that a rule can have at most: a hundred years."""


class Kind(StrEnum):
    """What one rule is about."""

    IDEA_PUBLISHED = "idea_published"
    IDEA_UNPUBLISHED = "idea_unpublished"
    VOICE = "voice"
    REPORT = "report"
    SUPPORT = "support"
    CONTACT = "contact"
    DELETION_REQUEST = "deletion_request"
    SURVEY_TEXT = "survey_text"
    SURVEY_PERSON = "survey_person"
    FEEDBACK = "feedback"
    CASE = "case"


class Counted(StrEnum):
    """The day from which a rule's months count."""

    RECEIVED = "received"
    PUBLISHED = "published"
    LAST_STEP = "last_step"
    HANDLED = "handled"
    PROGRAMME_END = "programme_end"
    SURVEY_CLOSED = "survey_closed"


COUNTED_FROM: Mapping[Kind, tuple[Counted, ...]] = {
    Kind.IDEA_PUBLISHED: (Counted.PROGRAMME_END, Counted.LAST_STEP, Counted.PUBLISHED),
    Kind.IDEA_UNPUBLISHED: (Counted.LAST_STEP, Counted.RECEIVED, Counted.PROGRAMME_END),
    Kind.VOICE: (Counted.LAST_STEP, Counted.RECEIVED, Counted.PROGRAMME_END),
    Kind.REPORT: (Counted.HANDLED,),
    Kind.SUPPORT: (Counted.PROGRAMME_END,),
    Kind.CONTACT: (Counted.LAST_STEP, Counted.RECEIVED, Counted.PROGRAMME_END),
    Kind.DELETION_REQUEST: (Counted.HANDLED,),
    Kind.SURVEY_TEXT: (Counted.SURVEY_CLOSED, Counted.PROGRAMME_END),
    Kind.SURVEY_PERSON: (Counted.SURVEY_CLOSED, Counted.PROGRAMME_END),
    Kind.FEEDBACK: (Counted.HANDLED,),
    Kind.CASE: (Counted.HANDLED,),
}
"""From when each kind can be counted; the first is what is proposed."""


def kind_of_contribution(kind: str, visibility: str) -> Kind:
    """Under which rule a contribution falls."""
    if kind == "voice":
        return Kind.VOICE
    if kind == "answer":
        return Kind.SURVEY_TEXT
    return Kind.IDEA_PUBLISHED if visibility == "published" else Kind.IDEA_UNPUBLISHED
