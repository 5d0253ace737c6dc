"""Somebody asks what is kept about them: it is found, given out, erased by the rules, and answered."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, SearchPosting
from citizen.ideas import actions as ideas
from citizen.ideas.models import Report
from citizen.programmes import queries as programmes
from citizen.records import actions, queries
from citizen.records.models import CaseItem, Certificate, SubjectCase
from citizen.records.rules import Kind, months_after
from citizen.statements.actions import NewFeedback, send_feedback
from citizen.surveys.models import Answer
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.pages import Browser
from tests.records.things import TOWN, a_case, a_rule, an_old_idea
from tests.surveys.samples import a_survey, answered, by_code, short
from tests.world import World

CASES = f"/en/records/{TOWN}/cases"


@pytest.fixture
def hers(app: Flask, world: World) -> str:
    """A published idea of Kari's."""
    ref = an_idea(app, world, title="Gatelys hos Kari Nordmann", state="published",
                  body="Eg heiter Kari Nordmann og ser ingenting.")
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "nn")
        session.commit()
    return ref


@pytest.fixture
def case(app: Flask, world: World) -> str:
    return a_case(app, world)


def seek(browser: Browser, case: str, by: str, sought: str) -> list[str]:
    page = browser.post(f"{CASES}/{case}/search", {"by": by, "sought": sought})
    assert page.status == 200, page.text
    return re.findall(r'name="chosen" value="([^"]+)"', page.html)


def add(browser: Browser, case: str, by: str, sought: str) -> None:
    done = browser.post(f"{CASES}/{case}/records", {"by": by, "chosen": seek(browser, case, by, sought)})
    assert done.status == 303


def item_of(app: Flask) -> int:
    with app.app_context():
        return session.query(CaseItem).one().id


def test_a_case_is_due_a_month_after_the_request_came(
    app: Flask, world: World, administrator: Browser
) -> None:
    page = administrator.post(f"{CASES}/new", {
        "kind": "access", "person": "Kari Nordmann", "email": "kari@example.org", "written_in": "nn",
        "received_on": "2026-01-31", "case_number": "26/118",
    }, follow=True)
    assert "Kari Nordmann" in page.text
    assert "28 February 2026" in page.text
    assert "26/118" in administrator.get(CASES).text


@pytest.mark.parametrize("wrong", [
    {"kind": ""}, {"person": ""}, {"email": "kari"}, {"received_on": "2999-01-01"}, {"received_on": "soon"},
])
def test_a_case_needs_to_say_who_what_and_when(
    world: World, administrator: Browser, wrong: dict[str, str]
) -> None:
    right = {"kind": "access", "person": "Kari", "email": "", "written_in": "nn", "received_on": "2026-01-31"}
    page = administrator.post(f"{CASES}/new", right | wrong)
    assert page.status == 422


