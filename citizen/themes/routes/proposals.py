"""Deciding about what a run found: the page that compares it with the themes there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.analysis.difference import Change, Difference
from citizen.base import access, audit
from citizen.base.access import Role
from citizen.programmes.models import Programme
from citizen.themes import actions, queries
from citizen.themes.models import AnalysisRun
from citizen.themes.queries import Member
from citizen.themes.routes.rooms import load_programme, rooms
from citizen.themes.rules import RunState

# Ideas shown of those that come to a theme or leave it.
EXAMPLES = 3


@dataclass(frozen=True)
class Passage:
    """An idea that moves; ``other`` is the key of the theme at the other end, None for unsorted."""

    idea: Member
    other: str | None


@dataclass(frozen=True)
class ToldChange:
    """A theme's change with a few of the ideas that come and go."""

    change: Change
    gains: list[Passage]
    losses: list[Passage]


@rooms.get("/themes/<slug>/proposals/<int(max=2147483647):run_id>")
@access.staff(Role.FACILITATOR)
def proposal(slug: str, run_id: int) -> str:
    programme = load_programme(slug)
    run = _load(programme, run_id)
    waits = run.state == RunState.PROPOSED
    compared = queries.comparison(run) if waits else None
    return render_template(
        "themes/proposal.html", programme=programme, run=run, compared=compared,
        told=_told(compared.change) if compared else {}, called=queries.namings(run) if waits else {},
        asked_by=queries.name_of(run.user_id), decided_by=queries.name_of(run.decided_by),
        newer=None if waits else queries.proposal(programme.id),
    )


@rooms.post("/themes/<slug>/proposals/<int(max=2147483647):run_id>/acceptance")
@access.staff(Role.FACILITATOR)
def accept_proposal(slug: str, run_id: int) -> Response:
    programme, viewer = load_programme(slug), access.required_viewer()
    run = _load(programme, run_id, for_change=True)
    actions.accept(run, user_id=viewer.id)
    audit.record("themes.accept", actions.subject_of(programme.id), viewer.id, run=run.id)
    flash(_("The new themes are in use."), "success")
    return redirect(url_for(".index", slug=slug), 303)


@rooms.post("/themes/<slug>/proposals/<int(max=2147483647):run_id>/refusal")
@access.staff(Role.FACILITATOR)
def refuse_proposal(slug: str, run_id: int) -> Response:
    programme, viewer = load_programme(slug), access.required_viewer()
    run = _load(programme, run_id, for_change=True)
    actions.refuse(run, user_id=viewer.id)
    audit.record("themes.refuse", actions.subject_of(programme.id), viewer.id, run=run.id)
    flash(_("The themes stay as they are."), "success")
    return redirect(url_for(".index", slug=slug), 303)


def _load(programme: Programme, run_id: int, *, for_change: bool = False) -> AnalysisRun:
    return queries.run(programme.id, run_id, for_change=for_change) or abort(404)


def _told(change: Difference) -> dict[str, ToldChange]:
    """Every theme that changes, by its key, with the first ideas that come and go."""
    changes = [*change.new, *change.gone, *change.changed]
    shown = {text for one in changes for text in (*one.gained[:EXAMPLES], *one.lost[:EXAMPLES])}
    ideas = queries.members_by_id([int(text) for text in shown])
    steps = {step.text: step for step in (*change.moved, *change.placed, *change.unsorted)}

    def passages(texts: Iterable[str], side: str) -> list[Passage]:
        found = [(steps[text], ideas.get(int(text))) for text in texts if text in shown]
        return [Passage(idea, getattr(step, side)) for step, idea in found[:EXAMPLES] if idea]

    return {
        one.theme: ToldChange(one, passages(one.gained, "before"), passages(one.lost, "after"))
        for one in changes
    }
