"""How a moderator wants to hear what waits and in which languages, and the link that ends the mail."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.base.access import Role
from citizen.base.forms import ActionForm
from citizen.base.limits import guess_limited
from citizen.moderation import actions, queries, rules
from citizen.moderation.forms.digests import DigestForm
from citizen.moderation.forms.reading import ReadingForm, reading_form
from citizen.moderation.routes.blueprint import rooms


@rooms.get("/moderation/notices")
@access.staff(Role.MODERATOR)
def notices() -> str:
    choice = queries.digests.choice(access.required_viewer().id)
    return _page(DigestForm(
        rhythm=choice.rhythm if choice else rules.digests.Rhythm.NEVER.value,
        weekday=str(choice.weekday) if choice and choice.weekday is not None else "0",
    ))


@rooms.post("/moderation/notices")
@access.staff(Role.MODERATOR)
def choose_notices() -> Response | tuple[str, int]:
    form = DigestForm()
    if not form.validate():
        return _page(form), 422
    actions.choose_digest(access.required_viewer().id, str(form.rhythm.data), form.chosen_weekday)
    flash(_("Saved"), "success")
    return redirect(url_for(".notices"), 303)


@rooms.post("/moderation/notices/languages")
@access.staff(Role.MODERATOR)
def choose_languages() -> Response:
    """Which languages the viewer reads; whatever else is sent is left out."""
    form = ReadingForm()
    actions.choose_languages(
        access.required_viewer().id, form.chosen, hides_others=form.hides_others
    )
    flash(_("Saved"), "success")
    return redirect(url_for(".notices"), 303)


def _page(form: DigestForm) -> str:
    user_id = access.required_viewer().id
    return render_template(
        "moderation/notices.html", form=form, choice=queries.digests.choice(user_id),
        reading=reading_form(queries.reading_choice(user_id)),
        receiver=queries.digests.receiver(user_id), hour=rules.digests.HOUR,
    )


# ---- the link in every digest


@rooms.get("/moderation/notices/stop/<token>")
@access.public
@guess_limited
def stop_digest(token: str) -> str:
    """Ask first: programs that look for viruses open every link of a mail."""
    return _stop_page(_whose(token))


@rooms.post("/moderation/notices/stop/<token>")
@access.public
@guess_limited
def stop_digest_now(token: str) -> str:
    """Also asked by mail programs, which have no token of a form (RFC 8058): the address is the key."""
    user_id = _whose(token)
    actions.stop_digest(user_id)
    return _stop_page(user_id)


def _whose(token: str) -> int:
    return queries.digests.by_stop_token(token) or abort(404)


def _stop_page(user_id: int) -> str:
    return render_template(
        "moderation/stop.html", form=ActionForm(formdata=None),
        is_on=queries.digests.choice(user_id) is not None,
    )
