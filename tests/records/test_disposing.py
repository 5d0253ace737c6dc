"""What a rule lets go is gone whole, what somebody waits for stays, figures are kept, a certificate tells."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions.models import (
    Contact,
    Contribution,
    DeletionRequest,
    DisposedFigure,
    SearchPosting,
    TextVersion,
    VisibilityChange,
)
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea, Report, Support, Voice
from citizen.moderation import actions as moderation
from citizen.programmes.actions import create_programme
from citizen.programmes.models import Municipality
from citizen.records.actions import disposing
from citizen.records.models import Certificate
from citizen.records.rules import Counted, Kind
from tests.factories import an_idea, decide, load
from tests.history import a_long_history
from tests.pages import Browser
from tests.records.things import TOWN, a_rule, an_old_idea
from tests.world import World

PLAN = f"/en/records/{TOWN}/retention/idea_published/plan"
DO = f"/en/records/{TOWN}/retention/idea_published/carrying-out"


def count(model: type) -> int:
    return session.query(model).count()


@pytest.fixture
def lively(app: Flask, world: World) -> str:
    """An old published idea with everything that can hang on one."""
    ref = an_old_idea(app, world, title="Gatelys ved brua", state="published")
    with app.app_context(), clock.stopped_at(clock.now() - timedelta(days=790)):
        one = load(ref)
        contributions.leave_contact(one, "kari@example.org", "nn")
        public = idea_queries.public_idea(ref)
        assert public is not None
        line = ideas.add_voice(public, "browser-1", "Og ved skulen.", "nn")
        assert line is not None
        decide(line, "published", world.moderator)
        ideas.report(one.id, "browser-2", "off_topic", "Sjå her")
        ideas.close_reports(one.id)
        asked = contributions.ask_deletion(one, "Helst.")
        contributions.answer_deletion(asked, "Nei.", user_id=world.moderator)
        session.commit()
    return ref


def carry_out(browser: Browser, **changed: str) -> str:
    page = browser.get(PLAN)
    values = {"version": page.hidden("version"), "until": page.hidden("until"), "sure": "y", **changed}
    done = browser.post(DO, values)
    assert done.status == 303, done.text
    return done.location


def test_without_a_rule_nothing_goes(app: Flask, world: World, administrator: Browser, lively: str) -> None:
    assert "all of them are kept" in administrator.get(PLAN).text
    assert administrator.post(DO, {"version": "1", "until": "2026-01-01", "sure": "y"}).status == 409
    with app.app_context():
        assert load(lively).visibility == "published"


def test_the_dry_run_names_what_would_go_and_changes_nothing(
    app: Flask, world: World, administrator: Browser, lively: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    assert "1 would go" in administrator.get(f"/en/records/{TOWN}/retention/plan").text
    assert lively in administrator.get(PLAN).text
    with app.app_context():
        assert load(lively).visibility == "published"


@pytest.mark.parametrize("decided", ["noted", "answered", "taken back", "moved", "merged"])
def test_whatever_is_decided_about_an_idea_is_its_latest_step(
    app: Flask, world: World, administrator: Browser, lively: str, decided: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    into = an_idea(app, world, state="published")
    with app.app_context():
        one, user = load(lively), {"user_id": world.moderator}
        if decided == "noted":
            # What staff say to each other decides nothing.
            moderation.note(one, "Sjekk dette.", **user)
        elif decided == "moved":
            elsewhere = create_programme("hamna", {"titles": {"nn": "Hamna"}}, "inform",
                                         [session.get_one(Municipality, world.norwegian)], [])
            moderation.move(one, elsewhere.id, world.norwegian, expected_version=one.version, **user)
        elif decided == "merged":
            moderation.merge(one, load(into), expected_version=one.version, **user)
        else:
            long_ago = clock.now() - timedelta(days=700 if decided == "taken back" else 0)
            with clock.stopped_at(long_ago):
                moderation.answer_officially(one, "Ja.", signed="Rådmannen", expected_version=one.version,
                                             **user)
            if decided == "taken back":
                moderation.take_answer_back(one, expected_version=one.version, **user)
        session.commit()
    plan = administrator.get(f"/en/records/{TOWN}/retention/plan").text
    assert ("1 would go" in plan) is (decided == "noted")


def test_nothing_goes_before_somebody_has_said_that_they_have_seen_it(
    app: Flask, world: World, administrator: Browser, lively: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    page = administrator.get(PLAN)
    again = administrator.post(DO, {"version": page.hidden("version"), "until": page.hidden("until")})
    assert again.status == 422
    assert "Confirm that you have seen what goes" in again.text
    with app.app_context():
        assert load(lively).visibility == "published"


def test_an_idea_goes_with_all_that_hangs_on_it_and_the_certificate_tells_of_no_content(
    app: Flask, world: World, administrator: Browser, browser: Browser, lively: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    certificate = administrator.get(carry_out(administrator))
    with app.app_context():
        for model in (Contribution, TextVersion, Idea, Voice, Support, Report, Contact, DeletionRequest,
                      VisibilityChange, SearchPosting, Mail):
            assert count(model) == 0, model
        row = session.query(Certificate).one()
        assert (row.count, row.decision, row.user_id) == (1, "KS 12/2026", world.administrator)
        assert row.finished_at is not None
        assert row.with_it == {"voice": 1, "report": 1, "support": 1, "contact": 1, "deletion_request": 1}
        assert session.query(AuditRow).filter_by(action="retention.dispose", subject=lively).count() == 1
    assert "KS 12/2026" in certificate.text
    assert "Anne" in certificate.text
    assert "1 line" in certificate.text
    assert "Gatelys" not in certificate.text
    assert lively not in certificate.text
    assert browser.get(f"/nn/ideas/{world.slug}/{lively}").status == 404


def test_the_certificate_tells_of_all_that_was_written_about_it(
    app: Flask, world: World, administrator: Browser
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    with clock.stopped_at(clock.now() - timedelta(days=800)):
        a_long_history(app, world)
    certificate = administrator.get(carry_out(administrator)).text
    for words in ("1 appeal", "1 question to a second person", "2 versions of the municipality’s answer",
                  "1 internal note"):
        assert words in certificate


def test_the_certificate_is_a_sheet_of_paper_too(
    app: Flask, world: World, administrator: Browser, lively: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    file = administrator.get(carry_out(administrator) + ".pdf")
    assert file.response.data.startswith(b"%PDF")


def test_figures_know_of_what_has_gone(app: Flask, world: World, administrator: Browser, lively: str) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    carry_out(administrator)
    with app.app_context():
        kept = {(row.kind, row.was_published, row.ended, row.hours) for row in session.query(DisposedFigure)}
    assert kept == {("idea", True, "published", 0), ("voice", True, "published", 0)}


def test_what_is_younger_or_not_the_municipalitys_own_stays(
    app: Flask, world: World, administrator: Browser, lively: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    young = an_old_idea(app, world, days=100, state="published")
    others = an_old_idea(app, world, state="published", municipality_id=world.swedish)
    waiting = an_old_idea(app, world)
    refused = an_old_idea(app, world, state="rejected")
    carry_out(administrator)
    with app.app_context():
        assert {ref for (ref,) in session.query(Contribution.ref)} == {young, others, waiting, refused}


@pytest.mark.parametrize("held_by", ["report", "request", "line"])
def test_what_somebody_waits_for_is_held(
    app: Flask, world: World, administrator: Browser, lively: str, held_by: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    with app.app_context():
        one = load(lively)
        if held_by == "report":
            ideas.report(one.id, "browser-9", "off_topic", "")
        elif held_by == "request":
            contributions.ask_deletion(one, None)
        else:
            public = idea_queries.public_idea(lively)
            assert public is not None
            ideas.add_voice(public, "browser-9", "Ein til.", "nn")
        session.commit()
    page = administrator.get(PLAN)
    assert "Nothing would go" in page.text
    assert "Due and held 1" in page.text
    until = (clock.today() - timedelta(days=400)).isoformat()
    assert administrator.post(DO, {"version": "1", "until": until, "sure": "y"}).status == 422
    with app.app_context():
        assert load(lively).visibility == "published"


def test_a_rule_that_was_changed_meanwhile_deletes_nothing(
    app: Flask, world: World, administrator: Browser, lively: str
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    page = administrator.get(PLAN)
    changed = administrator.post(f"/en/records/{TOWN}/retention/idea_published", {
        "months": "60", "counted_from": "last_step", "decision": "KS 13/2026", "decided_on": "2026-02-01",
        "version": "1",
    })
    assert changed.status == 303
    seen = {"version": page.hidden("version"), "until": page.hidden("until")}
    refused = administrator.post(DO, {**seen, "sure": "y"})
    assert refused.status == 409
    assert "Nothing was deleted" in refused.text
    with app.app_context():
        assert load(lively).visibility == "published"


def test_a_rule_that_somebody_else_has_saved_is_not_overwritten_and_what_was_typed_stays(
    app: Flask, world: World, administrator: Browser
) -> None:
    a_rule(app, world, Kind.VOICE, months=24)
    page = administrator.post(f"/en/records/{TOWN}/retention/voice", {
        "months": "36", "counted_from": "received", "decision": "KS 99/2026", "decided_on": "2026-02-01",
        "version": "0",
    })
    assert page.status == 409
    assert "24 months, decision KS 12/2026" in page.text
    assert 'value="KS 99/2026"' in page.html


@pytest.mark.parametrize("wrong", [
    {"months": "0"}, {"months": "many"}, {"decision": ""}, {"decided_on": "2999-01-01"},
    {"counted_from": "handled"},
])
def test_a_rule_needs_months_and_a_decision(
    world: World, administrator: Browser, wrong: dict[str, str]
) -> None:
    right = {"months": "36", "counted_from": "received", "decision": "KS 9", "decided_on": "2026-02-01",
             "version": "0"}
    assert administrator.post(f"/en/records/{TOWN}/retention/voice", right | wrong).status == 422


def test_a_rule_is_removed_and_all_is_kept(app: Flask, world: World, administrator: Browser) -> None:
    a_rule(app, world, Kind.VOICE)
    gone = administrator.post(f"/en/records/{TOWN}/retention/voice/removal", {"version": "1"})
    assert gone.status == 303
    assert "Make a rule" in administrator.get(f"/en/records/{TOWN}/retention").text


def test_contacts_support_reports_and_requests_go_without_the_idea(
    app: Flask, world: World, administrator: Browser, lively: str
) -> None:
    for kind in (Kind.CONTACT, Kind.REPORT, Kind.DELETION_REQUEST):
        a_rule(app, world, kind)
        page = administrator.get(f"/en/records/{TOWN}/retention/{kind.value}/plan")
        done = administrator.post(f"/en/records/{TOWN}/retention/{kind.value}/carrying-out", {
            "version": page.hidden("version"), "until": page.hidden("until"), "sure": "y",
        })
        assert done.status == 303, done.text
    with app.app_context():
        assert [count(m) for m in (Contact, Report, DeletionRequest)] == [0, 0, 0]
        one = load(lively)
        assert one.visibility == "published"
        assert session.get_one(Idea, one.id).support_count == 1


def test_strangers_and_moderators_do_not_reach_it(
    world: World, moderator: Browser, stranger: Browser, app: Flask
) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED)
    for path in (PLAN, f"/en/records/{TOWN}/retention", f"/en/records/{TOWN}/certificates"):
        assert moderator.get(path).status == 403
        assert stranger.get(path).status == 404
    assert stranger.post(DO, {"sure": "y"}).status == 404
    assert moderator.post(DO, {"sure": "y"}).status == 403


def test_pages_name_no_text(app: Flask, world: World, administrator: Browser, lively: str) -> None:
    a_rule(app, world, Kind.IDEA_PUBLISHED, counted=Counted.LAST_STEP)
    assert not re.search("Gatelys|kari", administrator.get(PLAN).text)


def test_a_long_list_goes_in_several_requests_and_asking_once_more_than_needed_is_no_fault(
    app: Flask, world: World, administrator: Browser, lively: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disposing, "LOT_SIZE", 1)
    a_rule(app, world, Kind.REPORT)
    with app.app_context():
        first = session.query(Report).one()
        session.add_all(
            Report(contribution_id=first.contribution_id, browser=f"{number:064x}", reason="advert",
                   at=first.at, closed_at=first.closed_at) for number in range(11)
        )
        session.commit()
    page = administrator.get(f"/en/records/{TOWN}/retention/report/plan")
    done = administrator.post(f"/en/records/{TOWN}/retention/report/carrying-out", {
        "version": page.hidden("version"), "until": page.hidden("until"), "sure": "y",
    })
    left = []
    for _request in range(4):
        assert administrator.post(f"{done.location}/rest").status == 303
        with app.app_context():
            left.append((count(Report), session.query(Certificate).one().finished_at is not None))
    assert left == [(2, False), (0, True), (0, True), (0, True)]
