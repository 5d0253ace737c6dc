"""From an invitation to its answer: the mail, the link in it, the answer, and no reminder afterwards."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.surveys.models import Participation, Respondent, Sealed, Submission
from citizen.surveys.rules import Level
from tests.pages import Browser
from tests.surveys.samples import a_survey
from tests.surveys.test_answering import sent, through
from tests.world import World

MAJA, OLA, KARI = "maja@example.org", "ola@example.org", "kari@example.org"


def invite(facilitator: Browser, ref: str, *addresses: str) -> None:
    told = {"addresses": "\n".join(addresses), "language": "nn", "municipality": "elvdal"}
    assert facilitator.post(f"/nn/surveys/{ref}/people", told).status == 303


def mails(app: Flask) -> dict[str, str]:
    """Whom mail is on its way to → what it says; the outbox is empty afterwards."""
    with app.app_context():
        found = {mail.receiver: mail.body for mail in session.query(Mail)}
        session.query(Mail).delete()
        session.commit()
    return found


def link_in(mail: str) -> str:
    """The way to the survey, as whoever gets the mail opens it."""
    found = re.search(r"https?://[^/\s]+(/\w+/surveys/S-\w+\?invitation=\w+)", mail)
    assert found is not None, mail
    return found[1]


def opened(app: Flask, link: str) -> Browser:
    resident = Browser(app, language="nn")
    assert resident.get(link).status == 200
    return resident


def counted(app: Flask) -> tuple[int, int, int]:
    """How many answers, participations and ties there are."""
    with app.app_context():
        answers = session.query(Submission).count() + session.query(Sealed).count()
        return answers, session.query(Participation).count(), session.query(Respondent).count()


@pytest.mark.parametrize(("level", "ties"), [
    (Level.NAMED, 1), (Level.CONFIDENTIAL, 1), (Level.ANONYMOUS, 0),
])
def test_whoever_answers_by_their_invitation_is_reminded_no_more(
    app: Flask, world: World, facilitator: Browser, level: Level, ties: int
) -> None:
    ref = a_survey(app, world, level=level)
    invite(facilitator, ref, MAJA, OLA, KARI)
    first = mails(app)
    assert set(first) == {MAJA, OLA, KARI}
    sent(opened(app, link_in(first[MAJA])), ref)
    assert counted(app) == (1, 1, ties)
    # Kari wants no more mail.
    stop = re.search(r"https?://[^/\s]+(/\w+/surveys/invitation/\w+/stop)", first[KARI])
    assert stop is not None
    Browser(app, language="nn").post(stop[1], token=False)
    assert facilitator.post(f"/nn/surveys/{ref}/people/reminder").status == 303
    reminders = mails(app)
    assert set(reminders) == {OLA}
    # The reminder's link is the same invitation, and answers as well.
    assert link_in(reminders[OLA]) == link_in(first[OLA])
    sent(opened(app, link_in(reminders[OLA])), ref)
    assert counted(app) == (2, 2, 2 * ties)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        facilitator.post(f"/nn/surveys/{ref}/people/reminder")
    assert mails(app) == {}
    people = facilitator.get(f"/nn/surveys/{ref}/people/invited").text
    has_answered = people.replace("Who of them has answered", "").count("has answered")
    assert has_answered == (2 if level is Level.NAMED else 0)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("once", [True, False])
def test_an_invitation_that_has_been_used_says_so_kindly_on_any_phone(
    app: Flask, world: World, facilitator: Browser, level: Level, once: bool
) -> None:
    ref = a_survey(app, world, level=level, once=once)
    invite(facilitator, ref, MAJA)
    link = link_in(mails(app)[MAJA])
    early = opened(app, link)
    address = through(early, ref)
    sent(opened(app, link), ref)
    page = Browser(app, language="nn").get(link)
    assert "You have already answered this survey. Thank you!" in page.text
    assert "Start survey" not in page.text
    # Also whoever had begun a second time before the first was sent.
    refused = early.post(address)
    assert refused.status == 409
    assert "You have already answered" in refused.text
    assert counted(app)[0] == 1


def test_what_an_invitation_began_is_sent_with_it_on_another_phone_too(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    invite(facilitator, ref, MAJA)
    link = link_in(mails(app)[MAJA])
    left = opened(app, link)
    through(left, ref)
    code = re.search(r'class="code">([\w-]+)<', left.get(f"/nn/surveys/{ref}/left").html)
    assert code is not None
    other = Browser(app, language="nn")
    check = other.get(other.post("/nn/surveys/continue", {"code": code[1]}).location)
    assert "You began with an invitation." in check.text
    assert 'method="post"' not in check.html
    assert other.post(f"/nn/surveys/{ref}/check").status == 422
    assert counted(app) == (0, 0, 0)
    assert "Go on answering" in other.get(link).text
    assert "You began with an invitation." not in other.get(f"/nn/surveys/{ref}/check").text
    assert other.post(f"/nn/surveys/{ref}/check").status == 303
    assert counted(app) == (1, 1, 0)
    assert "You have already answered" in Browser(app, language="nn").get(link).text


def test_where_many_answers_are_welcome_it_is_sent_without_as_any_other(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.CONFIDENTIAL, once=False)
    invite(facilitator, ref, MAJA)
    left = opened(app, link_in(mails(app)[MAJA]))
    through(left, ref)
    code = re.search(r'class="code">([\w-]+)<', left.get(f"/nn/surveys/{ref}/left").html)
    assert code is not None
    other = Browser(app, language="nn")
    other.post("/nn/surveys/continue", {"code": code[1]})
    assert other.post(f"/nn/surveys/{ref}/check").status == 303
    with app.app_context():
        assert session.query(Submission).one().channel == "link"


def test_an_invitation_opened_in_the_middle_counts(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    invite(facilitator, ref, MAJA)
    resident = Browser(app, language="nn")
    address = through(resident, ref)
    resident.get(link_in(mails(app)[MAJA]))
    assert resident.post(address).status == 303
    with app.app_context():
        assert session.query(Submission).one().channel == "invitation"
        assert session.query(Respondent).count() == 1


def test_two_who_share_a_phone_answer_by_an_invitation_each(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    invite(facilitator, ref, MAJA, OLA)
    links = {address: link_in(mail) for address, mail in mails(app).items()}
    shared = opened(app, links[MAJA])
    receipt = sent(shared, ref)
    page = shared.get(links[OLA])
    assert "Start survey" in page.text
    assert receipt not in page.html
    sent(shared, ref)
    assert counted(app) == (2, 2, 2)


@pytest.mark.parametrize("is_sent", [True, False])
def test_whoever_begins_anew_on_a_phone_does_not_use_up_the_invitation_of_another(
    app: Flask, world: World, facilitator: Browser, is_sent: bool
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    invite(facilitator, ref, MAJA)
    shared = opened(app, link_in(mails(app)[MAJA]))
    sent(shared, ref) if is_sent else through(shared, ref)
    shared.post(f"/nn/surveys/{ref}/anew")
    assert "Start survey" in shared.get(f"/nn/surveys/{ref}").text
    sent(shared, ref)
    with app.app_context():
        channels = sorted(one.channel for one in session.query(Submission))
        assert channels == (["invitation", "link"] if is_sent else ["link"])
        assert session.query(Respondent).count() == is_sent
