"""The index is made anew from the texts, as often as one likes."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, update

from citizen.base.db import session
from citizen.contributions import actions
from citizen.contributions.models import Contribution, SearchPosting
from tests.contributions.material import alike, publish, size
from tests.factories import an_idea, load
from tests.queries import counted
from tests.world import World


def reindex(app: Flask, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["contributions", "reindex", *options])


def stale(app: Flask) -> None:
    with app.app_context():
        session.execute(update(Contribution).values(search_version="old"))
        session.commit()


def test_texts_read_by_an_earlier_analysis_are_read_anew(app: Flask, world: World) -> None:
    ref = publish(app, world, "Fler bänkar")
    with app.app_context():
        session.execute(delete(SearchPosting))
        session.execute(update(Contribution).values(search_text="gammal", search_version=""))
        session.commit()
    assert alike(app, world.programme, "bänk") == []
    assert "Read anew: 1" in reindex(app).output
    assert alike(app, world.programme, "bänk") == [ref]
    with app.app_context():
        assert "gammal" not in load(ref).search_text


def test_an_index_that_is_up_to_date_is_left_alone(app: Flask, world: World) -> None:
    publish(app, world, "Fler bänkar")
    before = size(app)
    done = reindex(app)
    assert (done.exit_code, done.output) == (0, "")
    assert size(app) == before


def test_all_of_it_can_be_made_anew_twice_with_the_same_result(app: Flask, world: World) -> None:
    refs = [publish(app, world, "Fler bänkar"), publish(app, world, "Mer buss")]
    an_idea(app, world, title="Bänkar som väntar")
    before = size(app)
    for _ in range(2):
        assert "Read anew: 2" in reindex(app, "--all").output
        assert size(app) == before
    assert alike(app, world.programme, "bänk") == [refs[0]]


def test_many_are_read_in_lots(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from citizen.contributions import commands

    monkeypatch.setattr(commands, "LOT_SIZE", 2)
    for _ in range(5):
        publish(app, world, "Fler bänkar")
    stale(app)
    assert "Read anew: 5" in reindex(app).output


def test_a_new_reading_is_no_step_that_a_moderator_could_trip_over(app: Flask, world: World) -> None:
    ref = publish(app, world, "Fler bänkar")
    stale(app)
    with app.app_context():
        version = load(ref).version
    reindex(app)
    with app.app_context():
        assert load(ref).version == version


def test_what_was_hidden_meanwhile_is_not_read(app: Flask, world: World) -> None:
    ref = publish(app, world, "Fler bänkar")
    with app.app_context():
        actions.withdraw(load(ref))
        session.commit()
    stale(app)
    assert reindex(app).output == ""
    assert size(app) == (0, 0)


def test_asking_costs_the_same_queries_however_many_texts(app: Flask, world: World) -> None:
    from citizen.contributions import queries

    def cost() -> int:
        with app.app_context(), counted(app) as asked:
            queries.similar(world.programme, "bänkra vid stranden", 5)
        return len(asked)

    publish(app, world, "Fler bänkar")
    few = cost()
    for number in range(30):
        publish(app, world, f"Fler bänkar vid sjö {number}")
    assert cost() == few <= 4
