"""Parts of photos hidden on the server, for everyone but those who may look at what was there."""

import io
import re

from flask import Flask
from PIL import Image
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.pictures import make_ready
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Picture, ShownPicture
from citizen.contributions.rules import Visibility
from tests.factories import an_idea, load
from tests.pages import Browser, Page
from tests.photos import BLUE, RED, encoded
from tests.world import World


def a_street(colour: tuple[int, int, int] = RED) -> bytes:
    """A blue street with a number plate in the fifth cell of the second row."""
    image = Image.new("RGB", (400, 300), BLUE)
    for left in range(162, 198, 6):
        image.paste(colour, (left, 42, left + 3, 70))
    return encoded(image)


def with_photos(app: Flask, world: World, *alts: str, **values: str) -> str:
    photos = [(make_ready(a_street((255, 40 * at, 0))), alt) for at, alt in enumerate(alts)]
    return an_idea(app, world, title="Trapp", body="Bilen står her.", photos=photos, holder="form:x",
                   **values)


def refs_of(app: Flask, ref: str, version: int) -> list[tuple[str, str]]:
    with app.app_context():
        return [(one.ref, one.alt) for one in contribution_queries.photos(load(ref).id)[version]]


def redact(browser: Browser, ref: str, photos: dict[str, tuple[str, list[int]]], version: int = 1,
           of_version: int = 1, body: str = "Bilen står her.") -> Page:
    values = {
        "version": str(version), "of_version": str(of_version), "title": "Trapp", "body": body, "place": "",
        "reason": "personal_data", "words": "",
    }
    for picture, (alt, cells) in photos.items():
        values |= {f"alt-{picture}": alt, f"cell-{picture}": [str(cell) for cell in cells]}
    return browser.post(f"/en/moderation/{ref}/redaction", values)


def status(browser: Browser, picture: str, size: str = "full", more: str = "") -> int:
    return browser.get(f"/en/pictures/{picture}/{size}{more}").status


def the_redacted_one(
    app: Flask, world: World, moderator: Browser, state: str = "submitted"
) -> tuple[str, str, str]:
    """An idea with a photo of which a part has been hidden: its reference, the photo before and after."""
    ref = with_photos(app, world, "Ein bil", state=state)
    (before, _alt), = refs_of(app, ref, 1)
    answer = redact(moderator, ref, {before: ("Ein bil", [14])}, version=1 if state == "submitted" else 2)
    assert answer.status == 303
    (after, _alt), = refs_of(app, ref, 2)
    return ref, before, after


def test_a_hidden_part_is_gone_from_the_public_photo_in_both_sizes(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref, before, after = the_redacted_one(app, world, moderator)
    assert before != after
    page = browser.get(f"/en/ideas/{world.slug}/{ref}")
    assert after in page.html
    assert before not in page.html
    for size in ("full", "small"):
        content = browser.get(f"/en/pictures/{after}/{size}").response.data
        inside = Image.open(io.BytesIO(content)).convert("RGB").crop((170, 48, 190, 64)).getextrema()
        assert all(high - low <= 8 for low, high in inside)


def test_the_address_of_the_whole_photo_answers_nobody_but_its_author(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref, before, _after = the_redacted_one(app, world, moderator, state="published")
    with app.app_context():
        code = contributions.receipt_code(ref)
    for who in (browser, moderator, Browser(app, user_id=world.facilitator)):
        for size in ("full", "small"):
            assert status(who, before, size) == 404
    assert status(browser, before, more=f"?code={code}") == 200


def test_a_moderator_sees_it_only_on_the_record(app: Flask, world: World, moderator: Browser) -> None:
    ref, before, after = the_redacted_one(app, world, moderator)
    assert after in moderator.get(f"/en/moderation/{ref}").html
    assert before not in moderator.get(f"/en/moderation/{ref}").html
    page = moderator.post(f"/en/moderation/{ref}/original")
    assert 'src="data:image/jpeg;base64,' in page.html
    with app.app_context():
        assert "moderation.look" in set(session.scalars(select(AuditRow.action)))


def test_undo_shows_the_whole_photo_again(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref, before, after = the_redacted_one(app, world, moderator, state="published")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    assert status(browser, before) == 200
    assert status(browser, after) == 404
    assert before in browser.get(f"/en/ideas/{world.slug}/{ref}").html


def test_versions_show_what_they_showed_whatever_is_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    """Hidden, taken back, hidden otherwise, taken back, returned, and sent again by its author."""
    ref, before, after = the_redacted_one(app, world, moderator)
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    redact(moderator, ref, {before: ("Ein [[bil]]", [0, 1])}, version=3)
    (third, alt), = refs_of(app, ref, 3)
    assert alt == "Ein [fjerna av kommunen]"
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "4"})
    with app.app_context():
        found = load(ref)
        contributions.decide(found, Visibility.RETURNED, user_id=world.moderator, reason="off_topic",
                             expected_version=5)
        kept = contribution_queries.pictures_of(found.id, 1)
        contributions.resend(found, title="Trapp", body="Bilen er køyrd.", photos=kept)
        session.commit()
    shown = {version: [one for one, _alt in refs_of(app, ref, version)] for version in (1, 2, 3, 4)}
    assert shown == {1: [before], 2: [after], 3: [third], 4: [before]}


def test_words_alone_leave_the_photos_as_they_are(app: Flask, world: World, moderator: Browser) -> None:
    ref = with_photos(app, world, "Ein bil", "Kari ved trappa")
    (one, first), (two, second) = refs_of(app, ref, 1)
    redact(moderator, ref, {one: (first, []), two: (f"[[Kari]]{second[4:]}", [])})
    assert refs_of(app, ref, 2) == [(one, "Ein bil"), (two, "[fjerna av kommunen] ved trappa")]
    with app.app_context():
        assert len(session.scalars(select(Picture)).all()) == 2
        kept = session.scalars(select(ShownPicture).where(ShownPicture.last_version.is_(None))).all()
        assert len(kept) == 2


def test_a_photo_is_enough_to_redact(app: Flask, world: World, moderator: Browser) -> None:
    ref = with_photos(app, world, "")
    (one, _alt), = refs_of(app, ref, 1)
    assert redact(moderator, ref, {one: ("", [])}).status == 422
    assert redact(moderator, ref, {one: ("", [14])}).status == 303


def test_the_page_has_a_box_for_each_cell_and_shows_how_it_will_look(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = with_photos(app, world, "Ein bil")
    (one, _alt), = refs_of(app, ref, 1)
    page = moderator.get(f"/en/moderation/{ref}/redaction")
    assert len(re.findall(rf'name="cell-{one}"', page.html)) == 80
    values = {"version": "1", "of_version": "1", "title": "Trapp", "body": "Bilen står her.", "place": "",
              "reason": "personal_data", "words": "", f"alt-{one}": "Ein bil", f"cell-{one}": ["14", "15"],
              "preview": "1"}
    page = moderator.post(f"/en/moderation/{ref}/redaction", values)
    assert page.status == 422
    assert 'src="data:image/jpeg;base64,' in page.html
    assert len(re.findall(r'value="1[45]" aria-label="[^"]*" checked', page.html)) == 2


def test_what_is_left_of_it_survives_the_cleaning_of_forms(
    app: Flask, world: World, moderator: Browser
) -> None:
    _ref, before, after = the_redacted_one(app, world, moderator)
    with app.app_context():
        for picture in session.scalars(select(Picture)):
            picture.created_at = picture.created_at.replace(year=2020)
        session.commit()
        contributions.forget_unused_pictures()
        session.commit()
        assert set(session.scalars(select(Picture.ref))) == {before, after}
