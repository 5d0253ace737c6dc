"""One unsafe request, one transaction: kept when it succeeded, gone when it did not."""

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from tests.pages import Browser
from tests.world import World


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return session.query(model).count()


def test_what_a_successful_post_wrote_is_kept(trial_app: Flask, visitor: Browser) -> None:
    assert visitor.post("/sv/trial/written").status == 204
    assert count(trial_app, Mail) == 1


@pytest.mark.parametrize(("ending", "status"), [
    ("400", 400), ("403", 403), ("404", 404), ("422", 422), ("429", 429), ("500", 500),
    ("refused", 422), ("conflict", 409), ("crash", 500),
])
def test_an_action_that_ends_in_an_error_leaves_nothing(
    trial_app: Flask, visitor: Browser, ending: str, status: int
) -> None:
    assert visitor.post(f"/sv/trial/written/{ending}").status == status
    assert count(trial_app, Mail) == 0


@pytest.mark.parametrize(("code", "kept"), [(422, 1), (409, 0), (404, 0), (500, 0)])
def test_what_a_form_that_comes_back_may_keep_is_kept_with_that_answer_alone(
    trial_app: Flask, visitor: Browser, code: int, kept: int
) -> None:
    assert visitor.post(f"/sv/trial/written/kept/{code}").status == code
    assert count(trial_app, Mail) == kept


def test_reading_a_page_never_changes_anything(trial_app: Flask, visitor: Browser) -> None:
    assert visitor.get("/sv/trial/written").status == 204
    assert count(trial_app, Mail) == 0


def test_staff_who_change_something_without_an_audit_row_are_refused(
    trial_app: Flask, world: World
) -> None:
    moderator = Browser(trial_app, user_id=world.moderator)
    assert moderator.post("/sv/trial/silent").status == 500
    assert count(trial_app, Mail) == 0


def test_a_post_that_only_asks_needs_no_audit_row_and_leaves_nothing(trial_app: Flask, world: World) -> None:
    moderator = Browser(trial_app, user_id=world.moderator)
    assert moderator.post("/sv/trial/asked").status == 204
    assert count(trial_app, Mail) == count(trial_app, AuditRow) == 0


def test_an_audit_row_is_kept_with_what_it_tells_of(trial_app: Flask, world: World) -> None:
    moderator = Browser(trial_app, user_id=world.moderator)
    assert moderator.post("/sv/trial/audited").status == 204
    assert count(trial_app, Mail) == count(trial_app, AuditRow) == 1


def test_a_post_without_its_token_changes_nothing(trial_app: Flask, visitor: Browser) -> None:
    assert visitor.post("/sv/trial/written", token=False).status == 400
    assert count(trial_app, Mail) == 0
