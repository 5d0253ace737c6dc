import pytest

from citizen.analysis.lexicon import load_lexicon, read_lexicon
from citizen.analysis.results import LANGUAGES


def concept(**changes):
    names = dict.fromkeys(LANGUAGES, "Vinter")
    return {"id": "winter", "names": names, "goals": [11], "stems": {"sv": ["snö"]}} | changes


def lexicon(*concepts):
    return read_lexicon({"version": "1", "concepts": list(concepts)})


DOGS = concept(id="dogs", stems={"sv": ["hund", "=rast"], "nb": ["^bånd"], "nn": ["el-sykkel"]})


@pytest.mark.parametrize(
    ("word", "hits"),
    [
        ("hundrastgård", {1}),
        ("Hundar", {1}),
        ("rast", {1}),
        ("rastplats", set()),
        ("båndtvang", {1}),
        ("armbånd", set()),
        ("elsykkel", {1}),
        ("nysnø", {0}),
        ("snöhund", {0, 1}),
        ("skola", set()),
        ("a", set()),
    ],
)
def test_stems_match_anywhere_at_the_start_or_the_whole_word(word, hits):
    assert lexicon(concept(), DOGS).find(word) == hits


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (concept(names={"sv": "Vinter"}), "no name in nb, nn, en"),
        (concept(goals=[18]), "goals"),
        (concept(goals=[1, 2, 3, 4]), "goals"),
        (concept(stems={}), "no stem"),
        (concept(stems={"sv": ["=x"]}), "too short"),
    ],
)
def test_a_broken_concept_is_refused(broken, message):
    with pytest.raises(ValueError, match=message):
        lexicon(broken)


def test_two_concepts_with_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        lexicon(concept(), concept())


def test_the_lexicon_of_the_package_is_valid_and_names_are_distinct():
    concepts = load_lexicon().concepts
    assert len(concepts) >= 60
    for lang in LANGUAGES:
        assert len({one.names[lang] for one in concepts}) == len(concepts)


@pytest.mark.parametrize(
    "words", [("snöröjning", "brøyting", "brøytinga"), ("bibliotek", "biblioteket")]
)
def test_the_lexicon_ties_languages_together(words):
    hits = [load_lexicon().find(word) for word in words]
    assert frozenset.intersection(*hits)
