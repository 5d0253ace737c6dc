"""Personal data in text. Numbers are made here: none of them is anybody's."""

import pytest

from benchmarks.detectors.forms import HARMLESS, HINTS, PRIVATE, Form
from benchmarks.detectors.sentences import samples
from citizen.analysis.personal import Kind, hints, personal_data

SWEDISH = "8112289874"
NORWEGIAN = "01859000009"
"""Of a month that there is not (5 + 80): synthetic."""
BORN, LAST = SWEDISH[:6], SWEDISH[6:]


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(one.kind, text[one.start:one.end], one.is_certain) for one in personal_data(text)]


@pytest.mark.parametrize("number", [
    f"{BORN}-{LAST}", f"{BORN}+{LAST}", f"19{BORN}-{LAST}", f"19{SWEDISH}", f"{BORN}–{LAST}",
    f"{BORN} - {LAST}",
    f"1981-12-28-{LAST}", f"81 12 28-{LAST}", "811288-9871", "811228-T871",
    f"{NORWEGIAN[:6]} {NORWEGIAN[6:]}", f"{NORWEGIAN[:6]}\u00a0{NORWEGIAN[6:]}", f"01.85.90 {NORWEGIAN[6:]}",
])
def test_an_identity_number_in_a_clear_form_is_certain(number: str) -> None:
    assert found(f"Mitt nummer är {number}.") == [(Kind.IDENTITY, number, True)]
    assert found(f"nr:{number},") == [(Kind.IDENTITY, number, True)]


@pytest.mark.parametrize("number", [SWEDISH, NORWEGIAN, f"{BORN} {LAST}"])
def test_a_bare_row_of_digits_may_be_something_else(number: str) -> None:
    assert found(f"Nr {number} gäller") == [(Kind.IDENTITY, number, False)]


@pytest.mark.parametrize("number", [
    "559012-1211", "556036-0793", "811328-9873", "811228-9875", "19810229-9879", f"12-{BORN}-{LAST}",
    "811228-0001",
])
def test_what_is_no_date_or_has_another_check_digit_is_no_identity_number(number: str) -> None:
    """Among them Swedish organisation numbers, whose third digit is at least 2."""
    assert found(f"Det gäller {number} i år") == []


@pytest.mark.parametrize(("text", "number"), [
    ("Ring 070-123 45 67 på kvällen", "070-123 45 67"), ("Ring +47 912 34 567", "+47 912 34 567"),
    ("tlf 91 23 45 67", "91 23 45 67"), ("mob. 412 34 567.", "412 34 567"),
    ("0701234567", "0701234567"), ("tel. 22123456", "22123456"), ("hos 031-390 06 12, ring", "031-390 06 12"),
    ("ring +46 (0)70-123 45 67", "+46 (0)70-123 45 67"), ("(070) 123 45 67", "(070) 123 45 67"),
])
def test_telephone_numbers_are_found(text: str, number: str) -> None:
    assert found(text) == [(Kind.PHONE, number, False)]


def test_a_mobile_number_that_would_pass_for_an_identity_number_is_a_telephone_number() -> None:
    days = [f"07{month:02}{day:02}" for month in range(1, 13) for day in (1, 15)]
    numbers = [f"{day}{last}" for day in days for last in range(1000, 1100)]
    assert {found(f"nr {number}")[0][0] for number in numbers} == {Kind.PHONE}


@pytest.mark.parametrize("address", [
    "kari@example.no", "kari.nordmann(at)example.no", "kari krøllalfa example.no",
    "kalle snabel-a example.se", "kari [at] example [dot] no", "kari alfakrøll example punktum no",
    "kari at example dot no", "kari @ example.no",
])
def test_addresses_are_found_also_when_they_are_disguised(address: str) -> None:
    assert found(f"Skriv til {address}, takk") == [(Kind.EMAIL, address, False)]


@pytest.mark.parametrize("text", [
    "a" * 100_000, "1" * 100_000, "a@" * 50_000, "a@" + "b." * 50_000, "9 " * 50_000, "a (at) " * 20_000,
    "a at b dot " * 10_000, "0-" * 50_000, "(07" * 30_000, "19" * 50_000, "Ab " * 30_000, "A-" * 50_000,
])
def test_a_text_made_to_take_long_takes_no_time_to_speak_of(text: str) -> None:
    assert len(found(text)) + len(hints(text)) <= len(text)


@pytest.mark.parametrize("text", [
    "", "Bussen 08.25 og 16:40", "2,5 km", "20261126", "Väg 237 vid hus 12", "400 000 kronor", "2027-2030",
    f"{SWEDISH[:6]}-{SWEDISH[6:9]}5", "kl 14 @ torget", "1234567890123456", "45 500 000 kr", "40000000 kr",
    "20 15 20 45 21 15", "look at example.com", "192.168.10.12", "974 760 673",
    "+250 000 000 kr", "1234.56.78903", "08-16",
])
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_hints_are_kept_apart_from_what_is_found() -> None:
    text = "Hos Anna på Storgatan 12 B står bilen ABC 123, ring 070-123 45 67."
    assert [one.kind for one in personal_data(text)] == [Kind.PHONE]
    assert [(one.kind, text[one.start:one.end]) for one in hints(text)] == [
        (Kind.ADDRESS, "Storgatan 12 B"), (Kind.PLATE, "ABC 123"),
    ]


@pytest.mark.parametrize("text", [
    "riksväg 61", "Riksväg 61", "Fylkesveg 24", "Storgatan 30 km/h", "Storgatan", "E 18",
])
def test_roads_and_lengths_are_no_addresses(text: str) -> None:
    assert hints(text) == []


@pytest.mark.parametrize("form", [*PRIVATE, *HINTS], ids=lambda form: form.name)
def test_nearly_every_one_of_the_test_set_is_found(form: Form) -> None:
    """The bar of the table in docs/personal-data.md, on another draw."""
    made = list(samples([form], 200, seed=26))
    seen = [(one.form.kind, [*personal_data(one.text), *hints(one.text)]) for one in made]
    right = sum(any(one.kind is kind for one in findings) for kind, findings in seen)
    assert right >= 0.97 * len(made)


@pytest.mark.parametrize("form", HARMLESS, ids=lambda form: form.name)
def test_little_of_what_only_looks_like_it_is_stopped_at_the_door(form: Form) -> None:
    """A time stamp with a valid check digit is the one thing that cannot be told from a number of a child."""
    made = list(samples([form], 200, seed=26))
    stopped = sum(any(one.is_certain for one in personal_data(sample.text)) for sample in made)
    assert stopped <= (0.12 if made[0].form.name == "time stamp" else 0.005) * len(made)
