"""Municipalities and programmes from the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from citizen.base.db import session
from citizen.base.locale import LANGUAGES
from citizen.programmes import actions, queries, rules
from citizen.programmes.models import Municipality

group = click.Group("programmes", help="Municipalities and their programmes.")


def _texts(pairs: tuple[str, ...]) -> dict[str, str]:
    """``sv=Granby kommun`` → {"sv": "Granby kommun"}."""
    texts = {}
    for pair in pairs:
        language, equals, words = pair.partition("=")
        if not equals or language not in LANGUAGES:
            raise click.BadParameter(f"Write {pair!r} as LANGUAGE=TEXT, with one of {', '.join(LANGUAGES)}.")
        texts[language] = words.strip()
    return texts


def _commit(what: str) -> None:
    try:
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise click.ClickException(f"{what} could not be added: its short name is taken.") from error


@group.command("add-municipality")
@click.argument("slug")
@click.option("--country", type=click.Choice(["SE", "NO"]), required=True)
@click.option("--name", "names", multiple=True, required=True, help="LANGUAGE=NAME, once per language.")
@click.option("--languages", required=True, help="In the municipality's order, e.g. nb,nn,en.")
@click.option("--contact", required=True, help="E-mail address residents may write to.")
@with_appcontext
def add_municipality(slug: str, country: str, names: tuple[str, ...], languages: str, contact: str) -> None:
    """Add a municipality under the short name SLUG."""
    order = [part.strip() for part in languages.split(",")]
    if unknown := [part for part in order if part not in LANGUAGES]:
        raise click.BadParameter(f"Unknown language: {', '.join(unknown)}.")
    if queries.municipality(slug):
        raise click.ClickException(f"{slug} exists already.")
    actions.create_municipality(slug, country, _texts(names), order, contact)
    _commit(slug)
    click.echo(f"Added the municipality {slug}.")


@group.command("add")
@click.argument("slug")
@click.option("--municipality", "slugs", multiple=True, required=True, help="Repeat for a joint programme.")
@click.option("--texts", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="JSON: titles, summary, about, can_change, cannot_change, promise; each per language.")
@click.option("--level", default="consult",
              type=click.Choice(["inform", "consult", "dialogue", "collaborate", "decide"]))
@click.option("--collect-from", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--collect-to", type=click.DateTime(["%Y-%m-%d"]), required=True)
@with_appcontext
def add(slug: str, slugs: tuple[str, ...], path: Path, level: str, collect_from: Any,
        collect_to: Any) -> None:
    """Add a programme under the short name SLUG."""
    first, last = collect_from.date(), collect_to.date()
    if last < first:
        raise click.BadParameter("--collect-to lies before --collect-from.")
    if slug in rules.TAKEN_ADDRESSES:
        raise click.ClickException(f"{slug} is the address of another page. Choose another short name.")
    if queries.programme(slug):
        raise click.ClickException(f"{slug} exists already.")
    phases: list[tuple[str, date, date]] = [("collect", first, last)]
    actions.create_programme(slug, _read(path), level, [_municipality(name) for name in slugs], phases)
    _commit(slug)
    click.echo(f"Added the programme {slug}.")


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise click.ClickException(f"{path} is not JSON in UTF-8: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("titles"), dict) or not found["titles"]:
        raise click.ClickException(f'{path} needs "titles" with a text per language.')
    return {key: texts for key, texts in found.items() if isinstance(texts, dict)}


def _municipality(slug: str) -> Municipality:
    found = queries.municipality(slug)
    if found is None:
        raise click.ClickException(f"There is no municipality {slug}. Add it first.")
    return found
