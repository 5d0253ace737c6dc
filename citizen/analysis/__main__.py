"""The analysis without the web: ``python -m citizen.analysis COMMAND``.

Files in and out are JSON lines in UTF-8. A file out is written whole or not at all. Exit codes: 0
done, 1 could not be finished (a full disk, say), 2 bad input or options, 130 cancelled.
"""

import argparse
import errno
import gc
import os
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from importlib import import_module
from pathlib import Path

from citizen.analysis.jsonlines import BadInput

FAILED = 1
BAD_INPUT = 2
CANCELLED = 130

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(argv)
    module, _, name = options.run.partition(":")
    try:
        getattr(import_module(f"citizen.analysis.commands.{module}"), name)(options)
    except BadInput as error:
        return _ended(str(error), BAD_INPUT)
    except OSError as error:
        return _ended(str(error), FAILED if error.errno in _FULL else BAD_INPUT)
    except (MemoryError, BrokenExecutor):
        # A helper that is ended is one the system had no memory for.
        return _ended("there is not enough memory; nothing was written", FAILED)
    except KeyboardInterrupt:
        return _ended("cancelled; nothing was written", CANCELLED)
    return 0


def _ended(words: str, code: int) -> int:
    print(f"citizen.analysis: {words}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m citizen.analysis", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: str, words: str, *files: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=words, description=f"{words.capitalize()}.")
        for file in files:
            one.add_argument(_FIELDS[file], type=Path, metavar=file)
        one.add_argument("--quiet", action="store_true", help="no progress bar")
        one.set_defaults(run=run)
        return one

    cluster = command("cluster", "clustering:cluster", "group texts by what they are about",
                      "IN.jsonl", "OUT.jsonl")
    cluster.add_argument("--report", type=Path, metavar="OUT.json", help="what each cluster is")
    _add_run(cluster)
    _add_run(command("explain", "clustering:explain", "group texts and say why each is where it is",
                     "IN.jsonl", "OUT.jsonl"))
    command("detect", "asking:detect", "tell the language of every text", "IN.jsonl", "OUT.jsonl")
    command("similar", "asking:similar", "find the texts most like each query",
            "IN.jsonl", "QUERIES.jsonl", "OUT.jsonl")
    concepts = command("concepts", "asking:concepts", "tell what each concept of the lexicon hits",
                       "IN.jsonl", "OUT.json")
    _add_concepts(concepts)
    _add_evaluate(command("evaluate", "asking:evaluate", "compare clusters with human labels",
                          "LABELLED.jsonl"))
    return parser


_FIELDS = {
    "IN.jsonl": "source", "OUT.jsonl": "target", "OUT.json": "target", "QUERIES.jsonl": "queries",
    "LABELLED.jsonl": "labelled",
}


def _add_run(command: argparse.ArgumentParser) -> None:
    command.add_argument("--clusters", type=int, metavar="N", help="number of clusters")
    command.add_argument("--seed", type=int, default=0, metavar="N",
                         help="chooses the texts that are compared when there are very many")
    command.add_argument("--before", type=Path, metavar="OLD_OUT.jsonl",
                         help="what an earlier run wrote: its clusters are kept together")
    command.add_argument("--seeds", type=Path, metavar="SEEDS.jsonl",
                         help='examples of your own themes, lines with "theme" and "text"')
    command.add_argument("--model", type=Path, metavar="FOLDER", help="a sentence model on this machine")
    _add_concepts(command)


def _add_concepts(command: argparse.ArgumentParser) -> None:
    command.add_argument("--concepts", type=Path, metavar="FILE",
                         help="a municipality's own concepts, .json or .csv")


def _add_evaluate(command: argparse.ArgumentParser) -> None:
    command.add_argument("predictions", type=Path, metavar="OUT.jsonl", nargs="?",
                         help="what cluster wrote; left out, as many clusters as labels are found")
    command.add_argument("--label", default="label", metavar="FIELD", help="field with the label")
    command.add_argument("--ignore", action="append", default=[], metavar="LABEL",
                         help="a label that is no theme; may be repeated")
    command.add_argument("--lang", metavar="LANG", help="score texts of this language only")
    command.add_argument("--json", action="store_true", help="one JSON object instead of a table")


def run() -> None:
    """Be the command line: end with its exit code.

    Who has cancelled waits for nothing more. What was being loaded meanwhile, perhaps under a lock that the
    interrupt left closed, would keep the program from ending.
    """
    code = main()
    if code == CANCELLED:
        sys.stderr.flush()
        os._exit(code)
    # The end of the process frees everything; looking through it for rings first takes a second.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    run()
