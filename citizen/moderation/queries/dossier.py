"""Everything that is kept about one item, with its whole history, as it goes to the registry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from citizen.accounts.models import User
from citizen.base import audit
from citizen.base.audit import AuditLink, AuditRow, Head
from citizen.base.db import session
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import (
    Contribution,
    DeletionRequest,
    HandlingChange,
    Picture,
    ShownPicture,
    TextVersion,
    VisibilityChange,
)
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea, Report, Voice
from citizen.moderation.queries.beside import Beside, beside
from citizen.moderation.queries.items import Step, history
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme
from citizen.surveys import queries as survey_queries


@dataclass(frozen=True)
class Noted:
    """A row of the audit about the item, with its number and hash in the chain."""

    number: int | None
    at: datetime
    actor_id: int | None
    action: str
    details: dict[str, Any]
    digest: str | None


@dataclass(frozen=True)
class Dossier:
    """What is known of one item. Who supported or reported it is not: that says something of others.

    ``has_contact``: an address for news lies apart; it is in no file meant for others. ``texts`` are all of
    them, also redactions that were taken back.
    """

    item: Contribution
    municipality: Municipality
    programme: Programme
    has_contact: bool
    support: int | None
    point: Any
    adds_to: str | None
    lines: Sequence[str]
    answers: Any
    texts: Sequence[TextVersion]
    photos: Mapping[int, Sequence[Any]]
    # What is stored of each photo, by its reference.
    digests: Mapping[str, str]
    steps: Sequence[Step]
    # The same steps as they are stored, by their numbers.
    written: Mapping[int, VisibilityChange]
    handling: Sequence[HandlingChange]
    reports: Sequence[Report]
    asked: Sequence[DeletionRequest]
    beside: Beside
    noted: Sequence[Noted]
    names: Mapping[int, str]
    head: Head | None

    def name(self, user_id: int | None) -> str | None:
        """Who a number stands for."""
        return self.names.get(user_id) if user_id is not None else None


def dossier(item: Contribution) -> Dossier | None:
    """Everything about one item; None where its programme or municipality is gone."""
    programme = programme_queries.programme_by_id(item.programme_id)
    municipality = session.get(Municipality, item.municipality_id)
    if programme is None or municipality is None:
        return None
    versions, steps, handling = item.texts, history(item.id), _handling(item.id)
    asked, noted = contribution_queries.deletion_requests(item.id), _noted(item.ref)
    further = beside(item.id)
    adds_to = idea_queries.added_to([item.id]).get(item.id)
    return Dossier(
        item=item, municipality=municipality, programme=programme,
        has_contact=contribution_queries.contact(item.id) is not None,
        support=session.scalar(select(Idea.support_count).where(Idea.contribution_id == item.id)),
        point=idea_queries.point_of(item.id), adds_to=adds_to.ref if adds_to else None,
        lines=_lines(item.id), answers=survey_queries.questions_answered([item.id]).get(item.id),
        texts=versions, photos=contribution_queries.photos(item.id), digests=_digests(item.id), steps=steps,
        written={step.id: step for step in contribution_queries.visibility_history(item.id)},
        handling=handling, reports=idea_queries.reports(item.id), asked=asked, beside=further, noted=noted,
        head=audit.head(),
        names=_names([
            *(v.user_id for v in versions), *(s.user_id for s in steps), *(h.user_id for h in handling),
            *(a.handled_by for a in asked), *(n.actor_id for n in noted), *further.people(),
        ]),
    )


def _handling(contribution_id: int) -> Sequence[HandlingChange]:
    return session.scalars(
        select(HandlingChange).where(HandlingChange.contribution_id == contribution_id)
        .order_by(HandlingChange.id)
    ).all()


def _lines(contribution_id: int) -> Sequence[str]:
    """References of the lines that supporters have added, in every state."""
    return session.scalars(
        select(Contribution.ref).join(Voice, Voice.contribution_id == Contribution.id)
        .where(Voice.idea_id == contribution_id).order_by(Contribution.id)
    ).all()


def _digests(contribution_id: int) -> dict[str, str]:
    rows = session.execute(
        select(Picture.ref, Picture.digest).join(ShownPicture, ShownPicture.picture_id == Picture.id)
        .where(ShownPicture.contribution_id == contribution_id)
    )
    return dict(rows.all())


def _noted(ref: str) -> list[Noted]:
    rows = session.execute(
        select(AuditLink.number, AuditRow.at, AuditRow.actor_id, AuditRow.action, AuditRow.details,
               AuditLink.digest)
        .outerjoin(AuditLink, AuditLink.audit_id == AuditRow.id)
        .where(AuditRow.subject == ref)
        .order_by(AuditRow.id)
    )
    return [Noted(*row) for row in rows]


def _names(user_ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {user_id for user_id in user_ids if user_id is not None}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return dict(rows.all())
