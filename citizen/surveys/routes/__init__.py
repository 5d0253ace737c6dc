"""URL → HTTP for surveys."""

from citizen.surveys.routes import (
    answering,
    attempts,
    desk,
    editing,
    kiosks,
    links,
    paper,
    people,
    preview,
    publishing,
    questions,
    reading,
    receipts,
    results,
    starting,
    translating,
    translation_files,
)
from citizen.surveys.routes.blueprint import rooms

__all__ = [
    "answering",
    "attempts",
    "desk",
    "editing",
    "kiosks",
    "links",
    "paper",
    "people",
    "preview",
    "publishing",
    "questions",
    "reading",
    "receipts",
    "results",
    "rooms",
    "starting",
    "translating",
    "translation_files",
]
