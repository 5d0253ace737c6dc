"""XLSForm comes in as far as it can, everything else is told, and what goes out comes back the same."""

import io
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook

from citizen.base.db import session
from citizen.base.tables import UnreadableFile
from citizen.surveys import queries
from citizen.surveys.models import Survey
from citizen.surveys.rules.document import Document, Kind, Op, Texts
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.xlsform.left import Why
from citizen.surveys.rules.xlsform.reading import LARGEST_FILE, NoSurvey, Read, read
from citizen.surveys.rules.xlsform.writing import workbook, write
from tests.pages import Browser
from tests.surveys.packs import every_kind
from tests.surveys.samples import a_survey, travel
from tests.world import World

WORDS = {one: {"dk": f"dk {one}", "ns": f"ns {one}", "other": f"other {one}", "beside": f"beside {one}"}
         for one in ("sv", "nb", "nn", "en")}
HEAD = ["type", "name", "label::Svenska (sv)", "label::Nynorsk (nn)", "hint::Svenska (sv)", "relevant",
        "constraint", "required", "appearance", "choice_filter", "parameters"]
SURVEY: list[list[Any]] = [
    HEAD,
    ["start", "start"],
    ["begin_group", "who", "Om dig", "Om deg", None, None, None, None, "field-list"],
    ["integer", "age", "Hur gammal är du?", "Kor gamal er du?", "I år", None, ". >= 15 and . < 120", "yes"],
    ["select_one yes_no", "works", "Arbetar du?", "Arbeider du?", None, "${age} >= 18"],
    ["end_group"],
    ["select_multiple ways or_other", "ways", "Hur reser du?", "Korleis reiser du?", None,
     "${works} = 'yes' and selected(${works}, 'yes')", "count-selected(.) <= 2", None, "minimal"],
    ["text", "why", "Varför ${ways}?", "Kvifor?", None, "not(selected(${ways}, 'bus'))", "regex(., '^a')"],
    ["begin_group", "opinion", "Vad tycker du?", "Kva synest du?", None, "${works} = 'no' or ${age} > 60",
     None, None, "table-list"],
    ["select_one good_bad", "times", "Tiderna", "Tidene"],
    ["select_one good_bad", "price", "Priset", "Prisen"],
    ["end_group"],
    ["range", "grade", "Betyg", "Karakter", None, None, None, None, None, None, "start=1 end=5 step=1"],
    ["decimal", "cost", "Kostnad", "Kostnad", None, None, ". > 0 and . <= 1000"],
    ["rank ways", "first", "Vad först?", "Kva først?", None, None, None, None, None, None, "randomize=true"],
    ["geopoint", "where", "Var?", "Kvar?"], ["image", "picture", "En bild", "Eit bilete"],
    ["date", "when", "När?", "Når?"], ["note", "bye", "Tack", "Takk"],
    ["calculate", "sum"], ["begin_repeat", "child", "Barn"], ["text", "name", "Namn"], ["end_repeat"],
    ["select_one towns", "town", "Stad", "By", None, None, None, None, None, "region=${ways}"],
    ["select_one nowhere", "lost", "Borta", "Borte"], ["time", "hour", "Tid", "Tid"],
    ["text", "age", "Igen", "Igjen"], ["text", None, "Utan namn", "Utan namn"],
    ["text", "later", "Sen", "Seinare", None, "${age} > 18 and (${works} = 'yes' or ${grade} = 5)"],
]
CHOICES = [
    ["list_name", "name", "label::Svenska (sv)", "label::Nynorsk (nn)", "region"],
    *(["yes_no", name, name, name] for name in ("yes", "no", "dk")),
    *(["ways", name, name, name] for name in ("bus", "car")),
    *(["good_bad", name, name, name] for name in ("good", "bad")),
    *(["towns", name, name, name, "x"] for name in ("granby", "elvdal")),
]
SETTINGS = [["form_title", "form_id", "default_language"], ["Resor", "resor", "Nynorsk (nn)"]]


