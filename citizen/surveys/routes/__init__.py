"""URL → HTTP for surveys."""

from citizen.surveys.routes import (
    answering,
    attempts,
    publishing,
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
    "publishing",
    "reading",
    "receipts",
    "results",
    "rooms",
    "starting",
    "translating",
    "translation_files",
]
