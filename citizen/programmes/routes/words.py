"""A municipality's own words for the text analysis: read, written, tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.analysis.additions import LONGEST_STEM
from citizen.analysis.lexicon import Concept, Lexicon
from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.audit import AuditRow
from citizen.base.pages import Page, asked_page
from citizen.base.transaction import only_asks
from citizen.base.words import clean_line
from citizen.programmes import actions, policy, queries
from citizen.programmes.forms.words import (
    ChangeForm,
    ConceptForm,
    DownloadForm,
    MoreWordsForm,
    SearchForm,
    StemsForm,
    TryForm,
)
from citizen.programmes.models import Municipality
from citizen.programmes.queries import OwnEntry
from citizen.programmes.routes.blueprint import rooms
from citizen.programmes.routes.loading import (
    READERS,
    load_entry,
    load_municipality,
    readable_municipalities,
    to_list,
)
from citizen.programmes.rules import matching, words
from citizen.programmes.rules.matching import Hit, Spoken
from citizen.programmes.rules.words import Entry

Answer = Response | tuple[str, int]
PAGE_SIZE = 30
SILENT_WORDS = 20
# The largest number that fits the column; anything above is no entry.
ENTRY = "/programmes/words/<town>/<int(max=2147483647):entry_id>"


@dataclass(frozen=True)
class Shown:
    """An entry as the list shows it: the concept's names, none where the lexicon lost it, and its hits."""

    own: OwnEntry
    names: dict[str, str]
    hits: Sequence[Hit]


@rooms.get("/programmes/words")
@access.staff(*READERS)
def words_of_mine() -> Response:
    """The words of the viewer's municipality, the first of several."""
    mine = readable_municipalities() or abort(404)
    return redirect(url_for(".own_words", town=mine[0].slug))


@rooms.get("/programmes/words/<town>")
@access.staff(*READERS)
def own_words(town: str) -> str:
    municipality, form = load_municipality(town), SearchForm(request.args)
    entries, spoken = _found(municipality, form.q.data or ""), queries.spoken_in(municipality)
    first = (asked_page() - 1) * PAGE_SIZE
    page = Page(entries[first : first + PAGE_SIZE], asked_page(), PAGE_SIZE, len(entries))
    if page.number > page.last:
        abort(404)
    lexicon = queries.lexicon_of(municipality)
    return render_template(
        "programmes/words/index.html", municipality=municipality, page=page, form=form,
        try_form=TryForm(None), download_form=DownloadForm(None),
        shown=_shown(municipality, page.items, lexicon, spoken),
        silent=matching.silent(lexicon, spoken, SILENT_WORDS), spoken=spoken, done=_done(municipality),
        municipalities=readable_municipalities(), areas=lexicon.areas, may_change=_may_change(municipality),
    )


@rooms.get("/programmes/words/<town>/new")
@access.staff(Role.ADMINISTRATOR)
def new_words(town: str) -> str:
    municipality = load_municipality(town, for_change=True)
    form = _concept_form(municipality, formdata=None, stems=_asked_word())
    return _concept_page(municipality, form)


@rooms.post("/programmes/words/<town>/new")
@access.staff(Role.ADMINISTRATOR)
def create_words(town: str) -> Answer:
    municipality = load_municipality(town, for_change=True)
    form, taken = _concept_form(municipality), {own.entry.key for own in queries.own_entries(municipality.id)}
    key = words.new_key(form.names, municipality.languages, taken | queries.shipped_concepts().keys())
    return _save(municipality, form, form.entry(key), None)


@rooms.get("/programmes/words/<town>/more")
@access.staff(Role.ADMINISTRATOR)
def more_words(town: str) -> str:
    municipality = load_municipality(town, for_change=True)
    form = _more_form(municipality, formdata=None, stems=_asked_word())
    return _concept_page(municipality, form)


@rooms.post("/programmes/words/<town>/more")
@access.staff(Role.ADMINISTRATOR)
def add_more_words(town: str) -> Answer:
    municipality = load_municipality(town, for_change=True)
    form = _more_form(municipality)
    return _save(municipality, form, Entry(str(form.concept.data), form.found, extends=True), None)


@rooms.get(ENTRY)
@access.staff(Role.ADMINISTRATOR)
def edit_words(town: str, entry_id: int) -> str:
    municipality = load_municipality(town, for_change=True)
    own = load_entry(municipality, entry_id)
    entry, kept = own.entry, {"stems": "\n".join(own.entry.stems), "version": str(own.version)}
    if entry.extends:
        return _concept_page(municipality, StemsForm(None, **kept), own)
    form = _concept_form(
        municipality, formdata=None, area=entry.area, goals=[str(goal) for goal in entry.goals], **kept,
        **{f"name_{lang}": name for lang, name in entry.names.items()},
    )
    return _concept_page(municipality, form, own)


@rooms.post(ENTRY)
@access.staff(Role.ADMINISTRATOR)
def change_words(town: str, entry_id: int) -> Answer:
    municipality = load_municipality(town, for_change=True)
    own = load_entry(municipality, entry_id)
    if own.entry.extends:
        form = StemsForm()
        return _save(municipality, form, Entry(own.entry.key, form.found, extends=True), own)
    concept = _concept_form(municipality)
    return _save(municipality, concept, concept.entry(own.entry.key, own.entry.los), own)


