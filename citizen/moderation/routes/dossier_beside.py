"""What a dossier says beside texts and steps, in words: what two people looked at, appeals, merges, notes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from citizen.base import locale
from citizen.moderation.queries.dossier import Dossier
from citizen.moderation.rules.sheets import Entry, Fact, Section


def beside_sections(found: Dossier) -> list[Section]:
    """A section for each kind, also where there is nothing of it: nobody has to wonder."""
    rows = found.beside
    return [
        Section(_("New versions from the author"),
                entries=[_revision(found, one) for one in rows.revisions.values()],
                none=_("The author has not sent in a new version of what was public with a part removed.")),
        Section(_("Second person"), entries=[_look(found, one) for one in rows.looks],
                none=_("No second person has been asked for.")),
        Section(_("Decisions that somebody else was asked to look at"),
                entries=[_appeal(found, one) for one in rows.appeals],
                none=_("The author has not asked for another pair of eyes.")),
        Section(_("The municipality’s answer"), entries=[_answer(found, one) for one in rows.answers],
                none=_("The municipality has not answered in public.")),
        Section(_("Merged"), entries=[_merge(found, one) for one in rows.merges],
                none=_("It has not been merged with anything.")),
        Section(_("Moved"), entries=[_move(found, one) for one in rows.moves],
                none=_("It has not been moved.")),
        Section(_("Internal notes"), entries=[_note(found, one) for one in rows.notes],
                none=_("Nobody has noted anything.")),
    ]


def _revision(found: Dossier, revision: Any) -> Entry:
    quiet = str(_("Not answered yet"))
    if revision.answered_at:
        outcome = {"published": _("Published"), "declined": _("Not published"),
                   "overtaken": _("Something else happened first.")}[revision.outcome]
        who = found.name(revision.answered_by) or _("No person")
        at = locale.moment(revision.answered_at)
        quiet = f"{outcome} · {_('%(name)s, %(moment)s', name=who, moment=at)}"
    heading = _("Version %(number)s, %(moment)s", number=locale.number(revision.version),
                moment=locale.moment(revision.at))
    return Entry(heading, quiet, reason(revision.reason), text=revision.words or "",
                 lang=found.item.language)


def _look(found: Dossier, look: Any) -> Entry:
    name, at = found.name(look.first_id), locale.moment(look.at)
    if look.after == "hidden":
        heading = _("%(name)s hid it and asked for a second person, %(moment)s.", name=name, moment=at)
    else:
        heading = _("%(name)s proposed not to publish it and asked for a second person, %(moment)s.",
                    name=name, moment=at)
    facts = [*reason(look.reason), *_fact(_("Note of the second person"), look.note)]
    return Entry(heading, _answered(found, look), facts, text=look.words or "", lang=found.item.language)


def _answered(found: Dossier, look: Any) -> str:
    if look.outcome is None:
        return str(_("Not answered yet"))
    at = locale.moment(look.answered_at)
    return str({
        "confirmed": _("%(name)s confirmed it, %(moment)s.", name=found.name(look.second_id), moment=at),
        "refused": _("%(name)s disagreed, %(moment)s.", name=found.name(look.second_id), moment=at),
        "taken_back": _("%(name)s took it back, %(moment)s.", name=found.name(look.first_id), moment=at),
        "overtaken": _("Something else happened first."),
    }[look.outcome])


def _appeal(found: Dossier, appeal: Any) -> Entry:
    quiet, facts = str(_("Not answered yet")), list[Fact]()
    if appeal.answered_at:
        at = locale.moment(appeal.answered_at)
        quiet = str(_("%(name)s, %(moment)s", name=found.name(appeal.answered_by), moment=at))
        outcome = {"upheld": _("The decision stands"), "published": _("Published after all"),
                   "returned": _("Asked the author for changes")}[appeal.outcome]
        facts = [Fact(_("Outcome"), outcome),
                 Fact(_("Answer to the author"), appeal.answer, found.item.language)]
    return Entry(_("Sent %(moment)s.", moment=locale.moment(appeal.at)), quiet, facts,
                 text=appeal.words or "", lang=found.item.language)


def _answer(found: Dossier, answer: Any) -> Entry:
    heading = _("Version %(number)s by %(name)s, %(moment)s.", number=locale.number(answer.number),
                name=found.name(answer.user_id), moment=locale.moment(answer.at))
    return Entry(heading, _taken_back(found, answer), [Fact(_("Signed"), answer.signed, answer.language)],
                 text=answer.body, lang=answer.language)


def _merge(found: Dossier, merge: Any) -> Entry:
    name, at = found.name(merge.user_id), locale.moment(merge.at)
    others = found.beside.others
    if merge.contribution_id == found.item.id:
        heading = _("%(name)s merged it with %(title)s, %(moment)s.", name=name,
                    title=others.get(merge.into_id, "?"), moment=at)
    else:
        heading = _("%(name)s merged %(title)s with it, %(moment)s.", name=name,
                    title=others.get(merge.contribution_id, "?"), moment=at)
    return Entry(heading, _taken_back(found, merge))


def _move(found: Dossier, move: Any) -> Entry:
    rows = found.beside
    before, after = (_called(rows.programmes.get(i), "titles")
                     for i in (move.before_programme_id, move.after_programme_id))
    left, entered = (_called(rows.towns.get(i), "names")
                     for i in (move.before_municipality_id, move.after_municipality_id))
    heading = _("%(name)s moved it from %(before)s to %(after)s, %(moment)s.", name=found.name(move.user_id),
                before=before, after=after, moment=locale.moment(move.at))
    facts = [] if left == entered else [Fact(_("Municipality"), f"{left} – {entered}")]
    return Entry(heading, _taken_back(found, move), facts)


def _called(row: Any, column: str) -> str:
    names: Mapping[str, str] = getattr(row, column) if row is not None else {}
    return locale.in_language(names, locale.current())[0] if names else "?"


def _note(found: Dossier, note: Any) -> Entry:
    return Entry(str(_("%(name)s, %(moment)s", name=found.name(note.user_id), moment=locale.moment(note.at))),
                 text=note.body)


def _taken_back(found: Dossier, row: Any) -> str:
    if row.undone_at is None:
        return ""
    at = locale.moment(row.undone_at)
    return str(_("%(name)s took it back, %(moment)s.", name=found.name(row.undone_by), moment=at))


def taken_out(redaction: Any) -> list[Fact]:
    """Where a version had something removed; the mark in it says the same to readers."""
    if redaction is None:
        return []
    made_of = Fact(_("Made of"), _("Version %(number)s", number=locale.number(redaction.of_version)))
    removed = redaction.removed
    if not removed:
        return [made_of, Fact(_("Removed"), _("Nothing: it is shown again as its author wrote it"))]
    texts = sum(len(found) for name, found in removed.items() if name != "photos")
    photos = len(removed.get("photos", ()))
    told = [ngettext("%(count)s place in the text", "%(count)s places in the text", texts,
                     count=locale.number(texts))] if texts else []
    told += [ngettext("%(count)s photo or its description", "%(count)s photos or their descriptions", photos,
                      count=locale.number(photos))] if photos else []
    return [made_of, Fact(_("Removed"), ", ".join(told))]


# ---- words that all sections share


def held_back(code: str) -> str:
    """Why something waits apart from the queue."""
    return plain(get_template_attribute("moderation/held_parts.html", "why_short")(code))


def reason(code: str | None) -> list[Fact]:
    """A reason, where there is one."""
    return [Fact(_("Reason"), said("reason", code))] if code else []


def _fact(label: str, words: str | None) -> list[Fact]:
    return [Fact(label, words)] if words else []


def came_in(found: Dossier, at: datetime) -> str:
    """When something came in; of an answer to a survey nothing but the day is known."""
    return locale.day(at) if found.item.kind == "answer" else locale.moment(at)


def said(macro: str, code: str) -> str:
    """What `parts/states.html` calls a code."""
    return plain(get_template_attribute("parts/states.html", macro)(code))


def plain(words: Any) -> str:
    """What a template says, as text for any kind of file."""
    return " ".join(Markup(words).unescape().split())  # noqa: S704 - made by our own macros, and unescaped
