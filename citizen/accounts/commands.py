"""The first administrator, and a way in for those without mail."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import with_appcontext

from citizen.accounts import actions, queries
from citizen.accounts.models import User
from citizen.accounts.rules import Purpose
from citizen.base import audit, locale
from citizen.base.access import Role
from citizen.base.db import session
from citizen.base.words import clean_line

group = click.Group("accounts", help="Members of staff.")


@group.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="First and last name.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([r.value for r in Role]),
              help="May be given several times.")
@click.option("--municipality", "slugs", multiple=True, required=True, help="May be given several times.")
@click.option("--language", default="sv", show_default=True, type=click.Choice(locale.LANGUAGES))
@with_appcontext
def invite(email: str, name: str, roles: tuple[str, ...], slugs: tuple[str, ...], language: str) -> None:
    """Give EMAIL roles in municipalities and print a link to choose a password."""
    grants = [(m, Role(role)) for m in _municipalities(slugs) for role in roles]
    try:
        email = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is not an e-mail address: {error}") from error
    user = queries.user_by_email(email, for_change=True)
    if user is None:
        user = actions.create_user(email=email, name=clean_line(name), language=language, grants=grants)
    else:
        _refuse_inactive(user)
        actions.grant(user, grants)
    audit.record("accounts.invite", f"user:{user.id}", None, municipalities=list(slugs), roles=list(roles))
    _print_link(user, Purpose.INVITATION)


@group.command("link")
@click.argument("email")
@with_appcontext
def link(email: str) -> None:
    """Print a link with which EMAIL chooses a new password."""
    user = queries.user_by_email(email, for_change=True)
    if user is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    _refuse_inactive(user)
    audit.record("accounts.link", f"user:{user.id}", None)
    _print_link(user, Purpose.RESET)


def _municipalities(slugs: tuple[str, ...]) -> list[int]:
    known = {place.slug: place.id for place in queries.places()}
    for slug in slugs:
        if slug not in known:
            raise click.ClickException(
                f"There is no municipality {slug!r}. There are: {', '.join(known) or 'none yet'}."
            )
    return [known[slug] for slug in slugs]


def _refuse_inactive(user: User) -> None:
    if not user.active:
        raise click.ClickException(f"The account of {user.email} is deactivated.")


def _print_link(user: User, purpose: Purpose) -> None:
    token = actions.new_link(user, purpose)
    session.commit()
    click.echo(actions.link_address(token, user.language))
