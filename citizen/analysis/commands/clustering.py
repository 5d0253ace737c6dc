"""``cluster`` and ``explain``: find the themes of a file, and say why each text is where it is."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citizen.analysis.commands.progress import Bar
from citizen.analysis.jsonlines import (
    BadInput,
    read_id,
    read_objects,
    read_rows,
    stream_texts,
    write_json,
    write_lines,
)
from citizen.analysis.results import UNSORTED, Item, Seed, Text, TooFewTexts

if TYPE_CHECKING:
    from citizen.analysis.landmarks import Survey
    from citizen.analysis.learning import Learnt, WordLists


def cluster(options: argparse.Namespace) -> None:
    """Find themes and write where every text belongs, in the order of the file."""
    from citizen.analysis.commands.parallel import Helpers

    with Bar(options.quiet) as bar:
        survey = _survey(options, bar)
        count = 0 if options.model else survey.texts
        with Helpers(options.source, count, options.concepts) as helpers:
            learnt = _learn(survey, options, bar)
            texts = bar.count(stream_texts(options.source), survey.texts, "placing")
            items = helpers.place(learnt.model, texts) if learnt else _unsorted(texts)
            sizes: Counter[int] = Counter()
            write_lines(options.target, _counted(items, sizes))
        if options.report:
            write_json(options.report, _report(learnt, survey, sizes))


def explain(options: argparse.Namespace) -> None:
    """Find themes and write why every text is where it is."""
    from citizen.analysis import explain as explaining

    with Bar(options.quiet) as bar:
        survey = _survey(options, bar)
        learnt = _learn(survey, options, bar)
        if learnt is None:
            raise BadInput(f"{options.source}: too few texts to explain anything")
        items = learnt.model.place(stream_texts(options.source))
        texts = bar.count(stream_texts(options.source), survey.texts, "placing")
        found = explaining.explain(learnt, texts, items)
        write_lines(options.target, (asdict(one) for one in found))


def _survey(options: argparse.Namespace, bar: Bar) -> "Survey":
    """Choose landmarks."""
    from citizen.analysis import language
    from citizen.analysis.landmarks import Survey

    if options.seed < 0:
        raise BadInput(f"--seed must not be negative, not {options.seed}")
    language.load_ahead()
    survey = Survey(options.seed)
    for text in bar.count(stream_texts(options.source), None, "reading"):
        survey.add(text)
    if options.clusters is not None and not 1 <= options.clusters <= survey.texts:
        raise BadInput(f"--clusters must be between 1 and {survey.texts}, not {options.clusters}")
    return survey


def _learn(survey: "Survey", options: argparse.Namespace, bar: Bar) -> "Learnt | None":
    """Learn from landmarks, or say why not: a handful of texts is no mistake."""
    from citizen.analysis.learning import Settings, learn

    settings = Settings(options.clusters, options.seed, _anchors(options.before), _seeds(options.seeds))
    try:
        return learn(survey, settings, _word_lists(options), bar.told)
    except TooFewTexts as error:
        bar.say(f"citizen.analysis: no clusters: {error}")
        return None


def _word_lists(options: argparse.Namespace) -> "WordLists":
    from citizen.analysis.commands.lists import read_lexicon_with
    from citizen.analysis.embedder import load_embedder
    from citizen.analysis.learning import WordLists
    from citizen.analysis.thesaurus import load_thesaurus

    return WordLists(
        read_lexicon_with(options.concepts),
        load_thesaurus(),
        load_embedder(options.model) if options.model else None,
    )


def _anchors(before: Path | None) -> dict[str, str]:
    """Read where texts were before: what an earlier run wrote."""
    if before is None:
        return {}

    def read(raw: Mapping[str, Any]) -> Item:
        cluster = raw.get("cluster")
        if isinstance(cluster, bool) or not isinstance(cluster, int):
            raise ValueError("'cluster' is missing or not a whole number")
        return Item(read_id(raw), cluster, 0.0, "")

    return {item.id: str(item.cluster) for item in read_rows(before, read) if item.cluster != UNSORTED}


def _seeds(path: Path | None) -> list[Seed]:
    """Read examples of themes somebody has in mind: `theme`, `text` and, if known, `lang`."""
    return list(read_objects(path, _seed)) if path else []


def _seed(raw: Mapping[str, Any]) -> Seed:
    theme, text, lang = raw.get("theme"), raw.get("text"), raw.get("lang")
    if not isinstance(theme, str) or not theme or not isinstance(text, str):
        raise ValueError("'theme' or 'text' is missing or not a string")
    return Seed(theme, text, lang if isinstance(lang, str) else None)


def _counted(items: Iterable[Item], sizes: Counter[int]) -> Iterator[Mapping[str, Any]]:
    for item in items:
        sizes[item.cluster] += 1
        yield vars(item)


def _unsorted(texts: Iterable[Text]) -> Iterator[Item]:
    from citizen.analysis.language import language_of

    return (Item(one.id, UNSORTED, 0.0, language_of(one.text, one.lang)) for one in texts)


def _report(learnt: "Learnt | None", survey: "Survey", sizes: Mapping[int, int]) -> dict[str, Any]:
    report: dict[str, Any] = {"texts": survey.texts, "unsorted": sizes.get(UNSORTED, 0), "clusters": []}
    if learnt is None:
        return report | {"seed": survey.seed, "input_hash": survey.fingerprint([], [])}
    return report | {
        "clusters": [asdict(one) for one in learnt.sized(sizes)],
        "tree": learnt.tree, "duplicates": learnt.duplicates, "seeded": learnt.seeded,
        "settings": learnt.settings, "versions": learnt.versions, "seed": learnt.model.seed,
        "input_hash": learnt.input_hash,
    }
