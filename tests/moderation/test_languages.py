"""Which languages a moderator reads, and what becomes of the rest of the queue."""

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.moderation.models import ReadingChoice
from tests.factories import an_idea
from tests.moderation.test_deciding import decide
from tests.moderation.test_waiting import QUEUE, came, in_order
from tests.pages import Browser, Page
from tests.world import World

TITLES = ("Ny bänk", "Ny benk", "New bench")


def choose(browser: Browser, *languages: str, others: str = "last") -> Page:
    return browser.post("/en/moderation/notices/languages", {"reads": list(languages), "others": others})


@pytest.fixture
def refs(app: Flask, world: World) -> dict[str, str]:
    """Three ideas in three languages, the Swedish one first."""
    made = {
        language: an_idea(app, world, title=title, language=language, body=f"{title} ved {language}-vegen.")
        for language, title in zip(("sv", "nn", "en"), TITLES, strict=True)
    }
    for days, ref in enumerate(reversed(made.values())):
        came(app, ref, days)
    return made


def test_what_is_written_in_other_languages_comes_last(
    app: Flask, moderator: Browser, other_moderator: Browser, refs: dict[str, str]
) -> None:
    assert in_order(app, moderator, *TITLES) == list(TITLES)
    assert choose(moderator, "nn", "en").status == 303
    assert in_order(app, moderator, *TITLES) == ["Ny benk", "New bench", "Ny bänk"]
    page = moderator.get(QUEUE)
    assert "1 of them is written in a language that you do not read, and comes last." in page.text
    assert "Waiting 3" in page.text
    # It is one person's choice.
    assert in_order(app, other_moderator, *TITLES) == list(TITLES)
    assert "that you do not read" not in other_moderator.get(QUEUE).text


def test_the_pages_of_items_follow_the_same_order(
    app: Flask, moderator: Browser, refs: dict[str, str]
) -> None:
    choose(moderator, "nn", "en")
    page = moderator.get(f"/en/moderation/{refs['en']}")
    assert "2 of 3 waiting" in page.text
    assert f'rel="prev" data-key="k" href="/en/moderation/{refs["nn"]}"' in page.html
    assert f'rel="next" data-key="j n" href="/en/moderation/{refs["sv"]}"' in page.html
    answer = decide(moderator, refs["en"], "published", version=2)
    assert answer.location.startswith(f"/en/moderation/{refs['sv']}?")
    # Behind the last one, the first one comes.
    answer = decide(moderator, refs["sv"], "published", version=2)
    assert answer.location.startswith(f"/en/moderation/{refs['nn']}?")


def test_it_is_left_out_on_wish_and_told_and_shown_when_asked_for(
    app: Flask, moderator: Browser, refs: dict[str, str]
) -> None:
    choose(moderator, "nn", others="hidden")
    assert in_order(app, moderator, *TITLES) == ["Ny benk"]
    page = moderator.get(QUEUE)
    assert "2 more are written in languages that you do not read, and are not shown." in page.text
    assert "Waiting 1" in page.text
    shown = "?written_in=sv&written_in=nb&written_in=en"
    assert shown.replace("&", "&amp;") in page.html
    assert in_order(app, moderator, *TITLES, query=shown) == ["Ny bänk", "New bench"]
    page = moderator.get(f"/en/moderation/{refs['sv']}")
    assert page.status == 200
    assert "1 waiting" in page.text


def test_a_text_whose_language_nobody_could_tell_is_for_everybody(
    app: Flask, world: World, moderator: Browser
) -> None:
    an_idea(app, world, title="Zzz", language="und")
    choose(moderator, "nn", others="hidden")
    assert in_order(app, moderator, "Zzz") == ["Zzz"]


def test_the_page_shows_what_was_chosen_and_it_leaves_a_row(
    app: Flask, world: World, moderator: Browser
) -> None:
    html = moderator.get("/en/moderation/notices").html
    assert all(f'name="reads" value="{one}" checked' in html for one in ("sv", "nb", "nn", "en"))
    choose(moderator, "nb", "nn", "odd", others="hidden")
    html = moderator.get("/en/moderation/notices").html
    assert 'name="reads" value="nb" checked' in html
    assert 'name="reads" value="sv" checked' not in html
    assert 'name="others" value="hidden" checked' in html
    with app.app_context():
        (row,) = session.query(AuditRow).filter_by(action="moderation.languages")
        assert (row.actor_id, row.details) == (world.moderator, {"reads": ["nb", "nn"], "hides": True})


@pytest.mark.parametrize("languages", [(), ("sv", "nb", "nn", "en"), ("odd",)])
def test_all_or_none_is_no_choice(
    app: Flask, world: World, moderator: Browser, languages: tuple[str, ...]
) -> None:
    choose(moderator, "nb")
    choose(moderator, *languages)
    with app.app_context():
        assert session.query(ReadingChoice).count() == 0


def test_only_moderators_choose(facilitator: Browser, browser: Browser) -> None:
    assert choose(facilitator, "nb").status == 403
    assert choose(browser, "nb").status == 401
