"""A finding comes to the same in one part or in many, whoever does them, in whatever order."""

import random
import threading
from typing import Any

import pytest
from flask import Flask

from citizen.app import handlers, openers
from citizen.base import jobs, parts
from citizen.base.db import session
from citizen.base.parts import Unfit
from citizen.contributions.models import Contribution
from citizen.themes import queries
from citizen.themes.jobs import open_placing, open_survey, sharing
from citizen.themes.queries import Stretch
from tests.factories import decide
from tests.themes.sharing import Outcome, ask_in_parts, outcome, refuse
from tests.themes.texts import demo_ideas, find, publish, state
from tests.world import World


def found_in_parts(app: Flask, world: World, size: int) -> Outcome:
    job_id = ask_in_parts(app, world, size)
    jobs.run(app, handlers(), job_id)
    assert state(app, job_id) == "done"
    found = outcome(app, job_id)
    refuse(app, job_id)
    return found


@pytest.fixture
def standing(app: Flask, world: World) -> World:
    """A programme with themes in use, texts said twice and texts that say nothing."""
    ideas = [*demo_ideas()[:70], *demo_ideas()[:3], {**demo_ideas()[0], "title": None, "body": "Qwxz."}]
    publish(app, world, ideas)
    find(app, world)
    return world


def test_the_size_of_the_parts_changes_nothing_at_all(app: Flask, standing: World) -> None:
    whole = found_in_parts(app, standing, 1_000)
    assert len(whole["run_item"]) == 74
    for size in (30, 7, 1):
        assert found_in_parts(app, standing, size) == whole


def test_the_order_of_the_parts_and_who_does_them_changes_nothing(
    app: Flask, standing: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = found_in_parts(app, standing, 1_000)
    opened: list[str] = []

    def shared(job: jobs.RunningJob, name: str, pieces: list[Any], work: Any, tell: Any, **rest: Any) -> Any:
        opener = openers()[name]
        opened.append(name)
        # As helpers do it: from rows and bytes, each with words and model of its own.
        results = {}
        for at in random.Random(5).sample(range(len(pieces)), len(pieces)):
            results[at] = opener(rest["about"], rest.get("given", b""))(pieces[at], tell)
        return [results[at] for at in range(len(pieces))]

    monkeypatch.setattr(parts, "share", shared)
    assert found_in_parts(app, standing, 9) == whole
    assert opened == [sharing.SURVEY, sharing.PLACING]


def test_a_helper_that_knows_other_words_keeps_away(app: Flask, standing: World) -> None:
    about = {"programme_id": standing.programme, "seed": 0, "versions": {"lexicon": "1700-01-01"}}
    with app.app_context():
        for opener in (open_survey, open_placing):
            with pytest.raises(Unfit, match="lexicon"):
                opener(about, b"")


def test_a_model_of_other_word_lists_keeps_a_helper_away(
    app: Flask, standing: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from citizen.analysis.model import Outdated

    def outdated(*_more: object) -> None:
        raise Outdated("the word lists have changed")

    monkeypatch.setattr(sharing, "from_bytes", outdated)
    with app.app_context():
        lists = sharing.word_lists(standing.programme)
        about = {"programme_id": standing.programme, "versions": sharing._versions(lists)}
        with pytest.raises(Unfit, match="changed"):
            open_placing(about, b"")


def test_a_text_that_is_hidden_while_themes_are_found_is_not_placed(
    app: Flask, standing: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[int] = []

    def hide(_share: float, stage: str) -> None:
        if stage == "labels" and not gone:
            with app.app_context():
                one = session.query(Contribution).order_by(Contribution.id).limit(1).one()
                gone.append(one.id)
                decide(one, "hidden", standing.moderator)
                session.commit()

    job_id = ask_in_parts(app, standing, 20)
    thread = threading.Thread(target=jobs.run, args=(app, handlers(), job_id, hide))
    thread.start()
    thread.join()
    told = outcome(app, job_id)
    assert gone
    assert gone[0] not in [row[0] for row in told["run_item"]]
    assert told["texts"] == 73


def test_stretches_hold_every_published_text_once(app: Flask, world: World) -> None:
    ids = publish(app, world, demo_ideas()[:10])
    with app.app_context():
        decide(session.get_one(Contribution, ids[4]), "hidden", world.moderator)
        session.commit()
        assert queries.stretches(world.programme, 4) == [
            Stretch(ids[0], ids[3], 4), Stretch(ids[5], ids[8], 4), Stretch(ids[9], ids[9], 1)
        ]
        assert queries.stretches(world.programme, 9) == [Stretch(ids[0], ids[9], 9)]
        read = [text.id for text in queries.readable_texts(world.programme, ids[1], ids[5])]
        assert read == [ids[1], ids[2], ids[3], ids[5]]


def test_without_any_published_text_there_is_too_little(app: Flask, world: World) -> None:
    job_id = ask_in_parts(app, world, 5)
    jobs.run(app, handlers(), job_id)
    assert state(app, job_id) == "failed"
