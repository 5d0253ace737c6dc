"""What everybody may read."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from citizen.base import access
from citizen.programmes import queries as programmes
from citizen.statements import queries
from citizen.statements.forms import GROUND_WORDS, GROUP_WORDS, METHOD_WORDS
from citizen.statements.routes.blueprint import rooms
from citizen.statements.routes.loading import filled_text, load_municipality, service_of
from citizen.statements.rules.texts import SECTIONS

KINDS = ("accessibility", "privacy", "rules")


@rooms.get("/statements/<kind>")
@access.public
def choose(kind: str) -> Response | str:
    """The only municipality's page, or a list where several run the service.

    Every page links here: where it leads to is asked only when somebody goes there.
    """
    if kind not in KINDS:
        abort(404)
    found = programmes.municipalities()
    if len(found) == 1:
        return redirect(url_for(f".{kind}", town=found[0].slug, page=request.args.get("page")))
    return render_template("statements/choose.html", kind=kind, municipalities=found)


@rooms.get("/statements/<town>/accessibility")
@access.public
def accessibility(town: str) -> str:
    municipality = load_municipality(town)
    stated = queries.profile(municipality.id)
    return render_template(
        "statements/accessibility.html", municipality=municipality, stated=stated,
        service=service_of(stated), report=queries.report(municipality), product=queries.product(),
        changed=queries.last_change(municipality, "accessibility"), **words(),
    )


@rooms.get("/statements/<town>/privacy")
@access.public
def privacy(town: str) -> str:
    return _text_page(town, "privacy")


@rooms.get("/statements/<town>/rules")
@access.public
def rules(town: str) -> str:
    return _text_page(town, "rules")


def words() -> dict[str, Any]:
    """The words that pages about barriers have for codes."""
    return {"group_words": GROUP_WORDS, "method_words": METHOD_WORDS, "ground_words": GROUND_WORDS}


def _text_page(town: str, kind: str) -> str:
    municipality = load_municipality(town)
    stated, own = queries.profile(municipality.id), queries.own_texts(municipality.id, kind)
    said = [(s, *filled_text(municipality, stated, kind, s, own.get(s, {}))) for s in SECTIONS[kind]]
    return render_template(
        "statements/text.html", kind=kind, municipality=municipality, said=said,
        service=service_of(stated), changed=queries.last_change(municipality, kind),
    )