def test_all_is_found_by_address_code_reference_and_words(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    other = an_idea(app, world, body="Naboen KARI NORDMANN lagar bråk.")
    an_idea(app, world, municipality_id=world.swedish, body="Kari Nordmann igen.")
    with app.app_context():
        ideas.report(load(hers).id, "b", "off_topic", "Dette er Kari Nordmann")
        town = programmes.municipality(TOWN)
        assert town is not None
        send_feedback(town, NewFeedback("Kan ikkje lese.", "", "kari@example.org", "nn"))
        session.commit()
        report, = (row.id for row in session.query(Report))
    by_email = seek(administrator, case, "email", "Kari@Example.org")
    assert [one.partition(":")[0] for one in sorted(by_email)] == ["contribution", "feedback"]
    assert f"contribution:{hers}" in by_email
    assert seek(administrator, case, "code", code_of(app, hers).lower()) == [f"contribution:{hers}"]
    assert seek(administrator, case, "reference", hers.lower()) == [f"contribution:{hers}"]
    assert set(seek(administrator, case, "words", "kari nordmann")) == {
        f"contribution:{hers}", f"contribution:{other}", f"report:{report}",
    }
    assert seek(administrator, case, "words", "100 %") == []


@pytest.mark.parametrize(("by", "sought", "is_chosen"), [
    ("email", "kari@example.org", True), ("words", "kari nordmann", False),
])
def test_what_words_find_is_not_chosen_before_somebody_has_read_it(
    administrator: Browser, hers: str, case: str, by: str, sought: str, is_chosen: bool
) -> None:
    page = administrator.post(f"{CASES}/{case}/search", {"by": by, "sought": sought})
    box, = re.findall(r'<input[^>]*name="chosen"[^>]*>', page.html)
    assert ("checked" in box) is is_chosen


def test_what_is_in_the_case_already_is_not_offered_again(
    administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    page = administrator.post(f"{CASES}/{case}/search", {"by": "email", "sought": "kari@example.org"})
    assert "in the case already" in page.text
    assert "Add the chosen to the case" not in page.text


def test_days_on_the_pages_of_a_case_are_those_of_the_reader(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    with clock.stopped_at(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):
        ref = an_idea(app, world)
    add(administrator, case, "reference", ref)
    assert "1 July 2026" in administrator.get(f"{CASES}/{case}").text


def test_what_was_sought_stands_nowhere_but_that_somebody_sought_does(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    seek(administrator, case, "email", "kari@example.org")
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="case.search").one()
        assert (row.subject, row.details) == (case, {"by": "email", "found": 1})


def test_answers_to_named_surveys_are_found_and_others_only_by_their_code(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    for level in (Level.NAMED, Level.CONFIDENTIAL):
        ref = a_survey(app, world, level=level)
        answered(app, world, ref, by_code(short()[0], swims=Value(options=("yes",)),
                                          wish=Value(text="Hels Kari Nordmann")))
    found = seek(administrator, case, "words", "Kari Nordmann")
    assert [one.partition(":")[0] for one in found].count("submission") == 1


def test_what_is_given_out_is_hers_whole_and_of_others_only_what_they_wrote_about_her(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    other = an_idea(app, world, body="Naboen Kari Nordmann lagar bråk.")
    with app.app_context():
        contributions.leave_contact(load(other), "nabo@example.org", "nn")
        session.commit()
    add(administrator, case, "email", "kari@example.org")
    add(administrator, case, "words", "Kari Nordmann")
    told = json.loads(administrator.post(f"{CASES}/{case}/extract.json").response.data)
    records = {record["reference"]: record for record in told["records"]}
    assert records[hers]["contact"]["email"] == "kari@example.org"
    assert records[hers]["texts"][0]["title"] == "Gatelys hos Kari Nordmann"
    assert records[other]["texts"][0]["description"] == "Naboen Kari Nordmann lagar bråk."
    assert "contact" not in records[other]
    page = administrator.post(f"{CASES}/{case}/extract")
    assert "kari@example.org" in page.text
    assert "nabo@example.org" not in page.text
    with app.app_context():
        assert session.query(AuditRow).filter_by(action="case.give_out", subject=case).count() == 2


def test_words_go_out_of_every_version_and_the_public_page_follows(
    app: Flask, world: World, administrator: Browser, browser: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    item = item_of(app)
    with app.app_context():
        version = load(hers).version
        assert session.query(SearchPosting).filter(SearchPosting.term.like("kari%")).count()
    done = administrator.post(f"{CASES}/{case}/records/{item}/erasing", {
        "erase-words": "Kari Nordmann", "erase-reason": "Ho ber om det.", "erase-address": "y",
    }, follow=True)
    assert "Taken out in 3 places" in done.text
    page = browser.get(f"/nn/ideas/{world.slug}/{hers}").text
    assert "Kari" not in page
    assert "[fjerna av kommunen]" in page
    with app.app_context():
        assert not session.query(SearchPosting).filter(SearchPosting.term.like("kari%")).count()
        assert contribution_queries.contact(load(hers).id) is None
        assert load(hers).version > version
        row = session.query(AuditRow).filter_by(action="case.erase", subject=hers).one()
        assert row.details["places"] == 3
        assert "Kari" not in str(row.details)


def test_words_that_are_not_there_change_nothing_and_stay_in_the_form(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    page = administrator.post(f"{CASES}/{case}/records/{item_of(app)}/erasing", {
        "erase-words": "Ola", "erase-reason": "Ho ber om det.",
    })
    assert page.status == 409
    assert "Nothing was changed" in page.text
    assert "Ho ber om det." in page.text
    assert administrator.post(f"{CASES}/{case}/records/{item_of(app)}/erasing", {}).status == 422


def test_a_record_goes_only_by_a_decision(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    address = f"{CASES}/{case}/records/{item_of(app)}"
    assert "has no retention rule" in administrator.get(address).text
    assert administrator.post(f"{address}/deletion", {"delete-reason": "Ho ber."}).status == 409
    a_rule(app, world, Kind.IDEA_PUBLISHED, on_request=False)
    assert "it is kept until" in administrator.get(address).text
    assert administrator.post(f"{address}/deletion", {"delete-reason": "Ho ber."}).status == 409
    with app.app_context():
        assert load(hers)


def test_a_record_that_a_decision_lets_go_is_deleted_with_a_certificate(
    app: Flask, world: World, administrator: Browser, browser: Browser, hers: str, case: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, on_request=True)
    add(administrator, case, "email", "kari@example.org")
    done = administrator.post(f"{CASES}/{case}/records/{item_of(app)}/deletion",
                              {"delete-reason": "Ho ber om det."}, follow=True)
    assert "The certificate is D-" in done.text
    assert "no longer kept" in done.text
    assert browser.get(f"/nn/ideas/{world.slug}/{hers}").status == 404
    with app.app_context():
        assert session.query(Contribution).count() == 0
        row = session.query(Certificate).one()
        assert (row.case_ref, row.count, row.months) == (case, 1, None)
        ref = row.ref
    assert case in administrator.get(f"/en/records/{TOWN}/certificates/{ref}").text
    again = administrator.post(f"{CASES}/{case}/records/{item_of(app)}/deletion", {"delete-reason": "x"})
    assert again.status == 409


def test_an_answer_to_a_named_survey_loses_its_words_in_both_places(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    given = by_code(short()[0], swims=Value(options=("yes",)), wish=Value(text="Hels Kari."))
    answered(app, world, ref, given)
    add(administrator, case, "words", "Hels Kari")
    with app.app_context():
        item = session.query(CaseItem).filter_by(kind="submission").one().id
    done = administrator.post(f"{CASES}/{case}/records/{item}/erasing", {
        "erase-words": "Kari", "erase-reason": "Ho ber om det.",
    })
    assert done.status == 303
    with app.app_context():
        assert {a.text for a in session.query(Answer) if a.text} == {"Hels [fjerna av kommunen]."}
        assert session.query(Contribution).one().texts[0].body == "Hels [fjerna av kommunen]."


def test_what_stays_is_noted_with_a_reason_and_can_be_undone(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    address = f"{CASES}/{case}/records/{item_of(app)}"
    assert administrator.post(f"{address}/keeping", {}).status == 422
    page = administrator.post(f"{address}/keeping", {"keep-reason": "Offentleg dokument."}, follow=True)
    assert "Offentleg dokument." in page.text
    assert administrator.post(f"{address}/removal").status == 422
    page = administrator.post(f"{address}/undoing", follow=True)
    assert "Offentleg dokument." not in page.text
    assert administrator.post(f"{address}/removal").status == 303
    assert "0 records in the case" in administrator.get(f"{CASES}/{case}").text


def test_an_open_case_holds_its_records_against_rules(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    ref = an_old_idea(app, world, state="rejected")
    a_rule(app, world, Kind.IDEA_UNPUBLISHED)
    add(administrator, case, "reference", ref)
    said = app.test_cli_runner().invoke(args=["retention", "carry-out", "--yes"])
    assert said.exit_code == 0
    with app.app_context():
        assert load(ref)
    assert "1 held" in app.test_cli_runner().invoke(args=["retention", "plan"]).output


def test_the_answer_is_mailed_and_the_case_is_closed(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    page = administrator.get(f"{CASES}/{case}/closing")
    assert "Nothing has been decided about 1 record" in page.text
    closed = administrator.post(f"{CASES}/{case}/closing", {
        "answer": "Vi har funne éin idé.", "version": page.hidden("version"),
    }, follow=True)
    assert "Vi har funne éin idé." in closed.text
    with app.app_context():
        mail = session.query(Mail).filter_by(about=f"case:{case}").one()
        assert (mail.receiver, mail.language) == ("kari@example.org", "nn")
        assert "Vi har funne éin idé." in mail.body
    assert administrator.post(f"{CASES}/{case}/search", {"by": "email", "sought": "x"}).status == 422
    assert administrator.post(f"{CASES}/{case}/opening").status == 303
    with app.app_context():
        assert session.query(Mail).filter_by(about=f"case:{case}").count() == 0
        assert session.query(SubjectCase).one().closed_at is None


def test_two_who_close_at_once_do_not_overwrite_each_other(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    page = administrator.get(f"{CASES}/{case}/closing")
    administrator.post(f"{CASES}/{case}/extension", {"because": "Det er mange."})
    late = administrator.post(f"{CASES}/{case}/closing",
                              {"answer": "Svaret.", "version": page.hidden("version")})
    assert late.status == 409
    assert "Svaret." in late.text


def test_the_time_is_extended_once_and_the_person_is_told_why(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    assert administrator.post(f"{CASES}/{case}/extension", {}).status == 422
    assert administrator.post(f"{CASES}/{case}/extension", {"because": "Det er mange."}).status == 303
    assert administrator.post(f"{CASES}/{case}/extension", {"because": "Meir."}).status == 422
    with app.app_context():
        due = months_after(months_after(clock.today(), 1), 2)
        assert session.query(SubjectCase).one().due_on == due
        assert "Det er mange." in session.query(Mail).one().body


def test_cases_go_by_their_own_rule(app: Flask, world: World, administrator: Browser, case: str) -> None:
    with app.app_context(), clock.stopped_at(clock.now() - timedelta(days=800)):
        found = queries.case(world.norwegian, case)
        assert found is not None
        actions.close_case(found, "Svar.", version=found.version, user_id=world.administrator)
        session.commit()
    a_rule(app, world, Kind.CASE)
    assert app.test_cli_runner().invoke(args=["retention", "carry-out", "--yes"]).exit_code == 0
    with app.app_context():
        assert session.query(SubjectCase).count() == 0


def test_moderators_and_strangers_do_not_reach_a_case(
    world: World, moderator: Browser, stranger: Browser, case: str
) -> None:
    for path in (CASES, f"{CASES}/new", f"{CASES}/{case}", f"{CASES}/{case}/closing"):
        assert moderator.get(path).status == 403
        assert stranger.get(path).status == 404
    for path in ("search", "records", "extract", "extract.json", "closing", "extension", "opening"):
        assert moderator.post(f"{CASES}/{case}/{path}").status == 403
        assert stranger.post(f"{CASES}/{case}/{path}").status == 404


def test_a_record_of_another_municipality_cannot_be_smuggled_in(
    app: Flask, world: World, administrator: Browser, stranger: Browser, hers: str
) -> None:
    kinds = {"kind": "access", "person": "Kari", "email": "", "written_in": "sv", "received_on": "2026-01-31"}
    opened = stranger.post("/en/records/langtborta/cases/new", kinds)
    case = opened.location
    chosen = [f"contribution:{hers}", "x:y"]
    assert stranger.post(f"{case}/records", {"by": "email", "chosen": chosen}).status == 303
    page = stranger.get(case)
    assert "Gatelys" not in page.text
    told = json.loads(stranger.post(f"{case}/extract.json").response.data)
    assert told["records"] == []
    # As if it had been moved to the other municipality since.
    with app.app_context():
        moved = CaseItem(case_id=session.query(SubjectCase).one().id, kind="contribution", key=hers,
                         is_own=True, added_at=clock.now(), added_by=world.stranger)
        session.add(moved)
        session.commit()
    assert "Gatelys" not in stranger.get(case).text
    item = item_of(app)
    a_rule(app, world, Kind.IDEA_PUBLISHED, on_request=True)
    refused = stranger.post(f"{case}/records/{item}/erasing", {"erase-words": "Kari", "erase-reason": "x"})
    assert refused.status == 409
    assert stranger.post(f"{case}/records/{item}/deletion", {"delete-reason": "x"}).status == 409
