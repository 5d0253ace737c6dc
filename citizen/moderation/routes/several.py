"""One decision about several: confirmed once, and taken back in one go."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.transaction import nothing_changed
from citizen.contributions.rules import Visibility
from citizen.moderation import actions, queries, rules
from citizen.moderation.forms.deciding import SeveralForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import Desk, asked_desk, own_municipalities


@rooms.get("/moderation/several")
@access.staff(Role.MODERATOR)
def confirm_several() -> str | Response:
    """List what has been chosen. Changes nothing, so it is read like any other page."""
    desk, versions = asked_desk(), rules.read_chosen(request.args.getlist("chosen"))
    form = SeveralForm(formdata=None, decision=request.args.get("decision", Visibility.PUBLISHED.value))
    if form.after is None:
        abort(404)
    found = queries.items_by_ref(list(versions), own_municipalities())
    if not found:
        flash(_("Choose at least one idea."), "warning")
        return redirect(url_for(".index", **desk.kept), 303)
    return _page(desk, found, versions, form)


@rooms.post("/moderation/several")
@access.staff(Role.MODERATOR)
def decide_several() -> Response | tuple[str, int]:
    desk, versions = asked_desk(), rules.read_chosen(request.form.getlist("chosen"))
    form = SeveralForm()
    after = form.after or abort(422)
    if not form.validate():
        return _page(desk, queries.items_by_ref(list(versions), own_municipalities()), versions, form), 422
    chosen = queries.contributions_by_ref(list(versions), own_municipalities()) or abort(404)
    lot = actions.decide_lot(
        chosen, versions, after, user_id=access.required_viewer().id, reason=form.chosen_reason,
        words=form.typed_words,
    )
    if not lot.decided:
        found = queries.items_by_ref(lot.skipped, own_municipalities())
        return _page(desk, found, versions, form), 409
    _tell_skipped(lot)
    return redirect(url_for(".index", lot=lot.ref, **desk.kept), 303)


@rooms.post("/moderation/several/<lot>/undo")
@access.staff(Role.MODERATOR)
def undo_several(lot: str) -> Response:
    """Take back what the viewer did to several, where nothing has happened to them since."""
    viewer, desk = access.required_viewer(), asked_desk()
    if queries.lot(lot, viewer.id) is None:
        return _nothing_to_undo(desk)
    chosen = queries.contributions_of_lot(lot, own_municipalities())
    undone = actions.undo_lot(chosen, lot, user_id=viewer.id)
    _tell_skipped(undone)
    count = len(undone.decided)
    if not count:
        return _nothing_to_undo(desk)
    flash(ngettext("The decision about %(count)s idea has been taken back.",
                   "The decision about %(count)s ideas has been taken back.", count,
                   count=locale.number(count)), "success")
    return redirect(url_for(".index", **desk.kept), 303)


def _nothing_to_undo(desk: Desk) -> Response:
    """Undone already, or all of it changed by others since."""
    nothing_changed()
    flash(_("There is nothing to undo."), "warning")
    return redirect(url_for(".index", **desk.kept), 303)


def _tell_skipped(lot: actions.Lot) -> None:
    if lot.skipped:
        flash(ngettext("%(count)s idea had changed meanwhile and was skipped: %(refs)s.",
                       "%(count)s ideas had changed meanwhile and were skipped: %(refs)s.",
                       len(lot.skipped), count=locale.number(len(lot.skipped)), refs=", ".join(lot.skipped)),
              "warning")


def _page(
    desk: Desk, found: Sequence[queries.Item], versions: dict[str, int], form: SeveralForm
) -> str:
    unchanged = [
        item for item in found
        if item.is_for_one and item.version == versions[item.ref]
    ]
    return render_template(
        "moderation/several.html", desk=desk, form=form, after=form.after, unchanged=unchanged,
        changed=[item for item in found if item not in unchanged],
    )
