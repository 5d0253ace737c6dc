"""Surveys from the terminal."""

import click
from flask.cli import with_appcontext

from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.surveys import actions, jobs, queries
from citizen.surveys.models import Survey
from citizen.surveys.rules.level import told_count

group = click.Group("surveys", help="Surveys: which there are, closing, reminders, figures.")


@group.command("list")
@with_appcontext
def list_surveys() -> None:
    """List every survey with its state and how many answers have come (+: some wait for others)."""
    for survey in queries.all_surveys():
        published = queries.latest(survey.id)
        texts = published.texts if published else queries.draft_texts(survey.id)
        title = next(iter(texts.get("title", {}).values()), "")
        received = f"{_told(survey)}{'+' if queries.some_wait(survey.id) else ''}"
        click.echo(f"{survey.ref}  {_state(survey, published is not None):<9} {received:>6}  {title}")


@group.command("close")
@click.argument("ref")
@click.option("--yes", is_flag=True, help="Do not ask before closing.")
@with_appcontext
def close(ref: str, yes: bool) -> None:
    """Close survey REF for good: it cannot be opened again."""
    survey = _load(ref)
    if not yes:
        session.rollback()
        click.confirm(f"Close {ref} for good? Unfinished answers are deleted, and it cannot be undone",
                      abort=True)
        survey = _load(ref)
    try:
        actions.close(survey, None)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    session.commit()
    click.echo(f"{ref} is closed with {_told(survey)} answers.")


@group.command("remind")
@click.argument("ref")
@click.option("--yes", is_flag=True, help="Do not ask before sending.")
@with_appcontext
def remind(ref: str, yes: bool) -> None:
    """Send a reminder to those invited to survey REF who have neither answered nor declined."""
    survey = _load(ref)
    if survey.closed_at is not None:
        raise click.ClickException(f"{ref} is closed.")
    count = actions.to_remind(survey)
    if not yes:
        session.rollback()
        click.confirm(f"Send a reminder to at most {count}?", abort=True)
        survey = _load(ref)
    try:
        actions.remind(survey, None)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    session.commit()
    click.echo(f"Reminders left for the worker: at most {count}.")


@group.command("tidy")
@with_appcontext
def tidy() -> None:
    """Close what is due, open and count answers, delete old unfinished ones.

    A worker does the same every minute; this is for installations that run none.
    """
    done = jobs.tidy()
    jobs.count()
    click.echo(f"Closed: {done.closed}. Opened: {done.opened}. Unfinished answers deleted: {done.forgotten}.")


@group.command("recount")
@click.argument("ref")
@with_appcontext
def recount(ref: str) -> None:
    """Make the figures of the survey REF anew from its answers."""
    counted = actions.recount(_load(ref))
    session.commit()
    click.echo(f"Counted: {counted}")


def _load(ref: str) -> Survey:
    survey = queries.survey(ref.upper())
    if survey is None:
        raise click.ClickException(f"There is no survey {ref}.")
    return survey


def _told(survey: Survey) -> str:
    """How many answers have come; of few only that there are fewer than may be told."""
    count = told_count(survey.level, survey.k, queries.received(survey.id))
    return f"<{survey.k}" if count is None else str(count)


def _state(survey: Survey, is_published: bool) -> str:
    if survey.closed_at is not None:
        return "closed"
    return "published" if is_published else "draft"
