"""Texts that are the same but for details."""

import pytest

from citizen.analysis.sameness import is_same, word_set

TEMPLATE = ("Köp billiga klockor hos oss, fri frakt till hela {town} och alla grannkommuner,"
            " ring {number} eller besök butiken redan i dag")


def same(one: str, other: str) -> bool:
    return is_same(word_set(one), word_set(other))


def test_a_template_with_other_names_and_numbers_is_the_same_text() -> None:
    assert same(TEMPLATE.format(town="Granby", number="070"), TEMPLATE.format(town="ELVDAL", number="99 12"))


def test_order_capitals_and_signs_make_no_difference() -> None:
    assert same("Sett opp lys langs vegen ved elva nå!", "LANGS vegen, ved elva: sett opp lys – nå")


@pytest.mark.parametrize(("one", "other"), [
    ("Fler bussar på kvällen så att unga kommer hem från träningen", "Fler bussar på dagen till sjukhuset"),
    ("Sätt upp lampor längs gångvägen till skolan", "Sätt upp bänkar längs stigen runt sjön vid badplatsen"),
    ("", ""), ("Bra idé!", "Bra idé!"), ("Vi vill ha badhus", "Vi vill ha badhus"),
])
def test_texts_about_the_same_and_very_short_ones_are_not(one: str, other: str) -> None:
    assert not same(one, other)
