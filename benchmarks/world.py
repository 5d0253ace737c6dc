"""A programme with as many published ideas as asked for, written straight to the tables."""

import random
from datetime import timedelta

from flask import Flask
from sqlalchemy import insert

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.contributions.actions import refresh_index
from citizen.contributions.models import Contribution, TextVersion
from citizen.ideas.models import Idea
from citizen.programmes.actions import create_municipality, create_programme

SLUG, MUNICIPALITY = "matning", "matby"
_WORDS = [
    "buss", "bron", "skolan", "lekplats", "bibliotek", "cykel", "vägen", "ljus", "parken", "vatten",
    "äldre", "unga", "snö", "bostad", "torget", "färja", "mobil", "vård", "idrott", "kultur", "musik",
    "skog", "sjö", "bad", "hund", "katt", "stig", "gata", "hus", "affär", "mat", "jobb", "resa",
]
RARE = "utsiktsplats"
_WITH_RARE = 50
"""Ideas that have the rare word, however many there are."""


def create(app: Flask) -> tuple[int, int]:
    """An empty programme; gives (programme id, municipality id)."""
    with app.app_context():
        municipality = create_municipality(MUNICIPALITY, "SE", {"sv": "Mätby"}, ["sv"], "x@example.org")
        today = clock.today()
        programme = create_programme(
            SLUG, {"titles": {"sv": "Mätning"}}, "consult", [municipality],
            [("collect", today - timedelta(days=1), today + timedelta(days=9))],
        )
        session.commit()
        return programme.id, municipality.id


def fill(app: Flask, programme_id: int, municipality_id: int, count: int, start: int = 0) -> None:
    """COUNT published ideas, numbered from START; the same texts at every run."""
    rng = random.Random(start)
    now = clock.now()
    contributions, texts, ideas = [], [], []
    for number in range(start + 1, start + count + 1):
        title = " ".join(rng.choices(_WORDS, k=5)).capitalize()
        rare = [RARE] if number <= _WITH_RARE else []
        body = " ".join(rng.choices(_WORDS, k=40) + rare).capitalize() + "."
        at = now - timedelta(minutes=number)
        contributions.append({
            "id": number, "ref": ids.new_ref("I"), "kind": "idea", "programme_id": programme_id,
            "municipality_id": municipality_id, "source": "web", "language": "sv", "sector": None,
            "client_key": f"bench:{number}", "receipt_digest": f"bench{number}", "visibility": "published",
            "handling": "received", "version": 1, "submitted_at": at, "published_at": at,
            "public_version": 1, "search_text": "", "search_version": "", "external_id": None,
        })
        texts.append({"contribution_id": number, "number": 1, "title": title, "body": body,
                      "made_by": "author", "user_id": None, "created_at": at})
        ideas.append({"contribution_id": number, "programme_id": programme_id,
                      "support_count": rng.randrange(50)})
    with app.app_context():
        for model, rows in ((Contribution, contributions), (TextVersion, texts), (Idea, ideas)):
            session.execute(insert(model), rows)
        session.commit()
        index(start)


def index(after: int = 0) -> None:
    """Make what is published findable, from behind an id."""
    while lot := refresh_index(500, after):
        session.commit()
        after = lot[-1]
