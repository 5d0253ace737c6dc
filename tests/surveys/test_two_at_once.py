"""Two at once: a double press, and one invitation on two phones."""

import threading

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.surveys.models import Attempt
from citizen.surveys.rules import Level
from tests.pages import Browser
from tests.surveys.samples import a_survey
from tests.surveys.test_answering import ids, page_of, sent, started, through
from tests.surveys.test_invitations import MAJA, counted, invite, link_in, mails, opened
from tests.world import World


def at_once(browsers: list[Browser], address: str, **values: str) -> list[int]:
    """The same form is sent by all in the same moment; gives what they are answered, in order."""
    tokens = [one.get(address).hidden("csrf_token") for one in browsers]
    return pressed_at_once(browsers, tokens, address, **values)


def pressed_at_once(browsers: list[Browser], tokens: list[str], address: str, **values: str) -> list[int]:
    """The same for a button that stands on another page, with each browser's token."""
    ready, answers = threading.Barrier(len(browsers)), list[int]()

    def press(browser: Browser, token: str) -> None:
        ready.wait()
        answers.append(browser.post(address, {"csrf_token": token, **values}).status)

    threads = [threading.Thread(target=press, args=pair) for pair in zip(browsers, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def same_phone(app: Flask, browser: Browser) -> Browser:
    """Another window of a browser."""
    with browser.client.session_transaction() as cookie:
        told = dict(cookie)
    window = Browser(app, language="nn")
    with window.client.session_transaction() as cookie:
        cookie.update(told)
    return window


@pytest.mark.parametrize("level", [Level.NAMED, Level.ANONYMOUS])
def test_an_answer_sent_twice_at_once_is_stored_once_and_both_come_to_its_receipt(
    app: Flask, world: World, level: Level
) -> None:
    ref = a_survey(app, world, level=level)
    resident = Browser(app, language="nn")
    address = through(resident, ref)
    assert at_once([resident, same_phone(app, resident)], address) == [303, 303]
    assert counted(app) == (1, 1, 0)
    with app.app_context():
        assert session.query(Attempt).count() == 0


@pytest.mark.parametrize("level", [Level.NAMED, Level.ANONYMOUS])
def test_two_answers_sent_at_once_by_one_invitation_are_one(
    app: Flask, world: World, facilitator: Browser, level: Level
) -> None:
    ref = a_survey(app, world, level=level)
    invite(facilitator, ref, MAJA)
    link = link_in(mails(app)[MAJA])
    phones = [opened(app, link), opened(app, link)]
    addresses = {through(one, ref) for one in phones}
    assert at_once(phones, addresses.pop()) == [303, 409]
    assert counted(app)[:2] == (1, 1)


def test_an_answer_opened_for_correction_twice_at_once_is_opened_once(app: Flask, world: World) -> None:
    ref = a_survey(app, world)
    resident = Browser(app, language="nn")
    code = sent(resident, ref).rpartition("/")[2]
    windows = [resident, same_phone(app, resident)]
    tokens = [one.get(f"/nn/surveys/receipt/{code}").hidden("csrf_token") for one in windows]
    address = f"/nn/surveys/receipt/{code}/correction"
    assert pressed_at_once(windows, tokens, address) == [303, 303]
    with app.app_context():
        assert session.query(Attempt).count() == 1


def test_of_two_who_add_a_language_at_once_one_is_told(
    app: Flask, world: World, facilitator: Browser, administrator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    editors, address = [facilitator, administrator], f"/nn/surveys/{ref}/translation"
    seen = facilitator.get(address).hidden("version")
    tokens = [one.get(address).hidden("csrf_token") for one in editors]
    told = pressed_at_once(editors, tokens, f"{address}/languages", chosen="nb", version=seen)
    assert told == [303, 409]


def test_a_page_kept_twice_at_once_is_kept_once(app: Flask, world: World) -> None:
    ref, known = a_survey(app, world), ids()
    resident = Browser(app, language="nn")
    started(resident, ref)
    windows = [resident, same_phone(app, resident)]
    assert at_once(windows, page_of(ref), **{known["swims"]: known["swims.yes"]}) == [303, 303]
    with app.app_context():
        assert session.query(Attempt).one().answers == {known["swims"]: {"options": [known["swims.yes"]]}}
