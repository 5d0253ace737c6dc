"""A case is one municipality's: nothing of another one can be laid into it, read or deleted by it."""

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.records.models import CaseItem, SubjectCase
from citizen.records.rules import Kind
from citizen.surveys.models import Answer, Submission
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.factories import an_idea
from tests.pages import Browser
from tests.records.things import TOWN, a_case, a_rule
from tests.surveys.samples import a_survey, answered, by_code, short
from tests.world import World

CASES = f"/en/records/{TOWN}/cases"
WISH = "Ein stige ned i vatnet."


@pytest.fixture
def case(app: Flask, world: World) -> str:
    return a_case(app, world)


@pytest.fixture
def theirs(app: Flask, world: World) -> int:
    """The number of an answer that somebody gave in the other municipality."""
    ref = a_survey(app, world, level=Level.NAMED)
    answered(app, world, ref, by_code(short()[0], swims=Value(options=("yes",)), wish=Value(text=WISH)),
             municipality_id=world.swedish)
    with app.app_context():
        return session.query(Submission).one().id


def items_of(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(item.kind, item.key) for item in session.query(CaseItem)]


def test_what_another_municipality_keeps_is_not_laid_into_a_case(
    app: Flask, world: World, administrator: Browser, case: str, theirs: int
) -> None:
    idea = an_idea(app, world, municipality_id=world.swedish)
    page = administrator.post(f"{CASES}/{case}/records", {
        "by": "email", "chosen": [f"submission:{theirs}", f"contribution:{idea}"],
    })
    assert page.status == 303
    assert items_of(app) == []


@pytest.mark.parametrize("chosen", [
    "report:" + "9" * 20, "submission:" + "9" * 20, "report:٣", "contribution:I-\0", "contribution:",
    "user:1", "invitation:-1", "feedback:1:2",
])
def test_what_no_search_gives_is_passed_over(
    app: Flask, world: World, administrator: Browser, case: str, chosen: str
) -> None:
    page = administrator.post(f"{CASES}/{case}/records", {"by": "words", "chosen": [chosen]})
    assert page.status == 303
    assert items_of(app) == []
    assert administrator.get(f"{CASES}/{case}").status == 200


def test_what_has_come_to_another_municipality_since_is_not_deleted_there(
    app: Flask, world: World, administrator: Browser, case: str, theirs: int
) -> None:
    a_rule(app, world, Kind.SURVEY_TEXT, on_request=True)
    with app.app_context():
        case_id = session.query(SubjectCase).filter_by(ref=case).one().id
        item = CaseItem(case_id=case_id, kind="submission", key=str(theirs), is_own=True,
                        added_at=clock.now(), added_by=world.administrator)
        session.add(item)
        session.commit()
        number = item.id
    address = f"{CASES}/{case}/records/{number}"
    assert WISH not in administrator.get(address).text
    page = administrator.post(f"{address}/deletion", {"delete-reason": "Ho bad om det."})
    assert page.status == 409
    with app.app_context():
        assert [answer.text for answer in session.query(Answer) if answer.text] == [WISH]
