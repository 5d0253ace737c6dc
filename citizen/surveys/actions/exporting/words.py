"""What the files say besides the survey's own texts."""

from flask_babel import gettext as _

from citizen.base import locale
from citizen.surveys.rules.export.labels import Words


def words_in(language: str) -> Words:
    """The words of code book and syntax in a language, English where the interface does not have it."""
    with locale.speaking(language if language in locale.LANGUAGES else "en"):
        return {**_codes(), **_parts(), **_fixed()}


def _codes() -> dict[str, str]:
    return {
        "-1": _("Skipped"), "-2": _("Not shown"), "-3": _("Not asked in this version"),
        "-8": _("Don't know"), "-9": _("Prefer not to say"),
        "0": _("Not chosen"), "1": _("Chosen"), "unranked": _("Not ranked"), "given": _("Answered"),
    }


def _parts() -> dict[str, str]:
    return {
        "answered": _("whether it was answered"), "other": _("what was written beside it"),
        "latitude": _("degrees north"), "longitude": _("degrees east"),
    }


def _fixed() -> dict[str, str]:
    return {
        "id": _("Random number of the answer, the same in every file"),
        "version": _("Version of the survey that was answered"),
        "language": _("Language it was answered in"),
        "channel": _("How it came in: link, invitation, paper or kiosk"),
        "place": _("Poster, place or list that it came by"),
        "municipality": _("Municipality"),
        "sector": _("Sector, where somebody told it"),
        "day": _("Day it was received"),
    }


def xlsform_words() -> dict[str, dict[str, str]]:
    """Language → what a workbook says where a survey has no text of its own."""
    found = {}
    for language in locale.LANGUAGES:
        with locale.speaking(language):
            found[language] = {
                "dk": _("Don't know"), "ns": _("Prefer not to say"), "other": _("Something else"),
                "beside": _("Write what it is"),
            }
    return found
