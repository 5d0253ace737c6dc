"""The public list and an idea's own page."""

import threading

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.ideas.models import Idea
from tests.factories import an_idea
from tests.pages import Browser
from tests.world import World


def test_only_published_ideas_are_listed(app: Flask, browser: Browser, world: World) -> None:
    an_idea(app, world, title="Synleg idé", state="published")
    for state in ("submitted", "returned", "rejected"):
        an_idea(app, world, title=f"Løynd {state}", state=state)
    text = browser.get(f"/nn/ideas/{world.slug}").text
    assert "Synleg idé" in text
    assert "Løynd" not in text


@pytest.mark.parametrize("state", ["submitted", "returned", "rejected"])
def test_an_idea_that_is_not_published_has_no_page(
    app: Flask, browser: Browser, world: World, state: str
) -> None:
    ref = an_idea(app, world, state=state)
    assert browser.get(f"/sv/ideas/{world.slug}/{ref}").status == 404


def test_an_idea_is_found_only_under_its_own_programme(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    assert browser.get(f"/sv/ideas/{world.slug}/{ref}").status == 200
    assert browser.get(f"/sv/ideas/langtborta/{ref}").status == 404


def test_search_ignores_case_and_reads_our_letters(app: Flask, browser: Browser, world: World) -> None:
    an_idea(app, world, title="ÅPEN brygge", body="Bading for alle", state="published")
    an_idea(app, world, title="Ny skøytebane", body="Is om vinteren", state="published")
    text = browser.get(f"/nb/ideas/{world.slug}?q=åpen+BADING").text
    assert "ÅPEN brygge" in text
    assert "skøytebane" not in text


@pytest.mark.parametrize(("typed", "found"), [
    ("buss", True), ("skolbuss", True), ("skolbussen", True), ("skol", True), ("skolebuss", True),
    ("Björkvik", True), ("björk", True), ("E18", True), ("skolbuss björkvik", True), ("och skolbuss", True),
    ("busk", False), ("skolbuss elvdal", False), ("E1 80", False), ("🎉", False),
])
def test_a_word_is_found_inside_others_in_other_forms_and_among_filler(
    app: Flask, browser: Browser, world: World, typed: str, found: bool
) -> None:
    an_idea(app, world, title="Fler skolbussar", body="De borde gå längs E18 också.", place="Björkvik",
            language="sv", state="published")
    page = browser.get(f"/sv/ideas/{world.slug}", query_string={"q": typed})
    assert ("Fler skolbussar" in page.text) is found


@pytest.mark.parametrize("typed", ["snöröjning", "brøyting", "brøytinga", "snørydding"])
def test_a_word_finds_ideas_in_the_neighbouring_language(
    app: Flask, browser: Browser, world: World, typed: str
) -> None:
    an_idea(app, world, title="Bättre snöröjning", language="sv", state="published")
    an_idea(app, world, title="Betre brøyting", language="nn", state="published")
    text = browser.get(f"/nn/ideas/{world.slug}", query_string={"q": typed}).text
    assert "Bättre snöröjning" in text
    assert "Betre brøyting" in text


def test_filler_alone_is_looked_for_inside_words(app: Flask, browser: Browser, world: World) -> None:
    an_idea(app, world, title="Ta ner ochra skyltar", state="published")
    assert "ochra" in browser.get(f"/sv/ideas/{world.slug}?q=och").text


@pytest.mark.parametrize("words", ["%", "_", "100%", "'", '"', "\\", "a" * 2000])
def test_search_takes_any_words_literally(app: Flask, browser: Browser, world: World, words: str) -> None:
    an_idea(app, world, state="published")
    page = browser.get(f"/sv/ideas/{world.slug}", query_string={"q": words})
    assert page.status == 200


def test_the_list_is_filtered_by_language_and_municipality(
    app: Flask, browser: Browser, world: World
) -> None:
    an_idea(app, world, title="På nynorsk", language="nn", state="published")
    an_idea(app, world, title="På svenska", language="sv", municipality_id=world.swedish, state="published")
    assert "På svenska" not in browser.get(f"/sv/ideas/{world.slug}?written_in=nn").text
    assert "På nynorsk" not in browser.get(f"/sv/ideas/{world.slug}?municipality=granby").text


def test_a_long_list_has_pages_and_keeps_the_search(app: Flask, browser: Browser, world: World) -> None:
    for _ in range(21):
        an_idea(app, world, title="Benk i parken", state="published")
    first = browser.get(f"/sv/ideas/{world.slug}?q=benk")
    assert "q=benk&amp;page=2" in first.html or "page=2&amp;q=benk" in first.html
    assert browser.get(f"/sv/ideas/{world.slug}?q=benk&page=2").html.count("<article") == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "3", "99999999999"])
