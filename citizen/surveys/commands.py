"""Surveys from the terminal."""

import click
from flask.cli import with_appcontext

from citizen.base.db import session
from citizen.surveys import actions, queries

group = click.Group("surveys", help="Questions, answers and figures.")


@group.command("recount")
@click.argument("ref")
@with_appcontext
def recount(ref: str) -> None:
    """Make the figures of the survey REF anew from its answers."""
    survey = queries.survey(ref.upper())
    if survey is None:
        raise click.ClickException(f"There is no survey {ref}.")
    counted = actions.recount(survey)
    session.commit()
    click.echo(f"Counted: {counted}")
