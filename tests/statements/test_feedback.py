"""Telling of a barrier without saying who one is, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.statements.models import Feedback
from citizen.statements.queries.feedback import PAGE_SIZE
from tests.pages import Browser, Page
from tests.queries import counted
from tests.statements.pages import FEEDBACK, SWEDISH, audited, mails, told
from tests.world import World

LIST = f"{SWEDISH}/manage/feedback"
KEY = "6f1de1c4-56a5-4a1c-9f4e-9f8d2f3c1b11"


def send(browser: Browser, **changes: Any) -> Page:
    values = {"body": "Knappen går inte att nå.", "page": "/sv/", "email": "", **changes}
    return browser.post(FEEDBACK, values)


def test_a_stranger_tells_of_a_barrier_and_is_thanked(app: Flask, world: World, browser: Browser) -> None:
    page = send(browser)
    assert (page.status, page.location) == (303, f"{FEEDBACK}/thanks")
    assert "Granby kommun" in browser.get(page.location).text
    found = told(app)
    assert [(f.body, f.page, f.email, f.language, f.municipality_id) for f in found] == [
        ("Knappen går inte att nå.", "/sv/", None, "sv", world.swedish)
    ]


def test_the_municipality_hears_of_it_by_mail_without_the_senders_address(
    app: Flask, world: World, browser: Browser
) -> None:
    send(browser, email="Karin@Example.ORG")
    mail = mails(app)[0]
    assert (mail.receiver, mail.language) == ("kommun@granby.example", "sv")
    assert "Knappen går inte att nå." in mail.body
    assert "/sv/statements/granby/manage/feedback" in mail.body
    assert "karin" not in (mail.body + mail.subject).lower()
    assert told(app)[0].email == "Karin@example.org"


def test_mail_is_in_the_municipalitys_language_whatever_the_page_was_in(
    app: Flask, world: World, browser: Browser
) -> None:
    values = {"body": "No heading.", "page": "", "email": ""}
    browser.post("/en/statements/elvdal/accessibility/feedback", values)
    assert (mails(app)[0].receiver, mails(app)[0].language) == ("post@elvdal.example", "nb")
    assert told(app)[0].language == "en"


def test_the_same_message_sent_twice_is_stored_once(app: Flask, world: World, browser: Browser) -> None:
    for _time in range(2):
        assert send(browser, client_key=KEY).status == 303
    assert (len(told(app)), len(mails(app))) == (1, 1)
    send(browser, client_key=KEY, body="Något annat.")
    assert len(told(app)) == 2


def test_what_a_program_sends_is_asked_for_once_more_and_nothing_is_lost(
    app: Flask, world: World, browser: Browser
) -> None:
    page = send(browser, body="Min långa text.", homepage="x")
    assert page.status == 422
    assert "Send it once more, please." in page.text
    assert "Min långa text." in page.html
    assert (told(app), mails(app)) == ([], [])
    assert send(browser, body="Min långa text.", shown=page.hidden("shown")).status == 303
    assert len(told(app)) == 1


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"body": ""}, "Tell us what the problem was"),
    ({"body": " \n "}, "Tell us what the problem was"),
    ({"body": "123 !"}, "Write with letters"),
    ({"body": "x" * 5001}, "Shorten the text to 5000"),
    ({"page": "x" * 301}, "Shorten the text to 300"),
    ({"email": "inte en adress"}, "Enter an e-mail address"),
])
def test_what_is_wrong_is_told_and_the_text_is_kept(
    app: Flask, world: World, browser: Browser, changes: dict[str, str], sentence: str
) -> None:
    page = send(browser, **{"body": "Min långa text.", "email": "jag@example.org", **changes})
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert sentence in page.text
    for name, kept in {"body": "Min långa text.", "email": "jag@example.org", "page": "/sv/"}.items():
        assert name in changes or kept in page.html
    assert (told(app), mails(app)) == ([], [])


def test_a_lost_token_costs_nobody_their_text(app: Flask, world: World, browser: Browser) -> None:
    page = send(browser, csrf_token="gone", body="Min långa text.")
    assert page.status == 422
    assert "Min långa text." in page.html
    assert "Your text is kept." in page.text
    assert told(app) == []


@pytest.mark.parametrize(("asked", "shown"), [
    ("/sv/ideas/granslandet", "/sv/ideas/granslandet"), ("//evil.example", ""),
    ("https://evil.example/sv/", ""), ("/sv/receipt/7K2M9QXT4HRA", "/sv/receipt"), ('"><script>', ""),
])
def test_the_page_is_filled_in_when_it_is_a_path_here(
    world: World, browser: Browser, asked: str, shown: str
) -> None:
    page = browser.get(FEEDBACK, query_string={"page": asked})
    assert f'id="page" name="page" class="ds-input" type="text" value="{shown}"' in page.html
    assert "evil" not in page.html.split("<main")[1].split("<footer")[0]


def test_the_code_of_a_receipt_is_not_stored(app: Flask, world: World, browser: Browser) -> None:
    send(browser, page="http://localhost/sv/receipt/7K2M9QXT4HRA")
    assert told(app)[0].page == "http://localhost/sv/receipt"


def test_too_many_messages_have_to_wait(app: Flask, world: World, browser: Browser) -> None:
    limit = app.extensions["citizen.settings"].submit_limit
    count = int(limit.split()[0])
    for number in range(count):
        assert send(browser, body=f"Nummer {number} är fel.").status == 303
    assert send(browser).status == 429
    assert len(told(app)) == count


# ---- dealt with


def test_administrators_read_messages_newest_first(
    app: Flask, world: World, browser: Browser, administrator: Browser
) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=2)):
        send(browser, body="Äldre sak.")
    send(browser, body="Nyare sak.", email="karin@example.org")
    text = administrator.get(LIST).text
    assert text.index("Nyare sak.") < text.index("Äldre sak.")
    assert "karin@example.org" in text


def test_a_message_is_marked_as_handled_and_that_is_taken_back(
    app: Flask, world: World, browser: Browser, administrator: Browser
) -> None:
    send(browser)
    number = told(app)[0].id
    assert administrator.post(f"{LIST}/{number}/handled").location == f"{LIST}#message-{number}"
    found = told(app)[0]
    assert found.handled_by == world.administrator
    assert "Anne" in administrator.get(LIST).text
    when = found.handled_at
    administrator.post(f"{LIST}/{number}/handled")
    assert told(app)[0].handled_at == when
    administrator.post(f"{LIST}/{number}/open")
    assert (told(app)[0].handled_at, told(app)[0].handled_by) == (None, None)
    assert [row[0] for row in audited(app)] == ["feedback.handle", "feedback.handle", "feedback.reopen"]


def test_nobody_deals_with_the_messages_of_another_municipality(
    app: Flask, world: World, browser: Browser, administrator: Browser, stranger: Browser
) -> None:
    send(browser)
    number = told(app)[0].id
    assert stranger.get(LIST).status == 404
    assert stranger.post(f"{LIST}/{number}/handled").status == 404
    elsewhere = "/sv/statements/langtborta/manage/feedback"
    assert stranger.post(f"{elsewhere}/{number}/handled").status == 404
    assert administrator.post(f"{LIST}/999/handled").status == 404
    assert administrator.post(f"{LIST}/9999999999/handled").status == 404
    assert told(app)[0].handled_at is None


def test_a_long_list_has_pages_and_asks_as_much_as_a_short_one(
    app: Flask, world: World, browser: Browser, administrator: Browser
) -> None:
    send(browser)
    with counted(app) as few:
        administrator.get(LIST)
    for number in range(PAGE_SIZE + 2):
        send(browser, body=f"Sak {number} är fel.")
    with counted(app) as many:
        first = administrator.get(LIST)
    assert len(few) == len(many)
    assert first.html.count("<article") == PAGE_SIZE
    assert administrator.get(f"{LIST}?page=2").html.count("<article") == 3
    assert administrator.get(f"{LIST}?page=3").status == 404
    last = told(app)[0].id
    back = administrator.post(f"{LIST}/{last}/handled?page=2").location
    assert back == f"{LIST}?page=2#message-{last}"


# ---- forgotten


def handled(app: Flask, days: int | None, email: str = "karin@example.org") -> None:
    with app.app_context():
        now = clock.now()
        session.add(Feedback(
            municipality_id=1, at=now, language="sv", body="x", page="", email=email,
            client_key=f"{days}:{email}", handled_at=now - timedelta(days=days) if days is not None else None,
        ))
        session.commit()


def test_addresses_go_when_messages_have_been_handled_for_half_a_year(app: Flask, world: World) -> None:
    handled(app, 200)
    handled(app, 180)
    handled(app, None)
    said = app.test_cli_runner().invoke(args=["statements", "tidy"])
    assert said.output == "Addresses removed: 1\n"
    assert [found.email for found in told(app)] == [None, "karin@example.org", "karin@example.org"]
    assert app.test_cli_runner().invoke(args=["statements", "tidy"]).output == "Addresses removed: 0\n"


def test_a_worker_forgets_them_too(app: Flask) -> None:
    from citizen.statements.actions import forget_addresses

    assert forget_addresses in app.extensions["citizen.forgetting"]
