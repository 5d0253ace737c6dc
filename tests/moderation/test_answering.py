"""The municipality answers an idea in public, in versions that can be taken back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions.models import OfficialAnswer
from citizen.moderation import actions
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_merging import merge
from tests.moderation.test_telling_the_author import mails
from tests.pages import Browser, Page
from tests.world import World


def answer(app: Flask, who: Browser, ref: str, body: str = "Lysa kjem i haust.", **values: str) -> Page:
    return who.post(f"/en/moderation/{ref}/answer", {
        "body": body, "signed": "Vegsjefen", "version": str(state_of(app, ref)[1]), **values,
    })


def undo(app: Flask, who: Browser, ref: str) -> Page:
    return who.post(f"/en/moderation/{ref}/answer/undo", {"version": str(state_of(app, ref)[1])})


def with_contact(app: Flask, ref: str, email: str = "kari@example.org") -> None:
    with app.app_context():
        contributions.leave_contact(load(ref), email, "en")
        session.commit()


def test_everyone_reads_it_under_the_idea_and_the_author_on_the_receipt(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    assert answer(app, moderator, ref).status == 303
    with app.app_context():
        receipt = f"/en/receipt/{contributions.receipt_code(ref)}"
    for page in (browser.get(f"/en/ideas/{world.slug}/{ref}"), browser.get(receipt)):
        assert "Official response" in page.text
        assert "Lysa kjem i haust." in page.text
        assert "Vegsjefen" in page.text
        assert "Maja" not in page.text
    assert "Version 1 by Maja" in moderator.get(f"/en/moderation/{ref}").text


def test_a_new_version_takes_the_place_of_the_one_before_and_gives_it_back(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    answer(app, moderator, ref)
    assert "Lysa kjem i haust." in moderator.get(f"/en/moderation/{ref}/answer").text
    answer(app, moderator, ref, "Lysa kjem til våren.")
    page = browser.get(f"/en/ideas/{world.slug}/{ref}")
    assert "til våren" in page.text
    assert "i haust" not in page.text
    undo(app, moderator, ref)
    assert "i haust" in browser.get(f"/en/ideas/{world.slug}/{ref}").text
    undo(app, moderator, ref)
    assert "Official response" not in browser.get(f"/en/ideas/{world.slug}/{ref}").text
    assert undo(app, moderator, ref).status == 409
    answer(app, moderator, ref, "No kjem dei.")
    assert "Version 3 by Maja" in moderator.get(f"/en/moderation/{ref}").text


def test_the_author_and_those_of_merged_ideas_get_it_by_mail(
    app: Flask, world: World, moderator: Browser
) -> None:
    one = an_idea(app, world, state="published")
    ref = an_idea(app, world, title="Lys i parken", state="published")
    merge(moderator, one, ref)
    with_contact(app, ref)
    with_contact(app, one, "ola@example.org")
    answer(app, moderator, ref)
    told = mails(app)
    assert {mail.receiver for mail in told} == {"kari@example.org", "ola@example.org"}
    for mail in told:
        assert mail.subject == "The municipality has answered you"
        assert "Lysa kjem i haust." in mail.body
        assert "Vegsjefen" in mail.body
        assert mail.due_at - mail.created_at == actions.MAIL_WAITS
    hers, his = (next(m.body for m in told if m.receiver == f"{who}@example.org") for who in ("kari", "ola"))
    assert "The municipality has answered your idea:" in hers
    assert one in his
    assert "has answered the idea that yours was merged with: Lys i parken" in his
    assert "your idea:\n\nLysa" not in his


def test_a_version_corrected_at_once_is_all_the_author_gets(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    with_contact(app, ref)
    answer(app, moderator, ref, "Lysa kjem i haut.")
    answer(app, moderator, ref)
    (mail,) = mails(app)
    assert "The municipality has answered your idea:" in mail.body
    assert "i haust." in mail.body
    undo(app, moderator, ref)
    (mail,) = mails(app)
    assert "i haut." in mail.body
    undo(app, moderator, ref)
    assert mails(app) == []


def test_what_the_author_has_read_is_taken_back_with_a_word(
    app: Flask, world: World, moderator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = an_idea(app, world, state="published")
    with_contact(app, ref)
    answer(app, moderator, ref)
    with app.app_context():
        session.query(Mail).delete()
        session.commit()
    later = clock.now() + actions.MAIL_WAITS + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    undo(app, moderator, ref)
    (mail,) = mails(app)
    assert "has taken back its answer" in mail.body


@pytest.mark.parametrize("missing", ["body", "signed"])
def test_an_answer_without_words_or_role_comes_back_with_what_was_typed(
    app: Flask, world: World, moderator: Browser, missing: str
) -> None:
    ref = an_idea(app, world, state="published")
    page = answer(app, moderator, ref, **{"body": "Ord som står.", missing: ""})
    assert page.status == 422
    assert ("Ord som står." in page.text) == (missing == "signed")
    assert "Error:" in page.title


def test_only_what_is_published_is_answered_and_no_word_is_lost(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    assert answer(app, moderator, an_idea(app, world)).status == 422
    ref = an_idea(app, world, state="published")
    decide(other_moderator, ref, "hidden", version=2, reason="hate")
    page = answer(app, moderator, ref, "Eit langt svar.", version="2")
    assert page.status == 409
    assert "Eit langt svar." in page.text
    assert "Official response" not in moderator.get(f"/en/moderation/{ref}").text
    with app.app_context():
        assert session.query(OfficialAnswer).count() == 0


def test_an_old_page_keeps_the_words_and_can_be_sent_again(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    answer(app, other_moderator, ref, "Mortens svar.")
    page = answer(app, moderator, ref, "Majas svar.", version="2")
    assert page.status == 409
    assert "Majas svar." in page.text
    assert answer(app, moderator, ref, "Majas svar.", version=page.hidden("version")).status == 303


def test_only_its_own_moderators_answer_and_each_answer_leaves_a_row(
    app: Flask, world: World, moderator: Browser, stranger: Browser, facilitator: Browser,
    administrator: Browser,
) -> None:
    ref = an_idea(app, world, state="published")
    assert answer(app, stranger, ref).status == 404
    assert answer(app, facilitator, ref).status == 403
    assert answer(app, administrator, ref).status == 403
    answer(app, moderator, ref)
    undo(app, moderator, ref)
    with app.app_context():
        rows = session.scalars(select(AuditRow).where(AuditRow.subject == ref).order_by(AuditRow.id))
        assert [(row.action, row.details) for row in rows] == [
            ("moderation.answer", {"number": 1}), ("moderation.unanswer", {"number": 1}),
        ]


def test_whoever_decides_on_an_old_page_is_not_told_that_it_was_themselves(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    answer(app, other_moderator, ref)
    page = decide(moderator, ref, "hidden", version=2, reason="hate", words="Majas ord.")
    assert page.status == 409
    assert "Somebody else was first" in page.title
    assert "published the idea" not in page.text
    assert "Majas ord." in page.text
