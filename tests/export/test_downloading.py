"""Files for others, opened again and looked into."""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from citizen.base import clock, ids
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.export.rules.columns import columns
from citizen.export.rules.files import Variant, What
from citizen.ideas.actions import support_idea
from citizen.moderation import actions as moderation
from citizen.themes.models import Placement, Theme
from tests import queries
from tests.export.material import Material, build
from tests.factories import an_idea, decide, load
from tests.pages import Browser, Page
from tests.world import World


@pytest.fixture
def material(app: Flask, world: World) -> Material:
    return build(app, world)


def asked(browser: Browser, **changes: str) -> Page:
    values = {"what": "ideas", "variant": "public", "format": "json", "separator": "semicolon", **changes}
    page = browser.post("/sv/export/granslandet", values)
    # A server closes the file once it has been sent; the test client leaves that to us.
    page.response.get_data()
    page.response.close()
    return page


def document(browser: Browser, **changes: str) -> dict[str, Any]:
    page = asked(browser, what="everything", **changes)
    assert page.status == 200, page.text
    found: dict[str, Any] = json.loads(page.response.data)
    return found


def sheet(browser: Browser, **changes: str) -> list[dict[str, str]]:
    page = asked(browser, format="csv", **changes)
    separator = "," if changes.get("separator") == "comma" else ";"
    text = page.response.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


# ---- who may


def test_the_page_offers_both_variants_to_a_facilitator(facilitator: Browser, material: Material) -> None:
    page = facilitator.get("/sv/export/granslandet")
    assert page.status == 200
    assert 'value="internal"' in page.html
    assert 'value="semicolon" checked' in page.html
    assert 'value="comma" checked' in facilitator.get("/en/export/granslandet").html


