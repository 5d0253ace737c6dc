import json
from io import BytesIO

import numpy as np
import pytest

from citizen.analysis import landmarks
from citizen.analysis import model as model_module
from citizen.analysis.clustering import find_clusters
from citizen.analysis.explain import explain
from citizen.analysis.landmarks import Survey
from citizen.analysis.learning import Settings, learn
from citizen.analysis.lexicon import Addition, load_lexicon
from citizen.analysis.model import Outdated, from_bytes
from citizen.analysis.results import UNSORTED, Cancelled, Text
from citizen.analysis.thesaurus import load_thesaurus
from tests.analysis.samples import civic_texts

LATER = [
    Text("later-1", "Plogbilen lämnar en vall framför vår uppfart varje morgon", "sv"),
    Text("later-2", "Fleire lyktestolpar langs skulevegen, det er mørkt", "nn"),
]


def learnt_from(texts, **settings):
    survey = Survey(settings.get("seed", 0))
    for text in texts:
        survey.add(text)
    return learn(survey, Settings(**settings))


@pytest.fixture(scope="module")
def learnt():
    return learnt_from(civic_texts(), clusters=4)


def test_texts_that_arrive_later_are_placed_where_their_like_are(learnt):
    placed = {item.id: item.cluster for item in learnt.model.place([*civic_texts(), *LATER])}
    winter = [placed[text.id] for text in civic_texts() if text.id.startswith("winter")]
    light = [placed[text.id] for text in civic_texts() if text.id.startswith("light")]
    assert placed["later-1"] == max(set(winter), key=winter.count)
    assert placed["later-2"] == max(set(light), key=light.count)


def test_what_was_learnt_is_placed_as_it_was_whatever_stands_beside_it(learnt):
    once = {item.id: item for item in learnt.model.place(civic_texts())}
    again = {item.id: item for item in learnt.model.place([*LATER, *reversed(civic_texts())])}
    assert all(again[key] == item for key, item in once.items())


def test_a_saved_model_places_as_the_first_did(learnt):
    saved = from_bytes(learnt.model.to_bytes(), load_lexicon(), load_thesaurus())
    texts = [*civic_texts(), *LATER]
    assert list(saved.place(texts)) == list(learnt.model.place(texts))


def test_a_saved_model_holds_numbers_and_json_and_nothing_that_runs(learnt):
    with np.load(BytesIO(learnt.model.to_bytes()), allow_pickle=False) as saved:
        assert all(saved[name].dtype != object for name in saved.files)
        assert json.loads(saved["about"].tobytes())["seed"] == 0


def test_a_model_is_outdated_when_the_word_lists_have_changed(learnt):
    more = load_lexicon([Addition("storgatan", ("storgatan",), {"sv": "Storgatan"})])
    with pytest.raises(Outdated):
        from_bytes(learnt.model.to_bytes(), more, load_thesaurus())


def test_bytes_that_are_no_model_are_refused():
    with pytest.raises(ValueError, match=r"."):
        from_bytes(b"nothing", load_lexicon(), load_thesaurus())


def test_placing_goes_chunk_by_chunk_and_can_be_stopped(learnt, monkeypatch):
    monkeypatch.setattr(model_module, "CHUNK", 10)
    told = []

    def stop(done):
        told.append(done)
        if done == 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(learnt.model.place(civic_texts(), stop))
    assert told == [10, 20]


def test_a_long_answer_about_two_needs_feeds_two_themes(learnt):
    about = {"winter": [], "light": []}
    for text in civic_texts():
        for topic, sentences in about.items():
            if text.id.startswith(topic) and text.lang == "sv":
                sentences.append(text.text)
    answer = "\n".join([*about["winter"] * 6, *about["light"] * 4])
    placed = {item.id: item.cluster for item in learnt.model.place(civic_texts())}
    (item,) = learnt.model.place([Text("long", answer, "sv")])
    assert {item.cluster, item.second} == {placed["winter-0"], placed["light-0"]}


