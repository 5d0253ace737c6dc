"""The two axes, from values alone. `Visibility`: who may read it. `Handling`: what becomes of it."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from citizen.base import chain


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


class Held(StrEnum):
    """Why something that came in waits apart from the queue until somebody has looked."""

    TRAP = "trap"
    RATE = "rate"
    FLOOD = "flood"


# So many that are the same but for details, within so long, are a flood; the first ones are let through.
FLOOD_FROM = 5
FLOOD_WITHIN = timedelta(hours=3)


SECTORS = ("public", "business", "academia", "civil_society", "resident")

MOST_PICTURES = 3
LARGEST_PICTURE = 16 * 1024 * 1024
LONGEST_ALT = 300
# What waits in a form that came back; thrown away a little later, so that nobody is just sending it.
PICTURES_KEPT = timedelta(hours=24)
PICTURES_FORGOTTEN = timedelta(hours=25)

_STAFF_STEPS = {
    Visibility.SUBMITTED: {Visibility.PUBLISHED, Visibility.RETURNED, Visibility.REJECTED},
    Visibility.PUBLISHED: {Visibility.HIDDEN},
    Visibility.HIDDEN: {Visibility.PUBLISHED},
    Visibility.RETURNED: set(),
    Visibility.REJECTED: set(),
    Visibility.WITHDRAWN: set(),
}
_NEEDS_REASON = {Visibility.RETURNED, Visibility.REJECTED, Visibility.HIDDEN}
# Whoever looks at a decision again may take what it refused another way.
_STEPS_ON_APPEAL = {
    Visibility.REJECTED: {Visibility.PUBLISHED, Visibility.RETURNED},
    Visibility.HIDDEN: {Visibility.PUBLISHED, Visibility.RETURNED},
    # What had something taken out of it is published as its author wrote it.
    Visibility.PUBLISHED: {Visibility.PUBLISHED},
}
_REFUSALS = {Visibility.REJECTED, Visibility.HIDDEN}
_FOR_TWO = {Reason.HATE, Reason.THREAT}


def staff_may_step(before: str, after: str, kind: str = "idea") -> bool:
    """Whether a decision may take a contribution from one visibility to another.

    An answer in a survey is never returned: whoever wrote it may be nobody that can be asked.
    """
    if kind == "answer" and Visibility(after) is Visibility.RETURNED:
        return False
    return Visibility(after) in _STAFF_STEPS[Visibility(before)]


def needs_reason(after: str) -> bool:
    """Whether a step must tell the author why."""
    return Visibility(after) in _NEEDS_REASON


def needs_two(after: str, reason: str | None) -> bool:
    """Whether a step is too grave for one person: to keep a text from others as hate or a threat."""
    return Visibility(after) in _REFUSALS and reason in _FOR_TWO


def may_be_appealed(visibility: str, reason: str | None) -> bool:
    """Whether an author may ask that somebody else look at the decision that stands.

    A publication has a reason where something has been taken out of it.
    """
    is_redaction = Visibility(visibility) is Visibility.PUBLISHED and reason is not None
    return is_redaction or Visibility(visibility) in _REFUSALS


def may_step_on_appeal(before: str, after: str, kind: str = "idea") -> bool:
    """Whether whoever looks at a decision again may change it so. An answer is never returned."""
    if kind == "answer" and Visibility(after) is Visibility.RETURNED:
        return False
    return Visibility(after) in _STEPS_ON_APPEAL.get(Visibility(before), set())


def may_be_undone(after: str, *, is_undoing: bool) -> bool:
    """Whether the newest step can be taken back: one that staff took, and no taking back itself.

    Authors send again and withdraw; every other step is the staff's, from a page or a command.
    """
    return not is_undoing and Visibility(after) not in {Visibility.SUBMITTED, Visibility.WITHDRAWN}


def step_digest(previous: str | None, step: Any) -> str:
    """What a step along the first axis is known by: what it says, and what the one before is known by."""
    return chain.digest({
        "previous": previous or chain.BEGINNING, "contribution_id": step.contribution_id,
        "before": step.before, "after": step.after, "at": step.at, "user_id": step.user_id,
        "reason": step.reason, "words": step.words, "undoes_id": step.undoes_id,
    })


def seal_content(salt: str, values: Mapping[str, Any]) -> str:
    """What a row holds, as a hash that cannot be tried without its salt."""
    return chain.digest({"salt": salt, "values": values})


def seal_digest(previous: str | None, seal: Any) -> str:
    """What a seal is known by: what it says of a row, and what the seal before is known by."""
    return chain.digest({
        "previous": previous or chain.BEGINNING, "contribution_id": seal.contribution_id,
        "number": seal.number, "kind": seal.kind, "key": seal.key, "content": seal.content,
    })


def author_may_withdraw(visibility: str) -> bool:
    """An author may withdraw at any time, once."""
    return Visibility(visibility) is not Visibility.WITHDRAWN


def author_may_correct(visibility: str) -> bool:
    """A returned text is the author's to correct and send again."""
    return Visibility(visibility) is Visibility.RETURNED


def may_be_redacted(visibility: str) -> bool:
    """Words can be taken out of what waits, of what is public, and of what is to be public again."""
    return Visibility(visibility) in {Visibility.SUBMITTED, Visibility.PUBLISHED, Visibility.HIDDEN}


def may_be_revised(kind: str, visibility: str) -> bool:
    """An author may write anew what is public with a part removed; an answer to a survey has no author."""
    return kind != "answer" and Visibility(visibility) is Visibility.PUBLISHED


def may_be_declined_for(reason: str | None) -> bool:
    """Whether one person may keep a new version from the public: not as hate or as a threat."""
    return reason is not None and reason not in _FOR_TWO


def may_be_retyped(visibility: str) -> bool:
    """What staff typed in for somebody is theirs to correct until it has been decided about."""
    return Visibility(visibility) is Visibility.SUBMITTED


def may_be_merged(kind: str, visibility: str) -> bool:
    """Ideas that everyone may read: neither of two is lost to whoever looks for it."""
    return kind == "idea" and Visibility(visibility) is Visibility.PUBLISHED


_MAY_MOVE = {Visibility.SUBMITTED, Visibility.RETURNED, Visibility.PUBLISHED, Visibility.HIDDEN}


def may_be_moved(kind: str, visibility: str, handling: str) -> bool:
    """Ideas that somebody will still decide about, and that no candidate rests on.

    A line goes with its idea, and an answer belongs to its survey.
    """
    early = {Handling.RECEIVED, Handling.IN_THEME}
    return kind == "idea" and Visibility(visibility) in _MAY_MOVE and Handling(handling) in early


def may_be_answered(kind: str, visibility: str) -> bool:
    """The municipality answers in public what the public can read."""
    return kind == "idea" and Visibility(visibility) is Visibility.PUBLISHED


def held_by_form(client_key: str) -> str:
    """Who holds a photo of a form that has not been sent right yet: whoever knows its random key."""
    return f"form:{client_key}"


def held_by_receipt(ref: str) -> str:
    """Who holds a photo that was added while an idea is corrected: whoever has its receipt."""
    return f"receipt:{ref}"


def held_by_redaction(ref: str) -> str:
    """Who holds a photo that staff have hidden a part of, until a text shows it."""
    return f"redaction:{ref}"


HELD_BY_ANSWER = "answer:"


def held_by_answer(digest: str) -> str:
    """Who holds a photo of an answer to a survey: whoever knows the code that the digest was made of."""
    return f"{HELD_BY_ANSWER}{digest}"
