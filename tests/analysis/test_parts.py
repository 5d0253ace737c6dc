import numpy as np
import pytest
from scipy import sparse
from scipy.cluster.hierarchy import linkage
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils.estimator_checks import parametrize_with_checks

from citizen.analysis import words as words_module
from citizen.analysis.corpus import read_documents
from citizen.analysis.features import MOST_CONCEPTS, NGRAMS, FeatureSpace, block_weights, ngrams
from citizen.analysis.graph import add_anchors, build_graph, eigenvectors, nearest, scaled
from citizen.analysis.grouping import (
    GraphWard,
    cut_tree,
    dissolve_small,
    merges,
    settled,
    suggested_clusters,
)
from citizen.analysis.labels import Vocabulary, name_groups
from citizen.analysis.language import canonical, detect, language_of
from citizen.analysis.lexicon import read_lexicon
from citizen.analysis.normalise import lower_words
from citizen.analysis.outliers import closeness, familiarity, is_far_out
from citizen.analysis.passages import split
from citizen.analysis.placing import (
    NOWHERE,
    Place,
    combine,
    learn_borders,
    margins,
    nearest_themes,
    to_others,
)
from citizen.analysis.quotes import typical
from citizen.analysis.results import LANGUAGES, Text
from citizen.analysis.similar import SimilarTexts
from citizen.analysis.stems import stem_in
from citizen.analysis.thesaurus import Thesaurus, no_thesaurus
from citizen.analysis.words import Passage, Words
from tests.analysis.samples import civic_texts

EMPTY = read_lexicon({"version": "none", "concepts": []})
WINTER_NAMES = {"sv": "Vinterväghållning", "nb": "Vinter", "nn": "Vinter", "en": "Winter"}
WINTER_JSON = {
    "version": "1",
    "concepts": [
        {"id": "winter", "names": WINTER_NAMES, "goals": [11], "stems": {"sv": ["snö", "halk"]}}
    ],
}
WINTER = read_lexicon(WINTER_JSON)


def corpus_of(*texts, lexicon=EMPTY):
    words = Words(lexicon, no_thesaurus())
    return [own[0] for own in read_documents([Text(text, text, "sv") for text in texts], words)], words


def documents(*texts, lexicon=EMPTY):
    return [document for document, _ in corpus_of(*texts, lexicon=lexicon)[0]]


def passage(text):
    return Passage(text, lower_words(text), "sv")


def learnt(*texts, lexicon=EMPTY, thesaurus=None):
    """Return a feature space learnt from some texts, their counts and their words."""
    words = Words(lexicon, thesaurus or no_thesaurus())
    counts = words.count([passage(text) for text in texts])
    return FeatureSpace().fit(counts, words.known), counts, words


@pytest.mark.parametrize(
    ("coverage", "weight"), [(0.0, 0.0), (0.5, 0.0), (0.65, 0.175), (0.8, 0.35), (1.0, 0.35)]
)
def test_concepts_count_only_where_they_know_the_texts(coverage, weight):
    weights = block_weights(coverage)
    assert weights["concepts"] + weights["areas"] == pytest.approx(weight)
    assert sum(weights.values()) == pytest.approx(1.0)


def test_rows_have_length_one_with_and_without_concepts():
    for texts in (["snö och halka", "isig trottoar med snö", "gamla böcker"], ["gamla böcker", "cykel"]):
        space, counts, words = learnt(*texts, lexicon=WINTER)
        rows = space.transform(counts, space.of_words(words.known))
        assert sparse.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_text_without_anything_in_common_is_a_zero_row():
    space, _, words = learnt("belysning", "cykelväg")
    strange = words.count([passage("xyzzy")])
    assert space.transform(strange, space.of_words(words.known)).nnz == 0


def test_words_that_mean_the_same_bring_texts_together():
    same = Thesaurus([("games", {"sv": ["leka"], "nb": ["leke"], "nn": ["leike"], "talk": []}),
                      ("animals", {"sv": ["hund"], "nb": ["bikkje"], "nn": ["bikkje"], "talk": []})])
    space, counts, words = learnt("hund", "bikkje", "leka", thesaurus=same)
    rows = space.transform(counts, space.of_words(words.known))
    alike = (rows @ rows.T).toarray()
    assert alike[0, 1] > 0.3 > alike[0, 2]


def test_the_ngrams_are_those_of_the_library():
    library = CountVectorizer(analyzer="char_wb", ngram_range=NGRAMS).build_analyzer()
    for stem in ("snö", "barnehag", "is"):
        assert ngrams(stem) == library(stem)


