"""Certificates of disposal: the list, the page for print, the file."""

from flask import Response as FileResponse
from flask import abort, flash, get_template_attribute, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from citizen.base import access, audit, locale, pdf
from citizen.base.access import Role
from citizen.base.pages import asked_page
from citizen.base.transaction import nothing_changed
from citizen.programmes.models import Municipality
from citizen.records import actions, queries
from citizen.records.models import Certificate
from citizen.records.routes.blueprint import rooms
from citizen.records.routes.loading import load_mine, my_municipalities
from citizen.records.routes.retention import LOTS_AT_ONCE
from citizen.records.rules.paper import certificate as laid_out

CERTIFICATE = "/records/<town>/certificates/<ref>"


@rooms.get("/records/<town>/certificates")
@access.staff(Role.ADMINISTRATOR)
def certificates(town: str) -> str:
    municipality = load_mine(town)
    page = queries.certificates(municipality.id, asked_page())
    if page.number > page.last:
        abort(404)
    return render_template("records/certificates.html", municipality=municipality,
                           municipalities=my_municipalities(), page=page)


@rooms.get(CERTIFICATE)
@access.staff(Role.ADMINISTRATOR)
def certificate(town: str, ref: str) -> str:
    municipality, found = _load(town, ref)
    return render_template("records/certificate.html", municipality=municipality, certificate=found,
                           facts=_facts(municipality, found))


@rooms.post(CERTIFICATE + "/rest")
@access.staff(Role.ADMINISTRATOR)
def carry_on(town: str, ref: str) -> Response:
    """Delete what is left of a long list."""
    _municipality, found = _load(town, ref)
    lots = 0
    while lots < LOTS_AT_ONCE and actions.carry_on(found):
        lots += 1
    if not lots:
        if not audit.was_recorded():
            # Somebody else has finished it, and that left its row.
            nothing_changed()
        flash(_("Nothing was left to delete."), "success")
    return redirect(url_for(".certificate", town=town, ref=ref), 303)


@rooms.get(CERTIFICATE + ".pdf")
@access.staff(Role.ADMINISTRATOR)
def certificate_file(town: str, ref: str) -> FileResponse:
    municipality, found = _load(town, ref)
    heading = _("Certificate of disposal")
    content = pdf.sheet(
        laid_out(heading, _facts(municipality, found), _foot(), pdf.width), title=f"{heading} {ref}",
        author=_name(municipality), language=locale.current(),
    )
    answer = FileResponse(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{ref}.pdf")
    return answer


def _load(town: str, ref: str) -> tuple[Municipality, Certificate]:
    municipality = load_mine(town)
    return municipality, queries.certificate(municipality.id, ref) or abort(404)


def _name(municipality: Municipality) -> str:
    return locale.in_language(municipality.names, locale.current(), municipality.languages)[0]


def _foot() -> str:
    return str(_("The records named above have been deleted and cannot be brought back. "
                 "Figures about them are kept. The certificate tells of no content."))


def _facts(municipality: Municipality, found: Certificate) -> list[tuple[str, str]]:
    """Label and value of each line, for the page and for paper."""
    kind, counted_from, with_it = (
        get_template_attribute("records/parts.html", name)
        for name in ("kind_name", "counted_from", "with_it")
    )
    facts = [
        (_("Certificate"), found.ref), (_("Municipality"), _name(municipality)),
        (_("Kind of record"), _said(kind(found.kind))), (_("How many"), locale.number(found.count)),
        (_("From and to"), _span(found)),
        (_("Number of the decision"),
         _("%(number)s of %(day)s", number=found.decision, day=locale.day(found.decided_on))),
    ]
    if found.months is not None:
        months = ngettext("Kept for %(count)s month", "Kept for %(count)s months", found.months,
                          count=locale.number(found.months))
        facts += [(_("Rule"), months), (_("Counted from"), _said(counted_from(found.counted_from)))]
    if found.until is not None:
        facts.append((_("Deleted up to and with"), locale.day(found.until)))
    if found.case_ref:
        facts.append((_("Asked for in case"), found.case_ref))
    if found.with_it:
        facts.append((_("Went with it"), _said(with_it(found.with_it))))
    facts += [(_("Begun"), locale.moment(found.started_at)),
              (_("Finished"), locale.moment(found.finished_at) if found.finished_at else _("Not yet")),
              (_("By"), found.by_name or _("The command line"))]
    return facts


def _span(found: Certificate) -> str:
    if found.first_on is None or found.last_on is None:
        return ""
    return f"{locale.day(found.first_on)} – {locale.day(found.last_on)}"


def _said(words: object) -> str:
    return " ".join(str(getattr(words, "unescape", lambda: words)()).split())
