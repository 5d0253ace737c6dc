"""Figures of moderation: what everybody sees of a programme and year, and what staff see of their desk."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.rules import Visibility
from citizen.moderation import jobs, queries
from citizen.moderation.rules.figures import span_of_year
from tests.factories import an_idea, load
from tests.pages import Browser
from tests.queries import counted as asked
from tests.world import World

RECEIVED = datetime(2026, 3, 9, 8, tzinfo=UTC)


def sent(app: Flask, world: World, many: int = 1, **values: object) -> list[str]:
    with clock.stopped_at(RECEIVED):
        return [an_idea(app, world, **values) for _ in range(many)]


def decided(app: Flask, world: World, refs: list[str], after: str, hours: float = 24,
            reason: str | None = None, by: int | None = None) -> None:
    with app.app_context(), clock.stopped_at(RECEIVED + timedelta(hours=hours)):
        for ref in refs:
            one = load(ref)
            contributions.decide(one, Visibility(after), user_id=by or world.moderator, reason=reason,
                                 expected_version=one.version)
        session.commit()


def undone(app: Flask, world: World, refs: list[str], hours: float) -> None:
    with app.app_context(), clock.stopped_at(RECEIVED + timedelta(hours=hours)):
        for ref in refs:
            contributions.undo(load(ref), user_id=world.moderator, expected_version=load(ref).version)
        session.commit()


def resent(app: Flask, refs: list[str]) -> None:
    with app.app_context():
        for ref in refs:
            contributions.resend(load(ref), title="Endra", body="Utan namn.")
        session.commit()


def found(app: Flask, world: World, year: int = 2026) -> queries.figures.Counted:
    with app.app_context():
        return queries.figures.counted(world.programme, *span_of_year(year, clock.LOCAL))


def count(app: Flask) -> None:
    with app.app_context():
        jobs.count_figures()


@pytest.fixture
def a_year(app: Flask, world: World) -> None:
    """Thirty that were published, six of them after a change; twelve refused, six taken down."""
    decided(app, world, sent(app, world, 24), "published", hours=10)
    returned = sent(app, world, 6)
    decided(app, world, returned, "returned", hours=20, reason="personal_data")
    resent(app, returned)
    decided(app, world, returned, "published", hours=400)
    decided(app, world, sent(app, world, 7), "rejected", hours=30, reason="off_topic")
    decided(app, world, sent(app, world, 5), "rejected", hours=30, reason="advert")
    taken_down = sent(app, world, 6)
    decided(app, world, taken_down, "published", hours=10)
    decided(app, world, taken_down, "hidden", hours=90, reason="attack")


def test_a_year_is_counted_as_it_stands_now(app: Flask, world: World, a_year: None) -> None:
    counted = found(app, world)
    assert counted.states == {"published": 30, "rejected": 12, "hidden": 6}
    assert counted.corrected == 6
    assert counted.reasons == {"rejected": {"off_topic": 7, "advert": 5}, "hidden": {"attack": 6}}
    # Of 48, the 24th and the 25th took 10 hours, and the 44th 30; a second decision is none of the first.
    assert counted.duration == queries.figures.Duration(48, 10.0, 30.0)


def test_steps_that_were_taken_back_are_left_out(app: Flask, world: World) -> None:
    refs = sent(app, world, 3)
    decided(app, world, refs, "rejected", hours=1, reason="attack")
    undone(app, world, refs, hours=2)
    assert found(app, world) == queries.figures.Counted({"submitted": 3}, 0, {}, None)
    decided(app, world, refs, "published", hours=6)
    counted = found(app, world)
    assert counted.states == {"published": 3}
    assert counted.reasons == {}
    assert counted.duration == queries.figures.Duration(3, 6.0, 6.0)


def test_the_reason_is_the_one_that_stands(app: Flask, world: World) -> None:
    refs = sent(app, world, 2)
    decided(app, world, refs, "rejected", hours=1, reason="attack")
    undone(app, world, refs, hours=2)
    decided(app, world, refs, "rejected", hours=3, reason="off_topic")
    assert found(app, world).reasons == {"rejected": {"off_topic": 2}}
    hidden = sent(app, world)
    decided(app, world, hidden, "published", hours=1)
    decided(app, world, hidden, "hidden", hours=2, reason="attack")
    decided(app, world, hidden, "published", hours=3)
    undone(app, world, hidden, hours=4)
    assert found(app, world).reasons["hidden"] == {"attack": 1}


def test_the_middle_of_an_even_number_lies_between_two(app: Flask, world: World) -> None:
    for hours in (1, 2, 4, 100):
        decided(app, world, sent(app, world), "published", hours=hours)
    assert found(app, world).duration == queries.figures.Duration(4, 3.0, 100.0)


def test_other_years_programmes_and_imported_files_are_left_out(app: Flask, world: World) -> None:
    with clock.stopped_at(datetime(2025, 12, 31, 22, 59, tzinfo=UTC)):
        an_idea(app, world)
    sent(app, world, source="import")
    sent(app, world, programme_id=world.other_programme, municipality_id=world.elsewhere)
    sent(app, world)
    assert found(app, world).states == {"submitted": 1}


def test_counting_asks_the_same_however_much_there_is(app: Flask, world: World, a_year: None) -> None:
    with asked(app) as few, app.app_context():
        queries.figures.counted(world.programme, *span_of_year(2026, clock.LOCAL))
    assert len(few) == 6


# ---- what everybody sees


def test_everybody_reads_what_became_of_what_came_in(
    app: Flask, world: World, browser: Browser, a_year: None
) -> None:
    programme = browser.get(f"/en/programmes/{world.slug}")
    assert f'href="/en/moderation/programmes/{world.slug}"' in programme.html
    count(app)
    page = browser.get(f"/en/moderation/programmes/{world.slug}?year=2026")
    assert page.status == 200
    for words in ("Published 30", "Not published 10", "taken down 5", "Received in all 50", "Off topic 5",
                  "Advertising or spam 5", "Personal attack or harassment 5", "10 hours", "30 hours"):
        assert words in page.text
    assert "hidden" not in page.text.split("What is counted")[0].replace("Skip", "")


def test_a_few_are_not_told_of(app: Flask, world: World, browser: Browser) -> None:
    decided(app, world, sent(app, world, 20), "published")
    decided(app, world, sent(app, world, 2), "rejected", reason="attack")
    count(app)
    page = browser.get(f"/en/moderation/programmes/{world.slug}?year=2026")
    assert "Published 20" in page.text
    assert "Not published hidden" in page.text
    assert "Received in all hidden" in page.text
    assert "Hate" not in page.text
    assert "Figures below 5 are hidden." in page.text


def test_a_programme_without_anything_says_so(app: Flask, world: World, browser: Browser) -> None:
    count(app)
    page = browser.get(f"/en/moderation/programmes/{world.slug}")
    assert page.status == 200
    assert "There is nothing to tell yet." in page.text


@pytest.mark.parametrize("asked_for", ["1999", "x", "", "-1", "9" * 20])
def test_a_year_without_anything_is_not_found(world: World, browser: Browser, asked_for: str) -> None:
    assert browser.get(f"/en/moderation/programmes/{world.slug}?year={asked_for}").status == 404


def test_a_programme_that_is_none_is_not_found(world: World, browser: Browser) -> None:
    assert browser.get("/en/moderation/programmes/finst-ikkje").status == 404
    assert browser.get("/en/moderation/programmes/finst-ikkje/figures.csv").status == 404


def test_the_file_holds_every_year_and_hides_the_same(
    app: Flask, world: World, browser: Browser, a_year: None
) -> None:
    with clock.stopped_at(datetime(2025, 5, 1, tzinfo=UTC)):
        an_idea(app, world)
    count(app)
    answer = browser.get(f"/en/moderation/programmes/{world.slug}/figures.csv").response
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0] == ["programme", "year", "figure", "reason", "value", "hidden"]
    assert [world.slug, "2026", "rejected", "off_topic", "5", "no"] in rows
    assert [world.slug, "2026", "median_hours", "", "10", "no"] in rows
    assert [world.slug, "2025", "submitted", "", "", "yes"] in rows
    assert [world.slug, "2025", "received", "", "", "yes"] in rows


def test_figures_are_counted_once_a_month(app: Flask, world: World, browser: Browser) -> None:
    address = f"/en/moderation/programmes/{world.slug}"
    morning = datetime(2026, 3, 20, 8, tzinfo=UTC)
    decided(app, world, sent(app, world, 5), "published")
    with app.app_context(), clock.stopped_at(morning):
        assert jobs.count_figures() == 2
    decided(app, world, sent(app, world, 5), "published")
    with app.app_context(), clock.stopped_at(datetime(2026, 3, 31, 21, 59, tzinfo=UTC)):
        # The other programme has nothing that could be kept.
        assert jobs.count_figures() == 1
    page = browser.get(address)
    assert "Received in all 5" in page.text
    assert "last 20 March 2026 09:00" in page.text
    with app.app_context(), clock.stopped_at(datetime(2026, 3, 31, 22, 1, tzinfo=UTC)):
        jobs.count_figures()
    assert "Received in all 10" in browser.get(address).text


def test_reading_the_figures_counts_nothing(
    app: Flask, world: World, browser: Browser, a_year: None
) -> None:
    count(app)
    with asked(app) as statements:
        browser.get(f"/en/moderation/programmes/{world.slug}")
    assert not [one for one in statements if "visibility_change" in one]


# ---- what staff see


def test_staff_see_what_waits_and_who_decided_how_much(
    app: Flask, world: World, moderator: Browser
) -> None:
    an_idea(app, world, body="Ring meg på 070-174 06 05 så fortel eg.")
    refs = [an_idea(app, world) for _ in range(3)]
    with app.app_context():
        for ref, person in zip(refs, (world.moderator, world.moderator, world.other_moderator), strict=True):
            contributions.decide(load(ref), Visibility.REJECTED, user_id=person, reason="personal_data",
                                 expected_version=1)
        session.commit()
        contributions.undo(load(refs[0]), user_id=world.moderator, expected_version=2)
        session.commit()
    page = moderator.get("/en/moderation/figures")
    assert page.status == 200
    monday = clock.today() - timedelta(days=clock.today().weekday())
    for words in ("Waiting 2", "Week from Maja Morten All of them", f"{monday:%d/%m/%Y} 1 1 2",
                  f"{monday - timedelta(weeks=7):%d/%m/%Y} 0 0 0", "Taken back 1 0 1",
                  "1 of the 2 texts that wait seem to hold personal data", "Not published 2"):
        assert words in page.text, words


def test_an_empty_desk_has_figures_too(world: World, moderator: Browser) -> None:
    page = moderator.get("/en/moderation/figures")
    assert "Nothing is waiting." in page.text
    assert "Nobody has decided anything since" in page.text


def test_staff_see_nothing_of_other_municipalities(app: Flask, world: World, stranger: Browser) -> None:
    an_idea(app, world, body="Ring meg på 070-174 06 05.")
    an_idea(app, world, state="rejected")
    page = stranger.get("/en/moderation/figures")
    assert "Nothing is waiting." in page.text
    assert "Maja" not in page.text


def test_only_moderators_see_the_desk(facilitator: Browser, administrator: Browser, browser: Browser) -> None:
    assert facilitator.get("/en/moderation/figures").status == 403
    assert administrator.get("/en/moderation/figures").status == 403
    assert browser.get("/en/moderation/figures").status == 302
