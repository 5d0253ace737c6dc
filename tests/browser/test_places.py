"""Where an idea is about: by the phone, by a finger or keys on the map, and without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town

GRANASEN = {"latitude": 60.0012345, "longitude": 12.3791234, "accuracy": 40}
ALLOWED: dict[str, Any] = {"permissions": ["geolocation"], "geolocation": GRANASEN}


def form(town: Town) -> str:
    return f"/nn/ideas/{town.slug}/new"


def write(page: Page, title: str) -> None:
    page.get_by_label("Overskrift").fill(title)
    page.get_by_label("Beskriving").fill("Det trengst ein benk å kvile på her.")
    page.get_by_label("Elvmark kommune", exact=True).check()


def point(page: Page) -> tuple[str, str]:
    return page.locator("[name=latitude]").input_value(), page.locator("[name=longitude]").input_value()


def told(page: Page) -> Any:
    return page.locator("#point-told")


def open_map(page: Page) -> Any:
    page.get_by_text("Peik ut staden på kartet – Elvmark").click()
    return page.get_by_role("application", name="Kart over Elvmark kommune")


def moderator_reads(phone: OpenPage, title: str) -> str:
    page = phone("nn", role="moderator")
    page.goto(f"/nn/moderation/?q={title}")
    page.get_by_role("link", name=title).first.click()
    return page.locator("dl.facts").first.inner_text()


@pytest.fixture
def pictures() -> Callable[[Page], list[str]]:
    """Notes the pictures of maps that a page asks for."""
    def listen(page: Page) -> list[str]:
        asked: list[str] = []

        def note(request: Request) -> None:
            if "/places/maps/" in request.url:
                asked.append(request.url.rsplit("/", 1)[1].split("?")[0])

        page.on("request", note)
        return asked

    return listen


def test_where_the_phone_is_goes_with_the_idea_rounded_and_survives_a_reload(
    phone: OpenPage, town: Town
) -> None:
    page = phone("nn", **ALLOWED)
    page.goto(form(town))
    write(page, "Benk ved Granåsen")
    page.get_by_role("button", name="Der eg er").click()
    expect(told(page)).to_contain_text("Om lag her blir lagra, innanfor 100 meter.")
    assert point(page) == ("60.001", "12.379")
    page.evaluate("async () => { while (!JSON.stringify(await kept.all('drafts')).includes('12.379'))"
                  " await new Promise((done) => setTimeout(done, 20)); }")
    page.reload()
    expect(told(page)).to_contain_text("60,001° N, 12,379° Ø")
    assert point(page) == ("60.001", "12.379")
    page.get_by_role("button", name="Send inn", exact=True).click()
    page.wait_for_url("**/receipt/**")
    assert "60,001° N, 12,379° Ø" in moderator_reads(phone, "Benk ved Granåsen")


def test_a_point_is_removed_by_one_press(phone: OpenPage, town: Town) -> None:
    page = phone("nn", **ALLOWED)
    page.goto(form(town))
    expect(page.get_by_role("button", name="Fjern punktet")).to_be_hidden()
    page.get_by_role("button", name="Der eg er").click()
    page.get_by_role("button", name="Fjern punktet").click()
    expect(told(page)).to_have_text("Punktet er fjerna.")
    assert point(page) == ("", "")
    expect(page.get_by_role("button", name="Fjern punktet")).to_be_hidden()
    expect(page.get_by_role("button", name="Der eg er")).to_be_focused()


def test_nobody_is_asked_where_they_are_before_they_press(phone: OpenPage, town: Town) -> None:
    page = phone("nn", **ALLOWED)
    page.add_init_script("""
      window.asked = 0
      const real = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
      navigator.geolocation.getCurrentPosition = (...all) => { window.asked += 1; real(...all) }
    """)
    for path in (form(town), f"/nn/ideas/{town.slug}"):
        page.goto(path)
        expect(page.locator("#where, #near-me")).to_be_visible()
        assert page.evaluate("window.asked") == 0


@pytest.mark.parametrize(("position", "words"), [
    (None, "Denne sida får ikkje vite kvar du er."),
    ({"latitude": 48.8, "longitude": 2.3, "accuracy": 40}, "Du ser ut til å vere utanfor Norden"),
    ({**GRANASEN, "accuracy": 5000}, "Posisjonen din er ikkje kjend nøyaktig nok"),
])
def test_a_refusal_is_told_in_words_and_nothing_else_happens(
    phone: OpenPage, town: Town, position: dict[str, float] | None, words: str
) -> None:
    page = phone("nn", **({"permissions": ["geolocation"], "geolocation": position} if position else {}))
    page.goto(form(town))
    write(page, "Benk")
    page.get_by_role("button", name="Der eg er").click()
    expect(told(page)).to_contain_text(words)
    assert point(page) == ("", "")
    expect(page.get_by_label("Overskrift")).to_have_value("Benk")
    page.goto(f"/nn/ideas/{town.slug}")
    page.get_by_role("button", name="Nær meg").click()
    expect(page.locator("#near-told")).to_contain_text(words)
    assert "near" not in page.url


def test_a_finger_on_the_map_sets_the_point_and_fetches_the_map_only_then(
    phone: OpenPage, town: Town, pictures: Callable[[Page], list[str]]
) -> None:
    page = phone("nn", width=320)
    asked = pictures(page)
    page.goto(form(town), wait_until="networkidle")
    assert asked == []
    face = open_map(page)
    expect(face.locator("circle")).to_be_hidden()
    box = face.bounding_box()
    face.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
    assert asked == ["large"]
    latitude, longitude = map(float, point(page))
    # The map goes from 59.94 to 60.06 and from 12.08 to 12.34.
    assert (latitude, longitude) == (pytest.approx(60.03, abs=0.002), pytest.approx(12.21, abs=0.002))
    box, dot = face.bounding_box(), face.locator("circle").bounding_box()
    assert dot["x"] + dot["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=2)
    assert dot["y"] + dot["height"] / 2 == pytest.approx(box["y"] + box["height"] / 4, abs=2)


def test_the_map_is_used_by_keyboard_alone(phone: OpenPage, town: Town) -> None:
    page = phone("nn")
    page.goto(form(town))
    page.get_by_role("button", name="Der eg er").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    face = page.get_by_role("application", name="Kart over Elvmark kommune")
    expect(face).to_be_visible()
    page.keyboard.press("Tab")
    expect(face).to_be_focused()
    page.keyboard.press("Enter")
    assert point(page) == ("60.000", "12.210")
    page.keyboard.press("Shift+ArrowUp")
    assert point(page) == ("60.001", "12.210")
    page.keyboard.press("ArrowLeft")
    assert float(point(page)[1]) < 12.21
    expect(told(page)).to_contain_text("60,001° N")
    for _ in range(60):
        page.keyboard.press("ArrowDown")
    assert point(page)[0] == "59.940"
    assert page.url.endswith("/new")


def test_a_map_that_cannot_be_fetched_is_told_of(phone: OpenPage, town: Town) -> None:
    page = phone("nn")
    page.route(re.compile("/places/maps/"), lambda route: route.fulfill(status=200, body="no picture"))
    page.goto(form(town))
    open_map(page)
    expect(page.get_by_text("Kartet kan ikkje hentast akkurat no.")).to_be_visible()
    expect(page.get_by_role("application")).to_have_count(0)


def test_without_script_a_point_is_set_on_the_map_and_sent(
    phone: OpenPage, town: Town, pictures: Callable[[Page], list[str]]
) -> None:
    page = phone("nn", script=False, width=320)
    asked = pictures(page)
    page.goto(form(town))
    expect(page.get_by_role("button", name="Der eg er")).to_be_hidden()
    write(page, "Benk utan skript")
    page.get_by_text("Peik ut staden på kartet – Elvmark").click()
    assert asked == []
    page.locator("#map-elvmark").get_by_role("button", name="Vis kartet").click()
    expect(page.get_by_label("Overskrift")).to_have_value("Benk utan skript")
    page.locator("input[type=image]").click(position={"x": 144, "y": 66})
    assert set(asked) == {"small"}
    expect(told(page)).to_contain_text("60,030° N, 12,210° Ø")
    assert sideways(page) == []
    box, dot = (page.locator(css).bounding_box() for css in ("input[type=image]", ".face.still circle"))
    assert dot["x"] + dot["width"] / 2 == pytest.approx(box["x"] + 144, abs=2)
    assert dot["y"] + dot["height"] / 2 == pytest.approx(box["y"] + 66, abs=2)
    # Enter in a field sends the idea: the picture's button is not the one it presses.
    page.get_by_label("Overskrift").press("Enter")
    page.wait_for_url("**/receipt/**")
    assert "60,030° N, 12,210° Ø" in moderator_reads(phone, "Benk utan skript")


def test_the_list_is_read_from_where_one_stands(phone: OpenPage, town: Town) -> None:
    page = phone("nn", **ALLOWED)
    page.goto(f"/nn/ideas/{town.slug}")
    page.get_by_role("button", name="Nær meg").click()
    page.wait_for_url("**near=**")
    assert page.url.endswith("?near=60.001,12.379")
    words = page.locator("article .row").all_inner_texts()
    found = [float(km[1].replace(",", ".")) for row in words if (km := re.search(r"([\d,]+)\skm unna", row))]
    assert len(found) == 20
    assert found == sorted(found)
    follow(page.get_by_role("link", name="Vis alle"))
    assert "near" not in page.url
    # What the phone keeps of the list is the list of all, not the one of where somebody stood.
    kept = page.evaluate("async () => await (await caches.match(location.pathname))?.text() ?? ''")
    assert "unna" not in kept


@pytest.mark.looks
@pytest.mark.parametrize(("language", "scheme"), [("nn", "light"), ("sv", "dark")])
def test_the_map_can_be_used_by_everybody(phone: OpenPage, town: Town, language: str, scheme: str) -> None:
    page = phone(language, width=320, scheme=scheme, **ALLOWED)
    page.goto(f"/{language}/ideas/{town.slug}/new")
    page.locator("#where").click()
    for summary in page.locator("details[data-edges] summary").all():
        summary.click()
    page.wait_for_load_state("networkidle")
    assert violations(page) + sideways(page) + small_targets(page) == []
    page.goto(f"/{language}/ideas/{town.slug}?near=60.001,12.379")
    assert violations(page) + sideways(page) + small_targets(page) == []
    follow(page.locator("article h2 a").first)
    page.wait_for_load_state("networkidle")
    assert page.locator("figure.map").is_visible()
    assert violations(page) + sideways(page) + small_targets(page) == []


@pytest.mark.looks
@pytest.mark.parametrize("path", ["", "/new"])
def test_nothing_moves_when_the_buttons_by_script_come(phone: OpenPage, town: Town, path: str) -> None:
    page = phone("nn", width=320)
    page.goto(f"/nn/ideas/{town.slug}{path}", wait_until="networkidle")
    shift = page.evaluate("""() => new Promise((done) => {
      let sum = 0
      new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value })
        .observe({ type: "layout-shift", buffered: true })
      requestAnimationFrame(() => requestAnimationFrame(() => done(sum)))
    })""")
    assert shift == 0
