"""Words taken out of what everyone reads; what was there before is kept, and looked at on the record."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, SearchPosting, TextVersion
from citizen.contributions.rules import Visibility
from tests.factories import an_idea, load
from tests.pages import Browser, Page
from tests.world import World

BODY = "Ring Kari på 0701 23 45 67 om trappa ved elva."
SAFE = "Ring [fjerna av kommunen] på [fjerna av kommunen] om trappa ved elva."
MARKED = "Ring [[Kari]] på [[0701 23 45 67]] om trappa ved elva."
FORM = {
    "of_version": "1", "title": "Trapp", "body": MARKED, "place": "", "reason": "personal_data", "words": "",
}


def redact(browser: Browser, ref: str, version: int = 1, of_version: int = 1, **values: str) -> Page:
    return browser.post(
        f"/en/moderation/{ref}/redaction",
        FORM | {"version": str(version), "of_version": str(of_version)} | values,
    )


def a_trap(app: Flask, world: World, **values: Any) -> str:
    return an_idea(app, world, title="Trapp", body=BODY, **values)


def undo(browser: Browser, ref: str, version: int) -> Page:
    return browser.post(f"/en/moderation/{ref}/undo", {"version": str(version)})


def public(browser: Browser, world: World, ref: str) -> Page:
    return browser.get(f"/en/ideas/{world.slug}/{ref}")


def receipt(app: Flask, browser: Browser, ref: str) -> Page:
    with app.app_context():
        code = contributions.receipt_code(ref)
    return browser.get(f"/en/receipt/{code}")


def audited(app: Flask) -> list[tuple[str, Any]]:
    with app.app_context():
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id))
        return [(row.action, row.details) for row in rows]


def texts_of(app: Flask, ref: str) -> list[tuple[int, str, str]]:
    with app.app_context():
        rows = session.scalars(select(TextVersion).where(TextVersion.contribution_id == load(ref).id)
                               .order_by(TextVersion.number))
        return [(row.number, row.made_by, row.body) for row in rows]


def test_the_page_proposes_what_the_detectors_find(app: Flask, world: World, moderator: Browser) -> None:
    page = moderator.get(f"/en/moderation/{a_trap(app, world)}/redaction")
    assert "Ring Kari på [[0701 23 45 67]] om trappa" in page.html


def test_what_is_marked_is_removed_for_everyone(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    answer = redact(moderator, ref, words="Namn og nummer er tekne bort.")
    assert answer.status == 303
    assert texts_of(app, ref) == [(1, "author", BODY), (2, "staff", SAFE)]
    for page in (public(browser, world, ref), browser.get(f"/en/ideas/{world.slug}/")):
        assert "0701" not in page.html
        assert "Kari" not in page.html
    assert SAFE in public(browser, world, ref).text


def test_it_is_told_apart_in_the_history_and_the_audit_log_which_hold_no_text(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    assert "Maja removed a part of the idea and published the rest" in moderator.get(
        f"/en/moderation/{ref}").text
    action, details = audited(app)[-1]
    assert action == "moderation.redact"
    told = {key: value for key, value in details.items() if key not in ("step", "seal")}
    assert told == {"reason": "personal_data", "of_version": 1, "texts": 2, "photos": 0}


def test_nothing_is_found_by_what_was_removed_nor_by_the_mark(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world, state="published")
    redact(moderator, ref, version=2)
    with app.app_context():
        terms = set(session.scalars(select(SearchPosting.term)))
    assert any(term.startswith("trap") for term in terms)
    assert not {term for term in terms if term.startswith(("kari", "0701", "fjern", "kommun"))}


def test_what_is_public_already_can_be_redacted_and_taken_back(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world, state="published")
    assert redact(moderator, ref, version=2).status == 303
    assert SAFE in public(browser, world, ref).text
    assert undo(moderator, ref, 3).status == 303
    assert BODY in public(browser, world, ref).text
    with app.app_context():
        assert load(ref).public_version == 1
        assert contribution_queries.latest_text(load(ref).id).number == 1


def test_undo_gives_back_what_waited_word_for_word(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    undo(moderator, ref, 2)
    page = moderator.get(f"/en/moderation/{ref}")
    with app.app_context():
        assert contribution_queries.latest_text(load(ref).id).body == BODY
    assert "[fjerna av kommunen]" not in page.text
    assert public(browser, world, ref).status == 404
    # Numbers go on: nothing is written over.
    redact(moderator, ref, version=3)
    assert [number for number, _by, _body in texts_of(app, ref)] == [1, 2, 3]


def test_after_undo_the_author_can_be_asked_and_sends_a_text_of_its_own(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    undo(moderator, ref, 2)
    with app.app_context():
        found = load(ref)
        contributions.decide(found, Visibility.RETURNED, user_id=world.moderator, reason="off_topic",
                             expected_version=3)
        contributions.resend(found, title="Trapp", body="Ny tekst om trappa.")
        session.commit()
    assert texts_of(app, ref)[-1] == (3, "author", "Ny tekst om trappa.")
    assert "Ny tekst om trappa." in moderator.get(f"/en/moderation/{ref}").text


def test_a_redacted_idea_stays_so_when_it_is_hidden_and_published_again(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    moderator.post(f"/en/moderation/{ref}", {"decision": "hidden", "version": "2", "reason": "off_topic"})
    moderator.post(f"/en/moderation/{ref}", {"decision": "published", "version": "3"})
    assert SAFE in public(browser, world, ref).text


def test_what_readers_have_reported_is_closed_by_it_and_open_again_when_it_is_taken_back(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world, state="published")
    browser.post(f"/en/ideas/{world.slug}/{ref}/report", {"reason": "personal_data", "words": "Nummeret!"})
    assert "1 reader has reported this" in moderator.get(f"/en/moderation/{ref}").text
    redact(moderator, ref, version=2)
    assert "Reports that have been closed" in moderator.get(f"/en/moderation/{ref}").text
    undo(moderator, ref, 3)
    assert "1 reader has reported this" in moderator.get(f"/en/moderation/{ref}").text


def test_a_line_under_an_idea_is_redacted_in_the_same_way(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    idea = an_idea(app, world, title="Trapp", body="Trappa ved elva.", state="published")
    Browser(app, language="en").post(f"/en/ideas/{world.slug}/{idea}/voice", {"line": "Spør Kari, ho veit."})
    with app.app_context():
        line = session.scalars(select(Contribution).where(Contribution.kind == "voice")).first()
        assert line is not None
        ref = line.ref
    values = {"version": "1", "of_version": "1", "body": "Spør [[Kari]], ho veit.", "reason": "personal_data",
              "words": ""}
    assert moderator.post(f"/en/moderation/{ref}/redaction", values).status == 303
    text = public(browser, world, idea).text
    assert "Kari" not in text
    assert "removed by the municipality], ho veit." in text
    assert "What others read" in receipt(app, browser, ref).text
