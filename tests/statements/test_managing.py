"""What administrators state, add and write; who may; and that nobody overwrites another."""

from typing import Any

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.programmes import queries as programmes
from citizen.statements import queries
from citizen.statements.models import OwnBreach
from citizen.statements.rules.breaches import Ground
from tests.pages import Browser
from tests.statements.pages import (
    NORWEGIAN,
    STATED,
    SWEDISH,
    add_breach,
    audited,
    breach,
    state,
    version_of,
)
from tests.world import World

PAGES = ("manage", "manage/facts", "manage/breaches/new", "manage/privacy", "manage/rules",
         "manage/privacy/period/sv", "manage/feedback")


def own_breaches(app: Flask) -> list[OwnBreach]:
    with app.app_context():
        found = session.query(OwnBreach).order_by(OwnBreach.id).all()
        session.expunge_all()
        return found


# ---- who may


@pytest.mark.parametrize("page", PAGES)
def test_administrators_of_the_municipality_alone_keep_its_statements(
    world: World, browser: Browser, moderator: Browser, facilitator: Browser, administrator: Browser,
    stranger: Browser, page: str,
) -> None:
    path = f"{SWEDISH}/{page}"
    assert browser.get(path).location.startswith("/sv/accounts/sign-in?next=")
    assert moderator.get(path).status == facilitator.get(path).status == 403
    assert stranger.get(path).status == 404
    assert administrator.get(path).status == 200


@pytest.mark.parametrize("path", [
    "manage/facts", "manage/breaches/new", "manage/breaches/1", "manage/breaches/1/removal",
    "manage/privacy/period/sv", "manage/privacy/period/sv/default", "manage/privacy/period/sv/preview",
])
def test_nobody_else_changes_them(
    app: Flask, world: World, moderator: Browser, facilitator: Browser, stranger: Browser, path: str
) -> None:
    add_breach(app, "granby")
    values = {**STATED, **breach(what_sv="Ändrad"), "version": "1", "body": "Ändrad"}
    assert moderator.post(f"{SWEDISH}/{path}", values).status == 403
    assert facilitator.post(f"{SWEDISH}/{path}", values).status == 403
    assert stranger.post(f"{SWEDISH}/{path}", values).status == 404
    assert [row.what for row in own_breaches(app)] == [{"sv": "Affischen"}]
    assert [row[2] for row in audited(app)] == [None]


def test_the_way_in_leads_to_the_first_of_ones_own(
    world: World, administrator: Browser, stranger: Browser, moderator: Browser
) -> None:
    assert administrator.get("/sv/statements/mine").location == "/sv/statements/elvdal/manage"
    assert stranger.get("/sv/statements/mine").location == "/sv/statements/langtborta/manage"
    assert 'href="/sv/statements/mine"' in administrator.get("/sv/").html
    assert "/statements/mine" not in moderator.get("/sv/").html


@pytest.mark.parametrize("path", [
    "manage/breaches/1", "manage/breaches/9999999999", "manage/cookies", "manage/privacy/period/de",
    "manage/privacy/reasons/sv", "manage/rules/period/sv", "manage/sheet",
])
def test_what_is_not_there_is_not_found(world: World, administrator: Browser, path: str) -> None:
    assert administrator.get(f"{SWEDISH}/{path}").status == 404


def test_a_breach_of_another_municipality_is_not_found(
    app: Flask, world: World, administrator: Browser
) -> None:
    add_breach(app, "granby")
    assert administrator.get(f"{NORWEGIAN}/manage/breaches/1").status == 404
    assert administrator.post(f"{NORWEGIAN}/manage/breaches/1/removal", {"version": "1"}).status == 404
    assert len(own_breaches(app)) == 1


# ---- facts


