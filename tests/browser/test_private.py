"""What looks private is asked about on the phone, in place, and marked for whoever moderates."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import sideways, small_targets, violations
from tests.browser.town import Town

TITLE = "Benk med utsikt mot elva"
BODY = "Ring meg på 912 34 567 eller skriv til kari@example.no om benken."


def clean(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    assert sideways(page) == []
    assert small_targets(page) == []


def test_private_data_is_asked_about_at_its_field_sent_if_meant_and_marked_for_the_moderator(
    phone: OpenPage, town: Town
) -> None:
    page = phone("nn", width=320)
    page.goto(f"/nn/ideas/{town.slug}/new")
    page.locator("#title").fill(TITLE)
    page.locator("#body").fill(BODY)
    page.get_by_role("radio", name="Elvmark kommune").check()
    page.get_by_role("button", name="Send inn").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems li")).to_have_count(3)
    error = page.locator("#body-error")
    expect(error).to_have_text("«912 34 567» ser ut som eit telefonnummer."
                               " «kari@example.no» ser ut som ei e-postadresse.")
    expect(page.locator("#body")).to_have_value(BODY)
    expect(page.locator("#body")).to_have_attribute("aria-describedby", "body-hint body-error")
    clean(page)

    page.get_by_label("Send han inn slik han er").check()
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/receipt/**")

    desk = phone("nn", role="moderator", width=320)
    desk.goto(f"/nn/moderation/?q={TITLE.replace(' ', '+')}")
    desk.get_by_role("link", name=TITLE).click()
    expect(desk.locator("mark")).to_have_text(["Telefonnummer: 912 34 567", "E-postadresse: kari@example.no"])
    expect(desk.get_by_role("heading", name="Dette kan vere personopplysningar")).to_be_visible()
    clean(desk)