def a_file(survey: list[list[Any]], choices: list[list[Any]] = CHOICES,
           settings: list[list[Any]] | None = None) -> bytes:
    book = Workbook()
    book.remove(book["Sheet"])
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings or [])):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def example() -> Read:
    return read(a_file(SURVEY, settings=SETTINGS), "sv", WORDS)


def question(found: Read, code: str) -> Any:
    return next(q for q in found.document.questions if q.code == code)


def test_each_type_becomes_the_kind_it_is_most_like() -> None:
    found = example()
    kinds = {q.code: q.kind for q in found.document.questions}
    assert kinds == {
        "age": Kind.NUMBER, "works": Kind.ONE, "ways": Kind.SEVERAL, "why": Kind.SHORT,
        "opinion": Kind.MATRIX, "grade": Kind.SCALE, "cost": Kind.NUMBER, "first": Kind.RANKING,
        "where": Kind.PLACE, "picture": Kind.PHOTO, "when": Kind.DATE, "bye": Kind.STATEMENT,
        "town": Kind.ONE, "later": Kind.SHORT,
    }
    assert [row.code for row in question(found, "opinion").rows] == ["times", "price"]
    assert (question(found, "grade").least, question(found, "grade").most) == (1, 5)
    assert question(found, "first").random


def test_languages_are_those_of_the_columns_the_default_first() -> None:
    found = example()
    age = question(found, "age")
    assert found.document.languages == ("nn", "sv")
    assert found.texts["title"] == {"nn": "Resor"}
    assert found.texts[f"{age.id}.text"] == {"nn": "Kor gamal er du?", "sv": "Hur gammal är du?"}
    assert found.texts[f"{age.id}.help"] == {"sv": "I år"}


def test_limits_and_what_is_required_are_kept() -> None:
    found = example()
    age, ways, cost = (question(found, code) for code in ("age", "ways", "cost"))
    assert (age.least, age.most, age.required) == (15, 119, True)
    assert (ways.most, ways.required) == (2, False)
    assert (cost.least, cost.most, cost.decimals) == (0, 1000, 2)


def test_conditions_say_the_same() -> None:
    found = example()
    works, ways, why = (question(found, code) for code in ("works", "ways", "why"))
    age = question(found, "age")
    assert [(t.question, t.op, t.value) for t in works.show_if.tests] == [(age.id, Op.MORE, "17")]
    yes, bus = works.options[0].id, ways.options[0].id
    assert [(t.op, t.value) for t in ways.show_if.tests] == [(Op.IS, yes), (Op.IS, yes)]
    assert [(t.op, t.value) for t in why.show_if.tests] == [(Op.HAS_NOT, bus)]
    opinion = question(found, "opinion").show_if
    assert not opinion.every
    assert [(t.op, t.value) for t in opinion.tests] == [(Op.IS, works.options[1].id), (Op.MORE, "60")]


def test_a_question_never_stands_on_the_page_whose_answer_it_asks_for() -> None:
    found = example()
    for page in found.document.pages:
        here = {q.id for q in page.questions}
        assert all(test.question not in here for q in page.questions if q.show_if for test in q.show_if.tests)
        assert len(page.questions) <= 4


def test_dont_know_is_a_code_and_others_are_written_beside() -> None:
    found = example()
    works, ways = question(found, "works"), question(found, "ways")
    assert works.dont_know
    assert [option.code for option in works.options] == ["yes", "no"]
    assert [(option.code, option.writes) for option in ways.options] == [
        ("bus", False), ("car", False), ("other", True)]
    assert found.texts[f"{ways.id}.{ways.options[-1].id}"] == {"nn": "other nn", "sv": "other sv"}


def test_earlier_answers_in_texts_are_asked_for_as_ours_are() -> None:
    found = example()
    why, ways = question(found, "why"), question(found, "ways")
    assert found.texts[f"{why.id}.text"]["sv"] == f"Varför {{{ways.id}}}?"


