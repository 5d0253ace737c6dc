"""What a script on one machine gets into the queue, and what a family does: ``python -m benchmarks.spam``.

Against a real server of its own, over the real form. Each sender has an address of its own (the server
believes one proxy). Times are as short as they can be: whatever people do within an hour is done at once,
which is the hardest way to be counted. ``--eval FOLDER`` reads ordinary texts (JSON lines with ``text``) too,
and tells how alike the likest two of them are. Exits with 1 where somebody honest was held back or stopped,
or a script got more into the queue than it may.
"""

import argparse
import itertools
import json
import random
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from benchmarks import servers, world
from citizen.analysis.sameness import FEWEST, is_same, word_set
from citizen.app import create_app
from citizen.base.db import session
from citizen.base.settings import Settings
from citizen.contributions.models import Contribution, TextVersion
from citizen.contributions.rules import FLOOD_FROM

_WORDS = [f"{start}{end}" for start in (
    "gång", "skol", "bad", "cykel", "buss", "lek", "idrotts", "vinter", "sommar", "park", "sjö", "torg",
    "bibliotek", "ungdoms", "äldre", "trafik", "kvälls", "natur", "vatten",
) for end in ("plats", "väg", "ljus", "stig", "bana", "hall", "linje", "park", "fest", "grupp", "hus", "bro")]
_MOST_FROM_ONE = 70
_READING = 4
"""Seconds that everybody has the form open for, a second more than the least."""


class Sender(servers.Phone):
    """A browser behind an address."""

    def __init__(self, port: int, address: str) -> None:
        super().__init__(port)
        self.address = address

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        headers = {"X-Forwarded-For": self.address, **({"Cookie": self.cookie} if self.cookie else {})}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(fields) if fields is not None else None
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return answer.status, answer.getheader("Location") or "", text

    def send(self, who: str, number: int, body: str, **more: str) -> int:
        status, _location, _body = self.ask("POST", f"/sv/ideas/{world.SLUG}/new", {
            "csrf_token": self.token, "client_key": str(uuid.uuid4()), "title": f"{who} {number}",
            "body": body, "municipality": world.MUNICIPALITY, "written_in": "sv", "shown": self.shown, **more,
        })
        return status


def own_words(rng: random.Random) -> str:
    """A text of its own, as people and good generators write them."""
    return "Vi önskar " + " ".join(rng.sample(_WORDS, 14)) + "."


def a_template(rng: random.Random) -> str:
    """The same text again, with another name and number in it."""
    return (f"Köp billiga klockor hos {rng.choice(_WORDS)}, fri frakt till hela kommunen och alla"
            f" grannkommuner, ring {rng.randrange(10**6)} eller besök nätbutiken redan i dag")


# ---- who sends


def honest(port: int, who: str, people: int, each: int, address: str) -> tuple[str, Counter[int]]:
    """So many people behind one address, each on a phone of their own, who open the form and write."""
    rng, phones = random.Random(who), [Sender(port, address) for _person in range(people)]
    for phone in phones:
        phone.open_form(world.SLUG)
    time.sleep(_READING)
    numbers = itertools.count(1)
    return who, Counter(
        phone.send(who, next(numbers), own_words(rng)) for _turn in range(each) for phone in phones
    )


Way = tuple[Callable[[random.Random], str], dict[str, str]]


def script(port: int, who: str, count: int, address: str, *ways: Way) -> tuple[str, Counter[int]]:
    """A program that has opened the form once, has waited, and sends as fast as it can, each way in turn."""
    rng, phone = random.Random(who), Sender(port, address)
    phone.open_form(world.SLUG)
    time.sleep(_READING)
    turns = zip(range(1, count + 1), itertools.cycle(ways), strict=False)
    return who, Counter(phone.send(who, number, text(rng), **more) for number, (text, more) in turns)


WAYS: dict[str, Way] = {
    "template": (a_template, {}),
    "unopened": (own_words, {"shown": ""}),
    "fills-all": (own_words, {"homepage": "https://x.example"}),
    "own-words": (own_words, {}),
}


def senders(port: int, count: int) -> Iterator[Callable[[], tuple[str, Counter[int]]]]:
    """Everybody, people before programs: those before may not suffer, those after may."""
    yield lambda: honest(port, "household", 5, 2, "192.0.2.10")
    yield lambda: honest(port, "class", 25, 2, "192.0.2.20")
    yield lambda: script(port, "one-machine", count, "192.0.2.29", *WAYS.values())
    for number, (who, way) in enumerate(WAYS.items()):
        yield partial(script, port, who, count // 4, f"192.0.2.{30 + number}", way)
    yield lambda: honest(port, "neighbours", 5, 2, "192.0.2.11")


# ---- what became of it


def outcome(app: Flask) -> dict[str, Counter[str]]:
    """Sender → how many went to the queue, and how many are held back and why."""
    found: dict[str, Counter[str]] = {}
    with app.app_context():
        rows = session.execute(
            select(TextVersion.title, Contribution.held_as)
            .join(Contribution, Contribution.id == TextVersion.contribution_id)
        )
        for title, held_as in rows:
            found.setdefault(str(title).rsplit(" ", 1)[0], Counter())[held_as or "queue"] += 1
    return found


def show(told: dict[str, Counter[int]], found: dict[str, Counter[str]]) -> bool:
    """Print what got where; gives whether all of it is as it should be."""
    columns = ("queue", "trap", "rate", "flood")
    print(f"{'sender':<12} {'sent':>6} {'told to wait':>13}" + "".join(f"{c:>7}" for c in columns))
    good = True
    for who, statuses in told.items():
        got = found.get(who, Counter())
        print(f"{who:<12} {sum(statuses.values()):>6} {statuses[429]:>13}"
              + "".join(f"{got[c]:>7}" for c in columns))
        if who in ("household", "class", "neighbours"):
            good &= got["queue"] == sum(statuses.values())
        else:
            good &= got["queue"] <= _MOST_FROM_ONE
        good &= sum(got.values()) == statuses[303]
    return good


def likeness(folder: Path) -> None:
    """Print how alike ordinary texts are, and how many would be held back if all of a file came at once."""
    for path in sorted(folder.glob("*.jsonl")):
        texts = {json.loads(line).get("text", "") for line in path.open(encoding="utf-8")}
        sets = [s for s in map(word_set, sorted(texts)) if len(s) >= FEWEST]
        shares = sorted((len(a & b) / len(a | b) for a, b in itertools.combinations(sets, 2)), reverse=True)
        alike = [sum(is_same(a, b) for b in sets[:number]) for number, a in enumerate(sets)]
        print(f"{path.name}: {len(sets)} texts, the likest two {shares[0] if shares else 0:.2f},"
              f" the same as one before {sum(n > 0 for n in alike)},"
              f" a flood {sum(n >= FLOOD_FROM for n in alike)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ideas", type=int, default=2000, help="what the scripts send together")
    parser.add_argument("--eval", type=Path, help="a folder of ordinary texts")
    options = parser.parse_args()
    if options.eval:
        likeness(options.eval)
    with servers.folder() as path:
        port = servers.free_port()
        env = {**servers.environment(path, port), "CITIZEN_TRUSTED_PROXIES": "1"}
        env.pop("CITIZEN_SUBMIT_LIMIT")
        app = create_app(Settings.from_environment(env))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        world.create(app)
        with servers.served("wsgi:app", env, port), ThreadPoolExecutor(2) as pool:
            told = dict(pool.map(lambda send: send(), senders(port, options.ideas)))
        good = show(told, outcome(app))
    sys.exit(not good)


if __name__ == "__main__":
    main()
