"""Kinds are told, in one order; words never."""

from itertools import pairwise

from citizen.privacy.rules import doubts, findings, hits, is_stopped

MOBILE, MAIL, NUMBER = "070-123 45 67", "kari@example.no", "811228-9874"


def test_hits_are_the_kinds_each_once_whatever_the_order() -> None:
    assert hits([f"{MAIL} eller {MOBILE}", None, "", f"{MOBILE} {NUMBER}"]) == ("identity", "phone", "email")
    assert hits(["En bänk vid bryggan"]) == ()


def test_addresses_and_plates_are_hits_only_where_they_are_wanted() -> None:
    text = "Hos oss på Storgatan 12 står ABC 123."
    assert hits([text]) == ()
    assert hits([text], with_hints=True) == ("address", "plate")


def test_findings_stand_in_the_order_of_the_text_and_never_overlap() -> None:
    text = f"Storgatan 12, {MOBILE}, {NUMBER}, ABC 123, {MAIL}"
    found = findings(text, with_hints=True)
    assert [text[one.start:one.end] for one in found] == ["Storgatan 12", MOBILE, NUMBER, "ABC 123", MAIL]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_what_is_certain_is_stopped_and_what_is_not_is_asked_about() -> None:
    assert is_stopped(NUMBER)
    assert doubts(NUMBER) == []
    assert not is_stopped(NUMBER.replace("-", ""))
    assert [one.kind for one in doubts(NUMBER.replace("-", ""))] == ["identity"]
