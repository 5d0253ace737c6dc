"""What a program trips over and people do not."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from citizen.base import clock, trap


def tripped(app: Flask, **sent: Any) -> bool:
    with app.test_request_context("/", method="POST", data=sent):
        return trap.is_tripped()


def shown(app: Flask, **ago: float) -> str:
    with app.app_context():
        return trap.shown_at(clock.now() - timedelta(**ago))


@pytest.mark.parametrize("ago", [{"seconds": 4}, {"hours": 5}, {"days": 400}])
def test_a_form_is_never_too_old(app: Flask, ago: dict[str, float]) -> None:
    assert not tripped(app, shown=shown(app, **ago))


@pytest.mark.parametrize("ago", [{"seconds": 0}, {"seconds": 1}, {"hours": -1}])
def test_a_form_that_is_back_before_it_was_read_trips(app: Flask, ago: dict[str, float]) -> None:
    assert tripped(app, shown=shown(app, **ago))


def test_a_field_that_nobody_sees_trips_where_it_is_filled_in(app: Flask) -> None:
    opened = shown(app, minutes=1)
    assert tripped(app, shown=opened, homepage="https://klocka.example")
    assert not tripped(app, shown=opened, homepage="")


@pytest.mark.parametrize("value", ["", "x", "1700000000", "MTcwMDAwMDAwMA.abc", "null"])
def test_a_form_that_was_never_shown_trips(app: Flask, value: str) -> None:
    assert tripped(app, shown=value)
    assert tripped(app)


def test_a_form_that_comes_back_says_when_it_was_shown_first(app: Flask) -> None:
    first = shown(app, minutes=1)
    with app.test_request_context("/", method="POST", data={"shown": first}):
        assert trap.form_shown() == first
    with app.test_request_context("/", method="POST", data={"shown": "forged"}):
        assert trap.form_shown() != "forged"
