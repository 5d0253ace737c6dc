"""Own words, from values alone: tidied, named, matched, and looked at for what they would change."""

import pytest

from citizen.analysis.lexicon import Addition, load_lexicon
from citizen.programmes.rules import matching, words
from citizen.programmes.rules.matching import Clash, Spoken, Warned
from citizen.programmes.rules.words import Entry

TEXTS = ["Nordbadet är kallt.", "Mer ljus vid Nordbadet och nordbadsparken.", "En el-sykkel på Grønmyra"]


@pytest.mark.parametrize(("text", "found"), [
    ("Nordbad\n\n nordbad \nNORRAN", ("nordbad", "norran")),
    ("a, b;c|d", ("a", "b", "c", "d")),
    ("=Norran\nnordbad", ("nordbad", "=norran")),
    ("= norran, ^ nord", ("^nord", "=norran")),
    ("nord\u200ebad", ("nordbad",)),
    ("", ()), (" ,;| ", ()),
])
def test_words_are_tidied(text: str, found: tuple[str, ...]) -> None:
    assert words.stems_in(text) == found


@pytest.mark.parametrize(("names", "taken", "key"), [
    ({"sv": "Nordbadet"}, (), "nordbadet"),
    ({"sv": "Åsa Ängs väg 5"}, (), "asa-angs-vag-5"),
    ({"nn": "Grønmyra", "sv": "Grönmyren"}, (), "gronmyra"),
    ({"nb": "Bærumsverk"}, (), "baerumsverk"),
    ({"sv": "Torget"}, ("torget", "torget-2"), "torget-3"),
    ({"en": "广场"}, (), "concept"),
    ({"en": "!"}, ("concept",), "concept-2"),
    ({"sv": "x" * 80}, ("x" * 60,), "x" * 54 + "-2"),
])
def test_a_concept_is_called_after_its_name(names: dict[str, str], taken: tuple[str, ...], key: str) -> None:
    assert words.new_key(names, ["nn", "nb"], taken) == key


def test_an_entry_survives_being_kept() -> None:
    entry = Entry("a", ("b", "=c"), False, {"sv": "A"}, "sport", (3, 11), "https://psi.norge.no/los/x")
    assert words.from_details(entry.as_details()) == entry


def test_an_entry_that_can_be_used_has_no_problems() -> None:
    lexicon = load_lexicon()
    assert words.problems(Entry("nordbadet", ("nordbad",), False, {"sv": "Nordbadet"}), lexicon) == ()
    assert words.problems(Entry("dogs", ("jycke",), extends=True), lexicon) == ()


@pytest.mark.parametrize("stem", ["nordbad", "^nord", "bad", "parken$", "=nordbadet", "elsykkel", "grön"])
def test_words_are_found_in_texts_as_the_lexicon_finds_them(stem: str) -> None:
    spoken = Spoken(TEXTS)
    one = Addition("own", (stem,), {"sv": "Own"})
    alone = type(load_lexicon())("1", [], [one.stems])
    assert spoken.having(stem) == [word for word in spoken.words if alone.find(word)]


def test_the_commonest_words_come_first() -> None:
    spoken = Spoken(TEXTS)
    assert spoken.texts == 3
    assert spoken.having("nordbad") == ["nordbadet", "nordbadsparken"]
    assert spoken.spread(["nordbadet", "nordbadsparken"]) == 2
    assert Spoken([]).having("nordbad") == []


def test_hits_tell_the_word_the_stem_and_how_many_texts() -> None:
    lexicon = load_lexicon([Addition("granby:nordbadet", ("nordbad", "badspark"), {"sv": "Nordbadet"})])
    found = matching.hits(lexicon, Spoken(TEXTS), {"granby:nordbadet"})
    assert found == {"granby:nordbadet": [
        matching.Hit("nordbadet", ("nordbad",), 2),
        matching.Hit("nordbadsparken", ("badspark", "nordbad"), 1),
    ]}


def test_words_that_say_nothing_are_neither_short_nor_filler() -> None:
    found = matching.silent(load_lexicon(), Spoken(["Kvarnfors och Kvarnfors", "ås Kvarnfors det Nordlia"]))
    assert found == [("kvarnfors", 2), ("nordlia", 1)]


def warned(stems: tuple[str, ...], texts: list[str], *others: Addition) -> list[Warned]:
    new = Addition("granby:x", stems, {"sv": "X"})
    return matching.warnings([new], {new.id: stems}, others, Spoken(texts))


def test_a_word_of_its_own_is_nothing_to_warn_of() -> None:
    assert warned(("kvarnfors",), ["Kvarnfors er fint.", "Eg bur i Kvarnfors."]) == []


def test_the_same_word_in_another_own_concept_is_told_whatever_its_marks() -> None:
    other = Addition("granby:y", ("^kvarnfors",), {"sv": "Y"})
    assert warned(("kvarnfors",), [], other) == [Warned(Clash.SAME, "kvarnfors", "granby:y")]


def test_two_new_concepts_with_the_same_word_are_told() -> None:
    new = [Addition(f"granby:{key}", ("kvarnfors",), {"sv": key}) for key in "ab"]
    found = matching.warnings(new, {one.id: one.stems for one in new}, [], Spoken([]))
    assert [(one.clash, one.concept) for one in found] == [
        (Clash.SAME, "granby:b"), (Clash.SAME, "granby:a")]


def test_a_word_in_many_texts_is_told_also_where_it_is_one_word() -> None:
    [found] = warned(("kvarnfors",), ["Kvarnfors"] * 10)
    assert (found.clash, found.words, found.texts, found.examples) == (Clash.MANY, 1, 10, ("kvarnfors",))
    assert warned(("kvarnfors",), ["Kvarnfors"] * 9) == []


def test_a_longer_word_that_takes_over_is_told() -> None:
    other = Addition("granby:y", ("kvarnfors",), {"sv": "Y"})
    [found] = warned(("kvarnforsbru",), ["Kvarnforsbrua er stengd."], other)
    assert (found.clash, found.concept, found.examples) == (Clash.TAKES, "granby:y", ("kvarnforsbrua",))
