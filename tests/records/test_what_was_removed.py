"""What moderators have taken out of a text is given to whoever it is about, and each look at it is a row."""

import json

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.records.models import CaseItem
from tests.moderation.test_redacting import a_trap, redact
from tests.pages import Browser
from tests.records.things import TOWN, a_case
from tests.world import World

NUMBER = "0701 23 45 67"


@pytest.fixture
def case(app: Flask, world: World, moderator: Browser, administrator: Browser) -> str:
    """A case with an idea in it from which a telephone number has been removed; its address."""
    ref = a_trap(app, world)
    assert redact(moderator, ref).status == 303
    address = f"/en/records/{TOWN}/cases/{a_case(app, world)}"
    administrator.post(f"{address}/records", {"by": "email", "chosen": [f"contribution:{ref}"]})
    return address


def looks(app: Flask) -> list[int | None]:
    with app.app_context():
        return [row.actor_id for row in session.query(AuditRow).filter_by(action="moderation.look")]


def test_pages_that_leave_no_row_show_what_everyone_reads(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    with app.app_context():
        number = session.query(CaseItem).one().id
    for path in (case, f"{case}/records/{number}"):
        page = administrator.get(path)
        assert "om trappa ved elva" in page.text
        assert "Something was removed from this text." in page.text
        assert NUMBER not in page.text
    assert looks(app) == []


@pytest.mark.parametrize("form", ["extract", "extract.json"])
def test_what_is_given_out_is_whole_and_leaves_a_row_at_the_idea(
    app: Flask, world: World, administrator: Browser, case: str, form: str
) -> None:
    page = administrator.post(f"{case}/{form}")
    text = page.text or json.dumps(json.loads(page.response.data), ensure_ascii=False)
    assert NUMBER in text
    assert looks(app) == [world.administrator]


def test_a_search_finds_it_by_what_was_removed_and_shows_what_everyone_reads(
    app: Flask, world: World, moderator: Browser, administrator: Browser
) -> None:
    ref = a_trap(app, world)
    assert redact(moderator, ref, title="[[Trapp]]").status == 303
    address = f"/en/records/{TOWN}/cases/{a_case(app, world)}"
    page = administrator.post(f"{address}/search", {"by": "words", "sought": NUMBER})
    assert f'value="contribution:{ref}"' in page.html
    assert "fjerna av kommunen" in page.text
    assert "Trapp" not in page.text
