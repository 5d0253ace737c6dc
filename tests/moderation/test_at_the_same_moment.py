"""What several people do to the same idea at the same moment: one of them counts, each is told."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Appeal, SecondLook, TextVersion, VisibilityChange
from citizen.ideas.models import Report
from citizen.moderation.models import QueueItem
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_two_at_once import at_once
from tests.pages import Browser
from tests.world import World

# Threads begin together; how they meet differs from round to round.
ROUNDS = 6
Sent = tuple[Browser, str, dict[str, str]]


@pytest.fixture
def author(app: Flask) -> Browser:
    """Somebody with a receipt, and nothing else."""
    return Browser(app)


def steps_of(app: Flask, ref: str) -> list[tuple[str, str]]:
    with app.app_context():
        found = session.query(VisibilityChange).filter_by(contribution_id=load(ref).id)
        return [(step.before, step.after) for step in found.order_by(VisibilityChange.id)]


def holds_together(app: Flask, ref: str) -> None:
    """Every step begins where the one before ended, and the last ends where the idea is."""
    steps, (state, _version) = steps_of(app, ref), state_of(app, ref)
    assert [before for before, _after in steps] == ["submitted", *(after for _before, after in steps[:-1])]
    assert steps[-1][1] == state
    with app.app_context():
        found = load(ref)
        assert (found.public_version is not None) == (state == "published")
        assert bool(found.search_text) == (state == "published")


def post(path: str, **values: str) -> Callable[[Browser], Sent]:
    return lambda browser: (browser, path, values)


def decision(ref: str, after: str, version: int, **values: str) -> Callable[[Browser], Sent]:
    return post(f"/en/moderation/{ref}", decision=after, version=str(version), **values)


def test_an_undoing_and_the_authors_corrected_text_at_once(
    app: Flask, world: World, moderator: Browser, author: Browser
) -> None:
    """Maja takes back that she returned it while its author sends it again: no text is lost."""
    for number in range(ROUNDS):
        ref = an_idea(app, world)
        decide(moderator, ref, "returned", reason="attack", words="Skriv om.")
        statuses = at_once(
            post(f"/en/moderation/{ref}/undo", version="2")(moderator),
            post(f"/en/receipt/{code_of(app, ref)}", title="Ny", body=f"Ny tekst {number}.")(author),
        )
        holds_together(app, ref)
        assert state_of(app, ref)[0] == "submitted"
        with app.app_context():
            texts = [t.body for t in session.query(TextVersion).filter_by(contribution_id=load(ref).id)]
        # Undone first: there is nothing to correct any more. Sent first: the page is too old to undo.
        assert statuses in ([303, 422], [409, 303])
        assert len(texts) == (1 if statuses[0] == 303 else 2)


def test_a_decision_on_the_old_page_and_the_authors_corrected_text_at_once(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, author: Browser
) -> None:
    """Nobody publishes a text that they have not seen."""
    for number in range(ROUNDS):
        ref = an_idea(app, world)
        decide(moderator, ref, "returned", reason="attack", words="Skriv om.")
        # Morten has the page open from before it was returned, and then from before it came again.
        for version in (1, 2):
            statuses = at_once(
                decision(ref, "published", version)(other_moderator),
                post(f"/en/receipt/{code_of(app, ref)}", title="Ny", body=f"Ny tekst {number}.")(author),
            )
            assert statuses[0] in (409, 422)
            assert state_of(app, ref) == ("submitted", 3)
        holds_together(app, ref)


def test_a_decision_and_a_withdrawal_at_once(
    app: Flask, world: World, moderator: Browser, author: Browser
) -> None:
    """Whoever is first, what its author withdraws is withdrawn."""
    for _round in range(ROUNDS):
        ref = an_idea(app, world)
        statuses = at_once(
            decision(ref, "published", 1)(moderator),
            post(f"/en/receipt/{code_of(app, ref)}/withdrawal")(author),
        )
        assert statuses[1] == 303
        assert statuses[0] in (303, 409)
        assert state_of(app, ref)[0] == "withdrawn"
        assert len(steps_of(app, ref)) == (2 if statuses[0] == 303 else 1)
        holds_together(app, ref)


def test_several_are_published_while_one_of_them_is_withdrawn(
    app: Flask, world: World, moderator: Browser, author: Browser
) -> None:
    """The others are published; the withdrawn one is not public, and its moderator hears that it was left."""
    for _round in range(ROUNDS):
        refs = [an_idea(app, world) for _ in range(4)]
        lot: tuple[Browser, str, Any] = (
            moderator, "/en/moderation/several",
            {"decision": "published", "chosen": [f"{ref}:1" for ref in refs]},
        )
        statuses = at_once(lot, post(f"/en/receipt/{code_of(app, refs[2])}/withdrawal")(author))
        assert statuses == [303, 303]
        told = moderator.get("/en/moderation/").text
        states = [state_of(app, ref)[0] for ref in refs]
        assert states == ["published", "published", "withdrawn", "published"]
        for ref in refs:
            holds_together(app, ref)
        was_first = len(steps_of(app, refs[2])) == 1
        assert (f"was skipped: {refs[2]}." in told) == was_first


@pytest.mark.parametrize("answers", [("confirm", "confirm"), ("confirm", "disagree"),
                                     ("disagree", "disagree")])
def test_two_second_persons_at_once(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, administrator: Browser,
    answers: tuple[str, str],
) -> None:
    for _round in range(ROUNDS):
        ref = an_idea(app, world)
        decide(moderator, ref, "rejected", reason="hate")
        path = f"/en/moderation/{ref}/second"
        statuses = at_once(*(
            post(path, answer=answer, version="2", note="Ord.")(browser)
            for browser, answer in zip((other_moderator, administrator), answers, strict=True)
        ))
        assert sorted(statuses) == [303, 409]
        first = statuses.index(303)
        with app.app_context():
            look = session.query(SecondLook).filter_by(contribution_id=load(ref).id).one()
            assert look.second_id == (world.other_moderator, world.administrator)[first]
            assert look.outcome == ("confirmed" if answers[first] == "confirm" else "refused")
        assert state_of(app, ref)[0] == ("rejected" if answers[first] == "confirm" else "submitted")
        assert len(steps_of(app, ref)) == (1 if answers[first] == "confirm" else 0)


def test_a_proposal_taken_back_and_confirmed_at_once(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(ROUNDS):
        ref = an_idea(app, world, state="published")
        decide(moderator, ref, "hidden", version=2, reason="threat")
        version = str(state_of(app, ref)[1])
        statuses = at_once(
            post(f"/en/moderation/{ref}/second/undo", version=version)(moderator),
            post(f"/en/moderation/{ref}/second", answer="confirm", version=version)(other_moderator),
        )
        assert sorted(statuses) == [303, 409]
        assert state_of(app, ref)[0] == ("published" if statuses[0] == 303 else "hidden")
        holds_together(app, ref)


def test_a_proposal_and_a_publication_at_once(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(ROUNDS):
        ref = an_idea(app, world)
        statuses = at_once(
            decision(ref, "rejected", 1, reason="hate", words="Nei.")(moderator),
            decision(ref, "published", 1)(other_moderator),
        )
        assert sorted(statuses) == [303, 409]
        assert state_of(app, ref)[0] == ("submitted" if statuses[0] == 303 else "published")


def test_two_proposals_at_once_are_one(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(ROUNDS):
        ref = an_idea(app, world)
        statuses = at_once(*(
            decision(ref, "rejected", 1, reason="hate", words="Nei.")(browser)
            for browser in (moderator, other_moderator)
        ))
        assert sorted(statuses) == [303, 409]
        with app.app_context():
            assert session.query(SecondLook).filter_by(contribution_id=load(ref).id).count() == 1


def test_an_appeal_sent_twice_at_once_is_one(
    app: Flask, world: World, moderator: Browser, author: Browser
) -> None:
    for number in range(2):
        ref = an_idea(app, world, state="rejected")
        code = code_of(app, ref)
        statuses = at_once(*(
            post(f"/en/receipt/{code}/appeal", words=f"Ord {number}.")(browser)
            for browser in (author, Browser(app), Browser(app))
        ))
        assert statuses == [303, 303, 303]
        with app.app_context():
            assert session.query(Appeal).filter_by(contribution_id=load(ref).id).count() == 1


def test_two_answers_to_an_appeal_at_once(
    app: Flask, world: World, other_moderator: Browser, administrator: Browser, author: Browser
) -> None:
    for _round in range(ROUNDS):
        ref = an_idea(app, world, state="rejected")
        author.post(f"/en/receipt/{code_of(app, ref)}/appeal", {"words": ""})
        path = f"/en/moderation/{ref}/appeal"
        statuses = at_once(
            post(path, outcome="upheld", version="2", words="Det står.")(other_moderator),
            post(path, outcome="published", version="2", words="Vi tok feil.")(administrator),
        )
        assert sorted(statuses) == [303, 409]
        upheld = statuses[0] == 303
        assert state_of(app, ref)[0] == ("rejected" if upheld else "published")
        with app.app_context():
            appeal = session.query(Appeal).filter_by(contribution_id=load(ref).id).one()
            assert appeal.outcome == ("upheld" if upheld else "published")
            assert appeal.answered_by == (world.other_moderator if upheld else world.administrator)
        holds_together(app, ref)


def test_an_appeal_and_an_undoing_at_once(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, author: Browser
) -> None:
    """Asked first or undone first: the idea waits as before, and no appeal is left hanging."""
    for _round in range(ROUNDS):
        ref = an_idea(app, world, state="rejected")
        statuses = at_once(
            post(f"/en/receipt/{code_of(app, ref)}/appeal", words="")(author),
            post(f"/en/moderation/{ref}/undo", version="2")(moderator),
        )
        assert statuses[1] == 303
        assert statuses[0] in (303, 422)
        assert state_of(app, ref)[0] == "submitted"
        assert ref not in other_moderator.get("/en/moderation/second").html


def test_readers_who_report_the_same_at_once_and_a_moderator_who_looks(
    app: Flask, world: World, moderator: Browser
) -> None:
    """No report is lost, and what is still open waits for somebody's eyes."""
    for _round in range(ROUNDS):
        ref = an_idea(app, world, state="published")
        told = post(f"/en/ideas/{world.slug}/{ref}/report", reason="attack")
        statuses = at_once(
            *(told(Browser(app)) for _reader in range(3)),
            post(f"/en/moderation/{ref}/seen", version="2", reports="")(moderator),
        )
        assert statuses == [303] * 4
        with app.app_context():
            found = load(ref)
            reports = session.query(Report).filter_by(contribution_id=found.id).all()
            assert len(reports) == 3
            waits = session.get(QueueItem, found.id) is not None
            assert waits == any(one.closed_at is None for one in reports)