def test_words_are_read_once_and_forgotten_when_there_are_too_many(monkeypatch):
    words = Words(EMPTY, no_thesaurus())
    assert words.count([passage("snö is snö")]).toarray().tolist() == [[2.0, 1.0]]
    assert not words.forget_if_full()
    monkeypatch.setattr(words_module, "MOST_KNOWN", 1)
    assert words.forget_if_full()
    assert words.count([passage("is")]).toarray().tolist() == [[1.0]]


def test_neighbours_are_others_and_ties_go_by_number():
    rows = sparse.csr_matrix(np.array([[1.0, 0], [1, 0], [1, 0], [0, 1]], np.float32))
    indices, cosines = nearest(rows, 2, lambda _share: None)
    assert indices.tolist() == [[1, 2], [0, 2], [0, 1], [0, 1]]
    assert cosines[0].tolist() == [1.0, 1.0]


def test_the_graph_is_symmetric_and_anchors_come_last():
    graph = build_graph(np.array([[1], [2], [1]]), np.array([[0.9], [0.2], [0.2]], np.float32))
    anchored = add_anchors(graph, [[0, 2]]).toarray()
    assert np.array_equal(anchored, anchored.T)
    assert anchored[3].tolist() == [1.0, 0.0, 1.0, 0.0]


def two_circles():
    circle = np.roll(np.eye(6), 1, axis=1)
    links = np.kron(np.eye(2), circle + circle.T)
    links[0, 6] = links[6, 0] = 0.01
    return links


def test_two_separate_circles_come_apart():
    coordinates = scaled(eigenvectors(sparse.csr_matrix(two_circles()), 1), 1)
    assert cut_tree(linkage(coordinates, "ward"), 2).tolist() == [0] * 6 + [1] * 6
    assert len(set(GraphWard(2).fit_predict(two_circles() + np.eye(12))[:6])) == 1


@parametrize_with_checks([GraphWard(n_clusters=3)])
def test_the_grouping_keeps_the_contract_of_the_library(estimator, check):
    check(estimator)


@pytest.mark.parametrize("size", [10, 30, 100, 10_000, 10_000_000])
def test_the_suggested_number_of_clusters_is_sensible(size):
    assert 2 <= suggested_clusters(size) <= min(40, size // 5)


@pytest.mark.parametrize("groups", [1, 3, 8])
def test_the_tree_is_cut_into_exactly_so_many_groups(groups):
    points = np.arange(8.0)[:, None] ** 2
    labels = cut_tree(linkage(points, "ward"), groups)
    assert sorted(set(labels.tolist())) == list(range(groups))


def test_equal_points_are_cut_too_and_stay_as_they_were_cut():
    labels = cut_tree(linkage(np.zeros((5, 2)), "ward"), 3)
    assert len(set(labels.tolist())) == 3
    assert settled(np.zeros((5, 2)), labels).tolist() == labels.tolist()


def test_a_row_that_the_tree_left_on_the_wrong_side_moves():
    points = np.array([[0.0], [1.0], [2.0], [9.0], [10.0]])
    assert settled(points, np.array([0, 0, 1, 1, 1])).tolist() == [0, 0, 0, 1, 1]


def test_the_tree_tells_which_groups_to_join_next():
    points = np.array([[0.0], [1.0], [10.0], [11.0], [15.0], [16.0]])
    tree = linkage(points, "ward")
    assert merges(tree, np.array([0, 0, 1, 1, 2, 2])) == [(1, 2), (0, 1)]
    assert merges(tree, np.array([0, 0, 0, 0, 0, 0])) == []


def borders_of(rows, groups):
    return learn_borders(sparse.csr_matrix(np.array(rows, np.float32)), np.array(groups), everything=False)


def test_confidence_is_the_margin_to_the_next_theme_and_the_second_is_one_that_is_near():
    borders = borders_of([[1, 0], [0, 1]], [0, 1])
    rows = sparse.csr_matrix(np.array([[0.8, 0.4], [0.5, 0.5], [0.2, 0.6]], np.float32))
    sure, other = margins(rows, np.array([0, 1, -1]), borders)
    assert sure.tolist() == [0.5, 0.0, 0.0]
    assert other.tolist() == [-1, 0, -1]


def test_a_text_does_not_vouch_for_itself_when_it_is_said_how_well_it_fits():
    rows = sparse.csr_matrix(np.array([[1, 0], [0.6, 0.8], [0, 1], [0, 1], [1, 0], [0, 0]], np.float32))
    groups = np.array([0, 0, 1, 1, 2, -1])
    near = to_others(rows, groups)
    assert near.tolist() == pytest.approx([0.6, 0.6, 1.0, 1.0, 1.0, 0.0])
    borders = learn_borders(rows, groups, everything=False)
    sure, other = margins(rows, groups, borders, own=near)
    assert sure[0] == 0.0
    assert other[0] == 2


def test_what_lies_too_far_from_every_theme_or_is_empty_is_placed_nowhere():
    borders = borders_of([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0]], [0, 0, 1, 1])
    rows = sparse.csr_matrix(np.array([[1, 0, 0], [0, 0.9, 0.1], [0.1, 0, 0.99], [0, 0, 0]], np.float32))
    assert nearest_themes(rows, borders).tolist() == [0, 1, -1, -1]


