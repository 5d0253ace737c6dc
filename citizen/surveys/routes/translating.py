"""The translation desk: a survey's texts side by side in two languages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.errors import Refused
from citizen.base.pages import Page, asked_page
from citizen.base.transaction import keep_anyway
from citizen.surveys import actions, queries
from citizen.surveys.forms.translating import (
    STATES,
    TODO,
    LanguageForm,
    ShowForm,
    TextsForm,
    Typed,
    clash_words,
    flaw_words,
    kind_words,
    where_words,
)
from citizen.surveys.models import Survey, SurveyText
from citizen.surveys.policy import EDITORS
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules import TextState
from citizen.surveys.rules.document import Document, Texts
from citizen.surveys.rules.translating import (
    Change,
    Done,
    Item,
    by_key,
    completeness,
    flaw,
    items,
    page_of,
    pages,
    spots,
)

Answer = Response | tuple[str, int]


@dataclass
class Desk:
    """What lies on the desk of one reader.

    Attributes
    ----------
    origin, to : the two languages; both empty while the survey is offered in one.
    state : which texts are looked at; empty: all.
    """

    survey: Survey
    document: Document
    rows: Sequence[SurveyText]
    done: dict[str, Done]
    origin: str = ""
    to: str = ""
    state: str = ""
    texts: Texts = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The language that all others are translated from."""
        return self.document.languages[0]

    @property
    def asked(self) -> dict[str, str]:
        """What an address says to come here again."""
        found = {"from": self.origin, "to": self.to, "state": self.state}
        return {name: value for name, value in found.items() if value}

    @property
    def items(self) -> list[Item]:
        return items(self.document, self.rows, self.to) if self.to else []

    def is_shown(self, item: Item) -> bool:
        if self.state == TODO:
            return item.state is not TextState.REVIEWED
        return not self.state or item.state == self.state


@dataclass(frozen=True)
class Shown:
    """One text as the page shows it."""

    item: Item
    where: str
    kind: str
    # The text in the language translated from, else in one that there is.
    beside: tuple[str, str]
    text: str
    was: str
    source: str


@rooms.get("/surveys/<ref>/translation")
@access.staff(*EDITORS)
def translate(ref: str) -> str:
    desk = load_texts(ref)
    made = pages(item for item in desk.items if desk.is_shown(item))
    # What is saved may leave the filter, and the last page with it.
    number = min(asked_page(), max(1, len(made)))
    shown = [_shown(desk, item) for item in made[number - 1]] if made else []
    return _desk_page(desk, TextsForm(formdata=None), shown, Page(shown, number, 1, len(made)))


@rooms.post("/surveys/<ref>/translation")
@access.staff(*EDITORS)
def save_translation(ref: str) -> Answer:
    """Keep what is in order; what is not comes back with its reason."""
    desk, form = load_texts(ref), TextsForm()
    if not form.validate():
        abort(400)
    typed = form.typed({spot.key: spot for spot in spots(desk.document)})
    changes = _changes(desk, form, typed)
    saved = actions.save_texts(desk.survey, changes, user_id=access.required_viewer().id, way="page")
    clashes = {key: now for (key, _language), now in saved.clashes.items()}
    form.flaws |= {key: clash_words(now) for key, now in clashes.items()}
    if form.flaws:
        keep_anyway()
        desk = load_texts(ref)
        return _desk_page(desk, form, _again(desk, form, typed, clashes), None, _partly(saved.count)), 422
    flash(ngettext("%(count)s text has been saved.", "%(count)s texts have been saved.", saved.count,
                   count=locale.number(saved.count)) if saved.count else _("Nothing was changed."), "success")
    return redirect(url_for("surveys.translate", ref=ref, **_address(desk)), 303)


def _partly(count: int) -> str:
    return str(ngettext("%(count)s text has been saved. What is left needs to be fixed:",
                        "%(count)s texts have been saved. What is left needs to be fixed:",
                        count, count=locale.number(count)))


def _address(desk: Desk) -> dict[str, Any]:
    return desk.asked | ({"page": str(asked_page())} if asked_page() > 1 else {})


def _changes(desk: Desk, form: TextsForm, typed: dict[str, Typed]) -> list[Change]:
    """What a person has changed or said to be right, but for what is wrong with it, which is told."""
    sources = by_key(desk.rows, desk.source)
    places = {spot.key: spot for spot in spots(desk.document)}
    found = []
    for key, one in typed.items():
        if one.text == one.was and not (one.is_right and one.text):
            continue
        source = sources[key].text if key in sources else ""
        if one.text and (wrong := flaw(places[key], source, one.text)):
            form.flaws[key] = flaw_words(wrong)
        else:
            found.append(Change(key, desk.to, one.text, one.was, one.source))
    return found


