"""Reports that count less, reports that press, and reports that seem agreed upon. Nothing is ever removed."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.base.limits import limiter
from citizen.ideas.models import Report
from citizen.ideas.rules.weighing import BRIGADE_FROM, MANY_REPORTS, Told, weigh, weight
from tests.factories import an_idea, load
from tests.ideas.test_reports import path
from tests.pages import Browser
from tests.world import World

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def told(minute: float = 0, *, fresh: bool = False, doubt: str | None = None) -> Told:
    return Told(NOON + timedelta(minutes=minute), fresh, doubt)


# ---- from values alone


@pytest.mark.parametrize(("sent", "upheld", "expected"), [
    (1, 0, 1.0), (3, 0, 1.0), (6, 0, 0.5), (30, 0, 0.1), (30, 27, 1.0), (30, 12, 0.5),
])
def test_a_browser_that_reports_everything_counts_less_unless_it_is_right(
    sent: int, upheld: int, expected: float
) -> None:
    assert weight(Told(NOON, sent=sent, upheld=upheld)) == expected


@pytest.mark.parametrize("doubt", ["trap", "rate"])
def test_a_report_that_a_program_may_have_sent_weighs_little_and_never_nothing(doubt: str) -> None:
    assert 0 < weight(told(doubt=doubt)) < 0.5


def test_three_readers_press_and_thirty_programs_do_as_well() -> None:
    assert weigh([told()] * 3).is_pressing
    assert not weigh([told()] * 2).is_pressing
    assert not weigh([told(doubt="rate")] * 14).is_pressing
    assert weigh([told(doubt="rate")] * 30).is_pressing


def test_many_reports_within_minutes_from_new_browsers_seem_agreed_upon() -> None:
    at_once = weigh([told(n, fresh=True) for n in range(BRIGADE_FROM)]).brigade
    assert at_once is not None
    assert (at_once.count, at_once.fresh, at_once.minutes) == (5, 5, 4)


@pytest.mark.parametrize("reports", [
    [told(n, fresh=True) for n in range(BRIGADE_FROM - 1)],
    [told(n, fresh=n % 2 == 0) for n in range(BRIGADE_FROM)],
    [told(60 * n, fresh=True) for n in range(20)],
    [],
], ids=["few", "known browsers", "over a day", "none"])
def test_reports_that_come_as_readers_come_do_not(reports: list[Told]) -> None:
    assert weigh(reports).brigade is None


def test_a_brigade_is_found_among_others() -> None:
    before = [told(-600 * n) for n in range(1, 5)]
    found = weigh([*before, *(told(n / 2, fresh=True) for n in range(8))]).brigade
    assert found is not None
    assert (found.count, found.minutes) == (8, 4)


# ---- on pages


def rows(app: Flask) -> list[tuple[bool, str | None]]:
    with app.app_context():
        return [(row.fresh, row.doubt) for row in session.query(Report).order_by(Report.id)]


def test_a_report_says_whether_its_browser_is_new_and_how_it_came(
    app: Flask, browser: Browser, world: World
) -> None:
    refs = [an_idea(app, world, state="published") for _number in range(3)]
    browser.post(path(refs[0]), {"reason": "hate"})
    browser.post(path(refs[1]), {"reason": "hate"})
    browser.post(path(refs[2]), {"reason": "hate", "homepage": "x"})
    assert rows(app) == [(True, None), (False, None), (False, "trap")]


def test_very_many_from_one_address_are_all_kept_and_count_less(app: Flask, world: World) -> None:
    ref = an_idea(app, world, state="published")
    for _number in range(MANY_REPORTS + 2):
        assert Browser(app).post(path(ref), {"reason": "hate"}).status == 303
    assert [doubt for _fresh, doubt in rows(app)] == [None] * MANY_REPORTS + ["rate"] * 2


def test_the_moderator_is_told_of_a_brigade_and_nothing_is_removed(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Om vindkraft", state="published")
    for _number in range(7):
        Browser(app).post(path(ref), {"reason": "attack"})
    page = moderator.get(f"/en/moderation/{ref}")
    assert "These reports may have been agreed upon. 7 of them came within 1 min" in page.text
    assert "Judge the text itself, not the number." in page.text
    assert "7 reports, look at this first, perhaps agreed upon" in moderator.get("/en/moderation/").text
    assert Browser(app).get(f"/en/ideas/{world.slug}/{ref}").status == 200


def test_what_presses_comes_first_and_what_one_eager_browser_reports_last(
    app: Flask, world: World, browser: Browser, moderator: Browser
) -> None:
    for number in range(8):
        ref = an_idea(app, world, title=f"Ivrig {number}", state="published")
        browser.post(path(ref), {"reason": "advert"})
    limiter.reset()
    plain, pressing = (an_idea(app, world, title=t, state="published") for t in ("Vanleg", "Viktig"))
    Browser(app).post(path(plain), {"reason": "advert"})
    for _number in range(3):
        Browser(app).post(path(pressing), {"reason": "hate"})
    page = moderator.get("/en/moderation/").text
    assert page.index("Viktig") < page.index("Vanleg") < page.index("Ivrig 0")
    assert "1 report, from browsers that report very much" in page


def test_what_a_browser_reported_long_ago_is_forgiven(app: Flask, world: World, browser: Browser) -> None:
    for _number in range(10):
        browser.post(path(an_idea(app, world, state="published")), {"reason": "advert"})
    with app.app_context():
        limiter.reset()
        session.query(Report).update({"at": clock.now() - timedelta(days=100), "closed_at": clock.now()})
        session.commit()
    ref = an_idea(app, world, state="published")
    browser.post(path(ref), {"reason": "advert"})
    with app.app_context():
        from citizen.ideas import queries

        assert queries.weighed(queries.reports(load(ref).id)).weights == (1.0,)
