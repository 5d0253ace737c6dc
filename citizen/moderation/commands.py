"""Moderation from the terminal."""

import click
from flask.cli import with_appcontext

from citizen.accounts import queries as account_queries
from citizen.base.db import session
from citizen.contributions.rules import Source, Visibility
from citizen.moderation import actions, queries
from citizen.programmes import queries as programme_queries

LOT_SIZE = 500

group = click.Group("moderation", help="Decide about what has come in.")


@group.command("publish")
@click.option("--programme", "slug", required=True, help="The programme's short name.")
@click.option("--source", type=click.Choice([s.value for s in Source]), help="Only what came in this way.")
@click.option("--by", "email", help="E-mail of the member of staff who stands for it.")
@click.option("--dry-run", is_flag=True, help="Count, and change nothing.")
@with_appcontext
def publish(slug: str, source: str | None, email: str | None, dry_run: bool) -> None:
    """Publish everything that waits in a programme."""
    programme = programme_queries.programme(slug)
    if programme is None:
        raise click.BadParameter(f"There is no programme “{slug}”.", param_hint="--programme")
    programme_id, user_id = programme.id, _user_id(email)
    click.echo(f"Waiting: {queries.count_waiting(programme_id, source)}")
    if dry_run:
        click.echo("Nothing was changed.")
        return
    click.echo(f"Published: {_publish_all(programme_id, source, user_id)}")


def _user_id(email: str | None) -> int | None:
    if email is None:
        return None
    user = account_queries.user_by_email(email)
    if user is None or not user.active:
        raise click.BadParameter(f"No active member of staff has the address {email}.", param_hint="--by")
    return user.id


def _publish_all(programme_id: int, source: str | None, user_id: int | None) -> int:
    """Publish lot by lot, each kept before the next: what is done stays done if the rest is cut short."""
    published = 0
    while lot := queries.waiting_lot(programme_id, source, LOT_SIZE):
        versions = {contribution.ref: contribution.version for contribution in lot}
        published += len(actions.decide_lot(lot, versions, Visibility.PUBLISHED, user_id=user_id).decided)
        session.commit()
    return published


@group.command("refresh")
@with_appcontext
def refresh() -> None:
    """Read what waits anew: after personal data or words are told by other rules than before."""
    read, last = 0, 0
    while lot := queries.queued_lot(LOT_SIZE, after=last):
        for contribution in lot:
            actions.refresh(contribution)
        session.commit()
        read, last = read + len(lot), lot[-1].id
    click.echo(f"Read anew: {read}")
