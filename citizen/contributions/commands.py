"""Contributions from the terminal."""

import click
from flask.cli import with_appcontext

from citizen.base.db import session
from citizen.contributions import actions

LOT_SIZE = 200

group = click.Group("contributions", help="What residents have sent in.")


@group.command("reindex")
@click.option("--all", "everything", is_flag=True, help="Empty the index first; nothing is found meanwhile.")
@with_appcontext
def reindex(everything: bool) -> None:
    """Read published texts anew that an earlier version of the text analysis has read.

    Lot by lot, each kept before the next: what is done stays done if the rest is cut short.
    """
    if everything:
        actions.forget_index()
        session.commit()
    read, last = 0, 0
    while lot := actions.refresh_index(LOT_SIZE, after=last):
        session.commit()
        read, last = read + len(lot), lot[-1]
    if read or everything:
        click.echo(f"Read anew: {read}")
