"""Rules, the dry run, and the word to carry one out."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from citizen.base import access, clock
from citizen.base.access import Role
from citizen.base.errors import Conflict
from citizen.base.forms import VersionForm
from citizen.programmes.models import Municipality
from citizen.records import actions, queries
from citizen.records.forms import CarryOutForm, RuleForm
from citizen.records.routes.blueprint import rooms
from citizen.records.routes.loading import load_kind, load_mine, my_municipalities
from citizen.records.rules import COUNTED_FROM, Counted, Kind

Answer = Response | tuple[str, int]
RULE = "/records/<town>/retention/<kind>"
SHOWN = 50
# Lots in one request: a thousand records take seconds. The rest goes from the certificate's page.
LOTS_AT_ONCE = 5


@rooms.get("/records/")
@access.staff(Role.ADMINISTRATOR)
def mine() -> Response:
    """The records of the viewer's municipality, the first of several."""
    return redirect(url_for(".retention", town=my_municipalities()[0].slug))


@rooms.get("/records/<town>/retention")
@access.staff(Role.ADMINISTRATOR)
def retention(town: str) -> str:
    municipality = load_mine(town)
    return render_template(
        "records/retention.html", municipality=municipality, municipalities=my_municipalities(),
        kinds=list(Kind), rules=queries.rules_of(municipality.id),
    )


@rooms.get("/records/<town>/retention/plan")
@access.staff(Role.ADMINISTRATOR)
def plan(town: str) -> str:
    """What every rule would let go today. Reads, and changes nothing."""
    municipality = load_mine(town)
    return render_template(
        "records/plan.html", municipality=municipality, municipalities=my_municipalities(),
        lines=queries.plan(municipality.id), today=clock.today(),
    )


@rooms.get(RULE)
@access.staff(Role.ADMINISTRATOR)
def edit_rule(town: str, kind: str) -> str:
    municipality, named = load_mine(town), load_kind(kind)
    values = RuleForm.values_of(queries.rule(municipality.id, named))
    return _rule_page(municipality, named, RuleForm(named, formdata=None, **values))


@rooms.post(RULE)
@access.staff(Role.ADMINISTRATOR)
def save_rule(town: str, kind: str) -> Answer:
    municipality, named = load_mine(town), load_kind(kind)
    form = RuleForm(named)
    if not form.validate():
        return _rule_page(municipality, named, form), 422
    try:
        actions.save_rule(municipality, named, form.rule, version=form.seen_version,
                          user_id=access.required_viewer().id)
    except Conflict as conflict:
        # What was typed stays; saved once more, it goes over what is there now.
        now = queries.rule(municipality.id, named)
        form.version.data = str(now.version if now else 0)
        return _rule_page(municipality, named, form, conflict=str(conflict)), 409
    flash(_("Saved. Nothing is deleted until you carry the rule out."), "success")
    return redirect(url_for(".retention", town=town, _anchor=named.value), 303)


@rooms.post(RULE + "/removal")
@access.staff(Role.ADMINISTRATOR)
def remove_rule(town: str, kind: str) -> Response:
    municipality, named = load_mine(town), load_kind(kind)
    actions.remove_rule(municipality, named, version=VersionForm().seen_version,
                        user_id=access.required_viewer().id)
    flash(_("The rule has been removed. All records of this kind are kept."), "success")
    return redirect(url_for(".retention", town=town, _anchor=named.value), 303)


def _rule_page(municipality: Municipality, kind: Kind, form: RuleForm, conflict: str = "") -> str:
    return render_template(
        "records/rule.html", municipality=municipality, kind=kind, form=form, conflict=conflict,
        now=queries.rule(municipality.id, kind),
        only=COUNTED_FROM[kind] if len(COUNTED_FROM[kind]) == 1 else (),
    )


# ---- carrying out


@rooms.get(RULE + "/plan")
@access.staff(Role.ADMINISTRATOR)
def plan_one(town: str, kind: str) -> str:
    """What one rule would let go, by name, and the button."""
    return _plan_page(load_mine(town), load_kind(kind))


@rooms.post(RULE + "/carrying-out")
@access.staff(Role.ADMINISTRATOR)
def carry_out(town: str, kind: str) -> Answer:
    municipality, named, form = load_mine(town), load_kind(kind), CarryOutForm()
    if not form.validate():
        return _plan_page(municipality, named, form), 422
    rule, viewer = queries.rule(municipality.id, named), access.required_viewer()
    if rule is None or form.seen_until is None:
        raise Conflict(_("The rule has been changed meanwhile. Nothing was deleted. Do the dry run again."))
    certificate = actions.start(rule, form.seen_until, version=form.seen_version, user_id=viewer.id,
                                by_name=viewer.name)
    for _lot in range(LOTS_AT_ONCE):
        if not actions.carry_on(certificate):
            break
    return redirect(url_for(".certificate", town=town, ref=certificate.ref), 303)


def _plan_page(municipality: Municipality, kind: Kind, form: CarryOutForm | None = None) -> str:
    lines = queries.plan(municipality.id, only=kind)
    line = lines[0] if lines else None
    if line and form is None:
        form = CarryOutForm(formdata=None, version=str(line.rule.version), until=line.until.isoformat())
    rows: list[queries.DueRow] = []
    if line:
        counted = Counted(line.rule.counted_from)
        rows = queries.first_due(kind, counted, municipality.id, line.until, SHOWN)
    return render_template(
        "records/plan_one.html", municipality=municipality, kind=kind, line=line, rows=rows,
        form=form or CarryOutForm(formdata=None),
    )
