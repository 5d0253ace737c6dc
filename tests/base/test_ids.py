"""References and codes: read aloud, typed, guarded."""

import pytest

from citizen.base.ids import ALPHABET, digest_of, new_ref, read_code, secret_code, spoken

KEY = "k" * 40


@pytest.mark.parametrize(("typed", "read"), [
    ("7K2M-9QXT-AB01", "7K2M9QXTAB01"),
    (" 7k2m 9qxt ab01 ", "7K2M9QXTAB01"),
    ("7K2M–9QXT–ABOI", "7K2M9QXTAB01"),
    ("7k2m9qxtabol", "7K2M9QXTAB01"),
    ("", ""),
])
def test_a_code_is_read_as_it_was_meant(typed: str, read: str) -> None:
    assert read_code(typed) == read


def test_a_code_survives_being_spoken_and_typed() -> None:
    code = secret_code(KEY, "receipt:I-7K2M9QXT")
    assert len(code) == 12
    assert read_code(spoken(code).lower()) == code


def test_the_same_subject_has_the_same_code_and_another_key_gives_another() -> None:
    assert secret_code(KEY, "a") == secret_code(KEY, "a")
    assert len({secret_code(KEY, "a"), secret_code(KEY, "b"), secret_code("j" * 40, "a")}) == 3


def test_what_is_stored_does_not_hold_the_code() -> None:
    code = secret_code(KEY, "a")
    assert code not in digest_of(KEY, code)
    assert digest_of(KEY, code) != digest_of("j" * 40, code)


def test_references_hold_no_letter_that_is_misheard() -> None:
    refs = {new_ref("I") for _ in range(200)}
    assert len(refs) == 200
    assert all(ref.startswith("I-") and set(ref[2:]) <= set(ALPHABET) for ref in refs)
    assert not set("ILOU") & set(ALPHABET)