def test_facts_are_kept_and_shown_again(app: Flask, world: World, administrator: Browser) -> None:
    assert state(administrator).location == f"{SWEDISH}/manage"
    page = administrator.get(f"{SWEDISH}/manage/facts")
    for value in ("Gränslandet", "212000-0142", "Ylva Ombud", "2026-11-02"):
        assert f'value="{value}"' in page.html
    assert 'value="expert" selected' in page.html
    assert audited(app) == [("statements.profile", "granby", world.administrator)]


def test_what_is_missing_is_told_until_it_is_there(world: World, administrator: Browser) -> None:
    assert "These are still missing" in administrator.get(f"{SWEDISH}/manage").text
    state(administrator)
    assert "These are still missing" not in administrator.get(f"{SWEDISH}/manage").text
    state(administrator, NORWEGIAN, organisation_number="999999999")
    told = administrator.get(f"{NORWEGIAN}/manage").text
    assert "These are still missing Address of the statement at uustatus.no" in told


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"organisation_number": "212000-0143"}, "This is no organisation number."),
    ({"officer_email": "ombud"}, "Enter an e-mail address"),
    ({"assessed_on": "i går"}, "Enter the date as YYYY-MM-DD"),
    ({"assessed_on": "2026-02-30"}, "Enter the date as YYYY-MM-DD"),
    ({"assessed_on": "2999-01-01"}, "The day cannot lie in the future"),
    ({"assessed_on": ""}, "State both the day and how it was assessed, or neither"),
    ({"method": ""}, "State both the day and how it was assessed, or neither"),
    ({"method": "guess"}, "Choose one option"),
    ({"service_name": "x" * 121}, "Shorten the text to 120"),
])
def test_facts_that_cannot_be_right_are_told_and_kept_in_the_form(
    app: Flask, world: World, administrator: Browser, changes: dict[str, str], sentence: str
) -> None:
    page = state(administrator, **changes)
    assert page.status == 422
    assert sentence in page.text
    assert "Ylva Ombud" in page.html
    assert audited(app) == []


@pytest.mark.parametrize("address", [
    "http://uustatus.no/nn/x", "https://uustatus.no.evil.example/x", "https://evil.example/uustatus.no",
    "javascript:alert(1)", "https://a@uustatus.no/", "uustatus.no/nn/x", "https://[uustatus.no/",
])
def test_the_norwegian_statement_is_at_uustatus_and_nowhere_else(
    world: World, administrator: Browser, address: str
) -> None:
    page = state(administrator, NORWEGIAN, organisation_number="999999999", official_url=address)
    assert page.status == 422
    assert "begins with https://uustatus.no/" in page.text


def test_a_swedish_municipality_states_no_address_at_uustatus(
    app: Flask, world: World, administrator: Browser
) -> None:
    state(administrator, official_url="https://uustatus.no/nn/x")
    with app.app_context():
        assert queries.profile(world.swedish).official_url == ""


def test_a_date_may_be_written_as_in_norway(app: Flask, world: World, administrator: Browser) -> None:
    state(administrator, assessed_on="2.11.2026")
    with app.app_context():
        found = queries.profile(world.swedish).assessed_on
        assert found is not None
        assert found.isoformat() == "2026-11-02"


def test_nobody_overwrites_facts_that_somebody_else_has_just_stated(
    app: Flask, world: World, administrator: Browser
) -> None:
    state(administrator)
    for version in ("0", "", "x", "-1", "²"):
        assert administrator.post(f"{SWEDISH}/manage/facts",
                                  {**STATED, "phone": "2", "version": version}).status == 409
    with app.app_context():
        assert queries.profile(world.swedish).phone == "0999-1"


# ---- breaches


