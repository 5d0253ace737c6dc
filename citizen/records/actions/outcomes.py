"""What becomes of a record in a case: kept, words erased, deleted within the rules. Always with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from citizen.base import audit, clock, ids
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions import actions as contributions
from citizen.ideas import actions as ideas
from citizen.moderation import actions as moderation
from citizen.records import queries
from citizen.records.actions.disposing import certify
from citizen.records.models import CaseItem, Certificate, RetentionRule, SubjectCase
from citizen.records.queries import DueRow
from citizen.records.rules import (
    MARKS,
    Counted,
    Eraser,
    Kind,
    Outcome,
    kind_of_contribution,
    months_after,
)
from citizen.statements import actions as statements
from citizen.surveys import actions as surveys

_RULES = {
    "report": (Kind.REPORT, "report"), "submission": (Kind.SURVEY_TEXT, "survey_submission"),
    "invitation": (Kind.SURVEY_PERSON, "survey_invitation"), "feedback": (Kind.FEEDBACK, "feedback"),
}


@dataclass(frozen=True)
class Grounds:
    """Whether a record may be deleted now, by which rule, and from when on by its months alone.

    ``rule`` is None where the municipality has decided nothing about its kind; ``free_on`` where its time has
    not begun.
    """

    kind: Kind
    source: str
    key: int | None
    rule: RetentionRule | None
    began: date | None
    free_on: date | None

    @property
    def may(self) -> bool:
        """The decision lets it go when asked for, or its time is up."""
        if self.rule is None or self.key is None:
            return False
        return self.rule.on_request or (self.free_on is not None and self.free_on <= clock.today())


def grounds_to_delete(item: CaseItem, municipality_id: int) -> Grounds:
    """What the municipality's rules say about deleting a record of a case."""
    kind, source_name, key = _place(item, municipality_id)
    rule = queries.rule(municipality_id, kind)
    began = None
    if rule is not None and key is not None:
        for source in queries.sources(kind, Counted(rule.counted_from), municipality_id):
            if source.name == source_name:
                began = queries.began(source, key)
    free_on = months_after(began, rule.months) if rule and began else None
    return Grounds(kind, source_name, key, rule, began, free_on)


def _place(item: CaseItem, municipality_id: int) -> tuple[Kind, str, int | None]:
    if item.kind != "contribution":
        return *_RULES[item.kind], int(item.key)
    found = queries.contribution_of(item, municipality_id)
    kind = kind_of_contribution(found.kind, found.visibility) if found else Kind.IDEA_UNPUBLISHED
    return kind, "contribution", found.id if found else None


def keep_item(case: SubjectCase, item: CaseItem, reason: str, *, user_id: int) -> None:
    """Decide that a record stays as it is, and why."""
    _refuse_done(case, item)
    _done(case, item, Outcome.KEPT, reason, user_id)


def undo_keep(case: SubjectCase, item: CaseItem, *, user_id: int) -> None:
    """Take back that a record stays; what has been erased cannot be taken back."""
    if case.closed_at is not None or item.outcome != Outcome.KEPT:
        raise Refused(_("There is nothing to undo."))
    item.outcome = item.reason = item.done_at = item.done_by = None
    audit.record("case.undo_keep", case.ref, user_id, kind=item.kind, key=item.key)
    session.flush()


def erase_item(
    case: SubjectCase, item: CaseItem, words: list[str], reason: str, *, address: bool, user_id: int
) -> int:
    """Take words out of a record for good, in every version of it, and the address where that is asked for.

    Returns
    -------
    In how many places.

    Raises
    ------
    Refused
        If it holds none of the words.
    """
    _refuse_done(case, item)
    count = _ERASERS[item.kind](item, case.municipality_id, words, address)
    if not count:
        raise Refused(_("None of these words stands in the record. Nothing was changed."))
    audit.record("case.erase", item.key if item.kind == "contribution" else case.ref, user_id,
                 case=case.ref, kind=item.kind, key=item.key, places=count)
    _done(case, item, Outcome.REDACTED, reason, user_id)
    return count


