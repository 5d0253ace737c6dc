"""Examples of one's own themes: what comes into them."""

import numpy as np
from scipy import sparse

from citizen.analysis import seeds
from citizen.analysis.clustering import find_clusters
from citizen.analysis.results import Seed
from tests.analysis.samples import civic_texts


def test_examples_of_ones_own_themes_become_themes():
    examples = [
        Seed("plog", "Snöröjningen kommer för sent", "sv"), Seed("plog", "Brøytingen er for dårlig", "nb"),
        Seed("vovve", "Hundrastgård med staket", "sv"), Seed("vovve", "Luftegard for hundar", "nn"),
    ]
    found = find_clusters(civic_texts(), clusters=4, seeds=examples)
    placed = {item.id: item.cluster for item in found.items}
    assert len(found.items) == len(civic_texts())
    assert found.seeded["plog"] == placed["winter-0"]
    assert found.seeded["vovve"] == placed["dogs-0"]
    assert sum(cluster.size for cluster in found.clusters) == len(civic_texts())


def test_an_own_theme_gets_what_is_like_it_also_where_an_earlier_theme_has_the_texts():
    before = find_clusters(civic_texts(), clusters=2)
    anchors = {item.id: str(item.cluster) for item in before.items}
    examples = [Seed("vovve", "Hundrastgård med staket", "sv"), Seed("vovve", "Luftegard for hundar", "nn")]
    found = find_clusters(civic_texts(), clusters=2, seeds=examples, anchors=anchors)
    own = {item.id for item in found.items if item.cluster == found.seeded["vovve"]}
    assert own
    assert all(text.startswith("dogs") for text in own)


ROWS = ((1, 0, 0), (0.9, 0.44, 0), (0, 1, 0), (0, 0.95, 0.3), (0, 0, 1), (1, 0.1, 0))


def gathered(groups, together, rows=ROWS):
    features = sparse.csr_matrix(np.array(rows, np.float32))
    return seeds.gather(features, np.array(groups), together).tolist()


def test_what_is_most_like_examples_is_gathered_around_them_where_no_group_grew_from_them():
    example = {"seed own": [5]}
    assert gathered([-1, -1, 1, 1, 2, -1], example) == [3, 3, 1, 1, 2, 3]
    earlier = {**example, "theme light": [0, 1]}
    assert gathered([0, 0, 1, 1, 2, 0], earlier) == [3, 3, 1, 1, 2, 3]


def test_a_group_that_grew_from_examples_is_left_as_it_is_and_so_is_all_when_nothing_is_like_them():
    assert gathered([0, 0, 1, 1, 2, 0], {"seed own": [5]}) == [0, 0, 1, 1, 2, 0]
    far = [(1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1)]
    assert gathered([0, 0, 1, 1, 0, -1], {"seed own": [5]}, far) == [0, 0, 1, 1, 0, -1]


def test_examples_of_two_themes_share_what_is_like_them():
    rows = [(1, 0, 0), (0, 1, 0), (0.9, 0.44, 0), (0.44, 0.9, 0), (1, 0, 0), (0, 1, 0)]
    assert gathered([-1] * 6, {"seed a": [4], "seed b": [5]}, rows) == [0, 1, 0, 1, 0, 1]
