"""The queue by keyboard alone, in a real browser."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests import chromium
from tests.factories import an_idea
from tests.moderation.test_appeals import ask
from tests.moderation.test_deciding import decide, state_of
from tests.pages import Browser
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(address: str, moderator: Browser) -> Iterator[Page]:
    """A window of somebody who is signed in as the moderator."""
    cookie = moderator.client.get_cookie("citizen")
    assert cookie is not None
    program = chromium.path()
    with sync_playwright() as driver:
        window = driver.chromium.launch(executable_path=program, args=chromium.arguments())
        context = window.new_context(base_url=address)
        context.add_cookies([{"name": "citizen", "value": cookie.value, "url": address}])
        yield context.new_page()
        window.close()


def arrived(page: Page, title: str) -> None:
    """Wait until a page is there and its shortcuts listen."""
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("#show-shortcuts")).to_be_visible()


def test_from_the_queue_through_three_decisions_without_a_mouse(
    app: Flask, world: World, page: Page
) -> None:
    first, second, third = (an_idea(app, world, title=title) for title in ("Første", "Andre", "Tredje"))
    page.goto("/en/moderation/")
    arrived(page, "Moderation queue")
    page.keyboard.press("j")
    arrived(page, "Første")
    page.keyboard.press("n")
    arrived(page, "Andre")
    page.keyboard.press("k")
    arrived(page, "Første")
    page.keyboard.press("p")
    arrived(page, "Andre")
    assert state_of(app, first)[0] == "published"
    page.keyboard.press("u")
    arrived(page, "Første")
    assert state_of(app, first)[0] == "submitted"
    page.keyboard.press("n")
    arrived(page, "Andre")
    page.keyboard.press("r")
    expect(page.locator("#return-reason")).to_be_focused()
    # Letters typed into fields are letters, in a list of reasons too.
    page.keyboard.type("Contains personal")
    expect(page.locator("#return-reason")).to_have_value("personal_data")
    page.keyboard.press("Tab")
    page.keyboard.type("Ta bort namnet på jpxu.")
    expect(page.locator("#return-words")).to_have_value("Ta bort namnet på jpxu.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrived(page, "Tredje")
    assert state_of(app, second)[0] == "returned"
    page.keyboard.press("x")
    expect(page.locator("#reject-reason")).to_be_focused()
    assert state_of(app, third)[0] == "submitted"


def test_twenty_items_are_decided_by_keyboard_alone(app: Flask, world: World, page: Page) -> None:
    refs = [an_idea(app, world, title=f"Idé nummer {number}") for number in range(20)]
    page.goto("/en/moderation/")
    arrived(page, "Moderation queue")
    page.keyboard.press("j")
    for number, _ref in enumerate(refs):
        arrived(page, f"Idé nummer {number}")
        if number % 5 == 3:
            page.keyboard.press("x")
            expect(page.locator("#reject-reason")).to_be_focused()
            page.keyboard.type("Advertising")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        elif number % 5 == 4:
            page.keyboard.press("r")
            expect(page.locator("#return-reason")).to_be_focused()
            page.keyboard.type("Off topic")
            page.keyboard.press("Tab")
            page.keyboard.type("Skriv om byen.")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("p")
    arrived(page, "Moderation queue")
    assert "Nothing is waiting." in page.locator("main").inner_text()
    wanted = ["published", "published", "published", "rejected", "returned"] * 4
    assert [state_of(app, ref)[0] for ref in refs] == wanted


def test_the_list_opens_with_a_question_mark_and_shortcuts_can_be_switched_off(
    app: Flask, world: World, page: Page
) -> None:
    ref, _other = an_idea(app, world, title="Første"), an_idea(app, world, title="Andre")
    page.goto(f"/en/moderation/{ref}")
    arrived(page, "Første")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.locator("#use-shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("#show-shortcuts")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_hidden()
    assert state_of(app, ref)[0] == "submitted"
    page.locator("#show-shortcuts").click()
    page.locator("#use-shortcuts").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("n")
    arrived(page, "Andre")


def test_escape_leaves_a_form_so_that_shortcuts_work_again(app: Flask, world: World, page: Page) -> None:
    ref, _other = an_idea(app, world, title="Første"), an_idea(app, world, title="Andre")
    page.goto(f"/en/moderation/{ref}")
    arrived(page, "Første")
    page.keyboard.press("x")
    expect(page.locator("#reject-reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reject-reason")).to_be_hidden()
    expect(page.locator("summary", has_text="Do not publish")).to_be_focused()
    page.keyboard.press("n")
    arrived(page, "Andre")


def test_whoever_opens_what_waits_reads_that_they_have_it_in_hand(
    app: Flask, world: World, page: Page
) -> None:
    page.goto(f"/en/moderation/{an_idea(app, world)}")
    expect(page.get_by_text("You have this in hand; the others see it.")).to_be_visible()
    expect(page.get_by_role("button", name="Take it in hand")).to_be_hidden()


def test_pressing_twice_decides_once(app: Flask, world: World, page: Page) -> None:
    ref, other = an_idea(app, world, title="Første"), an_idea(app, world, title="Andre")
    page.goto(f"/en/moderation/{ref}")
    arrived(page, "Første")
    page.evaluate("""() => {
      for (let i = 0; i < 3; i++) document.dispatchEvent(new KeyboardEvent("keydown", {key: "p"}));
    }""")
    arrived(page, "Andre")
    assert state_of(app, ref) == ("published", 2)
    assert state_of(app, other) == ("submitted", 1)


def test_without_the_script_the_page_decides_all_the_same(app: Flask, world: World, page: Page) -> None:
    ref = an_idea(app, world, title="Første")
    page.route("**/moderation.js*", lambda route: route.abort())
    page.goto(f"/en/moderation/{ref}")
    expect(page.locator("#show-shortcuts")).to_be_hidden()
    page.locator("summary", has_text="Do not publish").press("Enter")
    page.locator("#reject-reason").select_option("advert")
    page.locator("button", has_text="Do not publish").press("Enter")
    expect(page.locator("h1")).to_have_text("Moderation queue")
    assert state_of(app, ref)[0] == "rejected"


def test_another_person_answers_by_keyboard(
    app: Flask, world: World, page: Page, other_moderator: Browser
) -> None:
    look, appeal = an_idea(app, world, title="Dei der borte"), an_idea(app, world, title="Kommunen sviktar")
    decide(other_moderator, look, "rejected", reason="hate")
    decide(other_moderator, appeal, "rejected", reason="attack")
    ask(app, Browser(app), appeal)
    page.goto("/en/moderation/")
    arrived(page, "Moderation queue")
    page.keyboard.press("j")
    arrived(page, "Dei der borte")
    page.keyboard.press("c")
    arrived(page, "Kommunen sviktar")
    assert state_of(app, look)[0] == "rejected"
    page.keyboard.press("u")
    arrived(page, "Dei der borte")
    assert state_of(app, look)[0] == "submitted"
    page.keyboard.press("d")
    arrived(page, "Kommunen sviktar")
    page.keyboard.press("a")
    expect(page.locator("input[name=outcome][value=upheld]")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Ordlyden er for hard.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrived(page, "Dei der borte")
    expect(page.locator("main")).to_contain_text("The appeal has been answered.")
