"""Nothing is left hanging: what came between a step and its undoing, and what has overtaken a question."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.accounts.models import User
from citizen.base import clock
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions.models import DisposedFigure, SecondLook
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.ideas.models import Report, Support
from citizen.moderation import actions, queries
from citizen.moderation.models import QueueItem
from citizen.programmes.actions import change_moderation
from citizen.programmes.models import Programme
from citizen.records.queries.due import due
from citizen.records.rules import Counted, Kind
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_merging import merge, support, supporters, two, unmerge
from tests.moderation.test_moving import a_programme, move, unmove
from tests.moderation.test_telling_the_author import mails, with_contact
from tests.pages import Browser
from tests.records.things import an_old_idea
from tests.world import World


def mode(app: Flask, world: World, which: str) -> None:
    with app.app_context():
        change_moderation(session.get_one(Programme, world.programme), which, 3, user_id=world.administrator)
        session.commit()


def appeal(app: Flask, ref: str) -> None:
    with app.app_context():
        contributions.ask_again(load(ref), "Sjå ein gong til.")
        session.commit()


def withdraw(app: Flask, ref: str) -> None:
    with app.app_context():
        contributions.withdraw(load(ref))
        session.commit()


def report(app: Flask, ref: str, browser: str = "anna") -> None:
    with app.app_context():
        ideas.report(load(ref).id, browser, "attack", "")
        session.commit()


def open_reports(app: Flask) -> int:
    with app.app_context():
        found = select(func.count()).select_from(Report).where(Report.closed_at.is_(None))
        return session.scalar(found) or 0


def waiting(app: Flask, ref: str) -> tuple[str, int, int, int | None] | None:
    """Why, where and on whose desk it waits."""
    with app.app_context():
        item = session.get(QueueItem, load(ref).id)
        return (item.kind, item.municipality_id, item.programme_id, item.assigned_to) if item else None


# ---- moved


def test_what_waits_does_so_where_it_has_been_moved(
    app: Flask, world: World, moderator: Browser
) -> None:
    there = a_programme(app, world, "granby-idag", world.swedish)
    ref = an_idea(app, world)
    moderator.post(f"/en/moderation/{ref}/assignment", {"to": str(world.other_moderator)})
    assert move(moderator, ref, "granby-idag:granby", version=1).status == 303
    # Nobody's: whose desk it lay on may not moderate there.
    assert waiting(app, ref) == ("new", world.swedish, there, None)
    unmove(app, moderator, ref)
    assert waiting(app, ref) == ("new", world.norwegian, world.programme, None)


# ---- reported


def test_what_its_author_withdraws_is_reported_no_longer(app: Flask, world: World) -> None:
    ref = an_idea(app, world, state="published")
    report(app, ref)
    withdraw(app, ref)
    assert open_reports(app) == 0
    with app.app_context():
        assert queries.digests.digest({world.norwegian}, clock.now(), world.moderator).is_empty


def test_a_report_of_what_has_just_been_hidden_waits_for_nobody(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    decide(moderator, ref, "hidden", version=2, reason="attack")
    report(app, ref)
    assert open_reports(app) == 0


def test_a_decision_about_several_closes_reports_and_its_undoing_opens_them(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    report(app, ref)
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    assert open_reports(app) == 1
    lot = moderator.post(
        "/en/moderation/several", {"decision": "rejected", "reason": "off_topic", "chosen": [f"{ref}:3"]}
    ).location.partition("lot=")[2].partition("&")[0]
    assert open_reports(app) == 0
    moderator.post(f"/en/moderation/several/{lot}/undo")
    assert open_reports(app) == 1
    assert state_of(app, ref)[0] == "submitted"


# ---- taken back


def test_several_are_taken_back_but_for_what_has_been_answered_since(
    app: Flask, world: World, moderator: Browser
) -> None:
    refs = [an_idea(app, world) for _ in range(2)]
    chosen = [f"{ref}:1" for ref in refs]
    lot = moderator.post(
        "/en/moderation/several", {"decision": "published", "chosen": chosen}
    ).location.partition("lot=")[2].partition("&")[0]
    with app.app_context():
        actions.answer_officially(load(refs[0]), "Ja.", signed="Teknisk sjef", user_id=world.moderator,
                                  expected_version=2)
        session.commit()
    moderator.post(f"/en/moderation/several/{lot}/undo")
    assert [state_of(app, ref)[0] for ref in refs] == ["published", "submitted"]


def test_a_merge_taken_back_before_anybody_heard_of_it_is_told_to_nobody(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = with_contact(app, world), an_idea(app, world, state="published")
    merge(moderator, one, other, version=1)
    unmerge(moderator, one, state_of(app, one)[1])
    assert state_of(app, one)[0] == "submitted"
    assert mails(app) == []


def test_nobody_takes_back_what_another_one_answered_to_an_appeal_against_them(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "rejected", reason="attack")
    appeal(app, ref)
    values = {"outcome": "published", "version": "2", "words": "Vi tok feil."}
    assert other_moderator.post(f"/en/moderation/{ref}/appeal", values).status == 303
    assert f"/en/moderation/{ref}/undo" not in moderator.get(f"/en/moderation/{ref}").html
    answer = moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    assert answer.status == 422
    assert "You cannot take their answer back." in answer.text
    assert state_of(app, ref)[0] == "published"
    assert other_moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"}).status == 303
    assert state_of(app, ref)[0] == "rejected"


def test_only_where_somebody_looks_afterwards_does_an_undoing_ask_for_it_again(
    app: Flask, world: World, moderator: Browser
) -> None:
    for which, kind in (("flagged", None), ("after", "review")):
        mode(app, world, which)
        ref = an_idea(app, world)
        assert state_of(app, ref)[0] == "published"
        decide(moderator, ref, "hidden", version=2, reason="attack")
        moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
        stands = waiting(app, ref)
        assert (stands[0] if stands else None) == kind


def test_a_mail_that_is_being_sent_cannot_be_taken_back_and_is_put_right(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = with_contact(app, world)
    decide(moderator, ref, "published")
    with app.app_context():
        # The worker has it, and the mail server thinks.
        session.query(Mail).one().attempts = 1
        session.commit()
        with clock.stopped_at(clock.now() + actions.MAIL_WAITS):
            actions.undo(load(ref), user_id=world.moderator, expected_version=2)
            session.commit()
    assert [mail.subject for mail in mails(app)] == ["A decision has been taken back"]


# ---- promised, and on whose desk


def test_what_waits_is_due_as_is_promised_now(
    app: Flask, world: World, moderator: Browser, administrator: Browser
) -> None:
    same = {"title": "Lys langs vegen", "body": "Gatelys trengst ved skulen."}
    refs = [an_idea(app, world, **same), an_idea(app, world, **same), an_idea(app, world)]
    told = an_idea(app, world, state="published")
    report(app, told)
    decide(moderator, refs[2], "returned", reason="attack")
    with app.app_context():
        contributions.resend(load(refs[2]), title="Ny", body="Ny tekst om lys.")
        session.commit()
    values = {"mode": "before", "promise_days": "20"}
    assert administrator.post(f"/en/moderation/modes/{world.slug}", values).status == 303
    with app.app_context():
        items = [session.get_one(QueueItem, load(ref).id) for ref in (*refs, told)]
        since = items[0].since
        assert [item.due_at for item in items[:2]] == [since + timedelta(days=20)] * 2
        assert items[2].due_at == items[2].since
        before = [item.due_at for item in items]
        for ref in (*refs, told):
            actions.refresh(load(ref))
        assert [item.due_at for item in items] == before


def test_what_lies_on_the_desk_of_somebody_who_has_left_lies_on_nobodys(
    app: Flask, world: World, moderator: Browser
) -> None:
    refs = [an_idea(app, world) for _ in range(2)]
    for ref, person in zip(refs, (world.moderator, world.other_moderator), strict=True):
        moderator.post(f"/en/moderation/{ref}/assignment", {"to": str(person)})
    with app.app_context():
        assert actions.clear_desks() == 0
        session.get_one(User, world.other_moderator).active = False
        session.commit()
        assert actions.clear_desks() == 1
        session.commit()
    there = ("new", world.norwegian, world.programme)
    assert [waiting(app, ref) for ref in refs] == [(*there, world.moderator), (*there, None)]


# ---- counted


def test_how_long_an_author_takes_to_correct_a_text_is_no_time_of_ours(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    at = clock.now()
    with app.app_context():
        for hours, take in ((2, "returned"), (240, "again"), (241, "published")):
            idea = load(ref)
            with clock.stopped_at(at + timedelta(hours=hours)):
                if take == "again":
                    contributions.resend(idea, title="Ny", body="Ny tekst om lys.")
                else:
                    actions.decide(idea, Visibility(take), user_id=world.moderator, words="",
                                   reason="off_topic" if take == "returned" else None,
                                   expected_version=idea.version)
            session.commit()
        assert [round(hours) for hours in queries.hours_to_decision(world.programme)] == [2]


def test_what_was_published_as_it_came_has_taken_nobody_any_time_once_it_is_gone(
    app: Flask, world: World
) -> None:
    mode(app, world, "flagged")
    ref = an_idea(app, world)
    with app.app_context():
        contributions.dispose([load(ref)])
        session.commit()
        assert session.query(DisposedFigure).one().hours is None


def test_support_that_has_been_forgotten_stays_counted_whatever_is_merged(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = two(app, world)
    support(app, one, "anna", "bo")
    support(app, other, "bo", "cai")
    with app.app_context():
        ideas.dispose_support([load(one).id, load(other).id])
        session.commit()
        assert session.query(Support).count() == 0
    merge(moderator, one, other)
    assert supporters(app, one, other) == [2, 2]
    support(app, other, "dag")
    unmerge(moderator, one)
    assert supporters(app, one, other) == [2, 3]


def test_an_appeal_that_nobody_waits_for_any_more_is_not_counted_as_waiting(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="rejected")
    appeal(app, ref)
    year = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    with app.app_context():
        assert queries.figures.counted(world.programme, *year).appeals == {"open": 1}
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    with app.app_context():
        assert queries.figures.counted(world.programme, *year).appeals == {}


# ---- kept as long as somebody waits, and no longer


@pytest.mark.parametrize("overtaken", ["appeal", "look", "report"])
def test_what_has_been_overtaken_keeps_nothing_from_going(app: Flask, world: World, overtaken: str) -> None:
    ref = an_old_idea(app, world, state="rejected" if overtaken == "appeal" else "published")
    with app.app_context(), clock.stopped_at(clock.now() - timedelta(days=790)):
        idea = load(ref)
        if overtaken == "appeal":
            contributions.ask_again(idea, None)
        elif overtaken == "look":
            actions.decide(idea, Visibility.HIDDEN, user_id=world.moderator, reason="hate", words="",
                           expected_version=idea.version)
        else:
            ideas.report(idea.id, "anna", "attack", "")
        session.commit()

    def held() -> tuple[int, int]:
        with app.app_context():
            until = clock.today() - timedelta(days=400)
            kind = Kind.IDEA_PUBLISHED if load(ref).visibility == "published" else Kind.IDEA_UNPUBLISHED
            found = due(kind, Counted.LAST_STEP, world.norwegian, until)
            return found.count, found.held

    assert held() == (0, 1)
    with app.app_context(), clock.stopped_at(clock.now() - timedelta(days=780)):
        contributions.withdraw(load(ref))
        session.commit()
        if overtaken == "look":
            assert session.query(SecondLook).one().answered_at is None
    assert held() == (1, 0)
