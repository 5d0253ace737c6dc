"""What is kept about contributions is sealed: a row changed by hand is named, what law erases is not."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from citizen.app import create_app
from citizen.base import audit
from citizen.base.db import db, session
from citizen.contributions import actions as contributions
from citizen.contributions import rules
from citizen.contributions.actions import Redacted
from citizen.contributions.models import Seal
from citizen.contributions.queries.proof import steps_not_as_written
from citizen.contributions.queries.seals import not_as_sealed
from citizen.contributions.rules import Handling, Visibility
from citizen.moderation import actions as moderation
from tests.base.test_audit import by_hand, verify
from tests.conftest import settings_for
from tests.factories import an_idea, decide, load
from tests.moderation.test_moving import a_programme
from tests.world import World, build

TABLES = {
    "contribution": ("language", "sv", ""), "text_version": ("body", "Noko anna.", "text 1 of "),
    "visibility_change": ("lot", "L-9", "step "), "redaction": ("removed", "{}", "redaction 2 of "),
    "second_look": ("reason", "threat", "second look "), "appeal": ("words", "Nei.", "appeal "),
    "handling_change": ("after", "done", "step of handling "), "idea_merge": ("user_id", None, "merge "),
    "programme_move": ("taken_out", '{"a": 1}', "move "),
    "official_answer": ("body", "Nei.", "official answer "),
    "deletion_request": ("words", "Nei.", "request for deletion "),
    "internal_note": ("body", "Nei.", "internal note "),
}


@pytest.fixture
def everything(app: Flask, world: World) -> dict[str, str]:
    """Table → reference of an idea that has a row in it."""
    elsewhere = a_programme(app, world, "elvdal", world.norwegian)
    one = an_idea(app, world, state="published", body="Ring Kari på 22 33 44 55.")
    into, moved = (an_idea(app, world, state="published") for _ in range(2))
    proposed, refused = an_idea(app, world), an_idea(app, world, state="rejected")
    with app.app_context():
        idea, by = load(one), world.moderator
        contributions.set_handling([idea.id], Handling.IN_THEME, user_id=by)
        contributions.redact(
            idea, Redacted(1, "Ring", "Ring [fjerna av kommunen].", None, [], {"body": [[5, 25]]}),
            user_id=by, reason="personal_data", expected_version=idea.version,
        )
        contributions.answer(idea, "Ja.", signed="Vegsjefen", user_id=by, expected_version=idea.version)
        contributions.merge(idea, load(into), user_id=by, expected_version=idea.version)
        contributions.ask_deletion(idea, "Slett.")
        moderation.note(idea, "Ring henne.", user_id=by)
        contributions.move(load(moved), elsewhere, world.norwegian, user_id=by,
                           expected_version=load(moved).version, taken_out={})
        contributions.ask_second(load(proposed), Visibility.REJECTED, user_id=by, reason="hate", words=None,
                                 expected_version=1)
        contributions.ask_again(load(refused), "Sjå igjen.")
        session.commit()
    other = {"second_look": proposed, "appeal": refused, "programme_move": moved}
    return {table: other.get(table, one) for table in TABLES}


def said(app: Flask) -> list[str]:
    with app.app_context():
        wrong = (*not_as_sealed(), *steps_not_as_written())
        return [f"{finding.kind.value}: {finding.what}" for finding in wrong]


def which(app: Flask, table: str, ref: str) -> str:
    whose = "id" if table == "contribution" else "contribution_id"
    with app.app_context():
        return f"{whose} = {load(ref).id}"


def test_what_is_written_in_the_program_is_as_sealed(app: Flask, everything: dict[str, str]) -> None:
    assert said(app) == []
    assert verify(app)[0] == 0
    with app.app_context():
        assert {seal.kind for seal in session.query(Seal)} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_changed_by_hand_is_named(
    app: Flask, world: World, everything: dict[str, str], table: str
) -> None:
    column, value, name = TABLES[table]
    ref = everything[table]
    to = world.administrator if value is None else f"'{value}'"
    with app.app_context():
        by_hand(f"UPDATE {table} SET {column} = {to} WHERE {which(app, table, ref)}")
    code, output = verify(app)
    assert code == 1
    assert f"Changed: {name}" in output
    assert ref in output


@pytest.mark.parametrize("table", [
    table for table in TABLES if table not in {"contribution", "visibility_change", "text_version"}
])
def test_a_row_removed_by_hand_is_missed(app: Flask, everything: dict[str, str], table: str) -> None:
    with app.app_context():
        by_hand(f"DELETE FROM {table} WHERE {which(app, table, everything[table])}")
    assert [found for found in said(app) if found.startswith(f"removed: {TABLES[table][2]}")]


def test_a_row_inserted_by_hand_is_named(app: Flask, world: World, everything: dict[str, str]) -> None:
    ref = everything["internal_note"]
    with app.app_context():
        by_hand("INSERT INTO internal_note (id, contribution_id, body, at, user_id)"
                " SELECT 999, contribution_id, 'Nei.', at, user_id FROM internal_note")
    assert said(app) == [f"inserted: internal note 999 of {ref}, or its seal was taken away"]


def test_a_row_removed_with_its_seals_leaves_a_gap(app: Flask, everything: dict[str, str]) -> None:
    ref = everything["official_answer"]
    with app.app_context():
        where = which(app, "official_answer", ref)
        by_hand(f"DELETE FROM official_answer WHERE {where}")
        by_hand(f"DELETE FROM seal WHERE kind = 'official_answer' AND {where}")
    assert any(found.startswith("removed: seals ") and found.endswith(ref) for found in said(app))


def test_a_handling_set_without_a_step_is_named(app: Flask, everything: dict[str, str]) -> None:
    with app.app_context():
        by_hand("UPDATE contribution SET handling = 'done' WHERE handling = 'in_theme'")
    assert said(app) == [
        f"changed: the handling of {everything['handling_change']} is done, and its steps lead to in_theme"
    ]


def test_whoever_makes_a_chain_anew_is_told_of_by_the_audit(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        moderation.note(load(ref), "Ring henne.", user_id=world.moderator)
        session.commit()
        by_hand("UPDATE internal_note SET body = 'Nei.'")
        before, last = session.query(Seal).order_by(Seal.number).all()[-2:]
        table = db.metadata.tables["internal_note"]
        note = dict(session.execute(table.select()).mappings().one())
        last.content = rules.seal_content(last.salt or "", note)
        last.digest = rules.seal_digest(before.digest, last)
        session.commit()
    assert said(app) == [
        f"changed: seal 3 of {ref} or one before it: number 1 of the audit tells of another"
    ]


def test_a_link_vouches_for_what_its_transaction_sealed_and_cannot_be_freed_of_it(
    app: Flask, world: World
) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        moderation.note(load(ref), "Ring henne.", user_id=world.moderator)
        session.commit()
        by_hand("UPDATE audit_link SET seals = NULL")
    assert "Changed: number 1" in verify(app)[1]


def test_words_erased_by_law_look_like_no_tampering_and_cannot_be_tried(app: Flask, world: World) -> None:
    ref = an_idea(app, world, state="published", body="Ring Kari Nordmann i dag om lyset.")
    with app.app_context():
        count = contributions.erase_words(load(ref), lambda text: (text.replace("Kari Nordmann", "[-]"), 1))
        session.commit()
        assert count
        first, second = session.query(Seal).filter_by(kind="text_version").order_by(Seal.number)
        assert (first.salt, first.content != second.content) == (None, True)
        assert second.salt
    assert said(app) == []


def test_words_to_an_author_can_be_erased_from_a_step(app: Flask, world: World) -> None:
    ref = an_idea(app, world, state="rejected")
    with app.app_context():
        step = contributions.undo(load(ref), user_id=world.moderator, expected_version=2)
        session.commit()
        step.words = "Ring [fjerna av kommunen]."
        session.commit()
    assert said(app) == []


def test_what_is_disposed_of_is_not_missed_nor_what_had_gone_into_it(app: Flask, world: World) -> None:
    part, whole = (an_idea(app, world, state="published") for _ in range(2))
    with app.app_context():
        contributions.merge(load(part), load(whole), user_id=world.moderator, expected_version=2)
        moderation.note(load(whole), "Gamal.", user_id=world.moderator)
        session.commit()
        removed = contributions.dispose([load(whole)])
        audit.record("retention.dispose", whole, None)
        session.commit()
        assert removed["idea_merge"] == 1
    assert said(app) == []
    assert verify(app)[0] == 0


def test_a_contribution_that_is_gone_without_a_rule_is_missed(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        moderation.note(load(ref), "Ring henne.", user_id=world.moderator)
        session.commit()
        contributions.dispose([load(ref)])
        session.commit()
    assert said(app) == [f"removed: {ref}, of which number 1 of the audit tells"]


def test_what_a_savepoint_takes_back_is_not_sealed(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        kept = moderation.note(load(ref), "Ein.", user_id=world.moderator).id
        savepoint = session.begin_nested()
        moderation.note(load(ref), "To.", user_id=world.moderator)
        savepoint.rollback()
        session.commit()
        assert [seal.key for seal in session.query(Seal).filter_by(kind="internal_note")] == [kept]
    assert said(app) == []


def test_two_who_write_about_the_same_at_once_make_one_chain(app: Flask, world: World) -> None:
    ref, gate = an_idea(app, world), Barrier(4)
    failed: list[BaseException] = []

    def write(number: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                for turn in range(5):
                    moderation.note(load(ref), f"{number} {turn}", user_id=world.moderator)
                    session.commit()
            except BaseException as error:
                failed.append(error)
            finally:
                session.remove()

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with app.app_context():
        assert session.query(Seal).filter_by(kind="internal_note").count() == 20
    assert verify(app)[0] == 0


def test_what_was_there_before_is_sealed_by_the_migration(tmp_path: Path) -> None:
    old = create_app(settings_for(tmp_path))
    with old.app_context():
        upgrade()
        world = build()
        ref = an_idea(old, world, state="published")
        contributions.set_handling([load(ref).id], Handling.IN_THEME, user_id=world.moderator)
        session.commit()
        session.remove()
        downgrade(revision="0021")
        upgrade()
        assert sorted(seal.kind for seal in session.query(Seal)) == [
            "contribution", "handling_change", "text_version", "visibility_change",
        ]
        assert list(not_as_sealed()) == []
        decide(load(ref), "hidden", world.moderator)
        session.commit()
        assert list(not_as_sealed()) == []
        session.remove()
        db.engine.dispose()
