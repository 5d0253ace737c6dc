"""What was there before something was taken out: for its author, and for moderators on the record."""

from flask import Flask
from sqlalchemy import select

from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from tests.factories import load
from tests.moderation.test_redacting import (
    BODY,
    MARKED,
    SAFE,
    a_trap,
    audited,
    public,
    receipt,
    redact,
    texts_of,
    undo,
)
from tests.pages import Browser
from tests.world import World


def test_staff_pages_show_what_everyone_reads(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    for path in (f"{ref}", "?state=published", f"{ref}/redaction"):
        assert "0701" not in moderator.get(f"/en/moderation/{path}").html


def test_each_look_at_the_original_leaves_a_row(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    for _time in range(2):
        page = moderator.post(f"/en/moderation/{ref}/original")
        assert page.status == 200
        assert BODY in page.text
        assert page.response.headers["Cache-Control"] == "no-store"
    assert [action for action, _details in audited(app)].count("moderation.look") == 2


def test_nobody_else_may_look(app: Flask, world: World, moderator: Browser, browser: Browser) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    for user in (world.facilitator, world.administrator, world.stranger):
        page = Browser(app, user_id=user).post(f"/en/moderation/{ref}/original")
        assert page.status in (403, 404)
    assert browser.post(f"/en/moderation/{ref}/original").status == 401
    assert moderator.get(f"/en/moderation/{ref}/original").status == 405
    assert "moderation.look" not in [action for action, _details in audited(app)]


def test_there_is_nothing_to_look_at_where_nothing_was_removed(
    app: Flask, world: World, moderator: Browser
) -> None:
    assert moderator.post(f"/en/moderation/{a_trap(app, world)}/original").status == 404


def test_the_original_can_be_redacted_anew_with_what_was_marked(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    assert MARKED in moderator.post(f"/en/moderation/{ref}/original").html
    redact(moderator, ref, version=2, of_version=1, body="Ring Kari på [[0701 23 45 67]] om trappa ved elva.")
    assert "Ring Kari på [fjerna av kommunen]" in public(browser, world, ref).text
    undo(moderator, ref, 3)
    assert SAFE in public(browser, world, ref).text


def test_a_form_with_the_original_that_comes_back_is_a_look(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    page = redact(moderator, ref, version=2, of_version=1, preview="1")
    assert page.status == 422
    assert audited(app)[-1][0] == "moderation.look"


def test_the_whole_text_can_be_shown_again_and_that_be_taken_back(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    answer = moderator.post(f"/en/moderation/{ref}/original/publication", {"version": "2"})
    assert answer.status == 303
    assert BODY in public(browser, world, ref).text
    assert audited(app)[-1][0] == "moderation.show_original"
    undo(moderator, ref, 3)
    assert SAFE in public(browser, world, ref).text
    assert "See what was removed" in moderator.get(f"/en/moderation/{ref}").text


def test_a_whole_text_is_not_shown_again(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world, state="published")
    page = moderator.post(f"/en/moderation/{ref}/original/publication", {"version": "2"})
    assert page.status in (409, 422)
    assert len(texts_of(app, ref)) == 1


# ---- the author


def test_the_author_reads_their_own_words_and_what_others_read(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    assert "What others read" not in receipt(app, browser, ref).text
    redact(moderator, ref, words="Namn og nummer er tekne bort.")
    page = receipt(app, browser, ref)
    for words in (BODY, SAFE, "What others read", "Published, with a part removed", "Contains personal data",
                  "Namn og nummer er tekne bort."):
        assert words in page.text


def test_the_author_is_written_to(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "en")
        session.commit()
    redact(moderator, ref, words="Namn og nummer er tekne bort.")
    with app.app_context():
        mail = session.scalars(select(Mail)).all()[-1]
        assert mail.subject == "The municipality has removed a part of your idea"
        for words in ("Contains personal data", "Namn og nummer er tekne bort.", "removed a part of it"):
            assert words in mail.body
        assert "0701" not in mail.body
    undo(moderator, ref, 2)
    with app.app_context():
        assert not [m for m in session.scalars(select(Mail)) if "removed a part" in m.subject]
