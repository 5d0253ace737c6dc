"""The room, and what its pages load: programme, candidate, quotes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort

from citizen.base import access
from citizen.contributions import queries as contribution_queries
from citizen.contributions.queries import PublishedText
from citizen.portfolio import actions, policy, queries, rules
from citizen.portfolio.forms import DossierForm
from citizen.portfolio.models import Candidate
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.themes.queries import Member

rooms = Blueprint("portfolio", __name__)


def load_programme(slug: str, *, to_work: bool = False) -> Programme:
    """The programme of an address; not found for staff of other municipalities.

    Parameters
    ----------
    to_work : refuse those who may only read.
    """
    programme, viewer = programme_queries.programme(slug), access.required_viewer()
    if programme is None or not policy.may_read(viewer, programme):
        abort(404)
    if to_work and not policy.may_work(viewer, programme):
        abort(403)
    return programme


def load_candidate(
    slug: str, ref: str, *, to_work: bool = False, for_change: bool = False
) -> tuple[Programme, Candidate]:
    """The programme and the candidate of an address, as `load_programme`.

    Parameters
    ----------
    for_change : nobody else may change the candidate until this request is over.
    """
    programme = load_programme(slug, to_work=to_work or for_change)
    candidate = queries.candidate(programme.id, ref, for_change=for_change)
    return programme, candidate or abort(404)


def shown_with(programme: Programme) -> dict[str, Any]:
    """What the pages with figures need besides their subject."""
    return {
        "names": {str(m.id): m.names for m in programme.municipalities},
        "may_work": policy.may_work(access.required_viewer(), programme),
    }


def texts_in_order(programme_id: int, contribution_ids: Sequence[int]) -> list[PublishedText]:
    """Published texts in the order asked for; what is no longer published is left out."""
    found = {t.id: t for t in contribution_queries.published_texts(programme_id, contribution_ids)}
    return [found[i] for i in contribution_ids if i in found]


def offered_quotes(
    programme_id: int,
    representatives: Mapping[int, Sequence[int]],
    members: Sequence[Member],
    *,
    behind: set[int] | None = None,
    kept: Sequence[int] = (),
) -> list[PublishedText]:
    """Texts to choose quotes from: those already chosen, then what represents each theme.

    Parameters
    ----------
    representatives : theme id → typical contributions.
    behind : what may be quoted; every member where nothing is said.
    """
    allowed = {m.contribution_id for m in members} if behind is None else behind
    placed = [(m.theme_id, m.contribution_id) for m in members if m.theme_id is not None]
    found = rules.quotable(representatives, placed, allowed)
    return texts_in_order(programme_id, list(dict.fromkeys([*kept, *found])))


def wording(form: DossierForm) -> actions.Wording:
    """What a valid form says."""
    return actions.Wording(
        title=str(form.title.data), need=str(form.need.data), next_step=str(form.next_step.data),
        goals=sorted(set(form.goals.data or [])), quotes=list(dict.fromkeys(form.quotes.data or [])),
    )
