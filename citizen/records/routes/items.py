"""One record of a case: kept, words taken out of it, or deleted."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.base.errors import Refused
from citizen.records import actions, queries
from citizen.records.forms import EraseForm, ReasonForm
from citizen.records.models import CaseItem, SubjectCase
from citizen.records.routes.blueprint import rooms
from citizen.records.routes.loading import load_item, reasons_in_words
from citizen.records.rules import Outcome, find_words

Answer = Response | tuple[str, int]
ITEM = "/records/<town>/cases/<ref>/records/<int(max=2147483647):item_id>"


@rooms.get(ITEM)
@access.staff(Role.ADMINISTRATOR)
def item(town: str, ref: str, item_id: int) -> str:
    return _page(town, *load_item(town, ref, item_id))


@rooms.post(ITEM + "/removal")
@access.staff(Role.ADMINISTRATOR)
def remove_item(town: str, ref: str, item_id: int) -> Response:
    """Take it out of the case; the record itself stays."""
    return _done(town, ref, item_id, actions.remove_item,
                 _("The record is no longer in the case. Nothing has been done about it."))


@rooms.post(ITEM + "/undoing")
@access.staff(Role.ADMINISTRATOR)
def undo_keep(town: str, ref: str, item_id: int) -> Response:
    return _done(town, ref, item_id, actions.undo_keep, _("Undone"))


def _done(town: str, ref: str, item_id: int, do: Callable[..., None], words: str) -> Response:
    """Do what needs no words, and say that it is done."""
    case, found = load_item(town, ref, item_id, for_change=True)
    do(case, found, user_id=access.required_viewer().id)
    flash(words, "success")
    return _back(town, ref)


@rooms.post(ITEM + "/giving")
@access.staff(Role.ADMINISTRATOR)
def choose_passages(town: str, ref: str, item_id: int) -> Answer:
    """Which pieces of what was written beside a record the person is given."""
    case, found = load_item(town, ref, item_id, for_change=True)
    shown, given, was = (request.form.getlist(name) for name in ("shown", "give", "was"))

    def choose() -> str:
        count = actions.choose_passages(case, found, shown=shown, given=given, was_given=was,
                                        user_id=access.required_viewer().id)
        return str(ngettext("Of what was written about the record, %(count)s piece is given out.",
                            "Of what was written about the record, %(count)s pieces are given out.", count,
                            count=locale.number(count)))

    return _told(town, case, found, choose)


@rooms.post(ITEM + "/keeping")
@access.staff(Role.ADMINISTRATOR)
def keep(town: str, ref: str, item_id: int) -> Answer:
    case, found = load_item(town, ref, item_id, for_change=True)
    form = ReasonForm(prefix="keep-")
    if not form.validate():
        return _page(town, case, found, keeping=form), 422
    actions.keep_item(case, found, str(form.reason.data), user_id=access.required_viewer().id)
    flash(_("It is noted that the record stays."), "success")
    return _back(town, ref)


@rooms.post(ITEM + "/erasing")
@access.staff(Role.ADMINISTRATOR)
def erase(town: str, ref: str, item_id: int) -> Answer:
    case, found = load_item(town, ref, item_id, for_change=True)
    form = EraseForm(prefix="erase-")
    words = find_words(str(form.words.data or ""))
    is_valid = form.validate()
    if not words and not form.address.data:
        form.words.errors = [*form.words.errors, _("Write the words to take out")]
        is_valid = False
    if not is_valid:
        return _page(town, case, found, erasing=form), 422

    def erase_words() -> str:
        count = actions.erase_item(case, found, words, str(form.reason.data), address=bool(form.address.data),
                                   user_id=access.required_viewer().id)
        return str(ngettext("Taken out in %(count)s place.", "Taken out in %(count)s places.", count,
                            count=locale.number(count)))

    return _told(town, case, found, erase_words, erasing=form)


@rooms.post(ITEM + "/deletion")
@access.staff(Role.ADMINISTRATOR)
def delete(town: str, ref: str, item_id: int) -> Answer:
    case, found = load_item(town, ref, item_id, for_change=True)
    form, viewer = ReasonForm(prefix="delete-"), access.required_viewer()
    if not form.validate():
        return _page(town, case, found, deleting=form), 422

    def delete_record() -> str:
        certificate = actions.delete_item(case, found, str(form.reason.data), user_id=viewer.id,
                                          by_name=viewer.name)
        return str(_("Deleted. The certificate is %(ref)s.", ref=certificate.ref))

    return _told(town, case, found, delete_record, deleting=form)


def _told(
    town: str, case: SubjectCase, found: CaseItem, do: Callable[[], str], **forms: ReasonForm
) -> Answer:
    """Do it and say so, or show the page again with what refuses it and what was typed."""
    try:
        flash(do(), "success")
    except Refused as refused:
        return _page(town, case, found, refused=str(refused), **forms), 409
    return _back(town, case.ref)


def _page(
    town: str, case: SubjectCase, found: CaseItem, *, keeping: ReasonForm | None = None,
    erasing: ReasonForm | None = None, deleting: ReasonForm | None = None, refused: str = "",
) -> str:
    return render_template(
        "records/item.html", town=town, case=case, item=found, refused=refused, today=clock.today(),
        content=queries.content(found, case.municipality_id, reasons_in_words()),
        pieces=_pieces(case, found),
        grounds=None if found.outcome == Outcome.DELETED
        else actions.grounds_to_delete(found, case.municipality_id),
        keeping=keeping or ReasonForm(formdata=None, prefix="keep-"),
        erasing=erasing or EraseForm(formdata=None, prefix="erase-"),
        deleting=deleting or ReasonForm(formdata=None, prefix="delete-"),
    )


def _pieces(case: SubjectCase, found: CaseItem) -> list[queries.Passage]:
    is_there = found.kind == "contribution" and found.outcome != Outcome.DELETED
    about = queries.contribution_of(found, case.municipality_id) if is_there else None
    return queries.passages(found, about.id) if about else []


def _back(town: str, ref: str) -> Response:
    return redirect(url_for(".case", town=town, ref=ref, _anchor="records"), 303)
