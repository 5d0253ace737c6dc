"""Cases about personal data: opened, filled, extended, answered. Each step leaves a row, without texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask_babel import gettext as _

from citizen.base import audit, clock, ids, locale, outbox
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.contributions import queries as contribution_queries
from citizen.programmes.models import Municipality
from citizen.records import queries
from citizen.records.models import CaseItem, SubjectCase
from citizen.records.rules import CaseKind, Sought, months_after

ANSWERED_WITHIN = 1
"""Months (Article 12(3) of the GDPR); two more where it is extended."""
EXTENDED_BY = 2


@dataclass(frozen=True)
class NewCase:
    """What somebody asks for, already checked."""

    kind: CaseKind
    person: str
    email: str | None
    language: str
    received_on: date
    case_number: str = ""


def open_case(municipality: Municipality, new: NewCase, *, user_id: int) -> SubjectCase:
    """Begin a case; it is due a month after the request came."""
    case = SubjectCase(
        ref=ids.new_ref("S"), municipality_id=municipality.id, kind=new.kind.value, person=new.person,
        email=new.email, language=new.language, received_on=new.received_on, case_number=new.case_number,
        due_on=months_after(new.received_on, ANSWERED_WITHIN), opened_at=clock.now(), opened_by=user_id,
    )
    session.add(case)
    audit.record("case.open", case.ref, user_id, kind=case.kind, due=case.due_on.isoformat())
    session.flush()
    return case


def extend_case(case: SubjectCase, because: str, *, user_id: int) -> None:
    """Give a case two more months, once, with the reason that the person is told.

    Raises
    ------
    Refused
        If it is closed or has been extended already.
    """
    _refuse_closed(case)
    if case.extended_because is not None:
        raise Refused(_("The time of this case has been extended already. The law allows it once."))
    case.extended_because, case.due_on = because, months_after(case.due_on, EXTENDED_BY)
    audit.record("case.extend", case.ref, user_id, due=case.due_on.isoformat())
    _write_to(case, because)
    session.flush()


def note_search(case: SubjectCase, by: Sought, count: int, *, user_id: int) -> None:
    """Note that somebody has looked for records: by what, and how many, never what was sought."""
    _refuse_closed(case)
    audit.record("case.search", case.ref, user_id, by=by.value, found=count)


def add_items(case: SubjectCase, chosen: Sequence[tuple[str, str]], *, own: bool, user_id: int) -> int:
    """Add records to a case, each once; what the case's municipality does not keep is passed over.

    Parameters
    ----------
    chosen : kind and key of each.
    own : whether they were found by an address or a code of the person's, so that they are theirs.

    Returns
    -------
    How many were new.
    """
    _refuse_closed(case)
    known = {(item.kind, item.key): item for item in queries.case_items(case.id)}
    added = 0
    for kind, key in dict.fromkeys(chosen):
        if (kind, key) in known:
            known[kind, key].is_own = known[kind, key].is_own or own
            continue
        item = CaseItem(case_id=case.id, kind=kind, key=key, is_own=own, added_at=clock.now(),
                        added_by=user_id)
        if not queries.is_kept(item, case.municipality_id):
            continue
        session.add(item)
        audit.record("case.add", case.ref, user_id, kind=kind, key=key, own=own)
        added += 1
    if not added:
        audit.record("case.add", case.ref, user_id, added=0)
    session.flush()
    return added


def remove_item(case: SubjectCase, item: CaseItem, *, user_id: int) -> None:
    """Take a record out of a case that does not belong there. The record itself stays.

    Raises
    ------
    Refused
        If something has been done about it in this case.
    """
    _refuse_closed(case)
    if item.outcome is not None:
        raise Refused(_("Something has been done about this record in the case, so that it stays in it."))
    audit.record("case.remove", case.ref, user_id, kind=item.kind, key=item.key)
    session.delete(item)
    session.flush()


def note_given_out(case: SubjectCase, form: str, *, user_id: int) -> None:
    """Note that what is in a case was made into something to give to the person, and that somebody has looked
    at what staff had taken out of it.
    """
    items = queries.case_items(case.id)
    audit.record("case.give_out", case.ref, user_id, form=form, records=len(items))
    for item in items:
        one = queries.contribution_of(item, case.municipality_id) if item.kind == "contribution" else None
        if one is not None and contribution_queries.redaction(one.id):
            audit.record("moderation.look", one.ref, user_id, case=case.ref)


def close_case(case: SubjectCase, answer: str, *, version: int, user_id: int) -> None:
    """Close a case with an answer, which is mailed where the person has an address in it.

    Raises
    ------
    Conflict
        If somebody else has changed the case since the page was made.
    """
    if case.version != version:
        raise Conflict(_("Somebody else has changed this meanwhile. Nothing was overwritten."))
    _refuse_closed(case)
    case.closed_at, case.closed_by, case.answer = clock.now(), user_id, answer
    audit.record("case.close", case.ref, user_id, late=clock.today() > case.due_on)
    _write_to(case, answer)
    session.flush()


def reopen_case(case: SubjectCase, *, user_id: int) -> None:
    """Open a case again; an answer that has not been sent is taken back."""
    if case.closed_at is None:
        raise Refused(_("This case is open."))
    case.closed_at = case.closed_by = case.answer = None
    outbox.take_back(f"case:{case.ref}")
    audit.record("case.reopen", case.ref, user_id)
    session.flush()


def _write_to(case: SubjectCase, words: str) -> None:
    """Leave a mail in the person's language; without an address they are answered on paper."""
    if not case.email:
        return
    municipality = session.get_one(Municipality, case.municipality_id)
    with locale.speaking(case.language):
        is_answer = case.answer is not None
        subject = _("The municipality has answered you")
        if not is_answer:
            subject = _("We need more time to answer you")
        outbox.put(
            receiver=case.email, language=case.language, subject=subject, about=f"case:{case.ref}",
            body=render_template(
                "mail/case.txt", case=case, words=words, is_answer=is_answer,
                municipality=locale.in_language(municipality.names, case.language)[0],
            ),
        )


def _refuse_closed(case: SubjectCase) -> None:
    if case.closed_at is not None:
        raise Refused(_("This case is closed. Open it again to change something."))