def test_a_page_that_is_none_is_not_found(browser: Browser, world: World, page: str) -> None:
    assert browser.get(f"/sv/ideas/{world.slug}?page={page}").status == 404


def test_an_empty_list_says_so(browser: Browser, world: World) -> None:
    assert browser.get(f"/sv/ideas/{world.slug}").html.count('class="ds-alert"') == 1
    assert browser.get(f"/sv/ideas/{world.slug}?q=x").html.count('class="ds-alert"') == 1


def test_others_texts_carry_their_language(app: Flask, browser: Browser, world: World) -> None:
    ref = an_idea(app, world, language="nn", title="Eg vil ha lys", state="published")
    assert '<h1 lang="nn">Eg vil ha lys</h1>' in browser.get(f"/sv/ideas/{world.slug}/{ref}").html


def test_a_browser_supports_an_idea_once_and_can_take_it_back(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")

    def count() -> int:
        with app.app_context():
            return session.query(Idea).one().support_count

    path = f"/sv/ideas/{world.slug}/{ref}/support"
    browser.post(path)
    browser.post(path)
    assert count() == 1
    Browser(app).post(path)
    assert count() == 2
    browser.post(f"{path}/withdrawal")
    browser.post(f"{path}/withdrawal")
    assert count() == 1


def test_most_supported_comes_first_when_asked(app: Flask, browser: Browser, world: World) -> None:
    loved = an_idea(app, world, title="Elska idé", state="published")
    an_idea(app, world, title="Ny idé", state="published")
    browser.post(f"/sv/ideas/{world.slug}/{loved}/support")
    text = browser.get(f"/sv/ideas/{world.slug}?sort=support").text
    assert text.index("Elska idé") < text.index("Ny idé")


@pytest.mark.parametrize("searched", ["", "?q=gatelys+langs+vegen"])
def test_the_list_costs_the_same_queries_however_long(
    app: Flask, browser: Browser, world: World, searched: str
) -> None:
    from tests.queries import counted

    an_idea(app, world, state="published")
    with counted(app) as few:
        browser.get(f"/sv/ideas/{world.slug}{searched}")
    for _ in range(19):
        an_idea(app, world, state="published")
    with counted(app) as many:
        browser.get(f"/sv/ideas/{world.slug}{searched}")
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(
    "query", ["endpoint=1", "_method=POST", "_external=1", "_scheme=javascript", "language=xx",
              "page=2&page=3", "filename=x", "slug=x", "q=" + "å" * 3000]
)
def test_whatever_stands_in_the_query_stays_there(
    app: Flask, browser: Browser, world: World, query: str
) -> None:
    for _ in range(21):
        an_idea(app, world, state="published")
    for path in ("/sv/", f"/sv/ideas/{world.slug}"):
        page = browser.get(f"{path}?{query}", headers={"Host": "evil.example"})
        assert page.status in (200, 404)
        assert "evil.example" not in page.html


def test_a_nul_in_an_address_is_refused(browser: Browser, world: World) -> None:
    assert browser.get("/sv/ideas/%00").status == 404
    assert browser.get(f"/sv/ideas/{world.slug}/%00").status == 404
    assert browser.get(f"/sv/ideas/{world.slug}?q=%00").status in (200, 400)


def test_support_that_is_taken_back_at_the_same_moment_is_counted_once(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    path = f"/sv/ideas/{world.slug}/{ref}/support"
    Browser(app).post(path)
    browser.post(path)
    with browser.client.session_transaction() as cookie:
        key = cookie["browser"]

    def take_back() -> None:
        same = Browser(app)
        with same.client.session_transaction() as cookie:
            cookie["browser"] = key
        same.post(f"{path}/withdrawal")

    threads = [threading.Thread(target=take_back) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert session.query(Idea).one().support_count == 1
