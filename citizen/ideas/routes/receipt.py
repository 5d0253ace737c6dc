"""The receipt: found by its code, shown, corrected, withdrawn."""

from collections.abc import Mapping
from typing import Any

from flask import (
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, ids, kiosk, qr
from citizen.base.forms import ActionForm
from citizen.base.limits import guess_limited, limiter, receipt_limit
from citizen.base.uploads import takes_files
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.forms import read_photos
from citizen.contributions.models import Contribution
from citizen.ideas import actions, queries
from citizen.ideas.forms import CodeForm, LineForm, TextForm
from citizen.ideas.routes.appealing import second_eyes
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import (
    keep_photos,
    load_receipt,
    receipt_address,
)
from citizen.ideas.routes.revising import begins_with, correction, revised, sent_again
from citizen.ideas.routes.voices import alike_just_sent
from citizen.ideas.rules.chain import Step, chain
from citizen.programmes import queries as programme_queries


@rooms.after_request
def keep_receipts_secret(response: Response) -> Response:
    """A page opened with a code stays out of caches and search engines, and nothing stays on a kiosk."""
    if {"code", "token"} & set(request.view_args or {}) or kiosk.is_on():
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@rooms.get("/receipt")
@access.public
def find_receipt() -> str:
    return render_template("ideas/find_receipt.html", form=CodeForm())


@rooms.post("/receipt")
@access.public
@limiter.limit(receipt_limit)
def open_receipt() -> Response | tuple[str, int]:
    form = CodeForm()
    if form.validate():
        code = ids.read_code(form.code.data or "")
        if contribution_queries.by_receipt(code):
            return redirect(url_for(".receipt", code=code), 303)
        form.code.errors = [
            _("No idea has this code. Check the twelve letters and digits on your receipt.")
        ]
    return render_template("ideas/find_receipt.html", form=form), 422


@rooms.get("/receipt/<code>")
@access.public
@guess_limited
def receipt(code: str) -> str | Response:
    if place := kiosk.place():
        return _kiosk_receipt(place, code)
    return _receipt_page(load_receipt(code))


@rooms.get("/receipt/<code>/qr.svg")
@access.public
@guess_limited
def receipt_qr(code: str) -> Response:
    """The receipt's address as a picture, for whoever wants it as a file."""
    load_receipt(code)
    return Response(qr.code(receipt_address(ids.read_code(code))).svg, mimetype="image/svg+xml")


@rooms.get("/receipt/<code>/withdrawal")
@access.public
@guess_limited
def confirm_withdrawal(code: str) -> str:
    contribution = load_receipt(code)
    return render_template(
        "ideas/withdraw.html", form=ActionForm(), code=ids.read_code(code),
        text=contribution_queries.latest_text(contribution.id), contribution=contribution,
    )


@rooms.post("/receipt/<code>/withdrawal")
@access.public
@guess_limited
def withdraw(code: str) -> Response:
    contribution = load_receipt(code, for_change=True)
    contributions.withdraw(contribution)
    if contribution.kind == "voice":
        flash(_("Your line has been withdrawn. Nobody else can read it any more."), "success")
    else:
        flash(_("Your idea has been withdrawn. Nobody else can read it any more."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


@rooms.post("/receipt/<code>")
@access.public
@guess_limited
@takes_files(states.MOST_PICTURES, states.LARGEST_PICTURE)
def resend(code: str) -> Response | tuple[str, int]:
    # Before the database is asked: nobody else who writes waits for photos to be read.
    photos = read_photos()
    contribution = load_receipt(code, for_change=True)
    form = sent_again(contribution, photos)
    if not form.validate():
        keep_photos(states.held_by_receipt(contribution.ref), photos)
        return _receipt_page(contribution, form), 422
    typed = form.data
    contributions.resend(
        contribution, title=typed.get("title"), body=str(form.body.data), place=typed.get("place") or None,
        photos=photos.chosen,
    )
    if contribution.kind == "voice":
        flash(_("Thank you! Your corrected line has been sent."), "success")
    else:
        flash(_("Thank you! Your corrected idea has been sent."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


@rooms.post("/receipt/<code>/point")
@access.public
@guess_limited
def forget_point(code: str) -> Response:
    actions.forget_point(load_receipt(code, for_change=True).id)
    flash(_("The point has been removed."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


def _removed(contribution: Contribution, photos: Mapping[int, Any]) -> dict[str, Any] | None:
    """What others read and why, where staff have taken something out."""
    taken_out = contribution_queries.redaction(contribution.id)
    if taken_out is None:
        return None
    return {
        "text": contribution_queries.latest_text(contribution.id), "photos": photos[taken_out.version],
        "reason": contribution_queries.removed_for(contribution.id),
    }


def _receipt_page(contribution: Contribution, form: TextForm | LineForm | None = None) -> str:
    # Authors read their own words, whatever staff have taken out of them.
    text = contribution_queries.authors_text(contribution.id)
    photos = contribution_queries.photos(contribution.id)
    code = contributions.receipt_code(contribution.ref)
    programme, address = programme_queries.programme_by_id(contribution.programme_id), receipt_address(code)
    return render_template(
        "ideas/receipt.html", contribution=contribution, text=text, code=code,
        address=address, qr=qr.code(address), programme=programme, chain=_chain(contribution),
        gets_news=contribution_queries.contact(contribution.id) is not None,
        asked=contribution_queries.deletion_requests(contribution.id),
        form=form or correction(contribution, begins_with(contribution)),
        photos=photos[text.number], removed=_removed(contribution, photos),
        adds_to=queries.added_to([contribution.id]).get(contribution.id),
        alike=alike_just_sent(contribution, text, programme, code),
        point=queries.point_of(contribution.id), **_answered(contribution), **second_eyes(contribution),
        **revised(contribution),
        may_correct=states.author_may_correct(contribution.visibility),
        may_withdraw=states.author_may_withdraw(contribution.visibility),
    )


def _answered(contribution: Contribution) -> dict[str, Any]:
    """What an idea has gone into, and what the municipality has answered: to it, else to the other."""
    other = queries.merged_into([contribution.id]).get(contribution.id)
    answer = contribution_queries.official_answer(contribution.id)
    if answer is None and other:
        answer = contribution_queries.official_answer(other.id)
    return {"merged_into": other, "official": answer}


def _chain(contribution: Contribution) -> list[Step]:
    """The idea's way; the theme's room stands above and has said how to ask."""
    names = current_app.extensions["citizen.public_theme"](contribution.id)
    since = contribution_queries.joined_theme_at(contribution.id) or contribution.published_at
    return chain(
        contribution.visibility, contribution.submitted_at,
        contribution_queries.visibility_history(contribution.id, standing_only=True),
        contribution_queries.news_of(contribution.id),
        (names, since) if names and since else None,
    )


def _kiosk_receipt(place: dict[str, Any], code: str) -> str | Response:
    """What the one who stands at the device takes along; of the ones before, nothing can be opened."""
    code = ids.read_code(code)
    if not kiosk.may_show(code):
        return redirect(url_for(".new", kiosk=1, **place), 303)
    contribution, address = load_receipt(code), receipt_address(code)
    return render_template(
        "ideas/kiosk/receipt.html", contribution=contribution, code=code, qr=qr.code(address), place=place
    )
