"""Deciding about new themes, in a real browser: it can be read, and it works without script."""

import re
from collections.abc import Iterator

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town

pytestmark = pytest.mark.looks


@pytest.fixture
def proposed(town: Town) -> Iterator[str]:
    """Other themes than the town has wait for a decision; they are refused in the end."""
    told = town.flask("themes", "find", "--programme", town.slug, "--propose", "--clusters", "9")
    assert "A proposal waits" in told
    yield town.slug
    town.flask("themes", "refuse", "--programme", town.slug)


@pytest.mark.parametrize("language", ["sv", "nn"])
def test_a_proposal_and_its_reasons_can_be_read_by_everybody(
    phone: OpenPage, proposed: str, language: str
) -> None:
    page = phone(language, role="facilitator", width=320)
    page.goto(f"/{language}/themes/{proposed}")
    follow(page.locator("a[href*='/proposals/']").first)
    wrong = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        wrong += violations(page) + sideways(page) + small_targets(page)
    page.emulate_media(media="print")
    assert page.locator("table.sizes svg").first.is_visible()
    page.emulate_media(media="screen")
    page.goto(f"/{language}/themes/{proposed}")
    page.locator("form details summary").click()
    wrong += violations(page) + sideways(page) + small_targets(page)
    follow(page.locator(".themes h2 a").first)
    for summary in page.locator("details.why summary").all()[:3]:
        summary.click()
    wrong += violations(page) + sideways(page) + small_targets(page)
    assert wrong == []


def test_themes_are_kept_as_they_are_without_script(phone: OpenPage, town: Town) -> None:
    town.flask("themes", "find", "--programme", town.slug, "--propose", "--clusters", "9")
    page = phone("nn", role="facilitator", script=False)
    page.goto(f"/nn/themes/{town.slug}")
    before = page.locator(".themes h2").all_inner_texts()
    page.click("a[href*='/proposals/']")
    page.click("form[action$='/refusal'] button")
    page.wait_for_url(re.compile(rf"/themes/{town.slug}$"))
    assert page.locator(".themes h2").all_inner_texts() == before
    assert page.locator("a[href*='/proposals/']").count() == 0
