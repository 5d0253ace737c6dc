"""Publishing a lot, from the page and from the terminal."""

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import VisibilityChange
from citizen.moderation import commands
from tests.factories import an_idea, load
from tests.moderation.test_deciding import audited, decide, state_of
from tests.moderation.test_telling_the_author import mails, with_contact
from tests.pages import Browser
from tests.world import World


def test_the_chosen_are_listed_before_they_are_published(
    app: Flask, world: World, moderator: Browser
) -> None:
    first, second = an_idea(app, world, title="Den eine"), an_idea(app, world, title="Den andre")
    page = moderator.get(f"/en/moderation/several?chosen={first}:1&chosen={second}:1&municipality=elvdal")
    assert page.status == 200
    assert "Do you want to publish 2 ideas?" in page.text
    assert "Den eine" in page.text
    assert "Den andre" in page.text
    assert state_of(app, first) == ("submitted", 1)
    answer = moderator.post("/en/moderation/several?municipality=elvdal",
                            {"decision": "published", "chosen": [f"{first}:1", f"{second}:1"]})
    assert answer.status == 303
    assert answer.location.startswith("/en/moderation/?lot=L-")
    assert answer.location.endswith("&municipality=elvdal")
    assert "2 ideas have been published." in moderator.get(answer.location).text
    assert state_of(app, first) == state_of(app, second) == ("published", 2)
    assert {row[:2] for row in audited(app)} == {
        ("moderation.publish_several", first), ("moderation.publish_several", second)
    }


def test_what_changed_meanwhile_is_skipped_and_told(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    changed, unchanged = an_idea(app, world, title="Endra"), an_idea(app, world, title="Uendra")
    decide(other_moderator, changed, "rejected", reason="attack")
    page = moderator.get(f"/en/moderation/several?chosen={changed}:1&chosen={unchanged}:1")
    assert "Do you want to publish 1 idea?" in page.text
    assert "are skipped" in page.text
    answer = moderator.post("/en/moderation/several", {"decision": "published",
                                                           "chosen": [f"{changed}:1", f"{unchanged}:1"]})
    page = moderator.get(answer.location)
    assert "1 idea has been published." in page.text
    assert f"1 idea had changed meanwhile and was skipped: {changed}." in page.text
    assert state_of(app, changed) == ("rejected", 2)


def test_where_all_have_changed_nothing_is_published(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Endra")
    decide(other_moderator, ref, "rejected", reason="attack")
    page = moderator.post("/en/moderation/several", {"decision": "published", "chosen": f"{ref}:1"})
    assert page.status == 409
    assert "Nothing could be decided" in page.text
    assert "Endra" in page.text


@pytest.mark.parametrize("chosen", ["", "chosen=", "chosen=odd", "chosen=I-00000000:1", "chosen=I-0:x"])
def test_choosing_nothing_leads_back_with_a_word(world: World, moderator: Browser, chosen: str) -> None:
    page = moderator.get(f"/en/moderation/several?{chosen}", follow=True)
    assert "Choose at least one idea." in page.text


def run(app: Flask, *line: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["moderation", "publish", *line])
    return result.exit_code, result.output


def test_the_command_publishes_what_matches_and_nothing_else(app: Flask, world: World) -> None:
    imported = [an_idea(app, world, source="import") for _ in range(3)]
    web = an_idea(app, world)
    returned = an_idea(app, world, source="import", state="returned")
    elsewhere = an_idea(app, world, source="import", programme_id=world.other_programme,
                        municipality_id=world.elsewhere)
    line = ("--programme", world.slug, "--source", "import", "--by", "maja@example.org")
    code, output = run(app, *line)
    assert code == 0
    assert "Waiting: 3" in output
    assert "Published: 3" in output
    assert {state_of(app, ref)[0] for ref in imported} == {"published"}
    assert [state_of(app, ref)[0] for ref in (web, returned, elsewhere)] == [
        "submitted", "returned", "submitted"
    ]
    with app.app_context():
        rows = session.query(AuditRow).filter_by(action="moderation.publish_several").all()
        assert {row.subject for row in rows} == set(imported)
        assert {row.actor_id for row in rows} == {world.moderator}
    assert "Published: 0" in run(app, *line)[1]


def test_a_dry_run_counts_and_changes_nothing(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    code, output = run(app, "--programme", world.slug, "--dry-run")
    assert code == 0
    assert "Waiting: 1" in output
    assert state_of(app, ref) == ("submitted", 1)


@pytest.mark.parametrize(
    "line",
    [("--programme", "finst-ikkje"), ("--programme", "granslandet", "--by", "ingen@example.org"),
     ("--programme", "granslandet", "--source", "odd"), ()],
)
def test_a_command_that_cannot_be_followed_says_why(app: Flask, world: World, line: tuple[str, ...]) -> None:
    ref = an_idea(app, world)
    code, output = run(app, *line)
    assert code == 2
    assert "Error" in output
    assert state_of(app, ref)[0] == "submitted"


def test_more_than_one_lot_is_published_lot_by_lot(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LOT_SIZE", 2)
    refs = [an_idea(app, world) for _ in range(5)]
    assert "Published: 5" in run(app, "--programme", world.slug)[1]
    assert {state_of(app, ref)[0] for ref in refs} == {"published"}


def test_authors_hear_of_what_the_command_published(app: Flask, world: World) -> None:
    ref = with_contact(app, world, language="en")
    run(app, "--programme", world.slug)
    (mail,) = mails(app)
    assert mail.subject == "Your idea has been published"
    with app.app_context():
        assert f"/en/receipt/{contributions.receipt_code(ref)}" in mail.body


def test_what_the_command_published_can_be_undone(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    run(app, "--programme", world.slug)
    assert "Published from the command line" in moderator.get(f"/en/moderation/{ref}").text
    assert moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"}).status == 303
    assert state_of(app, ref)[0] == "submitted"
    with app.app_context():
        steps = session.query(VisibilityChange).filter_by(contribution_id=load(ref).id)
        in_order = steps.order_by(VisibilityChange.id).all()
        assert [step.user_id for step in in_order] == [None, world.moderator]
