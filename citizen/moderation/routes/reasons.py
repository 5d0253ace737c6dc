"""What a municipality tells authors about each reason: its administrators write it."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, locale
from citizen.base.access import Role
from citizen.base.errors import Conflict
from citizen.contributions.rules import Reason
from citizen.moderation import actions, policy, queries
from citizen.moderation.forms.reasons import words_form
from citizen.moderation.routes.blueprint import rooms
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality

Answer = Response | tuple[str, int]


@rooms.get("/moderation/reasons")
@access.staff(Role.ADMINISTRATOR)
def reasons_of_mine() -> Response:
    """The words of the viewer's municipality, the first of several, in its first language."""
    mine = _municipalities() or abort(404)
    spoken = next((one for one in mine[0].languages if one in locale.LANGUAGES), locale.current())
    return redirect(url_for(".reason_words", town=mine[0].slug, written_in=spoken))


@rooms.get("/moderation/reasons/<town>/<written_in>")
@access.staff(Role.ADMINISTRATOR)
def reason_words(town: str, written_in: str) -> str:
    municipality = _load(town, written_in)
    words = queries.reason_words(municipality.id, written_in)
    form = words_form({**words, "seen": queries.words_seen(words)})
    return _page(municipality, written_in, form)


@rooms.post("/moderation/reasons/<town>/<written_in>")
@access.staff(Role.ADMINISTRATOR)
def change_reason_words(town: str, written_in: str) -> Answer:
    municipality, form = _load(town, written_in), words_form()
    if not form.validate():
        return _page(municipality, written_in, form), 422
    typed = {reason.value: form[reason.value].data or "" for reason in Reason}
    try:
        actions.change_reason_words(
            municipality, written_in, typed, seen=form.seen.data or "",
            user_id=access.required_viewer().id,
        )
    except Conflict as conflict:
        # What was typed stays; what somebody else has saved stands beside it.
        now = queries.reason_words(municipality.id, written_in)
        form.seen.data = queries.words_seen(now)
        return _page(municipality, written_in, form, conflict, now), 409
    flash(_("Saved"), "success")
    return redirect(url_for(".reason_words", town=town, written_in=written_in), 303)


def _municipalities() -> list[Municipality]:
    viewer = access.required_viewer()
    return [m for m in programme_queries.municipalities()
            if policy.may_change_reason_words(viewer, m.id)]


def _load(slug: str, language: str) -> Municipality:
    """The municipality of an address whose words the viewer may change, or not found."""
    found = programme_queries.municipality(slug)
    if found is None or language not in locale.LANGUAGES:
        abort(404)
    if not policy.may_change_reason_words(access.required_viewer(), found.id):
        abort(404)
    return found


def _page(
    municipality: Municipality, written_in: str, form: Any, conflict: Conflict | None = None,
    now: dict[str, str] | None = None,
) -> str:
    ours, own = queries.our_words(written_in), queries.own_words([municipality.id], written_in)
    return render_template(
        "moderation/reasons.html", municipality=municipality, municipalities=_municipalities(),
        written_in=written_in, form=form, conflict=conflict, ours=ours,
        reasons=list(Reason), own={reason for _town, reason in own},
        now=now or {},
    )
