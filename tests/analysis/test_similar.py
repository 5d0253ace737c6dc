"""Nearest texts: by terms, by slips, across languages, the same every time."""

import pytest

from citizen.analysis.nearest import MOST_COUNTED
from citizen.analysis.results import Text
from citizen.analysis.similar import SimilarTexts
from citizen.analysis.spelling import one_slip_away
from citizen.analysis.terms import LONGEST, content_words, index_terms, version
from tests.analysis.samples import civic_texts


def texts(*written):
    return [Text(f"t{number}", text) for number, text in enumerate(written)]


def first(written, query):
    found = SimilarTexts(texts(*written)).search([query])[0]
    return found[0].id if found else None


def test_the_same_words_in_three_languages_are_the_same_terms():
    assert index_terms("bänkar i parken") == index_terms("benker i parken") == index_terms("benkar i parken")
    assert "c:winter-upkeep" in index_terms("snöröjning")
    assert "c:winter-upkeep" in index_terms("brøyting")


def test_numbers_are_terms_and_filler_is_not():
    assert index_terms("Vi vill ha buss 40 till E18")[:3] == ["bus", "40", "e18"]


@pytest.mark.parametrize("text", ["", "   ", "🎉🎉", "och att det", "!?…", "\x00"])
def test_a_text_that_says_nothing_has_no_terms_and_finds_nothing(text):
    assert index_terms(text) == []
    assert SimilarTexts(civic_texts()).search([text]) == [[]]


def test_a_term_is_never_longer_than_an_index_takes():
    text = " ".join(["x" * 60, "9" * 500])
    assert max(map(len, [*index_terms(text), *content_words(text)])) <= LONGEST


def test_every_slip_of_one_finger_is_tried():
    for slip in ("lekplas", "ekplats", "leikplats", "lkeplats", "lekplåts", "lekplatsn"):
        assert slip in one_slip_away("lekplats")
    assert one_slip_away("buss") >= {"bus", "husss"[:4]}
    assert one_slip_away("is") == set()


def test_slips_in_every_word_still_find_the_text():
    written = ["Fler sittbänkar längs strandpromenaden", "Lekplatsen behöver gungor", "Sänk bussavgiften"]
    assert first(written, "sittbnäkar strndpromenaden") == "t0"
    assert first(written, "lekplasten gngor") == "t1"


def test_a_word_that_is_still_being_typed_finds_what_it_may_become():
    assert first(["Ny simhall i Åmot", "Ny skridskobana i Åmot"], "simh") == "t0"


def test_with_every_third_word_gone_the_text_is_found():
    search = SimilarTexts(civic_texts())
    for text in civic_texts():
        kept = " ".join(word for at, word in enumerate(text.text.split()) if at % 3 != 1)
        assert text.id in [match.id for match in search.search([kept])[0]]


def test_a_need_is_found_under_its_name_in_the_other_language():
    written = ["Bättre snöröjning på trottoarerna", "Mer musikk på torget", "Fleire benkar i parken"]
    assert first(written, "brøyting av fortau") == "t0"


def test_a_text_is_wholly_like_itself_and_scores_lie_between_nothing_and_one():
    written = [text.text for text in civic_texts()]
    for query, found in zip(written, SimilarTexts(texts(*written)).search(written), strict=True):
        assert found[0].score == 1.0, query
        assert all(0 < match.score <= 1 for match in found)


def test_the_order_of_the_texts_changes_nothing():
    there = civic_texts()
    back = list(reversed(there))
    queries = [text.text for text in there]
    assert SimilarTexts(there).search(queries) == SimilarTexts(back).search(queries)


def test_equals_are_ordered_by_id():
    found = SimilarTexts([Text("b", "Nya bänkar"), Text("a", "Nya bänkar")]).search(["bänkar"])[0]
    assert [match.id for match in found] == ["a", "b"]


def test_of_a_word_that_everybody_uses_the_newest_texts_are_looked_at():
    many = [Text(f"{number:06}", "Mer buss") for number in range(4 * MOST_COUNTED)]
    assert len(SimilarTexts(many).search(["buss"])[0]) == 5


def test_a_very_long_query_is_answered():
    assert SimilarTexts(civic_texts()).search(["ljus på vägen " * 5000])[0]


def test_the_fingerprint_of_the_terms_stays_while_nothing_changes():
    assert version() == version()
    assert len(version()) == 12
