"""Finding themes: start, follow, stop."""

from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, audit, clock, jobs, locale
from citizen.base.access import Role
from citizen.base.jobs import Job, JobState
from citizen.programmes.models import Programme
from citizen.themes import actions, queries
from citizen.themes.forms import FindForm
from citizen.themes.routes.pages import index_view
from citizen.themes.routes.rooms import load_programme, rooms
from citizen.themes.rules import is_left_waiting, wanted_themes


@rooms.post("/themes/<slug>/runs")
@access.staff(Role.FACILITATOR)
def start_run(slug: str) -> Response | tuple[str, int]:
    programme, viewer = load_programme(slug), access.required_viewer()
    published = queries.published_count(programme.id)
    form = FindForm(published=published)
    if not form.validate():
        return index_view(programme, form), 422
    clusters = wanted_themes(
        form.asked, int(form.number.data) if form.asked == "number" else None,
        queries.counts([programme.id])[programme.id].themes, published,
    )
    job, is_new = actions.start_finding(programme.id, user_id=viewer.id, clusters=clusters)
    audit.record("themes.find", job.subject, viewer.id, job=job.id, started=is_new, clusters=clusters)
    return redirect(url_for(".run", slug=slug, job_id=job.id), 303)


@rooms.get("/themes/<slug>/runs/<int(max=2147483647):job_id>")
@access.staff(Role.FACILITATOR)
def run(slug: str, job_id: int) -> str:
    programme = load_programme(slug)
    job = _job(programme, job_id)
    found = queries.run_of_job(job.id) if job.state == JobState.DONE else None
    return render_template(
        "themes/run.html", programme=programme, job=job, found=found, told=_told(job),
        themes=queries.counts([programme.id])[programme.id].themes,
        unsorted=queries.unplaced_count(programme.id),
    )


@rooms.get("/themes/<slug>/runs/<int(max=2147483647):job_id>/progress")
@access.staff(Role.FACILITATOR)
def run_progress(slug: str, job_id: int) -> Response:
    return jsonify(_told(_job(load_programme(slug), job_id)))


@rooms.post("/themes/<slug>/runs/<int(max=2147483647):job_id>/cancellation")
@access.staff(Role.FACILITATOR)
def cancel_run(slug: str, job_id: int) -> Response:
    programme, viewer = load_programme(slug), access.required_viewer()
    job = _job(programme, job_id)
    audit.record("themes.cancel", job.subject, viewer.id, job=job.id, state=str(job.state))
    if job.is_over:
        flash(_("The run had already ended."), "warning")
    else:
        jobs.cancel(job)
    return redirect(url_for(".run", slug=slug, job_id=job.id), 303)


def _job(programme: Programme, job_id: int) -> Job:
    return jobs.job(job_id, actions.KIND, actions.subject_of(programme.id)) or abort(404)


def _told(job: Job) -> dict[str, Any]:
    """How far a job has come, in numbers and words; the page and its script show the same."""
    waits = is_left_waiting(job.state, clock.now() - job.created_at)
    return {
        "state": str(job.state),
        "over": job.is_over,
        "percent": round(100 * job.progress),
        "share": locale.percent(job.progress),
        "stage": _stage(job),
        "hint": _("No worker has taken it up yet. Ask the administrator whether the worker is running.")
        if waits else "",
    }


def _stage(job: Job) -> str:
    if job.cancel_asked_at and not job.is_over:
        return str(_("Stopping"))
    if job.state == JobState.QUEUED:
        return str(_("Waiting for a worker"))
    if job.is_over:
        return _outcome(job)
    words = {
        "reading": _("Reading the ideas"),
        "features": _("Finding words and concepts"),
        "graph": _("Comparing the ideas"),
        "groups": _("Grouping the ideas"),
        "labels": _("Naming the groups"),
        "placing": _("Placing the ideas"),
        "explaining": _("Finding out why each idea is where it is"),
        "saving": _("Saving the themes"),
    }
    return str(words.get(job.stage, _("Starting")))


def _outcome(job: Job) -> str:
    if job.state == JobState.DONE:
        return str(_("Finished"))
    return str(_("Cancelled") if job.state == JobState.CANCELLED else _("Failed"))
