"""A second application on the run's database, with views of a test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Blueprint, Flask, abort

from citizen.app import create_app
from citizen.base import access, clock, locale, transaction
from citizen.base.access import Role
from citizen.base.audit import record
from citizen.base.db import db, session
from citizen.base.errors import Conflict, Refused
from citizen.base.outbox import Mail
from tests.conftest import settings_for

# Mail is a table of base that any view may write.
WRITTEN = "somebody@example.org"
DONE = ("", 204)


@contextmanager
def fresh_app(folder: Path, database_url: str, **settings: str) -> Iterator[Flask]:
    """An application with a room of trials beside the real ones; closed afterwards."""
    app = create_app(settings_for(folder, DATABASE_URL=database_url, **settings))
    app.register_blueprint(_trials(), url_prefix=locale.PATH + "/trial")
    yield app
    with app.app_context():
        db.engine.dispose()


def _trials() -> Blueprint:
    rooms = Blueprint("trial", __name__)

    @rooms.get("/undeclared")
    def undeclared() -> str:
        return "anyone could read this"

    @rooms.get("/crash")
    @access.public
    def crash() -> str:
        raise RuntimeError("unforeseen")

    @rooms.get("/written")
    @access.public
    def write_while_reading() -> tuple[str, int]:
        _write()
        return DONE

    @rooms.post("/written")
    @access.public
    def write() -> tuple[str, int]:
        _write()
        return DONE

    @rooms.post("/written/<int:code>")
    @access.public
    def write_and_fail(code: int) -> str:
        _write()
        abort(code)

    @rooms.post("/written/refused")
    @access.public
    def write_and_refuse() -> str:
        _write()
        raise Refused("A rule says no.")

    @rooms.post("/written/conflict")
    @access.public
    def write_and_meet_somebody() -> str:
        _write()
        raise Conflict("Somebody was first.")

    @rooms.post("/written/crash")
    @access.public
    def write_and_crash() -> str:
        _write()
        raise RuntimeError("unforeseen")

    @rooms.post("/written/kept/<int:code>")
    @access.public
    def write_and_keep_anyway(code: int) -> str:
        _write()
        transaction.keep_anyway()
        abort(code)

    @rooms.post("/silent")
    @access.staff(Role.MODERATOR)
    def write_silently() -> tuple[str, int]:
        _write()
        return DONE

    @rooms.post("/asked")
    @access.staff(Role.MODERATOR)
    @transaction.only_asks
    def write_although_only_asked() -> tuple[str, int]:
        _write()
        return DONE

    @rooms.post("/audited")
    @access.staff(Role.MODERATOR)
    def write_audited() -> tuple[str, int]:
        _write()
        record("trial.write", "T-1", access.required_viewer().id)
        return DONE

    return rooms


def _write() -> None:
    now = clock.now()
    session.add(Mail(receiver=WRITTEN, language="sv", subject="s", body="b", about="trial",
                     created_at=now, due_at=now))
    session.flush()
