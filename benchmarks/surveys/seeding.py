"""A survey that as many have answered as asked for, written straight to the tables.

The demo's twelve questions, or thirty of mixed kinds; a few hundred different answers, given over and over
by people of different kinds. The same at every run.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import insert

from citizen.base import clock
from citizen.base.db import session
from citizen.demo.rules import read
from citizen.surveys import actions, queries
from citizen.surveys.models import Answer, Submission, Survey, Tally
from citizen.surveys.queries.results import EVERYBODY
from citizen.surveys.rules.document import Document, Kind, Question, choices_of
from citizen.surveys.rules.flow import settled
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.rows import rows_from
from citizen.surveys.rules.tallying import counted
from citizen.surveys.rules.values import Value

PROTOTYPES = 300
LOT = 2_000
_WORDS = ["buss", "bru", "ljos", "sykkel", "snø", "skule", "kveld", "helg", "veg", "tid"]


def outline(questions: int | None = None) -> dict[str, Any]:
    """The demo's survey, or one of so many questions of mixed kinds."""
    if questions is None:
        return dict(read("survey.json"))
    kinds = ["one", "several", "scale", "number", "short", "matrix"]
    options = [{"name": f"o{n}", "text": {"sv": f"Svar {n}"}} for n in range(5)]
    rows = [{"name": f"r{n}", "text": {"sv": f"Rad {n}"}} for n in range(3)]

    def one(number: int) -> dict[str, Any]:
        kind = kinds[number % len(kinds)]
        told: dict[str, Any] = {"name": f"f{number}", "kind": kind, "text": {"sv": f"Fråga {number}"}}
        if kind in ("one", "several", "matrix"):
            told["options"] = options
        return told | ({"rows": rows} if kind == "matrix" else {})

    return {"languages": ["sv"], "title": {"sv": "Mätning"},
            "pages": [{"questions": [one(n)]} for n in range(questions)]}


def create(app: Flask, programme_id: int, told: dict[str, Any] | None = None) -> str:
    """The demo's survey or the one that is told, with public results; gives its reference."""
    document, texts = from_outline(told or outline())
    with app.app_context():
        survey = actions.create_survey(
            programme_id=programme_id, municipality_id=None, languages=document.languages,
            title=texts["title"][document.languages[0]], user_id=None,
        )
        survey.level, survey.results = "confidential", "live"
        for key, by_language in texts.items():
            for language, text in by_language.items():
                actions.save_text(survey, key, language, text)
        actions.save_document(survey, document)
        actions.publish(survey, user_id=None)
        session.commit()
        return survey.ref


def fill(app: Flask, ref: str, municipality_ids: list[int], count: int, start: int = 0) -> None:
    """COUNT counted submissions, numbered from START, with their answers and tallies."""
    rng = random.Random(start)
    with app.app_context():
        survey = session.query(Survey).filter_by(ref=ref).one()
        document = queries.published(survey.id, 1).document
        prototypes = [_prototype(document, rng) for _ in range(PROTOTYPES)]
        found: Counter[tuple[Any, ...]] = Counter()
        made = _people(survey, municipality_ids, count, start, rng)
        while lot := list(islice(made, LOT)):
            answers: list[dict[str, Any]] = []
            for person in lot:
                rows, counts = prototypes[rng.randrange(PROTOTYPES)]
                answers += [row | {"submission_id": person["id"], "survey_id": survey.id} for row in rows]
                kind = (survey.id, 1, person["language"], person["channel"], person["municipality_id"],
                        person["sector"] or "")
                found.update((*kind, *one) for one in counts)
            session.execute(insert(Submission), lot)
            session.execute(insert(Answer), answers)
            session.commit()
        _write_tallies(found)
        session.commit()


def _people(
    survey: Survey, municipality_ids: list[int], count: int, start: int, rng: random.Random
) -> Iterator[dict[str, Any]]:
    today = clock.today()
    for number in range(start + 1, start + count + 1):
        yield {
            # Spread like the random ids they stand for.
            "id": (survey.id * 10**8 + number) * 7_919_000_003 % 2**53, "survey_id": survey.id, "version": 1,
            "language": rng.choice(["sv", "nn", "nb"]), "channel": rng.choice(["link", "link", "paper"]),
            "place": "", "municipality_id": rng.choice(municipality_ids),
            "sector": rng.choice([None, "resident", "business"]), "received_on": today,
            "digest": f"{survey.id:08x}{number:056x}", "is_counted": True,
        }


def _prototype(document: Document, rng: random.Random) -> tuple[list[dict[str, Any]], list[tuple[Any, ...]]]:
    """One answer as stored rows, and what it counts in."""
    values = {q.id: _value(q, rng) for q in document.questions if q.kind is not Kind.STATEMENT}
    given, _not_shown = settled(document, values)
    rows = [asdict(row) | {"is_shown": True} for question in document.questions if question.id in given
            for row in rows_from(question, given[question.id])]
    counts: list[tuple[Any, ...]] = [EVERYBODY]
    counts += [(c.question, c.series, c.row, c.option) for c in counted(document, given)]
    return rows, counts


def _value(question: Question, rng: random.Random) -> Value:
    options = [option.id for option in choices_of(replace(question, dont_know=False, not_say=False))]
    match question.kind:
        case Kind.ONE | Kind.SCALE:
            found = Value(options=(rng.choices(options, weights=range(len(options), 0, -1))[0],))
        case Kind.SEVERAL | Kind.RANKING:
            found = Value(options=tuple(rng.sample(options, min(2, len(options)))))
        case Kind.MATRIX:
            found = Value(rows={row.id: rng.choice(options) for row in question.rows})
        case Kind.NUMBER:
            found = Value(number=Decimal(rng.randrange(60)))
        case Kind.DATE:
            found = Value(day=clock.today())
        case Kind.PHOTO:
            found = Value()
        case _:
            found = Value(text=" ".join(rng.choices(_WORDS, k=8)))
    return found


def _write_tallies(found: Counter[tuple[Any, ...]]) -> None:
    names = [column.name for column in Tally.__table__.primary_key]
    for key, count in found.items():
        known = session.get(Tally, key)
        if known is None:
            session.add(Tally(**dict(zip(names, key, strict=True)), count=count))
        else:
            known.count += count
    session.flush()
