"""Moderators hear by mail what waits, as they choose: once, in their language, and no word of residents."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from flask import Flask

from citizen.accounts.models import User
from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.ideas.models import Report
from citizen.moderation import jobs
from citizen.moderation.models import DigestChoice
from tests.factories import an_idea, load
from tests.moderation.test_telling_the_author import mails
from tests.pages import Browser
from tests.world import World

# Monday, ten past seven where people live; and an hour before.
DUE = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
EARLY = datetime(2026, 11, 23, 5, 10, tzinfo=UTC)
LONG_AGO = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def early() -> Iterator[None]:
    """All of it happens on a Monday, early in the morning, unless a test says otherwise."""
    with clock.stopped_at(EARLY):
        yield


def choose(browser: Browser, rhythm: str, weekday: str = "0") -> None:
    answer = browser.post("/en/moderation/notices", {"rhythm": rhythm, "weekday": weekday})
    assert answer.status == 303


def send(app: Flask, at: datetime = DUE) -> int:
    with app.app_context(), clock.stopped_at(at):
        return jobs.send_digests()


def next_on(app: Flask, user_id: int) -> date | None:
    with app.app_context():
        choice = session.get(DigestChoice, user_id)
        return choice.next_on if choice else None


def what_waits(app: Flask, world: World) -> None:
    """Two ideas, one of them old; one that a reader has reported; one whose author wants it deleted."""
    with clock.stopped_at(LONG_AGO):
        an_idea(app, world, title="Løyndom", body="Kari Nordmann veit alt.")
    an_idea(app, world)
    public, asked = an_idea(app, world, state="published"), an_idea(app, world, state="published")
    with app.app_context():
        session.add(Report(contribution_id=load(public).id, browser="b", reason="hate", at=clock.now()))
        contributions.ask_deletion(load(asked), None)
        session.commit()


def test_a_digest_tells_what_waits_in_the_moderators_language(
    app: Flask, world: World, moderator: Browser
) -> None:
    choose(moderator, "daily")
    what_waits(app, world)
    assert send(app) == 1
    (mail,) = mails(app)
    assert (mail.receiver, mail.language) == ("maja@example.org", "nb")
    for words in (
        "Hello Maja,", "2 ideas wait", "Grenselandet",
        "2 wait. The oldest came in 10. november 2026.", "1 has waited longer than was promised.",
        "Readers have reported 1 text that", "1 author has asked for deletion",
        "http://127.0.0.1:5000/nb/moderation/\n", "http://127.0.0.1:5000/nb/moderation/notices\n",
    ):
        assert words in mail.body, words
    assert mail.stop_url is not None
    assert mail.stop_url in mail.body


def test_no_word_of_residents_stands_in_it(app: Flask, world: World, moderator: Browser) -> None:
    choose(moderator, "daily")
    what_waits(app, world)
    send(app)
    (mail,) = mails(app)
    assert "Løyndom" not in mail.subject + mail.body
    assert "Kari" not in mail.body


def test_where_nothing_waits_no_mail_comes(app: Flask, world: World, moderator: Browser) -> None:
    choose(moderator, "daily")
    an_idea(app, world, state="published")
    an_idea(app, world, programme_id=world.other_programme, municipality_id=world.elsewhere)
    assert send(app) == 0
    assert mails(app) == []
    assert next_on(app, world.moderator) == date(2026, 11, 24)


def test_nobody_who_has_not_chosen_gets_any(app: Flask, world: World) -> None:
    an_idea(app, world)
    assert send(app) == 0


@pytest.mark.parametrize(("rhythm", "weekday", "sent"), [
    ("daily", "0", [1, 1, 1, 1, 1, 0, 0]), ("weekly", "0", [1, 0, 0, 0, 0, 0, 0]),
    ("weekly", "3", [0, 0, 0, 1, 0, 0, 0]), ("never", "0", [0, 0, 0, 0, 0, 0, 0]),
])
def test_it_comes_on_the_days_that_were_chosen(
    app: Flask, world: World, moderator: Browser, rhythm: str, weekday: str, sent: list[int]
) -> None:
    an_idea(app, world)
    choose(moderator, rhythm, weekday)
    assert [send(app, DUE.replace(day=23 + day)) for day in range(7)] == sent


def test_it_comes_once_a_day_and_not_before_its_hour(app: Flask, world: World, moderator: Browser) -> None:
    an_idea(app, world)
    choose(moderator, "daily")
    assert send(app, EARLY) == 0
    assert send(app) == 1
    assert send(app) == 0
    assert send(app, DUE.replace(hour=20)) == 0


def test_a_day_on_which_no_worker_ran_is_made_up_for_once(
    app: Flask, world: World, moderator: Browser
) -> None:
    an_idea(app, world)
    choose(moderator, "weekly", "0")
    assert send(app, DUE.replace(day=26)) == 1
    assert next_on(app, world.moderator) == date(2026, 11, 30)


def test_of_several_workers_at_once_one_sends(app: Flask, world: World, moderator: Browser) -> None:
    an_idea(app, world)
    choose(moderator, "daily")
    barrier, sent = Barrier(4), []

    def work() -> None:
        barrier.wait()
        sent.append(send(app))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [0, 0, 0, 1]
    assert len(mails(app)) == 1


def test_who_has_left_gets_none(app: Flask, world: World, moderator: Browser) -> None:
    an_idea(app, world)
    choose(moderator, "daily")
    with app.app_context():
        session.get_one(User, world.moderator).active = False
        session.commit()
    assert send(app) == 0


def test_one_that_goes_wrong_keeps_nobody_else_waiting(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_idea(app, world)
    choose(moderator, "daily")
    choose(other_moderator, "daily")
    whole = jobs.actions.send_digest

    def odd(user_id: int, due_on: date) -> bool:
        if user_id == world.moderator:
            raise OSError
        return whole(user_id, due_on)

    monkeypatch.setattr(jobs.actions, "send_digest", odd)
    assert send(app) == 1
    assert [mail.receiver for mail in mails(app)] == ["morten@example.org"]
    assert next_on(app, world.moderator) == date(2026, 11, 23)


# ---- choosing


def test_the_page_shows_what_was_chosen_and_when_the_next_one_comes(
    app: Flask, world: World, moderator: Browser
) -> None:
    page = moderator.get("/en/moderation/notices")
    assert 'value="never" checked' in page.html
    choose(moderator, "weekly", "2")
    page = moderator.get("/en/moderation/notices")
    assert 'value="weekly" checked' in page.html
    assert '<option value="2" selected>Wednesday</option>' in page.html
    assert "The next mail comes 25 November 2026" in page.text
    assert "maja@example.org" in page.text
    with app.app_context():
        (row,) = session.query(AuditRow).filter_by(action="moderation.digest")
        assert (row.actor_id, row.details) == (world.moderator, {"rhythm": "weekly", "weekday": 2})


@pytest.mark.parametrize("values", [{}, {"rhythm": "hourly"}, {"rhythm": ""}])
def test_what_cannot_be_chosen_is_asked_for_again(
    app: Flask, world: World, moderator: Browser, values: dict[str, str]
) -> None:
    page = moderator.post("/en/moderation/notices", values)
    assert page.status == 422
    assert "Choose one option" in page.text
    assert next_on(app, world.moderator) is None


def test_an_odd_weekday_is_read_as_monday(app: Flask, world: World, moderator: Browser) -> None:
    choose(moderator, "weekly", "6")
    assert next_on(app, world.moderator) == date(2026, 11, 23)


def test_only_moderators_choose(facilitator: Browser, browser: Browser) -> None:
    assert facilitator.get("/en/moderation/notices").status == 403
    assert facilitator.post("/en/moderation/notices", {"rhythm": "daily"}).status == 403
    assert browser.get("/en/moderation/notices").status == 302


# ---- stopping


def stop_link(app: Flask) -> str:
    (mail,) = mails(app)
    assert mail.stop_url is not None
    return mail.stop_url.removeprefix("http://127.0.0.1:5000")


def test_the_link_in_the_mail_asks_first_and_then_stops(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    an_idea(app, world)
    choose(moderator, "daily")
    send(app)
    link = stop_link(app)
    assert "Do you want no more mail about what waits?" in browser.get(link).text
    assert next_on(app, world.moderator) is not None
    assert "You get no more mail about what waits" in browser.post(link).text
    assert next_on(app, world.moderator) is None
    assert mails(app) == []
    with app.app_context():
        last = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
        assert last is not None
        assert (last.action, last.actor_id) == ("moderation.digest", None)


def test_a_mail_program_stops_it_without_a_form(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    an_idea(app, world)
    choose(moderator, "daily")
    send(app)
    answer = browser.client.post(stop_link(app), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert next_on(app, world.moderator) is None


@pytest.mark.parametrize("token", ["x", "1", "1-AAAAAAAAAAAA", "-1-AAAA", "²-AAAA", "9" * 30 + "-A"])
def test_a_link_that_is_none_of_ours_is_not_found(world: World, browser: Browser, token: str) -> None:
    assert browser.get(f"/en/moderation/notices/stop/{token}").status == 404
    assert browser.post(f"/en/moderation/notices/stop/{token}").status == 404


def test_choosing_never_takes_back_one_that_lies_ready(
    app: Flask, world: World, moderator: Browser
) -> None:
    an_idea(app, world)
    choose(moderator, "daily")
    send(app)
    choose(moderator, "never")
    assert mails(app) == []
