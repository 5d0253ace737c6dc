"""An idea on its way in."""

import io
import threading
import uuid
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions.models import Contact, Contribution
from tests.factories import an_idea
from tests.pages import Browser
from tests.world import World


def filled(**changes: str) -> dict[str, Any]:
    return {
        "title": "Gatelys langs Elvevegen",
        "body": "Ungane går i mørket til bussen. Set opp lys.",
        "municipality": "elvdal",
        "written_in": "nn",
        "client_key": str(uuid.uuid4()),
        **changes,
    }


def stored(app: Flask) -> list[Contribution]:
    with app.app_context():
        return session.query(Contribution).all()


def test_an_idea_that_is_sent_gives_a_receipt_with_a_code(app: Flask, browser: Browser, world: World) -> None:
    page = browser.post(f"/nn/ideas/{world.slug}/new", filled(), follow=True)
    assert page.status == 200
    assert "Gatelys langs Elvevegen" in page.text
    contribution = stored(app)[0]
    assert (contribution.language, contribution.municipality_id) == ("nn", world.norwegian)
    assert contribution.visibility == "submitted"


def test_the_same_idea_sent_twice_is_stored_once(app: Flask, browser: Browser, world: World) -> None:
    idea = filled()
    first = browser.post(f"/nn/ideas/{world.slug}/new", idea)
    second = browser.post(f"/nn/ideas/{world.slug}/new", idea)
    assert first.status == second.status == 303
    assert first.location == second.location
    assert len(stored(app)) == 1


def test_the_same_idea_sent_at_the_same_moment_is_stored_once(app: Flask, world: World) -> None:
    idea, answers = filled(), []

    def send() -> None:
        answers.append(Browser(app).post(f"/nn/ideas/{world.slug}/new", idea))

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert {a.status for a in answers} == {303}
    assert len({a.location for a in answers}) == 1
    assert len(stored(app)) == 1


@pytest.mark.parametrize("field", ["title", "body", "municipality"])
def test_a_missing_field_is_told_at_the_field_and_nothing_typed_is_lost(
    app: Flask, browser: Browser, world: World, field: str
) -> None:
    page = browser.post(f"/sv/ideas/{world.slug}/new", filled(**{field: ""}, place="Bortom bron"))
    assert page.status == 422
    assert f'href="#{field}"' in page.html
    assert f'id="{field}-error"' in page.html
    assert "Bortom bron" in page.html
    assert stored(app) == []


def test_a_lost_token_costs_nobody_their_text(app: Flask, browser: Browser, world: World) -> None:
    page = browser.post(f"/sv/ideas/{world.slug}/new", filled(), token=False)
    assert page.status == 422
    assert "Set opp lys" in page.html
    again = browser.post(
        f"/sv/ideas/{world.slug}/new", filled(csrf_token=page.hidden("csrf_token")), token=False
    )
    assert again.status == 303


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "🚲🚲🚲", "\x00\x01\x02", "   \n\n  ", "12345", "\u202e\u202d"],
    ids=["too long", "emoji", "control", "blank", "digits", "direction marks"],
)
def test_a_text_nobody_can_read_is_refused_clearly(
    app: Flask, browser: Browser, world: World, text: str
) -> None:
    page = browser.post(f"/sv/ideas/{world.slug}/new", filled(body=text))
    assert page.status == 422
    assert 'id="body-error"' in page.html
    assert stored(app) == []


def test_other_scripts_markup_and_formulas_are_kept_as_text(
    app: Flask, browser: Browser, world: World
) -> None:
    body = "<script>alert(1)</script>\n=1+1\nأريد حديقة في القرية"
    page = browser.post(f"/sv/ideas/{world.slug}/new", filled(body=body), follow=True)
    assert page.status == 200
    assert "&lt;script&gt;" in page.html
    assert "أريد حديقة" in page.text


def test_unseen_characters_are_taken_out_of_what_is_kept(app: Flask, browser: Browser, world: World) -> None:
    browser.post(f"/sv/ideas/{world.slug}/new", filled(title="Gat\x00elys\u202e  no"))
    with app.app_context():
        assert session.query(Contribution).one().texts[0].title == "Gatelys no"


