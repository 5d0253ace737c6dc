"""Loads the demo and opens its doors."""

import click
from flask import current_app
from flask.cli import with_appcontext

from citizen.base import locale
from citizen.base.access import Role
from citizen.base.db import session
from citizen.demo import actions
from citizen.demo.rules import read
from citizen.programmes import queries as programmes

group = click.Group("demo", help="A small living world for a first look.")


@group.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing to a database that holds something.")
@with_appcontext
def load(if_empty: bool) -> None:
    """Load the demo into an empty database and print a one-time sign-in link for each role."""
    world = read("world.json")
    if not programmes.municipalities():
        click.echo("Loading the demo: two municipalities, one programme, 150 ideas, a survey with answers …")
        _build(world)
    elif not if_empty:
        raise click.ClickException("The database is not empty. The demo goes into an empty one only.")
    doors = actions.door_links(world["people"])
    session.commit()
    if doors:
        click.echo("\nThe demo's doors. Each link works once, within a day:\n")
    for role, name, address in doors:
        click.echo(f"  {role:<14} {name:<16} {address}")


def _build(world: dict[str, object]) -> None:
    programme, municipalities = actions.build_programme(world)
    actions.build_statements(world, municipalities)
    people = actions.build_people(world["people"], municipalities.values())  # type: ignore[arg-type]
    actions.build_maps(municipalities)
    facilitator, language = people[Role.FACILITATOR].id, people[Role.FACILITATOR].language
    programme_id = programme.id
    keys = actions.build_ideas(
        programme, municipalities, people[Role.MODERATOR].id, people[Role.ADMINISTRATOR].id
    )
    actions.build_voices(keys, people[Role.MODERATOR].id)
    actions.build_reports(keys)
    actions.build_desk(keys, people[Role.MODERATOR].id)
    actions.build_survey(programme_id, facilitator)
    actions.build_answers(programme_id, municipalities, people[Role.MODERATOR].id)
    session.commit()
    actions.find_themes(current_app._get_current_object(), programme_id, facilitator)  # type: ignore[attr-defined]
    with locale.speaking(language):
        theme_ids = actions.name_themes(programme_id, keys, facilitator, language)
        actions.build_candidates(programme_id, theme_ids, facilitator, language)
    session.commit()