@pytest.mark.parametrize("who", ["moderator", "administrator"])
def test_other_staff_may_take_out_the_public_variant_alone(
    request: pytest.FixtureRequest, material: Material, who: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert 'value="internal"' not in browser.get("/nn/export/granslandet").html
    assert asked(browser).status == 200
    assert asked(browser, variant="internal").status == 403


def test_staff_from_elsewhere_find_nothing(stranger: Browser, material: Material) -> None:
    assert stranger.get("/sv/export/granslandet").status == 404
    assert asked(stranger).status == 404


def test_nobody_else_gets_in(browser: Browser, facilitator: Browser, material: Material) -> None:
    assert "/sign-in" in browser.get("/sv/export/granslandet").location
    assert asked(browser).status == 401
    assert facilitator.get("/sv/export/nowhere").status == 404


@pytest.mark.parametrize("field", ["what", "variant", "format", "separator"])
def test_what_is_not_offered_is_not_written(facilitator: Browser, material: Material, field: str) -> None:
    for value in ("", "secrets", "../../etc/passwd"):
        page = asked(facilitator, **{field: value})
        assert page.status == 422
        assert page.response.mimetype == "text/html"


def test_every_download_leaves_a_row_without_words(
    app: Flask, facilitator: Browser, material: Material, world: World
) -> None:
    asked(facilitator, variant="internal", format="xlsx", what="themes")
    with app.app_context():
        [row] = session.scalars(select(AuditRow).where(AuditRow.action == "export.download"))
        assert (row.actor_id, row.subject) == (world.facilitator, "granslandet")
        assert row.details == {"what": "themes", "variant": "internal", "format": "xlsx"}


# ---- what is in it


def test_the_public_variant_has_what_is_published_and_nothing_else(
    facilitator: Browser, material: Material
) -> None:
    found = document(facilitator)
    assert [idea["id"] for idea in found["ideas"]] == material.published
    assert {idea["visibility"] for idea in found["ideas"]} == {"published"}
    assert list(found["ideas"][0]) == [c.name for c in columns(What.IDEAS, Variant.PUBLIC)]
    everything = json.dumps(found, ensure_ascii=False)
    for secret in ("hemlig", "off_topic", material.hidden_candidate, "Intern kandidat"):
        assert secret not in everything


def test_the_internal_variant_has_every_state_and_no_withdrawn_text(
    facilitator: Browser, material: Material
) -> None:
    found = {idea["id"]: idea for idea in document(facilitator, variant="internal")["ideas"]}
    states = {idea["visibility"] for idea in found.values()}
    assert states == {"published", "submitted", "rejected", "returned", "hidden", "withdrawn"}
    rejected = next(idea for idea in found.values() if idea["visibility"] == "rejected")
    assert (rejected["reason"], rejected["text"]) == ("off_topic", "En hemlig text")
    assert rejected["theme_id"] is None
    withdrawn = next(idea for idea in found.values() if idea["visibility"] == "withdrawn")
    told = {name: value for name, value in withdrawn.items() if value is not None}
    assert set(told) == {"id", "programme", "visibility"}


@pytest.mark.parametrize("variant", ["public", "internal"])
def test_a_merge_and_an_answer_are_told_as_long_as_they_stand(
    app: Flask, facilitator: Browser, material: Material, variant: str
) -> None:
    first, second, hidden, *_rest = material.published
    user = {"user_id": material.world.moderator}

    def told() -> dict[str, tuple[str | None, bool]]:
        ideas = document(facilitator, variant=variant)["ideas"]
        return {idea["id"]: (idea["merged_into"], idea["official_answer"]) for idea in ideas}

    with app.app_context():
        for one, into in ((first, second), (second, hidden)):
            moderation.merge(load(one), load(into), expected_version=load(one).version, **user)
        moderation.answer_officially(load(first), "Ja.", signed="Rådmannen", **user,
                                     expected_version=load(first).version)
        session.commit()
    found = told()
    assert (found[first], found[second], found[hidden]) == ((second, True), (hidden, False), (None, False))
    with app.app_context():
        moderation.take_answer_back(load(first), expected_version=load(first).version, **user)
        moderation.unmerge(load(first), expected_version=load(first).version, **user)
        decide(load(hidden), "hidden", material.world.moderator)
        session.commit()
    found = told()
    assert found[first] == (None, False)
    assert found[second] == (hidden if variant == "internal" else None, False)


@pytest.mark.parametrize("variant", ["public", "internal"])
@pytest.mark.parametrize("chosen", ["csv", "xlsx", "json"])
def test_an_address_is_in_no_file(
    app: Flask, facilitator: Browser, material: Material, variant: str, chosen: str
) -> None:
    with app.app_context():
        for ref in material.published:
            contributions.leave_contact(load(ref), "elin.hansdatter@example.org", "nn")
        session.commit()
    content = asked(facilitator, what="everything", variant=variant, format=chosen).response.data
    for part in [content] if chosen == "json" else unpacked(content):
        assert b"hansdatter" not in part
    if chosen == "json" and variant == "internal":
        marks = {idea["id"]: idea["has_contact"] for idea in json.loads(content)["ideas"]}
        assert {ref for ref, has in marks.items() if has} == set(material.published)


def unpacked(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_themes_and_candidates_point_at_each_other(facilitator: Browser, material: Material) -> None:
    found = document(facilitator)
    [theme] = found["themes"]
    [candidate] = found["candidates"]
    assert theme["candidate_ids"] == [candidate["id"]] == [material.candidate]
    assert candidate["theme_ids"] == [theme["id"]] == [material.theme]
    assert theme["idea_ids"] == candidate["idea_ids"] == material.published
    assert {idea["theme_id"] for idea in found["ideas"]} == {theme["id"]}
    assert theme["representative_ids"] == material.published[:1]
    assert candidate["quotes"] == ["Text nummer 0"]
    assert (candidate["public_status"], "status" in candidate) == ("candidate", False)


def test_internal_candidates_tell_their_own_status(facilitator: Browser, material: Material) -> None:
    found = {c["id"]: c for c in document(facilitator, variant="internal")["candidates"]}
    hidden = found[material.hidden_candidate]
    assert (hidden["status"], hidden["public_status"]) == ("candidate", None)


def test_few_people_are_not_counted_in_public(app: Flask, facilitator: Browser, material: Material) -> None:
    with app.app_context():
        first, second = (load(ref).id for ref in material.published[:2])
        for number in range(4):
            support_idea(first, f"a{number}")
        for number in range(5):
            support_idea(second, f"b{number}")
        session.commit()
    found = document(facilitator)
    assert [idea["supporters"] for idea in found["ideas"][:3]] == ["<5", 5, 0]
    [theme] = found["themes"]
    assert (theme["supporters"], theme["sectors"]) == (9, {"business": "<5", "resident": "<5"})
    # Counting the ideas would tell what the theme does not.
    assert not any("sector" in idea for idea in found["ideas"])
    inside = document(facilitator, variant="internal")
    assert [idea["supporters"] for idea in inside["ideas"][:3]] == [4, 5, 0]
    assert inside["themes"][0]["sectors"] == {"business": 2, "resident": 2}
    assert [idea["sector"] for idea in inside["ideas"][:3]] == ["resident", "resident", "business"]


def test_a_handling_that_is_internal_is_not_told(app: Flask, facilitator: Browser, world: World) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        contributions.set_handling([load(ref).id], "planned", user_id=world.facilitator)
        session.commit()
    assert document(facilitator)["ideas"][0]["handling"] == "received"
    assert document(facilitator, variant="internal")["ideas"][0]["handling"] == "planned"


def test_a_date_is_local_and_without_time_in_public(
    app: Flask, facilitator: Browser, world: World
) -> None:
    evening = datetime.fromisoformat("2026-03-09T23:30:00+00:00")
    an_idea(app, world, state="published", submitted_at=evening)
    assert document(facilitator)["ideas"][0]["submitted_at"] == "2026-03-10"
    inside = document(facilitator, variant="internal")["ideas"][0]
    assert inside["submitted_at"] == "2026-03-10T00:30:00+01:00"


def test_a_programme_without_anything_gives_files_with_headers_alone(
    facilitator: Browser, world: World
) -> None:
    found = document(facilitator)
    assert (found["ideas"], found["themes"], found["candidates"], found["run"]) == ([], [], [], None)
    assert sheet(facilitator) == []
    book = load_workbook(io.BytesIO(asked(facilitator, format="xlsx").response.data))
    assert book.sheetnames == ["Ideas", "About"]


# ---- how it is written


@pytest.mark.parametrize("separator", ["semicolon", "comma"])
def test_csv_opens_in_a_spreadsheet(facilitator: Browser, material: Material, separator: str) -> None:
    content = asked(facilitator, format="csv", separator=separator).response.data
    assert content.startswith(b"\xef\xbb\xbfid" + (b";" if separator == "semicolon" else b","))
    assert content.count(b"\r\n") == len(material.published) + 1
    rows = sheet(facilitator, separator=separator)
    assert [row["id"] for row in rows] == material.published


def test_what_looks_like_a_formula_is_guarded_in_csv_and_text_in_xlsx(
    app: Flask, facilitator: Browser, world: World
) -> None:
    an_idea(app, world, state="published", title="=HYPERLINK(A1)", body="\"@SUM(1)\n<r>&amp;</r>", place="-5")
    [row] = sheet(facilitator)
    assert (row["title"], row["text"], row["place"]) == ("'=HYPERLINK(A1)", "'\"@SUM(1)\n<r>&amp;</r>", "'-5")
    book = load_workbook(io.BytesIO(asked(facilitator, format="xlsx").response.data))
    cell = book["Ideas"]["E2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(A1)", "s")


def test_markup_in_a_text_stays_text_in_xlsx(app: Flask, facilitator: Browser, world: World) -> None:
    an_idea(app, world, state="published", body="<r><t>Lys</t></r>", title="http://example.org \ufffe")
    book = load_workbook(io.BytesIO(asked(facilitator, format="xlsx").response.data))
    assert book["Ideas"]["F2"].value.strip() == "<r><t>Lys</t></r>"
    assert book["Ideas"]["E2"].hyperlink is None


def test_a_workbook_has_heads_that_stay_dates_that_are_dates_and_says_what_it_is(
    facilitator: Browser, material: Material
) -> None:
    page = asked(facilitator, what="everything", format="xlsx", variant="internal")
    book = load_workbook(io.BytesIO(page.response.data))
    assert book.sheetnames == ["Ideas", "Themes", "Candidates", "About"]
    ideas = book["Ideas"]
    assert ideas.freeze_panes == "A2"
    assert ideas.auto_filter.ref == f"A1:AC{ideas.max_row}"
    assert [cell.value for cell in ideas[1]] == [c.name for c in columns(What.IDEAS, Variant.INTERNAL)]
    assert isinstance(ideas["M2"].value, datetime)
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True, max_row=3)}
    assert about["programme"] == "granslandet"
    assert about["variant"] == "internal"
    listed = {(row[0], row[1]) for row in book["About"].iter_rows(values_only=True)}
    assert ("Ideas", "reason") in listed


