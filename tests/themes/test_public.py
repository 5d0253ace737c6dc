"""What the public hears of themes: names, and only of those that are of many."""

from collections.abc import Sequence

import pytest
from flask import Flask

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.themes.models import Placement, Theme
from citizen.themes.queries import public_theme_names
from tests.factories import an_idea, load
from tests.world import World


def a_theme(app: Flask, world: World, refs: Sequence[str], *, name: str | None = None,
            suggested: dict[str, str] | None = None, **values: object) -> int:
    """A theme with some ideas in it, wherever they were before; gives its number."""
    with app.app_context():
        theme = Theme(ref=ids.new_ref("T"), programme_id=world.programme, name=name,
                      suggested_names=suggested or {}, terms=[], representatives=[], goals=[],
                      created_at=clock.now(), **values)
        session.add(theme)
        session.flush()
        for ref in refs:
            session.merge(Placement(contribution_id=load(ref).id, programme_id=world.programme,
                                    theme_id=theme.id, confidence=0.8))
        session.commit()
        return theme.id


def named(app: Flask, ref: str) -> dict[str, str] | None:
    with app.app_context():
        return public_theme_names(load(ref).id)


@pytest.fixture
def five(app: Flask, world: World) -> list[str]:
    return [an_idea(app, world, state="published") for _ in range(5)]


def test_a_persons_name_is_told_in_no_stated_language(app: Flask, world: World, five: list[str]) -> None:
    a_theme(app, world, five, name="Trygg skuleveg", suggested={"sv": "väg"})
    assert named(app, five[0]) == {"": "Trygg skuleveg"}


def test_where_nobody_has_named_it_the_suggestions_are_told(
    app: Flask, world: World, five: list[str]
) -> None:
    a_theme(app, world, five, suggested={"sv": "väg", "nn": "veg"})
    assert named(app, five[0]) == {"sv": "väg", "nn": "veg"}


def test_a_theme_without_any_name_is_not_told_of(app: Flask, world: World, five: list[str]) -> None:
    a_theme(app, world, five)
    assert named(app, five[0]) is None


def test_ideas_that_nobody_may_read_do_not_count(app: Flask, world: World, five: list[str]) -> None:
    waiting = an_idea(app, world)
    a_theme(app, world, [*five[:4], waiting], name="Trygg skuleveg")
    assert named(app, five[0]) is None
    assert named(app, waiting) is None


def test_an_unpublished_idea_hears_nothing_of_a_large_theme(
    app: Flask, world: World, five: list[str]
) -> None:
    waiting = an_idea(app, world)
    a_theme(app, world, [*five, waiting], name="Trygg skuleveg")
    assert named(app, waiting) is None


def test_a_closed_theme_is_not_told_of(app: Flask, world: World, five: list[str]) -> None:
    a_theme(app, world, five, name="Trygg skuleveg", closed_at=clock.now())
    assert named(app, five[0]) is None
