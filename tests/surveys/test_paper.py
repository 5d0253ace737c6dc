"""A survey on paper: printed with its version's code, and typed in as that version asked."""

import uuid

from flask import Flask

from citizen.base import pdf
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.qr import code
from citizen.surveys import actions, queries
from citizen.surveys.models import Answer, Sealed, Submission
from citizen.surveys.routes.printed import Words
from citizen.surveys.rules import Level
from citizen.surveys.rules.document import Question
from citizen.surveys.rules.paper import Head, Item, pages, with_feet
from tests.pages import Browser
from tests.surveys.samples import a_survey, load, travel
from tests.world import World


def sheet(**values: str) -> dict[str, str]:
    return {"client_key": str(uuid.uuid4()), "written_in": "nn", "municipality": "elvdal", **values}


def asked(named: str) -> Question:
    return next(q for q in travel()[0].questions if q.code == named)


# ---- typing in


def test_a_sheet_is_typed_in_and_marked_paper(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    typed = sheet(q2="o3", **{"q6.text": "12", "q7.text": "Stige"})
    page = moderator.post(f"/nn/surveys/{ref}/paper/1", typed)
    assert page.location == f"/nn/surveys/{ref}/paper/1?written_in=nn&municipality=elvdal"
    with app.app_context():
        found = session.query(Submission).one()
        assert (found.channel, found.version, found.municipality_id) == ("paper", 1, world.norwegian)
        assert session.query(Answer).count() == 3
        assert session.query(AuditRow).filter_by(action="surveys.paper").one().subject == ref


def test_a_sheet_sent_twice_is_stored_once(app: Flask, world: World, moderator: Browser) -> None:
    ref, typed = a_survey(app, world), sheet(q2="o3")
    for _ in range(2):
        assert moderator.post(f"/nn/surveys/{ref}/paper/1", typed).status == 303
    with app.app_context():
        assert session.query(Sealed).count() == 1


def test_what_cannot_be_read_is_told_at_its_question_and_kept(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world)
    page = moderator.post(f"/nn/surveys/{ref}/paper/1",
                          sheet(q2="o3", **{"q6.text": "mange", "q7.text": "Ein stige"}))
    assert page.status == 422
    assert "Question 2 : Write a whole number" in page.text
    assert 'value="mange"' in page.html
    assert "Ein stige" in page.html
    assert moderator.post(f"/nn/surveys/{ref}/paper/1", sheet()).status == 422


def test_the_code_of_a_sheet_opens_the_version_that_was_printed(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world)
    with app.app_context():
        actions.save_text(load(ref), "q2.text", "nn", "Symjer du?")
        actions.publish(load(ref), user_id=world.facilitator)
        session.commit()
    page = moderator.get(f"/nn/surveys/{ref}/paper?code={ref.lower()} / 1")
    assert page.location == f"/nn/surveys/{ref}/paper/1"
    assert "Badar du?" in moderator.get(page.location).text
    assert "Symjer du?" in moderator.get(f"/nn/surveys/{ref}/paper/2").text
    assert "There is no such sheet" in moderator.get(f"/nn/surveys/{ref}/paper?code={ref}/3").text
    assert moderator.get(f"/nn/surveys/{ref}/paper/3").status == 404


def test_a_sheet_of_a_closed_survey_is_refused(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_survey(app, world)
    with app.app_context():
        actions.close(load(ref), None)
        session.commit()
    assert moderator.post(f"/nn/surveys/{ref}/paper/1", sheet(q2="o3")).status == 422


# ---- printing


def test_branching_is_told_in_words(app: Flask, world: World) -> None:
    ref = a_survey(app, world, travel())
    with app.app_context():
        published = queries.latest(load(ref).id)
        assert published is not None
        items = list(Words(published, "nn").items())
    said = [words for item in items for words in (*item.before, *item.after)]
    assert "Answer question 3 to 4 only if you answered “Med buss” to question 1." in said
    numbers = [item.number for item in items if item.number]
    assert numbers == [str(n) for n in range(1, 13)]
    assert [item.table.rows for item in items if item.table] == [("Avgangstidene", "Prisen", "Haldeplassane")]


def test_each_printed_page_carries_the_code_and_its_number(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world, travel())
    for language in ("nn", "sv"):
        page = moderator.get(f"/{language}/surveys/{ref}/print")
        assert page.response.mimetype == "application/pdf"
        assert page.response.data.startswith(b"%PDF-")
        assert page.response.data.count(b"/Type /Page\n") == 3
    assert moderator.get(f"/nn/surveys/{ref}/print?version=2").status == 404


def test_a_question_is_never_divided_and_no_heading_stands_alone() -> None:
    items = [Item(text=f"Question {n}", number=str(n), lines=5) if n % 5 else Item("Part", heading=True)
             for n in range(1, 40)]
    head = Head("Title", "", (), "", "")
    laid = pages(head, items, (), code("x"), pdf.width)
    for drawn in laid:
        words = [one.text for one in drawn if isinstance(one, pdf.Words)]
        assert words[-1] != "Part"
        assert all(one.y > 48 for one in drawn)
    feet = with_feet(laid, [str(n) for n in range(len(laid))], pdf.width)
    assert len(feet) == len(laid)


def test_a_poster_names_the_place_in_its_code_in_both_sizes(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world)
    sizes = {size: moderator.get(f"/sv/surveys/{ref}/poster.pdf?size={size}&via=Biblioteket").response.data
             for size in ("a4", "a5")}
    assert b"595.28 841.89" in sizes["a4"]
    assert b"419.53 595.28" in sizes["a5"]
    assert moderator.get(f"/sv/surveys/{ref}/poster.pdf?size=a0").status == 404
    page = moderator.get(f"/sv/surveys/{ref}/links?via=Biblioteket i Granby")
    assert f"/sv/surveys/{ref}?via=Biblioteket+i+Granby" in page.text
