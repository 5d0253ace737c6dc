"""In whose hands an item is, and on whose desk it lies."""

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.moderation import actions, queries
from citizen.moderation.forms.queue import AssignmentForm
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import asked_desk, load_item


@rooms.post("/moderation/<ref>/claim")
@access.staff(Role.MODERATOR)
def claim(ref: str) -> Response:
    """Take it in hand; the page then says whose hands it is in, to everybody."""
    contribution = load_item(ref)
    has_it = actions.claim(contribution, user_id=access.required_viewer().id)
    is_taken = not has_it and queries.holder(queries.item(contribution.id)) is not None
    taken = _("Somebody else has this in hand. Nothing stops you, but look before you decide.")
    if "by_itself" in request.form:
        # The script asks when the page opens, and says it there: a message would come on the next page.
        mine = _("You have this in hand; the others see it.")
        return jsonify(mine=has_it, says=mine if has_it else taken if is_taken else "")
    if is_taken:
        flash(taken, "warning")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.post("/moderation/<ref>/release")
@access.staff(Role.MODERATOR)
def let_go(ref: str) -> Response:
    actions.let_go(load_item(ref), user_id=access.required_viewer().id)
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)


@rooms.post("/moderation/<ref>/assignment")
@access.staff(Role.MODERATOR)
def assign(ref: str) -> Response:
    contribution, chosen = load_item(ref, for_change=True), AssignmentForm().to.data
    actions.assign(
        contribution, int(chosen) if (chosen or "").isdecimal() else None, user_id=access.required_viewer().id
    )
    person = queries.people([int(chosen)]) if chosen else {}
    flash(_("It lies on the desk of %(name)s now.", name=next(iter(person.values()))) if person
          else _("It lies on nobody’s desk now."), "success")
    return redirect(url_for(".show", ref=ref, **asked_desk().kept), 303)
