"""Landmarks: the same ones whoever has looked, in whatever order, from however many parts."""

import random

import pytest

from citizen.analysis import landmarks
from citizen.analysis.landmarks import Survey
from citizen.analysis.passages import split
from citizen.analysis.results import Text


def texts(count=200):
    kinds = [f"Mer ljus vid bro {number % 120} 🎉 \udcff" for number in range(count)]
    return [Text(f"t{number}", text, "sv" if number % 2 else None) for number, text in enumerate(kinds)]


def survey(seen, most=50, seed=3):
    found = Survey(seed, most)
    for text in seen:
        found.add(text)
    return found


def told(found):
    return list(found.landmarks().items()), found.texts, found.fingerprint("x")


def test_what_was_written_down_is_read_back_as_it_was():
    found = survey(texts())
    assert told(Survey.from_bytes(found.to_bytes())) == told(found)


def test_a_survey_without_texts_is_read_back_too():
    assert told(Survey.from_bytes(Survey(1).to_bytes())) == told(Survey(1))


@pytest.mark.parametrize("size", [1, 7, 50, 199])
def test_parts_that_were_written_down_and_put_together_choose_what_one_survey_chooses(size):
    everything = texts()
    parts = [survey(everything[at : at + size]).to_bytes() for at in range(0, len(everything), size)]
    random.Random(size).shuffle(parts)
    together = Survey(3, 50)
    for raw in parts:
        together.merge(Survey.from_bytes(raw))
    assert told(together) == told(survey(everything))
    assert together.to_bytes() == survey(everything).to_bytes()


def test_a_survey_that_was_read_back_goes_on_choosing():
    everything = texts()
    found = Survey.from_bytes(survey(everything[:90]).to_bytes())
    for text in everything[90:]:
        found.add(text)
    assert told(found) == told(survey(everything))


def test_bytes_that_are_no_survey_are_refused():
    with pytest.raises(Exception, match=r"header|incorrect"):
        Survey.from_bytes(b"{}")


def test_long_texts_are_fewer_landmarks_so_that_the_passages_to_compare_stay_few(monkeypatch):
    long = " ".join(["Det behövs mer ljus längs vägen till skolan."] * 50)
    answers = [Text(f"t{number:02}", f"{number} {long}") for number in range(40)]
    everything = survey(answers).landmarks()
    monkeypatch.setattr(landmarks, "PASSAGES", 5 * len(split(long)))
    fewer = survey(answers).landmarks()
    assert len(everything) == 40
    assert sorted(fewer) == sorted(everything)[:5]
    assert list(fewer.values()) == sorted(fewer.values(), key=lambda one: one.text.id)
