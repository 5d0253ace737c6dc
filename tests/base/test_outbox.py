"""Mail is written with what causes it, sent once, tried again, and taken back."""

import email
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from citizen.base import clock, outbox
from citizen.base.db import session
from citizen.base.outbox import MOST_ATTEMPTS, Mail
from tests import smtp

START = datetime(2026, 3, 9, 12, tzinfo=UTC)
SENDER = "citizen@granby.example"


def put(**values: Any) -> None:
    outbox.put(**{
        "receiver": "åsa@example.org", "language": "nn", "subject": "Takk! Ideen din er send.",
        "body": "Hei!\nDu kan følgje ideen.", "about": "receipt:I-1", **values,
    })
    session.commit()


def delivered(folder: Path) -> list[EmailMessage]:
    return [email.message_from_bytes(f.read_bytes(), policy=default) for f in sorted(folder.glob("*"))]


@pytest.fixture
def folder(inside: Any, tmp_path: Path) -> Path:
    return tmp_path / "mail"


def deliver(folder: Path) -> int:
    return outbox.deliver(outbox.mailer(f"folder:{folder}"), SENDER)


def test_a_message_is_sent_once_and_whole(folder: Path) -> None:
    put(receiver="asa@example.org")
    assert [deliver(folder), deliver(folder)] == [1, 0]
    [message] = delivered(folder)
    assert (message["To"], message["From"]) == ("asa@example.org", SENDER)
    assert message["Subject"] == "Takk! Ideen din er send."
    assert "Du kan følgje ideen." in message.get_content()
    assert session.query(Mail).count() == 0


def test_a_message_says_which_language_it_is_in(folder: Path) -> None:
    put(receiver="a@example.org", language="nn")
    deliver(folder)
    assert [m["Content-Language"] for m in delivered(folder)] == ["nn"]


def test_several_messages_of_the_same_moment_are_all_kept(folder: Path) -> None:
    with clock.stopped_at(START):
        for number in range(3):
            put(receiver=f"r{number}@example.org")
        assert deliver(folder) == 3
    assert len(delivered(folder)) == 3


def test_mail_of_an_action_that_is_not_kept_is_never_sent(folder: Path) -> None:
    outbox.put(receiver="a@example.org", language="sv", subject="s", body="b", about="x")
    session.rollback()
    assert deliver(folder) == 0


def test_a_message_waits_until_it_is_due(folder: Path) -> None:
    with clock.stopped_at(START):
        put(receiver="a@example.org", wait=timedelta(minutes=5))
        assert deliver(folder) == 0
    with clock.stopped_at(START + timedelta(minutes=6)):
        assert deliver(folder) == 1


def test_mail_about_something_undone_is_gone_and_other_mail_is_not(folder: Path) -> None:
    put(receiver="a@example.org", about="decision:1")
    put(receiver="b@example.org", about="decision:2")
    outbox.take_back("decision:1")
    session.commit()
    assert deliver(folder) == 1
    assert [m["To"] for m in delivered(folder)] == ["b@example.org"]


def test_a_mail_server_gets_what_was_written(inside: Any) -> None:
    with smtp.server() as post:
        put(receiver="asa@example.org")
        assert outbox.deliver(outbox.mailer(f"smtp://127.0.0.1:{post.port}"), SENDER) == 1
    [message] = [email.message_from_bytes(m, policy=default) for m in post.received]
    assert "følgje" in message.get_content()


def test_a_message_that_was_turned_away_is_tried_again_ever_later(inside: Any) -> None:
    now, waits = START, []
    with smtp.server(refusals=3) as post:
        door = outbox.mailer(f"smtp://127.0.0.1:{post.port}")
        with clock.stopped_at(START):
            put(receiver="a@example.org")
        while session.query(Mail).count():
            with clock.stopped_at(now):
                sent = outbox.deliver(door, SENDER)
                again = outbox.deliver(door, SENDER)
            assert again == 0, "tried again before it was due"
            if not sent:
                due = session.query(Mail).one().due_at
                waits.append(due - now)
                now = due
    assert waits == sorted(waits)
    assert len(waits) == 3
    assert len(post.received) == 1


def test_a_message_nobody_takes_is_given_up_but_kept(inside: Any) -> None:
    with clock.stopped_at(START):
        put(receiver="a@example.org")
    now = START
    for _attempt in range(MOST_ATTEMPTS + 3):
        with clock.stopped_at(now):
            assert outbox.deliver(outbox.mailer("smtp://127.0.0.1:1"), SENDER) == 0
        now += timedelta(days=1)
    assert session.query(Mail).one().attempts == MOST_ATTEMPTS


def test_one_address_that_fails_does_not_hold_up_the_next(inside: Any) -> None:
    with smtp.server(refusals=1) as post:
        put(receiver="first@example.org")
        put(receiver="second@example.org")
        outbox.deliver(outbox.mailer(f"smtp://127.0.0.1:{post.port}"), SENDER)
    assert len(post.received) == 1


def test_two_workers_at_once_send_a_message_once(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        for number in range(10):
            put(receiver=f"r{number}@example.org")
    sent: list[int] = []

    def work() -> None:
        with app.app_context():
            sent.append(deliver(tmp_path / "mail"))

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    receivers = [str(m["To"]) for m in delivered(tmp_path / "mail")]
    assert sum(sent) == len(receivers) == len(set(receivers)) == 10


def test_a_message_that_can_be_stopped_says_so_in_its_head(folder: Path) -> None:
    put(receiver="a@example.org", stop_url="https://granby.example/nn/receipt/stop/I-1-X")
    put(receiver="b@example.org")
    deliver(folder)
    heads = {m["To"]: (m["List-Unsubscribe"], m["List-Unsubscribe-Post"]) for m in delivered(folder)}
    assert heads == {
        "a@example.org": ("<https://granby.example/nn/receipt/stop/I-1-X>", "List-Unsubscribe=One-Click"),
        "b@example.org": (None, None),
    }


def test_a_subject_is_one_line_and_no_other_header(folder: Path) -> None:
    put(receiver="a@example.org", subject="Takk!\r\nBcc: b@example.org")
    assert deliver(folder) == 1
    [message] = delivered(folder)
    assert message["Subject"] == "Takk! Bcc: b@example.org"
    assert message["Bcc"] is None


def test_a_message_that_cannot_be_written_stops_no_other(folder: Path) -> None:
    put(receiver="a@example.org\nBcc: b@example.org")
    put(receiver="c@example.org")
    assert deliver(folder) == 1
    assert [message["To"] for message in delivered(folder)] == ["c@example.org"]
    assert [mail.attempts for mail in session.query(Mail)] == [1]


def test_what_could_not_be_sent_is_forgotten_in_the_end(inside: Any) -> None:
    put()
    mail = session.query(Mail).one()
    mail.attempts, mail.due_at = MOST_ATTEMPTS, START
    session.commit()
    for days, left in ((29, 1), (31, 0)):
        with clock.stopped_at(START + timedelta(days=days)):
            outbox.forget_unsent()
        session.commit()
        assert session.query(Mail).count() == left