# ---- the languages that the survey is offered in


@rooms.post("/surveys/<ref>/translation/languages")
@access.staff(*EDITORS)
def add_language(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    form = LanguageForm(locale.LANGUAGES)
    chosen = _chosen(form)
    actions.add_language(survey, chosen, version=form.seen_version, user_id=access.required_viewer().id)
    flash(_("The language has been added."), "success")
    return redirect(url_for("surveys.translate", ref=ref, to=chosen), 303)


@rooms.post("/surveys/<ref>/translation/languages/removal")
@access.staff(*EDITORS)
def remove_language(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    form = LanguageForm(locale.LANGUAGES)
    actions.remove_language(
        survey, _chosen(form), version=form.seen_version, user_id=access.required_viewer().id
    )
    flash(_("The survey is no longer offered in that language. The texts are kept."), "success")
    return redirect(url_for("surveys.translate", ref=ref), 303)


@rooms.post("/surveys/<ref>/translation/languages/source")
@access.staff(*EDITORS)
def choose_source(ref: str) -> Answer:
    survey, _programme = load_desk(ref)
    form = LanguageForm(locale.LANGUAGES)
    actions.choose_source(
        survey, _chosen(form), version=form.seen_version, user_id=access.required_viewer().id
    )
    flash(_("Saved"), "success")
    return redirect(url_for("surveys.translate", ref=ref), 303)


def _chosen(form: LanguageForm) -> str:
    if not form.validate():
        raise Refused(_("Choose one option"))
    return str(form.chosen.data)


# ---- what the page shows


def load_texts(ref: str) -> Desk:
    """A survey's desk, with the languages and the state that the address asks for or that help most."""
    survey, _programme = load_desk(ref)
    document, rows = queries.draft_of(survey), queries.text_rows(survey.id)
    done = completeness(document, rows)
    desk = Desk(survey, document, rows, done, texts=queries.draft_texts(survey.id))
    others = document.languages[1:]
    if others:
        unfinished = [code for code in others if not done[code].is_whole]
        liked = [request.args.get("to", ""), *(c for c in unfinished if c == locale.current()), *unfinished]
        desk.to = next((code for code in liked if code in others), others[0])
        asked = request.args.get("from", "")
        desk.origin = asked if asked in document.languages and asked != desk.to else desk.source
        state = request.args.get("state", "")
        desk.state = state if state in {TODO, *STATES} else ""
    return desk


def _shown(desk: Desk, item: Item) -> Shown:
    key = item.spot.key
    others = {code: text for code, text in desk.texts.get(key, {}).items()
              if code in desk.document.languages and code != desk.to}
    row = by_key(desk.rows, desk.origin).get(key) if desk.origin != desk.source else None
    # What is made from a translation is as old as that translation.
    source = row.source if row is not None and row.source is not None else item.source
    return Shown(
        item, where_words(item.spot), kind_words(item.spot),
        locale.in_language(others, desk.origin, desk.document.languages),
        item.text, item.text, source,
    )


def _again(desk: Desk, form: TextsForm, typed: dict[str, Typed], clashes: Collection[str]) -> list[Shown]:
    """The texts that came with the form: as typed where something is wrong, else as they are now."""
    now = {item.spot.key: item for item in desk.items}
    found = []
    for spot in spots(desk.document):
        if spot.key not in typed:
            continue
        shown = _shown(desk, now.get(spot.key) or Item(spot, "", "", TextState.MISSING))
        one = typed[spot.key]
        if spot.key in clashes:
            # Seen now, so that it can be replaced.
            shown = replace(shown, text=one.text)
        elif spot.key in form.flaws:
            shown = replace(shown, text=one.text, was=one.was, source=one.source)
        found.append(shown)
    return found


def _desk_page(
    desk: Desk, form: TextsForm, shown: Sequence[Shown], page: Page | None, told: str = ""
) -> str:
    languages = desk.document.languages
    return render_template(
        "surveys/translate/desk.html", desk=desk, survey=desk.survey, form=form, shown=shown, page=page,
        told=told, states=STATES, page_of=page_of, address=_address(desk),
        show=ShowForm(languages, origin=desk.origin, to=desk.to, state=desk.state),
        add=LanguageForm(tuple(code for code in locale.LANGUAGES if code not in languages), formdata=None),
    )