def test_everything_as_csv_is_one_archive(facilitator: Browser, material: Material) -> None:
    page = asked(facilitator, what="everything", format="csv")
    assert page.response.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(page.response.data)) as archive:
        assert archive.namelist() == ["ideas.csv", "themes.csv", "candidates.csv"]
        assert archive.testzip() is None


def test_the_name_of_the_file_says_what_it_is(facilitator: Browser, material: Material) -> None:
    headers = asked(facilitator, format="xlsx").response.headers
    assert headers["Content-Disposition"].startswith("attachment; filename=granslandet-ideas-public-")
    assert date.fromisoformat(headers["Content-Disposition"][-15:-5])
    assert headers["Cache-Control"] == "no-store"


def test_more_ideas_ask_no_more_questions(app: Flask, facilitator: Browser, material: Material) -> None:
    token = facilitator.get("/sv/receipt").hidden("csrf_token")
    counts = []
    for _round in range(2):
        with queries.counted(app) as statements:
            document(facilitator, variant="internal", csrf_token=token)
        counts.append(len(statements))
        for _number in range(8):
            an_idea(app, material.world, state="published")
    assert counts[0] == counts[1]


@pytest.mark.parametrize("variant", ["public", "internal"])
def test_an_idea_names_the_other_theme_it_speaks_of(
    app: Flask, facilitator: Browser, material: Material, variant: str
) -> None:
    with app.app_context():
        other = Theme(
            ref=ids.new_ref("T"), programme_id=material.world.programme, name="Anna tema",
            suggested_names={}, terms=[], representatives=[], goals=[], created_at=clock.now(),
        )
        session.add(other)
        session.flush()
        first, second = material.published[:2]
        for ref in (first, second):
            session.get_one(Placement, load(ref).id).second_theme_id = other.id
        # What a person placed speaks of nothing else.
        session.get_one(Placement, load(second).id).pinned = True
        session.commit()
        ref = other.ref
    found = {idea["id"]: idea for idea in document(facilitator, variant=variant)["ideas"]}
    assert (found[first]["second_theme_id"], found[first]["second_theme_name"]) == (ref, "Anna tema")
    assert found[second]["second_theme_id"] is None
