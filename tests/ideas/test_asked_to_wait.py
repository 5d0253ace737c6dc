"""What wears the server down is told to wait, also where nothing of it waits for moderators."""

from dataclasses import replace

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import TextVersion
from citizen.ideas.models import Idea
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.pages import Browser
from tests.world import World


@pytest.fixture(autouse=True)
def _few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(app.extensions["citizen.settings"], submit_limit="3 per 10 minutes")
    monkeypatch.setitem(app.extensions, "citizen.settings", few)


def test_one_machine_does_not_support_an_idea_as_a_thousand_people(app: Flask, world: World) -> None:
    ref = an_idea(app, world, state="published")
    path = f"/sv/ideas/{world.slug}/{ref}/support"
    assert [Browser(app).post(path).status for _ in range(5)] == [303, 303, 303, 429, 429]
    with app.app_context():
        assert session.query(Idea).one().support_count == 3
    assert [Browser(app).post(f"{path}/withdrawal").status for _ in range(4)] == [303, 303, 303, 429]


def test_an_idea_that_has_come_back_is_not_sent_again_without_end(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="returned")
    path = f"/sv/receipt/{code_of(app, ref)}"
    assert [browser.post(path, {"title": ""}).status for _ in range(4)] == [422, 422, 422, 429]
    with app.app_context():
        assert session.query(TextVersion).filter_by(contribution_id=load(ref).id).count() == 1
