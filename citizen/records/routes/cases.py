"""Cases of those whose data it is: from the request to the answer."""

import json

from flask import Response as FileResponse
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.base.errors import Conflict
from citizen.base.forms import ActionForm
from citizen.base.pages import asked_page
from citizen.programmes.models import Municipality
from citizen.records import actions, queries
from citizen.records.forms import CaseForm, CloseForm, ExtendForm, SearchForm
from citizen.records.models import SubjectCase
from citizen.records.queries import Content
from citizen.records.routes.blueprint import rooms
from citizen.records.routes.loading import load_case, load_mine, my_municipalities, reasons_in_words
from citizen.records.rules import Found, Sought, read_record

Answer = Response | tuple[str, int]
CASE = "/records/<town>/cases/<ref>"


@rooms.get("/records/<town>/cases")
@access.staff(Role.ADMINISTRATOR)
def cases(town: str) -> str:
    municipality = load_mine(town)
    page = queries.cases(municipality.id, asked_page())
    if page.number > page.last:
        abort(404)
    return render_template("records/cases.html", municipality=municipality, page=page, today=clock.today(),
                           municipalities=my_municipalities())


@rooms.get("/records/<town>/cases/new")
@access.staff(Role.ADMINISTRATOR)
def new_case(town: str) -> str:
    form = CaseForm(formdata=None, received_on=clock.today().isoformat(), written_in=locale.current())
    return render_template("records/case_new.html", municipality=load_mine(town), form=form)


@rooms.post("/records/<town>/cases/new")
@access.staff(Role.ADMINISTRATOR)
def open_case(town: str) -> Answer:
    municipality, form = load_mine(town), CaseForm()
    if not form.validate():
        return render_template("records/case_new.html", municipality=municipality, form=form), 422
    case = actions.open_case(municipality, form.case, user_id=access.required_viewer().id)
    return redirect(url_for(".case", town=town, ref=case.ref), 303)


@rooms.get(CASE)
@access.staff(Role.ADMINISTRATOR)
def case(town: str, ref: str) -> str:
    return case_page(*load_case(town, ref))


def case_page(
    municipality: Municipality, case: SubjectCase, *, search: SearchForm | None = None,
    found: list[Found] | None = None, extending: ExtendForm | None = None,
) -> str:
    """A case with its records, and what a search has found, if one was made."""
    items = queries.case_items(case.id)
    in_words = reasons_in_words()
    return render_template(
        "records/case.html", municipality=municipality, case=case, items=items, today=clock.today(),
        contents={item.id: queries.content(item, municipality.id, in_words, whole=False) for item in items},
        search=search or SearchForm(formdata=None), found=found, most=queries.MOST_FOUND,
        known={f"{item.kind}:{item.key}" for item in items}, form=ActionForm(),
        extending=extending or ExtendForm(formdata=None),
        names=queries.names_of({case.opened_by, case.closed_by, *(item.done_by for item in items)}),
    )


@rooms.post(CASE + "/search")
@access.staff(Role.ADMINISTRATOR)
def search(town: str, ref: str) -> Answer:
    """Look for records. Posted, since what is looked for is too private for an address; kept nowhere."""
    municipality, case = load_case(town, ref)
    form = SearchForm()
    if not form.validate():
        return case_page(municipality, case, search=form), 422
    by = Sought(form.by.data)
    found = queries.seek(municipality.id, by, str(form.sought.data))
    actions.note_search(case, by, len(found), user_id=access.required_viewer().id)
    return case_page(municipality, case, search=form, found=found), 200


@rooms.post(CASE + "/records")
@access.staff(Role.ADMINISTRATOR)
def add_items(town: str, ref: str) -> Response:
    _municipality, case = load_case(town, ref, for_change=True)
    typed = (read_record(value) for value in request.form.getlist("chosen")[:500])
    chosen = [pair for pair in typed if pair is not None]
    own = request.form.get("by") in (Sought.EMAIL, Sought.CODE)
    added = actions.add_items(case, chosen, own=own, user_id=access.required_viewer().id)
    flash(ngettext("%(count)s record has been added to the case.",
                   "%(count)s records have been added to the case.", added, count=locale.number(added)),
          "success")
    return redirect(url_for(".case", town=town, ref=ref), 303)


