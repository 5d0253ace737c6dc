"""Decisions from values alone."""

import pytest

from citizen.accounts.rules import Weakness, as_seen, is_own_path, left_without_administrator, weakness


@pytest.mark.parametrize(("password", "expected"), [
    ("kort", Weakness.SHORT),
    ("elleve-tegn", Weakness.SHORT),
    ("Password-1234", Weakness.COMMON),
    ("Lösenord 12345", Weakness.COMMON),
    ("aaaaaaaaaaaaaaaa", Weakness.COMMON),
    ("maja@example.org", Weakness.OWN_NAME),
    ("Maja Åkersdotter", Weakness.OWN_NAME),
    ("MajaÅkersdotter12!", Weakness.OWN_NAME),
    ("fjord lykt sadel mandag", None),
    ("åkersdotter liker fjellvann", None),
    ("blåbærsyltetøy", None),
])
def test_a_password_is_long_not_common_and_not_ones_own_name(
    password: str, expected: Weakness | None
) -> None:
    assert weakness(password, email="maja@example.org", name="Maja Åkersdotter") == expected


def test_a_short_name_rules_out_nothing() -> None:
    assert weakness("bo bygger en ny bro", email="bo@example.org", name="Bo") is None


@pytest.mark.parametrize("address", ["/", "/nn/moderation?page=2", "/sv/ideas/gränslandet"])
def test_a_path_of_ours_is_followed(address: str) -> None:
    assert is_own_path(address)


@pytest.mark.parametrize("address", [
    "", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil.example",
    "/\t/evil.example", "/ok\r\nSet-Cookie: a=b", "\\/evil.example", "/a\\b",
])
def test_an_address_elsewhere_is_not_followed(address: str) -> None:
    assert not is_own_path(address)


def test_the_last_administrator_is_missed_only_where_nobody_else_is_left() -> None:
    administrators = {(1, 10), (1, 11), (2, 10)}
    assert left_without_administrator([1, 2], 10, administrators) == {2}
    assert left_without_administrator([1], 11, administrators) == set()
    assert left_without_administrator([2], 11, administrators) == set()


def test_roles_are_written_the_same_in_any_order() -> None:
    assert as_seen([(2, "moderator"), (1, "moderator"), (1, "facilitator")]) == as_seen(
        [(1, "facilitator"), (2, "moderator"), (1, "moderator")])
