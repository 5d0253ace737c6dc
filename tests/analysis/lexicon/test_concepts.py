"""The data of the lexicon: what hits strangers, what is dead, what is missing."""

import re
from collections import Counter
from pathlib import Path

import pytest

from citizen.analysis.lexicon import LOS, OWN_AREA, load_lexicon, read_stem
from citizen.analysis.normalise import words
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import is_stop_word, stop_words

LEXICON = load_lexicon()
IDS = [concept.id for concept in LEXICON.concepts]
WRITTEN = ("sv", "nb", "nn")
STOP_WORDS_HIT = {"medborgare", "medborgarna", "bygd", "bygda", "do", "is"}
"""Stop words that a concept knows: they are left out before the lexicon sees them."""


def lines(name):
    text = (Path(__file__).parent / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def found(word):
    return {IDS[number] for number in LEXICON.find(word)}


def test_the_lexicon_is_as_large_as_was_promised():
    assert len(IDS) >= 150
    assert len({stem for stems in LEXICON.stems for stem in stems}) >= 2000
    assert min(map(len, LEXICON.stems)) >= 20


def test_every_concept_lies_in_an_area_and_no_two_share_a_name():
    assert {concept.area for concept in LEXICON.concepts} == set(LEXICON.areas) - {OWN_AREA}
    for lang in LANGUAGES:
        assert len({concept.names[lang] for concept in LEXICON.concepts}) == len(IDS)
        assert len({area.names[lang] for area in LEXICON.areas.values()}) == len(LEXICON.areas)


def test_every_concept_serves_a_goal_and_points_into_los_where_it_can():
    assert all(concept.goals for concept in LEXICON.concepts)
    used = {concept.los.removeprefix(LOS) for concept in LEXICON.concepts if concept.los}
    assert used == set(lines("los.txt"))


def test_a_stem_that_may_lie_anywhere_has_four_letters():
    short = [
        stem
        for stems in [*LEXICON.stems, LEXICON.exceptions]
        for stem in stems
        if not re.match("[=^]", stem) and not stem.endswith("$") and len(read_stem(stem).letters) < 4
    ]
    assert not short


def test_stems_are_single_words_in_lower_case():
    odd = [
        stem
        for stems in LEXICON.stems
        for stem in stems
        if not re.fullmatch(r"[=^]?[^\W\d_A-Z-]+(-[^\W\d_]+)*\$?", stem)
    ]
    assert [stem for stem in odd if not re.match(r"[34]", stem)] == []


def test_no_stem_stands_in_two_concepts():
    uses = Counter(pattern for stems in LEXICON.stems for pattern in {read_stem(stem) for stem in stems})
    assert [pattern for pattern, count in uses.items() if count > 1] == []


def test_no_stem_is_swallowed_by_another_concept():
    swallowed = [
        (IDS[number], stem)
        for number, stems in enumerate(LEXICON.stems)
        for stem in stems
        if number not in LEXICON.find(read_stem(stem).letters)
    ]
    assert swallowed == []


def test_a_whole_word_speaks_of_its_own_concept_alone():
    shared = [
        (IDS[number], stem)
        for number, stems in enumerate(LEXICON.stems)
        for stem in stems
        if stem.startswith("=") and LEXICON.find(read_stem(stem).letters) != {number}
    ]
    assert shared == []


def test_every_exception_is_needed():
    bare = type(LEXICON)("", LEXICON.concepts, LEXICON.stems)
    assert [stem for stem in LEXICON.exceptions if not bare.find(read_stem(stem).letters)] == []


def test_a_name_speaks_of_another_concept_only_if_they_are_kin():
    pairs = {
        f"{concept.id} {IDS[other]}"
        for number, concept in enumerate(LEXICON.concepts)
        for lang in WRITTEN
        for word in words(concept.names[lang])
        if not is_stop_word(word) and number not in LEXICON.find(word)
        for other in LEXICON.find(word)
    }
    assert pairs == set(lines("kin.txt"))


@pytest.mark.parametrize("line", lines("traps.txt"))
def test_a_word_that_only_looks_alike_is_no_hit(line):
    word, *concepts = line.split()
    assert found(word) == set(concepts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_that_stand_in_every_text_are_no_hits(lang):
    assert {word for word in stop_words(lang) if found(word)} <= STOP_WORDS_HIT


@pytest.mark.parametrize("lang", WRITTEN)
def test_no_language_is_left_behind(lang):
    """A third of the stems of every concept are in each language, or the concept leans to one."""
    import json
    from importlib.resources import files

    folder = files("citizen.analysis").joinpath("data/concepts")
    for area in set(LEXICON.areas) - {OWN_AREA}:
        for concept in json.loads(folder.joinpath(f"{area}.json").read_text("utf-8")):
            sizes = {one: len(concept["stems"][one]) for one in WRITTEN}
            assert sizes[lang] >= max(sizes.values()) / 3, concept["id"]
