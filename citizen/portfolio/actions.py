"""Every write to candidates, and what follows for the ideas behind them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from citizen.base import audit, clock
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.rules import Handling
from citizen.portfolio import queries, rules
from citizen.portfolio.models import Candidate, CandidateIdea, CandidateTheme, StatusChange
from citizen.portfolio.rules import Difference
from citizen.themes import queries as theme_queries


@dataclass(frozen=True)
class Wording:
    """What people write in a dossier, already checked."""

    title: str
    need: str
    next_step: str
    goals: Sequence[int] = ()
    quotes: Sequence[int] = ()


def create_candidate(
    ref: str, programme_id: int, theme_ids: Sequence[int], wording: Wording, *, language: str,
    user_id: int,
) -> Candidate:
    """Make a candidate from themes, once per reference; the ideas behind it become candidates.

    Returns
    -------
    The candidate; the same reference again gives back what it made the first time.

    Raises
    ------
    Conflict
        If the reference belongs to another programme's candidate.
    """
    now = clock.now()
    candidate = Candidate(
        ref=ref, programme_id=programme_id, language=language, evidence=rules.evidence(()),
        evidence_at=now, status=rules.FIRST_STATUS, created_at=now, created_by=user_id,
        **_columns(wording),
    )
    try:
        with session.begin_nested():
            session.add(candidate)
            session.flush()
    except IntegrityError:
        # The form was sent twice: the first one was kept.
        return _made_before(programme_id, ref, user_id)
    session.add(StatusChange(candidate_id=candidate.id, before=None, after=candidate.status,
                             at=now, user_id=user_id))
    _set_themes(candidate, theme_ids)
    _take_evidence(candidate, theme_ids, user_id)
    audit.record("portfolio.create", ref, user_id, programme=programme_id, themes=list(theme_ids))
    return candidate


def _made_before(programme_id: int, ref: str, user_id: int) -> Candidate:
    known = queries.candidate(programme_id, ref)
    if known is None:
        raise Conflict(_("This candidate could not be made. Start again from the themes."))
    audit.record("portfolio.create", ref, user_id, sent_again=True)
    return known


def _columns(wording: Wording) -> dict[str, object]:
    return {
        "title": wording.title, "need": wording.need, "next_step": wording.next_step,
        "goals": list(wording.goals), "quotes": list(wording.quotes),
    }


def edit_candidate(
    candidate: Candidate, wording: Wording, *, user_id: int, expected_version: int
) -> None:
    """Change what people have written.

    Raises
    ------
    Conflict
        If the candidate is no longer at ``expected_version``.
    """
    _refuse_stale(candidate, expected_version)
    for name, value in _columns(wording).items():
        setattr(candidate, name, value)
    session.flush()
    audit.record("portfolio.edit", candidate.ref, user_id)


def change_themes(
    candidate: Candidate, theme_ids: Sequence[int], *, user_id: int, expected_version: int
) -> Difference:
    """Make a candidate from other themes than before, and take its evidence from them.

    Raises
    ------
    Conflict
        If the candidate is no longer at ``expected_version``.
    """
    _refuse_stale(candidate, expected_version)
    _set_themes(candidate, theme_ids)
    found = _take_evidence(candidate, theme_ids, user_id)
    audit.record("portfolio.edit", candidate.ref, user_id, themes=list(theme_ids))
    return found


def refresh_evidence(candidate: Candidate, *, user_id: int) -> Difference:
    """Take the evidence anew from the themes as they stand now; mergers are followed."""
    theme_ids = queries.standing_themes_of(candidate)
    _set_themes(candidate, theme_ids)
    found = _take_evidence(candidate, theme_ids, user_id)
    audit.record("portfolio.refresh", candidate.ref, user_id, came=found.came, left=found.left)
    return found


def change_status(candidate: Candidate, after: str, *, user_id: int, expected_version: int) -> None:
    """Take a step within the house; the handling of the ideas behind it follows.

    Raises
    ------
    Conflict
        If the candidate is no longer at ``expected_version``.
    Refused
        If the step is not one a candidate may take.
    """
    _refuse_stale(candidate, expected_version)
    if not rules.may_step(candidate.status, after):
        raise Refused(_("This candidate cannot take that step from where it is now."))
    session.add(StatusChange(candidate_id=candidate.id, before=candidate.status, after=after,
                             at=clock.now(), user_id=user_id))
    candidate.status = after
    session.flush()
    _follow(candidate, queries.ids_behind(candidate.id), user_id)
    audit.record("portfolio.status", candidate.ref, user_id, status=after)


def publish_status(
    candidate: Candidate, *, user_id: int, expected_version: int, words: str | None = None
) -> int:
    """Tell the authors behind a candidate its status: on receipts, on idea pages and by mail.

    Parameters
    ----------
    words : to the authors, in the language of the candidate.

    Returns
    -------
    The number of ideas whose authors are told.

    Raises
    ------
    Conflict
        If the candidate is no longer at ``expected_version``, or the status is public already.
    Refused
        If the status is one that needs words and there are none.
    """
    _refuse_stale(candidate, expected_version)
    change = queries.latest_change(candidate.id)
    if change.public_at:
        raise Conflict(_("This status has already been made public."))
    if rules.needs_words(change.after) and not words:
        raise Refused(_("Say why the candidate does not go further"))
    change.public_at, change.words = clock.now(), words
    # Nothing in its own row changes, but whoever looks at it now sees an old page.
    flag_modified(candidate, "status")
    session.flush()
    told = [text.id for text in queries.audience(candidate)]
    _tell(candidate, change, told, user_id)
    audit.record("portfolio.publish", candidate.ref, user_id, status=change.after, ideas=len(told))
    return len(told)


def _refuse_stale(candidate: Candidate, expected_version: int) -> None:
    if candidate.version != expected_version:
        raise Conflict(_("Somebody else has changed this candidate. Nothing was overwritten."))


def _set_themes(candidate: Candidate, theme_ids: Sequence[int]) -> None:
    session.execute(delete(CandidateTheme).where(CandidateTheme.candidate_id == candidate.id))
    session.execute(
        insert(CandidateTheme), [{"candidate_id": candidate.id, "theme_id": i} for i in theme_ids]
    )


def _take_evidence(candidate: Candidate, theme_ids: Sequence[int], user_id: int) -> Difference:
    """Count again, remember whose ideas stand behind it, and bring their handling along."""
    members = theme_queries.members(theme_ids)
    before, after = set(queries.ids_behind(candidate.id)), {m.contribution_id for m in members}
    figures = rules.evidence(members)
    found = rules.difference(candidate.evidence, figures, before, after)
    candidate.evidence, candidate.evidence_at = figures, clock.now()
    candidate.quotes = [i for i in candidate.quotes if i in after]
    session.flush()
    _replace_ideas(candidate, before, after)
    _release(candidate, before - after, user_id)
    _welcome(candidate, after - before, user_id)
    return found


def _replace_ideas(candidate: Candidate, before: set[int], after: set[int]) -> None:
    session.execute(
        delete(CandidateIdea).where(
            CandidateIdea.candidate_id == candidate.id, CandidateIdea.contribution_id.in_(before - after)
        )
    )
    if came := sorted(after - before):
        session.execute(
            insert(CandidateIdea), [{"candidate_id": candidate.id, "contribution_id": i} for i in came]
        )


def _release(candidate: Candidate, gone: set[int], user_id: int) -> None:
    """Ideas that no candidate needs any more are where their theme left them."""
    if not gone:
        return
    published = contribution_queries.published_texts(candidate.programme_id, sorted(gone))
    free = {text.id for text in published} - queries.behind_others(candidate.id, sorted(gone))
    placements = theme_queries.placements(candidate.programme_id)
    placed = {i for i in free if i in placements and placements[i].theme_id is not None}
    for ids, state in ((placed, Handling.IN_THEME), (free - placed, Handling.RECEIVED)):
        contributions.set_handling(sorted(ids), state, user_id=user_id, about=candidate.ref,
                                   about_names=_names(candidate))


def _welcome(candidate: Candidate, came: set[int], user_id: int) -> None:
    """Newcomers follow the candidate, and their authors hear what the others have been told."""
    behind = contribution_queries.published_texts(candidate.programme_id, queries.ids_behind(candidate.id))
    following = [t.id for t in behind if t.id in came and rules.goes_further(t.handling, candidate.status)]
    if public := queries.public_change(candidate.id):
        told = contribution_queries.told_about(candidate.ref)
        _tell(candidate, public, [t.id for t in behind if told.get(t.id) != public.after], user_id)
    _follow(candidate, following, user_id)


def _follow(candidate: Candidate, contribution_ids: Sequence[int], user_id: int) -> None:
    """Within the house only."""
    contributions.set_handling(
        list(contribution_ids), Handling(candidate.status), user_id=user_id, about=candidate.ref,
        about_names=_names(candidate),
    )


def _tell(candidate: Candidate, change: StatusChange, contribution_ids: Sequence[int], user_id: int) -> None:
    """In public, and by mail where an author has left an address."""
    contributions.set_handling(
        list(contribution_ids), Handling(change.after), user_id=user_id, about=candidate.ref,
        about_names=_names(candidate), words=change.words, public=True,
    )
    _write_to_authors(candidate, change, contribution_ids)


def _write_to_authors(candidate: Candidate, change: StatusChange, contribution_ids: Sequence[int]) -> None:
    for author in contribution_queries.authors_to_tell(contribution_ids):
        contributions.write_to_author(
            author, _l("News about your idea"), "mail/candidate.txt", about=f"candidate:{candidate.ref}",
            candidate=candidate, change=change,
        )


def _names(candidate: Candidate) -> dict[str, str]:
    return {candidate.language: candidate.title}


def forget_quotes(contribution_ids: Sequence[int]) -> None:
    """Take contributions that are about to go out of candidates' quotes; the evidence stays as counted."""
    gone = set(contribution_ids)
    behind = select(CandidateIdea.candidate_id).where(CandidateIdea.contribution_id.in_(gone))
    for candidate in session.scalars(select(Candidate).where(Candidate.id.in_(behind))):
        if gone & set(candidate.quotes):
            candidate.quotes = [number for number in candidate.quotes if number not in gone]
    session.flush()
