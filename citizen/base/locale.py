"""Languages: which there are, which one a reader gets, and how dates and names are written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_decimal_symbol
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, force_locale, lazy_gettext
from werkzeug.datastructures import LanguageAccept

from citizen.base import clock

LANGUAGES = ("sv", "nb", "nn", "en")
PATH = "/<any(sv,nb,nn,en):language>"
NAMES = {"sv": "Svenska", "nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
IN_WORDS = {
    "sv": lazy_gettext("Swedish"),
    "nb": lazy_gettext("Bokmål"),
    "nn": lazy_gettext("Nynorsk"),
    "en": lazy_gettext("English"),
    "und": lazy_gettext("another language"),
}
_CLDR = {"sv": "sv_SE", "nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_NEAREST = {"sv": ("nb", "nn"), "nb": ("nn", "sv"), "nn": ("nb", "sv"), "en": ()}


def match(tag: str | None) -> str | None:
    """One of ours for a language tag: region stripped, ``no`` read as Bokmål."""
    base = (tag or "").replace("_", "-").split("-")[0].lower()
    base = "nb" if base == "no" else base
    return base if base in LANGUAGES else None


def negotiate(accepted: LanguageAccept, default: str = "sv") -> str:
    """The first of a browser's languages that we have."""
    for tag, _quality in accepted:
        if found := match(tag):
            return found
    return default


def current() -> str:
    """The language of the page being made."""
    if not has_app_context():
        return "en"
    if not g.get("language"):
        g.language = _asked_for() if has_request_context() else "en"
    return str(g.language)


def _asked_for() -> str:
    """The language an address begins with, else the reader's: an address may lead to no page."""
    return match(request.path.split("/")[1]) or negotiate(request.accept_languages)


def in_language(texts: Mapping[str, str], language: str, order: Sequence[str] = ()) -> tuple[str, str]:
    """A text and the language it is in: wanted, else nearest, else first there is.

    Returns
    -------
    (text, language); two empty strings where there is none.
    """
    for candidate in (language, *_NEAREST.get(language, ()), *order, *texts):
        if texts.get(candidate):
            return texts[candidate], candidate
    return "", ""


@lru_cache(maxsize=8)
def cldr(language: str) -> Locale:
    """Babel's locale for one of our languages (``en`` is British)."""
    return Locale.parse(_CLDR[language])


def day(value: datetime | date | str, style: str = "long") -> str:
    """A date as the reader writes it, e.g. ``9. mars 2026``; also from a moment or day in a file."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(clock.LOCAL).date()
    return _day(value, style, current())


# Lists show the same few days over and over; spelling one out costs a tenth of a millisecond.
@lru_cache(maxsize=1024)
def _day(value: date, style: str, language: str) -> str:
    return str(format_date(value, style, locale=cldr(language)))


def moment(value: datetime) -> str:
    """Date and time in local time, e.g. ``9 mars 2026 14:05``."""
    local = value.astimezone(clock.LOCAL)
    return f"{_day(local.date(), 'long', current())} {local:%H:%M}"


def number(value: int | float) -> str:
    """A number with the reader's separators."""
    if isinstance(value, int) and 0 <= value < 1000:
        return str(value)
    return str(format_decimal(value, locale=cldr(current())))


def distance(km: float) -> str:
    """A distance as one says it: ``0,4`` of what is near, ``3`` of what is not."""
    return number(max(0.1, round(km, 1))) if km < 0.95 else str(round(km))


def decimal_mark() -> str:
    """What parts whole numbers from decimals where the reader lives."""
    return str(get_decimal_symbol(cldr(current())))


def degrees(value: float) -> str:
    """A place's number to three decimals, as exact as one is ever kept."""
    return f"{value:.3f}".replace(".", decimal_mark())


def percent(value: float) -> str:
    """A share 0…1 as whole per cent."""
    return str(format_percent(value, locale=cldr(current())))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Context in which words and dates come in another language than the page's."""
    before = g.get("language")
    g.language = language
    try:
        with force_locale(language):
            yield
    finally:
        g.language = before


def init(app: Flask) -> None:
    """Language as the first part of every path, remembered while the page is made."""
    Babel(app, locale_selector=current, default_locale="en",
          default_translation_directories=str(app.config["TRANSLATIONS"]))

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, object] | None) -> None:
        if values and "language" in values:
            g.language = values.pop("language")

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, object]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = current()
