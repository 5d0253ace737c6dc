"""Whatever staff, authors and readers do, in whichever order: what is kept holds together after each step."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from citizen.base import proof
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, Merge
from citizen.contributions.rules import Visibility
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea, Report
from citizen.moderation import actions
from citizen.moderation.models import QueueItem
from citizen.programmes.actions import change_moderation
from citizen.programmes.models import Programme
from tests.factories import an_idea, load
from tests.moderation.test_moving import a_programme
from tests.world import World

IDEAS = 3
REASONS = ("off_topic", "hate", "personal_data", "threat")
Deed = Callable[["Walk", Contribution, Contribution, int, int], object]


class Walk:
    """Some ideas, the people around them, and where these may go."""

    def __init__(self, world: World, elsewhere: int, refs: list[str]) -> None:
        self.world, self.elsewhere, self.refs = world, elsewhere, refs
        self.people = (world.moderator, world.other_moderator, world.administrator)
        self.lot = ""

    def take(self, deed: str, one: int, other: int, person: int, choice: int) -> None:
        """Do one thing, as a request does: all of it or nothing."""
        idea, second = load(self.refs[one]), load(self.refs[other])
        try:
            DEEDS[deed](self, idea, second, self.people[person], choice)
            session.commit()
        except (Conflict, Refused, StaleDataError):
            session.rollback()


def _decide(_walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    after = (Visibility.PUBLISHED, Visibility.RETURNED, Visibility.REJECTED, Visibility.HIDDEN)[choice % 4]
    reason = None if after is Visibility.PUBLISHED else REASONS[choice // 4]
    actions.decide(idea, after, user_id=user, reason=reason, words="Ord.", expected_version=idea.version)


def _several(walk: Walk, idea: Contribution, other: Contribution, user: int, choice: int) -> None:
    chosen = sorted({idea, other}, key=lambda one: one.id)
    after = (Visibility.PUBLISHED, Visibility.RETURNED, Visibility.REJECTED)[choice % 3]
    walk.lot = actions.decide_lot(
        chosen, {one.ref: one.version for one in chosen}, after, user_id=user,
        reason=None if after is Visibility.PUBLISHED else "off_topic",
    ).ref


def _undo_several(walk: Walk, idea: Contribution, other: Contribution, user: int, _choice: int) -> None:
    actions.undo_lot(sorted({idea, other}, key=lambda one: one.id), walk.lot, user_id=user)


def _undo(_walk: Walk, idea: Contribution, _other: Contribution, user: int, _choice: int) -> None:
    actions.undo(idea, user_id=user, expected_version=idea.version)


def _look(_walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    look = contribution_queries.newest_look(idea.id)
    if look is None:
        return
    if choice % 3 == 2:
        actions.take_back(look, idea, user_id=user, expected_version=idea.version)
    elif look is contribution_queries.open_look(idea.id):
        answer = (actions.confirm, actions.disagree)[choice % 3]
        answer(look, idea, user_id=user, note="", expected_version=idea.version)


def _redact(_walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    text = contribution_queries.latest_text(idea.id)
    if choice % 4 == 3:
        text = contribution_queries.authors_text(idea.id)
        actions.show_original(idea, text, user_id=user, expected_version=idea.version)
        return
    actions.redact(
        idea, of_version=text.number, photos=(), user_id=user, reason="personal_data", words="",
        texts={"title": text.title or "", "body": text.body[1:] or "-", "place": ""},
        removed={"body": [[0, 1]]}, expected_version=idea.version,
    )


def _anew(_walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    newest = next(reversed(contribution_queries.revisions(idea.id)), None)
    if choice % 4 < 2 or newest is None:
        contributions.revise(idea, title="Ny", body=f"Ny tekst om lys, {choice}.", place=None, photos=())
    elif newest is not contribution_queries.open_revision(idea.id):
        actions.take_revision_answer_back(newest, idea, user_id=user, expected_version=idea.version)
    elif choice % 4 == 2:
        actions.publish_revision(newest, idea, user_id=user, expected_version=idea.version)
    else:
        actions.decline_revision(newest, idea, user_id=user, reason="off_topic", words="",
                                 expected_version=idea.version)


def _appeal(_walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    asked = contribution_queries.appeals(idea.id)
    if choice % 2 == 0:
        contributions.ask_again(idea, "Sjå ein gong til.")
    elif asked and asked[-1] is contribution_queries.open_appeal(idea.id):
        outcome = ("upheld", "published", "returned")[choice % 3]
        actions.answer_appeal(asked[-1], idea, outcome, user_id=user, reason="off_topic", words="Ord.",
                              expected_version=idea.version)
    elif asked:
        actions.take_back_appeal_answer(asked[-1], idea, user_id=user, expected_version=idea.version)


def _author(_walk: Walk, idea: Contribution, _other: Contribution, _user: int, choice: int) -> None:
    if choice == 0:
        contributions.withdraw(idea)
    else:
        contributions.resend(idea, title="Ny", body=f"Ny tekst om lys, {choice}.")


def _reader(_walk: Walk, idea: Contribution, _other: Contribution, _user: int, choice: int) -> None:
    browser = f"b{choice % 5}"
    if choice % 3 == 0 and idea.visibility == Visibility.PUBLISHED:
        ideas.report(idea.id, browser, REASONS[choice % 4], "")
    elif choice % 3 == 1:
        ideas.support_idea(idea.id, browser)
    else:
        ideas.withdraw_support(idea.id, browser)


def _keep(_walk: Walk, idea: Contribution, _other: Contribution, user: int, _choice: int) -> None:
    actions.keep_as_it_is(idea, user_id=user, expected_version=idea.version)


def _merge(_walk: Walk, idea: Contribution, other: Contribution, user: int, choice: int) -> None:
    if choice % 3 == 0:
        actions.unmerge(idea, user_id=user, expected_version=idea.version)
    else:
        actions.merge(idea, other, user_id=user, expected_version=idea.version)


def _move(walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    if choice % 3 == 0:
        actions.unmove(idea, user_id=user, expected_version=idea.version)
    else:
        to = walk.elsewhere if idea.programme_id == walk.world.programme else walk.world.programme
        town = walk.world.swedish if choice % 2 else walk.world.norwegian
        actions.move(idea, to, town, user_id=user, expected_version=idea.version)


def _answer(_walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    if choice % 3 == 0:
        actions.take_answer_back(idea, user_id=user, expected_version=idea.version)
    else:
        actions.answer_officially(idea, "Ja.", signed="Teknisk sjef", user_id=user,
                                  expected_version=idea.version)


def _hands(_walk: Walk, idea: Contribution, _other: Contribution, user: int, choice: int) -> None:
    if choice % 3 == 0:
        actions.claim(idea, user_id=user)
    elif choice % 3 == 1:
        actions.let_go(idea, user_id=user)
    else:
        actions.assign(idea, user, user_id=user)


DEEDS: dict[str, Deed] = {
    "decide": _decide, "several": _several, "undo several": _undo_several, "undo": _undo, "look": _look,
    "redact": _redact, "anew": _anew, "appeal": _appeal, "author": _author, "reader": _reader,
    "keep": _keep, "merge": _merge, "move": _move, "answer": _answer, "hands": _hands,
}
DEED = st.tuples(
    st.sampled_from([*sorted(DEEDS), "decide", "undo", "decide", "undo"]), st.integers(0, IDEAS - 1),
    st.integers(0, IDEAS - 1), st.integers(0, 2), st.integers(0, 15),
)


def begin(app: Flask, world: World, elsewhere: int, mode: str) -> Walk:
    with app.app_context():
        change_moderation(session.get_one(Programme, world.programme), mode, 3, user_id=world.administrator)
        session.commit()
    walk = Walk(world, elsewhere, [an_idea(app, world) for _ in range(IDEAS)])
    with app.app_context():
        for place, ref in enumerate(walk.refs):
            idea = load(ref)
            contributions.leave_contact(idea, "kari@example.org", "nn")
            if place and idea.visibility != Visibility.PUBLISHED:
                # Some are further on their way, so that most of what can be done can be done soon.
                actions.decide(idea, Visibility.PUBLISHED, user_id=world.other_moderator, reason=None,
                               words="", expected_version=idea.version)
        session.commit()
    return walk


@pytest.fixture
def elsewhere(app: Flask, world: World) -> int:
    return a_programme(app, world, "elvdal", world.norwegian, world.swedish)


STEPS = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@STEPS
@given(mode=st.sampled_from(["before", "after", "flagged"]), deeds=st.lists(DEED, min_size=1, max_size=14))
def test_after_each_step_everything_holds_together(
    app: Flask, world: World, elsewhere: int, mode: str, deeds: list[tuple[str, int, int, int, int]]
) -> None:
    walk = begin(app, world, elsewhere, mode)
    with app.app_context():
        for deed in deeds:
            walk.take(*deed)
            for ref in walk.refs:
                holds_together(load(ref), mode)
        assert [finding for look in app.extensions["citizen.proofs"] for finding in look()] == []
        assert list(proof.findings()) == []


def holds_together(idea: Contribution, mode: str) -> None:
    _state(idea)
    _queue(idea, mode)
    _support(idea)
    about = contributions.about_decision(idea.ref)
    assert session.scalar(select(func.count()).where(Mail.about == about)) in (0, 1)


def _state(idea: Contribution) -> None:
    """Its state is where its last step led, and what is public is its newest text."""
    steps = contribution_queries.visibility_history(idea.id)
    assert idea.visibility == (steps[-1].after if steps else "submitted")
    assert [step.before for step in steps] == ["submitted", *(step.after for step in steps[:-1])][:len(steps)]
    is_public = idea.visibility == Visibility.PUBLISHED
    assert (idea.public_version is not None) == is_public
    assert bool(idea.search_text) == is_public
    shown, texts = idea_queries.public_idea(idea.ref), {text.number: text for text in idea.texts}
    public = texts.get(idea.public_version or 0)
    assert (shown and shown.body) == (public and public.body)
    assert public is None or public is contribution_queries.latest_text(idea.id)
    standing = contribution_queries.standing_step(idea.id)
    assert (standing.after if standing else "submitted") == idea.visibility


def _queue(idea: Contribution, mode: str) -> None:
    """It waits if somebody has to look, and where it is; looking again changes nothing about that."""
    item = session.get(QueueItem, idea.id)
    open_ones = [one for one in idea_queries.reports(idea.id) if one.closed_at is None]
    assert not open_ones or idea.visibility in ("submitted", "published")
    if not contribution_queries.waits_for_another(idea.id):
        # What waits for another person is asked of `contribution_queries`, and told of elsewhere.
        newer = contribution_queries.open_revision(idea.id)
        waits = idea.visibility == "submitted" or (idea.visibility == "published" and (open_ones or newer))
        assert item or not waits
        assert item is None or waits or (item.kind == "review" and mode == "after")
    if item is None:
        return
    assert (item.municipality_id, item.programme_id) == (idea.municipality_id, idea.programme_id)
    before = _seen(item)
    again = actions.refresh(idea)
    assert again
    assert _seen(again) == before
    session.rollback()


def _seen(item: QueueItem) -> tuple[Any, ...]:
    return (item.kind, item.since, item.due_at, item.hits, item.words, item.review, item.assigned_to)


def _support(idea: Contribution) -> None:
    """What is counted is what was given, and no idea has gone into itself."""
    assert session.get_one(Idea, idea.id).support_count == idea_queries.supporters(idea.id)
    ways = contribution_queries.merged_with([idea.id]).get(idea.id, [])
    assert idea.id not in ways
    assert len(ways) < IDEAS
    if contribution_queries.standing_merge(idea.id):
        assert session.query(Merge).filter_by(contribution_id=idea.id, undone_at=None).count() == 1


# ---- taking back


WHOLE = st.sampled_from(["decide", "redact", "anew", "several", "merge", "look"])


@STEPS
@given(deeds=st.lists(DEED, max_size=8), last=WHOLE, one=st.integers(0, IDEAS - 1),
       other=st.integers(0, IDEAS - 1), choice=st.integers(0, 15))
def test_a_decision_taken_back_leaves_everything_as_it_was(
    app: Flask, world: World, elsewhere: int, deeds: list[tuple[str, int, int, int, int]], last: str,
    one: int, other: int, choice: int,
) -> None:
    walk = begin(app, world, elsewhere, "before")
    with app.app_context():
        for deed in deeds:
            walk.take(*deed)
        idea = load(walk.refs[one])
        before, newest = _whole(walk), contribution_queries.latest_change(idea.id)
        walk.take(last, one, other, 0, choice)
        step = contribution_queries.latest_change(idea.id)
        if step is None or (newest and newest.id == step.id):
            return
        walk.take("undo", one, other, 0, 0)
        undone = contribution_queries.latest_change(idea.id)
        assert undone
        if undone.undoes_id == step.id:
            assert _whole(walk)[one] == before[one]
            # What else was decided at the same time stands.
            assert last == "several" or _whole(walk) == before


def _whole(walk: Walk) -> list[tuple[Any, ...]]:
    """All that people can see of some ideas."""
    found = []
    for ref in walk.refs:
        idea = load(ref)
        text, item = contribution_queries.latest_text(idea.id), session.get(QueueItem, idea.id)
        look, appeal = contribution_queries.open_look(idea.id), contribution_queries.open_appeal(idea.id)
        open_ones = select(Report.id).where(Report.contribution_id == idea.id, Report.closed_at.is_(None))
        merge = contribution_queries.standing_merge(idea.id)
        newer = contribution_queries.open_revision(idea.id)
        found.append((
            idea.visibility, text.number, idea.public_version, idea.published_at,
            tuple(session.scalars(open_ones.order_by(Report.id))), look and look.id, appeal and appeal.id,
            merge and merge.id, newer and newer.version, session.get_one(Idea, idea.id).support_count,
            item and (item.kind, item.since, item.due_at, item.review),
        ))
    return found
