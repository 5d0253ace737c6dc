"""The receipt: found by its code, shown, corrected, withdrawn."""

from flask import (
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, ids
from citizen.base.forms import ActionForm
from citizen.base.limits import limiter
from citizen.base.uploads import takes_files
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.forms import Photos, read_photos
from citizen.contributions.models import Contribution, Picture, TextVersion
from citizen.ideas.forms import CodeForm, TextForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import keep_photos, receipt_address
from citizen.programmes import queries as programme_queries


@rooms.after_request
def keep_receipts_secret(response: Response) -> Response:
    """A page opened with a code stays out of caches and search engines."""
    if "code" in (request.view_args or {}):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def receipt_limit() -> str:
    return str(current_app.extensions["citizen.settings"].receipt_limit)


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
@limiter.limit(receipt_limit, deduct_when=lambda response: response.status_code == 404)
def receipt(code: str) -> str:
    return _receipt_page(_by_receipt(code))


@rooms.get("/receipt/<code>/withdrawal")
@access.public
@limiter.limit(receipt_limit, deduct_when=lambda response: response.status_code == 404)
def confirm_withdrawal(code: str) -> str:
    contribution = _by_receipt(code)
    return render_template(
        "ideas/withdraw.html", form=ActionForm(), code=ids.read_code(code),
        text=contribution_queries.latest_text(contribution.id), contribution=contribution,
    )


@rooms.post("/receipt/<code>/withdrawal")
@access.public
@limiter.limit(receipt_limit, deduct_when=lambda response: response.status_code == 404)
def withdraw(code: str) -> Response:
    contribution = _by_receipt(code, for_change=True)
    contributions.withdraw(contribution)
    flash(_("Your idea has been withdrawn. Nobody else can read it any more."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


@rooms.post("/receipt/<code>")
@access.public
@limiter.limit(receipt_limit, deduct_when=lambda response: response.status_code == 404)
@takes_files(states.MOST_PICTURES, states.LARGEST_PICTURE)
def resend(code: str) -> Response | tuple[str, int]:
    # Before the database is asked: nobody else who writes waits for photos to be read.
    photos = read_photos()
    contribution = _by_receipt(code, for_change=True)
    holder = states.held_by_receipt(contribution.ref)
    photos.look_up([*contribution_queries.held_pictures(holder), *_shown_now(contribution)])
    form = TextForm(pictures=photos)
    if not form.validate():
        keep_photos(holder, photos)
        return _receipt_page(contribution, form), 422
    contributions.resend(
        contribution, title=form.title.data, body=str(form.body.data), place=form.place.data or None,
        photos=photos.chosen,
    )
    flash(_("Thank you! Your corrected idea has been sent."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


def _by_receipt(code: str, *, for_change: bool = False) -> Contribution:
    return contribution_queries.by_receipt(code, for_change=for_change) or abort(404)


def _shown_now(contribution: Contribution) -> list[Picture]:
    number = contribution_queries.latest_text(contribution.id).number
    return [picture for picture, _alt in contribution_queries.pictures_of(contribution.id, number)]


def _correction(contribution: Contribution, text: TextVersion) -> TextForm:
    """The form in which an idea is corrected, as the idea is now."""
    photos = Photos(stored=contribution_queries.pictures_of(contribution.id, text.number))
    return TextForm(title=text.title, body=text.body, place=text.place, pictures=photos)


def _receipt_page(contribution: Contribution, form: TextForm | None = None) -> str:
    text = contribution_queries.latest_text(contribution.id)
    code = contributions.receipt_code(contribution.ref)
    programme = programme_queries.programme_by_id(contribution.programme_id)
    return render_template(
        "ideas/receipt.html", contribution=contribution, text=text, code=code,
        address=receipt_address(code), programme=programme,
        steps=contribution_queries.visibility_history(contribution.id, standing_only=True),
        news=contribution_queries.public_handling(contribution.id),
        form=form or _correction(contribution, text),
        photos=contribution_queries.photos(contribution.id)[text.number],
        may_correct=states.author_may_correct(contribution.visibility),
        may_withdraw=states.author_may_withdraw(contribution.visibility),
    )
