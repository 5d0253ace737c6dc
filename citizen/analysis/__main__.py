"""The analysis without the web: ``python -m citizen.analysis cluster|detect|similar``.

Files in and out are JSON lines in UTF-8. Bad input ends with one sentence on the error stream and
exit code 2; a file out is written whole or not at all.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from citizen.analysis.jsonlines import BadInput, read_texts, write_json, write_lines
from citizen.analysis.results import UNSORTED, Clustering, Item, Text, TooFewTexts

BAD_INPUT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(argv)
    try:
        options.run(options)
    except (BadInput, OSError) as error:
        print(f"citizen.analysis: {error}", file=sys.stderr)
        return BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m citizen.analysis", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    cluster = commands.add_parser("cluster", help="group texts by what they are about")
    cluster.add_argument("source", type=Path, metavar="IN.jsonl")
    cluster.add_argument("target", type=Path, metavar="OUT.jsonl")
    cluster.add_argument("--clusters", type=int, metavar="N", help="number of clusters")
    cluster.add_argument("--seed", type=int, default=0, metavar="N")
    cluster.add_argument("--report", type=Path, metavar="OUT.json", help="what each cluster is")
    cluster.set_defaults(run=_cluster)
    detect = commands.add_parser("detect", help="tell the language of every text")
    detect.add_argument("source", type=Path, metavar="IN.jsonl")
    detect.add_argument("target", type=Path, metavar="OUT.jsonl")
    detect.set_defaults(run=_detect)
    similar = commands.add_parser("similar", help="find the texts most like each query")
    similar.add_argument("source", type=Path, metavar="IN.jsonl")
    similar.add_argument("queries", type=Path, metavar="QUERIES.jsonl")
    similar.add_argument("target", type=Path, metavar="OUT.jsonl")
    similar.set_defaults(run=_similar)
    return parser


# Each command imports its own machinery: asking for help or hitting a bad line must be quick.


def _cluster(options: argparse.Namespace) -> None:
    texts = read_texts(options.source)
    if options.clusters is not None and not 1 <= options.clusters <= len(texts):
        raise BadInput(f"--clusters must be between 1 and {len(texts)}, not {options.clusters}")
    if options.seed < 0:
        raise BadInput(f"--seed must not be negative, not {options.seed}")
    found = _find(texts, options.clusters, options.seed)
    write_lines(options.target, (asdict(item) for item in _in_order(texts, found.items)))
    if options.report:
        write_json(options.report, _report(found))


def _find(texts: Sequence[Text], clusters: int | None, seed: int) -> Clustering:
    """Find clusters, or say why there are none: a handful of texts is no mistake."""
    from citizen.analysis.clustering import find_clusters
    from citizen.analysis.language import language_of
    from citizen.analysis.provenance import input_hash

    try:
        return find_clusters(texts, clusters=clusters, seed=seed)
    except TooFewTexts as error:
        print(f"citizen.analysis: no clusters: {error}", file=sys.stderr)
    items = (Item(one.id, UNSORTED, 0.0, language_of(one.text, one.lang)) for one in texts)
    return Clustering(tuple(items), (), {"clusters": clusters}, {}, seed, input_hash(texts, {}))


def _in_order(texts: Sequence[Text], items: Iterable[Item]) -> list[Item]:
    by_id = {item.id: item for item in items}
    return [by_id[text.id] for text in texts]


def _report(found: Clustering) -> dict[str, Any]:
    report = asdict(found)
    del report["items"]
    report["unsorted"] = sum(item.cluster == UNSORTED for item in found.items)
    return report


def _detect(options: argparse.Namespace) -> None:
    from citizen.analysis.language import detect

    texts = read_texts(options.source)
    write_lines(options.target, ({"id": one.id, "lang": detect(one.text)} for one in texts))


def _similar(options: argparse.Namespace) -> None:
    from citizen.analysis.similar import SimilarTexts

    texts, queries = read_texts(options.source), read_texts(options.queries)
    found = SimilarTexts(texts).search([query.text for query in queries])
    write_lines(
        options.target,
        (
            {"id": query.id, "similar": [match._asdict() for match in matches]}
            for query, matches in zip(queries, found, strict=True)
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
