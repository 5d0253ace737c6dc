"""Themes from the terminal."""

import sys
import time

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from citizen.base import audit, jobs
from citizen.base.db import session
from citizen.base.jobs import Job, JobState
from citizen.base.locale import IN_WORDS, current
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.themes import actions, queries
from citizen.themes.models import AnalysisRun
from citizen.themes.rules import FEWEST_THEMES, MOST_THEMES

group = click.Group("themes", help="Themes: what ideas are about, together.")


@group.command("find")
@click.option("--programme", "slug", required=True, help="The programme's short name.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
              help="Chooses the sample where there are very many ideas.")
@click.option("--clusters", type=click.IntRange(FEWEST_THEMES, MOST_THEMES),
              help="How many themes; left out, as many as there seem to be.")
@click.option("--accept/--propose", default=True, show_default=True,
              help="Use the themes at once, or leave them as a proposal.")
@with_appcontext
def find(slug: str, seed: int, clusters: int | None, accept: bool) -> None:
    """Find the themes of a programme now, in the foreground."""
    # Imported here: only who finds themes pays for the text analysis; and before the job is there for
    # workers to see, since it takes seconds.
    from citizen.themes.jobs import find_themes

    programme_id = _programme(slug).id
    job, is_new = actions.start_finding(
        programme_id, user_id=None, seed=seed, clusters=clusters, accept=accept, wake=False
    )
    job_id = job.id
    session.commit()
    if not is_new:
        raise click.ClickException(f"Job {job_id} is finding the themes of {slug} already.")
    _work(job_id, find_themes)
    _wait_for_others(job_id)
    _tell_end(job_id)
    _table(programme_id)
    if proposal := queries.proposal(programme_id):
        _tell_difference(proposal)


@group.command("accept")
@click.option("--programme", "slug", required=True, help="The programme's short name.")
@with_appcontext
def accept(slug: str) -> None:
    """Use the themes that wait as a proposal."""
    proposal = _proposal(slug)
    actions.accept(proposal, user_id=None)
    audit.record("themes.accept", actions.subject_of(proposal.programme_id), None, run=proposal.id)
    session.commit()
    _table(proposal.programme_id)


@group.command("refuse")
@click.option("--programme", "slug", required=True, help="The programme's short name.")
@with_appcontext
def refuse(slug: str) -> None:
    """Keep the themes as they are, whatever waits as a proposal."""
    proposal = _proposal(slug)
    actions.refuse(proposal, user_id=None)
    audit.record("themes.refuse", actions.subject_of(proposal.programme_id), None, run=proposal.id)
    session.commit()
    click.echo("The themes stay as they are.")


def _programme(slug: str) -> Programme:
    programme = programme_queries.programme(slug)
    if programme is None:
        raise click.ClickException(f"There is no programme {slug}.")
    return programme


def _proposal(slug: str) -> AnalysisRun:
    programme_id = _programme(slug).id
    queries.hold(programme_id)
    proposal = queries.proposal(programme_id)
    if proposal is None:
        raise click.ClickException(f"No proposal waits in {slug}.")
    return proposal


def _tell_difference(proposal: AnalysisRun) -> None:
    change = queries.comparison(proposal).change
    click.echo(
        f"\nA proposal waits: {len(change.new)} new themes, {len(change.gone)} closed,"
        f" {len(change.changed)} changed, {len(change.same)} as they were;"
        f" {len(change.moved)} ideas move, {len(change.placed)} come into a theme,"
        f" {len(change.unsorted)} fall out."
        "\nUse `flask themes accept` or `flask themes refuse`, or decide on the page."
    )


def _work(job_id: int, find_themes: jobs.Handler) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        jobs.run(app, {actions.KIND: find_themes}, job_id, watch=_line)
    except KeyboardInterrupt as stopped:
        raise click.Abort from stopped
    finally:
        click.echo("", file=sys.stderr)


def _line(fraction: float, stage: str) -> None:
    click.echo(f"\r{fraction:4.0%} {stage:<10}", nl=False, file=sys.stderr)


def _wait_for_others(job_id: int) -> None:
    """A worker that looked for jobs at this very moment may have been quicker."""
    while session.get_one(Job, job_id).state == JobState.RUNNING:
        session.rollback()
        time.sleep(1)


def _tell_end(job_id: int) -> None:
    job = session.get_one(Job, job_id)
    if job.state == JobState.DONE:
        return
    if job.error == "too_few_texts":
        raise click.ClickException("At least ten published ideas are needed.")
    raise click.ClickException(f"The job ended as {job.state} ({job.error or 'no error'}); see the log.")


def _table(programme_id: int) -> None:
    for theme in queries.themes(programme_id):
        spoken = ", ".join(f"{IN_WORDS.get(code, code)} {count}" for code, count in theme.languages.items())
        click.echo(f"{theme.size:>6}  {theme.called(current())}  ({spoken})")
    click.echo(f"{queries.unplaced_count(programme_id):>6}  unsorted")