def delete_item(case: SubjectCase, item: CaseItem, reason: str, *, user_id: int, by_name: str) -> Certificate:
    """Delete a record that its rule lets go, with a certificate.

    Raises
    ------
    Refused
        If no decision of the municipality lets it go.
    """
    _refuse_done(case, item)
    grounds = grounds_to_delete(item, case.municipality_id)
    rule = grounds.rule
    if rule is None or grounds.key is None or not grounds.may:
        raise Refused(
            _("No decision of the municipality lets this record go yet. You can take words out of it.")
        )
    if grounds.kind in (Kind.REPORT, Kind.FEEDBACK) and grounds.began is None:
        raise Refused(_("Somebody still has to look at this. It can be deleted when it has been handled."))
    certificate = Certificate(
        ref=ids.new_ref("D"), municipality_id=case.municipality_id, kind=grounds.kind.value,
        decision=rule.decision, decided_on=rule.decided_on, case_ref=case.ref, with_it={},
        started_at=clock.now(), user_id=user_id, by_name=by_name,
    )
    session.add(certificate)
    session.flush()
    certify(certificate, DueRow(grounds.key, grounds.began or clock.today(), ""), grounds.source)
    audit.record("case.delete", certificate.ref, user_id, case=case.ref, kind=item.kind, key=item.key)
    _done(case, item, Outcome.DELETED, reason, user_id)
    return certificate


def _refuse_done(case: SubjectCase, item: CaseItem) -> None:
    if case.closed_at is not None:
        raise Refused(_("This case is closed. Open it again to change something."))
    if item.outcome == Outcome.DELETED:
        raise Refused(_("This record has been deleted."))


def _done(case: SubjectCase, item: CaseItem, outcome: Outcome, reason: str, user_id: int) -> None:
    item.outcome, item.reason, item.done_at, item.done_by = outcome.value, reason, clock.now(), user_id
    if outcome is Outcome.KEPT:
        audit.record("case.keep", case.ref, user_id, kind=item.kind, key=item.key)
    session.flush()


# ---- words


def _eraser(words: list[str], language: str) -> Eraser:
    return Eraser(words, MARKS.get(language, MARKS["en"]))


def _erase_contribution(item: CaseItem, municipality_id: int, words: list[str], address: bool) -> int:
    found = queries.contribution_of(item, municipality_id, for_change=True)
    if found is None:
        return 0
    erase = _eraser(words, found.language)
    # Before its words change: by them its answer is known, where nothing else ties the two.
    count = sum(surveys.erase_answer_text(*one, erase) for one in queries.answers_behind(found.id))
    count += contributions.erase_words(found, erase) + moderation.erase_note_words(found.id, erase)
    return count + int(address and contributions.stop_news(found))


def _erase_report(item: CaseItem, municipality_id: int, words: list[str], _address: bool) -> int:
    found = queries.report_of(item, municipality_id, for_change=True)
    if found is None:
        return 0
    row, about = found
    return ideas.erase_report_words(row, _eraser(words, about.language))


def _erase_feedback(item: CaseItem, municipality_id: int, words: list[str], address: bool) -> int:
    row = queries.feedback_of(item, municipality_id, for_change=True)
    if row is None:
        return 0
    return statements.erase_feedback_words(row, _eraser(words, row.language), address=address)


def _erase_submission(item: CaseItem, municipality_id: int, words: list[str], _address: bool) -> int:
    row = queries.submission_of(item, municipality_id)
    if row is None:
        return 0
    erase, texts = _eraser(words, row.language), queries.texts_of_answer(row)
    count = surveys.erase_answer_words(row.id, erase)
    return count + sum(contributions.erase_words(one, erase) + moderation.erase_note_words(one.id, erase)
                       for one in texts)


def _erase_invitation(item: CaseItem, municipality_id: int, _words: list[str], _address: bool) -> int:
    raise Refused(_("An invitation holds a name and an address only: delete it whole."))


_ERASERS: dict[str, Callable[[CaseItem, int, list[str], bool], int]] = {
    "contribution": _erase_contribution, "report": _erase_report, "feedback": _erase_feedback,
    "submission": _erase_submission, "invitation": _erase_invitation,
}