@rooms.post(CASE + "/extension")
@access.staff(Role.ADMINISTRATOR)
def extend(town: str, ref: str) -> Answer:
    municipality, case = load_case(town, ref, for_change=True)
    form = ExtendForm()
    if not form.validate():
        return case_page(municipality, case, extending=form), 422
    actions.extend_case(case, str(form.because.data), user_id=access.required_viewer().id)
    flash(_("The case is due %(day)s.", day=locale.day(case.due_on)), "success")
    return redirect(url_for(".case", town=town, ref=ref), 303)


# ---- what the person is given


@rooms.post(CASE + "/extract")
@access.staff(Role.ADMINISTRATOR)
def give_out(town: str, ref: str) -> str:
    """Everything in the case on one page for print. Posted, since it leaves a trace."""
    municipality, case = load_case(town, ref)
    actions.note_given_out(case, "html", user_id=access.required_viewer().id)
    return render_template("records/extract.html", municipality=municipality, case=case,
                           contents=_contents(municipality, case))


@rooms.post(CASE + "/extract.json")
@access.staff(Role.ADMINISTRATOR)
def give_out_file(town: str, ref: str) -> FileResponse:
    """The same as a file that programs read."""
    municipality, case = load_case(town, ref)
    actions.note_given_out(case, "json", user_id=access.required_viewer().id)
    told = {
        "case": case.ref, "municipality": municipality.slug, "person": case.person,
        "made": clock.now().isoformat(timespec="seconds"), "records": _contents(municipality, case),
    }
    answer = FileResponse(json.dumps(told, ensure_ascii=False, indent=2) + "\n", mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{case.ref}.json")
    return answer


def _contents(municipality: Municipality, case: SubjectCase) -> list[Content]:
    in_words = reasons_in_words()
    found = (queries.content(item, municipality.id, in_words) for item in queries.case_items(case.id))
    return [content for content in found if content is not None]


# ---- the end


@rooms.get(CASE + "/closing")
@access.staff(Role.ADMINISTRATOR)
def closing(town: str, ref: str) -> str:
    municipality, case = load_case(town, ref)
    return _closing_page(municipality, case, CloseForm(formdata=None, version=str(case.version)))


@rooms.post(CASE + "/closing")
@access.staff(Role.ADMINISTRATOR)
def close(town: str, ref: str) -> Answer:
    municipality, case = load_case(town, ref, for_change=True)
    form = CloseForm()
    if not form.validate():
        return _closing_page(municipality, case, form), 422
    try:
        actions.close_case(case, str(form.answer.data), version=form.seen_version,
                           user_id=access.required_viewer().id)
    except Conflict as conflict:
        form.version.data = str(case.version)
        return _closing_page(municipality, case, form, conflict=str(conflict)), 409
    flash(_("The case is closed."), "success")
    return redirect(url_for(".case", town=town, ref=ref), 303)


@rooms.post(CASE + "/opening")
@access.staff(Role.ADMINISTRATOR)
def reopen(town: str, ref: str) -> Response:
    _municipality, case = load_case(town, ref, for_change=True)
    actions.reopen_case(case, user_id=access.required_viewer().id)
    flash(_("The case is open again."), "success")
    return redirect(url_for(".case", town=town, ref=ref), 303)


def _closing_page(municipality: Municipality, case: SubjectCase, form: CloseForm, conflict: str = "") -> str:
    return render_template(
        "records/closing.html", municipality=municipality, case=case, form=form, conflict=conflict,
        undone=sum(item.outcome is None for item in queries.case_items(case.id)),
    )
