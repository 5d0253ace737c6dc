"""When somebody looks: before, afterwards, or only where something should be looked at."""

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.moderation.models import QueueItem
from citizen.programmes.models import Programme
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_reports import leave
from tests.pages import Browser
from tests.world import World


def set_mode(app: Flask, world: World, mode: str, **more: object) -> None:
    with app.app_context():
        programme = session.get_one(Programme, world.programme)
        programme.moderation = mode
        for name, value in more.items():
            setattr(programme, name, value)
        session.commit()


def test_afterwards_an_idea_is_public_at_once_and_waits_for_somebody_to_look(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    set_mode(app, world, "after")
    ref = an_idea(app, world, title="Gatelys")
    assert state_of(app, ref)[0] == "published"
    assert browser.get(f"/en/ideas/{world.slug}/{ref}").status == 200
    page = moderator.get("/en/moderation/")
    assert "Gatelys" in page.text
    assert "Published, to be looked at" in page.text
    item = moderator.get(f"/en/moderation/{ref}")
    assert "Published at once, as the programme has it" in item.text
    page = leave(moderator, ref, follow=True)
    assert "It stays published as it is" in page.text
    assert "Nothing is waiting" in page.text


def test_what_is_public_and_should_not_be_is_hidden_and_waits_again_when_that_is_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    set_mode(app, world, "after")
    ref = an_idea(app, world)
    decide(moderator, ref, "hidden", version=2, reason="advert")
    with app.app_context():
        assert session.query(QueueItem).count() == 0
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    assert state_of(app, ref)[0] == "published"
    with app.app_context():
        assert session.query(QueueItem).one().kind == "review"


@pytest.mark.parametrize(("text", "state"), [
    ("Eg vil ha gatelys langs vegen.", "published"),
    ("Skriv til per.hansen@example.org om gatelys.", "submitted"),
])
def test_only_what_should_be_looked_at_waits(
    app: Flask, world: World, text: str, state: str
) -> None:
    set_mode(app, world, "flagged")
    assert state_of(app, an_idea(app, world, body=text))[0] == state
    with app.app_context():
        assert session.query(QueueItem).count() == (state == "submitted")


def test_the_same_words_again_are_looked_at(app: Flask, world: World) -> None:
    set_mode(app, world, "before")
    same = {"title": "Gatelys", "body": "Eg vil ha gatelys langs den mørke skulevegen."}
    an_idea(app, world, **same)
    set_mode(app, world, "flagged")
    assert state_of(app, an_idea(app, world, **same))[0] == "submitted"


@pytest.mark.parametrize("source", ["workshop", "paper", "import"])
def test_what_was_typed_or_came_with_a_file_is_always_read_first(
    app: Flask, world: World, source: str
) -> None:
    set_mode(app, world, "after")
    assert state_of(app, an_idea(app, world, source=source))[0] == "submitted"


@pytest.mark.parametrize(("mode", "hours", "words"), [
    ("before", None, "once the municipality has reviewed it."),
    ("before", 0, "The review usually takes less than an hour."),
    ("before", 3, "The review usually takes 3 hours."),
    ("before", 50, "The review usually takes 2 days."),
    ("after", 50, "Everyone can see your idea at once. The municipality reads it afterwards."),
    ("flagged", None, "at once, unless something in it has to be looked at first"),
])
def test_the_form_says_who_sees_it_and_when(
    app: Flask, world: World, browser: Browser, mode: str, hours: int | None, words: str
) -> None:
    set_mode(app, world, mode, usual_hours=hours)
    assert words in browser.get(f"/en/ideas/{world.slug}/new").text


def test_how_long_it_usually_takes_is_measured_from_five_decisions_on(
    app: Flask, world: World, moderator: Browser
) -> None:
    for number in range(5):
        with app.app_context():
            assert session.get_one(Programme, world.programme).usual_hours is None
        decide(moderator, an_idea(app, world, title=f"Idé {number}"), "published")
    with app.app_context():
        assert session.get_one(Programme, world.programme).usual_hours == 0


def test_an_administrator_of_the_municipality_in_charge_chooses_the_mode(
    app: Flask, world: World, administrator: Browser, moderator: Browser, stranger: Browser
) -> None:
    address = f"/en/moderation/modes/{world.slug}"
    assert world.slug in administrator.get("/en/moderation/modes").html
    assert administrator.post(address, {"mode": "odd", "promise_days": "0"}).status == 422
    page = administrator.post(address, {"mode": "after", "promise_days": "3"}, follow=True)
    assert "Published at once, read afterwards" in page.text
    assert "Within 3 days" in page.text
    assert moderator.get(address).status == 403
    assert stranger.get(address).status == 404
    assert stranger.post(address, {"mode": "before", "promise_days": "3"}).status == 404
    with app.app_context():
        assert session.get_one(Programme, world.programme).moderation == "after"


def test_a_partner_reads_but_does_not_choose(app: Flask, world: World, administrator: Browser) -> None:
    from citizen.accounts.models import RoleGrant

    with app.app_context():
        session.query(RoleGrant).filter_by(
            user_id=world.administrator, municipality_id=world.swedish, role="administrator"
        ).delete()
        session.commit()
    assert administrator.get("/en/moderation/modes").status == 200
    assert administrator.get(f"/en/moderation/modes/{world.slug}").status == 403


def test_a_line_follows_the_mode_and_its_writer_is_told(app: Flask, world: World, browser: Browser) -> None:
    ref = an_idea(app, world, state="published")
    set_mode(app, world, "after")
    assert "Everyone can see it at once." in browser.get(f"/en/ideas/{world.slug}/{ref}").text
    browser.post(f"/en/ideas/{world.slug}/{ref}/voice", {"line": "Heilt samd i dette."})
    with app.app_context():
        assert session.query(QueueItem).one().kind == "review"
        assert load(ref).visibility == "published"
