"""Counting, filling in, numbers and addresses, from values alone."""

from datetime import date
from typing import Any

import pytest

from citizen.statements.queries.known import criteria
from citizen.statements.rules.breaches import (
    Conformance,
    Finding,
    Ground,
    Report,
    conformance,
    known_criterion,
)
from citizen.statements.rules.numbers import organisation_number
from citizen.statements.rules.places import path_here, without_secrets
from citizen.statements.rules.texts import filled, unknown_names


def found(number: str | None, ground: Ground = Ground.NOT_YET, **values: Any) -> Finding:
    return Finding(known_criterion(number, criteria()), {"sv": "x"}, values.pop("groups", ("no_vision",)),
                   ground, since_on=date(2026, 11, 1), **values)


def report(*findings: Finding, country: str = "NO") -> Report:
    return Report(country, criteria(), findings)


@pytest.mark.parametrize(("broken", "said"), [
    (0, Conformance.FULL), (1, Conformance.PARTIAL), (25, Conformance.PARTIAL), (26, Conformance.NONE),
])
def test_conformance_goes_in_three_steps(broken: int, said: Conformance) -> None:
    assert conformance(broken, 50) is said


def test_two_breaches_of_one_requirement_break_one_requirement() -> None:
    assert report(found("3.1.2"), found("3.1.2"), found("1.1.1")).broken_numbers == ["1.1.1", "3.1.2"]


def test_what_the_law_does_not_ask_about_breaks_nothing() -> None:
    told = report(found(None, Ground.OUTSIDE), found("1.1.1", Ground.OUTSIDE))
    assert (told.broken, told.breaches, told.conformance) == ([], [], Conformance.FULL)
    assert len(told.because("outside")) == 2


def test_a_disproportionate_burden_is_a_breach_with_its_reason() -> None:
    told = report(found("1.2.2", Ground.BURDEN))
    assert told.broken_numbers == ["1.2.2"]
    assert len(told.because("burden")) == 1


@pytest.mark.parametrize(("number", "sweden", "norway"), [
    ("1.2.5", 1, 0), ("2.5.8", 0, 0), ("4.1.1", 1, 1),
])
def test_each_country_counts_what_its_law_asks_for(number: str, sweden: int, norway: int) -> None:
    assert len(report(found(number), country="SE").broken) == sweden
    assert len(report(found(number), country="NO").broken) == norway


def test_kept_and_broken_requirements_are_all_there_are() -> None:
    told = report(found("1.1.1"), found("2.1.1"))
    assert len(told.kept) + len(told.broken) == told.total == 47


def test_those_whom_breaches_concern_are_named_once_in_order() -> None:
    one, other = found("1.1.1", groups=("limited_vision", "no_vision")), found("2.1.1", groups=("no_vision",))
    told = report(one, other)
    assert told.groups == ["no_vision", "limited_vision"]


@pytest.mark.parametrize(("typed", "country", "written"), [
    ("212000-0142", "SE", "212000-0142"), ("2120000142", "SE", "212000-0142"),
    (" 212000 0142 ", "SE", "212000-0142"), ("212000-014²", "SE", None),
    ("212000-0143", "SE", None), ("811228-9874", "SE", None), ("21200-0142", "SE", None),
    ("999999999", "NO", "999 999 999"), ("991 825 827", "NO", "991 825 827"), ("991825828", "NO", None),
    ("212000-0142", "NO", None), ("", "NO", None), ("abc", "SE", None),
])
def test_organisation_numbers_are_checked_and_written_as_their_country_does(
    typed: str, country: str, written: str | None
) -> None:
    assert organisation_number(typed, country) == written


@pytest.mark.parametrize("asked", [
    "/sv/", "/sv/ideas/granslandet", "/nn/ideas/granslandet/I-7K2M9QXT", "/en/programmes/a-b_c",
])
def test_a_path_on_this_host_is_taken(asked: str) -> None:
    assert path_here(asked) == asked


@pytest.mark.parametrize("asked", [
    "", "//evil.example/sv/", "https://evil.example/sv/", "/\\evil.example", "javascript:alert(1)",
    "/xx/ideas", "/sv//evil.example", "/sv/<script>", "/sv/ a", "sv/ideas", "/sv/" + "a" * 300, "/svx/",
])
def test_anything_else_is_no_path_on_this_host(asked: str) -> None:
    assert path_here(asked) == ""


def test_a_query_is_left_out_for_it_may_hold_what_somebody_searched() -> None:
    assert path_here("/sv/ideas/x?q=hemligt#y") == "/sv/ideas/x"


@pytest.mark.parametrize(("typed", "kept"), [
    ("/sv/receipt/7K2M9QXT4HRA", "/sv/receipt"), ("https://host.example/nn/receipt/7K2M9QXT4HRA/withdrawal x",
                                                  "https://host.example/nn/receipt x"),
    ("/sv/accounts/link/abc", "/sv/accounts/link"), ("Min kvittens", "Min kvittens"),
])
def test_secrets_in_addresses_are_cut_off(typed: str, kept: str) -> None:
    assert without_secrets(typed) == kept


def test_names_in_braces_are_filled_in() -> None:
    assert filled("{municipality} svarar.", {"municipality": "Granby"}) == "Granby svarar."


def test_a_line_about_a_fact_that_is_missing_is_left_out() -> None:
    text = "Vi:\nTelefon: {phone}\nE-post: {email}"
    assert filled(text, {"phone": "", "email": "x@y"}) == "Vi:\nE-post: x@y"


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert filled("{service}", {"service": "{phone}", "phone": "1"}) == "{phone}"


def test_unknown_names_are_told_of_once() -> None:
    assert unknown_names("{phone} {telefon} {} {telefon}") == ["telefon", ""]
