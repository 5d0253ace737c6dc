"""Personal data in text. Numbers are made here: none of them is anybody's."""

import pytest

from citizen.analysis.personal import Kind, personal_data

SWEDISH = "8112289874"
NORWEGIAN = "01859000009"
"""Of a month that there is not (5 + 80): synthetic."""


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(one.kind, text[one.start:one.end], one.is_certain) for one in personal_data(text)]


@pytest.mark.parametrize(("text", "number"), [
    (f"Mitt nummer är {SWEDISH[:6]}-{SWEDISH[6:]}.", f"{SWEDISH[:6]}-{SWEDISH[6:]}"),
    (f"19{SWEDISH}", f"19{SWEDISH}"),
    (f"Nummeret er {NORWEGIAN[:6]} {NORWEGIAN[6:]}", f"{NORWEGIAN[:6]} {NORWEGIAN[6:]}"),
])
def test_an_identity_number_in_a_clear_form_is_certain(text: str, number: str) -> None:
    assert found(text) == [(Kind.IDENTITY, number, True)]


@pytest.mark.parametrize("number", [SWEDISH, NORWEGIAN])
def test_a_bare_row_of_digits_may_be_something_else(number: str) -> None:
    assert found(f"Nr {number} gäller") == [(Kind.IDENTITY, number, False)]


@pytest.mark.parametrize(("text", "number"), [
    ("Ring 070-123 45 67 på kvällen", "070-123 45 67"), ("Ring +47 912 34 567", "+47 912 34 567"),
    ("tlf 91 23 45 67", "91 23 45 67"), ("mob. 412 34 567.", "412 34 567"), ("0701234567", "0701234567"),
])
def test_telephone_numbers_are_found(text: str, number: str) -> None:
    assert found(text) == [(Kind.PHONE, number, False)]


@pytest.mark.parametrize("address", ["kari@example.no", "kari.nordmann(at)example.no",
                                     "kari krøllalfa example.no", "kalle snabel-a example.se"])
def test_addresses_are_found_also_when_they_are_disguised(address: str) -> None:
    assert found(f"Skriv til {address}, takk") == [(Kind.EMAIL, address, False)]


@pytest.mark.parametrize("text", [
    "a" * 100_000, "1" * 100_000, "a@" * 50_000, "a@" + "b." * 50_000, "9 " * 50_000, "a (at) " * 20_000,
])
def test_a_text_made_to_take_long_takes_no_time_to_speak_of(text: str) -> None:
    assert len(found(text)) <= len(text)


@pytest.mark.parametrize("text", [
    "", "Bussen 08.25 og 16:40", "2,5 km", "20261126", "Väg 237 vid hus 12", "400 000 kronor", "2027-2030",
    f"{SWEDISH[:6]}-{SWEDISH[6:9]}5", "kl 14 @ torget", "1234567890123456",
])
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []
