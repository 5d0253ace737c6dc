"""One application per run on the database asked for; every test begins with it empty."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask_migrate import upgrade

from citizen.app import ROOT, create_app
from citizen.base.db import Base, db, session
from citizen.base.limits import limiter
from citizen.base.settings import Settings
from tests import postgres
from tests.pages import Browser
from tests.world import World, build

# A machine that is busy is not wrong: no test is about time. And the suite says the same of the same code
# each time; to look for what nobody has thought of: pytest --hypothesis-profile searching.
hypothesis.settings.register_profile("sealed", deadline=None, derandomize=True)
hypothesis.settings.register_profile("searching", deadline=None, max_examples=500)
hypothesis.settings.load_profile("sealed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.addoption("--every-view", action="store_true",
                     help="look at every page in every language, width and colour scheme")


def pytest_configure(config: pytest.Config) -> None:
    # A killed runner must not leave its servers behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('--database')}"


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.config.getoption("--database") == "postgresql":
        with postgres.server() as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.sqlite'}"


def settings_for(folder: Path, **more: str) -> Settings:
    return Settings.from_environment(
        {"CITIZEN_DATA_FOLDER": str(folder), "CITIZEN_SECRET_KEY": "only-for-tests-" * 4, **more}
    )


@pytest.fixture(scope="session")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(settings_for(tmp_path_factory.mktemp("data"), DATABASE_URL=database_url))
    # Tests read the source strings on pages of every language; what each language says is checked
    # by `make check` and seen by the browser tests.
    app.extensions["babel"].translation_directories.clear()
    with app.app_context():
        upgrade(str(ROOT / "citizen" / "migrations"))
        session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _empty_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "app" not in request.fixturenames:
        return
    app: Flask = request.getfixturevalue("app")
    limiter.reset()
    with app.app_context():
        session.rollback()
        connection = session.connection()
        # Rows point at others of their own table and across; SQLite looks at them one by one.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        if connection.dialect.name == "postgresql":
            # Numbers begin at one again, as they do on SQLite; quicker than TRUNCATE by far.
            connection.exec_driver_sql(
                "SELECT setval(format('%%I', sequencename)::regclass, 1, false) FROM pg_sequences"
                " WHERE schemaname = current_schema()"
            )
        session.commit()


@pytest.fixture
def world(app: Flask) -> World:
    """Two municipalities, one programme, and the people who work there."""
    with app.app_context():
        return build()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Somebody who is not signed in. Every page fetched is checked."""
    return Browser(app)


@pytest.fixture
def moderator(app: Flask, world: World) -> Browser:
    return Browser(app, user_id=world.moderator)


@pytest.fixture
def other_moderator(app: Flask, world: World) -> Browser:
    return Browser(app, user_id=world.other_moderator)


@pytest.fixture
def facilitator(app: Flask, world: World) -> Browser:
    return Browser(app, user_id=world.facilitator)


@pytest.fixture
def administrator(app: Flask, world: World) -> Browser:
    return Browser(app, user_id=world.administrator)


@pytest.fixture
def stranger(app: Flask, world: World) -> Browser:
    """Staff of another municipality, with every role there."""
    return Browser(app, user_id=world.stranger)


@pytest.fixture
def inside(app: Flask) -> Iterator[Any]:
    """The application's context, for calling actions and queries directly."""
    with app.app_context():
        yield session
