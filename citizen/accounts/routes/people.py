"""The people of an administrator's municipalities."""

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.accounts import actions, policy, queries, rules
from citizen.accounts.forms import InviteForm, RolesForm, SearchForm
from citizen.accounts.routes.blueprint import rooms
from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.errors import Refused
from citizen.base.pages import asked_page

# The largest number that fits the column; anything above is no person.
PERSON = "/accounts/people/<int(max=2147483647):user_id>"


@rooms.get("/accounts/people")
@access.staff(Role.ADMINISTRATOR)
def people() -> str:
    form = SearchForm(request.args)
    page = queries.people(_mine(), words=form.q.data or "", page=asked_page())
    if page.number > page.last:
        abort(404)
    return render_template("accounts/people.html", form=form, page=page, places=queries.places(_mine()))


@rooms.get("/accounts/people/new")
@access.staff(Role.ADMINISTRATOR)
def new_person() -> str:
    places = queries.places(_mine())
    form = InviteForm(places, formdata=None, language=locale.current())
    return render_template("accounts/invite.html", form=form, places=places)


@rooms.post("/accounts/people/new")
@access.staff(Role.ADMINISTRATOR)
def invite() -> Response | tuple[str, int]:
    viewer, places = access.required_viewer(), queries.places(_mine())
    form = InviteForm(places)
    if not form.validate():
        return render_template("accounts/invite.html", form=form, places=places), 422
    invited = actions.invite(
        email=str(form.email.data), name=str(form.name.data), language=str(form.language.data),
        grants=form.grants, actor_id=viewer.id, inviter=viewer.name,
    )
    if not invited.is_new and invited.user.active:
        flash(_("%(name)s was here already and has been given the roles you chose.",
                name=invited.user.name), "success")
    if invited.token:
        flash(_("An invitation is on its way."), "success")
        _show_once(invited.user.id, invited.token)
    elif not invited.user.active:
        flash(_("This person was here already, but the account is deactivated. The roles have been added."),
              "warning")
    return redirect(url_for(".person", user_id=invited.user.id), 303)


@rooms.get(PERSON)
@access.staff(Role.ADMINISTRATOR)
def person(user_id: int) -> str:
    return _person_page(_person(user_id))


@rooms.post(PERSON + "/roles")
@access.staff(Role.ADMINISTRATOR)
def change_roles(user_id: int) -> Response | tuple[str, int]:
    viewer, found = access.required_viewer(), _person(user_id)
    form = RolesForm(queries.places(_mine()))
    if not form.validate():
        return _person_page(found, form), 422
    actions.change_roles(
        user_id, form.grants, within=_mine(), seen=str(form.seen.data), actor_id=viewer.id
    )
    flash(_("Saved") if form.grants else _("%(name)s has no roles left here.", name=found.name), "success")
    if user_id == viewer.id:
        return redirect(url_for(".me"), 303)
    return redirect(url_for(".person", user_id=user_id) if form.grants else url_for(".people"), 303)


@rooms.post(PERSON + "/link")
@access.staff(Role.ADMINISTRATOR)
def send_link(user_id: int) -> Response:
    viewer, found = access.required_viewer(), _person(user_id)
    token = actions.send_new_link(found.id, actor_id=viewer.id, inviter=viewer.name)
    flash(_("A link is on its way."), "success")
    _show_once(found.id, token)
    return redirect(url_for(".person", user_id=user_id), 303)


@rooms.post(PERSON + "/deactivation")
@access.staff(Role.ADMINISTRATOR)
def deactivate(user_id: int) -> Response:
    viewer, found = access.required_viewer(), _person(user_id)
    if viewer.id == found.id:
        raise Refused(_("You cannot deactivate yourself. Ask another administrator."))
    _refuse_where_others_decide(found.id)
    actions.deactivate(found.id, actor_id=viewer.id)
    flash(_("The account is deactivated."), "success")
    return redirect(url_for(".person", user_id=user_id), 303)


@rooms.post(PERSON + "/reactivation")
@access.staff(Role.ADMINISTRATOR)
def reactivate(user_id: int) -> Response:
    viewer, found = access.required_viewer(), _person(user_id)
    _refuse_where_others_decide(found.id)
    actions.reactivate(found.id, actor_id=viewer.id)
    flash(_("The account is active again."), "success")
    return redirect(url_for(".person", user_id=user_id), 303)


# ---- loading


def _mine() -> set[int]:
    return access.required_viewer().municipalities(Role.ADMINISTRATOR)


def _person(user_id: int) -> queries.Person:
    return queries.person(user_id, _mine()) or abort(404)


def _refuse_where_others_decide(user_id: int) -> None:
    if not policy.may_decide_alone(access.required_viewer(), queries.workplaces(user_id)):
        raise Refused(_(
            "This person works for another municipality too. Take away the roles in yours instead."
        ))


def _show_once(user_id: int, token: str) -> None:
    """Let the next page show a link, to somebody who may hold it."""
    if policy.may_decide_alone(access.required_viewer(), queries.workplaces(user_id)):
        actions.show_link(token)
        session["fresh_link"] = [user_id, token]


def _fresh_link(person: queries.Person) -> str | None:
    user_id, token = session.pop("fresh_link", (None, ""))
    return actions.link_address(token, person.language) if user_id == person.id else None


def _person_page(person: queries.Person, form: RolesForm | None = None) -> str:
    viewer, places = access.required_viewer(), queries.places(_mine())
    if form is None:
        form = RolesForm(places, formdata=None, seen=rules.as_seen(person.grants))
        form.grants = person.grants
    return render_template(
        "accounts/person.html", person=person, form=form, places=places,
        fresh_link=_fresh_link(person), is_self=viewer.id == person.id,
        decides_alone=policy.may_decide_alone(viewer, queries.workplaces(person.id)),
    )
