"""The desk with ten thousand waiting items against a hundred: ratio of times, and queries of each.

Both are measured in one run on the same machine, taken in turns; the median is shown. A filter by personal
data looks at all that waits, and so does the order of a moderator who does not read all languages (of
what waits here they read nothing, the worst there is): both may take longer.
"""

import argparse
import statistics
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_migrate import upgrade

from benchmarks import servers
from citizen.accounts.models import RoleGrant, User
from citizen.app import create_app
from citizen.base import clock
from citizen.base.db import session
from citizen.base.settings import Settings
from citizen.ideas.actions import NewIdea, submit_idea
from citizen.moderation.models import ReadingChoice
from citizen.programmes.actions import create_municipality, create_programme
from tests.pages import Browser
from tests.queries import counted

WANTED = 1.3
TURNS = 25
LONGER = ("filtered", "not read")
_WORDS = (
    "buss", "bro", "skola", "lekplats", "bibliotek", "cykel", "väg", "ljus", "park", "vatten", "snö",
    "bostad", "torg", "färja", "vård", "idrott",
)


class Desk(NamedTuple):
    """A moderator, one of the same municipality who reads other languages, and what waits for both."""

    browser: Browser
    reader: Browser
    refs: list[str]


def measure(few: int, many: int) -> bool:
    """Print the table; gives whether every page is within what is wanted."""
    with servers.folder() as path:
        app = create_app(Settings.from_environment(servers.environment(path, servers.free_port())))
        with app.app_context():
            upgrade(str(Path(app.root_path) / "migrations"))
        desks = [_desk(app, "liten", few), _desk(app, "stor", many)]
        return _print(app, desks, few, many)


def _desk(app: Flask, slug: str, count: int) -> Desk:
    """A municipality with so much that waits, and its moderators; every fifth has a phone number."""
    with app.app_context():
        town = create_municipality(slug, "SE", {"sv": slug}, ["sv"], "x@example.org")
        today = clock.today()
        programme = create_programme(
            slug, {"titles": {"sv": slug}}, "consult", [town],
            [("collect", today - timedelta(days=1), today + timedelta(days=9))],
        )
        user, reader = (_moderator(f"{name}{slug}", town.id) for name in ("", "x"))
        session.add(ReadingChoice(user_id=reader, languages=["nb", "nn"], hides_others=False))
        refs = []
        for number in range(count):
            words = [_WORDS[(number * step + step) % len(_WORDS)] for step in (1, 3, 5, 7, 11, 13)]
            # A word of its own for each: what is new to one desk is not known from the other.
            body = f"{' '.join(words)} {slug}{number}." + (" Ring 070-174 06 05." if number % 5 == 0 else "")
            idea, _new = submit_idea(NewIdea(
                programme_id=programme.id, municipality_id=town.id, source="web", language="sv",
                client_key=f"web:{uuid.uuid4()}", title=" ".join(words[:3]), body=body,
                submitted_at=clock.now() - timedelta(minutes=count - number),
            ))
            refs.append(idea.ref)
            if number % 500 == 0:
                session.commit()
        session.commit()
        return Desk(Browser(app, user_id=user), Browser(app, user_id=reader), refs)


def _moderator(name: str, municipality_id: int) -> int:
    user = User(email=f"{name}@example.org", name=name, language="sv", created_at=clock.now())
    user.grants = [RoleGrant(municipality_id=municipality_id, role="moderator")]
    session.add(user)
    session.flush()
    return user.id


def _print(app: Flask, desks: list[Desk], few: int, many: int) -> bool:
    print(f"{'':<18}{f'ms at {few}':>14}{f'ms at {many}':>16}{'ratio':>8}{'queries':>12}")
    within = True
    for name in ("queue", "not read", "filtered", "item", "decision"):
        taken: list[list[float]] = [[], []]
        asked: list[int] = []
        for turn in range(TURNS + 1):
            for place, desk in enumerate(desks):
                browser = desk.reader if name == "not read" else desk.browser
                with counted(app) as statements:
                    began = time.perf_counter()
                    _do(name, browser, desk.refs[turn])
                    took = 1000 * (time.perf_counter() - began)
                if turn:
                    taken[place].append(took)
                if turn == TURNS:
                    asked.append(len(statements))
        low, high = (statistics.median(times) for times in taken)
        ratio = high / low
        print(f"{name:<18}{low:>14.1f}{high:>16.1f}{ratio:>8.2f}{f'{asked[0]} / {asked[1]}':>12}")
        within = within and (ratio <= WANTED or name in LONGER) and asked[0] == asked[1]
    return within


def _do(name: str, browser: Browser, ref: str) -> None:
    if name == "decision":
        answer = browser.client.post(
            f"/sv/moderation/{ref}",
            data={"decision": "published", "version": "1", "csrf_token": _token(browser)},
        )
        assert answer.status_code == 303, answer.status_code
        return
    address = {"queue": "", "not read": "", "filtered": "?hits=y&written_in=sv", "item": ref}[name]
    assert browser.client.get(f"/sv/moderation/{address}").status_code == 200


def _token(browser: Browser) -> str:
    """A token from a small page, so that it does not count for much."""
    return browser.get("/sv/receipt").hidden("csrf_token")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--many", type=int, default=10_000)
    asked = parser.parse_args()
    return 0 if measure(asked.few, asked.many) else 1


if __name__ == "__main__":
    raise SystemExit(main())
