"""What the product knows of itself has the form that pages are made from."""

from datetime import date

import pytest

from citizen.base.locale import LANGUAGES
from citizen.statements.queries.known import criteria, product, read
from citizen.statements.rules.breaches import GROUPS, Method, Report

BREACHES = read("breaches.json")["breaches"]
FIELDS = {"id", "criterion", "page", "what", "groups", "since", "since_on", "planned_on"}


def test_the_list_says_which_release_was_looked_through_when_and_how() -> None:
    told = read("breaches.json")
    assert set(told) == {"release", "reviewed_on", "method", "breaches"}
    assert told["method"] in set(Method)
    assert date.fromisoformat(told["reviewed_on"]) == product().reviewed_on


def test_the_list_is_of_this_release() -> None:
    import tomllib

    from citizen.app import ROOT

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == product().release


@pytest.mark.parametrize("told", BREACHES, ids=lambda told: told["id"])
def test_a_breach_has_every_field_in_its_form(told: dict[str, object]) -> None:
    assert set(told) == FIELDS
    assert told["criterion"] in {c.number for c in criteria()}
    assert set(told["groups"]) <= set(GROUPS)  # type: ignore[call-overload]
    assert told["groups"]
    assert date.fromisoformat(str(told["since_on"])) <= product().reviewed_on
    assert told["planned_on"] is None or date.fromisoformat(str(told["planned_on"]))


@pytest.mark.parametrize("told", BREACHES, ids=lambda told: told["id"])
def test_a_breach_is_told_in_every_language(told: dict[str, dict[str, str]]) -> None:
    for name in ("page", "what"):
        assert set(told[name]) == set(LANGUAGES)
        assert all(words.strip() for words in told[name].values())
        assert len(set(told[name].values())) == len(LANGUAGES)


def test_breaches_have_names_of_their_own() -> None:
    assert len({told["id"] for told in BREACHES}) == len(BREACHES)


def test_criteria_are_in_order_and_named_in_every_language() -> None:
    order = [tuple(int(part) for part in c.number.split(".")) for c in criteria()]
    assert order == sorted(set(order))
    assert all(set(c.names) == set(LANGUAGES) and all(c.names.values()) for c in criteria())
    assert {c.level for c in criteria()} == {"A", "AA"}


@pytest.mark.parametrize(("country", "total"), [("SE", 50), ("NO", 47)])
def test_each_country_counts_its_requirements(country: str, total: int) -> None:
    assert Report(country, criteria(), ()).total == total
