from citizen.analysis.hits import hits
from citizen.analysis.lexicon import read_lexicon
from citizen.analysis.normalise import words
from citizen.analysis.results import LANGUAGES

NAMES = dict.fromkeys(LANGUAGES, "x")
LEXICON = read_lexicon(
    {
        "version": "7",
        "concepts": [
            {"id": "books", "names": NAMES, "goals": [4], "stems": {"sv": ["^bok"]}},
            {"id": "winter", "names": NAMES, "goals": [11], "stems": {"sv": ["snö", "halk"]}},
        ],
    }
)
TEXTS = ["Snö och halka, snö överallt!", "Mer snö på bron", "Bron behöver färg", "Färg på bokbussen"]


def review(**limits):
    return hits(LEXICON, (words(text) for text in TEXTS), **limits)


def test_concepts_come_with_texts_and_words_commonest_first():
    found = review()
    assert (found.version, found.texts, found.covered) == ("7", 4, 3)
    assert [(one.concept, one.texts, one.words) for one in found.concepts] == [
        ("winter", 2, (("snö", 3), ("halka", 1))),
        ("books", 1, (("bokbussen", 1),)),
    ]


def test_words_no_concept_knows_are_candidates_unless_they_say_nothing():
    assert review().unknown[:2] == (("bron", 2), ("färg", 2))
    assert "och" not in dict(review().unknown)


def test_only_so_many_words_are_shown():
    found = review(words_shown=1, unknown_shown=1)
    assert found.concepts[0].words == (("snö", 3),)
    assert found.unknown == (("bron", 2),)


def test_no_texts_are_no_hits():
    found = hits(LEXICON, [])
    assert (found.texts, found.covered, found.unknown) == (0, 0, ())
    assert [one.texts for one in found.concepts] == [0, 0]


def test_rare_words_are_forgotten_before_memory_is_full(monkeypatch):
    monkeypatch.setattr("citizen.analysis.hits.MOST_WORDS", 4)
    texts = [["snö"]] * 3 + [[f"ord{letter}"] for letter in "abcdefgh"]
    found = hits(LEXICON, texts)
    assert found.concepts[0].words == (("snö", 3),)
    assert found.texts == 11
    assert len(found.unknown) < 8
