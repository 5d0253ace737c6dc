"""Submit, read, support; and the receipt with which an author follows an idea."""

import secrets
import uuid

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock, ids, locale
from citizen.base.forms import ActionForm, choices
from citizen.base.limits import limiter
from citizen.base.pages import asked_page
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions import rules as states
from citizen.contributions.models import Contribution
from citizen.ideas import actions, queries
from citizen.ideas.forms import CodeForm, IdeaForm, SearchForm, TextForm
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Municipality, Programme
from citizen.programmes.rules import nearest_municipality, takes_ideas

rooms = Blueprint("ideas", __name__)


@rooms.after_request
def keep_receipts_secret(response: Response) -> Response:
    """A page opened with a code stays out of caches and search engines."""
    if "code" in (request.view_args or {}):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def submit_limit() -> str:
    return str(current_app.extensions["citizen.settings"].submit_limit)


def receipt_limit() -> str:
    return str(current_app.extensions["citizen.settings"].receipt_limit)


# ---- the list and one idea


@rooms.get("/ideas/<slug>")
@access.public
def index(slug: str) -> str:
    programme = _programme(slug)
    form = SearchForm(request.args)
    form.municipality.choices = choices(("", _("All municipalities")), *_municipality_choices(programme))
    chosen = {m.slug: m for m in programme.municipalities}.get(form.municipality.data or "")
    page = queries.public_ideas(
        programme.id,
        words=form.q.data or "",
        language=locale.match(form.written_in.data) or "",
        municipality_id=chosen.id if chosen else None,
        by_support=form.sort.data == "support",
        page=asked_page(),
    )
    if page.number > page.last:
        abort(404)
    return render_template(
        "ideas/index.html", programme=programme, form=form, page=page,
        names={m.id: m.names for m in programme.municipalities},
        takes_ideas=takes_ideas(programme.phases, clock.today()),
        is_filtered=any(request.args.get(n) for n in ("q", "written_in", "municipality")),
    )


@rooms.get("/ideas/<slug>/<ref>")
@access.public
def show(slug: str, ref: str) -> str:
    programme, idea = _public_idea(slug, ref)
    browser = session.get("browser")
    return render_template(
        "ideas/show.html", programme=programme, idea=idea, form=ActionForm(),
        municipality=_municipality(programme, idea.municipality_id),
        news=contribution_queries.public_handling(idea.id),
        supported=bool(browser) and queries.has_supported(idea.id, str(browser)),
    )


@rooms.post("/ideas/<slug>/<ref>/support")
@access.public
def support(slug: str, ref: str) -> Response:
    _programme_found, idea = _public_idea(slug, ref)
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
        session.permanent = True
    actions.support_idea(idea.id, session["browser"])
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


@rooms.post("/ideas/<slug>/<ref>/support/withdrawal")
@access.public
def withdraw_support(slug: str, ref: str) -> Response:
    _programme_found, idea = _public_idea(slug, ref)
    if browser := session.get("browser"):
        actions.withdraw_support(idea.id, browser)
    return redirect(url_for(".show", slug=slug, ref=ref), 303)


# ---- the form


@rooms.get("/ideas/<slug>/new")
@access.public
def new(slug: str) -> str:
    programme = _programme(slug)
    form = _idea_form(programme)
    form.client_key.data = str(uuid.uuid4())
    form.written_in.data = locale.current()
    form.municipality.data = _likely_municipality(programme)
    return _form_page(programme, form)


@rooms.post("/ideas/<slug>/new")
@access.public
@limiter.limit(submit_limit)
def create(slug: str) -> Response | tuple[str, int]:
    programme = _programme(slug)
    form = _idea_form(programme)
    valid = form.validate()
    if valid and (sent := _sent_before(form)):
        return redirect(url_for(".receipt", code=contributions.receipt_code(sent.ref)), 303)
    if not valid or not takes_ideas(programme.phases, clock.today()):
        return _form_page(programme, form), 422
    contribution, is_new = actions.submit_idea(_new_idea(programme, form))
    code = contributions.receipt_code(contribution.ref)
    if is_new and form.email.data:
        actions.promise_news(contribution, form.email.data, _receipt_address(code))
    flash(_("Thank you! Your idea has been sent."), "success")
    return redirect(url_for(".receipt", code=code), 303)


