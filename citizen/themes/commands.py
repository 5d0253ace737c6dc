"""Themes from the terminal."""

import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from citizen.base import jobs
from citizen.base.db import session
from citizen.base.jobs import Job, JobState
from citizen.base.locale import IN_WORDS, current
from citizen.programmes import queries as programme_queries
from citizen.themes import actions, queries

group = click.Group("themes", help="Themes: what ideas are about, together.")


@group.command("find")
@click.option("--programme", "slug", required=True, help="The programme's short name.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
              help="Chooses the sample where there are very many ideas.")
@with_appcontext
def find(slug: str, seed: int) -> None:
    """Find the themes of a programme now, in the foreground."""
    programme = programme_queries.programme(slug)
    if programme is None:
        raise click.ClickException(f"There is no programme {slug}.")
    programme_id = programme.id
    job, is_new = actions.start_finding(programme_id, user_id=None, seed=seed, wake=False)
    job_id = job.id
    session.commit()
    if not is_new:
        raise click.ClickException(f"Job {job_id} is finding the themes of {slug} already.")
    _work(job_id)
    _tell_end(job_id)
    _table(programme_id)


def _work(job_id: int) -> None:
    # Imported here: only who finds themes pays for the text analysis.
    from citizen.themes.jobs import find_themes

    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        jobs.run(app, {actions.KIND: find_themes}, job_id, watch=_line)
    except KeyboardInterrupt as stopped:
        raise click.Abort from stopped
    finally:
        click.echo("", file=sys.stderr)


def _line(fraction: float, stage: str) -> None:
    click.echo(f"\r{fraction:4.0%} {stage:<10}", nl=False, file=sys.stderr)


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
