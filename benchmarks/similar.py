"""Similar texts among many: ``python -m benchmarks.similar [--sizes N,…] [--eval FOLDER] [--on …]``.

Fills a database with texts, and for each size prints what reading them into the index cost, how long
a question takes (half and 95 of 100 are quicker), and how often the right text is among the first
five: with slips in every fifth word, with every third word gone, and asked in Swedish for a text in
Bokmål. Texts are those of the evaluation sets, where the folder has them, and made-up ones beside them.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text

from benchmarks import servers, world
from benchmarks.analysis.texts import different
from citizen.app import create_app
from citizen.base import clock
from citizen.base.db import db, session
from citizen.base.settings import Settings
from citizen.contributions import queries
from citizen.contributions.models import Contribution, TextVersion
from tests import postgres

FIRST = 5
QUESTIONS = 300
_LETTERS = "abdefghijklmnoprstuvyåäö"
_LOT = 5_000
_LONGEST_WORD_LEFT_ALONE = 3
_REAL = ("goteborg_sv_dev.jsonl", "composed_civic_svnbnn_dev.jsonl")
_TWINS = "sib200_twins_dev.jsonl"


@dataclass(frozen=True)
class Question:
    """What is typed, and the number of the text that it should find."""

    typed: str
    wanted: int


def slip(rng: random.Random, words: str) -> str:
    """One letter left out, doubled up, changed or swapped, in every fifth of the longer words."""
    typed = words.split()
    longer = [at for at, word in enumerate(typed) if len(word) > _LONGEST_WORD_LEFT_ALONE]
    for at in rng.sample(longer, max(1, round(len(longer) / 5))) if longer else ():
        typed[at] = _slipped(rng, typed[at])
    return " ".join(typed)


def _slipped(rng: random.Random, word: str) -> str:
    at, letter = rng.randrange(len(word) - 1), rng.choice(_LETTERS)
    return rng.choice([
        word[:at] + word[at + 1:], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1:],
        word[:at] + word[at + 1] + word[at] + word[at + 2:],
    ])


def third_gone(rng: random.Random, words: str) -> str:
    """A third of the words left out, here and there."""
    typed = words.split()
    kept = rng.sample(range(len(typed)), max(1, len(typed) - round(len(typed) / 3)))
    return " ".join(typed[at] for at in sorted(kept))


def material(folder: Path) -> tuple[list[str], dict[str, list[Question]]]:
    """Texts to find, numbered from 1 in the order given, and questions of each kind."""
    rng = random.Random(1)
    real = [row["text"] for name in _REAL for row in _rows(folder / name)]
    texts = real or [made for _lang, made in different(QUESTIONS, seed=1)]
    asked = [(number, texts[number - 1]) for number in rng.sample(range(1, len(texts) + 1), QUESTIONS)]
    questions = {
        "slips": [Question(slip(rng, words), number) for number, words in asked],
        "third gone": [Question(third_gone(rng, words), number) for number, words in asked],
    }
    twins = _rows(folder / _TWINS)
    swedish = {row["group"]: row["text"] for row in twins if row["lang"] == "sv"}
    theirs = [row for row in twins if row["lang"] == "nb"]
    if twins:
        questions["sv to nb"] = [
            Question(swedish[row["group"]], number) for number, row in enumerate(theirs, len(texts) + 1)
        ]
    return texts + [row["text"] for row in theirs], questions


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@contextmanager
def database(kind: str) -> Iterator[str]:
    """A database of its own; gives its address, empty for SQLite."""
    if kind == "sqlite":
        yield ""
    else:
        with postgres.server() as url:
            yield url


def fill(programme_id: int, municipality_id: int, texts: Iterator[str], start: int) -> None:
    """Published contributions with these texts, numbered from behind START."""
    now = clock.now()
    while lot := list(islice(texts, _LOT)):
        session.execute(insert(Contribution), [
            {"id": number, "ref": f"I-{number}", "kind": "idea", "programme_id": programme_id,
             "municipality_id": municipality_id, "source": "import", "language": "sv",
             "client_key": f"bench:{number}", "receipt_digest": f"bench{number}", "visibility": "published",
             "handling": "received", "version": 1, "submitted_at": now, "published_at": now,
             "public_version": 1, "search_text": "", "search_version": ""}
            for number in range(start + 1, start + len(lot) + 1)
        ])
        session.execute(insert(TextVersion), [
            {"contribution_id": number, "number": 1, "title": None, "body": words, "made_by": "author",
             "created_at": now}
            for number, words in enumerate(lot, start + 1)
        ])
        session.commit()
        start += len(lot)


def ask(programme_id: int, questions: Sequence[Question]) -> tuple[float, list[float]]:
    """The share of questions whose text is among the first five, and milliseconds of each."""
    found, taken = 0, []
    for question in questions:
        began = time.perf_counter()
        matches = queries.similar(programme_id, question.typed, FIRST)
        taken.append((time.perf_counter() - began) * 1000)
        found += question.wanted in {match.id for match in matches}
        session.rollback()
    return found / len(questions), taken


def measure(kind: str, sizes: Sequence[int], folder: Path) -> None:
    """Fill a database up to each size in turn, and print a line of the table for each."""
    with ExitStack() as stack:
        address = stack.enter_context(database(kind))
        path = stack.enter_context(tempfile.TemporaryDirectory(prefix="citizen-bench-"))
        env = servers.environment(path, servers.free_port()) | {"DATABASE_URL": address}
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        programme_id, municipality_id = world.create(app)
        texts, questions = material(folder)
        others = (made for _lang, made in different(max(sizes)))
        with app.app_context():
            fill(programme_id, municipality_id, iter(texts), 0)
            there = indexed = 0
            for size in sizes:
                there = max(there, len(texts))
                fill(programme_id, municipality_id, islice(others, size - there), there)
                began = time.perf_counter()
                world.index(indexed)
                cost = (time.perf_counter() - began) * 1000 / (size - indexed)
                there = indexed = size
                _tidy(kind)
                _show(kind, size, cost, {name: ask(programme_id, asked) for name, asked in questions.items()})
        _close(app)


def _tidy(kind: str) -> None:
    """What either database does by itself in its own time."""
    if kind == "postgresql":
        session.rollback()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _close(app: Flask) -> None:
    with app.app_context():
        session.remove()
        db.engine.dispose()


def _show(kind: str, size: int, cost: float, asked: dict[str, tuple[float, list[float]]]) -> None:
    taken = sorted(t for _share, times in asked.values() for t in times)
    half, most = statistics.median(taken), taken[int(0.95 * len(taken))]
    shares = "  ".join(f"{name} {share:.3f}" for name, (share, _times) in asked.items())
    print(f"{kind:<11}{size:>9}{cost:>11.2f}{half:>9.1f}{most:>9.1f}  {shares}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.similar", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=_numbers, default=[20_000, 100_000], metavar="N,…")
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), metavar="FOLDER")
    parser.add_argument("--on", choices=["sqlite", "postgresql"], action="append", help="repeat for both")
    options = parser.parse_args()
    print(f"{'':<11}{'texts':>9}{'ms to read':>11}{'ms, p50':>9}{'p95':>9}  right among the first {FIRST}")
    for kind in options.on or ["sqlite"]:
        measure(kind, sorted(options.sizes), options.eval)


_numbers: Callable[[str], list[int]] = lambda given: [int(one) for one in given.split(",")]  # noqa: E731


if __name__ == "__main__":
    main()