def _sent_before(form: IdeaForm) -> Contribution | None:
    """What the same sending has stored already.

    Whoever goes back and writes something else sends the old key with a new idea: it gets its own.
    """
    found = contribution_queries.by_client_key(f"web:{form.client_key.data}")
    if found is None:
        return None
    first = contribution_queries.first_text(found.id)
    if (first.title, first.body) == (form.title.data, form.body.data):
        return found
    form.client_key.data = str(uuid.uuid4())
    return None


def _idea_form(programme: Programme) -> IdeaForm:
    form = IdeaForm()
    form.municipality.choices = choices(*_municipality_choices(programme))
    if len(programme.municipalities) == 1:
        form.municipality.data = programme.municipalities[0].slug
    return form


def _form_page(programme: Programme, form: IdeaForm) -> str:
    return render_template(
        "ideas/new.html", programme=programme, form=form,
        takes_ideas=takes_ideas(programme.phases, clock.today()),
    )


def _likely_municipality(programme: Programme) -> str | None:
    """The one a poster or link names, else the only one that speaks the reader's language."""
    by_id = {m.id: m for m in programme.municipalities}
    asked = request.args.get("municipality")
    if asked in {m.slug for m in by_id.values()}:
        return asked
    found = nearest_municipality(locale.current(), [(m.id, m.languages) for m in by_id.values()])
    return by_id[found].slug if found else None


def _new_idea(programme: Programme, form: IdeaForm) -> actions.NewIdea:
    by_slug = {m.slug: m for m in programme.municipalities}
    return actions.NewIdea(
        programme_id=programme.id,
        municipality_id=by_slug[str(form.municipality.data)].id,
        source=states.Source.WEB,
        language=str(form.written_in.data),
        client_key=f"web:{form.client_key.data}",
        title=str(form.title.data),
        body=str(form.body.data),
        place=form.place.data or None,
        sector=form.sector.data or None,
    )


# ---- the receipt


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


def _by_receipt(code: str, *, for_change: bool = False) -> Contribution:
    return contribution_queries.by_receipt(code, for_change=for_change) or abort(404)


def _receipt_page(contribution: Contribution, form: TextForm | None = None) -> str:
    text = contribution_queries.latest_text(contribution.id)
    code = contributions.receipt_code(contribution.ref)
    programme = programme_queries.programme_by_id(contribution.programme_id)
    return render_template(
        "ideas/receipt.html", contribution=contribution, text=text, code=code,
        address=_receipt_address(code), programme=programme,
        steps=contribution_queries.visibility_history(contribution.id, standing_only=True),
        news=contribution_queries.public_handling(contribution.id),
        form=form or TextForm(title=text.title, body=text.body, place=text.place),
        may_correct=states.author_may_correct(contribution.visibility),
        may_withdraw=states.author_may_withdraw(contribution.visibility),
    )


def _receipt_address(code: str) -> str:
    base = current_app.extensions["citizen.settings"].base_url
    return f"{base}{url_for('ideas.receipt', code=code)}"


# ---- loading


def _programme(slug: str) -> Programme:
    return programme_queries.programme(slug) or abort(404)


def _public_idea(slug: str, ref: str) -> tuple[Programme, queries.PublicIdea]:
    programme, idea = _programme(slug), queries.public_idea(ref)
    if idea is None or idea.programme_id != programme.id:
        abort(404)
    return programme, idea


def _municipality(programme: Programme, municipality_id: int) -> Municipality:
    return next(m for m in programme.municipalities if m.id == municipality_id)


def _municipality_choices(programme: Programme) -> list[tuple[str, str]]:
    language = locale.current()
    return [(m.slug, locale.in_language(m.names, language)[0]) for m in programme.municipalities]
