"""Figures of moderation: of a programme and year for everybody, of what waits and who decides for staff."""

import csv
import io
from collections import Counter
from typing import Any

from flask import Response as FileResponse
from flask import abort, render_template, request
from werkzeug.wrappers import Response

from citizen.base import access, clock, locale
from citizen.base.access import Role
from citizen.base.forms import whole_number
from citizen.contributions.rules import Reason
from citizen.moderation import queries, rules
from citizen.moderation.models import YearFigures
from citizen.moderation.routes.blueprint import rooms
from citizen.moderation.routes.loading import own_municipalities
from citizen.programmes import queries as programme_queries
from citizen.programmes.models import Programme

WEEKS = 8
"""So far back staff see who has decided how much: enough to share out the work, and no more."""


@rooms.get("/moderation/programmes/<slug>")
@access.public
def public(slug: str) -> str:
    """What became of what came in within one year, the latest unless asked otherwise."""
    programme = _programme(slug)
    kept = queries.figures.kept(programme.id)
    years = list(kept)
    year = whole_number(request.args["year"]) if "year" in request.args else next(iter(years), None)
    if year is not None and year not in years:
        abort(404)
    return render_template(
        "moderation/figures/public.html", programme=programme, years=years, year=year,
        told=_told(kept[year]) if year else None, made_at=kept[year].made_at if year else None,
        least=rules.figures.LEAST,
    )


@rooms.get("/moderation/programmes/<slug>/figures.csv")
@access.public
def public_csv(slug: str) -> Response:
    """Every year in one file, a figure a row; docs/moderation-figures.md says what each is."""
    programme = _programme(slug)
    text = io.StringIO(newline="")
    # Without the mark, spreadsheets read the file as Windows-1252.
    text.write("\ufeff")
    separator = "," if locale.current() == "en" else ";"
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(("programme", "year", "figure", "reason", "value", "hidden"))
    for year, kept in queries.figures.kept(programme.id).items():
        writer.writerows((programme.slug, year, *row) for row in rules.figures.as_rows(_told(kept)))
    answer = FileResponse(text.getvalue(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{programme.slug}-moderation.csv")
    return answer


def _programme(slug: str) -> Programme:
    return programme_queries.programme(slug) or abort(404)


def _told(kept: YearFigures) -> rules.figures.Told:
    return rules.figures.rounded(rules.figures.told(rules.figures.from_json(kept.counted)))


# ---- staff


@rooms.get("/moderation/figures")
@access.staff(Role.MODERATOR)
def figures() -> str:
    own = own_municipalities()
    mondays = rules.figures.mondays(clock.today(), WEEKS)
    weeks = [rules.figures.begins(day, clock.LOCAL) for day in mondays]
    workload = queries.figures.workload(own, weeks)
    return render_template(
        "moderation/figures/staff.html", mondays=mondays, waiting=queries.figures.waiting(own, clock.now()),
        programmes={p.id: p for p in programme_queries.programmes_of(own)},
        durations=queries.figures.durations(own, weeks[-1]),
        workload=workload, totals=[sum(one.weeks[place] for one in workload) for place in range(WEEKS)],
        **_personal_data(own),
        removed=queries.figures.decided_for(Reason.PERSONAL_DATA, own, weeks[-1]),
    )


def _personal_data(municipalities: set[int]) -> dict[str, Any]:
    """In how many of the texts that wait there seems to be what kind of personal data."""
    found = queries.figures.hits(municipalities)
    return {"hits": Counter(kind for kinds in found for kind in kinds), "searched": len(found),
            "with_hits": sum(bool(kinds) for kinds in found)}
