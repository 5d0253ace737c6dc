"""What readers have reported reaches those who moderate, and ends with their decision."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.ideas.models import Report
from tests.factories import an_idea
from tests.pages import Browser, Page
from tests.queries import counted
from tests.world import World


def report(app: Flask, ref: str, reason: str = "hate", words: str = "") -> None:
    Browser(app).post(f"/en/ideas/granslandet/{ref}/report", {"reason": reason, "words": words})


def open_reports(app: Flask) -> int:
    with app.app_context():
        return session.query(Report).filter(Report.closed_at.is_(None)).count()


def leave(browser: Browser, ref: str, **options: Any) -> Page:
    """Press the button on the item's page, as it is shown now."""
    page = browser.get(f"/en/moderation/{ref}")
    seen = {name: page.hidden(name) for name in ("version", "reports")}
    return browser.post(f"/en/moderation/{ref}/seen", seen, **options)


def test_what_is_reported_waits_in_the_queue_and_the_item_tells_why(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Om naboen", state="published")
    an_idea(app, world, state="published")
    report(app, ref)
    report(app, ref, "personal_data", "Namnet <b>mitt</b> står der.")
    queue = moderator.get("/en/moderation/")
    assert "Waiting 1" in queue.text
    assert "Om naboen" in queue.text
    assert "2 reports" in queue.text
    item = moderator.get(f"/en/moderation/{ref}")
    assert "2 readers have reported this" in item.text
    assert "Hate speech" in item.text
    assert "&lt;b&gt;mitt&lt;/b&gt;" in item.html


def test_staff_of_another_municipality_hear_of_nothing(app: Flask, world: World, stranger: Browser) -> None:
    ref = an_idea(app, world, title="Om naboen", state="published")
    report(app, ref)
    assert ref not in stranger.get("/en/moderation/").text
    assert stranger.post(f"/en/moderation/{ref}/seen").status == 404
    assert open_reports(app) == 1


@pytest.mark.parametrize("who", ["facilitator", "administrator"])
def test_only_a_moderator_closes_reports(
    app: Flask, world: World, who: str, request: pytest.FixtureRequest
) -> None:
    ref = an_idea(app, world, state="published")
    report(app, ref)
    assert request.getfixturevalue(who).post(f"/en/moderation/{ref}/seen").status == 403
    assert open_reports(app) == 1


def test_what_may_stay_is_closed_by_hand_with_an_audit_row(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    report(app, ref)
    page = leave(moderator, ref, follow=True)
    assert "It stays published as it is" in page.text
    assert "Reports that have been closed" in moderator.get(f"/en/moderation/{ref}").text
    assert "Nothing is waiting" in moderator.get("/en/moderation/").text
    assert moderator.get(f"/en/ideas/{world.slug}/{ref}").status == 200
    with app.app_context():
        row = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        assert row is not None
        assert (row.action, row.subject, row.details["reports"]) == ("moderation.keep", ref, 1)


def test_a_decision_closes_the_reports_and_taking_it_back_opens_them(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    report(app, ref)
    moderator.post(f"/en/moderation/{ref}", {"decision": "hidden", "version": "2", "reason": "attack"})
    assert open_reports(app) == 0
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    assert open_reports(app) == 1


def test_taking_back_a_decision_leaves_closed_what_was_closed_by_hand(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    report(app, ref)
    leave(moderator, ref)
    moderator.post(f"/en/moderation/{ref}", {"decision": "hidden", "version": "2", "reason": "attack"})
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    assert open_reports(app) == 0


def test_the_same_reader_may_report_again_what_has_been_closed(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    browser.post(f"/en/ideas/{world.slug}/{ref}/report", {"reason": "advert"})
    leave(moderator, ref)
    browser.post(f"/en/ideas/{world.slug}/{ref}/report", {"reason": "threat"})
    with app.app_context():
        row = session.query(Report).one()
        assert (row.reason, row.closed_at) == ("threat", None)


def test_many_reports_cost_the_same_questions(app: Flask, world: World, moderator: Browser) -> None:
    asked = []
    for many in (2, 12):
        for _number in range(many):
            ref = an_idea(app, world, state="published")
            for _reader in range(2):
                report(app, ref)
        with counted(app) as queue:
            moderator.get("/en/moderation/")
        with counted(app) as item:
            moderator.get(f"/en/moderation/{ref}")
        asked.append((len(queue), len(item)))
    assert asked[0] == asked[1]


def test_a_report_that_came_after_the_page_was_opened_is_not_closed_unread(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    report(app, ref)
    page = moderator.get(f"/en/moderation/{ref}")
    seen = {name: page.hidden(name) for name in ("version", "reports")}
    browser.post(f"/en/ideas/{world.slug}/{ref}/report", {"reason": "threat"})
    page = moderator.post(f"/en/moderation/{ref}/seen", seen, follow=True)
    assert page.status == 200
    assert "Its reports have changed since you opened it." in page.text
    assert open_reports(app) == 2
    leave(moderator, ref)
    assert open_reports(app) == 0


def test_what_somebody_has_hidden_meanwhile_is_not_left_published(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    other_moderator.post(f"/en/moderation/{ref}", {"decision": "hidden", "version": "2", "reason": "attack"})
    page = moderator.post(f"/en/moderation/{ref}/seen", {"version": "2", "reports": ""})
    assert page.status == 409
    assert "Somebody else was first" in page.text
    assert moderator.post(f"/en/moderation/{ref}/seen", {"version": "3", "reports": ""}).status == 422
