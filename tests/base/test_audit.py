"""The audit's chain: whole whoever writes at once, and every row another hand has touched is named."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from citizen.app import create_app
from citizen.base import audit, clock, proof
from citizen.base.audit import AuditHead, AuditLink, AuditRow
from citizen.base.chain import BEGINNING, digest
from citizen.base.db import db, session
from citizen.contributions.models import VisibilityChange
from citizen.contributions.rules import step_digest
from tests.conftest import settings_for


def write(*subjects: str) -> None:
    """One transaction for each."""
    for subject in subjects:
        audit.record("trial.write", subject, 7, number=1, why=["ä", None], share=0.1)
        session.commit()


def by_hand(statement: str) -> None:
    session.execute(text(statement))
    session.commit()


def said(*kept: audit.Head) -> list[tuple[str, str]]:
    return [(f.kind.value, f.what) for f in proof.findings(kept)]


@pytest.fixture
def five(inside) -> None:
    write("T-1", "T-2", "T-3", "T-4", "T-5")


def test_each_row_follows_on_the_one_before_and_nothing_is_wrong(five) -> None:
    links = session.query(AuditLink).order_by(AuditLink.number).all()
    assert [link.number for link in links] == [1, 2, 3, 4, 5]
    assert [link.before for link in links] == [BEGINNING, *(link.digest for link in links[:-1])]
    assert audit.head() == audit.Head(5, links[-1].digest)
    assert said() == []


def test_what_is_hashed_is_the_same_before_and_after_the_database_has_had_it() -> None:
    assert digest({"b": (1, 2.5), "a": {3: "ø"}}) == digest({"a": {"3": "ø"}, "b": [1, 2.5]})


@pytest.mark.parametrize("change", [
    "subject = 'T-9'", "actor_id = 8", "actor_id = NULL", "action = 'trial.read'", "details = '{}'",
    "at = '2020-01-01 00:00:00+00:00'",
])
def test_a_row_changed_by_hand_is_named(five, change: str) -> None:
    by_hand(f"UPDATE audit_row SET {change.replace('+00:00', '')} WHERE subject = 'T-3'")
    [(kind, what)] = said()
    assert kind == "changed"
    assert what.startswith("number 3, audit row ")


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_row_removed_by_hand_is_named_also_the_last(five, number: int) -> None:
    by_hand(f"DELETE FROM audit_row WHERE subject = 'T-{number}'")
    [(kind, what)] = said()
    assert (kind, what.split(",")[0]) == ("removed", f"number {number}")


@pytest.mark.parametrize(("number", "named"), [(1, "number 1"), (3, "number 3"), (5, "number 5")])
def test_a_row_removed_with_its_link_is_missed(five, number: int, named: str) -> None:
    by_hand(f"DELETE FROM audit_row WHERE subject = 'T-{number}'")
    by_hand(f"DELETE FROM audit_link WHERE number = {number}")
    assert said() == [("removed", named)]


def test_a_number_given_again_keeps_nobody_from_working_and_the_row_is_missed_still(five) -> None:
    last = session.query(AuditRow).filter_by(subject="T-5").one().id
    by_hand(f"DELETE FROM audit_row WHERE id = {last}")
    # As SQLite does by itself, and PostgreSQL never.
    session.add(AuditRow(id=last, at=clock.now(), action="trial.write", subject="T-6", details={}))
    session.commit()
    write("T-7")
    assert said() == [("removed", f"number 5, audit row {last}")]


def test_several_in_a_row_are_missed_together_and_what_is_written_since_stays_right(five) -> None:
    by_hand("DELETE FROM audit_row WHERE subject IN ('T-4', 'T-5')")
    by_hand("DELETE FROM audit_link WHERE number IN (4, 5)")
    write("T-6")
    assert said() == [("removed", "numbers 4 to 5")]


def test_a_row_inserted_by_hand_is_named(five) -> None:
    by_hand("INSERT INTO audit_row (id, at, actor_id, action, subject, details)"
            " VALUES (99, '2026-03-09 12:00:00.000000', 7, 'trial.write', 'T-3', '{}')")
    write("T-6")
    [(kind, what)] = said()
    assert (kind, what) == ("inserted", "audit row 99 (trial.write T-3, 2026-03-09 12:00:00 UTC, user 7)")


def test_a_row_inserted_with_a_link_behind_the_end_is_named(five) -> None:
    by_hand("INSERT INTO audit_row (id, at, action, subject, details)"
            " VALUES (99, '2026-03-09 12:00:00.000000', 'trial.write', 'T-3', '{}')")
    by_hand(f"INSERT INTO audit_link (number, audit_id, before, digest)"
            f" VALUES (6, 99, '{audit.head().digest}', '{'a' * 64}')")
    assert said() == [("inserted", "number 6, behind the end of the chain")]


def test_a_row_changed_together_with_its_hash_is_named_by_the_next(five) -> None:
    for number in (3, 5):
        row = session.query(AuditRow).filter_by(subject=f"T-{number}").one()
        row.actor_id = 8
        link = session.query(AuditLink).filter_by(number=number).one()
        link.digest = audit.link_digest(number, link.before, row)
    session.commit()
    assert [(kind, what.split(",")[0], what.endswith("with its link")) for kind, what in said()] == [
        ("changed", "number 3", True), ("changed", "number 5", True)
    ]


def rewrite_from(first: int) -> None:
    """What somebody does who knows the program and has the whole database."""
    before = session.query(AuditLink).filter_by(number=first - 1).one().digest
    for link in session.query(AuditLink).filter(AuditLink.number >= first).order_by(AuditLink.number):
        row = session.get_one(AuditRow, link.audit_id)
        row.actor_id, link.before = 8, before
        link.digest = before = audit.link_digest(link.number, before, row)
    session.query(AuditHead).update({"digest": before})
    session.commit()


def test_a_chain_made_anew_with_its_end_is_told_by_a_head_kept_outside_and_by_nothing_else(five) -> None:
    kept = audit.head()
    rewrite_from(4)
    assert said() == []
    [(kind, what)] = said(kept)
    assert kind == "contradicted"
    assert what.startswith("number 5 is not what it was when 5:")


def test_a_chain_cut_short_with_its_end_is_told_by_a_head_kept_outside(five) -> None:
    kept = audit.head()
    by_hand("DELETE FROM audit_row WHERE subject = 'T-5'")
    by_hand("DELETE FROM audit_link WHERE number = 5")
    by_hand("UPDATE audit_head SET count = 4, digest = (SELECT digest FROM audit_link WHERE number = 4)")
    assert said() == []
    assert [kind for kind, _what in said(kept)] == ["contradicted"]


def test_an_end_taken_away_is_missed_and_keeps_nobody_from_working(five) -> None:
    by_hand("DELETE FROM audit_head")
    assert said() == [("removed", "the end of the chain (audit_head)")]
    write("T-6")
    assert audit.head().count == 6
    assert said() == []


def test_what_was_rolled_back_leaves_no_gap(inside) -> None:
    write("T-1")
    audit.record("trial.write", "T-2", 7)
    session.flush()
    session.rollback()
    audit.record("trial.write", "T-3", 7)
    savepoint = session.begin_nested()
    audit.record("trial.write", "T-4", 7)
    session.flush()
    savepoint.rollback()
    with session.begin_nested():
        audit.record("trial.write", "T-5", 7)
    session.commit()
    kept = session.query(AuditRow.subject, AuditLink.number).join(
        AuditLink, AuditLink.audit_id == AuditRow.id).order_by(AuditLink.number).all()
    assert [tuple(row) for row in kept] == [("T-1", 1), ("T-3", 2), ("T-5", 3)]
    assert said() == []


def test_many_at_once_make_one_chain(app: Flask) -> None:
    barrier, failed = Barrier(6), []

    def work(place: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                for turn in range(8):
                    audit.record("trial.write", f"T-{place}-{turn}", place)
                    audit.record("trial.write", f"T-{place}-{turn}-too", place)
                    (session.rollback if turn % 4 == 3 else session.commit)()
            except Exception as error:
                failed.append(error)
            finally:
                session.remove()

    threads = [Thread(target=work, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with app.app_context():
        assert audit.head().count == 6 * 6 * 2
        assert said() == []


# ---- from the terminal


def verify(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["audit", "verify", *arguments])
    return done.exit_code, done.output


def test_the_command_says_that_all_is_well_or_names_what_is_not(app: Flask) -> None:
    with app.app_context():
        write("T-1", "T-2")
        end = str(audit.head())
    code, output = verify(app, "--head", end)
    assert (code, output.splitlines()) == (0, [
        f"End of the chain: {end}", "Ends kept outside the database: 1", "Everything is as it was written.",
    ])
    with app.app_context():
        by_hand("UPDATE audit_row SET subject = 'T-9' WHERE subject = 'T-2'")
    code, output = verify(app)
    assert code == 1
    assert "Changed: number 2, audit row" in output
    assert "Not as written: 1" in output


def test_the_command_refuses_what_is_no_head(app: Flask) -> None:
    code, output = verify(app, "--head", "5:abc")
    assert code == 2
    assert "no count and digest" in output


def test_a_head_that_somebody_has_kept_on_paper_can_be_given(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        write("T-1", "T-2")
    kept = app.test_cli_runner().invoke(args=["audit", "head"]).output
    (tmp_path / "kept.txt").write_text(f"2026-11-27, from the safe\n{kept}")
    with app.app_context():
        rewrite_from(2)
    assert verify(app)[0] == 0
    code, output = verify(app, "--heads", str(tmp_path / "kept.txt"))
    assert code == 1
    assert "Contradicted: number 2" in output


def test_workers_keep_the_end_once_an_hour_where_it_has_moved(app: Flask, tmp_path: Path) -> None:
    noon = clock.now()
    with app.app_context():
        assert not proof.keep_head(tmp_path)
        write("T-1")
        with clock.stopped_at(noon):
            assert (proof.keep_head(tmp_path), proof.keep_head(tmp_path)) == (True, False)
        write("T-2")
        with clock.stopped_at(noon + timedelta(minutes=59)):
            assert not proof.keep_head(tmp_path)
        with clock.stopped_at(noon + timedelta(minutes=61)):
            assert proof.keep_head(tmp_path)
        with clock.stopped_at(noon + timedelta(hours=9)):
            assert not proof.keep_head(tmp_path)
        assert [head.count for head in proof.kept_heads(tmp_path)] == [1, 2]
        assert proof.kept_heads(tmp_path)[-1] == audit.head()


def test_a_worker_keeps_the_end_with_its_other_chores(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        upgrade()
        write("T-1")
        for chore in app.extensions["citizen.forgetting"]:
            chore()
            session.commit()
        assert proof.kept_heads(tmp_path) == [audit.head()]
        # Where it cannot be written, the other chores are done all the same.
        (tmp_path / proof.FILE).unlink()
        (tmp_path / proof.FILE).mkdir()
        app.extensions["citizen.forgetting"][-1]()
        session.remove()
        db.engine.dispose()


def test_a_worker_does_not_take_a_shorter_chain_for_news(inside, tmp_path: Path) -> None:
    noon = clock.now()
    write("T-1", "T-2")
    with clock.stopped_at(noon):
        proof.keep_head(tmp_path)
    by_hand("DELETE FROM audit_row WHERE subject = 'T-2'")
    by_hand("DELETE FROM audit_link WHERE number = 2")
    by_hand("UPDATE audit_head SET count = 1, digest = (SELECT digest FROM audit_link WHERE number = 1)")
    with clock.stopped_at(noon + timedelta(hours=2)):
        assert not proof.keep_head(tmp_path)
    assert [kind for kind, _what in said(*proof.kept_heads(tmp_path))] == ["contradicted"]


def test_what_was_there_before_the_chain_is_chained_by_the_migration(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        upgrade(revision="0012")
        # Without foreign keys: what the rows point at does not matter here.
        with sqlite3.connect(tmp_path / "citizen.sqlite") as old:
            old.executemany(
                "INSERT INTO audit_row (at, actor_id, action, subject, details) VALUES (?, ?, ?, ?, ?)",
                [(f"2026-03-09 12:00:00.{n:06}", n % 3 or None, "trial.write", f"T-{n}",
                  f'{{"å": [{n}, 0.5]}}') for n in range(1234)],
            )
            old.executemany(
                "INSERT INTO visibility_change (contribution_id, before, after, at, words)"
                " VALUES (?, ?, ?, ?, ?)",
                [(n % 7, "submitted", "published", f"2026-03-09 12:00:00.{n:06}", "Så.")
                 for n in range(1100)],
            )
        old.close()
        upgrade()
        assert (audit.head().count, said()) == (1234, [])
        write("T-new")
        assert (audit.head().count, said()) == (1235, [])
        standing: dict[int, str | None] = {}
        for step in session.query(VisibilityChange).order_by(VisibilityChange.id):
            assert step.digest == step_digest(standing.get(step.contribution_id), step)
            standing[step.contribution_id] = step.digest
        session.remove()
        db.engine.dispose()