def test_a_breach_is_added_changed_and_taken_away(
    app: Flask, world: World, administrator: Browser, browser: Browser
) -> None:
    assert administrator.post(f"{SWEDISH}/manage/breaches/new", breach()).location == f"{SWEDISH}/manage"
    number = own_breaches(app)[0].id
    path = f"{SWEDISH}/manage/breaches/{number}"
    page = administrator.get(path)
    assert "Affischen saknar textbeskrivning." in page.html
    changed = breach(what_sv="Två affischer.", what_en="Two posters.", version=version_of(page))
    assert administrator.post(path, changed).status == 303
    assert "Two posters." in browser.get("/en/statements/granby/accessibility").text
    assert administrator.post(f"{path}/removal", {"version": "2"}).status == 303
    assert own_breaches(app) == []
    assert [row[0] for row in audited(app)] == [
        "statements.breach.add", "statements.breach.change", "statements.breach.remove"
    ]


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"criterion": ""}, "Choose a requirement"),
    ({"criterion": "9.9.9"}, "Choose a requirement"),
    ({"criterion": "9.9.9", "ground": "outside", "why_sv": "x"}, "Choose a requirement"),
    ({"ground": ""}, "Choose one option"),
    ({"ground": "lazy"}, "Choose one option"),
    ({"what_sv": ""}, "Tell what is not accessible, and on which page"),
    ({"what_sv": "", "what_nb": "Plakaten"}, "Tell what is not accessible, and on which page"),
    ({"what_sv": "x" * 2001}, "Shorten the text to 2000"),
    ({"ground": "burden"}, "Tell the reason"),
    ({"ground": "outside", "criterion": ""}, "Tell the reason"),
    ({"groups": []}, "Choose at least one"),
    ({"groups": ["everybody"]}, "Choose one option"),
    ({"since_on": "2999-01-01"}, "The day cannot lie in the future"),
    ({"planned_on": "snart"}, "Enter the date as YYYY-MM-DD"),
])
def test_a_breach_that_lacks_something_is_told_and_kept_in_the_form(
    app: Flask, world: World, administrator: Browser, changes: dict[str, Any], sentence: str
) -> None:
    page = administrator.post(f"{SWEDISH}/manage/breaches/new", breach(**changes))
    assert page.status == 422
    assert sentence in page.text
    assert "what_sv" in changes or "Affischen saknar textbeskrivning." in page.html
    assert own_breaches(app) == []


def test_two_people_never_overwrite_each_others_breach(
    app: Flask, world: World, administrator: Browser
) -> None:
    add_breach(app, "granby")
    path = f"{SWEDISH}/manage/breaches/{own_breaches(app)[0].id}"
    assert administrator.post(path, breach(what_sv="Först", version="1")).status == 303
    assert administrator.post(path, breach(what_sv="Sedan", version="1")).status == 409
    assert administrator.post(f"{path}/removal", {"version": "1"}).status == 409
    assert own_breaches(app)[0].what == {"sv": "Först"}


def test_the_norwegian_sheet_tells_every_requirement_whom_breaches_concern_and_why(
    app: Flask, world: World, administrator: Browser
) -> None:
    add_breach(app, "elvdal", criterion="1.4.3", ground=Ground.BURDEN, what={"nb": "Grå plakat"},
               why={"nb": "Dyrt"}, groups=["no_colour"])
    names = {"nb": "3.1.2 Språk på deler av innhold", "nn": "3.1.2 Språk på delar av innhald"}
    for language, name in names.items():
        page = administrator.get(f"/{language}/statements/elvdal/manage/sheet")
        for words in ("2 of 47 requirements are broken.", name, "Grå plakat", "Dyrt",
                      "Use without perception of colour", "Use without vision"):
            assert words in page.text, words
        listed = page.html.split('<ul class="columns">')[1].split("</ul>")[0]
        assert listed.count("<li>") == 45
        assert 'href="https://uustatus.no/"' in page.html


def test_facts_of_a_municipality_that_has_stated_nothing_are_empty(app: Flask, world: World) -> None:
    with app.app_context():
        municipality = programmes.municipality("granby")
        assert municipality is not None
        stated = queries.profile(municipality.id)
        assert (stated.version, stated.service_name) == (0, "")
        assert queries.last_change(municipality, "privacy") is None
