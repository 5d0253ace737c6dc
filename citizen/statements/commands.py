"""Statements from the terminal."""

import click
from flask.cli import with_appcontext

from citizen.base.db import session
from citizen.statements import actions

group = click.Group("statements", help="Accessibility, privacy, rules for taking part.")


@group.command("tidy")
@with_appcontext
def tidy() -> None:
    """Remove e-mail addresses from accessibility feedback that was handled half a year ago.

    A worker does the same every minute; this is for installations that run none.
    """
    count = actions.forget_addresses()
    session.commit()
    click.echo(f"Addresses removed: {count}")
