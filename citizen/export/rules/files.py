"""What can be asked for, and what the file is called."""

import re
from datetime import date
from enum import StrEnum


class What(StrEnum):
    IDEAS = "ideas"
    THEMES = "themes"
    CANDIDATES = "candidates"
    EVERYTHING = "everything"


class Variant(StrEnum):
    """For whom a file is: anyone, or those who work with the programme."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


SEPARATORS = {"semicolon": ";", "comma": ","}
MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def parts(what: What) -> tuple[What, ...]:
    """The tables a file has, in order."""
    return (What.IDEAS, What.THEMES, What.CANDIDATES) if what is What.EVERYTHING else (what,)


def separator(language: str) -> str:
    """The separator that spreadsheets expect where a language is spoken, by name."""
    return "comma" if language == "en" else "semicolon"


def ending(what: What, file_format: Format) -> str:
    """The ending of the file's name; several tables as CSV are one archive."""
    return "zip" if file_format is Format.CSV and what is What.EVERYTHING else file_format.value


def file_name(programme: str, what: What, variant: Variant, file_format: Format, day: date) -> str:
    """``granslandet-ideas-public-2026-03-09.csv``, with nothing in it that a system could take amiss."""
    safe = re.sub(r"[^a-z0-9]+", "-", programme.lower()).strip("-")[:60] or "programme"
    return f"{safe}-{what}-{variant}-{day.isoformat()}.{ending(what, file_format)}"
