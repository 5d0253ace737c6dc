"""Single values of a file as people write them: languages, sectors, dates, names of municipalities."""

import re
from datetime import datetime, tzinfo

from citizen.base.words import clean_line
from citizen.contributions.rules import SECTORS

_FIRST_YEAR = 1900
_LANGUAGES = {
    name: code
    for code, names in {
        "sv": "sv swe svenska swedish svensk",
        "nb": "nb nob no nor bokmål bokmal norsk norska norwegian",
        "nn": "nn nno nynorsk nynorska",
        "en": "en eng english engelska engelsk",
    }.items()
    for name in names.split()
}
_UNSTATED = {
    "und", "unknown", "unstated", "other", "okänt", "okänd", "ukjent", "ukjend", "annat", "annet", "anna",
    "-", "?",
}  # fmt: skip
_SECTORS = {
    "public sector": "public", "offentlig sektor": "public", "offentleg sektor": "public",
    "näringsliv": "business", "næringsliv": "business",
    "akademi": "academia", "akademia": "academia",
    "civil society": "civil_society", "civilsamhälle": "civil_society", "sivilsamfunn": "civil_society",
    "invånare": "resident", "innbygger": "resident", "innbyggjar": "resident",
}  # fmt: skip


def is_unstated(stated: str) -> bool:
    """Whether a cell says that its value is not known."""
    return not stated or stated.casefold() in _UNSTATED


def language(stated: str) -> str | None:
    """One of ours for a code (region or dialect stripped, ``no`` is Bokmål) or a name; None for others."""
    return _LANGUAGES.get(re.split(r"[-_]", stated.casefold())[0])


def sector(stated: str) -> str | None:
    """The code of a sector given by code or by name; None if there is no such sector."""
    plain = stated.casefold()
    code = _SECTORS.get(plain, re.sub(r"[\s-]+", "_", plain))
    return code if code in SECTORS else None


def moment(stated: str, zone: tzinfo | None) -> datetime | None:
    """A date or a moment, ISO 8601 or ``9.3.2026``, in ZONE unless it names one; None if it is neither."""
    if nordic := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", stated):
        day, month, year, rest = nordic.groups()
        stated = f"{year}-{month:0>2}-{day:0>2}{rest}"
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return None
    if found.year < _FIRST_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def town(name: str) -> str:
    """A municipality's name as it is compared: ``Granby kommun`` is ``granby``."""
    return re.sub(r"\s+(kommun|kommune|municipality)$", "", clean_line(name).casefold())
