"""Whatever people type is text on every page that shows it, and in every file that is made of it."""

import csv
import io
import json

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.programmes import queries as programmes
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.moderation.test_merging import merge
from tests.moderation.test_reports import report
from tests.pages import Browser
from tests.records.things import TOWN, a_case
from tests.world import World

EVIL = '"\'><script src=//evil.example></script><img/src=x/onerror=alert(1)>{{7*7}}%(x)s'
# The field that shows a text again has it escaped; raw it stands nowhere.
RAW = ("<script src=//evil", "<img/src=x", "{{7*7}}<", ">49<")


@pytest.fixture
def idea(app: Flask, world: World, moderator: Browser) -> str:
    ref = an_idea(app, world, title=f"T {EVIL}", body=f"B {EVIL}", place=f"P {EVIL}", state="published")
    other = an_idea(app, world, title=f"O {EVIL}", body=f"Vegen {EVIL}", state="published")
    report(app, ref, "hate", f"R {EVIL}")
    browser = Browser(app, language="nn")
    assert merge(moderator, ref, other).status == 303
    version = 3
    moderator.post(f"/en/moderation/{ref}/answer",
                   {"body": f"A {EVIL}", "signed": f"S {EVIL}", "version": str(version)})
    moderator.post(f"/en/moderation/{ref}/notes", {"body": f"N {EVIL}"})
    with app.app_context():
        contributions.ask_deletion(load(ref), f"D {EVIL}")
        version = load(ref).version
        session.commit()
    moderator.post("/en/moderation/views", {"name": f"V {EVIL}"[:60]})
    done = moderator.post(f"/en/moderation/{ref}", {
        "decision": "hidden", "version": str(version), "reason": "attack", "words": f"W {EVIL}",
    })
    assert done.status == 303
    assert browser.post(f"/nn/receipt/{code_of(app, ref)}/appeal", {"words": f"E {EVIL}"}).status == 303
    return ref


def test_on_no_page_is_it_markup(
    app: Flask, world: World, moderator: Browser, administrator: Browser, browser: Browser, idea: str
) -> None:
    code, case = code_of(app, idea), f"/en/records/{TOWN}/cases/{a_case(app, world)}"
    administrator.post(f"{case}/records", {"by": "email", "chosen": [f"contribution:{idea}"]})
    with app.app_context():
        slug = programmes.programme_by_id(world.programme).slug
    pages = [
        *(moderator.get(f"/en/moderation/{path}") for path in (
            "", idea, f"{idea}/appeal", f"{idea}/notes", f"{idea}/answer", f"{idea}/move", f"{idea}/merge",
            "deletions", "deletions/1", "held", "?state=hidden", "figures", "second",
        )),
        moderator.post(f"/en/moderation/{idea}/dossier", {"format": "html"}),
        *(browser.get(f"/en/receipt/{code}{path}")
          for path in ("", "/data", "/appeal", "/deletion", "/news")),
        browser.get(f"/en/ideas/{slug}"), browser.get(f"/en/ideas/{slug}?q=%3Cimg/src=x%3E"),
        administrator.get(case), administrator.post(f"{case}/extract"),
    ]
    for page in pages:
        assert page.status == 200, page.text[:300]
        assert [raw for raw in RAW if raw in page.html] == []


def test_in_files_it_is_what_was_typed(app: Flask, world: World, moderator: Browser, idea: str) -> None:
    told = json.loads(moderator.post(f"/en/moderation/{idea}/dossier", {"format": "json"}).response.data)
    assert told["texts"][0]["text"] == f"B {EVIL}"
    pdf = moderator.post(f"/en/moderation/{idea}/dossier", {"format": "pdf"}).response
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Content-Disposition"].startswith('attachment; filename="dossier-I-')
    assert b"/JavaScript" not in pdf.data
    assert b"/URI" not in pdf.data


def test_the_figures_open_in_a_spreadsheet_without_a_formula(
    app: Flask, world: World, browser: Browser
) -> None:
    text = browser.get(f"/en/moderation/programmes/{world.slug}/figures.csv").response.get_data(as_text=True)
    for row in csv.reader(io.StringIO(text)):
        assert not [cell for cell in row if cell[:1] in "=+-@" and cell]
