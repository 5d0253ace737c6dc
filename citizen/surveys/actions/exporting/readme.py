"""What lies in the archive, in the language of whoever asked."""

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.base import locale
from citizen.surveys.actions.exporting.order import Pack, Words
from citizen.surveys.rules import Level
from citizen.surveys.rules.export.codes import FAR, Missing

NAME = "README"


def readme(pack: Pack) -> str:
    """The text of the file, lines ending as every system reads them."""
    with locale.speaking(pack.order.language):
        parts = [_about(pack), _files(pack), _codes(pack), _how_to_read(pack)]
    return "\r\n\r\n".join("\r\n".join(lines) for lines in parts) + "\r\n"


def _about(pack: Pack) -> list[str]:
    texts = pack.released[-1].version.texts
    title, _language = locale.in_language(texts.get("title", {}), pack.order.language)
    lines = [f"{title} ({pack.survey.ref})", locale.day(pack.day)]
    if pack.order.version is None:
        lines.append(_("Answers to every version of the survey."))
    else:
        lines.append(_("Answers to version %(number)s of the survey alone.", number=pack.order.version))
    lines.append(ngettext("%(count)s answer", "%(count)s answers", pack.submissions,
                          count=locale.number(pack.submissions)))
    if pack.some_wait:
        lines.append(_("Anonymous answers that still wait for others to come in with them are not here."))
    return lines


def _files(pack: Pack) -> list[str]:
    told = {
        "data.xlsx": _("One row per answer, and a code book in all languages on a sheet of its own."),
        "data.csv": _("The same rows, for any program."),
        "long.csv": _("One row for each thing that was answered."),
        "syntax.sps": _("Reads data.csv into SPSS, with labels and missing values."),
        "syntax.R": _("Reads data.csv into R, with labels."),
        "data.json": _("All versions of the survey with their texts, and the answers, for other programs."),
    }
    if pack.order.words is Words.APART:
        told["texts.csv"] = told["texts.xlsx"] = _("What people wrote, in an order that tells nothing.")
    return [f"{name}: {words}" for name, words in told.items()]


def _codes(pack: Pack) -> list[str]:
    words = pack.own_labels.words
    lines = [_("Why there is no answer:"), *(f"{code.value}: {words[str(code.value)]}" for code in Missing)]
    if any(column.is_far for column in pack.columns):
        lines.append(_("Where an answer can be below zero, the codes are %(first)s and so on.",
                       first=FAR + Missing.SKIPPED))
    return lines


def _how_to_read(pack: Pack) -> list[str]:
    lines = [
        _("Columns are called by the question's export code. If a question has changed its meaning, the "
          "answers to the new one stand in a column of their own that ends in _s2."),
        _("Of several options, each has a column: 1 if it was chosen, 0 if not. In a ranking, 1 is first."),
        _("The order of the rows is random, and no time is finer than a day."),
        _("In the CSV files, a text that a spreadsheet could run as a formula has an apostrophe in front. In "
          "data.csv, ¶ stands where a line ended."),
        _("No file has any names, contact details or receipts."),
    ]
    if pack.small:
        lines.append(_("Language, channel and municipality are left out where fewer than %(count)s answers "
                       "share them, so that nobody can be known by them.", count=pack.survey.k))
    if pack.order.words is not Words.BESIDE:
        lines.append(_("Free text does not stand beside the other answers, so that nobody can be known by "
                       "both together."))
    if pack.few:
        lines.append(_("Where fewer than %(count)s people wrote something, neither the text nor who wrote is "
                       "here.", count=pack.survey.k))
    if pack.survey.level != Level.ANONYMOUS:
        lines.append(_("The answers are not anonymous. Keep the files where only those who need them can "
                       "read them, and delete them when you are done."))
    else:
        lines.append(_("Several answers together can tell who somebody is. Before you hand figures on, see "
                       "that none is about fewer than %(count)s people.", count=pack.survey.k))
    return lines
