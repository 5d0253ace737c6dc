from math import log

import pytest

from citizen.analysis.labelled import Labelled
from citizen.analysis.scoring import score

# Three labels, two languages; the grouping puts one b with a and leaves one c out.
TEXTS = [
    Labelled("1", "sv", "a"), Labelled("2", "nb", "a"), Labelled("3", "sv", "a"),
    Labelled("4", "nb", "b"), Labelled("5", "sv", "b"), Labelled("6", "nb", "b"),
    Labelled("7", "sv", "c"), Labelled("8", "nb", "c"), Labelled("9", "sv", "c"),
]
FOUND = {"1": "0", "2": "0", "3": "0", "4": "0", "5": "1", "6": "1", "7": "2", "8": "2", "9": None}
PERFECT = {one.id: one.label for one in TEXTS}


def translated(count, clusters):
    """`count` sentences in Swedish and Bokmål, and their clusters by "<number>-<lang>"."""
    texts = [Labelled(f"{n}-{lang}", lang, "x", group=str(n)) for n in range(count) for lang in ("sv", "nb")]
    return texts, clusters


def test_the_same_grouping_agrees_fully_whatever_its_names():
    found = score(TEXTS, {one: name.upper() for one, name in PERFECT.items()})
    assert found.all.ami == found.all.v == found.all.ari == found.all.nmi == pytest.approx(1.0)
    assert (found.texts, found.labels, found.clusters, found.coverage) == (9, 3, 3, 1.0)


def test_one_large_cluster_says_nothing():
    found = score(TEXTS, dict.fromkeys(PERFECT, "0"))
    assert found.all.ami == found.all.v == found.all.homogeneity == pytest.approx(0.0)
    assert found.all.completeness == pytest.approx(1.0)
    assert found.largest == 1.0


def test_figures_of_a_middling_grouping_are_those_of_the_formulas():
    found = score(TEXTS, FOUND)
    # The cluster of three a and one b is the only mixed one; the text left out is one of its own.
    mixed = 4 / 9 * (3 / 4 * log(4 / 3) + 1 / 4 * log(4))
    sizes = 4 / 9 * log(9 / 4) + 2 * 2 / 9 * log(9 / 2) + 1 / 9 * log(9)
    shared = log(3) - mixed
    assert found.all.homogeneity == pytest.approx(shared / log(3))
    assert found.all.completeness == pytest.approx(shared / sizes)
    assert found.all.v == found.all.nmi == pytest.approx(2 * shared / (log(3) + sizes))
    # Pairs: 5 of 8 together in both, 9 by labels, 8 by clusters, 36 in all; 2 expected by chance.
    assert found.all.ari == pytest.approx((5 - 9 * 8 / 36) / ((9 + 8) / 2 - 9 * 8 / 36), abs=1e-4)
    assert 0.0 < found.all.ami < found.all.nmi


def test_leaving_texts_out_does_not_pay():
    found = score(TEXTS, {"1": "0", "4": "1", "7": "2"})
    assert found.clustered.ami == pytest.approx(1.0)
    assert found.coverage == pytest.approx(1 / 3)
    assert found.all.ami < 0.5


def test_a_missing_prediction_is_no_cluster():
    assert score(TEXTS, {one: name for one, name in FOUND.items() if name}) == score(TEXTS, FOUND)


def test_nothing_clustered_still_gives_figures():
    found = score(TEXTS, {})
    assert (found.coverage, found.clusters) == (0.0, 0)
    assert found.largest is found.clustered is found.leak is None
    assert found.all.ami == pytest.approx(0.0)


def test_ignored_labels_and_texts_without_label_are_left_out():
    found = score([*TEXTS, Labelled("10", "sv", None)], FOUND, ignore={"c"})
    assert (found.texts, found.labels, found.clusters, found.coverage) == (6, 2, 2, 1.0)


def test_one_language_can_be_scored_alone():
    found = score(TEXTS, FOUND, lang="nb")
    assert found.texts == 4
    assert found.leak is None
    assert set(found.per_language) == {"nb"}


def test_every_language_has_its_own_figures():
    found = score(TEXTS, FOUND)
    assert {lang: one.texts for lang, one in found.per_language.items()} == {"nb": 4, "sv": 5}
    assert found.per_language["sv"].coverage == pytest.approx(4 / 5)
    assert found.per_language["nb"].agreement == score(TEXTS, FOUND, lang="nb").all


def test_clusters_that_are_languages_leak_fully():
    found = score(TEXTS, {one.id: one.lang for one in TEXTS})
    assert found.leak.ami == pytest.approx(1.0)


def test_clusters_that_mix_languages_evenly_do_not_leak():
    texts = [Labelled(f"{label}{n}{lang}", lang, label)
             for label in "ab" for n in range(10) for lang in ("sv", "nb")]
    found = score(texts, {one.id: one.label for one in texts})
    assert found.leak.ami <= 0.0
    assert found.leak.given_label == pytest.approx(0.0)


def test_the_leak_inside_labels_is_told_apart_from_labels_of_one_language():
    texts = [Labelled(f"{label}{n}", lang, label)
             for label, lang in (("a", "sv"), ("b", "nb")) for n in range(10)]
    found = score(texts, {one.id: one.label for one in texts})
    assert found.leak.ami == pytest.approx(1.0)
    assert found.leak.given_label is None


def test_translations_in_one_cluster_are_counted_by_pair():
    texts, clusters = translated(2, {"0-sv": "x", "0-nb": "x", "1-sv": "x", "1-nb": "y"})
    twins = score(texts, clusters).twins
    assert (twins.pairs, twins.together, twins.between) == (2, 0.5, {"nb-sv": 0.5})
    assert twins.chance == pytest.approx(0.75**2 + 0.25**2)


def test_translations_without_a_cluster_are_not_together():
    texts, _ = translated(1, {})
    assert score(texts, {}).twins.together == 0.0


def test_texts_without_translations_have_no_twins():
    assert score(TEXTS, FOUND).twins is None


def test_a_cluster_for_an_unknown_text_is_refused():
    with pytest.raises(ValueError, match="'99', which is not among"):
        score(TEXTS, {"99": "0"})


def test_nothing_to_score_is_refused():
    with pytest.raises(ValueError, match="no labelled text"):
        score(TEXTS, FOUND, ignore={"a", "b", "c"})
