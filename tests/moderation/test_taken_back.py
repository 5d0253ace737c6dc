"""An author who has heard of a decision hears that it was taken back."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.base.outbox import Mail
from tests.moderation.test_deciding import decide
from tests.moderation.test_telling_the_author import mails, with_contact
from tests.pages import Browser
from tests.world import World


def sent_since(app: Flask, monkeypatch: pytest.MonkeyPatch, days: int = 1) -> None:
    """The worker has sent what was due, and some days have passed."""
    with app.app_context():
        session.query(Mail).delete()
        session.commit()
    later = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)


@pytest.mark.parametrize(("decision", "language"), [("published", "sv"), ("rejected", "nn")])
def test_a_decision_that_was_told_and_taken_back_is_put_right(
    app: Flask, world: World, moderator: Browser, monkeypatch: pytest.MonkeyPatch, decision: str,
    language: str,
) -> None:
    ref = with_contact(app, world, language=language)
    decide(moderator, ref, decision, reason="attack")
    sent_since(app, monkeypatch)
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    (mail,) = mails(app)
    assert (mail.subject, mail.language) == ("A decision has been taken back", language)
    assert "waits for somebody to look at it again" in mail.body
    assert f"/{language}/receipt/" in mail.body
    assert mail.due_at - mail.created_at == timedelta(minutes=5)


def test_an_idea_that_is_public_again_is_said_to_be(
    app: Flask, world: World, moderator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = with_contact(app, world)
    decide(moderator, ref, "published")
    sent_since(app, monkeypatch)
    decide(moderator, ref, "hidden", version=2, reason="attack")
    sent_since(app, monkeypatch)
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    (mail,) = mails(app)
    assert "Your idea is published." in mail.body


def test_the_next_decision_takes_its_place(
    app: Flask, world: World, moderator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = with_contact(app, world)
    decide(moderator, ref, "rejected", reason="attack")
    sent_since(app, monkeypatch)
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    decide(moderator, ref, "published", version=3)
    assert [mail.subject for mail in mails(app)] == ["Your idea has been published"]
