"""What the viewer has just answered as another person, told on the page that comes next."""

from flask import request

from citizen.base import access
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.moderation import actions, queries
from citizen.moderation.routes.loading import own_municipalities

Answered = tuple[queries.Item, str, str | None]


def just_answered() -> Answered | None:
    """The item, what was answered, and the endpoint that takes it back, where it can be."""
    ref = request.args.get("answered")
    found = queries.items_by_ref([ref], own_municipalities()) if ref else []
    contribution = queries.contribution(found[0].ref) if found else None
    if contribution is None:
        return None
    answer = _look_answered(contribution) or _appeal_answered(contribution)
    return (found[0], *answer) if answer else None


def _look_answered(contribution: Contribution) -> tuple[str, str | None] | None:
    look, viewer = contribution_queries.newest_look(contribution.id), access.required_viewer()
    if look is None or look.second_id != viewer.id or look.version != contribution.version:
        return None
    may = actions.may_take_back_answer(look, contribution, viewer.id)
    return str(look.outcome), "moderation.take_back" if may else None


def _appeal_answered(contribution: Contribution) -> tuple[str, str | None] | None:
    appeal = next(reversed(contribution_queries.appeals(contribution.id)), None)
    viewer = access.required_viewer()
    if appeal is None or appeal.answered_by != viewer.id or appeal.version != contribution.version:
        return None
    return "appeal", "moderation.take_appeal_back"
