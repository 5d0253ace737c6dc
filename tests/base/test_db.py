"""How a SQLite database is opened, and moments in time."""

import sqlite3
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from citizen.app import create_app
from citizen.base.db import db, session
from citizen.base.outbox import Mail
from citizen.programmes.models import Partner
from tests.conftest import settings_for

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture
def sqlite(tmp_path: Path):
    """An application on a SQLite file of its own, whatever the run's database is."""
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        upgrade()
        yield tmp_path / "citizen.sqlite"
        session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(("pragma", "value"), [
    ("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 15000), ("synchronous", 2),
])
def test_sqlite_is_opened_to_lose_nothing(sqlite: Path, pragma: str, value: object) -> None:
    assert session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_row_that_points_at_nothing_is_refused(sqlite: Path) -> None:
    session.add(Partner(programme_id=1, municipality_id=1, position=0))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_reader_is_not_kept_waiting_by_a_writer(sqlite: Path) -> None:
    session.add(_mail(NOON))
    session.flush()
    with sqlite3.connect(sqlite, timeout=0) as reader:
        assert reader.execute("SELECT count(*) FROM mail").fetchone() == (0,)
    reader.close()


def test_a_moment_comes_back_as_it_went_in(inside) -> None:
    there = timezone(timedelta(hours=2))
    session.add(_mail(NOON.astimezone(there)))
    session.flush()
    session.expire_all()
    assert session.query(Mail).one().created_at == NOON


def test_a_moment_without_a_zone_is_refused(inside) -> None:
    session.add(_mail(NOON.replace(tzinfo=None)))
    with pytest.raises(StatementError, match="time zone"):
        session.flush()


def _mail(at: datetime) -> Mail:
    return Mail(receiver="a@example.org", language="sv", subject="s", body="b", about="x",
                created_at=at, due_at=at)


def test_what_a_failed_statement_carried_is_in_no_error_and_so_in_no_log(inside) -> None:
    with pytest.raises(DBAPIError) as failed:
        session.execute(text("SELECT a FROM no_table WHERE a = :secret"), {"secret": "maja@example.org"})
    assert "maja@example.org" not in str(failed.value)


def test_a_row_that_is_refused_is_not_told_in_the_error(inside) -> None:
    secret = "@".join(("maja", "example.org"))
    with pytest.raises(IntegrityError) as failed:
        session.execute(text("INSERT INTO mail (receiver) VALUES (:secret)"), {"secret": secret})
    # With all that a log has of it.
    assert secret not in "".join(traceback.format_exception(failed.value))
