"""The municipality, rule, certificate or case that an address names."""

from flask import abort, get_template_attribute

from citizen.base import access
from citizen.contributions.rules import Reason
from citizen.programmes import queries as programmes
from citizen.programmes.models import Municipality
from citizen.records import policy, queries
from citizen.records.models import CaseItem, SubjectCase
from citizen.records.rules import Kind


def load_mine(slug: str) -> Municipality:
    """A municipality whose records the viewer answers for, or not found."""
    found = programmes.municipality(slug) or abort(404)
    return found if policy.may_keep_records(access.required_viewer(), found.id) else abort(404)


def my_municipalities() -> list[Municipality]:
    """Every municipality whose records the viewer answers for."""
    viewer = access.required_viewer()
    return [m for m in programmes.municipalities() if policy.may_keep_records(viewer, m.id)]


def load_kind(name: str) -> Kind:
    """A kind of record, or not found."""
    try:
        return Kind(name)
    except ValueError:
        abort(404)


def load_case(town: str, ref: str, *, for_change: bool = False) -> tuple[Municipality, SubjectCase]:
    """A case of a municipality of the viewer's, or not found."""
    municipality = load_mine(town)
    return municipality, queries.case(municipality.id, ref, for_change=for_change) or abort(404)


def load_item(town: str, ref: str, item_id: int, *, for_change: bool = False) -> tuple[SubjectCase, CaseItem]:
    """A record of a case, or not found."""
    _municipality, case = load_case(town, ref, for_change=for_change)
    return case, queries.case_item(case.id, item_id) or abort(404)


def reasons_in_words() -> dict[str, str]:
    """Reason codes in the reader's language."""
    reason = get_template_attribute("parts/states.html", "reason")
    return {one.value: str(reason(one.value).unescape()) for one in Reason}