def test_a_long_text_belongs_where_most_of_its_words_do_and_has_a_second_theme():
    light, dogs = Place(0, 0.6, -1), Place(1, 0.4, 2)
    assert combine([(light, 30), (dogs, 20)]) == Place(0, 0.6, 1)
    assert combine([(light, 30), (dogs, 5)]) == Place(0, 0.6, -1)
    assert combine([(dogs, 30), (light, 5)]) == Place(1, 0.4, 2)
    assert combine([(NOWHERE, 9), (NOWHERE, 9)]) == NOWHERE


def test_short_texts_stay_whole_and_long_ones_are_cut_between_sentences():
    sentence = "Mer ljus längs stigen vid sjön, tack. "
    assert split(sentence) == [sentence]
    pieces = split(sentence * 40)
    assert len(pieces) > 2
    assert all(piece.strip().endswith("tack.") for piece in pieces)
    assert " ".join(pieces).split() == (sentence * 40).split()
    assert len(split("ord " * 100_000)) == 1


def test_groups_of_one_or_two_texts_are_dissolved_counting_copies():
    groups, copies = np.array([0, 0, 0, 1, 2, 2]), np.array([1, 1, 1, 5, 1, 1])
    assert dissolve_small(groups, copies).tolist() == [0, 0, 0, 1, -1, -1]


def test_only_what_lies_far_below_the_middle_is_far_out():
    assert is_far_out(np.array([0.5, 0.4, 0.45, 0.15, 0.08])).tolist() == [False] * 4 + [True]


def test_more_neighbours_count_in_larger_collections():
    falling = np.tile(np.linspace(1.0, 0.0, 30, dtype=np.float32), (360, 1))
    assert closeness(falling[:50])[0] > closeness(falling)[0]
    assert closeness(np.empty((1, 0), np.float32)).tolist() == [1.0]


def test_what_the_lexicon_does_not_know_counts_for_less_where_it_knows_the_others():
    words = Words(WINTER, no_thesaurus())
    counts = words.count([passage("snö halka"), passage("xyzzy qwerty")])
    assert familiarity(counts, words.known, MOST_CONCEPTS).tolist() == pytest.approx([1.3, 0.3])
    assert familiarity(counts, words.known, 0.0).tolist() == [1.0, 1.0]


def test_quotes_prefer_sentences_to_single_words():
    keys = {0: "lys", 1: "lys veg skol mork kvel", 2: "hund"}
    assert typical([0, 1, 2], {0: 0.8, 1: 0.7, 2: 0.1}, keys, 2) == [1, 0]


def names(texts, langs, groups, lexicon=EMPTY):
    words = Words(lexicon, no_thesaurus())
    marked = [Text(text, text, lang) for text, lang in zip(texts, langs, strict=True)]
    read = [own[0][0] for own in read_documents(marked, words)]
    return name_groups(read, groups, Vocabulary(read, lexicon))


def test_a_concept_that_covers_half_of_a_group_names_it():
    texts = ["snö på vägen", "halka vid skolan", "böcker", "hundar", "bussar", "bad", "cykel"]
    name = names(texts, ["sv"] * 7, [0, 0, 1, 1, 1, 1, 1], WINTER)[0]
    assert (name.labels["sv"], name.concept, name.goals) == ("Vinterväghållning", "winter", (11,))


def test_two_concepts_name_a_group_together():
    book = WINTER_JSON["concepts"][0] | {"id": "books", "stems": {"sv": ["bok"]}}
    book["names"] = dict.fromkeys(LANGUAGES, "Böcker")
    two = read_lexicon({"version": "1", "concepts": [*WINTER_JSON["concepts"], book]})
    texts = [
        "snö",
        "boken",
        "bokbuss",
        "snöslask",
        "resa",
        "hundar",
        "bussar",
        "bad",
        "cykel",
        "gym",
    ]
    name = names(texts, ["sv"] * 10, [0] * 5 + [1] * 5, two)[0]
    assert name.labels["sv"] == "Vinterväghållning · Böcker"
    assert name.concept is None


def test_a_concept_that_everybody_speaks_of_names_nothing():
    name = names(["snö på vägen", "halka vid skolan"], ["sv"] * 2, [0, 1], WINTER)[0]
    assert name.concept is None


