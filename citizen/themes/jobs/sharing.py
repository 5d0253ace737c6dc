"""The two steps of a finding that workers share: reading for landmarks, and placing.

Whatever the parts and whoever does them, the same comes of it: landmarks are chosen by numbers that
depend on the text alone, and a text is placed by the model alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from citizen.analysis import provenance
from citizen.analysis.landmarks import Survey
from citizen.analysis.learning import WordLists
from citizen.analysis.model import Outdated, ThemeModel, from_bytes
from citizen.base import parts
from citizen.base.db import only_reading
from citizen.base.jobs import RunningJob
from citizen.base.parts import Tell, Unfit, Work
from citizen.themes.jobs.placing import packed, place_all
from citizen.themes.jobs.reading import Asked, as_texts, read_stretch, word_lists

SURVEY, PLACING = "themes.survey", "themes.placing"

_EVERY = 1_000
"""Texts surveyed between two words of progress."""


def survey(job: RunningJob, asked: Asked, tell: Tell) -> Survey:
    """Choose landmarks among all texts, with whoever helps."""
    work = _survey_work(asked.programme_id, asked.settings.seed)
    chosen = Survey(asked.settings.seed)
    about = _about(asked, seed=asked.settings.seed)
    for raw in parts.share(job, SURVEY, asked.pieces, work, tell, about=about):
        chosen.merge(Survey.from_bytes(raw))
    return chosen


def place(job: RunningJob, asked: Asked, model: ThemeModel, raw: bytes, tell: Tell) -> Sequence[bytes]:
    """Place all texts, with whoever helps.

    Parameters
    ----------
    model, raw : what has been learnt, at hand and as bytes for others.
    """
    work = _placing_work(asked.programme_id, model)
    return list(parts.share(job, PLACING, asked.pieces, work, tell, about=_about(asked), given=raw))


def _about(asked: Asked, **more: Any) -> dict[str, Any]:
    return {"programme_id": asked.programme_id, "versions": _versions(asked.lists), **more}


def _versions(lists: WordLists) -> dict[str, str]:
    return provenance.versions(lists.lexicon, lists.thesaurus, lists.embedder)


def open_survey(about: Mapping[str, Any], _given: bytes) -> Work:
    """Make ready to survey parts for another worker."""
    _lists_of(about)
    return _survey_work(int(about["programme_id"]), int(about["seed"]))


def open_placing(about: Mapping[str, Any], given: bytes) -> Work:
    """Make ready to place parts for another worker."""
    try:
        return _placing_work(int(about["programme_id"]), from_bytes(given, *_lists_of(about)))
    except Outdated as changed:
        raise Unfit(str(changed)) from changed


def _lists_of(about: Mapping[str, Any]) -> WordLists:
    """The word lists, if all that could change a result is as where the step was laid out."""
    with only_reading():
        lists = word_lists(int(about["programme_id"]))
    ours, theirs = _versions(lists), about["versions"]
    if ours != theirs:
        other = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
        raise Unfit(f"other versions of {', '.join(other)}")
    return lists


def _survey_work(programme_id: int, seed: int) -> Work:
    def work(stretch: Mapping[str, Any], tell: Tell) -> bytes:
        chosen = Survey(seed)
        texts = as_texts(read_stretch(programme_id, stretch["first"], stretch["last"]))
        for number, text in enumerate(texts):
            if number % _EVERY == 0:
                tell(number / len(texts))
            chosen.add(text)
        return chosen.to_bytes()

    return work


def _placing_work(programme_id: int, model: ThemeModel) -> Work:
    def work(stretch: Mapping[str, Any], tell: Tell) -> bytes:
        return packed(place_all(model, read_stretch(programme_id, stretch["first"], stretch["last"]), tell))

    return work
