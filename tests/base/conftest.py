from collections.abc import Iterator

import pytest
from flask import Flask

from tests.fresh import fresh_app
from tests.pages import Browser


@pytest.fixture(scope="session")
def trial_app(
    app: Flask, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application with views of our own; tables are emptied after each test as always."""
    with fresh_app(tmp_path_factory.mktemp("trial"), database_url) as found:
        yield found


@pytest.fixture
def visitor(trial_app: Flask) -> Browser:
    """Somebody not signed in, on that application."""
    return Browser(trial_app)
