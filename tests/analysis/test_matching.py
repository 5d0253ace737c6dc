from hypothesis import given, settings
from hypothesis import strategies as st

from citizen.analysis.matching import revise
from citizen.analysis.results import UNSORTED, Cluster, Clustering, Item, Quality

IDS = [f"t{number:02}" for number in range(24)]
KEYS = ["a", "b", "c", "d"]


def clustering(clusters: dict[str, int], seeded: dict[str, int] | None = None) -> Clustering:
    items = tuple(Item(text, number, 0.5, "sv") for text, number in sorted(clusters.items()))
    numbers = sorted(set(clusters.values()) - {UNSORTED})
    found = tuple(
        Cluster(n, list(clusters.values()).count(n), (), {}, (), (), Quality("clear", 1.0, None), None, ())
        for n in numbers
    )
    return Clustering(items, found, (), (), seeded or {}, {}, {}, 0, "")


def grouped(**groups: str) -> dict[str, str]:
    """Return id to key from groups of letters: `grouped(a="xyz")` puts x, y and z into a."""
    return {text: key for key, texts in groups.items() for text in texts}


def run(*groups: str, seeded: dict[str, int] | None = None) -> Clustering:
    found = {text: number for number, texts in enumerate(groups) for text in texts}
    return clustering(found, seeded)


def revised(found, placed, pins=None, merged=()):
    return revise(found, placed=placed, pins=pins or {}, merged=merged)


placements = st.dictionaries(st.sampled_from(IDS), st.sampled_from(KEYS))
clusterings = st.fixed_dictionaries({text: st.integers(-1, 4) for text in IDS}).map(clustering)


@given(clusterings, placements, placements, st.sets(st.sampled_from(KEYS)))
@settings(max_examples=150, deadline=None)
def test_pins_always_win_and_every_text_is_there(found, placed, pins, merged):
    revision = revised(found, placed, pins, merged)
    assert set(revision.theme_of) == set(revision.confidence) == set(IDS)
    for text, key in pins.items():
        assert revision.theme_of[text] == key
        assert revision.confidence[text] == 1.0


@given(clusterings, placements, placements, st.sets(st.sampled_from(KEYS)))
@settings(max_examples=150, deadline=None)
def test_gone_themes_are_the_old_ones_without_members(found, placed, pins, merged):
    revision = revised(found, placed, pins, merged)
    kept = {*revision.theme_of.values(), *pins.values()}
    assert set(revision.gone) == set(placed.values()) - kept
    assert set(revision.new) == kept - {None} - set(KEYS)


@given(clusterings, placements, st.sets(st.sampled_from(KEYS)))
@settings(max_examples=100, deadline=None)
def test_texts_of_one_cluster_share_a_theme(found, placed, merged):
    revision = revised(found, placed, merged=merged)
    for item in found.items:
        if item.cluster == UNSORTED:
            assert revision.theme_of[item.id] is None
    pairs = {(item.cluster, revision.theme_of[item.id]) for item in found.items}
    assert len(pairs) == len({number for number, _ in pairs})


@given(clusterings)
@settings(max_examples=100, deadline=None)
def test_the_same_clustering_again_changes_nothing(found):
    first = revised(found, {})
    placed = {text: key for text, key in first.theme_of.items() if key is not None}
    again = revised(found, placed)
    assert again.theme_of == first.theme_of
    assert not again.new
    assert not again.gone


@given(clusterings, placements)
@settings(max_examples=100, deadline=None)
def test_a_merged_theme_takes_its_parts_back(found, placed):
    first = revised(found, {})
    everything = {text: "a" for text, key in first.theme_of.items() if key is not None}
    again = revised(found, everything, merged={"a"})
    assert {key for key in again.theme_of.values() if key is not None} <= {"a"}


def test_a_grown_theme_keeps_its_key():
    revision = revised(run("abcxyz", "defg"), grouped(light="abc", dogs="defg"))
    assert revision.theme_of["x"] == "light"
    assert revision.new == {}


def test_a_split_theme_keeps_its_key_on_the_larger_half():
    revision = revised(run("abcdef", "ghi"), grouped(light="abcdefghi"))
    assert revision.theme_of["a"] == "light"
    assert revision.theme_of["g"] == "new-1"
    assert revision.new == {"new-1": 1}


def test_a_split_theme_that_people_merged_stays_whole():
    revision = revised(run("abcdef", "ghi"), grouped(light="abcdefghi"), merged=["light"])
    assert set(revision.theme_of.values()) == {"light"}


def test_a_cluster_that_is_mostly_of_another_theme_does_not_join_a_merged_one():
    placed = grouped(light="abcdg", dogs="hij")
    revision = revised(run("abcd", "ghij"), placed, merged=["light"])
    assert revision.theme_of["g"] == "dogs"


def test_a_theme_whose_members_went_elsewhere_is_gone_unless_somebody_is_pinned_there():
    found, placed = run("abcdxy"), grouped(light="abcd", dogs="xy")
    assert revised(found, placed).gone == ("dogs",)
    assert revised(found, placed, pins={"x": "dogs"}).gone == ()


def test_a_cluster_of_new_texts_gets_a_new_key():
    revision = revised(run("abc", "xyz"), grouped(light="abc"))
    assert revision.new == {"new-1": 1}


def test_new_keys_do_not_collide_with_keys_in_use():
    revision = revised(run("xyz", "abc"), {"a": "new-0", "b": "new-0", "c": "new-0"})
    assert revision.theme_of["a"] == "new-0"
    assert revision.theme_of["x"] not in {"new-0", None}


def test_nothing_placed_and_nothing_found_is_no_mistake():
    revision = revised(clustering({"a": UNSORTED}), {})
    assert revision.theme_of == {"a": None}
    assert revision.gone == ()


def test_a_cluster_that_grew_from_examples_is_their_theme():
    revision = revised(run("abc", "xyz", seeded={"own": 1}), grouped(light="abc"))
    assert revision.key_of == {0: "light", 1: "own"}
    assert revision.new == {}


def test_examples_outweigh_what_is_only_akin():
    placed, groups = grouped(light="abcdefgh"), ("abc", "de", "fg", "h")
    assert revised(run(*groups), placed).key_of[0] == "light"
    assert revised(run(*groups, seeded={"own": 0}), placed).key_of[0] == "own"


def test_a_theme_that_is_surely_found_again_is_not_taken_by_examples():
    revision = revised(run("abcd", "xyz", seeded={"own": 0}), grouped(light="abcd"))
    assert revision.key_of == {0: "light", 1: "new-1"}


def test_a_theme_with_examples_that_is_surely_found_elsewhere_stays_there():
    revision = revised(run("abcd", "xyz", seeded={"own": 1}), grouped(own="abcd"))
    assert revision.key_of == {0: "own", 1: "new-1"}


def test_the_key_of_a_cluster_is_told_even_if_all_its_texts_are_pinned_elsewhere():
    revision = revised(run("abc", "xyz"), grouped(light="abc"), pins=dict.fromkeys("xyz", "light"))
    assert revision.key_of == {0: "light", 1: "new-1"}
    assert revision.new == {}
