"""Deletes what a rule lets go, lot by lot, and certifies it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, select

from citizen.analysis.removed import MARKS
from citizen.base import audit, clock, ids
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contact, Contribution
from citizen.ideas import actions as ideas
from citizen.portfolio import actions as portfolio
from citizen.programmes import queries as programmes
from citizen.records import queries
from citizen.records.models import CaseItem, Certificate, RetentionRule, SubjectCase
from citizen.records.queries import DueRow, Source
from citizen.records.rules import Counted, Kind, months_before
from citizen.statements import actions as statements
from citizen.surveys import actions as surveys

LOT_SIZE = 200
# What a certificate tells of beside what it is about.
TOLD = (
    "voice", "picture", "report", "support", "contact", "deletion_request", "appeal", "second_look",
    "official_answer", "internal_note", "survey_answer", "survey_respondent",
)

WithIt = Mapping[str, int]


def start(
    rule: RetentionRule, until: date, *, version: int, user_id: int | None, by_name: str
) -> Certificate:
    """Begin to carry a rule out as it was seen: with a certificate of what has gone so far, nothing.

    Parameters
    ----------
    until : the last day that was counted up to on the page of the dry run.
    version : of the rule that was seen there.

    Raises
    ------
    Conflict
        If the rule has been changed since, or reaches less far than was seen.
    Refused
        If nothing is due.
    """
    programmes.hold(rule.municipality_id)
    session.refresh(rule)
    if rule.version != version or until > months_before(clock.today(), rule.months):
        raise Conflict(_("The rule has been changed meanwhile. Nothing was deleted. Do the dry run again."))
    kind = Kind(rule.kind)
    if not queries.due(kind, Counted(rule.counted_from), rule.municipality_id, until).count:
        raise Refused(_("There is nothing to delete by this rule today."))
    certificate = Certificate(
        ref=ids.new_ref("D"), municipality_id=rule.municipality_id, kind=rule.kind, decision=rule.decision,
        decided_on=rule.decided_on, months=rule.months, counted_from=rule.counted_from, until=until,
        with_it={}, started_at=clock.now(), user_id=user_id, by_name=by_name,
    )
    session.add(certificate)
    audit.record("retention.start", certificate.ref, user_id, kind=rule.kind, decision=rule.decision,
                 until=until.isoformat())
    session.flush()
    return certificate


def carry_on(certificate: Certificate) -> int:
    """Delete the next lot and bring the certificate up to date; the last call finishes it.

    Where the rule has been changed meanwhile, nothing more goes.

    Returns
    -------
    How many records went; 0 when it is finished.
    """
    programmes.hold(certificate.municipality_id)
    session.refresh(certificate)
    if certificate.finished_at is not None:
        return 0
    kind = Kind(certificate.kind)
    for source in _sources(certificate, kind):
        if rows := _still_due(source, certificate):
            _certify(certificate, rows, _DISPOSERS[source.name]([row.key for row in rows], certificate))
            audit.record("retention.lot", certificate.ref, certificate.user_id, count=len(rows))
            return len(rows)
    certificate.finished_at = clock.now()
    audit.record("retention.finish", certificate.ref, certificate.user_id, count=certificate.count)
    session.flush()
    return 0


def certify(certificate: Certificate, row: DueRow, source: str) -> None:
    """Delete one record for a case, and certify it."""
    _certify(certificate, [row], _DISPOSERS[source]([row.key], certificate))
    certificate.finished_at = clock.now()


def _sources(certificate: Certificate, kind: Kind) -> list[Source]:
    rule = queries.rule(certificate.municipality_id, kind)
    terms = (certificate.months, certificate.counted_from, certificate.decision)
    if rule is None or (rule.months, rule.counted_from, rule.decision) != terms:
        return []
    return queries.sources(kind, Counted(rule.counted_from), certificate.municipality_id)


def _still_due(source: Source, certificate: Certificate) -> list[DueRow]:
    """The next lot, looked at once more under lock: somebody may just have reported one of them."""
    if certificate.until is None:
        return []
    rows = queries.lot(source, certificate.until, LOT_SIZE)
    if source.name != "contribution" or not rows:
        return rows
    _locked([row.key for row in rows])
    return queries.lot(source, certificate.until, LOT_SIZE, only=[row.key for row in rows])


def _certify(certificate: Certificate, rows: Sequence[DueRow], with_it: WithIt) -> None:
    days = [row.on for row in rows]
    certificate.first_on = min([*days, certificate.first_on or days[0]])
    certificate.last_on = max([*days, certificate.last_on or days[0]])
    certificate.count += len(rows)
    total = Counter(certificate.with_it) + Counter({name: with_it.get(name, 0) for name in TOLD})
    certificate.with_it = {name: count for name, count in total.items() if count}
    session.flush()


# ---- one lot of each kind


def _locked(contribution_ids: Sequence[int]) -> Sequence[Contribution]:
    """Contributions with the lines under them, in the order of their ids so that nobody blocks each other."""
    ids_of_lines = queries.lines_under(contribution_ids)
    return session.scalars(
        select(Contribution).where(Contribution.id.in_([*contribution_ids, *ids_of_lines]))
        .order_by(Contribution.id).with_for_update().execution_options(populate_existing=True)
    ).all()


def _contributions(keys: Sequence[int], certificate: Certificate) -> WithIt:
    found = _locked(keys)
    numbers = [one.id for one in found]
    addresses = session.scalars(select(Contact.id).where(Contact.contribution_id.in_(numbers))).all()
    for one in found:
        audit.record("retention.dispose", one.ref, certificate.user_id, certificate=certificate.ref)
    portfolio.forget_quotes(numbers)
    removed = contributions.dispose(found)
    return removed | {"voice": len(found) - len(keys), "contact": len(addresses)}


def _reports(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    ideas.dispose_reports(keys)
    return {}


def _support(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    return {"support": ideas.dispose_support(keys)}


def _contacts(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    found = select(Contribution).where(Contribution.id.in_(keys)).order_by(Contribution.id)
    for one in session.scalars(found):
        contributions.stop_news(one)
    return {}


def _requests(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    contributions.dispose_requests(keys)
    return {}


def _answers(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    return surveys.dispose_texts(keys, dict(MARKS))


def _people(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    return surveys.dispose_people(keys)


def _feedback(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    statements.dispose_feedback(keys)
    return {}


def _cases(keys: Sequence[int], _certificate: Certificate) -> WithIt:
    for gone in (delete(CaseItem).where(CaseItem.case_id.in_(keys)),
                 delete(SubjectCase).where(SubjectCase.id.in_(keys))):
        session.execute(gone.execution_options(synchronize_session=False))
    return {}


_DISPOSERS: Mapping[str, Callable[[Sequence[int], Certificate], WithIt]] = {
    "contribution": _contributions, "report": _reports, "support": _support, "contact": _contacts,
    "deletion_request": _requests, "survey_submission": _answers, "survey_invitation": _people,
    "feedback": _feedback, "case": _cases,
}
