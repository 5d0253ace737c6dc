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
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.models import Contribution
from citizen.ideas import actions, queries
from citizen.ideas.forms import CodeForm, TextForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import receipt_address
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
def resend(code: str) -> Response | tuple[str, int]:
    contribution = _by_receipt(code, for_change=True)
    form = TextForm()
    if not form.validate():
        return _receipt_page(contribution, form), 422
    contributions.resend(
        contribution, title=form.title.data, body=str(form.body.data), place=form.place.data or None
    )
    flash(_("Thank you! Your corrected idea has been sent."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


@rooms.post("/receipt/<code>/point")
@access.public
@limiter.limit(receipt_limit, deduct_when=lambda response: response.status_code == 404)
def forget_point(code: str) -> Response:
    actions.forget_point(_by_receipt(code, for_change=True).id)
    flash(_("The point has been removed."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


def _by_receipt(code: str, *, for_change: bool = False) -> Contribution:
    return contribution_queries.by_receipt(code, for_change=for_change) or abort(404)


def _receipt_page(contribution: Contribution, form: TextForm | None = None) -> str:
    text = contribution_queries.latest_text(contribution.id)
    code = contributions.receipt_code(contribution.ref)
    programme = programme_queries.programme_by_id(contribution.programme_id)
    return render_template(
        "ideas/receipt.html", contribution=contribution, text=text, code=code,
        address=receipt_address(code), programme=programme,
        steps=contribution_queries.visibility_history(contribution.id, standing_only=True),
        news=contribution_queries.public_handling(contribution.id),
        form=form or TextForm(title=text.title, body=text.body, place=text.place),
        point=queries.point_of(contribution.id),
        may_correct=states.author_may_correct(contribution.visibility),
        may_withdraw=states.author_may_withdraw(contribution.visibility),
    )
