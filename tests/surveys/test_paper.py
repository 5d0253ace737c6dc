"""A survey on paper: printed with its version's code, and typed in as that version asked."""

import uuid

import pytest
from flask import Flask

from citizen.base import pdf
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.qr import code
from citizen.surveys import actions, queries
from citizen.surveys.forms.printed import Words
from citizen.surveys.models import Answer, Sealed, Submission
from citizen.surveys.rules import Level
from citizen.surveys.rules.document import Question
from citizen.surveys.rules.paper import Head, Item, pages, with_feet
from tests.pages import Browser
from tests.surveys.samples import a_survey, load, reworded, travel
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
        reworded(load(ref), "q2.text", nn="Symjer du?", sv="Simmar du?")
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


def test_every_kind_of_question_is_read_as_on_the_phone(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world, travel(), level=Level.NAMED)
    value = {q.code: q.id for q in travel()[0].questions}
    ways = [option.id for option in asked("travel").options]
    first = [option.id for option in asked("first").options]
    row, bus = asked("bus_is").rows[0].id, asked("bus_is").options[0].id
    typed = {
        value["travel"]: ways[2], value["ease"]: "4", f"{value['bus_is']}.{row}": bus,
        f"{value['distance']}.text": " 12 ", f"{value['first']}.1": first[1], f"{value['first']}.2": first[0],
    }
    assert moderator.post(f"/nn/surveys/{ref}/paper/1", sheet(**typed)).status == 303
    with app.app_context():
        stored = {(one.question, one.row or None, one.option or None, one.number)
                  for one in session.query(Answer)}
    assert {one for one in stored if one[0] != value["first"]} == {
        (value["travel"], None, ways[2], None), (value["ease"], None, "4", None),
        (value["bus_is"], row, bus, None), (value["distance"], None, None, 12),
    }
    assert {one[2] for one in stored if one[0] == value["first"]} == set(first[:2])


@pytest.mark.parametrize(("typed", "words"), [
    ({"q6.text": "mange"}, "Write a whole number"),
    ({"q6.text": "400"}, "Write a number between 0 and 365"),
    ({"q7.text": "Eg er 811228-9874"}, "seems to contain a national identity number"),
    ({"q7.text": "x" * 501}, "Shorten the text to 500 characters or fewer"),
    ({"q2": "o999"}, "Choose one option"),
])
def test_what_is_wrong_is_said_in_the_words_of_the_phone(
    app: Flask, world: World, moderator: Browser, typed: dict[str, str], words: str
) -> None:
    page = moderator.post(f"/nn/surveys/{a_survey(app, world)}/paper/1", sheet(**{"q2": "o3", **typed}))
    assert page.status == 422
    assert words in page.text
    assert page.html.count("autofocus") == 1


def test_what_a_pen_has_left_out_stays_empty_also_where_the_phone_asks_for_it(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    assert moderator.post(f"/nn/surveys/{ref}/paper/1", sheet(**{"q7.text": "Stige"})).status == 303
    with app.app_context():
        assert session.query(Submission).count() == 1


def test_whoever_types_is_told_how_many_they_have_stored(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref, other = a_survey(app, world), a_survey(app, world)
    typed = sheet(q2="o3")
    for survey, sent, told in (
        (ref, typed, "Sheet number 1 has"), (ref, typed, "stored already"),
        (ref, sheet(q2="o4"), "Sheet number 2 has"), (other, sheet(q2="o3"), "Sheet number 1 has"),
    ):
        assert told in moderator.post(f"/nn/surveys/{survey}/paper/1", sent, follow=True).text


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


def test_no_number_of_a_version_is_too_odd_to_be_not_found(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_survey(app, world)
    for odd in ("0", "2", "-1", "x", "9" * 30):
        assert moderator.get(f"/nn/surveys/{ref}/paper/{odd}").status == 404
        assert moderator.get(f"/nn/surveys/{ref}/print?version={odd}").status == 404
