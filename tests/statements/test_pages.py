"""What everybody reads: accessibility, privacy, rules, in every language and for both countries."""

import re

import pytest
from flask import Flask, get_template_attribute

from citizen.base import locale
from citizen.base.db import session
from citizen.base.locale import LANGUAGES
from citizen.contributions.rules import Reason
from citizen.programmes.models import Municipality
from citizen.statements.queries import product
from citizen.statements.rules.breaches import Ground
from citizen.statements.rules.texts import NAMES, SECTIONS
from tests.factories import an_idea
from tests.pages import Browser
from tests.queries import counted
from tests.statements.pages import NORWEGIAN, STATED, SWEDISH, add_breach, state
from tests.world import World

KINDS = ("accessibility", "privacy", "rules")


# ---- the way there


@pytest.mark.parametrize("path", ["/sv/", "/sv/receipt", "/sv/ideas/granslandet", "/sv/accounts/sign-in",
                                  "/sv/nothing", "/sv/ideas/granslandet/new"])
def test_every_page_links_to_all_three_in_its_footer(world: World, browser: Browser, path: str) -> None:
    footer = browser.get(path).html.split("<footer")[1]
    assert re.findall(r'href="(/sv/statements/\w+)', footer) == [f"/sv/statements/{kind}" for kind in KINDS]


def test_the_footer_asks_the_database_for_no_statements(
    app: Flask, world: World, browser: Browser
) -> None:
    with counted(app) as asked:
        browser.get("/sv/accounts/sign-in")
    assert not any("statement" in question for question in asked)


@pytest.mark.parametrize("kind", KINDS)
def test_where_several_municipalities_run_the_service_the_reader_chooses(
    world: World, browser: Browser, kind: str
) -> None:
    page = browser.get(f"/nn/statements/{kind}")
    assert page.status == 200
    for slug in ("granby", "elvdal", "langtborta"):
        assert f'href="/nn/statements/{slug}/{kind}"' in page.html


@pytest.mark.parametrize("kind", KINDS)
def test_a_single_municipality_is_never_chosen(app: Flask, browser: Browser, kind: str) -> None:
    with app.app_context():
        session.add(Municipality(slug="ensam", country="SE", names={"sv": "Ensam"}, languages=["sv"],
                                 contact_email="x@ensam.example"))
        session.commit()
    page = browser.get(f"/sv/statements/{kind}?page=/sv/receipt")
    assert page.status == 302
    assert page.location == f"/sv/statements/ensam/{kind}?page=/sv/receipt"


def test_without_a_municipality_there_is_nothing_to_choose(browser: Browser) -> None:
    assert "No municipality runs the service yet." in browser.get("/sv/statements/rules").text


