"""People are invited once each, reminded only if they have not answered, and asked no more if they say so."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import Workbook

from citizen.base import clock, kiosk
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.surveys import actions, queries
from citizen.surveys.actions.people import invitation_code
from citizen.surveys.actions.receiving import participation_digest
from citizen.surveys.forms import people
from citizen.surveys.models import Attempt, Invitation, Participation, Sealed, Submission
from citizen.surveys.rules import Channel, Level
from citizen.surveys.rules.inviting import Invitee, sort_out
from citizen.surveys.rules.values import Value, answers_as_json
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, answered, by_code, load, short
from tests.world import World

NO = by_code(short()[0], swims=Value(options=("no",)))


def told(**values: object) -> dict[str, object]:
    return {"addresses": "", "language": "nn", "municipality": "elvdal", **values}


def send(browser: Browser, ref: str, addresses: str, **values: object) -> Page:
    return browser.post(f"/nn/surveys/{ref}/people", told(addresses=addresses, **values))


def codes(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {str(one.email): invitation_code(one.ref) for one in session.query(Invitation)}


def answer_as(app: Flask, world: World, ref: str, email: str) -> None:
    code = codes(app)[email]
    with app.app_context():
        found = actions.participant_of(load(ref), code)
    assert found is not None
    answered(app, world, ref, NO, participant=found[0], invitation_id=found[1], channel=Channel.INVITATION)


# ---- reading addresses


@pytest.mark.parametrize(("line", "found"), [
    ("Kari@Example.org", Invitee("kari@example.org")),
    ("kari@example.org; Kari Nordmann; nn", Invitee("kari@example.org", "Kari Nordmann", "nn")),
    ("kari@example.org, Kari Nordmann", Invitee("kari@example.org", "Kari Nordmann")),
    ("kari@example.org;nynorsk", Invitee("kari@example.org", "", "nn")),
    ("kari@example.org\tKari\tSvenska", Invitee("kari@example.org", "Kari", "sv")),
    ('"Nordmann, Kari" <kari@example.org>; nb', Invitee("kari@example.org", "Nordmann, Kari", "nb")),
    ("Kari Nordmann <kari@example.org>", Invitee("kari@example.org", "Kari Nordmann")),
])
def test_addresses_are_read_as_people_write_them(line: str, found: Invitee) -> None:
    assert sort_out(line, set()).new == [found]


def test_every_line_is_new_known_twice_or_wrong() -> None:
    found = sort_out("a@example.org\n\nb@example.org\nA@example.org\nno address\nc@example.org;C;xx",
                     {"b@example.org"})
    assert [one.email for one in found.new] == ["a@example.org"]
    assert (found.twice, found.known) == (["a@example.org"], ["b@example.org"])
    assert [(one.number, one.why) for one in found.wrong] == [(5, "email"), (6, "language")]


# ---- inviting


def test_what_would_be_sent_is_shown_before_it_is(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    page = facilitator.post(f"/nn/surveys/{ref}/people/check",
                            told(addresses="kari@example.org; Kari\nola@example.org\nkari@example.org"))
    assert page.status == 200
    assert "2 people get a mail each" in page.text
    assert "1 address stands there more than once" in page.text
    with app.app_context():
        assert session.query(Invitation).count() == session.query(Mail).count() == 0


def test_a_wrong_line_stops_everything_and_nothing_typed_is_lost(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    typed = "kari@example.org\nola(at)example.org"
    page = facilitator.post(f"/nn/surveys/{ref}/people/check", told(addresses=typed))
    assert page.status == 422
    assert "Line 2" in page.text
    assert typed in page.html
    assert send(facilitator, ref, typed).status == 422
    with app.app_context():
        assert session.query(Invitation).count() == 0


def test_a_workbook_becomes_lines_that_can_be_mended(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    book, file = Workbook(), BytesIO()
    for row in (("Namn", "E-post", "Språk"), ("Kari Nordmann", "kari@example.org", "nn"),
                ("Ola", "ola(at)example.org", "")):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(file)
    file.seek(0)
    page = facilitator.post(f"/nn/surveys/{ref}/people/check", told(file=(file, "lista.xlsx")))
    assert page.status == 422
    assert "kari@example.org; Kari Nordmann; nn\nola(at)example.org; Ola" in page.html
    assert "Line 2" in page.text


def test_a_file_that_cannot_be_read_says_why(
    app: Flask, world: World, facilitator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "LARGEST_FILE", 200)
    ref = a_survey(app, world)
    for name, content, why in (
        ("lista.pdf", b"x", "ends in .xlsx or .csv"), ("lista.csv", b"Telefon\n1\n", "No column is named"),
        ("lista.xlsx", b"no workbook", "no Excel workbook"), ("lista.csv", b"x" * 201, "too large"),
    ):
        page = facilitator.post(f"/nn/surveys/{ref}/people/check",
                                told(addresses="kari@example.org", file=(BytesIO(content), name)))
        assert page.status == 422
        assert why in page.text
        assert "kari@example.org" in page.html


def test_each_gets_one_mail_in_their_language_with_a_link_of_their_own(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    send(facilitator, ref, "kari@example.org; Kari\nanna@example.se; Anna; sv")
    page = send(facilitator, ref, "kari@example.org; Kari\nola@example.org")
    assert page.status == 303
    with app.app_context():
        mails = {mail.receiver: mail for mail in session.query(Mail)}
        assert set(mails) == {"kari@example.org", "anna@example.se", "ola@example.org"}
        assert (mails["anna@example.se"].language, mails["anna@example.se"].subject) == ("sv", "Badplatsen")
        assert mails["kari@example.org"].subject == "Badeplassen"
        assert session.query(Mail).count() == 3
        assert session.query(AuditRow).filter_by(action="surveys.invite").count() == 2
    for email, code in codes(app).items():
        assert f"/surveys/{ref}?invitation={code}" in mails[email].body
        with app.app_context():
            assert code not in str([vars(one) for one in session.query(Invitation)])


def test_an_invitation_is_for_one_answer(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, level=Level.NAMED, once=False)
    send(facilitator, ref, "kari@example.org")
    answer_as(app, world, ref, "kari@example.org")
    with pytest.raises(actions.AlreadyAnswered):
        answer_as(app, world, ref, "kari@example.org")


def test_a_code_of_another_survey_is_nobodys(app: Flask, world: World, facilitator: Browser) -> None:
    ref, other = a_survey(app, world), a_survey(app, world)
    send(facilitator, ref, "kari@example.org")
    code = codes(app)["kari@example.org"]
    with app.app_context():
        assert actions.participant_of(load(other), code) is None
        assert actions.participant_of(load(ref), "WRONG") is None
        assert actions.participant_of(load(ref), f" {code[:4].lower()}-{code[4:]}") is not None


@pytest.mark.parametrize("path", ["people", "people/invited", "people/reminder", "closing", "links", "paper",
                                  "print", "kiosk", "paper/1", "poster.pdf"])
def test_strangers_find_nothing(app: Flask, world: World, stranger: Browser, path: str) -> None:
    ref = a_survey(app, world)
    assert stranger.get(f"/nn/surveys/{ref}/{path}").status == 404


def test_moderators_print_and_type_in_but_do_not_invite(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world)
    assert moderator.get(f"/nn/surveys/{ref}/paper").status == 200
    assert moderator.get(f"/nn/surveys/{ref}/links?via=Biblioteket").status == 200
    assert moderator.get(f"/nn/surveys/{ref}/people").status == 403


# ---- reminders and no more mail


def test_reminders_go_only_to_those_who_have_neither_answered_nor_declined(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    send(facilitator, ref, "a@example.org\nb@example.org\nc@example.org")
    answer_as(app, world, ref, "a@example.org")
    stop = f"/nn/surveys/invitation/{codes(app)['b@example.org']}/stop"
    assert "Do you want no more mail" in browser.get(stop).text
    assert "You get no more mail" in browser.post(stop, token=False).text
    with app.app_context():
        session.query(Mail).delete()
        session.commit()
    assert "It goes to 1 person" in facilitator.get(f"/nn/surveys/{ref}/people/reminder").text
    facilitator.post(f"/nn/surveys/{ref}/people/reminder")
    with app.app_context():
        assert [mail.receiver for mail in session.query(Mail)] == ["c@example.org"]
    assert facilitator.post(f"/nn/surveys/{ref}/people/reminder").status == 422
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert facilitator.post(f"/nn/surveys/{ref}/people/reminder").status == 303


def test_opening_the_link_in_a_mail_stops_nothing_and_pressing_takes_back_what_waits(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    ref = a_survey(app, world)
    send(facilitator, ref, "a@example.org")
    stop = f"/nn/surveys/invitation/{codes(app)['a@example.org']}/stop"
    browser.get(stop)
    with app.app_context():
        assert session.query(Mail).one().stop_url.endswith(stop)
    browser.post(stop, token=False)
    with app.app_context():
        assert session.query(Mail).count() == 0
        assert session.query(Invitation).one().declined_at is not None


def test_pages_of_an_anonymous_survey_tell_no_number_that_moves_with_one_person(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    send(facilitator, ref, "\n".join(f"p{n}@example.org" for n in range(12)))
    assert "on their way" in facilitator.get(f"/nn/surveys/{ref}/people").text
    seen = []
    for number in range(6):
        answer_as(app, world, ref, f"p{number}@example.org")
        pages = [facilitator.get(f"/nn/surveys/{ref}/{path}").text
                 for path in ("people", "people/invited", "people/reminder")]
        seen.append(pages)
    assert seen[0] == seen[3]
    assert "at least 5" in seen[4][0]
    assert seen[4] == seen[5]
    assert "has answered" not in seen[5][1].replace("Who of them has answered", "")


# ---- closing


def test_closing_asks_for_a_tick_and_cannot_be_undone(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    answered(app, world, ref, NO)
    page = facilitator.get(f"/nn/surveys/{ref}/closing")
    assert "cannot be opened again" in page.text
    assert facilitator.post(f"/nn/surveys/{ref}/closing").status == 422
    assert facilitator.post(f"/nn/surveys/{ref}/closing", {"sure": "1"}).status == 303
    assert facilitator.post(f"/nn/surveys/{ref}/closing", {"sure": "1"}).status == 409
    with app.app_context():
        assert (session.query(Sealed).count(), session.query(Submission).count()) == (0, 1)
        assert session.query(AuditRow).filter_by(action="surveys.close").count() == 1
    assert "cannot be opened again" in facilitator.get(f"/nn/surveys/{ref}/people").text
    with pytest.raises(actions.Closed):
        answered(app, world, ref, NO)


def test_a_survey_closes_by_itself_the_day_after_its_last(app: Flask, world: World) -> None:
    from citizen.surveys import jobs

    last_day, over = (a_survey(app, world, closes_on=clock.today() - timedelta(days=n)) for n in (0, 1))
    with app.app_context():
        session.add_all(Attempt(
            digest=f"{n:064x}", survey_id=load(ref).id, version=1, language="nn", channel="link",
            municipality_id=world.norwegian, answers={}, touched_on=clock.today(),
        ) for n, ref in enumerate((last_day, over)))
        session.commit()
        assert jobs.tidy() == jobs.Tidied(closed=1, opened=0, forgotten=0)
        assert jobs.tidy() == jobs.Tidied(0, 0, 0)
        assert (load(last_day).closed_at, load(over).participation_key) == (None, None)
        assert (queries.unfinished(load(last_day).id), queries.unfinished(load(over).id)) == (1, 0)


def test_commands_close_remind_tidy_and_list(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    send(facilitator, ref, "a@example.org")
    run = app.test_cli_runner().invoke
    assert "at most 1" in run(args=["surveys", "remind", ref, "--yes"]).output
    assert "today" in run(args=["surveys", "remind", ref, "--yes"]).output
    assert "Closed: 0" in run(args=["surveys", "tidy"]).output
    assert "0 answers" in run(args=["surveys", "close", ref, "--yes"]).output
    assert "closed" in run(args=["surveys", "list"]).output
    assert run(args=["surveys", "close", "S-NOTHERE1", "--yes"]).exit_code == 1


# ---- two at once


@pytest.mark.parametrize("level", [Level.NAMED, Level.ANONYMOUS])
@pytest.mark.parametrize("same_attempt", [True, False])
def test_two_sends_at_once_by_the_same_person_are_stored_once(
    app: Flask, world: World, level: Level, same_attempt: bool
) -> None:
    ref = a_survey(app, world, level=level)
    ready, outcomes = threading.Barrier(2), list[object]()

    def send_one(number: int) -> None:
        with app.app_context():
            survey = load(ref)
            participant = participation_digest(survey, "maja")
            session.rollback()
            ready.wait()
            try:
                outcomes.append(actions.receive(load(ref), actions.Arrival(
                    version=1, language="nn", channel=Channel.LINK, municipality_id=world.norwegian,
                    digest=f"{0 if same_attempt else number:064x}", answers=answers_as_json(NO),
                    received_on=clock.today(),
                ), participant=participant))
                session.commit()
            except actions.AlreadyAnswered:
                session.rollback()
                outcomes.append("already")

    threads = [threading.Thread(target=send_one, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == sorted(map(str, [True, False if same_attempt else "already"]))
    with app.app_context():
        assert session.query(Participation).count() == 1
        assert session.query(Submission).count() + session.query(Sealed).count() == 1


# ---- kiosk


def test_a_kiosk_shows_its_survey_alone(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    home = facilitator.post(f"/nn/surveys/{ref}/kiosk", {"municipality": "elvdal"}).location
    assert home == f"/nn/surveys/{ref}?kiosk=1&municipality=elvdal"
    for path in ("/nn/", "/nn/surveys/", f"/nn/ideas/{world.slug}/new"):
        assert facilitator.get(path).location == home
    assert facilitator.get("/nn/accounts/sign-in").status == 200


def test_a_kiosk_shows_a_receipt_only_to_whoever_has_just_sent(app: Flask) -> None:
    from citizen.surveys.routes.kiosks import _allows

    place = {"ref": "S-7K2M9QXT", "municipality": "elvdal"}
    with app.test_request_context("/nn/surveys/"):
        assert _allows(place, {"ref": "s-7k2m9qxt"})
        assert not _allows(place, {"ref": "S-ANOTHER1"})
        assert not _allows(place, {"code": "ABCD"})
        kiosk.show_receipt("ABCD")
        assert _allows(place, {"code": "ABCD"})
