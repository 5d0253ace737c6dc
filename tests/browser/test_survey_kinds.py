"""Kinds of questions that the demo's survey lacks, empty, wrong and answered, as everybody meets them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from citizen.app import create_app
from citizen.base.db import session
from citizen.base.settings import Settings
from citizen.surveys import actions
from citizen.surveys.models import Survey
from citizen.surveys.rules.outline import from_outline
from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, small_targets, violations
from tests.browser.town import Town

pytestmark = pytest.mark.looks
LONG = "Fartsgrensenedsetjingsvedtaket"


def both(text: str) -> dict[str, str]:
    return {"nn": text, "sv": text}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"name": name.lower(), "text": both(name)} for name in names]


def outline() -> dict[str, Any]:
    """Three pages of what must be answered; the second tells what was answered on the first."""
    must = {"required": True, "not_say": True}
    rows = options("Prisen", LONG)
    choices = [*options("Les", "Spelar", LONG), {"name": "other", "text": both("Anna"), "writes": True},
               {"name": "none", "text": both("Ingenting"), "exclusive": True}]
    pages = [
        [{"name": "does", "kind": "several", "most": 3, "options": choices, **must},
         {"name": "day", "kind": "date", **must}, {"name": "far", "kind": "number", "decimals": 1, **must}],
        [{"name": "told", "kind": "statement"}, {"name": "shown", "kind": "photo", "required": True},
         {"name": "grid", "kind": "matrix", "rows": rows, "options": options("Bra", "Dårleg"), **must}],
        [{"name": "first", "kind": "ranking", "options": options("A", "B", "C", "D", "E", LONG), **must},
         {"name": "wish", "kind": "long", "most": 20, "contributes": True, **must}],
    ]
    texts = {"told": both("Du svara {q2}.")}
    return {"languages": ["nn", "sv"], "title": both(LONG), "pages": [
        {"questions": [{"text": texts.get(q["name"], both(f"Spørsmål {q['name']}")), **q} for q in page]}
        for page in pages
    ]}


@pytest.fixture
def survey(town: Town) -> Iterator[str]:
    """The address of a survey that is open while it is looked at."""
    app = create_app(Settings.from_environment(town.environment))
    document, texts = from_outline(outline())
    with app.app_context():
        demo = session.query(Survey).first()
        assert demo is not None
        made = actions.create_survey(programme_id=demo.programme_id, municipality_id=None,
                                     languages=document.languages, title=LONG, user_id=None)
        for key, by_language in texts.items():
            for language, text in by_language.items():
                actions.save_text(made, key, language, text)
        actions.save_document(made, document)
        actions.publish(made, user_id=None)
        session.commit()
        ref = made.ref
    yield f"surveys/{ref}"
    with app.app_context():
        actions.close(session.query(Survey).filter_by(ref=ref).one(), None)
        session.commit()


def a_photo() -> dict[str, Any]:
    kept = BytesIO()
    Image.new("RGB", (80, 60), (30, 90, 120)).save(kept, "JPEG")
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def go_on(page: Page) -> None:
    follow(page.locator("main form button[value=next]"))
    assert violations(page) + sideways(page) + small_targets(page) == [], page.url


def first_page(page: Page) -> None:
    go_on(page)
    expect(page.locator("#problems a")).to_have_count(3)
    page.get_by_label("Les").check()
    page.locator(".measure input").first.fill("i går")
    page.locator(".measure input").last.fill("3,25")
    go_on(page)
    expect(page.locator("#problems a")).to_have_count(2)
    page.locator(".measure input").first.fill("2026-03-09")
    page.locator(".measure input").last.fill("3,2")
    go_on(page)


def second_page(page: Page) -> None:
    expect(page.get_by_text("Du svara Les.")).to_be_visible()
    page.get_by_label("Bra").first.check()
    go_on(page)
    # The list of problems leads to the row that lacks an answer, which says so itself.
    row = page.locator("fieldset", has_text=LONG)
    expect(row.locator(".ds-validation-message")).to_be_visible()
    page.locator("#problems a").last.click()
    expect(row).to_be_focused()
    row.get_by_label("Bra").check()
    page.locator("input[type=file]").set_input_files(a_photo())
    go_on(page)


def third_page(page: Page) -> None:
    page.locator("select").nth(0).select_option(LONG)
    page.locator("select").nth(1).select_option(LONG)
    page.locator("textarea").fill("Ring 912 34 567 i kveld")
    go_on(page)
    expect(page.locator("#problems a")).to_have_count(2)
    page.locator("select").nth(1).select_option("A")
    page.locator("textarea").fill("Ring 912 34 567")
    go_on(page)
    expect(page.locator(".answers .caution")).to_have_count(1)


@pytest.mark.parametrize(("language", "scheme"), [("nn", "light"), ("sv", "dark")])
def test_every_kind_is_right_for_everybody_with_its_errors(
    phone: OpenPage, survey: str, language: str, scheme: str
) -> None:
    page = phone(language, width=320, scheme=scheme)
    page.goto(f"/{language}/{survey}")
    page.locator("main form [type=radio]").last.check()
    follow(page.locator("main form button").last)
    first_page(page)
    second_page(page)
    third_page(page)
    follow(page.locator("main form button").last)
    page.locator("[name=checked]").check()
    follow(page.locator("main form button").last)
    assert "/receipt/" in page.url
    assert violations(page) + sideways(page) + small_targets(page) == []