@pytest.mark.parametrize("path", [
    "/sv/statements/cookies", "/sv/statements/nowhere/privacy", "/sv/statements/nowhere/rules",
    "/sv/statements/nowhere/accessibility", "/sv/statements/nowhere/accessibility/feedback",
    "/sv/statements/nowhere/accessibility/feedback/thanks",
])
def test_what_is_not_there_is_not_found(world: World, browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404


def test_the_idea_form_links_to_the_rules_where_it_says_who_sees_the_idea(
    world: World, browser: Browser
) -> None:
    page = browser.get("/sv/ideas/granslandet/new")
    form = page.html.split("<form")[1]
    assert re.search(r'reviewed it\.\s*<a href="/sv/statements/rules">', form)
    only = browser.get("/sv/ideas/langtborta/new").html.split("<form")[1]
    assert re.search(r'reviewed it\.\s*<a href="/sv/statements/langtborta/rules">', only)


# ---- accessibility


def test_the_swedish_statement_has_every_field_its_law_asks_for(
    app: Flask, world: World, administrator: Browser, browser: Browser
) -> None:
    state(administrator)
    add_breach(app, "granby")
    add_breach(app, "granby", criterion="1.2.2", ground=Ground.BURDEN, what={"sv": "Gamla filmer"},
               why={"sv": "Textning kostar mer än den hjälper."})
    add_breach(app, "granby", criterion=None, ground=Ground.OUTSIDE, what={"sv": "Kartan"},
               why={"sv": "Kartor är undantagna."})
    page = browser.get(f"{SWEDISH}/accessibility")
    for words in (
        "Granby kommun", "Gränslandet", "212000-0142", "in part", "3 of 50 requirements are broken.",
        "1.1.1 Icke-textuellt innehåll", "Affischen", "Use without vision", "It has not been fixed yet",
        "(section 12 of the act)", "Gamla filmer", "Textning kostar mer än den hjälper.",
        "(section 9 of the act)", "Kartan", "Kartor är undantagna.", "2 november 2026",
        "An independent expert has gone through the pages", "This statement was changed", "(2018:1937)",
        "kommun@granby.example", "Storgatan 1, Granby", "0999-1",
    ):
        assert words in page.text, words
    assert 'href="https://www.digg.se/tdosanmalan"' in page.html
    assert 'href="/sv/statements/granby/accessibility/feedback"' in page.html


def test_the_norwegian_page_has_findings_and_leads_to_the_statement_at_uustatus(
    app: Flask, world: World, administrator: Browser, browser: Browser
) -> None:
    address = "https://uustatus.no/nn/erklaringer/publisert/1"
    state(administrator, NORWEGIAN, organisation_number="999999999", official_url=address)
    page = browser.get(f"{NORWEGIAN}/accessibility")
    for words in ("Elvdal kommune", "999 999 999", "1 of 47 requirements is broken.",
                  "3.1.2 Språk på delar av innhald", "Use without vision", "Use with limited vision",
                  "Diskrimineringsnemnda", "Uu-tilsynet", "ask for it and we help you"):
        assert words in page.text, words
    assert f'<a href="{address}">' in page.html
    assert "section 12" not in page.text
    assert "Digg" not in page.text


def test_a_norwegian_page_without_an_address_says_so(world: World, browser: Browser) -> None:
    assert "has not stated yet where its own statement" in browser.get(f"{NORWEGIAN}/accessibility").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["granby", "elvdal"])
def test_what_the_product_knows_of_itself_stands_in_the_language_of_the_page(
    world: World, browser: Browser, language: str, slug: str
) -> None:
    page = browser.get(f"/{language}/statements/{slug}/accessibility")
    for found in product().findings:
        assert found.what[language] in page.text
        assert found.page[language] in page.text
    assert f"version {product().release}" in page.text


def test_a_municipality_that_has_assessed_nothing_says_so(world: World, browser: Browser) -> None:
    assert "Not assessed by us yet" in browser.get(f"{SWEDISH}/accessibility").text


def test_a_breach_that_is_told_in_another_language_is_marked_with_it(
    app: Flask, world: World, browser: Browser
) -> None:
    add_breach(app, "granby", what={"sv": "Affischen saknar text."})
    assert '<div lang="sv"><p>Affischen saknar text.</p></div>' in browser.get(
        "/en/statements/granby/accessibility").html


def test_breaches_of_one_municipality_are_not_those_of_another(
    app: Flask, world: World, browser: Browser
) -> None:
    add_breach(app, "granby", what={"sv": "Affischen"})
    assert "Affischen" not in browser.get(f"{NORWEGIAN}/accessibility").text


def test_what_people_write_is_text_and_nothing_else(app: Flask, world: World, browser: Browser) -> None:
    add_breach(app, "granby", what={"sv": "<script>alert(1)</script>"})
    page = browser.get(f"{SWEDISH}/accessibility")
    assert "<script>alert" not in page.html
    assert "<script>alert(1)</script>" in page.text


def test_the_page_asks_as_much_with_many_breaches_as_with_few(
    app: Flask, world: World, browser: Browser
) -> None:
    add_breach(app, "granby")
    with counted(app) as few:
        browser.get(f"{SWEDISH}/accessibility")
    for _number in range(20):
        add_breach(app, "granby")
    with counted(app) as many:
        browser.get(f"{SWEDISH}/accessibility")
    assert len(few) == len(many) <= 5


