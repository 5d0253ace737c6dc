"""Retention from the terminal: what would go, and carrying it out."""

import click
from flask.cli import with_appcontext

from citizen.accounts import queries as account_queries
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.programmes import queries as programmes
from citizen.programmes.models import Municipality
from citizen.records import actions, queries
from citizen.records.queries import Line
from citizen.records.rules import Kind

group = click.Group("retention", help="What is kept, and for how long.")

_TOWN = click.option("--municipality", "slug", help="Only this municipality, by its short name.")
_KIND = click.option("--kind", type=click.Choice([kind.value for kind in Kind]),
                     help="Only this kind of record.")


@group.command("plan")
@_TOWN
@_KIND
@with_appcontext
def plan(slug: str | None, kind: str | None) -> None:
    """Tell what every rule would delete today. Changes nothing."""
    for municipality in _municipalities(slug):
        lines = queries.plan(municipality.id, Kind(kind) if kind else None)
        if not lines:
            click.echo(f"{municipality.slug}: no rules, all is kept")
        for line in lines:
            click.echo(f"{municipality.slug}: {_told(line)}")


@group.command("carry-out")
@_TOWN
@_KIND
@click.option("--by", "email", help="E-mail of the member of staff who stands for it.")
@click.option("--yes", is_flag=True, help="Without it nothing is deleted.")
@with_appcontext
def carry_out(slug: str | None, kind: str | None, email: str | None, yes: bool) -> None:
    """Delete what the rules let go, lot by lot, and leave a certificate for each rule."""
    if not yes:
        raise click.UsageError("What is deleted cannot be brought back. See `plan` first, then say --yes.")
    user_id, name = _who(email)
    for municipality in _municipalities(slug):
        for line in queries.plan(municipality.id, Kind(kind) if kind else None):
            if line.due.count:
                _carry_out(municipality, line, user_id, name)


def _carry_out(municipality: Municipality, line: Line, user_id: int | None, name: str) -> None:
    """Each lot is kept before the next: what is certified is gone, wherever the rest is cut short."""
    town = municipality.slug
    try:
        certificate = actions.start(
            line.rule, line.until, version=line.rule.version, user_id=user_id, by_name=name
        )
    except Refused as refused:
        session.rollback()
        click.echo(f"{town}: {line.kind.value}: {refused}")
        return
    session.commit()
    while actions.carry_on(certificate):
        session.commit()
    session.commit()
    click.echo(f"{town}: {line.kind.value}: {certificate.count} deleted, certificate {certificate.ref}")


def _told(line: Line) -> str:
    due, rule = line.due, line.rule
    span = f" ({due.first_on} – {due.last_on})" if due.count else ""
    held = f", {due.held} held" if due.held else ""
    return (f"{line.kind.value}: {due.count} would go{span}{held};"
            f" {rule.months} months from {rule.counted_from}, decision {rule.decision}")


def _municipalities(slug: str | None) -> list[Municipality]:
    if slug is None:
        return list(programmes.municipalities())
    found = programmes.municipality(slug)
    if found is None:
        raise click.BadParameter(f"There is no municipality “{slug}”.", param_hint="--municipality")
    return [found]


def _who(email: str | None) -> tuple[int | None, str]:
    if email is None:
        return None, ""
    user = account_queries.user_by_email(email)
    if user is None or not user.active:
        raise click.BadParameter(f"No active member of staff has the address {email}.", param_hint="--by")
    return user.id, user.name
