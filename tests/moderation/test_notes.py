"""What moderators note for each other, and for nobody else."""

from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from tests.factories import an_idea
from tests.moderation.test_deciding import decide
from tests.pages import Browser, Page
from tests.world import World


def note(who: Browser, ref: str, body: str = "Har ringt vegvesenet.") -> Page:
    return who.post(f"/en/moderation/{ref}/notes", {"body": body})


def test_colleagues_read_who_noted_what(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world)
    assert note(moderator, ref).status == 303
    page = other_moderator.get(f"/en/moderation/{ref}")
    assert "Har ringt vegvesenet." in page.text
    assert "Maja, " in page.text


def test_a_note_disturbs_nobody_who_decides(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world)
    note(moderator, ref)
    assert decide(other_moderator, ref, "published").status == 303


def test_no_one_else_reads_them(
    app: Flask, world: World, moderator: Browser, browser: Browser, stranger: Browser, facilitator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    note(moderator, ref)
    with app.app_context():
        receipt = f"/en/receipt/{contributions.receipt_code(ref)}"
    for path in (f"/en/ideas/{world.slug}/{ref}", receipt, f"{receipt}/data", f"{receipt}/data.json"):
        answer = browser.get(path)
        assert answer.status == 200
        assert "vegvesenet" not in answer.response.get_data(as_text=True)
    assert stranger.get(f"/en/moderation/{ref}/notes").status == 404
    assert note(stranger, ref).status == 404
    assert note(facilitator, ref).status == 403


def test_an_empty_note_is_none(app: Flask, world: World, moderator: Browser) -> None:
    page = note(moderator, an_idea(app, world), " ")
    assert page.status == 422
    assert "Write a note" in page.text


def test_the_audit_tells_that_there_is_a_note_and_not_what_it_says(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    note(moderator, ref)
    with app.app_context():
        row = session.scalars(select(AuditRow)).one()
        assert (row.action, row.subject, set(row.details)) == ("moderation.note", ref, {"note"})
