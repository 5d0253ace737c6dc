"""Editors make, run and copy surveys; strangers never see that there are any."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.surveys import actions, queries
from citizen.surveys.models import Survey
from citizen.surveys.rules import Level, Shown
from citizen.surveys.rules.document import asked
from citizen.surveys.rules.inviting import Invitee
from tests.pages import Browser
from tests.surveys.samples import a_survey, answered, load, short, travel
from tests.surveys.test_receiving import YES
from tests.world import World

NEW = {"title": "Badplatsen", "source": "sv", "others": ["nn"], "owner": "granslandet:granby",
       "level": "anonymous", "once": "y", "closes_on": "2027-01-31"}
SETTINGS = {"level": "named", "once": "y", "results": "live", "k": "4", "opens_on": "", "closes_on": ""}


def verbs(app: Flask, ref: str) -> list[str]:
    with app.app_context():
        rows = session.query(AuditRow).filter_by(subject=ref).order_by(AuditRow.id)
        return [row.action.partition(".")[2] for row in rows]


def version(app: Flask, ref: str) -> int:
    with app.app_context():
        return load(ref).version


def test_without_surveys_the_desk_tells_how_to_begin(facilitator: Browser) -> None:
    page = facilitator.get("/sv/surveys/desk")
    assert page.status == 200
    assert "There is no survey yet" in page.text
    assert "Make a survey" in page.text


@pytest.mark.parametrize("who", ["facilitator", "administrator"])
def test_the_navigation_leads_editors_to_the_desk(who: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert 'href="/sv/surveys/desk"' in browser.get("/sv/").html


def test_moderators_have_no_desk(moderator: Browser) -> None:
    assert moderator.get("/sv/surveys/desk").status == 403
    assert 'href="/sv/surveys/desk"' not in moderator.get("/sv/").html


def test_a_survey_is_made_and_edited_at_once(app: Flask, facilitator: Browser, world: World) -> None:
    made = facilitator.post("/sv/surveys/desk/new", NEW)
    assert made.status == 303
    ref = made.location.split("/")[-2]
    with app.app_context():
        survey = load(ref)
        assert (survey.municipality_id, survey.level, survey.once) == (world.swedish, "anonymous", True)
        assert str(survey.closes_on) == "2027-01-31"
        assert queries.draft_of(survey).languages == ("sv", "nn")
        assert queries.draft_texts(survey.id) == {"title": {"sv": "Badplatsen"}}
    assert verbs(app, ref) == ["create"]
    assert facilitator.get(made.location).status == 200


def test_a_survey_can_be_for_the_whole_programme(app: Flask, facilitator: Browser) -> None:
    made = facilitator.post("/sv/surveys/desk/new", NEW | {"owner": "granslandet:"})
    with app.app_context():
        assert load(made.location.split("/")[-2]).municipality_id is None


@pytest.mark.parametrize(("spoilt", "told"), [
    ({"title": ""}, "Enter a title"),
    ({"owner": "langtborta:langtborta"}, "Choose one option"),
    ({"level": "secret"}, "Choose one option"),
    ({"closes_on": "soon"}, "Enter the date as YYYY-MM-DD"),
])
def test_what_is_wrong_with_a_new_survey_is_told(
    facilitator: Browser, spoilt: dict[str, str], told: str
) -> None:
    page = facilitator.post("/sv/surveys/desk/new", NEW | spoilt)
    assert page.status == 422
    assert told in page.text


def test_surveys_lie_by_their_state(app: Flask, world: World, facilitator: Browser) -> None:
    today, day = clock.today(), timedelta(days=1)
    a_survey(app, world, publish=False)
    a_survey(app, world, opens_on=today + day)
    a_survey(app, world)
    a_survey(app, world, closes_on=today - day)
    text = facilitator.get("/nn/surveys/desk").text
    places = [text.index(heading) for heading in ("Drafts", "Not yet open", "Open for answers", "Closed")]
    assert places == sorted(places)


def test_staff_of_other_municipalities_find_no_desk(app: Flask, world: World, stranger: Browser) -> None:
    ref = a_survey(app, world)
    for path in ("desk", "edit", "edit/q2", "edit/page/p1", "preview", "test"):
        assert stranger.get(f"/sv/surveys/{ref}/{path}").status == 404
    assert stranger.post(f"/sv/surveys/{ref}/desk", SETTINGS | {"version": "2"}).status == 404


def test_the_desk_of_a_survey_tells_its_state_and_versions(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    page = facilitator.get(f"/nn/surveys/{ref}/desk")
    assert "Version 1" in page.text
    assert "Nobody can find out who has answered what" in page.text


def test_settings_are_changed_and_written_down(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, publish=False)
    sent = SETTINGS | {"version": version(app, ref), "closes_on": "2027-02-01", "in_library": "y"}
    assert facilitator.post(f"/sv/surveys/{ref}/desk", sent).status == 303
    with app.app_context():
        survey = load(ref)
        assert (survey.level, survey.results, survey.k, survey.in_library) == ("named", "live", 4, True)
    assert verbs(app, ref) == ["settings"]


def test_the_fewest_cannot_go_below_the_floor(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    page = facilitator.post(f"/sv/surveys/{ref}/desk", SETTINGS | {"version": version(app, ref), "k": "2"})
    assert page.status == 422
    assert "Write a whole number from 3 to 100" in page.text


def test_the_closing_date_comes_after_the_first_day(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    sent = SETTINGS | {"version": version(app, ref), "opens_on": "2027-02-02", "closes_on": "2027-02-01"}
    page = facilitator.post(f"/sv/surveys/{ref}/desk", sent)
    assert page.status == 422
    assert "cannot come before" in page.text


def test_what_respondents_were_told_stands_once_somebody_has_answered(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    answered(app, world, ref, YES)
    page = facilitator.get(f"/sv/surveys/{ref}/desk")
    assert 'name="level"' not in page.html
    assert 'name="k"' not in page.html
    facilitator.post(f"/sv/surveys/{ref}/desk", SETTINGS | {"version": version(app, ref)})
    with app.app_context():
        assert (load(ref).level, load(ref).k, load(ref).results) == ("anonymous", 5, "live")


def test_what_was_told_in_an_invitation_stands(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    assert 'name="level"' in facilitator.get(f"/sv/surveys/{ref}/desk").html
    with app.app_context():
        actions.invite(load(ref), [Invitee("kari@example.org")], municipality_id=world.norwegian,
                       language="nn", user_id=None)
        session.commit()
    page = facilitator.get(f"/sv/surveys/{ref}/desk")
    assert 'name="level"' not in page.html
    assert 'name="k"' not in page.html
    assert "Somebody has been invited or has begun to answer." in page.text
    changed = actions.Settings(opens_on=None, closes_on=None, level=Level.NAMED, once=False,
                               asks_sector=False, results=Shown.NEVER, k=5, in_library=False)
    with app.app_context(), pytest.raises(Refused):
        actions.change_settings(load(ref), changed, user_id=world.facilitator,
                                expected_version=load(ref).version)


def test_somebody_who_was_second_keeps_what_they_chose(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    sent = SETTINGS | {"version": version(app, ref)}
    facilitator.post(f"/sv/surveys/{ref}/desk", sent | {"results": "never"})
    page = facilitator.post(f"/sv/surveys/{ref}/desk", sent)
    assert page.status == 409
    assert "Somebody else has changed this survey" in page.text
    again = sent | {"version": page.hidden("version")}
    assert facilitator.post(f"/sv/surveys/{ref}/desk", again).status == 303


def test_a_closed_survey_is_not_opened_again(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, closed_at=clock.now(), participation_key=None)
    sent = SETTINGS | {"version": version(app, ref), "closes_on": "2028-01-01"}
    assert facilitator.post(f"/sv/surveys/{ref}/desk", sent).status == 303
    with app.app_context():
        assert load(ref).closes_on is None


def test_the_library_holds_what_is_offered_and_published(
    app: Flask, world: World, facilitator: Browser
) -> None:
    a_survey(app, world, travel(), in_library=True)
    a_survey(app, world, in_library=True, publish=False)
    a_survey(app, world)
    page = facilitator.get("/nn/surveys/desk/library")
    assert "1 survey" in page.text
    assert "Slik kjem vi oss fram" in page.text
    assert "Slik kjem" in facilitator.get("/nn/surveys/desk/library?q=hållplatserna").text
    assert "No survey has these words" in facilitator.get("/nn/surveys/desk/library?q=badeplass").text


def test_a_copy_asks_the_same_in_all_languages_and_is_a_draft(
    app: Flask, world: World, stranger: Browser
) -> None:
    ref = a_survey(app, world, travel(), in_library=True, level=Level.NAMED)
    assert stranger.get(f"/sv/surveys/desk/library/{ref}").status == 200
    made = stranger.post(f"/sv/surveys/desk/library/{ref}", {"owner": "langtborta:langtborta"})
    assert made.status == 303
    copied = made.location.split("/")[-2]
    with app.app_context():
        survey, original = load(copied), travel()[0]
        document = queries.draft_of(survey)
        assert queries.latest(survey.id) is None
        assert [q.code for q in document.questions] == [q.code for q in original.questions]
        assert {q.since for q in document.questions} == {0}
        assert queries.draft_texts(survey.id) == travel()[1]
        assert (survey.level, survey.in_library) == ("anonymous", False)
        assert all(asked(page) for page in document.pages)
    assert verbs(app, copied) == ["copy"]


def test_what_is_not_offered_cannot_be_copied(app: Flask, world: World, stranger: Browser) -> None:
    ref = a_survey(app, world, short())
    assert stranger.get(f"/sv/surveys/desk/library/{ref}").status == 404
    assert stranger.post(f"/sv/surveys/desk/library/{ref}", {"owner": "langtborta:"}).status == 404
    with app.app_context():
        assert session.query(Survey).count() == 1


def test_the_pages_of_a_survey_lead_to_each_other(app: Flask, world: World, facilitator: Browser) -> None:
    draft, ref = a_survey(app, world, publish=False), a_survey(app, world)
    for known, count in ((draft, 7), (ref, 9)):
        tabs = tabs_of(facilitator, f"/sv/surveys/{known}/desk")
        assert len(tabs) == count
        for address in tabs:
            assert facilitator.get(address).status == 200
            assert tabs_of(facilitator, address)[:count] == tabs


def tabs_of(browser: Browser, address: str) -> list[str]:
    """Where the tabs of a page lead."""
    found = re.search(r'<nav class="tabs.*?</nav>', browser.get(address).html, re.DOTALL)
    assert found, address
    return re.findall(r'href="([^"]+)"', found.group())
