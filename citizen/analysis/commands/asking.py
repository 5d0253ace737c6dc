"""``detect``, ``similar``, ``evaluate`` and ``concepts``: questions that need no themes."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from citizen.analysis.commands.progress import Bar
from citizen.analysis.jsonlines import BadInput, read_texts, stream_texts, write_json, write_lines
from citizen.analysis.results import UNSORTED, TooFewTexts

if TYPE_CHECKING:
    from citizen.analysis.labelled import Labelled
    from citizen.analysis.scoring import Score


def detect(options: argparse.Namespace) -> None:
    """Write the language of every text, whatever mark it has."""
    from citizen.analysis.language import detect as detected

    with Bar(options.quiet) as bar:
        texts = bar.count(stream_texts(options.source), None, "reading")
        write_lines(options.target, ({"id": one.id, "lang": detected(one.text)} for one in texts))


def similar(options: argparse.Namespace) -> None:
    """Write the texts most like each query, with scores."""
    from citizen.analysis.similar import SimilarTexts

    queries = read_texts(options.queries)
    with Bar(options.quiet) as bar:
        texts = SimilarTexts(list(bar.count(stream_texts(options.source), None, "reading")))

        def found() -> Iterator[dict[str, object]]:
            for query in bar.count(queries, len(queries), "placing"):
                (matches,) = texts.search([query.text])
                yield {"id": query.id, "similar": [match._asdict() for match in matches]}

        write_lines(options.target, found())


def evaluate(options: argparse.Namespace) -> None:
    """Print how well clusters agree with human labels; without clusters, find them first."""
    from citizen.analysis.labelled import read_labelled, read_predictions
    from citizen.analysis.scoring import score

    labelled = read_labelled(options.labelled, options.label)
    with Bar(options.quiet) as bar:
        if options.predictions:
            found = read_predictions(options.predictions)
        else:
            found = _found(options, labelled, bar)
    try:
        result = score(labelled, found, ignore=options.ignore, lang=options.lang)
    except ValueError as error:
        raise BadInput(str(error)) from None
    print(json.dumps(asdict(result), ensure_ascii=False) if options.json else "\n".join(_lines(result)))


def _found(options: argparse.Namespace, labelled: Sequence["Labelled"], bar: Bar) -> dict[str, str | None]:
    """Find as many clusters as there are labels among the texts that are scored."""
    from citizen.analysis.clustering import find_clusters

    scored = {row.id: row.label for row in labelled if row.label and row.label not in options.ignore}
    texts = [text for text in stream_texts(options.labelled) if text.id in scored]
    try:
        result = find_clusters(texts, clusters=len(set(scored.values())), progress=bar.told)
    except TooFewTexts as error:
        raise BadInput(f"{options.labelled}: {error}") from None
    return {item.id: None if item.cluster == UNSORTED else str(item.cluster) for item in result.items}


def _lines(score: "Score") -> Iterator[str]:
    """Yield the figures as lines for a reader."""
    yield (f"texts {score.texts}  labels {score.labels}  clusters {score.clusters}"
           f"  coverage {score.coverage:.3f}")
    for name, one in (("all", score.all), ("clustered", score.clustered)):
        if one is not None:
            yield (f"{name:10} AMI {one.ami:.4f}  V {one.v:.4f} (h {one.homogeneity:.4f}"
                   f" c {one.completeness:.4f})  ARI {one.ari:.4f}  NMI {one.nmi:.4f}")
    for lang, own in score.per_language.items():
        yield f"{lang:10} AMI {own.agreement.ami:.4f}  texts {own.texts}  coverage {own.coverage:.3f}"
    if score.leak is not None:
        given = "–" if score.leak.given_label is None else f"{score.leak.given_label:.4f}"
        yield f"leak       AMI {score.leak.ami:.4f}  given label {given}"
    if score.twins is not None:
        yield (f"twins      {score.twins.pairs} pairs  together {score.twins.together:.3f}"
               f"  chance {score.twins.chance:.3f}")


def concepts(options: argparse.Namespace) -> None:
    """Write what each concept of the lexicon hits in a file, and the commonest words that hit none."""
    from citizen.analysis.commands.lists import read_lexicon_with
    from citizen.analysis.hits import hits
    from citizen.analysis.normalise import words

    lexicon = read_lexicon_with(options.concepts)
    with Bar(options.quiet) as bar:
        texts = bar.count(stream_texts(options.source), None, "reading")
        found = hits(lexicon, (words(text.text) for text in texts))
    write_json(options.target, asdict(found))
