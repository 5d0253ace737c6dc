"""A survey of every kind in two versions, answered, and what a pack of it holds."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.actions import exporting
from citizen.surveys.actions.exporting import Order, Words
from citizen.surveys.actions.receiving import write_answers
from citizen.surveys.models import Submission
from citizen.surveys.rules import Level
from citizen.surveys.rules.document import Document, Option, Texts
from citizen.surveys.rules.flow import settled
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.values import Photo, Value
from tests.surveys.samples import a_survey, by_code, load
from tests.world import World

REF = "S-G0LDEN00"
PUBLISHED = datetime(2026, 3, 9, 8, tzinfo=UTC)
EXPORTED = datetime(2026, 11, 26, 8, tzinfo=UTC)


def _both(words: str) -> dict[str, str]:
    return {"nn": f"{words} (nn)", "sv": f"{words} (sv)"}


def _options(*names: str, **flags: dict[str, bool]) -> list[dict[str, Any]]:
    return [{"name": name, "text": _both(name.capitalize()), **flags.get(name, {})} for name in names]


def every_kind() -> tuple[Document, Texts]:
    """One question of each kind; the second page is for those who go by bus."""
    return from_outline({
        "languages": ["nn", "sv"], "title": {"nn": "Alt på éin gong", "sv": "Allt på en gång"},
        "pages": [
            {"questions": [
                {"name": "travel", "kind": "one", "text": _both("Korleis?"), "not_say": True,
                 "options": _options("foot", "bus", "other", other={"writes": True})},
                {"name": "leave", "kind": "several", "text": _both("Kva?"), "dont_know": True,
                 "options": _options("more", "path", "other", other={"writes": True})},
                {"name": "ease", "kind": "scale", "least": 1, "most": 3, "text": _both("Kor lett?"),
                 "points": {"1": _both("Vanskeleg"), "3": _both("Lett")}},
                {"name": "first", "kind": "ranking", "text": _both("Kva først?"),
                 "options": _options("a", "b", "c")},
            ]},
            {"show_if": {"question": "travel", "op": "is", "option": "bus"}, "questions": [
                {"name": "bus_is", "kind": "matrix", "text": _both("Om bussen"), "dont_know": True,
                 "rows": _options("times", "price"), "options": _options("good", "bad")},
            ]},
            {"questions": [
                {"name": "warm", "kind": "number", "decimals": 1, "text": _both("Kor varmt?"),
                 "unit": _both("°C"), "dont_know": True},
                {"name": "km", "kind": "number", "least": 0, "text": _both("Kor langt?")},
                {"name": "born", "kind": "date", "text": _both("Når?")},
                {"name": "where", "kind": "place", "text": _both("Kvar?")},
                {"name": "picture", "kind": "photo", "text": _both("Korleis ser det ut?")},
                {"name": "wish", "kind": "long", "text": _both("Kva «ynskjer» du? It's 100 % \\ \"fritt\"")},
                {"name": "by", "kind": "short", "text": _both("Eitt ord")},
            ]},
        ],
    })


def changed(document: Document, texts: Texts) -> tuple[Document, Texts]:
    """The next draft: an option more, one less, a scale with a new meaning, a question no longer asked."""
    (first, bus, last), next_id = document.pages, document.next_id
    travel, leave, ease, ranking = first.questions
    boat = Option(f"o{next_id}", "boat")
    travel = replace(travel, options=(replace(travel.options[0], hidden=True), *travel.options[1:], boat))
    ease = replace(ease, series=2, least=0, most=10)
    first = replace(first, questions=(travel, leave, ease, ranking))
    last = replace(last, questions=tuple(replace(q, hidden=q.code == "km") for q in last.questions))
    more = {f"{travel.id}.{boat.id}": _both("Båt"), f"{ease.id}.text": _both("Kor lett no?")}
    return replace(document, pages=(first, bus, last), next_id=next_id + 1), texts | more


BY_BUS = {
    "travel": Value(options=("bus",)), "leave": Value(options=("more", "other"), others={"other": "=1+1"}),
    "ease": Value(options=("3",)), "first": Value(options=("c", "a")),
    "bus_is": Value(rows={"times": "good", "price": "dk"}), "warm": Value(number=Decimal("-1.5")),
    "km": Value(number=Decimal(12)), "born": Value(day=date(1999, 12, 31)),
    "where": Value(text="Ved «brua»", point=(61.123, 12.5)),
    "picture": Value(photos=(Photo("PHOTO1", "Ei bru"),)),
    "wish": Value(text="Ei linje;\nog \"ei\" til"), "by": Value(text="-1"),
}
ON_FOOT = {
    "travel": Value(options=("other",), others={"other": "På ski"}), "leave": Value(options=("dk",)),
    # Answered before going back and choosing otherwise: no longer shown.
    "bus_is": Value(rows={"times": "bad"}), "warm": Value(options=("dk",)),
}
SILENT = {"travel": Value(options=("ns",))}


def a_golden_survey(app: Flask, world: World, *, level: str = Level.CONFIDENTIAL) -> str:
    """The survey's first version with three answers, always the same."""
    with clock.stopped_at(PUBLISHED):
        ref = a_survey(app, world, every_kind(), level=level)
    with app.app_context():
        load(ref).ref = REF
        session.commit()
    for number, answers in ((7, ON_FOOT), (3, BY_BUS), (2**53 - 1, SILENT)):
        store(app, world, number, answers)
    return REF


def change(app: Flask, world: World) -> None:
    """Publish the second version, and answer it once."""
    with app.app_context():
        survey = load(REF)
        document, texts = changed(queries.draft_of(survey), queries.draft_texts(survey.id))
        for key, by_language in texts.items():
            for language, text in by_language.items():
                actions.save_text(survey, key, language, text)
        actions.save_document(survey, document)
        anew = {question.id for question in document.questions if question.series > 1}
        with clock.stopped_at(PUBLISHED):
            actions.publish(survey, user_id=None, confirmed=anew)
        session.commit()
    store(app, world, 5, {"travel": Value(options=("boat",)), "ease": Value(options=("9",))})


def store(
    app: Flask, world: World, number: int, answers: dict[str, Value], language: str = "nn"
) -> None:
    """A submission with a number of its own choice to the newest version."""
    with app.app_context():
        survey = load(REF)
        published = queries.latest(survey.id)
        assert published is not None
        submission = Submission(
            id=number, survey_id=survey.id, version=published.number, language=language, channel="link",
            place="=torget", municipality_id=world.norwegian, sector="resident" if number == 3 else None,
            received_on=date(2026, 3, 9 + number % 5), digest=f"{number:064x}",
        )
        session.add(submission)
        session.flush()
        given, not_shown = settled(published.document, by_code(published.document, **answers))
        write_answers(submission, published.document, given, not_shown)
        session.commit()


def pack(app: Flask, *, words: Words = Words.BESIDE, version: int | None = None, language: str = "nn",
         delimiter: str = ";") -> dict[str, bytes]:
    """Name → content of the files of a pack."""
    with app.app_context(), clock.stopped_at(EXPORTED):
        order = Order(language, delimiter, words, version)
        content = b"".join(exporting.packed(load(REF).id, order))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
