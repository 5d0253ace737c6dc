"""Signing in and out, one-time links, forgotten passwords."""

from flask import Response as PageResponse
from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.accounts import actions, queries, rules
from citizen.accounts.forms import ForgotForm, PasswordForm, SignInForm
from citizen.accounts.models import User
from citizen.accounts.routes.blueprint import rooms
from citizen.base import access, audit, ids
from citizen.base.access import Role, Viewer
from citizen.base.forms import ActionForm
from citizen.base.limits import limiter

# Where a day begins, by role; named, not imported: these rooms lie above.
_DESKS = {
    Role.MODERATOR: "moderation.index",
    Role.FACILITATOR: "themes.programmes",
    Role.ADMINISTRATOR: "accounts.people",
}


def sign_in_limit() -> str:
    return str(current_app.extensions["citizen.settings"].sign_in_limit)


def person_limit() -> str:
    """Tries at one person from everywhere: enough to stop guessing, too many to lock them out by hand."""
    return "100 per hour"


def typed_email() -> str:
    """The address somebody tries, as it is counted: unreadable."""
    return "email:" + ids.digest_of(str(current_app.secret_key), _email())


def nothing_typed() -> bool:
    return not _email()


def failed(response: PageResponse) -> bool:
    """Only wrong tries count, so that a whole office behind one address gets in."""
    return response.status_code == 422


def _email() -> str:
    return request.form.get("email", "").strip().casefold()


# ---- in and out


@rooms.get("/accounts/sign-in")
@access.public
def sign_in() -> str | Response:
    wanted = request.args.get("next", "")
    if viewer := access.viewer():
        return redirect(_way(viewer, wanted))
    return render_template("accounts/sign_in.html", form=SignInForm(formdata=None, next=wanted))


@rooms.post("/accounts/sign-in")
@access.public
@limiter.limit(sign_in_limit, deduct_when=failed)
@limiter.limit(person_limit, key_func=typed_email, exempt_when=nothing_typed, deduct_when=failed)
def enter() -> Response | tuple[str, int]:
    form = SignInForm()
    if form.validate():
        user = actions.user_with_password(str(form.email.data), str(form.password.data))
        if user:
            return redirect(_way(_let_in(user), form.next.data or ""), 303)
        form.password.errors = [_("The e-mail address or the password is wrong.")]
    return render_template("accounts/sign_in.html", form=form), 422


@rooms.post("/accounts/sign-out")
@access.signed_in
def sign_out() -> Response:
    viewer = access.required_viewer()
    actions.sign_out(viewer.id)
    session.clear()
    flash(_("You are signed out."), "success")
    return redirect(url_for(".sign_in"), 303)


def _let_in(user: User) -> Viewer:
    """Begin a session of the person's own: nothing from before comes along."""
    remember(user)
    audit.record("accounts.sign_in", f"user:{user.id}", user.id)
    return access.required_viewer()


def remember(user: User) -> None:
    """Make this browser's session, and no other, the person's."""
    session.clear()
    session["user"], session["epoch"] = user.id, user.epoch
    g.pop("viewer", None)


def _way(viewer: Viewer, wanted: str) -> str:
    """Where somebody was going, if it is here; else where their day begins."""
    if rules.is_own_path(wanted):
        return wanted
    return url_for(next((desk for role, desk in _DESKS.items() if viewer.has(role)), ".me"))


# ---- one-time links


@rooms.get("/accounts/link/<token>")
@access.public
def link(token: str) -> str | tuple[str, int]:
    found = queries.link(token)
    if found is None or not found.works:
        return _useless(found)
    return _link_page(found)


@rooms.post("/accounts/link/<token>")
@access.public
def use_link(token: str) -> Response | tuple[str, int]:
    found = queries.link(token)
    if found is None or not found.works:
        return _useless(found)
    form = _password_form(found)
    if form and not form.validate():
        return _link_page(found, form), 422
    user = actions.use_link(found.id)
    if user is None:
        return _useless(found)
    if form:
        actions.choose_password(user, str(form.password.data))
    return redirect(_way(_let_in(user), ""), 303)


def _password_form(link: queries.FoundLink) -> PasswordForm | None:
    """The form that a link leads to; none where it signs in at once."""
    if link.purpose == rules.Purpose.SIGN_IN:
        return None
    return PasswordForm(email=link.email, name=link.name)


def _link_page(link: queries.FoundLink, form: PasswordForm | None = None) -> str:
    return render_template(
        "accounts/link.html", link=link, form=form or _password_form(link), button=ActionForm()
    )


def _useless(link: queries.FoundLink | None) -> tuple[str, int]:
    return render_template("accounts/link_gone.html"), 410 if link else 404


# ---- forgotten


@rooms.get("/accounts/forgotten")
@access.public
def forgotten() -> str:
    return render_template("accounts/forgotten.html", form=ForgotForm())


@rooms.post("/accounts/forgotten")
@access.public
@limiter.limit(sign_in_limit)
@limiter.limit(sign_in_limit, key_func=typed_email, exempt_when=nothing_typed)
def ask_for_link() -> Response | tuple[str, int]:
    form = ForgotForm()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    actions.send_reset(str(form.email.data))
    flash(_("If somebody here has this address, a link is on its way there. It works for 2 hours."),
          "success")
    return redirect(url_for(".forgotten"), 303)
