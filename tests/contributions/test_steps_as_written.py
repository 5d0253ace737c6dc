"""Steps of contributions: whoever touches one by hand is found, with the audit's help."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from citizen.base import audit
from citizen.base.audit import AuditRow
from citizen.base.db import db, session
from citizen.contributions import actions as contributions
from citizen.contributions.models import VisibilityChange
from citizen.contributions.rules import Visibility
from citizen.moderation import actions as moderation
from tests.base.test_audit import by_hand, verify
from tests.factories import an_idea, load
from tests.pages import Browser
from tests.world import World


@pytest.fixture
def decided(app: Flask, world: World) -> tuple[str, list[int]]:
    """An idea that was published, hidden and published again; and the ids of its steps."""
    ref = an_idea(app, world)
    moderator = Browser(app, user_id=world.moderator)
    for version, after in enumerate(("published", "hidden", "published"), 1):
        sent = {"decision": after, "version": str(version), "reason": "attack", "words": "Nei."}
        assert moderator.post(f"/en/moderation/{ref}", sent).status == 303
    with app.app_context():
        steps = session.query(VisibilityChange).filter_by(contribution_id=load(ref).id).all()
        return ref, sorted(step.id for step in steps)


def test_steps_that_were_taken_in_the_program_are_as_written(
    app: Flask, world: World, decided: tuple[str, list[int]]
) -> None:
    an_idea(app, world)
    an_idea(app, world, state="rejected")
    assert verify(app)[0] == 0


@pytest.mark.parametrize("change", [
    "words = 'Ja.'", "reason = 'hate'", "user_id = NULL", "before = 'rejected'",
])
def test_a_step_changed_by_hand_is_named(app: Flask, decided: tuple[str, list[int]], change: str) -> None:
    ref, ids = decided
    with app.app_context():
        by_hand(f"UPDATE visibility_change SET {change} WHERE id = {ids[1]}")
    code, output = verify(app)
    assert code == 1
    assert f"Changed: step {ids[1]} of {ref}" in output


def test_a_step_changed_with_its_digest_is_told_by_the_audit(
    app: Flask, decided: tuple[str, list[int]]
) -> None:
    ref, ids = decided
    with app.app_context():
        by_hand(f"UPDATE visibility_change SET digest = '{'a' * 64}' WHERE id = {ids[2]}")
    output = verify(app)[1]
    assert f"step {ids[2]} of {ref}" in output
    assert "tells of another" in output


def test_a_step_removed_by_hand_is_missed_also_the_last(app: Flask, decided: tuple[str, list[int]]) -> None:
    ref, ids = decided
    with app.app_context():
        by_hand(f"DELETE FROM visibility_change WHERE id = {ids[2]}")
    output = verify(app)[1]
    assert f"Removed: step {ids[2]} of {ref}" in output
    assert f"{ref} is published, and its steps lead to hidden" in output


def test_a_step_inserted_by_hand_is_named(app: Flask, decided: tuple[str, list[int]]) -> None:
    ref, ids = decided
    with app.app_context():
        by_hand("INSERT INTO visibility_change (id, contribution_id, before, after, at) SELECT 999,"
                f" contribution_id, 'published', 'published', at FROM visibility_change WHERE id = {ids[0]}")
    assert f"Inserted: step 999 of {ref}" in verify(app)[1]


def test_an_authors_own_steps_are_chained_without_the_audit(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        contributions.withdraw(load(ref))
        session.commit()
        assert audit.head() is None or audit.head().count == 0
        number = session.query(VisibilityChange).one().id
        by_hand(f"UPDATE visibility_change SET user_id = {world.moderator} WHERE id = {number}")
    assert f"Changed: step {number} of {ref}" in verify(app)[1]


def test_a_decision_taken_back_is_vouched_for_too(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        lot = moderation.decide_lot(
            [load(ref)], {ref: 1}, Visibility.PUBLISHED, user_id=world.moderator
        )
        moderation.undo(load(ref), user_id=world.moderator, expected_version=2)
        session.commit()
        assert lot.decided == [ref]
        seals = [row.details["seal"] for row in session.query(AuditRow).order_by(AuditRow.id)]
        steps = session.query(VisibilityChange).order_by(VisibilityChange.id).all()
        assert seals == [step.digest for step in steps]


def test_residents_ask_for_no_lock_that_staff_hold(app: Flask, world: World, browser: Browser) -> None:
    ref, said = an_idea(app, world, state="published"), list[str]()
    with app.app_context():
        code, engine = contributions.receipt_code(ref), db.engine

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        assert browser.post(f"/nn/receipt/{code}/withdrawal").status == 303
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert any("INSERT INTO visibility_change" in statement for statement in said)
    assert not [statement for statement in said if "audit_" in statement]
