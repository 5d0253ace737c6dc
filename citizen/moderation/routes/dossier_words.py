"""A dossier in words: the sections of the document, in the language of the one who takes it out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext as _

from citizen.base import locale
from citizen.moderation.queries.dossier import Dossier
from citizen.moderation.queries.items import Step
from citizen.moderation.routes.dossier_beside import (
    beside_sections,
    came_in,
    held_back,
    plain,
    reason,
    said,
    taken_out,
)
from citizen.moderation.rules.dossier import in_brief
from citizen.moderation.rules.sheets import Document, Entry, Fact, Section


def document(found: Dossier, at: datetime, by: str) -> Document:
    """Everything about an item, section by section."""
    lead = [_("Taken out by %(name)s, %(moment)s.", name=by, moment=locale.moment(at))]
    if found.head:
        lead.append(
            _("The audit log then had %(count)s entries, the last one with the hash %(digest)s.",
              count=locale.number(found.head.count), digest=found.head.digest)
        )
    return Document(_("Everything about %(ref)s", ref=found.item.ref), lead, [
        Section(_("Facts"), facts=list(_facts(found))),
        Section(_("Every version of the text"), entries=[_text(found, one) for one in found.texts]),
        Section(_("What has happened"), entries=[
            Entry(_("Received"), came_in(found, found.item.submitted_at)),
            *(_step(found, step) for step in found.steps),
        ]),
        Section(_("How the municipality has handled it"),
                entries=[_handling(found, one) for one in found.handling], none=_("Nothing has been noted.")),
        Section(_("What readers have reported"), entries=[_report(one) for one in found.reports],
                none=_("Nobody has reported it.")),
        Section(_("Requests for deletion"), entries=[_asked(found, one) for one in found.asked],
                none=_("The author has not asked for deletion.")),
        *beside_sections(found),
        Section(_("What the audit log has about it"), entries=[_noted(found, one) for one in found.noted],
                none=_("Nothing has been noted.")),
    ])


def _facts(found: Dossier) -> Iterator[Fact]:
    item, language = found.item, locale.current()
    yield Fact(_("Reference number"), item.ref)
    yield Fact(_("Kind"), _kind(item.kind))
    yield Fact(_("Municipality"), *locale.in_language(found.municipality.names, language))
    yield Fact(_("Programme"), *locale.in_language(found.programme.titles, language))
    if found.answers:
        yield Fact(_("Survey"), *locale.in_language(found.answers.survey, language))
        yield Fact(_("Question"), *locale.in_language(found.answers.question, language))
    if found.adds_to:
        yield Fact(_("Adds a line to"), found.adds_to)
    yield Fact(_("Language"), str(locale.IN_WORDS.get(item.language, item.language)))
    yield Fact(_("Sector"), said("sector", item.sector) if item.sector else _("Not stated"))
    yield Fact(_("Came in through"), said("source", item.source))
    if item.external_id:
        yield Fact(_("Number in the file it came from"), item.external_id)
    yield Fact(_("Received"), came_in(found, item.submitted_at))
    yield Fact(_("State"), said("visibility", item.visibility))
    if item.published_at:
        yield Fact(_("Published"), locale.moment(item.published_at))
    if item.held_as:
        yield Fact(_("Held back"), held_back(item.held_as))
    if item.public_version:
        yield Fact(_("Public version"), locale.number(item.public_version))
    if item.kind == "idea":
        yield from _facts_of_idea(found)
    yield Fact(_("Address for news"),
               _("The author has left one. It is not told here.") if found.has_contact
               else _("The author has left none."))


def _facts_of_idea(found: Dossier) -> Iterator[Fact]:
    yield Fact(_("Handling"), said("handling", found.item.handling))
    if found.point:
        latitude, longitude = (locale.degrees(each) for each in (found.point.latitude, found.point.longitude))
        yield Fact(_("Point on the map"), f"{latitude}, {longitude}")
    yield Fact(_("Supporters"), locale.number(found.support or 0))
    if found.lines:
        yield Fact(_("Lines that supporters have added"), ", ".join(found.lines))


def _kind(code: str) -> str:
    if code == "answer":
        return str(_("An answer in a survey"))
    return str(_("A line under an idea") if code == "voice" else _("An idea"))


def _text(found: Dossier, text: Any) -> Entry:
    author, person = text.made_by == "author", found.name(text.user_id)
    at = came_in(found, text.created_at) if text.number == 1 else locale.moment(text.created_at)
    if author:
        quiet = _("By the author, %(moment)s", moment=at)
    elif person:
        quiet = _("By %(name)s, %(moment)s", name=person, moment=at)
    else:
        quiet = _("By the municipality, %(moment)s", moment=at)
    if text.number in found.beside.revisions:
        quiet = f"{quiet} · {_('Sent in instead of what was public')}"
    elif text.set_aside_at:
        quiet = f"{quiet} · {_('Taken back %(moment)s', moment=locale.moment(text.set_aside_at))}"
    photos = found.photos.get(text.number, ())
    facts = [Fact(_("Place"), text.place, found.item.language)] if text.place else []
    facts += taken_out(found.beside.redactions.get(text.number))
    facts += [Fact(_("Photo %(number)s", number=photo.ref), photo.alt or _("Not described"),
                   found.item.language if photo.alt else "") for photo in photos]
    return Entry(_("Version %(number)s", number=text.number), quiet, facts, text.title or "", text.body,
                 found.item.language, photos)


def _step(found: Dossier, step: Step) -> Entry:
    happened = get_template_attribute("moderation/parts.html", "happened")
    quiet = _("Taken back") if step.is_undone else ""
    return Entry(plain(happened(step)), quiet, reason(step.reason), text=step.words or "",
                 lang=found.item.language)


def _handling(found: Dossier, step: Any) -> Entry:
    quiet = [locale.moment(step.at)]
    if name := found.name(step.user_id):
        quiet.append(name)
    facts = []
    if step.about:
        names = locale.in_language(step.about_names, locale.current()) if step.about_names else ("", "")
        facts.append(Fact(_("Concerns"), f"{step.about} {names[0]}".strip(), names[1]))
    facts.append(Fact(_("Public"), locale.moment(step.public_at) if step.public_at else _("No")))
    return Entry(said("handling", step.after), " · ".join(quiet), facts, text=step.words or "")


def _report(report: Any) -> Entry:
    closed = _("Still open")
    if report.closed_at:
        closed = _("Closed %(moment)s", moment=locale.moment(report.closed_at))
    return Entry(said("reason", report.reason), f"{locale.moment(report.at)} · {closed}",
                 text=report.words or "")


def _asked(found: Dossier, asked: Any) -> Entry:
    facts = []
    if asked.handled_at:
        facts.append(Fact(_("Answered"), locale.moment(asked.handled_at)))
        if name := found.name(asked.handled_by):
            facts.append(Fact(_("Answered by"), name))
        facts.append(Fact(_("Answer to the author"), asked.answer, found.item.language))
    return Entry(_("Request for deletion"), locale.moment(asked.at), facts, text=asked.words or "",
                 lang=found.item.language)


def _noted(found: Dossier, noted: Any) -> Entry:
    heading = f"{noted.number}. {noted.action}" if noted.number else noted.action
    who = found.name(noted.actor_id) or _("No person")
    return Entry(heading, f"{locale.moment(noted.at)} · {who}", text=in_brief(noted.details))