@pytest.mark.parametrize(
    ("field", "value"),
    [("municipality", "atlantis"), ("written_in", "tlh"), ("sector", "martians"), ("email", "kari@")],
)
def test_a_value_that_was_not_offered_is_refused(
    app: Flask, browser: Browser, world: World, field: str, value: str
) -> None:
    assert browser.post(f"/sv/ideas/{world.slug}/new", filled(**{field: value})).status == 422
    assert stored(app) == []


def test_more_than_the_server_reads_is_answered_with_413(browser: Browser, world: World) -> None:
    page = browser.post(f"/sv/ideas/{world.slug}/new", filled(body="x" * 5_000_000))
    assert page.status == 413


def test_an_address_that_is_left_lies_apart_and_gets_the_receipt(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.post(f"/nn/ideas/{world.slug}/new", filled(email="Kari@Example.org"))
    with app.app_context():
        assert session.query(Contact).one().email == "Kari@example.org"
        mail = session.query(Mail).one()
        assert mail.language == "nn"
        assert "/nn/receipt/" in mail.body


def test_no_idea_is_taken_after_the_collecting_has_ended(
    app: Flask, browser: Browser, world: World
) -> None:
    with app.app_context():
        from citizen.programmes.models import Phase

        session.query(Phase).update({"kind": "choose"})
        session.commit()
    page = browser.post(f"/sv/ideas/{world.slug}/new", filled())
    assert page.status == 422
    assert "Set opp lys" in page.html
    assert stored(app) == []


def test_an_english_page_asks_which_language_is_written(browser: Browser, world: World) -> None:
    assert 'name="written_in"' in browser.get(f"/en/ideas/{world.slug}/new").html
    assert "<select id=\"written_in\"" in browser.get(f"/en/ideas/{world.slug}/new").html


def test_a_reader_whose_language_only_one_municipality_speaks_finds_it_chosen(
    browser: Browser, world: World
) -> None:
    page = browser.get(f"/nn/ideas/{world.slug}/new").html
    assert 'value="elvdal" checked' in page
    assert 'value="granby" checked' not in page


def test_too_many_ideas_from_one_address_are_asked_to_wait(
    app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(app.extensions["citizen.settings"], submit_limit="3 per 10 minutes")
    monkeypatch.setitem(app.extensions, "citizen.settings", few)
    statuses = [browser.post(f"/sv/ideas/{world.slug}/new", {"title": ""}).status for _ in range(4)]
    assert statuses == [422, 422, 422, 429]


def test_an_unknown_programme_is_not_found(browser: Browser, world: World) -> None:
    assert browser.get("/sv/ideas/atlantis/new").status == 404
    assert browser.post("/sv/ideas/atlantis/new", filled()).status == 404


def test_a_key_from_a_page_cannot_reach_an_imported_idea(
    app: Flask, browser: Browser, world: World
) -> None:
    an_idea(app, world, client_key="import:1")
    browser.post(f"/sv/ideas/{world.slug}/new", filled(client_key="import:1"))
    assert len(stored(app)) == 2


def test_another_idea_under_an_old_key_is_kept_beside_the_first(
    app: Flask, browser: Browser, world: World
) -> None:
    first = filled()
    browser.post(f"/sv/ideas/{world.slug}/new", first)
    for _ in range(2):
        browser.post(f"/sv/ideas/{world.slug}/new", {**first, "title": "Ein benk ved elva"})
    with app.app_context():
        titles = sorted(str(c.texts[0].title) for c in session.query(Contribution))
    assert titles == ["Ein benk ved elva", "Gatelys langs Elvevegen"]


def test_a_file_under_a_fields_name_is_not_that_field(browser: Browser, world: World) -> None:
    page = browser.post(
        f"/sv/ideas/{world.slug}/new", {**filled(), "title": (io.BytesIO(b"x"), "x.txt")},
        content_type="multipart/form-data",
    )
    assert page.status == 422
    assert 'id="title-error"' in page.html


def test_json_is_not_a_form(browser: Browser, world: World) -> None:
    answer = browser.client.post(f"/sv/ideas/{world.slug}/new", json=["x"])
    assert answer.status_code == 422


@pytest.mark.parametrize("key", ["", "-" * 36, "x", "0" * 500])
def test_an_odd_key_is_replaced(app: Flask, browser: Browser, world: World, key: str) -> None:
    assert browser.post(f"/sv/ideas/{world.slug}/new", filled(client_key=key)).status == 303
    assert len(stored(app)) == 1
