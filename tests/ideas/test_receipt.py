"""The author's way back to an idea, without an account."""

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.rules import Handling, Visibility
from tests.factories import an_idea, load
from tests.pages import Browser
from tests.world import World


def code_of(app: Flask, ref: str) -> str:
    with app.app_context():
        return contributions.receipt_code(ref)


def test_the_code_is_found_however_it_is_typed(app: Flask, browser: Browser, world: World) -> None:
    code = code_of(app, an_idea(app, world))
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]} ".replace("0", "o").replace("1", "l")
    page = browser.post("/sv/receipt", {"code": typed})
    assert page.status == 303
    assert page.location.endswith(f"/sv/receipt/{code}")


@pytest.mark.parametrize("code", ["", "WRONG", "0000-0000-0000", "🚲", "x" * 5000, "\x00"])
def test_a_wrong_code_is_told_and_stays_in_the_field(browser: Browser, world: World, code: str) -> None:
    page = browser.post("/sv/receipt", {"code": code})
    assert page.status == 422
    assert 'id="code-error"' in page.html


def test_a_wrong_link_is_not_found(browser: Browser, world: World) -> None:
    assert browser.get("/sv/receipt/0000-0000-0000").status == 404


def test_guessing_codes_is_stopped(browser: Browser, world: World) -> None:
    statuses = [browser.get(f"/sv/receipt/{n:012d}").status for n in range(35)]
    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_the_receipt_is_kept_from_search_engines_and_referrers(
    app: Flask, browser: Browser, world: World
) -> None:
    page = browser.get(f"/sv/receipt/{code_of(app, an_idea(app, world))}")
    assert 'name="robots" content="noindex' in page.html
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.response.headers["Cache-Control"]


def test_nothing_of_the_code_lies_in_the_database(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    code = code_of(app, ref)
    with app.app_context():
        row = load(ref)
        values = [str(getattr(row, column.key)) for column in row.__table__.columns]
    assert not any(code in value for value in values)


def test_withdrawing_asks_first_and_takes_the_text_from_the_public(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    code = code_of(app, ref)
    assert browser.get(f"/sv/receipt/{code}/withdrawal").status == 200
    assert browser.get(f"/sv/ideas/{world.slug}/{ref}").status == 200
    assert browser.post(f"/sv/receipt/{code}/withdrawal").status == 303
    assert browser.get(f"/sv/ideas/{world.slug}/{ref}").status == 404
    assert browser.get(f"/sv/receipt/{code}").status == 200
    assert browser.post(f"/sv/receipt/{code}/withdrawal").status == 422


def test_a_returned_idea_is_corrected_and_comes_back_as_a_new_version(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, title="Fyrste", state="returned")
    code = code_of(app, ref)
    empty = browser.post(f"/nn/receipt/{code}", {"title": "", "body": "Betre tekst"})
    assert empty.status == 422
    assert "Betre tekst" in empty.html
    assert browser.post(f"/nn/receipt/{code}", {"title": "Andre", "body": "Betre tekst"}).status == 303
    with app.app_context():
        contribution = load(ref)
        assert contribution.visibility == "submitted"
        assert [t.title for t in contribution.texts] == ["Fyrste", "Andre"]


@pytest.mark.parametrize("state", ["submitted", "published", "rejected"])
def test_only_a_returned_idea_can_be_corrected(
    app: Flask, browser: Browser, world: World, state: str
) -> None:
    code = code_of(app, an_idea(app, world, state=state))
    assert browser.post(f"/nn/receipt/{code}", {"title": "Ny", "body": "Ny tekst"}).status == 422


def test_handling_shows_only_once_it_is_public(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    names = {"nn": "Trygg skuleveg"}

    def step(public: bool) -> None:
        with app.app_context():
            contributions.set_handling([load(ref).id], Handling.CANDIDATE, user_id=world.facilitator,
                                       about="C-1", about_names=names, public=public)
            session.commit()

    step(public=False)
    assert "Trygg skuleveg" not in browser.get(f"/nn/receipt/{code_of(app, ref)}").text
    step(public=True)
    assert "Trygg skuleveg" in browser.get(f"/nn/receipt/{code_of(app, ref)}").text
    assert "Trygg skuleveg" in browser.get(f"/sv/ideas/{world.slug}/{ref}").text


def test_the_place_is_corrected_with_the_text(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, place="Hos Kari, tlf. 99 99 99 99", state="returned")
    code = code_of(app, ref)
    assert "Hos Kari" in browser.get(f"/nn/receipt/{code}").html
    browser.post(f"/nn/receipt/{code}", {"title": "Lys", "body": "Set opp lys.", "place": "Brua"})
    with app.app_context():
        contribution = load(ref)
        contributions.decide(contribution, Visibility.PUBLISHED, user_id=world.moderator,
                             expected_version=contribution.version)
        session.commit()
    page = browser.get(f"/nn/ideas/{world.slug}/{ref}")
    assert "Brua" in page.text
    assert "99 99" not in page.html