def test_two_groups_of_one_concept_get_different_names():
    texts = ["snö vid skolan", "snö vid skolan", "snö på torget", "halka på torget"]
    texts += ["böcker", "hundar", "bussar", "bad", "cykel"]
    first, second, _ = names(texts, ["sv"] * 9, [0, 0, 1, 1, 2, 2, 2, 2, 2], WINTER)
    assert first.labels["sv"] == "Vinterväghållning: skolan"
    assert second.labels["sv"] == "Vinterväghållning: torget"


def test_labels_are_whole_words_in_the_readers_language():
    texts = ["mörkt, mer belysning", "belysning på gatan", "mørkt, belysninga er slokt", "hundar"]
    name = names(texts, ["sv", "sv", "nn", "sv"], [0, 0, 0, 1])[0]
    assert "belysning" in name.labels["sv"].lower()
    assert "belysninga" in name.labels["nn"].lower()
    assert set(name.labels) == set(LANGUAGES)


def test_place_names_give_way_to_needs_and_keep_their_capital():
    texts = ["Mer belysning i Kortedala", "Ny belysning, gärna i Kortedala", "belysning"]
    name = names([*texts, "hundar"], ["sv"] * 4, [0, 0, 0, 1])[0]
    assert name.terms[0] == "belysning"
    assert "Kortedala" in name.terms


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Jag vill att det ska finnas fler bänkar i parken", "sv"),
        ("Jeg ønsker flere benker i parken og ikke biler", "nb"),
        ("Eg ynskjer fleire benkar i parken og ikkje bilar", "nn"),
        ("We need more benches in the park and better lights", "en"),
        ("🎉🎉 123", "und"),
        ("", "und"),
        ("نريد المزيد من الإضاءة في الحديقة", "und"),
        ("Haluamme lisää valoja puistoon ja pyörätielle", "und"),
    ],
)
def test_the_language_is_detected(text, lang):
    assert detect(text) == lang


@pytest.mark.parametrize(
    ("mark", "lang"),
    [
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("no-x-nord", "nb"),
        ("nn_NO", "nn"),
        ("SV", "sv"),
        ("en-GB", "en"),
        ("fi", None),
        ("", None),
        (None, None),
    ],
)
def test_language_marks_are_understood(mark, lang):
    assert canonical(mark) == lang


def test_what_the_author_said_wins_over_detection():
    assert language_of("Jag vill ha mer ljus", "nn") == "nn"


def test_similar_texts_are_found_in_the_other_language():
    search = SimilarTexts(civic_texts())
    best = search.search(["Bredare hundrastgård med staket"], count=4)[0]
    assert any(match.id.startswith("dogs") for match in best[:2])
    assert [match.score for match in best] == sorted((m.score for m in best), reverse=True)


def test_a_text_is_most_similar_to_itself():
    texts = civic_texts()
    for text, matches in zip(
        texts, SimilarTexts(texts).search([t.text for t in texts]), strict=True
    ):
        assert matches[0].id == text.id
        assert matches[0].score == pytest.approx(1.0, abs=0.01)


def test_nothing_is_similar_to_nothing():
    assert SimilarTexts([Text("a", "🎉")]).search(["ljus"]) == [[]]
    assert SimilarTexts(civic_texts()).search(["🎉"]) == [[]]


def test_a_stem_knows_the_grammar_of_its_language():
    assert stem_in("bussarna", "sv") == stem_in("buss", "sv")
    assert stem_in("Barnehagene", "nb") == stem_in("barnehage", "nb")
    assert stem_in("åpningstidene", "nb") == stem_in("åpningstid", "nb")
    assert stem_in("Ødegård", "und")


def test_an_area_names_a_group_that_no_concept_of_it_covers():
    names_of = dict.fromkeys(LANGUAGES)
    areas = [{"id": "streets", "names": {lang: f"Gator {lang}" for lang in LANGUAGES}}]
    concepts = [
        {"id": stem, "names": {lang: f"{stem} {lang}" for lang in names_of}, "goals": [11], "area": "streets",
         "stems": {"sv": [stem]}}
        for stem in ("vägskylt", "trottoar", "gatlykta", "refug")
    ]
    streets = read_lexicon({"version": "1", "areas": areas, "concepts": concepts})
    texts = ["vägskylten", "trottoaren", "gatlyktan", "refugen", "böcker", "hundar", "bussar", "bad"]
    name = names(texts, ["sv"] * 8, [0] * 4 + [1] * 4, streets)[0]
    assert name.labels["nn"].startswith("Gator nn: ")
    assert name.concept is None
