"""What the author hears of a decision, by mail and on the receipt."""

import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base import clock
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.moderation import actions
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.pages import Browser
from tests.world import World


def with_contact(app: Flask, world: World, language: str = "nn", **values: str) -> str:
    ref = an_idea(app, world, **values)
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", language)
        session.commit()
    return ref


def mails(app: Flask) -> list[Mail]:
    with app.app_context():
        found = list(session.scalars(select(Mail).order_by(Mail.id)))
        session.expunge_all()
        return found


@pytest.mark.parametrize(
    ("decision", "subject", "sentence"),
    [
        ("published", "Your idea has been published", "Everyone can read it"),
        ("returned", "Your idea needs a change before it can be published", "send it again"),
        ("rejected", "Your idea will not be published", "will not publish it"),
    ],
)
def test_a_decision_is_told_by_mail_after_a_while(
    app: Flask, world: World, moderator: Browser, decision: str, subject: str, sentence: str
) -> None:
    ref = with_contact(app, world, language="en")
    decide(moderator, ref, decision, reason="personal_data", words="Ta bort «namnet» & nummeret.")
    (mail,) = mails(app)
    assert (mail.receiver, mail.language, mail.subject) == ("kari@example.org", "en", subject)
    assert mail.about == f"decision:{ref}"
    assert mail.due_at - mail.created_at == timedelta(minutes=5)
    assert sentence in mail.body
    assert ref in mail.body
    with app.app_context():
        assert f"http://127.0.0.1:5000/en/receipt/{contributions.receipt_code(ref)}" in mail.body
    if decision != "published":
        assert "Contains personal data" in mail.body
        assert "Ta bort «namnet» & nummeret." in mail.body


def test_a_mail_says_which_municipality_writes(app: Flask, world: World, moderator: Browser) -> None:
    ref = with_contact(app, world)
    decide(moderator, ref, "published")
    (mail,) = mails(app)
    assert "\nElvdal kommune\n" in mail.body


def test_the_receipt_in_the_mail_speaks_the_authors_language(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = with_contact(app, world, language="nb")
    decide(moderator, ref, "published")
    (mail,) = mails(app)
    assert mail.language == "nb"
    assert "/nb/receipt/" in mail.body


def test_an_author_without_an_address_gets_no_mail(app: Flask, world: World, moderator: Browser) -> None:
    decide(moderator, an_idea(app, world), "published")
    assert mails(app) == []


def test_an_undone_decision_takes_its_mail_back(app: Flask, world: World, moderator: Browser) -> None:
    ref = with_contact(app, world)
    decide(moderator, ref, "published")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    assert mails(app) == []


def test_a_later_decision_replaces_what_has_not_been_told_yet(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = with_contact(app, world, language="en")
    decide(moderator, ref, "published")
    decide(moderator, ref, "hidden", version=2, reason="attack")
    assert [mail.subject for mail in mails(app)] == ["Your idea is no longer published"]


def test_the_decision_that_stands_again_is_told_where_it_never_was(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = with_contact(app, world, language="en")
    decide(moderator, ref, "published")
    decide(moderator, ref, "hidden", version=2, reason="attack")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    assert [mail.subject for mail in mails(app)] == ["Your idea has been published"]


def test_what_the_author_has_been_told_is_not_told_again(
    app: Flask, world: World, moderator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = with_contact(app, world)
    decide(moderator, ref, "published")
    with app.app_context():
        session.query(Mail).delete()
        session.commit()
    later = clock.now() + actions.MAIL_WAITS + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    decide(moderator, ref, "hidden", version=2, reason="attack")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    assert mails(app) == []


def test_whoever_withdraws_is_told_nothing_more(app: Flask, world: World, moderator: Browser) -> None:
    ref = with_contact(app, world)
    decide(moderator, ref, "published")
    with app.app_context():
        contributions.withdraw(load(ref))
        session.commit()
    assert mails(app) == []


def test_an_idea_goes_from_the_author_to_the_moderator_and_back(
    app: Flask, world: World, browser: Browser, moderator: Browser
) -> None:
    sent = browser.post(f"/en/ideas/{world.slug}/new", {
        "title": "Gatelys", "body": "Kari i Elvevegen 4 går i mørket.", "municipality": "elvdal",
        "written_in": "nn", "client_key": str(uuid.uuid4()),
    })
    receipt, queue = sent.location, moderator.get("/en/moderation/")
    ref = queue.html.split('value="I-', 1)[1].split(":", 1)[0]
    ref = f"I-{ref}"
    decide(moderator, ref, "returned", reason="personal_data", words="Ta bort namnet og adressa.")

    page = browser.get(receipt)
    for words in ("Returned for changes", "Contains personal data", "Ta bort namnet og adressa."):
        assert words in page.text
    browser.post(receipt, {"title": "Gatelys", "body": "Vi går i mørket."})

    assert "Sent again" in moderator.get("/en/moderation/").text
    page = moderator.get(f"/en/moderation/{ref}")
    assert '<del><span class="hidden">Removed: </span>Kari i Elvevegen 4</del>' in page.html
    assert '<ins><span class="hidden">Added: </span>Vi</ins>' in page.html
    assert "The author sent the idea again" in page.text
    assert "Kari i Elvevegen 4" in page.text
    assert decide(moderator, ref, "published", version=3).status == 303

    page = browser.get(receipt)
    assert "Published" in page.text
    public = browser.get(f"/en/ideas/{world.slug}/{ref}")
    assert "Vi går i mørket." in public.text
    assert "Kari" not in public.text
    assert state_of(app, ref) == ("published", 4)
