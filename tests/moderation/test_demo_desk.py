"""A first look at the demo shows a desk at work: what was redacted, merged, answered, appealed and noted."""

from flask import Flask

from citizen.base.db import session
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.demo import actions as demo
from citizen.demo.rules import read
from citizen.programmes.models import Municipality, Programme
from tests.pages import Browser
from tests.world import World


def test_the_demo_shows_a_desk_at_work(
    app: Flask, world: World, browser: Browser, moderator: Browser
) -> None:
    told = read("desk.json")
    with app.app_context():
        towns = {name: session.get_one(Municipality, found)
                 for name, found in (("granasen", world.swedish), ("elvmark", world.norwegian))}
        programme = session.get_one(Programme, world.programme)
        keys = demo.build_ideas(programme, towns, world.moderator, world.administrator)
        demo.build_desk(keys, world.moderator)
        session.commit()
        refs = {name: session.get_one(Contribution, keys[one["idea"]]).ref for name, one in told.items()}
        assert contribution_queries.open_appeal(keys[told["appeal"]["idea"]])
    pages = {name: browser.get(f"/sv/ideas/{world.slug}/{ref}").text for name, ref in refs.items()}
    assert "[borttaget av kommunen]" in pages["redaction"]
    assert told["redaction"]["remove"] not in pages["redaction"]
    assert "Merged with" in pages["merge"]
    assert told["answer"]["signed"] in pages["answer"]
    note = moderator.get(f"/sv/moderation/{refs['note']}").text
    assert told["note"]["body"] in note
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
