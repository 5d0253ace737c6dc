"""An administrator chooses whether weak hints are marked for moderators."""

from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.privacy.models import PrivacySetting
from tests.factories import an_idea
from tests.pages import Browser
from tests.world import World

PAGE = "/en/privacy/elvdal"
TEXT = {"title": "Grus", "body": "Foran Storgata 12 står AB 12345.\n\nRing Kari på 912 34 567.", "place": ""}


def marks(page: str) -> list[str]:
    return [part.split("</mark>")[0].split("</span>")[1] for part in page.split("<mark>")[1:]]


def test_hints_are_off_until_they_are_chosen(
    app: Flask, world: World, moderator: Browser, administrator: Browser
) -> None:
    ref = an_idea(app, world, **TEXT)
    assert marks(moderator.get(f"/en/moderation/{ref}").html) == ["912 34 567"]
    form = administrator.get(PAGE)
    assert 'name="shows_hints" value="1" aria' in form.html
    saved = administrator.post(PAGE, {"shows_hints": "1", "version": form.hidden("version")})
    assert saved.status == 303
    assert 'name="shows_hints" value="1" checked' in administrator.get(PAGE).html
    page = moderator.get(f"/en/moderation/{ref}")
    assert marks(page.html) == ["Storgata 12", "AB 12345", "912 34 567"]
    assert "Street address" in page.text


def test_another_municipality_is_not_touched(
    app: Flask, world: World, moderator: Browser, administrator: Browser
) -> None:
    administrator.post(PAGE, {"shows_hints": "1", "version": "0"})
    ref = an_idea(app, world, municipality_id=world.swedish, **TEXT)
    assert marks(moderator.get(f"/en/moderation/{ref}").html) == ["912 34 567"]


def test_a_choice_leaves_an_audit_row_and_can_be_taken_back(
    app: Flask, world: World, administrator: Browser
) -> None:
    administrator.post(PAGE, {"shows_hints": "1", "version": "0"})
    administrator.post(PAGE, {"version": "1"})
    with app.app_context():
        rows = session.query(AuditRow).filter_by(action="privacy.choose").order_by(AuditRow.id).all()
        assert [(row.subject, row.details) for row in rows] == [
            ("elvdal", {"shows_hints": True}), ("elvdal", {"shows_hints": False}),
        ]
        assert [one.shows_hints for one in session.query(PrivacySetting)] == [False]


def test_whoever_comes_second_is_told_and_overwrites_nothing(
    app: Flask, world: World, administrator: Browser
) -> None:
    administrator.post(PAGE, {"shows_hints": "1", "version": "0"})
    assert administrator.post(PAGE, {"version": "0"}).status == 409
    with app.app_context():
        assert session.query(PrivacySetting).one().shows_hints


def test_only_the_municipalitys_own_administrators_choose(
    world: World, moderator: Browser, stranger: Browser, administrator: Browser, facilitator: Browser
) -> None:
    assert administrator.get("/en/privacy/langtborta").status == 404
    assert stranger.get(PAGE).status == 404
    assert stranger.post(PAGE, {"shows_hints": "1", "version": "0"}).status == 404
    for browser in (moderator, facilitator):
        assert browser.get(PAGE).status == 403
        assert browser.post(PAGE, {"shows_hints": "1", "version": "0"}).status == 403