@rooms.post(ENTRY + "/removal")
@access.staff(Role.ADMINISTRATOR)
def remove_words(town: str, entry_id: int) -> Response:
    municipality, form = load_municipality(town, for_change=True), ChangeForm()
    own = load_entry(municipality, entry_id)
    done = actions.remove_entry(
        municipality, own.entry.key, version=form.seen_version, user_id=access.required_viewer().id
    )
    return to_list(municipality, done)


@rooms.post("/programmes/words/<town>/undo")
@access.staff(Role.ADMINISTRATOR)
def undo_words(town: str) -> Response:
    municipality, form = load_municipality(town, for_change=True), ChangeForm()
    actions.undo_change(municipality, form.seen_change, user_id=access.required_viewer().id)
    flash(_("The latest change has been taken back."), "success")
    return to_list(municipality)


@rooms.post("/programmes/words/<town>/try")
@access.staff(*READERS)
@only_asks
def try_words(town: str) -> Answer:
    """Posted, not asked for in an address: what is pasted may be somebody's words."""
    municipality, form = load_municipality(town), TryForm()
    if not form.validate():
        return _try_page(municipality, form, None), 422
    return _try_page(municipality, form, Spoken([str(form.text.data)])), 200


@rooms.get("/programmes/words/<town>/try")
@access.staff(*READERS)
def trial(town: str) -> str:
    return _try_page(load_municipality(town), TryForm(None), None)


# ---- what pages show


def _found(municipality: Municipality, sought: str) -> list[OwnEntry]:
    """The entries somebody looks for, by the name the reader knows them under."""
    concepts = queries.shipped_concepts()
    entries = [(_names(own, concepts), own) for own in queries.own_entries(municipality.id)]
    found = [(locale.in_language(names, locale.current())[0].casefold(), own) for names, own in entries
             if not sought or words.is_about(own.entry, sought, names.values())]
    return [own for _name, own in sorted(found, key=lambda pair: (pair[0], pair[1].id))]


def _names(own: OwnEntry, concepts: Mapping[str, Concept]) -> dict[str, str]:
    if not own.entry.extends:
        return dict(own.entry.names)
    return dict(concepts[own.entry.key].names) if own.entry.key in concepts else {}


def _shown(
    municipality: Municipality, entries: Sequence[OwnEntry], lexicon: Lexicon, spoken: Spoken
) -> list[Shown]:
    concepts = queries.shipped_concepts()
    ids = {own.id: queries.as_addition(own.entry, municipality.slug).id for own in entries}
    found = matching.hits(lexicon, spoken, set(ids.values()))
    return [
        Shown(own, _names(own, concepts),
              [hit for hit in found.get(ids[own.id], ()) if set(hit.stems) & set(own.entry.stems)])
        for own in entries
    ]


def _done(municipality: Municipality) -> AuditRow | None:
    """What the viewer did on the page before, as long as it can be taken back."""
    asked = request.args.get("done", "")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 9:
        return None
    done = queries.change_of_words(int(asked), municipality.slug)
    if done is None or done.actor_id != access.required_viewer().id or done.action == "words.undo":
        return None
    return done if "changes" in done.details else None


def _asked_word() -> str:
    """The word that a link on the list asks to begin with."""
    return clean_line(request.args.get("word"))[:LONGEST_STEM]


def _may_change(municipality: Municipality) -> bool:
    return policy.may_change_words(access.required_viewer(), municipality.id)


def _concept_form(municipality: Municipality, **values: object) -> ConceptForm:
    areas = {area.id: area.names for area in queries.shipped_lexicon().areas.values()}
    return ConceptForm(areas, municipality.languages, **values)


def _more_form(municipality: Municipality, **values: object) -> MoreWordsForm:
    """Offers the concepts that have no more words yet; those that have are changed where they stand."""
    taken = {own.entry.key for own in queries.own_entries(municipality.id)}
    offered = {key: c.names for key, c in queries.shipped_concepts().items() if key not in taken}
    return MoreWordsForm(offered, **values)


def _save(municipality: Municipality, form: StemsForm, entry: Entry, own: OwnEntry | None) -> Answer:
    """Save what a form says, once its reader knows what that does."""
    if not form.holds(entry, queries.shipped_lexicon()):
        return _concept_page(municipality, form, own), 422
    warned = [] if form.was_told() else queries.warnings_of(municipality, [entry])
    if warned:
        form.tell()
        return _concept_page(municipality, form, own, warned), 422
    done = actions.save_entry(
        municipality, entry, version=form.seen_version, user_id=access.required_viewer().id
    )
    return to_list(municipality, done)


def _concept_page(
    municipality: Municipality, form: StemsForm, own: OwnEntry | None = None,
    warned: Sequence[matching.Warned] = (),
) -> str:
    lexicon = queries.lexicon_of(municipality)
    shown = _shown(municipality, [own], lexicon, queries.spoken_in(municipality))[0] if own else None
    return render_template(
        "programmes/words/entry.html", municipality=municipality, form=form, shown=shown, warned=warned,
        names={concept.id: concept.names for concept in lexicon.concepts},
    )


def _try_page(municipality: Municipality, form: TryForm, spoken: Spoken | None) -> str:
    lexicon = queries.lexicon_of(municipality)
    found = matching.hits(lexicon, spoken) if spoken else {}
    return render_template(
        "programmes/words/try.html", municipality=municipality, form=form, tried=spoken is not None,
        found=[(concept, found[concept.id]) for concept in lexicon.concepts if concept.id in found],
        silent=matching.silent(lexicon, spoken) if spoken else [], own=f"{municipality.slug}:",
        may_change=_may_change(municipality),
    )