def test_the_landmarks_are_the_same_in_any_order_and_from_any_parts():
    texts = civic_texts()
    whole, first, second = Survey(7, 12), Survey(7, 12), Survey(7, 12)
    for text in texts:
        whole.add(text)
    for number, text in enumerate(reversed(texts)):
        (first if number % 3 else second).add(text)
    second.merge(first)
    assert list(second.landmarks().items()) == list(whole.landmarks().items())
    assert second.fingerprint("x") == whole.fingerprint("x") != whole.fingerprint("y")


def test_copies_are_one_landmark_that_counts_them_and_keeps_some_ids():
    survey = Survey()
    for number in range(50):
        survey.add(Text(f"{number:02}", "Mer  LJUS i parken" if number % 2 else "mer ljus i parken"))
    (one,) = survey.landmarks().values()
    assert (one.text.id, one.copies, len(one.ids)) == ("00", 50, landmarks.MOST_IDS)


def test_the_tree_says_what_to_join_until_one_theme_is_left():
    found = find_clusters(civic_texts(), clusters=4)
    assert len(found.tree) == 3
    assert len({taken for _, taken in found.tree}) == 3
    assert all(into < taken for into, taken in found.tree)


def test_texts_that_say_the_same_are_told_together():
    texts = [*civic_texts(), Text("a-1", civic_texts()[0].text.upper(), "sv"),
             Text("a-2", civic_texts()[0].text + " Tack!", "sv")]
    (same,) = find_clusters(texts).duplicates
    assert same == ("a-1", "a-2", civic_texts()[0].id)


def test_a_theme_of_one_language_says_so_and_texts_that_fit_least_are_named():
    ideas = ["Bygg en ishall för hockeylaget", "Ishallen behöver ny is", "Isbana för skridskor och hockey",
             "Hockeyklubben saknar istider i ishallen", "Öppna ishallen för skridskoåkning på lov",
             "Låna ut skridskor vid isbanan i ishallen"]
    swedish = [Text(f"z-{n}", idea, "sv") for n, idea in enumerate(ideas)]
    found = find_clusters([*civic_texts(), *swedish], clusters=5)
    placed = {item.id: item for item in found.items}
    ice = found.clusters[placed["z-0"].cluster]
    assert ice.quality.language == "sv"
    assert ice.quality.verdict in ("clear", "fair", "loose")
    for cluster in found.clusters:
        assert all(placed[one].cluster == cluster.number for one in cluster.dissenters)
        assert not set(cluster.dissenters) & set(cluster.representatives)


def test_reasons_are_words_of_the_text_or_what_they_speak_of(learnt):
    texts = civic_texts()
    items = list(learnt.model.place(texts))
    known = {concept.id for concept in load_lexicon().concepts}
    for text, item, told in zip(texts, items, explain(learnt, texts, items), strict=True):
        assert told.id == text.id
        assert 1 <= len(told.reasons) <= 5
        assert sum(reason.share for reason in told.reasons) <= 1.001
        for reason in told.reasons:
            assert reason.name in (known if reason.kind == "concept" else text.text.lower())
        clusters = {one.id: one.cluster for one in items}
        assert len(told.near) <= 2
        assert all(clusters[other] == item.cluster for other in told.near)


def test_the_weightiest_reason_is_what_the_text_is_about(learnt):
    dog = next(text for text in civic_texts() if text.id.startswith("dogs"))
    items = list(learnt.model.place([dog]))
    (told,) = explain(learnt, [dog], items)
    assert (told.reasons[0].kind, told.reasons[0].name) == ("concept", "dogs")


def test_an_unsorted_text_has_no_reasons(learnt):
    (item,) = learnt.model.place([Text("e", "🎉")])
    (told,) = explain(learnt, [Text("e", "🎉")], [item])
    assert (item.cluster, told.reasons, told.near) == (UNSORTED, (), ())
