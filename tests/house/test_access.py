"""Every view of the product says who may see it, and is believed."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from citizen.base import access
from tests.pages import Browser

SAMPLES = {"UnicodeConverter": "x", "IntegerConverter": 1, "PathConverter": "x", "AnyConverter": "sv"}


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def address(app: Flask, rule: Rule) -> str:
    """The rule's address with something in every place."""
    values = {name: SAMPLES[type(c).__name__] for name, c in rule._converters.items()}
    values |= {"language": "sv"} if "language" in rule.arguments else {}
    built = app.url_map.bind("localhost").build(rule.endpoint, values, append_unknown=False)
    return str(built)


def test_every_view_declares_who_may_see_it(app: Flask) -> None:
    with app.app_context():
        undeclared = [r.endpoint for r in app.url_map.iter_rules() if access.declared(r.endpoint) is None]
    assert undeclared == []


def test_every_address_begins_with_a_language_and_the_name_of_its_room(app: Flask) -> None:
    astray = [
        rule.rule for rule in rules_of(app)
        if "." in rule.endpoint and rule.endpoint != "programmes.start"
        and rule.rule.split("/")[2] not in (rule.endpoint.split(".")[0], "receipt", "phone")
    ]
    assert astray == []


def test_every_page_for_staff_is_closed_to_strangers(app: Flask, browser: Browser) -> None:
    open_pages = []
    for rule in rules_of(app):
        with app.app_context():
            declared = access.declared(rule.endpoint)
        if declared is None or declared.public:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            fetch = browser.get if method == "GET" else browser.post
            page = fetch(address(app, rule))
            if page.status not in (302, 401) or (page.status == 302 and "/accounts/" not in page.location):
                open_pages.append((method, rule.rule, page.status))
    assert open_pages == []


def test_every_public_page_answers_a_stranger_without_breaking(app: Flask, browser: Browser) -> None:
    broken = []
    for rule in rules_of(app):
        with app.app_context():
            declared = access.declared(rule.endpoint)
        if declared is None or not declared.public:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            page = (browser.get if method == "GET" else browser.post)(address(app, rule))
            if page.status >= 500:
                broken.append((method, rule.rule, page.status))
    assert broken == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_page_takes_a_method_that_forms_do_not_send(app: Flask, method: str) -> None:
    assert [r.rule for r in rules_of(app) if method in (r.methods or set())] == []
