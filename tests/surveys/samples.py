"""Surveys that tests speak of, and answers to them."""

import itertools
from typing import Any

from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.demo.rules import read
from citizen.surveys import actions, queries
from citizen.surveys.models import Survey
from citizen.surveys.rules import Channel
from citizen.surveys.rules.document import Document, Texts
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.values import Value, answers_as_json
from tests.world import World

_numbers = itertools.count(1)


def travel() -> tuple[Document, Texts]:
    """The demo's survey: twelve questions, one of each common kind, with branching."""
    return from_outline(read("survey.json"))


def short() -> tuple[Document, Texts]:
    """Three questions on two pages, in two languages."""
    return from_outline({
        "languages": ["nn", "sv"],
        "title": {"nn": "Badeplassen", "sv": "Badplatsen"},
        "pages": [
            {"questions": [
                {"name": "swims", "kind": "one", "required": True, "dont_know": True,
                 "text": {"nn": "Badar du?", "sv": "Badar du?"},
                 "options": [{"name": "yes", "text": {"nn": "Ja", "sv": "Ja"}},
                             {"name": "no", "text": {"nn": "Nei", "sv": "Nej"}}]},
            ]},
            {"show_if": {"question": "swims", "op": "is", "option": "yes"}, "questions": [
                {"name": "often", "kind": "number", "least": 0, "most": 365,
                 "text": {"nn": "Kor mange gonger i året?", "sv": "Hur många gånger om året?"}},
                {"name": "wish", "kind": "long", "most": 500, "contributes": True,
                 "text": {"nn": "Kva saknar du?", "sv": "Vad saknar du?"}},
            ]},
        ],
    })


def by_code(document: Document, **values: Value) -> dict[str, Value]:
    """Answers by the codes of their questions, with options by their codes too."""
    found = {}
    for question in document.questions:
        if question.code in values:
            names = {option.code: option.id for option in question.options}
            rows = {row.code: row.id for row in question.rows}
            value = values[question.code]
            found[question.id] = Value(
                options=tuple(names.get(o, o) for o in value.options),
                others={names.get(o, o): text for o, text in value.others.items()},
                rows={rows.get(r, r): names.get(o, o) for r, o in value.rows.items()},
                text=value.text, number=value.number, day=value.day, point=value.point, photos=value.photos,
            )
    return found


def a_survey(app: Flask, world: World, made: tuple[Document, Texts] | None = None, *, publish: bool = True,
             **settings: Any) -> str:
    """Store a survey, published unless told otherwise; gives its reference."""
    document, texts = made or short()
    with app.app_context():
        survey = actions.create_survey(
            programme_id=settings.pop("programme_id", world.programme),
            municipality_id=settings.pop("municipality_id", None), languages=document.languages,
            title=texts["title"][document.languages[0]], user_id=world.facilitator,
        )
        for key, by_language in texts.items():
            for language, text in by_language.items():
                actions.save_text(survey, key, language, text)
        actions.save_document(survey, document)
        if publish:
            actions.publish(survey, user_id=world.facilitator)
        # Now, since one that has closed is published no more.
        for name, value in settings.items():
            setattr(survey, name, value)
        session.commit()
        return survey.ref


def reworded(survey: Survey, key: str, *, nn: str, sv: str) -> None:
    """Say something else in the languages of the short survey; the translation is renewed too."""
    actions.save_text(survey, key, "nn", nn)
    actions.save_text(survey, key, "sv", sv, source=nn)


def answered(app: Flask, world: World, ref: str, answers: dict[str, Value], **values: Any) -> str:
    """Receive one answer to a published survey; gives its digest. ``participant``, ``invitation_id`` and any
    value of an `Arrival` may be given."""
    digest = values.pop("digest", f"{next(_numbers):064x}")
    extra = {name: values.pop(name) for name in ("participant", "invitation_id") if name in values}
    with app.app_context():
        survey = load(ref)
        published = queries.latest(survey.id)
        assert published is not None
        arrival = actions.Arrival(**{
            "version": published.number, "language": "nn", "channel": Channel.LINK,
            "municipality_id": world.norwegian, "digest": digest, "answers": answers_as_json(answers),
            "received_on": clock.today(), **values,
        })
        actions.receive(survey, arrival, **extra)
        session.commit()
    return str(digest)


def load(ref: str) -> Survey:
    """A survey by reference, inside an application context."""
    return session.query(Survey).filter_by(ref=ref).one()
