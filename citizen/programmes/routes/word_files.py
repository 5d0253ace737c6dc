"""A municipality's own words as a file: read in after a look at what it would do, and taken out."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response as FlaskResponse
from flask import abort, render_template
from werkzeug.wrappers import Response

from citizen.analysis.additions import BadAdditions
from citizen.analysis.lexicon import Addition, Area, Concept
from citizen.base import access, audit, clock, locale
from citizen.base.access import Role
from citizen.base.tables import UnreadableFile
from citizen.base.transaction import only_asks
from citizen.programmes import actions, queries
from citizen.programmes.forms.words import (
    DownloadForm,
    FileForm,
    StoreForm,
    problem_words,
    unreadable_words,
)
from citizen.programmes.models import Municipality
from citizen.programmes.routes.blueprint import rooms
from citizen.programmes.routes.loading import (
    READERS,
    load_municipality,
    to_list,
)
from citizen.programmes.rules import files, words
from citizen.programmes.rules.files import Format
from citizen.programmes.rules.words import Entry

Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Checked:
    """What storing a file would do."""

    new: Sequence[Entry]
    changed: Sequence[Entry]
    same: int


@rooms.get("/programmes/words/<town>/import")
@access.staff(Role.ADMINISTRATOR)
def choose_file(town: str) -> str:
    return _file_page(load_municipality(town, for_change=True), FileForm(formdata=None))


@rooms.post("/programmes/words/<town>/import")
@access.staff(Role.ADMINISTRATOR)
@only_asks
def check_file(town: str) -> Answer:
    """Read a file and tell what it would do; nothing is stored."""
    municipality, form = load_municipality(town, for_change=True), FileForm()
    if not form.validate():
        return _file_page(municipality, form), 422
    with form.file.data.stream as sent:
        content = sent.read(files.LARGEST_FILE + 1)
    return _checked_page(municipality, form, str(form.file.data.filename), content)


@rooms.post("/programmes/words/<town>/imports")
@access.staff(Role.ADMINISTRATOR)
def store_file(town: str) -> Answer:
    """Store what the page before has shown."""
    municipality, form = load_municipality(town, for_change=True), StoreForm()
    if not form.validate():
        abort(422)
    try:
        additions = files.read_concepts(form.content.data or "", queries.shipped_lexicon())
    except BadAdditions:
        abort(422)
    entries = _entries(municipality, additions)
    done = actions.import_entries(municipality, entries, user_id=access.required_viewer().id)
    return to_list(municipality, done)


@rooms.post("/programmes/words/<town>/download")
@access.staff(*READERS)
def download_words(town: str) -> Answer:
    """A download leaves an audit row, so it is no GET."""
    municipality, form = load_municipality(town), DownloadForm()
    if not form.validate():
        abort(422)
    chosen = Format(form.format.data)
    entries = [own.entry for own in queries.own_entries(municipality.id)]
    delimiter = "," if locale.current() == "en" else ";"
    answer = FlaskResponse(files.written(entries, chosen, delimiter), mimetype=files.MIME_TYPES[chosen])
    name = f"{municipality.slug}-words-{clock.today().isoformat()}.{chosen}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    audit.record("words.download", municipality.slug, access.required_viewer().id, format=chosen.value)
    return answer


def _entries(municipality: Municipality, additions: Sequence[Addition]) -> list[Entry]:
    own = {found.entry.key: found.entry for found in queries.own_entries(municipality.id)}
    shipped = queries.shipped_concepts()
    return [words.from_addition(one, shipped, own) for one in additions]


def _file_page(municipality: Municipality, form: FileForm) -> str:
    return render_template(
        "programmes/words/import.html", municipality=municipality, form=form,
        download_form=DownloadForm(None), areas=_areas(),
    )


def _areas() -> list[tuple[Area, list[Concept]]]:
    """Every area with its concepts: what a file may name by id."""
    lexicon = queries.shipped_lexicon()
    return [
        (area, [concept for concept in lexicon.concepts if concept.area == area.id])
        for area in lexicon.areas.values()
    ]


def _checked_page(municipality: Municipality, form: FileForm, name: str, content: bytes) -> Answer:
    """What is wrong with a file, or what it would do."""
    try:
        additions = files.read_file(name, content, queries.shipped_lexicon())
    except UnreadableFile as error:
        form.file.errors = [unreadable_words(error)]
        return _file_page(municipality, form), 422
    except BadAdditions as bad:
        problems = [(problem.row, problem_words(problem)) for problem in bad.problems]
        return _result_page(municipality, form, name, problems, None), 422
    entries = _entries(municipality, additions)
    own = {found.entry.key: found.entry for found in queries.own_entries(municipality.id)}
    fresh = [entry for entry in entries if own.get(entry.key) != entry]
    checked = Checked([e for e in fresh if e.key not in own], [e for e in fresh if e.key in own],
                      len(entries) - len(fresh))
    return _result_page(municipality, form, name, [], checked), 200


def _result_page(
    municipality: Municipality, form: FileForm, name: str, problems: Sequence[tuple[int, str]],
    checked: Checked | None,
) -> str:
    entries = [*checked.new, *checked.changed] if checked else []
    return render_template(
        "programmes/words/checked.html", municipality=municipality, form=form, file_name=name,
        problems=problems, checked=checked, warned=queries.warnings_of(municipality, entries),
        names=queries.concept_names(municipality, entries),
        store=StoreForm(None, content=files.written(entries, Format.JSON).decode()),
    )
