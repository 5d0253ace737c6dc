"""One's own page."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.accounts import actions, queries
from citizen.accounts.forms import ChangePasswordForm, ProfileForm
from citizen.accounts.models import User
from citizen.accounts.routes.blueprint import rooms
from citizen.accounts.routes.doors import failed, remember, sign_in_limit
from citizen.base import access
from citizen.base.limits import limiter


@rooms.get("/accounts/me")
@access.signed_in
def me() -> str:
    return _page(_myself())


@rooms.post("/accounts/me")
@access.signed_in
def change_me() -> Response | tuple[str, int]:
    user, form = _myself(), ProfileForm()
    if not form.validate():
        return _page(user, profile=form), 422
    actions.change_profile(user, name=str(form.name.data), language=str(form.language.data))
    flash(_("Saved"), "success")
    return redirect(url_for(".me"), 303)


@rooms.post("/accounts/me/password")
@access.signed_in
@limiter.limit(sign_in_limit, deduct_when=failed)
def change_my_password() -> Response | tuple[str, int]:
    user = _myself()
    form = _password_form(user)
    if form.validate():
        if actions.change_password(user, form.old.data if "old" in form else "", form.password.data):
            remember(user)
            flash(_("Your password is changed. You are signed out everywhere else."), "success")
            return redirect(url_for(".me"), 303)
        form.old.errors = [_("This is not your password")]
    return _page(user, password=form), 422


def _myself() -> User:
    for_change = request.method == "POST"
    return queries.user(access.required_viewer().id, for_change=for_change) or abort(401)


def _page(
    user: User, profile: ProfileForm | None = None, password: ChangePasswordForm | None = None
) -> str:
    """Two forms; the one that was not sent is made from what is stored."""
    return render_template(
        "accounts/me.html", user=user, roles=access.required_viewer().roles,
        places=queries.places(access.required_viewer().roles.keys()),
        profile=profile or ProfileForm(formdata=None, name=user.name, language=user.language),
        password=password or _password_form(user, formdata=None),
    )


def _password_form(user: User, **more: Any) -> ChangePasswordForm:
    return ChangePasswordForm(
        has_password=user.password_hash is not None, email=user.email, name=user.name, **more
    )
