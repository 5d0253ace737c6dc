"""What an author may do beside reading the receipt: take the data along, ask for deletion, steer news."""

import json

from flask import Response as FileResponse
from flask import abort, flash, get_template_attribute, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, ids, locale
from citizen.base.forms import ActionForm
from citizen.base.limits import guess_limited, limiter, receipt_limit
from citizen.base.pages import whole_address
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Reason
from citizen.ideas import actions, queries
from citizen.ideas.forms import DeletionForm, NewsForm
from citizen.ideas.routes.blueprint import rooms
from citizen.ideas.routes.loading import load_receipt, receipt_address
from citizen.ideas.rules.own_data import own_data
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality

Answer = Response | tuple[str, int]

# ---- my data


@rooms.get("/receipt/<code>/data")
@access.public
@guess_limited
def own(code: str) -> str:
    """Everything kept about an idea, to read and to print."""
    contribution = load_receipt(code)
    return render_template(
        "ideas/receipt/data.html", contribution=contribution, code=ids.read_code(code),
        programme=programme_queries.programme_by_id(contribution.programme_id),
        municipality=_municipality(contribution), title_of=_title_of, **queries.kept(contribution.id),
    )


@rooms.get("/receipt/<code>/data.json")
@access.public
@guess_limited
def own_file(code: str) -> Response:
    """The same as a file that programs read."""
    contribution = load_receipt(code)
    text = json.dumps(_own_data(contribution, ids.read_code(code)), ensure_ascii=False, indent=2)
    answer = FileResponse(text + "\n", mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{contribution.ref}.json")
    return answer


def _own_data(contribution: Contribution, code: str) -> dict[str, object]:
    language = locale.current()
    programme = programme_queries.programme_by_id(contribution.programme_id)
    reason = get_template_attribute("parts/states.html", "reason")
    return own_data(
        idea=contribution, programme=locale.in_language(programme.titles, language)[0],
        municipality=locale.in_language(_municipality(contribution).names, language)[0],
        title_of=lambda programme_id: _title_of(programme_id)[0],
        in_words={one.value: reason(one.value).unescape() for one in Reason},
        address_of=lambda ref: whole_address(url_for("pictures.show", ref=ref, size="full", code=code)),
        **queries.kept(contribution.id),
    )


def _title_of(programme_id: int) -> tuple[str, str]:
    """What a programme is called, and in which language."""
    return locale.in_language(programme_queries.programme_by_id(programme_id).titles, locale.current())


def _municipality(contribution: Contribution) -> Municipality:
    return next(m for m in programme_queries.municipalities() if m.id == contribution.municipality_id)


# ---- deletion


@rooms.get("/receipt/<code>/deletion")
@access.public
@guess_limited
def deletion(code: str) -> str:
    return _deletion_page(load_receipt(code), code, DeletionForm())


@rooms.post("/receipt/<code>/deletion")
@access.public
@guess_limited
@limiter.limit(receipt_limit)
def ask_deletion(code: str) -> Answer:
    """Note the request. Nothing is deleted: somebody decides by the law and answers."""
    contribution, form = load_receipt(code, for_change=True), DeletionForm()
    if not form.validate():
        return _deletion_page(contribution, code, form), 422
    contributions.ask_deletion(contribution, form.words.data or None)
    flash(_("The municipality has got your request. The answer will stand on this receipt."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


def _deletion_page(contribution: Contribution, code: str, form: DeletionForm) -> str:
    asked = contribution_queries.deletion_requests(contribution.id)
    return render_template(
        "ideas/receipt/deletion.html", contribution=contribution, code=ids.read_code(code), form=form,
        asked=asked, waits=any(one.handled_at is None for one in asked),
        municipality=_municipality(contribution),
        text=contribution_queries.latest_text(contribution.id),
    )


# ---- news by mail


@rooms.get("/receipt/<code>/news")
@access.public
@guess_limited
def news(code: str) -> str:
    return _news_page(load_receipt(code), code, NewsForm())


@rooms.post("/receipt/<code>/news")
@access.public
@guess_limited
@limiter.limit(receipt_limit)
def ask_news(code: str) -> Answer:
    contribution, form = load_receipt(code, for_change=True), NewsForm()
    if not form.validate():
        return _news_page(contribution, code, form), 422
    actions.promise_news(contribution, str(form.email.data), later=True)
    flash(_("News about your idea now goes to %(email)s.", email=form.email.data), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


@rooms.post("/receipt/<code>/news/end")
@access.public
@guess_limited
def end_news(code: str) -> Response:
    contributions.stop_news(load_receipt(code, for_change=True))
    flash(_("You get no more news about this idea. Your address has been removed."), "success")
    return redirect(url_for(".receipt", code=ids.read_code(code)), 303)


def _news_page(contribution: Contribution, code: str, form: NewsForm) -> str:
    return render_template(
        "ideas/receipt/news.html", contribution=contribution, code=ids.read_code(code), form=form,
        contact=contribution_queries.contact(contribution.id), address=receipt_address(ids.read_code(code)),
    )


# ---- the link in every mail


@rooms.get("/receipt/stop/<token>")
@access.public
@guess_limited
def stop(token: str) -> str:
    """Ask first: programs that look for viruses open every link of a mail."""
    contribution = contribution_queries.by_stop_token(token) or abort(404)
    return _stop_page(contribution)


@rooms.post("/receipt/stop/<token>")
@access.public
@guess_limited
def stop_now(token: str) -> str:
    """Also asked by mail programs, which have no token of a form (RFC 8058): the address is the key."""
    contribution = contribution_queries.by_stop_token(token, for_change=True) or abort(404)
    contributions.stop_news(contribution)
    return _stop_page(contribution)


def _stop_page(contribution: Contribution) -> str:
    return render_template(
        "ideas/receipt/stop.html", contribution=contribution, form=ActionForm(formdata=None),
        text=contribution_queries.latest_text(contribution.id),
        contact=contribution_queries.contact(contribution.id),
    )
