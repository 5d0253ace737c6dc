import pytest

from citizen.analysis.lexicon import (
    MOST_WORDS_KEPT,
    OWN_AREA,
    Addition,
    load_lexicon,
    read_lexicon,
    read_stem,
)
from citizen.analysis.results import LANGUAGES

NAMES = dict.fromkeys(LANGUAGES, "Vinter")


def concept(**changes):
    return {"id": "winter", "names": NAMES, "goals": [11], "stems": {"sv": ["snö"]}} | changes


def lexicon(*concepts, **more):
    return read_lexicon({"version": "1", "concepts": list(concepts)} | more)


DOGS = concept(id="dogs", stems={"sv": ["hund", "=rast"], "nb": ["^bånd", "gård$"], "nn": ["el-sykkel"]})


@pytest.mark.parametrize(
    ("word", "hits"),
    [
        ("hundrastgård", {1}),
        ("Hundar", {1}),
        ("rast", {1}),
        ("rastplats", set()),
        ("båndtvang", {1}),
        ("armbånd", set()),
        ("skolgård", {1}),
        ("gårdsplan", set()),
        ("elsykkel", {1}),
        ("el-sykkel", {1}),
        ("nysnø", {0}),
        ("snöhund", {0, 1}),
        ("skola", set()),
        ("a", set()),
        ("", set()),
    ],
)
def test_stems_match_anywhere_at_the_start_the_end_or_the_whole_word(word, hits):
    assert lexicon(concept(), DOGS).find(word) == hits


SCHOOLS = concept(id="schools", stems={"sv": ["^skol", "bostad", "=elev"]})
RIDES = concept(id="rides", stems={"sv": ["skolskjuts", "studentbost", "=skolan"]}, **{"except": ["skolios"]})


@pytest.mark.parametrize(
    ("word", "hits"),
    [
        ("skolgård", {0}),
        ("skolskjuts", {1}),
        ("skolan", {1}),
        ("skolskjutselev", {1}),
        ("studentbostad", {1}),
        ("bostadsskolskjuts", {0, 1}),
        ("skolios", set()),
        ("skoliosskolskjuts", {1}),
    ],
)
def test_a_stem_gives_way_to_a_longer_one_around_it_or_reaching_into_it(word, hits):
    assert lexicon(SCHOOLS, RIDES).find(word) == hits


def test_two_concepts_with_the_same_stem_are_both_found():
    assert lexicon(concept(), concept(id="snow")).find("snö") == {0, 1}


@pytest.mark.parametrize("stem", ["=x", "x", "ab", "^ab", "ab$", "", "=", "^-a-"])
def test_a_stem_too_short_to_tell_anything_is_refused(stem):
    with pytest.raises(ValueError, match="too short"):
        read_stem(stem)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (concept(names={"sv": "Vinter"}), "no name in nb, nn, en"),
        (concept(goals=[18]), "goals"),
        (concept(goals=[1, 2, 3, 4]), "goals"),
        (concept(stems={}), "no stem"),
        (concept(stems={"sv": ["=x"]}), "too short"),
        (concept(area="nowhere"), "no area"),
        (concept(los="https://example.org/"), "LOS"),
    ],
)
def test_a_broken_concept_is_refused(broken, message):
    with pytest.raises(ValueError, match=message):
        lexicon(broken)


def test_two_concepts_with_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        lexicon(concept(), concept())


def test_words_are_forgotten_before_memory_is_full(monkeypatch):
    monkeypatch.setattr("citizen.analysis.lexicon.MOST_WORDS_KEPT", 3)
    small = lexicon(concept())
    for _ in range(2):
        assert [small.find(word) for word in ("snö", "a", "b", "c", "snöre")] == [
            {0},
            set(),
            set(),
            set(),
            {0},
        ]
    assert MOST_WORDS_KEPT > 1000


PLACE = Addition("gamla-bruket", ("=bruket",), {"sv": "Gamla bruket"}, goals=(11,))


def test_a_municipality_adds_a_concept_and_stems_to_one():
    base = lexicon(concept())
    more = base.extended([PLACE, Addition("winter", ("=modd",))])
    assert [one.id for one in more.concepts] == ["winter", "gamla-bruket"]
    assert (more.find("bruket"), more.find("modd"), more.find("snö")) == ({1}, {0}, {0})
    assert more.concepts[1].names == dict.fromkeys(LANGUAGES, "Gamla bruket")
    assert more.concepts[1].area == OWN_AREA
    assert base.find("bruket") == base.find("modd") == set()


def test_a_missing_name_is_taken_from_the_nearest_language():
    added = Addition("x", ("vågen",), {"sv": "Vågenbadet", "nn": "Vågenbadet bad", "en": "Pool"})
    names = lexicon().extended([added]).concepts[0].names
    assert names["nb"] == "Vågenbadet bad"


def test_the_version_tells_additions_but_not_their_order():
    base, other = lexicon(concept()), Addition("winter", ("=modd",))
    versions = [base.extended(added).version for added in ([], [PLACE], [PLACE, other], [other, PLACE])]
    assert versions[0] == base.version == "1"
    assert versions[2] == versions[3]
    assert len(set(versions)) == 3
    assert base.extended([]) is base


def test_a_new_concept_without_a_name_is_refused():
    with pytest.raises(ValueError, match="needs a name"):
        lexicon().extended([Addition("x", ("vågen",))])


def test_the_lexicon_is_loaded_once_and_with_additions():
    assert load_lexicon() is load_lexicon()
    more = load_lexicon([PLACE])
    assert more.find("bruket") == {len(load_lexicon().concepts)}
    assert more.version.startswith(load_lexicon().version)


@pytest.mark.parametrize(
    "words",
    [
        ("snöröjning", "brøyting", "brøytinga"),
        ("bibliotek", "biblioteket"),
        ("skolskjuts", "skoleskyss", "skuleskyss"),
        ("lekplatsen", "lekeplassen", "leikeplassen"),
        ("hemtjänsten", "hjemmetjenesten", "heimetenesta"),
        ("badplats", "badeplass", "badeplassar"),
        ("gatubelysning", "gatelys", "veglys"),
        ("avlopp", "avløp", "kloakk"),
        ("väderskydd", "leskur", "busskur"),
        ("tandläkare", "tannlege", "tannlegen"),
    ],
)
def test_the_lexicon_ties_languages_together(words):
    hits = [load_lexicon().find(word) for word in words]
    assert frozenset.intersection(*hits)
