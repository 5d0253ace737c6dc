import random
from collections import Counter

import pytest
from threadpoolctl import threadpool_limits

from citizen.analysis import landmarks
from citizen.analysis.clustering import find_clusters
from citizen.analysis.results import LANGUAGES, STAGES, UNSORTED, Cancelled, Text, TooFewTexts
from tests.analysis.samples import TOPICS, civic_texts


@pytest.fixture(scope="module")
def found():
    return find_clusters(civic_texts(), clusters=4)


def cluster_of(clustering):
    return {item.id: item.cluster for item in clustering.items}


def test_texts_about_one_need_meet_across_languages(found):
    placed = cluster_of(found)
    for topic in TOPICS:
        clusters = Counter(placed[text.id] for text in civic_texts() if text.id.startswith(topic))
        assert clusters.most_common(1)[0][1] >= 6


def test_every_text_is_placed_once_and_sizes_add_up(found):
    assert [item.id for item in found.items] == sorted(text.id for text in civic_texts())
    sizes = Counter(item.cluster for item in found.items)
    assert [cluster.size for cluster in found.clusters] == [
        sizes[cluster.number] for cluster in found.clusters
    ]


def test_clusters_are_numbered_by_falling_size(found):
    assert [cluster.number for cluster in found.clusters] == list(range(4))
    sizes = [cluster.size for cluster in found.clusters]
    assert sizes == sorted(sizes, reverse=True)


def test_every_cluster_has_words_names_and_quotes(found):
    placed = cluster_of(found)
    for cluster in found.clusters:
        assert set(cluster.labels) == set(LANGUAGES)
        assert all(cluster.labels.values())
        assert 1 <= len(cluster.terms) <= 8
        assert 1 <= len(cluster.representatives) <= 5
        assert {placed[one] for one in cluster.representatives} == {cluster.number}
        assert len(cluster.goals) <= 3


def test_confidence_lies_between_nought_and_one(found):
    assert all(0.0 <= item.confidence <= 1.0 for item in found.items)
    assert any(item.confidence > 0.3 for item in found.items)


def test_a_theme_is_clear_when_the_texts_most_like_its_own_lie_in_it(found):
    assert {cluster.quality.verdict for cluster in found.clusters} == {"clear"}
    split = find_clusters(civic_texts(), clusters=3 * len(TOPICS))
    assert "loose" in {cluster.quality.verdict for cluster in split.clusters if cluster.size > 1}
    for cluster in split.clusters:
        assert 0.0 <= cluster.quality.together <= 1.0


def test_the_same_input_gives_the_same_output(found):
    assert find_clusters(civic_texts(), clusters=4) == found


def test_the_order_of_texts_changes_nothing(found):
    texts = civic_texts()
    random.Random(5).shuffle(texts)
    assert find_clusters(texts, clusters=4) == found


def test_the_number_of_threads_changes_nothing(found):
    with threadpool_limits(limits=2):
        two = find_clusters(civic_texts(), clusters=4)
    assert two == found


def test_a_changed_text_changes_the_hash_of_the_input(found):
    texts = civic_texts()
    texts[0] = Text(texts[0].id, texts[0].text + "!", texts[0].lang)
    assert find_clusters(texts, clusters=4).input_hash != found.input_hash


@pytest.mark.parametrize("wanted", [1, 2, 7, 32])
def test_the_number_of_clusters_asked_for_is_given(wanted):
    assert len(find_clusters(civic_texts(), clusters=wanted).clusters) == wanted


def test_thirty_texts_do_not_get_thirteen_themes_by_default():
    found = find_clusters(civic_texts())
    assert 2 <= len(found.clusters) <= 6
    assert all(cluster.size >= 3 for cluster in found.clusters)


def test_texts_that_resemble_nothing_stay_unsorted_by_default():
    junk = [
        Text("z-junk", "qwxzy vbnmq zzqqx"),
        Text("z-emoji", "🎉🎉"),
        Text("z-stop", "och det är"),
    ]
    placed = cluster_of(find_clusters(civic_texts() + junk))
    assert [placed[one.id] for one in junk] == [UNSORTED] * 3


def test_only_texts_without_words_stay_unsorted_when_a_number_is_given():
    junk = [Text("z-junk", "qwxzy vbnmq zzqqx"), Text("z-emoji", "🎉🎉")]
    placed = cluster_of(find_clusters(civic_texts() + junk, clusters=5))
    assert [key for key, cluster in placed.items() if cluster == UNSORTED] == ["z-emoji"]


