"""Results: live for staff, for everybody when chosen, and never about a person."""

import json
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.surveys import actions
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.pages import Browser
from tests.queries import counted
from tests.surveys.samples import a_survey, answered, by_code, load, short, travel
from tests.world import World

DOCUMENT = short()[0]
SWIMS, OFTEN, WISH = DOCUMENT.questions
YES = by_code(DOCUMENT, swims=Value(options=("yes",)), often=Value(number=Decimal(12)),
              wish=Value(text="Ein stige ned i vatnet."))
NO = by_code(DOCUMENT, swims=Value(options=("no",)))


def with_answers(app: Flask, world: World, *people: tuple[dict[str, Value], int], **settings: Any) -> str:
    """A survey that so many have answered so; all of it counted, and told of where that is public."""
    ref = a_survey(app, world, **{"level": Level.CONFIDENTIAL, "results": "live", **settings})
    add(app, world, ref, *people)
    return ref


def add(app: Flask, world: World, ref: str, *people: tuple[dict[str, Value], int]) -> None:
    for answers, count in people:
        for _ in range(count):
            answered(app, world, ref, answers)
    with app.app_context():
        actions.count_arrivals(load(ref))
        session.commit()


def test_staff_see_figures_at_once(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    answered(app, world, ref, YES)
    page = facilitator.get(f"/nn/surveys/{ref}/figures")
    assert "1 answer has been received." in page.text
    assert "Most common: Ja , 1 of 1 (100" in page.text


def test_staff_see_no_figure_about_few_of_a_survey_that_is_not_named(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = with_answers(app, world, (YES, 7), (NO, 2))
    page = facilitator.get(f"/nn/surveys/{ref}/figures")
    assert "9 answers have been received." in page.text
    assert page.text.count("Figures are hidden where they could tell of fewer than 5 people.") == 1
    assert "Most common: Ja" not in page.text
    few = facilitator.get(f"/nn/surveys/{ref}/figures?language=nn&channel=link&rows=q2.1&columns=q2.1")
    assert "Fewer than 5" not in few.text


def test_a_filter_that_leaves_few_shows_nothing(app: Flask, world: World, facilitator: Browser) -> None:
    ref = with_answers(app, world, (YES, 8))
    answered(app, world, ref, NO, language="sv", sector="academia", municipality_id=world.swedish)
    with app.app_context():
        actions.count_arrivals(load(ref))
        session.commit()
    for asked in ("language=sv", "sector=academia", f"municipality_id={world.swedish}"):
        page = facilitator.get(f"/sv/surveys/{ref}/figures?{asked}")
        assert "Fewer than 5 answers fit. Figures are not shown." in page.text
    assert "8 answers have been received." in facilitator.get(f"/sv/surveys/{ref}/figures?sector=-").text


def test_two_questions_are_held_against_each_other(app: Flask, world: World, facilitator: Browser) -> None:
    document = travel()[0]
    ref = a_survey(app, world, travel(), level=Level.CONFIDENTIAL)
    kinds = [("bus", "1", 6), ("bus", "5", 7), ("car", "1", 5), ("car", "5", 8), ("foot", "5", 5)]
    for way, ease, count in kinds:
        for _ in range(count):
            answered(app, world, ref, by_code(
                document, travel=Value(options=(way,)), ease=Value(options=(ease,))))
    rows, columns = (q.id for q in document.questions[:2])
    page = facilitator.get(f"/nn/surveys/{ref}/figures?rows={rows}.1&columns={columns}.1")
    table = page.html.split('id="crossed"')[1].split("</table>")[0]
    assert [n in table for n in ("55", "45", "hidden")] == [True, True, False]
    answered(app, world, ref, by_code(document, travel=Value(options=("foot",)), ease=Value(options=("1",))))
    page = facilitator.get(f"/nn/surveys/{ref}/figures?rows={rows}.1&columns={columns}.1")
    assert "hidden" in page.html.split('id="crossed"')[1].split("</table>")[0]


@pytest.mark.parametrize(("settings", "words"), [
    ({"results": "never"}, "are not published here"),
    ({"results": "afterwards"}, "when the survey has closed"),
    ({"results": "live"}, "after at least 5 people have answered"),
])
def test_everybody_is_told_when_there_is_nothing_to_see(
    app: Flask, world: World, browser: Browser, settings: dict[str, str], words: str
) -> None:
    ref = with_answers(app, world, (YES, 4), **settings)
    assert words in browser.get(f"/nn/surveys/{ref}/results").text
    told = json.loads(browser.get(f"/nn/surveys/{ref}/results.json").response.get_data())
    assert (told["questions"], told["submissions"]) == ({}, None)


def test_everybody_sees_batches_and_nothing_between(app: Flask, world: World, browser: Browser) -> None:
    ref = with_answers(app, world, (YES, 6), (NO, 5))
    first = browser.get(f"/nn/surveys/{ref}/results").text
    assert "made of 11 answers" in first
    add(app, world, ref, (NO, 4))
    assert browser.get(f"/nn/surveys/{ref}/results").text == first
    add(app, world, ref, (NO, 1))
    assert "made of 16 answers" in browser.get(f"/nn/surveys/{ref}/results").text


def test_the_results_lead_to_the_survey_they_are_of(app: Flask, world: World, browser: Browser) -> None:
    ref = a_survey(app, world, results="live")
    html = browser.get(f"/nn/surveys/{ref}/results").html
    assert f'<a href="/nn/surveys/{ref}" lang="nn">Badeplassen</a>' in html


def test_the_program_interface_tells_the_same_as_the_page(app: Flask, world: World, browser: Browser) -> None:
    ref = with_answers(app, world, (YES, 6), (NO, 2), ({}, 9))
    told = json.loads(browser.get(f"/nn/surveys/{ref}/results.json").response.get_data())
    line = told["questions"][f"{SWIMS.id}.1"]["lines"][0]
    assert sorted(str(count) for _option, count in line["cells"]) == ["0", "9", "None", "None"]
    assert told["questions"].keys() == {f"{SWIMS.id}.1"}
    assert told["hidden"] == "A figure is null where it could tell of fewer than 5 people."
    page = browser.get(f"/nn/surveys/{ref}/results")
    assert "Figures are hidden where they could tell of fewer than 5 people." in page.text


def test_results_come_when_the_survey_has_closed(app: Flask, world: World, browser: Browser) -> None:
    ref = with_answers(app, world, (YES, 6), (NO, 5), results="afterwards")
    with app.app_context():
        survey = load(ref)
        survey.participation_key, survey.closed_at = None, clock.now()
        actions.count_arrivals(survey)
        session.commit()
    assert "made of 11 answers" in browser.get(f"/nn/surveys/{ref}/results").text


def test_only_published_texts_are_read_by_everybody(
    app: Flask, world: World, browser: Browser, facilitator: Browser
) -> None:
    ref = with_answers(app, world, (YES, 6), (NO, 5))
    address = f"/nn/surveys/{ref}/results/{WISH.id}"
    assert "0 answers have been published." in browser.get(address).text
    with app.app_context():
        first = session.query(Contribution).order_by(Contribution.id).first()
        assert first is not None
        first.visibility, first.public_version, first.published_at = "published", 1, clock.now()
        session.commit()
    assert browser.get(address).text.count("Ein stige") == 1
    assert "Read 1 published answer" in browser.get(f"/nn/surveys/{ref}/results").text
    staff = facilitator.get(f"/nn/surveys/{ref}/figures/{WISH.id}")
    assert (staff.text.count("Ein stige"), staff.text.count("Under review")) == (6, 5)
    assert browser.get(f"/nn/surveys/{ref}/results/{SWIMS.id}").status == 404


def test_staff_read_other_texts_one_page_at_a_time(app: Flask, world: World, facilitator: Browser) -> None:
    document = travel()[0]
    ref = a_survey(app, world, travel(), level=Level.CONFIDENTIAL)
    for number in range(21):
        answered(app, world, ref, by_code(document, travel=Value(
            options=("other",), others={"other": f"Båt {number:02}"})))
    address = f"/nn/surveys/{ref}/figures/{document.questions[0].id}"
    assert "Båt 19" in facilitator.get(address).text
    assert "Båt 20" not in facilitator.get(address).text
    assert "Båt 20" in facilitator.get(f"{address}?page=2").text


def test_results_for_staff_are_closed_to_others(app: Flask, world: World, stranger: Browser) -> None:
    ref = a_survey(app, world)
    for path in ("figures", f"figures/{WISH.id}"):
        assert stranger.get(f"/nn/surveys/{ref}/{path}").status == 404


def test_a_page_asks_the_database_the_same_however_many_answered(
    app: Flask, world: World, browser: Browser, facilitator: Browser
) -> None:
    ref = with_answers(app, world, (YES, 6), (NO, 5))
    found = []
    for more in (0, 20):
        add(app, world, ref, (YES, more))
        for reader, path in ((browser, "results"), (facilitator, "figures"),
                             (facilitator, f"figures/{WISH.id}")):
            with counted(app) as asked:
                reader.get(f"/nn/surveys/{ref}/{path}")
            found.append(len(asked))
    assert found[:3] == found[3:]


def test_a_version_can_be_chosen_as_soon_as_it_has_an_answer(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = with_answers(app, world, (YES, 6))
    assert '<option value="2">' not in facilitator.get(f"/nn/surveys/{ref}/figures").html
    with app.app_context():
        actions.publish(load(ref), user_id=world.facilitator)
        session.commit()
    answered(app, world, ref, YES)
    assert '<option value="2">' in facilitator.get(f"/nn/surveys/{ref}/figures").html


def test_when_a_survey_has_closed_nothing_is_promised_for_later(
    app: Flask, world: World, browser: Browser, facilitator: Browser
) -> None:
    ref = with_answers(app, world, (YES, 6), (NO, 5))
    path = f"/en/surveys/{ref}/results"
    assert "They change only when" in browser.get(path).text
    facilitator.post(f"/en/surveys/{ref}/closing", {"sure": "1"})
    assert "They change only when" not in browser.get(path).text
    assert "nothing to link to" in facilitator.get(f"/en/surveys/{ref}/links").text
    assert "is answered here" not in facilitator.get(f"/en/surveys/{ref}/publication").text
