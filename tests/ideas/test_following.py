"""What an author may do from the receipt: read on, take the data along, ask for deletion, steer news."""

import json
import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contact, DeletionRequest
from tests.factories import an_idea, load
from tests.history import a_long_history
from tests.ideas.test_receipt import code_of
from tests.pages import Browser
from tests.photos import a_photo
from tests.world import World


def leave_contact(app: Flask, ref: str, email: str = "kari@example.org", language: str = "nn") -> None:
    with app.app_context():
        contributions.leave_contact(load(ref), email, language)
        session.commit()


def contacts(app: Flask) -> list[str]:
    with app.app_context():
        return [c.email for c in session.query(Contact)]


def stop_path(app: Flask, ref: str) -> str:
    with app.app_context():
        return f"/nn/receipt/stop/{contribution_queries.stop_token(ref)}"


PAGES = ["", "/qr.svg", "/data", "/data.json", "/deletion", "/news", "/withdrawal"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_opened_with_the_code_is_kept_found_or_told_on(
    app: Flask, browser: Browser, world: World, page: str
) -> None:
    answer = browser.get(f"/nn/receipt/{code_of(app, an_idea(app, world))}{page}").response
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_guesses_at_every_page_count_together(browser: Browser, world: World) -> None:
    statuses = [
        browser.get(f"/sv/receipt/{n:012d}{PAGES[n % len(PAGES)]}").status for n in range(35)
    ]
    assert statuses[:30] == [404] * 30
    assert set(statuses[30:]) == {429}


@pytest.mark.parametrize("page", ["/deletion", "/news", "/news/end", "/withdrawal", ""])
def test_a_wrong_code_changes_nothing(browser: Browser, world: World, page: str) -> None:
    assert browser.post(f"/sv/receipt/0000-0000-0000{page}", {"email": "a@example.org"}).status == 404


# ---- the receipt itself


def test_the_receipt_has_its_address_as_a_code_to_scan(app: Flask, browser: Browser, world: World) -> None:
    page = browser.get(f"/nn/receipt/{code_of(app, an_idea(app, world))}")
    assert 'role="img" aria-label="QR code with the link to this receipt"' in page.html
    picture = browser.get(f"/nn/receipt/{code_of(app, an_idea(app, world))}/qr.svg").response
    assert picture.mimetype == "image/svg+xml"


def test_the_receipt_says_where_the_idea_is_and_what_is_not_reached_yet(
    app: Flask, browser: Browser, world: World
) -> None:
    page = browser.get(f"/nn/receipt/{code_of(app, an_idea(app, world, state='published'))}")
    assert len(re.findall('aria-current="step"', page.html)) == 1
    ahead = page.text.split("here now")[1]
    assert [ahead.find(f"{stage} not yet") > 0
            for stage in ("Part of a theme", "Portfolio candidate", "Decision")] == [True] * 3


def test_a_theme_of_five_is_named_on_the_receipt_and_one_of_four_is_not(
    app: Flask, browser: Browser, world: World
) -> None:
    from tests.themes.test_public import a_theme

    refs = [an_idea(app, world, state="published") for _ in range(5)]
    path = f"/nn/receipt/{code_of(app, refs[0])}"
    a_theme(app, world, refs[:4], name="Trygg skuleveg")
    assert "Trygg skuleveg" not in browser.get(path).text
    a_theme(app, world, refs, name="Lys langs vegen")
    assert "Part of a theme – Lys langs vegen" in browser.get(path).text


# ---- my data


def test_the_data_is_a_file_with_every_version_state_and_address(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, title="Fyrste", place="Brua", sector="business", state="returned")
    code = code_of(app, ref)
    browser.post(f"/nn/receipt/{code}", {"title": "Andre", "body": "Betre tekst"})
    leave_contact(app, ref)
    answer = browser.get(f"/nn/receipt/{code}/data.json").response
    assert answer.headers["Content-Disposition"] == f"attachment; filename={ref}.json"
    data = json.loads(answer.get_data(as_text=True))
    assert [(t["title"], t["written_by"]) for t in data["texts"]] == [
        ("Fyrste", "author"), ("Andre", "author"),
    ]
    assert [s["state"] for s in data["states"]] == ["returned", "submitted"]
    assert data["states"][0]["reason_in_words"] == "Off topic"
    assert data["contact"]["email"] == "kari@example.org"
    assert (data["municipality"], data["sector"]) == ("Elvdal kommune", "business")
    assert [t["photos"] for t in data["texts"]] == [[], []]
    assert data["point"] is None
    assert "support" not in answer.get_data(as_text=True)
    assert "moderator" not in answer.get_data(as_text=True).casefold()


def test_the_same_can_be_read_and_printed(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, title="Fyrste", state="published")
    leave_contact(app, ref)
    page = browser.get(f"/nn/receipt/{code_of(app, ref)}/data")
    for words in ("Fyrste", ref, "kari@example.org", "Published", "Elvdal kommune"):
        assert words in page.text


def test_photos_and_the_point_are_among_the_data_and_can_be_fetched(
    browser: Browser, world: World
) -> None:
    sent = browser.post(f"/nn/ideas/{world.slug}/new", {
        "title": "Lys ved kaia", "body": "Det er mørkt der.", "municipality": "elvdal", "written_in": "nn",
        "latitude": "60.1234", "longitude": "12.5678", "picture_alt": "Kaia i mørket",
        "pictures": (BytesIO(a_photo()), "kai.jpg"),
    }, content_type="multipart/form-data")
    data = json.loads(browser.get(f"{sent.location}/data.json").response.get_data())
    assert data["point"] == {"latitude": 60.123, "longitude": 12.568}
    (photo,) = data["texts"][0]["photos"]
    assert photo["shows"] == "Kaia i mørket"
    address = urlsplit(photo["address"])
    assert browser.get(f"{address.path}?{address.query}").response.mimetype == "image/jpeg"
    assert browser.get(address.path).status == 404
    page = browser.get(f"{sent.location}/data")
    assert "Kaia i mørket" in page.html
    assert "60,123" in page.text


def test_answers_merges_and_moves_are_among_the_data_and_no_note_is(
    app: Flask, browser: Browser, world: World
) -> None:
    ref, other = a_long_history(app, world)
    code = code_of(app, ref)
    told = browser.get(f"/nn/receipt/{code}/data.json").response.get_data(as_text=True)
    data, page = json.loads(told), browser.get(f"/nn/receipt/{code}/data").text
    assert [(a["answer"], a["signed"], a["taken_back"] is None) for a in data["official_answers"]] == [
        ("Takk. Kari Nordmann har nøkkelen.", "Hamnesjefen", True),
        ("Vi tek over nøkkelen.", "Hamnesjefen", False),
    ]
    assert [(m["into"], m["took_in"]) for m in data["merges"]] == [(other, None), (None, other)]
    assert [(m["from"], m["to"]) for m in data["moves"]] == [("Grenselandet", "Hamna i morgon")]
    assert data["appeals"][0]["words"] == "Eg er ven med Kari Nordmann."
    for words in ("har nøkkelen", "Hamnesjefen", f"Merged with {other}", f"{other} was merged with it",
                  "Moved from Grenselandet to Hamna i morgon", "Eg er ven med"):
        assert words in page
    for hidden in ("ringde i dag", "Ikkje hat", "Maja", "Morten"):
        assert hidden not in told + page


# ---- deletion


def test_a_request_for_deletion_is_noted_and_deletes_nothing(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    code = code_of(app, ref)
    page = browser.post(f"/nn/receipt/{code}/deletion", {"words": "Namnet mitt står der."}, follow=True)
    assert "has got your request" in page.text
    assert "has not answered yet" in page.text
    with app.app_context():
        assert session.query(DeletionRequest).one().words == "Namnet mitt står der."
        assert load(ref).visibility == "published"


def test_nobody_has_to_say_why_and_asking_twice_is_asking_once(
    app: Flask, browser: Browser, world: World
) -> None:
    code = code_of(app, an_idea(app, world))
    for _ in range(2):
        assert browser.post(f"/nn/receipt/{code}/deletion", {"words": ""}).status == 303
    with app.app_context():
        assert session.query(DeletionRequest).count() == 1
    assert "<textarea" not in browser.get(f"/nn/receipt/{code}/deletion").html


def test_too_long_a_request_is_told_and_kept_in_the_field(app: Flask, browser: Browser, world: World) -> None:
    code = code_of(app, an_idea(app, world))
    page = browser.post(f"/nn/receipt/{code}/deletion", {"words": "Ta bort. " * 300})
    assert page.status == 422
    assert "Ta bort. Ta bort." in page.html


@pytest.mark.parametrize(("town", "authority"), [("norwegian", "Datatilsynet"), ("swedish", "IMY")])
def test_the_page_names_the_authority_of_the_municipalitys_country(
    app: Flask, browser: Browser, world: World, town: str, authority: str
) -> None:
    ref = an_idea(app, world, municipality_id=getattr(world, town))
    assert authority in browser.get(f"/en/receipt/{code_of(app, ref)}/deletion").text


# ---- news by mail


def test_an_address_can_be_left_replaced_and_removed_from_the_receipt(
    app: Flask, browser: Browser, world: World
) -> None:
    code = code_of(app, an_idea(app, world))
    assert "You get no news" in browser.get(f"/en/receipt/{code}").text
    browser.post(f"/en/receipt/{code}/news", {"email": "kari@example.org"})
    assert "You get news" in browser.get(f"/en/receipt/{code}").text
    browser.post(f"/en/receipt/{code}/news", {"email": "ny@example.org"})
    assert contacts(app) == ["ny@example.org"]
    with app.app_context():
        assert {mail.receiver for mail in session.query(Mail)} == {"ny@example.org"}
    browser.post(f"/en/receipt/{code}/news/end")
    assert contacts(app) == []
    with app.app_context():
        assert session.query(Mail).count() == 0


@pytest.mark.parametrize("email", ["", "kari@", "a b@c", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_told(app: Flask, browser: Browser, world: World, email: str) -> None:
    page = browser.post(f"/en/receipt/{code_of(app, an_idea(app, world))}/news", {"email": email})
    assert page.status == 422
    assert 'id="email-error"' in page.html
    assert contacts(app) == []


def test_news_is_written_in_the_ideas_language_whichever_page_it_was_asked_for_on(
    app: Flask, browser: Browser, world: World
) -> None:
    code = code_of(app, an_idea(app, world, language="nb"))
    browser.post(f"/sv/receipt/{code}/news", {"email": "kari@example.org"})
    with app.app_context():
        mail = session.query(Mail).one()
        assert (mail.language, mail.subject) == ("nb", "News about your idea")
        assert f"/nb/receipt/{code}" in mail.body


def test_an_idea_in_a_language_that_we_do_not_speak_gets_news_in_the_pages(
    app: Flask, browser: Browser, world: World
) -> None:
    code = code_of(app, an_idea(app, world, language="und"))
    browser.post(f"/sv/receipt/{code}/news", {"email": "kari@example.org"})
    with app.app_context():
        assert session.query(Mail).one().language == "sv"


def test_every_mail_has_the_link_that_stops_it(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world)
    browser.post(f"/nn/receipt/{code_of(app, ref)}/news", {"email": "kari@example.org"})
    with app.app_context():
        mail = session.query(Mail).one()
        assert mail.stop_url is not None
        assert mail.stop_url.endswith(stop_path(app, ref))
        assert mail.stop_url in mail.body


def test_the_link_asks_first_and_the_button_stops(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, title="Gatelys ved brua")
    leave_contact(app, ref)
    page = browser.get(stop_path(app, ref))
    assert "Gatelys ved brua" in page.text
    assert contacts(app) == ["kari@example.org"]
    done = browser.post(stop_path(app, ref))
    assert done.status == 200
    assert "no more news" in done.text
    assert contacts(app) == []
    assert browser.post(stop_path(app, ref)).status == 200


def test_a_mail_program_stops_with_one_click_and_no_token(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world)
    leave_contact(app, ref)
    answer = browser.client.post(stop_path(app, ref), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert contacts(app) == []


def test_stopping_one_idea_leaves_the_others(app: Flask, browser: Browser, world: World) -> None:
    first, second = an_idea(app, world), an_idea(app, world)
    leave_contact(app, first, "a@example.org")
    leave_contact(app, second, "b@example.org")
    browser.post(stop_path(app, first))
    assert contacts(app) == ["b@example.org"]


def test_the_link_that_stops_opens_no_receipt_and_the_code_stops_nothing(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world)
    token = stop_path(app, ref).rpartition("/")[2]
    assert browser.get(f"/nn/receipt/{token.rpartition('-')[2]}").status == 404
    assert browser.get(f"/nn/receipt/stop/{ref}-{code_of(app, ref)}").status == 404


@pytest.mark.parametrize("token", ["x", "I-0000", "å" * 30, "-", "I-7K2M9QXT-0000000000000"])
def test_a_wrong_link_to_stop_is_not_found(browser: Browser, world: World, token: str) -> None:
    assert browser.get(f"/nn/receipt/stop/{token}").status == 404
    assert browser.client.post(f"/nn/receipt/stop/{token}").status_code == 404


def test_the_stop_page_is_kept_from_search_engines_and_guesses_at_it_are_stopped(
    app: Flask, browser: Browser, world: World
) -> None:
    page = browser.get(stop_path(app, an_idea(app, world))).response
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    statuses = [browser.get(f"/nn/receipt/stop/I-{n:08d}-{n:012d}").status for n in range(35)]
    assert statuses[-1] == 429