def test_unsorted_texts_have_no_confidence_and_a_language():
    found = find_clusters([*civic_texts(), Text("z", "🎉")], clusters=4)
    last = found.items[-1]
    assert (last.cluster, last.confidence, last.lang) == (UNSORTED, 0.0, "und")


def test_anchors_bring_texts_together_that_would_part():
    texts = civic_texts()
    torn = {text.id: "old" for text in texts if text.id.startswith(("winter", "light"))}
    torn |= {text.id: "other" for text in texts if text.id.startswith(("dogs", "library"))}
    placed = cluster_of(find_clusters(texts, clusters=2, anchors=torn))
    for key in ("old", "other"):
        clusters = Counter(placed[text] for text, theme in torn.items() if theme == key)
        assert clusters.most_common(1)[0][1] >= 14


def test_anchors_of_unknown_texts_are_ignored(found):
    same = find_clusters(civic_texts(), clusters=4, anchors={"unknown": "old"})
    assert same.items == found.items


def test_copies_of_one_text_end_up_in_one_place():
    copies = [Text(f"copy-{n:03}", "Bygg en ny ishall vid sjön nu!", "sv") for n in range(200)]
    found = find_clusters(civic_texts() + copies)
    assert len({cluster_of(found)[copy.id] for copy in copies}) == 1
    assert len(found.clusters) >= 3


def test_texts_that_are_all_the_same_are_one_cluster():
    texts = [Text(str(n), "Mer belysning i parken") for n in range(20)]
    for wanted in (None, 5):
        found = find_clusters(texts, clusters=wanted)
        assert [cluster.size for cluster in found.clusters] == [20]


def test_quotes_never_show_the_same_text_twice():
    texts = [Text(str(n), "Mer belysning i parken") for n in range(20)]
    assert len(find_clusters(texts).clusters[0].representatives) == 1


@pytest.mark.parametrize("text", ["", "och det är", "🎉🔥", "12345 !!", "\x00\x01\x02"])
def test_texts_without_usable_words_are_too_few(text):
    with pytest.raises(TooFewTexts):
        find_clusters([Text(str(n), text) for n in range(50)])


def test_nine_texts_are_too_few_and_ten_are_enough():
    with pytest.raises(TooFewTexts):
        find_clusters(civic_texts()[:9])
    assert len(find_clusters(civic_texts()[:10]).items) == 10


def test_strange_texts_among_the_rest_do_no_harm():
    strange = [
        Text("x-long", "snöröjning " * 100_000),
        Text("x-word", "a" * 1_000_000),
        Text("x-arabic", "نريد المزيد من الإضاءة في الحديقة"),
        Text("x-finnish", "Haluamme lisää valoja puistoon ja pyörätielle"),
        Text("x-control", "Mer\x00 bely\u00adsning\x07 i\u200b parken\ud800"),
        Text("x-lang", "Jag vill att det blir ljusare i parken", "tlh"),
    ]
    found = find_clusters(civic_texts() + strange)
    langs = {item.id: item.lang for item in found.items}
    assert len(found.items) == 38
    assert langs["x-arabic"] == langs["x-finnish"] == langs["x-word"] == "und"
    assert langs["x-lang"] == "sv"


@pytest.mark.parametrize("wanted", [0, -1, 33])
def test_an_impossible_number_of_clusters_is_refused(wanted):
    with pytest.raises(ValueError, match="clusters must be between 1 and 32"):
        find_clusters(civic_texts(), clusters=wanted)


def test_two_texts_with_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        find_clusters([*civic_texts(), civic_texts()[0]])


def test_progress_is_told_often_and_never_goes_back():
    told = []
    find_clusters(civic_texts(), progress=lambda share, stage: told.append((share, stage)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1] == (1.0, "placing")
    counts = Counter(stage for _, stage in told)
    assert tuple(counts) == STAGES
    assert min(counts.values()) >= 3


@pytest.mark.parametrize("last", STAGES)
def test_a_run_can_be_stopped_in_every_stage(last):
    def stop(_share, stage):
        if stage == last:
            raise Cancelled

    with pytest.raises(Cancelled):
        find_clusters(civic_texts(), progress=stop)


def test_more_texts_than_landmarks_are_placed_into_the_groups(monkeypatch):
    monkeypatch.setattr(landmarks, "LANDMARKS", 20)
    found = find_clusters(civic_texts(), clusters=4, seed=3)
    assert all(item.cluster != UNSORTED for item in found.items)
    assert found == find_clusters(civic_texts()[::-1], clusters=4, seed=3)
