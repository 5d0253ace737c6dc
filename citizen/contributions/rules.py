"""The two axes, from values alone. `Visibility`: who may read it. `Handling`: what becomes of it."""

from enum import StrEnum


class Visibility(StrEnum):
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    REJECTED = "rejected"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Handling(StrEnum):
    RECEIVED = "received"
    IN_THEME = "in_theme"
    UNDER_CONSIDERATION = "under_consideration"
    CANDIDATE = "candidate"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"


class Source(StrEnum):
    """The channel a contribution came in through."""

    WEB = "web"
    WORKSHOP = "workshop"
    PAPER = "paper"
    IMPORT = "import"


class Reason(StrEnum):
    """Why something is not published as it is; each has words in every language."""

    PERSONAL_DATA = "personal_data"
    ATTACK = "attack"
    HATE = "hate"
    THREAT = "threat"
    COPYRIGHT = "copyright"
    ADVERT = "advert"
    NOT_MUNICIPAL = "not_municipal"
    INDIVIDUAL_CASE = "individual_case"
    FAULT_REPORT = "fault_report"
    DUPLICATE = "duplicate"
    OFF_TOPIC = "off_topic"


SECTORS = ("public", "business", "academia", "civil_society", "resident")

_STAFF_STEPS = {
    Visibility.SUBMITTED: {Visibility.PUBLISHED, Visibility.RETURNED, Visibility.REJECTED},
    Visibility.PUBLISHED: {Visibility.HIDDEN},
    Visibility.HIDDEN: {Visibility.PUBLISHED},
    Visibility.RETURNED: set(),
    Visibility.REJECTED: set(),
    Visibility.WITHDRAWN: set(),
}
_NEEDS_REASON = {Visibility.RETURNED, Visibility.REJECTED, Visibility.HIDDEN}


def staff_may_step(before: str, after: str) -> bool:
    """Whether a decision may take a contribution from one visibility to another."""
    return Visibility(after) in _STAFF_STEPS[Visibility(before)]


def needs_reason(after: str) -> bool:
    """Whether a step must tell the author why."""
    return Visibility(after) in _NEEDS_REASON


def may_be_undone(after: str, *, is_undoing: bool) -> bool:
    """Whether the newest step can be taken back: one that staff took, and no taking back itself.

    Authors send again and withdraw; every other step is the staff's, from a page or a command.
    """
    return not is_undoing and Visibility(after) not in {Visibility.SUBMITTED, Visibility.WITHDRAWN}


def author_may_withdraw(visibility: str) -> bool:
    """An author may withdraw at any time, once."""
    return Visibility(visibility) is not Visibility.WITHDRAWN


def author_may_correct(visibility: str) -> bool:
    """A returned text is the author's to correct and send again."""
    return Visibility(visibility) is Visibility.RETURNED


def may_be_retyped(visibility: str) -> bool:
    """What staff typed in for somebody is theirs to correct until it has been decided about."""
    return Visibility(visibility) is Visibility.SUBMITTED
