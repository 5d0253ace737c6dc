"""Words to the authors, told with a candidate's status."""

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions.models import HandlingChange
from citizen.portfolio import actions, queries
from tests.factories import load
from tests.pages import Browser
from tests.portfolio.things import (
    a_candidate,
    a_theme,
    at,
    found,
    make_public,
    place,
    published,
    receipt_of,
    set_status,
    theme_id,
)
from tests.world import World

TITLE = "Trygt å gå til bussen"
WORDS = "Vegen blir bygd om <neste> år & får lys då.\n\nTakk for ideen!"
SHOWN = '<blockquote lang="nn"><p>Vegen blir bygd om &lt;neste&gt; år &amp; får lys då.</p>'
NEEDED = "Say why the candidate does not go further"


def told(app: Flask) -> list[str | None]:
    """The words of every public step of an idea."""
    with app.app_context():
        public = session.query(HandlingChange).filter(HandlingChange.public_at.is_not(None))
        return [change.words for change in public.order_by(HandlingChange.id)]


@pytest.mark.parametrize("status", ["planned", "declined"])
def test_words_to_the_authors_stand_on_the_receipt_the_ideas_page_and_the_dossier(
    app: Flask, world: World, facilitator: Browser, browser: Browser, status: str
) -> None:
    idea = published(app, world, language="sv")
    ref = a_candidate(app, world, a_theme(app, world, idea))
    set_status(facilitator, world, ref, status)
    assert make_public(facilitator, world, ref, WORDS).status == 303
    for page in (browser.get(f"/en/receipt/{receipt_of(app, idea)}"),
                 browser.get(f"/en/ideas/{world.slug}/{idea}"), facilitator.get(at(world, ref))):
        assert page.html.count(SHOWN) == 1
        assert "Takk for ideen!" in page.text
    assert told(app) == [WORDS]


def test_the_mail_has_the_words_as_they_were_written(
    app: Flask, world: World, facilitator: Browser
) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    with app.app_context():
        contributions.leave_contact(load(idea), "kari@example.org", "sv")
        session.commit()
    make_public(facilitator, world, ref, WORDS)
    with app.app_context():
        assert f"\n\n{WORDS}\n\n" in session.query(Mail).one().body


def test_words_are_optional_where_the_candidate_goes_on(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    assert "Words to the authors (optional)" in facilitator.get(at(world, ref, "/publication")).text
    assert make_public(facilitator, world, ref, " \n ").status == 303
    assert told(app) == [None]
    assert "<blockquote" not in browser.get(f"/en/receipt/{receipt_of(app, idea)}").html


def test_a_candidate_is_not_declined_in_public_without_words(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    with app.app_context():
        contributions.leave_contact(load(idea), "kari@example.org", "nn")
        session.commit()
    set_status(facilitator, world, ref, "declined")
    asked = facilitator.get(at(world, ref, "/publication"))
    assert "Words to the authors (optional)" not in asked.text
    for nothing in ("", " \n "):
        page = make_public(facilitator, world, ref, nothing)
        assert page.status == 422
        assert page.title.startswith("Error:")
        assert f'<a href="#words">{NEEDED}</a>' in page.html
        assert 'aria-invalid="true" required' in page.html
    assert told(app) == []
    assert "Declined" not in browser.get(f"/en/receipt/{receipt_of(app, idea)}").text
    with app.app_context():
        assert queries.public_change(found(world, ref).id) is None
        assert session.query(Mail).count() == 0
    assert make_public(facilitator, world, ref, WORDS).status == 303


def test_no_other_way_in_declines_without_words_either(app: Flask, world: World) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    with app.test_request_context("/en"):
        candidate = found(world, ref)
        actions.change_status(candidate, "declined", user_id=world.facilitator,
                              expected_version=candidate.version)
        with pytest.raises(Refused, match=NEEDED):
            actions.publish_status(candidate, user_id=world.facilitator,
                                   expected_version=candidate.version)
        session.rollback()


def test_words_that_are_too_long_stay_in_the_form(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    page = make_public(facilitator, world, ref, "å" * 1001)
    assert page.status == 422
    assert "Shorten the text to 1000 characters or fewer" in page.text.replace(",", "")
    assert "å" * 1001 in page.html
    assert told(app) == []
    assert make_public(facilitator, world, ref, "å" * 1000).status == 303
    assert told(app) == ["å" * 1000]


def test_words_for_a_status_that_has_changed_stay_and_can_be_sent_with_the_new_one(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    old = facilitator.get(at(world, ref, "/publication")).hidden("version")
    set_status(facilitator, world, ref, "declined")
    page = facilitator.post(at(world, ref, "/publication"), {"version": old, "words": WORDS})
    assert page.status == 409
    assert "Somebody else has changed this candidate" in page.text
    assert f"Declined – {TITLE}" in page.text
    assert "Takk for ideen!</textarea>" in page.html
    assert told(app) == []
    again = {"version": page.hidden("version"), "words": WORDS}
    assert facilitator.post(at(world, ref, "/publication"), again).status == 303
    assert told(app) == [WORDS]


def test_whoever_comes_second_keeps_the_words_and_reads_those_of_the_first(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    version = facilitator.get(at(world, ref, "/publication")).hidden("version")
    make_public(facilitator, world, ref, WORDS)
    late = {"version": version, "words": "Mine ord"}
    page = facilitator.post(at(world, ref, "/publication"), late)
    assert page.status == 409
    assert SHOWN in page.html
    assert "Mine ord</textarea>" in page.html
    assert "Make public" not in page.text
    assert facilitator.post(at(world, ref, "/publication"),
                            {**late, "version": page.hidden("version")}).status == 409
    assert told(app) == [WORDS]


def test_an_idea_that_comes_in_later_gets_the_words_the_others_got(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    theme = a_theme(app, world, published(app, world))
    ref = a_candidate(app, world, theme)
    make_public(facilitator, world, ref, "Fyrste ord")
    set_status(facilitator, world, ref, "planned")
    make_public(facilitator, world, ref, WORDS)
    late = published(app, world)
    with app.app_context():
        contributions.leave_contact(load(late), "kari@example.org", "nn")
        place(load(late).id, theme_id(theme), world)
        session.commit()
    facilitator.post(at(world, ref, "/refresh"))
    receipt = browser.get(f"/en/receipt/{receipt_of(app, late)}")
    assert receipt.html.count(SHOWN) == 1
    assert "Fyrste ord" not in receipt.text
    with app.app_context():
        assert WORDS in session.query(Mail).one().body
