"""A candidate's status: within the house, then in public, on receipts and by mail."""

import threading

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions.models import HandlingChange
from citizen.portfolio import queries
from tests.factories import load
from tests.pages import Browser
from tests.portfolio.things import (
    a_candidate,
    a_theme,
    at,
    found,
    make_public,
    place,
    published,
    receipt_of,
    set_status,
    theme_id,
)
from tests.world import World

TITLE = "Trygt å gå til bussen"


def test_a_status_is_changed_within_the_house_and_the_ideas_follow(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    assert set_status(facilitator, world, ref, "planned").status == 303
    with app.app_context():
        candidate = found(world, ref)
        assert candidate.status == "planned"
        assert [(s.before, s.after, s.by, s.public_at) for s in queries.history(candidate.id)] == [
            (None, "candidate", "Fredrik", None), ("candidate", "planned", "Fredrik", None),
        ]
        assert load(idea).handling == "planned"
    assert "Planned" not in browser.get(f"/en/receipt/{receipt_of(app, idea)}").text


@pytest.mark.parametrize("status", ["done", "candidate", "received", "nonsense"])
def test_a_step_that_makes_no_sense_is_refused(
    app: Flask, world: World, facilitator: Browser, status: str
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    assert set_status(facilitator, world, ref, status).status == 422
    with app.app_context():
        assert found(world, ref).status == "candidate"


def test_no_choice_shows_the_page_again(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    page = facilitator.post(at(world, ref, "/status"), {"version": "1"})
    assert page.status == 422
    # Once in the summary and once at the field.
    assert page.text.count("Choose one option") == 2


def test_a_status_made_public_shows_on_the_receipt_and_on_the_ideas_page(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    set_status(facilitator, world, ref, "planned")
    page = facilitator.post(
        at(world, ref, "/publication"),
        {"version": facilitator.get(at(world, ref, "/publication")).hidden("version")}, follow=True,
    )
    assert "1 author sees it." in page.text
    for address in (f"/en/receipt/{receipt_of(app, idea)}", f"/en/ideas/{world.slug}/{idea}"):
        shown = browser.get(address)
        assert f"Planned – {TITLE}" in shown.text
        assert f'<span lang="nn">{TITLE}</span>' in shown.html
        assert "Portfolio candidate" not in shown.text
    with app.app_context():
        change = queries.public_change(found(world, ref).id)
        assert change is not None
        assert change.after == "planned"


def test_before_it_is_public_the_page_says_how_many_will_see_what(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ideas = [published(app, world), published(app, world)]
    ref = a_candidate(app, world, a_theme(app, world, *ideas))
    with app.app_context():
        contributions.leave_contact(load(ideas[0]), "kari@example.org", "nn")
        session.commit()
    page = facilitator.get(at(world, ref, "/publication"))
    assert "2 authors will see it" in page.text
    assert "1 of them has left an e-mail address" in page.text
    assert f"Portfolio candidate – {TITLE}" in page.text


def test_only_ideas_that_are_still_published_are_told(
    app: Flask, world: World, facilitator: Browser
) -> None:
    stays, withdrawn = published(app, world), published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, stays, withdrawn))
    with app.app_context():
        contributions.leave_contact(load(withdrawn), "kari@example.org", "nn")
        contributions.withdraw(load(withdrawn))
        session.commit()
    assert "1 author will see it" in facilitator.get(at(world, ref, "/publication")).text
    make_public(facilitator, world, ref)
    with app.app_context():
        told = session.query(HandlingChange).filter(HandlingChange.public_at.is_not(None)).all()
        assert [change.contribution_id for change in told] == [load(stays).id]
        assert session.query(Mail).count() == 0


def test_authors_who_left_an_address_get_mail_in_their_own_language(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ideas = [published(app, world), published(app, world, language="sv")]
    ref = a_candidate(app, world, a_theme(app, world, *ideas))
    with app.app_context():
        contributions.leave_contact(load(ideas[0]), "kari@example.org", "nn")
        contributions.leave_contact(load(ideas[1]), "sven@example.org", "sv")
        session.commit()
    make_public(facilitator, world, ref)
    with app.app_context():
        mails = session.query(Mail).filter_by(about=f"candidate:{ref}").order_by(Mail.receiver).all()
        assert [(m.receiver, m.language) for m in mails] == [
            ("kari@example.org", "nn"), ("sven@example.org", "sv"),
        ]
        for mail, idea in zip(mails, ideas, strict=True):
            code = contributions.receipt_code(idea)
            assert f"http://127.0.0.1:5000/{mail.language}/receipt/{code}" in mail.body
            assert TITLE in mail.body
            assert "&" not in mail.body
            assert "<" not in mail.body


def test_a_change_within_the_house_sends_no_mail(app: Flask, world: World, facilitator: Browser) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    with app.app_context():
        contributions.leave_contact(load(idea), "kari@example.org", "nn")
        session.commit()
    set_status(facilitator, world, ref, "planned")
    with app.app_context():
        assert session.query(Mail).count() == 0


def test_a_status_is_made_public_once(app: Flask, world: World, facilitator: Browser) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    make_public(facilitator, world, ref)
    assert facilitator.get(at(world, ref, "/publication")).status == 409
    with app.app_context():
        version = found(world, ref).version
    assert facilitator.post(at(world, ref, "/publication"), {"version": str(version)}).status == 409
    with app.app_context():
        assert session.query(HandlingChange).filter(HandlingChange.public_at.is_not(None)).count() == 1


def test_two_who_make_the_same_status_public_at_once_tell_the_authors_once(
    app: Flask, world: World
) -> None:
    idea = published(app, world)
    ref = a_candidate(app, world, a_theme(app, world, idea))
    answers: list[int] = []
    at_once = threading.Barrier(2)

    def send(browser: Browser) -> None:
        version = browser.get(at(world, ref, "/publication")).hidden("version")
        at_once.wait()
        answers.append(browser.post(at(world, ref, "/publication"), {"version": version}).status)

    threads = [threading.Thread(target=send, args=(Browser(app, world.facilitator),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]
    with app.app_context():
        assert session.query(HandlingChange).filter(HandlingChange.public_at.is_not(None)).count() == 1


def test_what_was_confirmed_is_what_becomes_public(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    version = facilitator.get(at(world, ref, "/publication")).hidden("version")
    set_status(facilitator, world, ref, "declined")
    assert facilitator.post(at(world, ref, "/publication"), {"version": version}).status == 409


def test_an_idea_that_comes_in_later_hears_what_the_others_have_been_told(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    first = published(app, world)
    theme = a_theme(app, world, first)
    ref = a_candidate(app, world, theme)
    set_status(facilitator, world, ref, "planned")
    make_public(facilitator, world, ref)
    set_status(facilitator, world, ref, "in_progress")
    late = published(app, world)
    with app.app_context():
        contributions.leave_contact(load(late), "kari@example.org", "nn")
        place(load(late).id, theme_id(theme), world)
        session.commit()
    facilitator.post(at(world, ref, "/refresh"))
    facilitator.post(at(world, ref, "/refresh"))
    for idea in (first, late):
        shown = browser.get(f"/en/receipt/{receipt_of(app, idea)}")
        assert shown.text.count(f"Planned – {TITLE}") == 1
        assert "In progress" not in shown.text
    with app.app_context():
        assert load(late).handling == "in_progress"
        assert session.query(Mail).count() == 1


def test_an_author_who_has_been_told_hears_the_end_of_it_though_the_idea_has_moved_on(
    app: Flask, world: World, facilitator: Browser, browser: Browser
) -> None:
    idea = published(app, world)
    theme = a_theme(app, world, idea, published(app, world))
    ref = a_candidate(app, world, theme)
    make_public(facilitator, world, ref)
    with app.app_context():
        place(load(idea).id, None, world)
        session.commit()
    facilitator.post(at(world, ref, "/refresh"))
    with app.app_context():
        assert load(idea).handling == "received"
    set_status(facilitator, world, ref, "declined")
    make_public(facilitator, world, ref, "Vegen blir bygd om neste år.")
    assert f"Declined – {TITLE}" in browser.get(f"/en/receipt/{receipt_of(app, idea)}").text


def test_every_step_leaves_an_audit_row(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    set_status(facilitator, world, ref, "planned")
    make_public(facilitator, world, ref)
    facilitator.post(at(world, ref, "/refresh"))
    with app.app_context():
        rows = session.query(AuditRow).filter_by(subject=ref, actor_id=world.facilitator)
        assert [row.action for row in rows.order_by(AuditRow.id)] == [
            "portfolio.create", "portfolio.status", "portfolio.publish", "portfolio.refresh",
        ]


def test_the_history_says_who_and_when_and_what_is_public(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_candidate(app, world, a_theme(app, world, published(app, world)))
    make_public(facilitator, world, ref)
    set_status(facilitator, world, ref, "planned")
    page = facilitator.get(at(world, ref))
    assert page.text.count("Fredrik,") == 2
    assert page.text.count("Made public") == 1
    assert "Staff only" in page.text
