"""XLSForm: questions out for other tools, and in from them after a look at what would come."""

import io

from flask import abort, current_app, redirect, render_template, send_file, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from citizen.base import access, audit, locale
from citizen.base.tables import UnreadableFile
from citizen.base.transaction import only_asks
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme
from citizen.surveys import actions, policy, queries
from citizen.surveys.actions.exporting.words import xlsform_words
from citizen.surveys.forms.words import KIND_WORDS
from citizen.surveys.forms.xlsform import DraftForm, SheetForm, left_words, unreadable_words
from citizen.surveys.routes.blueprint import rooms
from citizen.surveys.routes.loading import load_desk
from citizen.surveys.rules.document import as_json, from_json
from citizen.surveys.rules.xlsform.reading import LARGEST_FILE, NoSurvey, Read, read
from citizen.surveys.rules.xlsform.writing import workbook, write

Answer = Response | tuple[str, int]
_MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@rooms.get("/surveys/<ref>/xlsform")
@access.staff(*policy.EDITORS)
def xlsform(ref: str) -> str:
    survey, _programme = load_desk(ref)
    document, texts = queries.draft_of(survey), queries.draft_texts(survey.id)
    sheets = write(document, texts, survey.ref, xlsform_words())
    return render_template(
        "surveys/export/xlsform.html", survey=survey, document=document, texts=texts, left=sheets.left,
        left_words=left_words,
    )


@rooms.get("/surveys/<ref>/xlsform/file")
@access.staff(*policy.EDITORS)
def xlsform_file(ref: str) -> Response:
    survey, _programme = load_desk(ref)
    sheets = write(queries.draft_of(survey), queries.draft_texts(survey.id), survey.ref, xlsform_words())
    return send_file(io.BytesIO(workbook(sheets)), mimetype=_MIME_TYPE, as_attachment=True,
                     download_name=f"{survey.ref}-xlsform.xlsx")


@rooms.get("/surveys/xlsform")
@access.staff(*policy.EDITORS)
def import_xlsform() -> str:
    return _file_page(SheetForm(programmes=_choices(), formdata=None))


@rooms.post("/surveys/xlsform")
@access.staff(*policy.EDITORS)
@only_asks
def check_xlsform() -> Answer:
    """Read a file and tell what would come of it; nothing is stored."""
    form = SheetForm(programmes=_choices())
    if not form.validate():
        return _file_page(form), 422
    with form.file.data.stream as sent:
        content = sent.read(LARGEST_FILE + 1)
    try:
        found = read(content, locale.current(), xlsform_words())
    except NoSurvey as error:
        form.file.errors = [unreadable_words(error.kind)]
        return _file_page(form), 422
    except UnreadableFile as error:
        form.file.errors = [unreadable_words(error.kind, **error.values)]
        return _file_page(form), 422
    return _checked_page(form, found), 200


@rooms.post("/surveys/xlsform/drafts")
@access.staff(*policy.EDITORS)
def store_xlsform() -> Answer:
    """Make the draft that the page before has shown."""
    form = DraftForm()
    if not form.validate():
        abort(422)
    programme = next((p for p in _programmes() if p.slug == form.programme.data), None) or abort(404)
    try:
        content, texts = _seal().loads(form.sealed.data or "")
    except BadSignature:
        abort(422)
    document = from_json(content)
    user_id = access.required_viewer().id
    survey = actions.create_survey(
        programme_id=programme.id, municipality_id=None, languages=document.languages,
        title=next(iter(texts["title"].values())), user_id=user_id,
    )
    actions.save_document(survey, document)
    for key, by_language in texts.items():
        for language, text in by_language.items():
            actions.save_text(survey, key, language, text)
    audit.record("surveys.import", survey.ref, user_id, questions=len(document.questions))
    return redirect(url_for("surveys.edit", ref=survey.ref), 303)


def _seal() -> URLSafeSerializer:
    """What was shown is what is stored: nobody changes it on the way."""
    return URLSafeSerializer(str(current_app.secret_key), salt="xlsform")


def _programmes() -> list[Programme]:
    viewer = access.required_viewer()
    return list(programme_queries.programmes_of(viewer.municipalities(*policy.EDITORS)))


def _choices() -> list[tuple[str, str]]:
    return [(p.slug, locale.in_language(p.titles, locale.current())[0]) for p in _programmes()]


def _file_page(form: SheetForm) -> str:
    return render_template("surveys/export/import.html", form=form)


def _checked_page(form: SheetForm, found: Read) -> str:
    sealed = _seal().dumps([as_json(found.document), found.texts])
    return render_template(
        "surveys/export/checked.html", found=found, kinds=KIND_WORDS, left_words=left_words,
        file_name=form.file.data.filename,
        in_languages=[locale.IN_WORDS[one] for one in found.document.languages],
        store=DraftForm(None, programme=form.programme.data, sealed=sealed),
    )
