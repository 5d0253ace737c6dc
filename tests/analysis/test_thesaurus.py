import pytest

from citizen.analysis.stopwords import stop_words
from citizen.analysis.thesaurus import EXACT, HEAD, MODIFIER, Thesaurus, load_thesaurus, read_rows


def row(field, sv="", nb="", nn="", talk=""):
    cells = {"sv": sv, "nb": nb, "nn": nn, "talk": talk}
    return field, {column: cell.split() for column, cell in cells.items()}


SMALL = Thesaurus([
    row("film", "film", "film", "film"),
    row("weather", "regn", "regn", "regn", "pissregn"),
    row("time", "morgon", "morgen", "morgon", "mårra"),
    row("-", "var", "hvor", "kor"),
    row("calm", "lugn", "rolig", "roleg"),
    row("fun", "rolig", "morsom", "morosam"),
    row("horse", "häst hästar", "hest", "hest"),
])


def meanings(word, lang):
    return {SMALL.fields[SMALL.field_of[number]] if SMALL.field_of[number] >= 0 else "-": sure
            for number, sure in SMALL.find(word, lang)}


@pytest.mark.parametrize(
    ("word", "lang", "found"),
    [
        ("Morgonen", "sv", {"time": EXACT}),
        ("morgenen", "nb", {"time": EXACT}),
        ("mårra", "nb", {"time": EXACT}),
        ("hästarna", "sv", {"horse": EXACT}),
        ("hest", "sv", {"horse": EXACT}),
        ("barnefilm", "nb", {"film": HEAD}),
        ("filmklubben", "sv", {"film": MODIFIER}),
        ("regnfilm", "nn", {"film": HEAD, "weather": MODIFIER}),
        ("xyzzy", "sv", {}),
    ],
)
def test_words_mean_what_is_listed_in_all_their_forms_and_in_compounds(word, lang, found):
    assert meanings(word, lang) == found


def test_a_false_friend_means_what_it_means_in_its_own_language():
    assert meanings("rolig", "sv") == {"fun": EXACT}
    assert meanings("rolig", "nb") == {"calm": EXACT}


def test_a_stop_word_of_a_neighbour_means_nothing():
    assert meanings("var", "sv") == {"-": EXACT}
    assert meanings("var", "nb") == {}


@pytest.mark.parametrize(
    "line", ["film\tfilm\tfilm\tfilm", "film\t\t\t\t", "film\ten film\tfilm\tfilm\t"]
)
def test_a_broken_row_is_named_by_its_line(line):
    with pytest.raises(ValueError, match="line 2"):
        list(read_rows("film\tfilm\tfilm\tfilm\t\n" + line))


def test_the_version_follows_the_rows():
    assert SMALL.version != Thesaurus([row("film", "film", "film", "film")]).version
    assert load_thesaurus().version == load_thesaurus().version


def test_the_thesaurus_of_the_package_is_broad_and_in_lower_case():
    thesaurus = load_thesaurus()
    assert len(thesaurus.field_of) > 8_000
    assert len(thesaurus.fields) > 150
    for column in ("sv", "nb", "nn"):
        assert len(thesaurus.written[column]) > 8_000
        assert all(word == word.lower() and word.strip() for word in thesaurus.written[column])


@pytest.mark.parametrize("lang", ["sv", "nb", "nn"])
def test_plain_prepositions_have_no_meaning_to_compare(lang):
    small = {"på", "av", "i", "til", "till"} & stop_words(lang)
    assert not any(load_thesaurus().find(word, lang) for word in small)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("fråga", "sv"), ("spørsmål", "nb")),
        (("skola", "sv"), ("skule", "nn")),
        (("väder", "sv"), ("vêr", "nn")),
        (("sjukhus", "sv"), ("sykehus", "nb")),
        (("köpa", "sv"), ("kjøpe", "nb")),
        (("flicka", "sv"), ("jente", "nn")),
    ],
)
def test_it_ties_the_languages_together(one, other):
    assert {n for n, _ in load_thesaurus().find(*one)} & {n for n, _ in load_thesaurus().find(*other)}