# ---- privacy and rules


@pytest.mark.parametrize(("slug", "wanted", "unwanted"), [
    ("granby", ["(IMY), imy.se", "2018:218", "Swedish Archives Act", "Secrecy Act"], ["Datatilsynet"]),
    ("elvdal", ["datatilsynet.no", "section 1-1", "Norwegian Archives Act", "Freedom of Information Act"],
     ["IMY"]),
])
def test_the_privacy_notice_has_every_field_and_those_of_its_country(
    world: World, administrator: Browser, browser: Browser, slug: str, wanted: list[str], unwanted: list[str]
) -> None:
    number = STATED["organisation_number"] if slug == "granby" else "999 999 999"
    state(administrator, f"/sv/statements/{slug}", organisation_number=number)
    page = browser.get(f"/sv/statements/{slug}/privacy")
    for words in (*wanted, number, "Storgatan 1, Granby", "Ylva Ombud, ombud@granby.example",
                  "(the controller)", "Article 6(1)(e)", "removed half a year after", "within a month",
                  "made by a machine", "European Economic Area", "31 days"):
        assert words in page.text, words
    assert not [words for words in unwanted if words in page.text]
    assert len(re.findall("<h2", page.html)) == len(SECTIONS["privacy"])


def test_a_notice_of_which_nothing_is_stated_leaves_no_gaps(world: World, browser: Browser) -> None:
    for slug in ("granby", "elvdal"):
        for kind in ("privacy", "rules"):
            text = browser.get(f"/sv/statements/{slug}/{kind}").text
            assert "{" not in text
            assert "Telephone:" not in text
            assert "Organisation number:" not in text


def test_rules_tell_who_runs_the_service_and_every_reason_there_is(
    app: Flask, world: World, browser: Browser
) -> None:
    page = browser.get(f"{SWEDISH}/rules")
    assert "Ideas for the municipality is run by Granby kommun." in page.text
    assert "(1998:112)" in page.text
    with app.test_request_context("/sv/"):
        in_words = get_template_attribute("parts/states.html", "reason")
        for reason in Reason:
            assert f"{in_words(reason.value).strip()}." in page.text, reason


def test_norwegian_rules_name_no_swedish_act(world: World, browser: Browser) -> None:
    assert "1998:112" not in browser.get(f"{NORWEGIAN}/rules").text


@pytest.mark.parametrize("kind", SECTIONS)
@pytest.mark.parametrize("country", ["SE", "NO"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_default_says_something_and_fills_in_what_can_be_filled_in(
    app: Flask, kind: str, country: str, language: str
) -> None:
    from citizen.statements.routes.loading import default_text

    with app.test_request_context("/sv/"), locale.speaking(language):
        for section in SECTIONS[kind]:
            text = default_text(kind, section, country)
            assert len(text) > 40, section
            assert set(re.findall(r"\{(.*?)\}", text)) <= set(NAMES)
            assert "&" not in text


def test_the_privacy_notice_tells_the_day_it_was_changed(
    world: World, administrator: Browser, browser: Browser
) -> None:
    assert "Changed " not in browser.get(f"{SWEDISH}/privacy").text
    state(administrator)
    assert "Changed " in browser.get(f"{SWEDISH}/privacy").text


@pytest.mark.parametrize("path", ["/sv/receipt", "/sv/ideas/granslandet"])
def test_links_about_accessibility_remember_the_page_they_come_from(
    world: World, browser: Browser, path: str
) -> None:
    assert f'/sv/statements/accessibility?page={path}"' in browser.get(path).html


def test_a_link_never_carries_the_code_of_a_receipt(app: Flask, world: World, browser: Browser) -> None:
    from citizen.contributions.actions import receipt_code

    ref = an_idea(app, world)
    with app.app_context():
        code = receipt_code(ref)
    page = browser.get(f"/sv/receipt/{code}")
    assert page.status == 200
    footer = page.html.split("<footer")[1]
    assert code not in footer
    assert "?page=" not in footer
