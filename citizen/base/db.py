"""The database: typed base class, session, column types and how each engine is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from flask import g, has_app_context, has_request_context, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, CursorResult, DateTime, Dialect, Engine, MetaData, String, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy.types import TypeDecorator

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Utc(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite forgets the zone, this gives it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Parent of every table. The naming convention lets SQLite change constraints later."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: Utc,
        str: String,
        dict[str, str]: JSON,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    }


db = SQLAlchemy(metadata=Base.metadata)


def _render(kind: str, column_type: Any, _context: Any) -> str | bool:
    """Migrations name plain types, so that they outlive ours."""
    if kind == "type" and isinstance(column_type, Utc):
        return "sa.DateTime(timezone=True)"
    return False


migrate = Migrate(
    directory=str(Path(__file__).parent.parent / "migrations"),
    compare_type=True, render_as_batch=True, render_item=_render,
)
session = cast(scoped_session[Session], db.session)


def rows_of(result: Any) -> int:
    """How many rows a statement changed."""
    return int(result.rowcount) if isinstance(result, CursorResult) else 0


@contextmanager
def only_reading() -> Iterator[None]:
    """Context for long reads within a post: nobody who writes has to wait for them.

    What was pending before is given up, and so is what the context itself would write.
    """
    session.rollback()
    g.only_reads = True
    try:
        yield
    finally:
        session.rollback()
        g.only_reads = False


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # The driver's own transaction handling would postpone BEGIN; _begin_sqlite says it instead.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        # An acknowledged idea survives a power cut.
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "handle_error")
def _tell_no_values(context: ExceptionContext) -> None:
    """PostgreSQL adds the row that it refuses to what it says; what residents write stands in no log."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (error.args[0].partition("\nDETAIL:")[0], *error.args[1:])


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """A reader never waits; a writer takes its place at once instead of failing half-way."""
    if connection.dialect.name != "sqlite":
        return
    safe = has_request_context() and request.method in SAFE_METHODS
    only_reads = safe or (has_app_context() and g.get("only_reads", False))
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
