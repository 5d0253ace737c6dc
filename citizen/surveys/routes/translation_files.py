"""Translations as a file: taken out, looked at, and taken in after one confirmation."""

from collections.abc import Iterable

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.forms import unreadable_words
from citizen.base.tables import UnreadableFile
from citizen.base.transaction import only_asks
from citizen.surveys import actions, queries
from citizen.surveys.forms.translating import (
    STATES,
    StoreTextsForm,
    TextFileForm,
    kind_words,
    problem_words,
    where_words,
)
from citizen.surveys.models import Survey, SurveyText
from citizen.surveys.policy import EDITORS
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules import TextState, translation_files
from citizen.surveys.rules.document import Document
from citizen.surveys.rules.translating import by_key, items, spots
from citizen.surveys.rules.translation_files import MIME_TYPES, MOST_ROWS, Format, Line
from citizen.surveys.rules.translation_judging import Judged, judged

Answer = Response | tuple[str, int]


@rooms.get("/surveys/<ref>/translation/file")
@access.staff(*EDITORS)
def translation_file(ref: str) -> Answer:
    """Every text with its translations, as a workbook or as CSV."""
    survey, _programme = load_desk(ref)
    chosen = request.args.get("format", Format.XLSX)
    if chosen not in set(Format):
        abort(404)
    document, rows = queries.draft_of(survey), queries.text_rows(survey.id)
    lines = _lines(document, rows)
    if chosen == Format.XLSX:
        content = translation_files.as_xlsx(document, lines, _about(document))
    else:
        content = translation_files.as_csv(document, lines, "," if locale.current() == "en" else ";")
    answer = FlaskResponse(content, mimetype=MIME_TYPES[Format(chosen)])
    name = f"{survey.ref}-translation-{clock.today().isoformat()}.{chosen}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _lines(document: Document, rows: Iterable[SurveyText]) -> list[Line]:
    rows = list(rows)
    by_language = {
        code: {item.spot.key: item for item in items(document, rows, code)} for code in document.languages
    }
    others = document.languages[1:]
    sources = by_key(rows, document.languages[0])
    found = []
    for spot in spots(document):
        own = {code: by_language[code].get(spot.key) for code in others}
        if spot.key not in by_language[document.languages[0]] and not any(own.values()):
            continue
        states = [f"{code}: {STATES[item.state]}" for code, item in own.items()
                  if item is not None and item.state is not TextState.REVIEWED]
        found.append(Line(
            spot.key, where_words(spot), kind_words(spot),
            sources[spot.key].text if spot.key in sources else "",
            [item.text if item else "" for item in own.values()], " · ".join(states),
        ))
    return found


def _about(document: Document) -> list[tuple[str, str]]:
    """Column → what it holds and what is to be done with it."""
    source = translation_files.source_column(document)
    return [
        ("key", _("Which text it is. Leave it as it is: it is how the text is found again.")),
        ("where", _("Where the text stands in the survey.")),
        ("kind", _("What kind of question it belongs to.")),
        (source, _("The text to translate. What is changed here does not change the survey.")),
        *((code, _("Write the translation into %(language)s here. An empty cell changes nothing.",
                   language=str(locale.IN_WORDS[code]))) for code in document.languages[1:]),
        ("state", _("What is left to do. Nothing is read from here.")),
        ("{q3}", _("Stands for an earlier answer. Keep it exactly as it is in the source text.")),
    ]


@rooms.get("/surveys/<ref>/translation/import")
@access.staff(*EDITORS)
def choose_translations(ref: str) -> str:
    survey, _programme = load_desk(ref)
    return _file_page(survey, TextFileForm(formdata=None))


@rooms.post("/surveys/<ref>/translation/import")
@access.staff(*EDITORS)
@only_asks
def check_translations(ref: str) -> Answer:
    """Read a file and tell what it would do; nothing is stored."""
    survey, _programme = load_desk(ref)
    form = TextFileForm()
    if not form.validate():
        return _file_page(survey, form), 422
    with form.file.data.stream as sent:
        content = sent.read(translation_files.LARGEST_FILE + 1)
    document, rows = queries.draft_of(survey), queries.text_rows(survey.id)
    try:
        table = translation_files.read_file(str(form.file.data.filename), content, document)
    except UnreadableFile as error:
        form.file.errors = [unreadable_words(error, most=MOST_ROWS)]
        return _file_page(survey, form), 422
    found = judged(document, rows, table, TextState(form.state.data), confirms=bool(form.unchanged.data))
    page = _checked_page(survey, document, form, found)
    return page, 422 if found.problems and not found.changes else 200


@rooms.post("/surveys/<ref>/translation/imports")
@access.staff(*EDITORS)
def store_translations(ref: str) -> Answer:
    """Store what the page before has shown, but for texts that somebody has changed meanwhile."""
    survey, _programme = load_desk(ref)
    form = StoreTextsForm()
    document = queries.draft_of(survey)
    sources = by_key(queries.text_rows(survey.id), document.languages[0])
    try:
        changes = translation_files.from_json(
            form.content.data or "", document, {key: row.text for key, row in sources.items()}
        )
    except ValueError:
        abort(422)
    if not form.validate():
        abort(422)
    saved = actions.save_texts(survey, changes, user_id=access.required_viewer().id, way="file")
    flash(ngettext("%(count)s text has been saved.", "%(count)s texts have been saved.", saved.count,
                   count=locale.number(saved.count)), "success")
    if saved.clashes:
        flash(ngettext(
            "%(count)s text was changed by somebody else after the file had been looked at. It is as they "
            "left it.",
            "%(count)s texts were changed by somebody else after the file had been looked at. They are as "
            "they were left.", len(saved.clashes), count=locale.number(len(saved.clashes)),
        ), "warning")
    return redirect(url_for("surveys.translate", ref=ref), 303)


def _file_page(survey: Survey, form: TextFileForm) -> str:
    return render_template(
        "surveys/translate/import.html", survey=survey, form=form, document=queries.draft_of(survey),
        title=_title(survey),
    )


def _checked_page(survey: Survey, document: Document, form: TextFileForm, found: Judged) -> str:
    return render_template(
        "surveys/translate/checked.html", survey=survey, document=document, form=form, found=found,
        file_name=form.file.data.filename, problem_words=problem_words, title=_title(survey),
        places={spot.key: where_words(spot) for spot in spots(document)},
        store=StoreTextsForm(None, content=translation_files.as_json(found.changes)),
    )


def _title(survey: Survey) -> tuple[str, str]:
    languages = queries.draft_of(survey).languages
    return locale.in_language(queries.draft_texts(survey.id).get("title", {}), locale.current(), languages)