def test_all_that_is_not_carried_over_is_told_with_its_row() -> None:
    told = [(left.line, left.name, left.why) for left in example().left]
    assert told == [
        (2, "start", Why.TYPE), (7, "ways", Why.LOOKS), (8, "why", Why.LIMIT), (14, "cost", Why.LIMIT),
        (20, "sum", Why.TYPE), (21, "child", Why.REPEAT), (22, "name", Why.REPEAT),
        (24, "town", Why.FILTER), (25, "lost", Why.NO_LIST), (26, "hour", Why.TYPE),
        (27, "age", Why.SAME_NAME), (28, "", Why.UNNAMED), (29, "later", Why.CONDITION),
    ]


def told(document: Document, texts: Texts) -> Any:
    """A survey without its ids: what somebody reads and can answer."""
    names = {q.id: q.code for q in document.questions} | {
        part.id: part.code for q in document.questions for part in (*q.options, *q.rows)}

    def condition(one: Any) -> Any:
        return one and (one.every or len(one.tests) == 1,
                        [(names[t.question], t.op, names.get(t.value, t.value)) for t in one.tests])

    def of(prefix: str) -> Any:
        found = {names.get(key.removeprefix(prefix), key.removeprefix(prefix)): text
                 for key, text in texts.items() if key.startswith(prefix)}
        return {key: text for key, text in found.items() if key != "unit"}

    return document.languages, texts["title"], texts.get("intro"), texts.get("thanks"), [
        (of(f"{page.id}."), condition(page.show_if), [
            (q.code, q.kind, q.required, q.least, q.most, bool(q.decimals), q.random,
             *([q.dont_know, q.not_say] if q.options or q.kind is Kind.SCALE else []),
             [(o.code, o.writes) for o in q.options], [r.code for r in q.rows], of(f"{q.id}."),
             condition(q.show_if)) for q in page.questions
        ]) for page in document.pages
    ]


@pytest.mark.parametrize("survey", [travel, every_kind, lambda: from_outline({
    "languages": ["nn"], "title": {"nn": "Ei"}, "pages": [{"text": {"nn": "Les dette"}, "questions": [
        {"name": "age", "kind": "number", "least": 15, "text": {"nn": "Alder"}}]},
        {"show_if": {"any": [{"question": "age", "op": "less", "value": "18"},
                             {"question": "age", "op": "more", "value": "67"}]},
         "questions": [{"name": "say", "kind": "long", "text": {"nn": "Kva seier du?"}, "most": 200,
                        "show_if": {"question": "age", "op": "answered"}}]}]})])
def test_what_is_written_comes_back_the_same(survey: Any) -> None:
    document, texts = survey()
    back = read(workbook(write(document, texts, "S-1", WORDS)), "en", WORDS)
    short = [page for page in document.pages if len(page.questions) <= 4]
    if len(short) == len(document.pages):
        assert told(back.document, back.texts) == told(document, texts)
    else:
        # A long page is divided; its questions are the same.
        ours, theirs = told(document, texts)[4], told(back.document, back.texts)[4]
        assert [q for page in theirs for q in page[2]] == [q for page in ours for q in page[2]]
    assert back.left == ()


def test_what_a_workbook_cannot_hold_is_told() -> None:
    document, texts = travel()
    left = {(one.name, one.why) for one in write(document, texts, "S-1", WORDS).left}
    assert ("leave_car", Why.EXCLUSIVE) in left
    assert ("distance", Why.UNIT) in left


def test_texts_in_no_language_of_ours_are_kept_in_the_readers() -> None:
    found = read(a_file([["type", "name", "label::Deutsch (de)"], ["text", "a", "Warum?"]], []), "nb", WORDS)
    assert found.document.languages == ("nb",)
    assert found.texts[f"{question(found, 'a').id}.text"] == {"nb": "Warum?"}
    assert [(left.name, left.why) for left in found.left] == [("Deutsch (de)", Why.LANGUAGE)]


