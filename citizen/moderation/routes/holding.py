"""What is held back: seen apart from the queue, let go or not published, several at once."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.errors import Conflict
from citizen.base.forms import whole_number
from citizen.base.pages import asked_page
from citizen.base.transaction import nothing_changed
from citizen.contributions import rules as states
from citizen.contributions.models import Contribution
from citizen.moderation import actions, queries, rules
from citizen.moderation.forms.holding import HeldForm, RejectHeldForm
from citizen.moderation.models import HeldLot
from citizen.moderation.queries.holding import LARGEST_LOT, Held
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import Desk, asked_desk, own_municipalities

FORMS: dict[str, type[HeldForm]] = {"release": HeldForm, "reject": RejectHeldForm}
_SHOWN = 10


@rooms.get("/moderation/held")
@access.staff(Role.MODERATOR)
def held() -> str:
    desk, why = asked_desk(), _asked_why()
    by_why, counts = queries.held_counts(desk.selection), queries.counts(desk.selection)
    chosen = Held(desk.selection, why)
    total = by_why.get(why, 0) if why else sum(by_why.values())
    page, reasons = queries.held_items(chosen, asked_page(), total)
    if page.number > page.last:
        abort(404)
    return render_template(
        "moderation/held.html", desk=desk, why=why, whys=list(states.Held), by_why=by_why, counts=counts,
        tabs=rules.TABS, page=page, reasons=reasons, kept=_kept(desk, why), lot=_just_done(),
        newest=queries.newest_held(chosen),
    )


@rooms.get("/moderation/held/deciding")
@access.staff(Role.MODERATOR)
def confirm_held() -> str | Response:
    """List what has been chosen. Changes nothing, so it is read like any other page."""
    action = request.args.get("action", "")
    form = _form_of(action)(formdata=None, up_to=request.args.get("up_to"))
    return _confirm_page(action, form, request.args.getlist("chosen"))


@rooms.post("/moderation/held/deciding")
@access.staff(Role.MODERATOR)
def decide_held() -> Response | str | tuple[str, int]:
    action, typed = request.form.get("action", ""), request.form.getlist("chosen")
    form = _form_of(action)()
    if not form.validate():
        page = _confirm_page(action, form, typed)
        if isinstance(page, Response):
            # What was chosen is held back no more, so that there is no form to fill in again.
            nothing_changed()
            return page
        return page, 422
    desk, why = asked_desk(), _asked_why()
    chosen, changed = _chosen(desk, form, typed, for_change=True)
    if not chosen:
        raise Conflict(_("Nothing that you chose is held back any more. Choose at least one."))
    user_id = access.required_viewer().id
    if isinstance(form, RejectHeldForm):
        lot = actions.reject_held(chosen, str(form.reason.data), user_id=user_id)
    else:
        lot = actions.release_held(chosen, user_id=user_id)
    if changed:
        flash(_("Some had changed meanwhile and were skipped: %(refs)s.", refs=", ".join(changed)), "warning")
    return redirect(url_for(".held", lot=lot.id, **_kept(desk, why)), 303)


@rooms.post("/moderation/held/undo")
@access.staff(Role.MODERATOR)
def undo_held() -> Response:
    viewer, asked = access.required_viewer(), whole_number(request.form.get("lot"))
    lot = queries.lot_of(asked, viewer.id, for_change=True) or abort(404)
    items = queries.lot_items(lot.id, own_municipalities())
    done, others = actions.undo_held(lot, items, user_id=viewer.id)
    flash(ngettext("%(count)s is held back again.", "%(count)s are held back again.", done,
                   count=locale.number(done)), "success")
    if others:
        flash(_("Some had changed meanwhile and were skipped: %(refs)s.", refs=", ".join(others)), "warning")
    return redirect(url_for(".held", **_kept(asked_desk(), _asked_why())), 303)


def _form_of(action: str) -> type[HeldForm]:
    return FORMS.get(action) or abort(404)


def _confirm_page(action: str, form: HeldForm, typed: Sequence[str]) -> str | Response:
    desk, why = asked_desk(), _asked_why()
    chosen, _changed = _chosen(desk, form, typed)
    if not chosen:
        flash(_("Nothing that you chose is held back any more. Choose at least one."), "warning")
        return redirect(url_for(".held", **_kept(desk, why)), 303)
    shown = queries.items_by_ref([one.ref for one in chosen[:_SHOWN]], own_municipalities())
    return render_template(
        "moderation/holding.html", desk=desk, action=action, form=form, kept=_kept(desk, why),
        chosen=[] if form.takes_all else chosen, count=len(chosen), shown=shown,
        is_cut=form.takes_all and len(chosen) == LARGEST_LOT,
    )


def _chosen(
    desk: Desk, form: HeldForm, typed: Sequence[str], *, for_change: bool = False
) -> tuple[Sequence[Contribution], list[str]]:
    """What is meant and still as it was seen; and references of what has changed."""
    why = _asked_why()
    if form.takes_all:
        return queries.held_lot(Held(desk.selection, why, form.seen_up_to), None, for_change=for_change), []
    versions = rules.read_chosen(typed)
    everywhere = Held(queries.Selection(frozenset(own_municipalities())))
    found = queries.held_lot(everywhere, list(versions), for_change=for_change)
    same = [one for one in found if one.version == versions[one.ref]]
    return same, sorted(set(versions) - {one.ref for one in same})


def _just_done() -> tuple[HeldLot, int] | None:
    """What the viewer did on the page before, as long as it stands; with how many it was about."""
    lot = queries.lot_of(whole_number(request.args.get("lot")), access.required_viewer().id)
    return (lot, queries.lot_size(lot.id)) if lot else None


def _asked_why() -> str:
    why = request.args.get("why", "")
    if why and why not in set(states.Held):
        abort(404)
    return why


def _kept(desk: Desk, why: str) -> dict[str, Any]:
    return {**desk.searched, "why": why} if why else dict(desk.searched)