def test_markup_becomes_plain_words() -> None:
    label = "**Läs** <a href='https://example.org'>mer</a> på [sidan](https://example.org/a).<br>2 < 3 ** 4"
    found = read(a_file([["type", "name", "label"], ["note", "a", label]], []), "sv", WORDS)
    assert found.texts["q2.text"] == {"sv": "Läs mer på sidan (https://example.org/a).\n2 < 3 ** 4"}
    assert [(left.line, left.why) for left in found.left] == [(2, Why.MARKUP)]


@pytest.mark.parametrize(("rows", "kind"), [
    ([["name", "label"], ["a", "b"]], "no_columns"),
    ([HEAD, ["calculate", "a"]], "no_questions"),
    ([], "no_sheet"),
])
def test_a_file_that_asks_nothing_is_refused(rows: list[list[Any]], kind: str) -> None:
    with pytest.raises(NoSurvey) as refused:
        read(a_file(rows), "sv", WORDS)
    assert refused.value.kind == kind


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"<html>"])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(content, "sv", WORDS)


def test_a_file_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(b"x" * (LARGEST_FILE + 1), "sv", WORDS)
    assert refused.value.kind == "large"


def test_a_file_is_looked_at_before_a_draft_is_made(app: Flask, world: World) -> None:
    facilitator = Browser(app, world.facilitator)
    sent = {"programme": "granslandet", "file": (io.BytesIO(a_file(SURVEY, settings=SETTINGS)), "resor.xlsx")}
    page = facilitator.post("/sv/surveys/xlsform", sent, content_type="multipart/form-data")
    assert page.status == 200
    assert "Row 29:" in page.text
    with app.app_context():
        assert session.query(Survey).count() == 0
    stored = facilitator.post("/sv/surveys/xlsform/drafts", {
        "programme": page.hidden("programme"), "sealed": page.hidden("sealed")})
    assert stored.status == 303
    with app.app_context():
        survey = session.query(Survey).one()
        assert queries.draft_of(survey) == example().document
        assert queries.draft_texts(survey.id)["title"] == {"nn": "Resor"}
        assert queries.latest(survey.id) is None


def test_what_was_shown_cannot_be_exchanged(app: Flask, world: World) -> None:
    facilitator = Browser(app, world.facilitator)
    assert facilitator.post("/sv/surveys/xlsform/drafts",
                            {"programme": "granslandet", "sealed": "eA.bad"}).status == 422


@pytest.mark.parametrize(("name", "content", "words"), [
    ("", b"", "Choose a file"),
    ("resor.xls", b"old", "Save the file as an Excel workbook (.xlsx) first."),
    ("resor.xlsx", b"not", "The file is no Excel workbook (.xlsx), or it is damaged."),
    ("resor.xlsx", a_file([]), "The file has no sheet named survey, so it is no XLSForm."),
])
def test_a_file_that_cannot_be_used_is_told_why(app: Flask, world: World, name: str, content: bytes,
                                                words: str) -> None:
    facilitator = Browser(app, world.facilitator)
    page = facilitator.post("/sv/surveys/xlsform", {
        "programme": "granslandet", "file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    assert page.status == 422
    assert words in page.text


def test_questions_are_downloaded_by_those_who_edit(app: Flask, world: World) -> None:
    ref = a_survey(app, world, travel(), publish=False)
    facilitator = Browser(app, world.facilitator)
    assert facilitator.get(f"/nn/surveys/{ref}/xlsform").status == 200
    content = facilitator.get(f"/nn/surveys/{ref}/xlsform/file").response.data
    assert len(read(content, "nn", WORDS).document.questions) == 12
    assert Browser(app, world.stranger).get(f"/nn/surveys/{ref}/xlsform/file").status == 404
    assert Browser(app, world.moderator).get("/nn/surveys/xlsform").status == 403
