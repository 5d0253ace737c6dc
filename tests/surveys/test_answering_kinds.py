"""Every kind of question as a form brings it: read, shown again, and refused in words."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Picture
from citizen.surveys import actions
from citizen.surveys.models import Answer, Attempt
from citizen.surveys.rules import Level
from citizen.surveys.rules.document import Document, Kind, Option, Question, Row
from citizen.surveys.rules.minutes import about, at_most
from citizen.surveys.rules.outline import from_outline
from citizen.surveys.rules.piping import piped
from citizen.surveys.rules.reading import Trouble, read, read_day
from citizen.surveys.rules.showing import in_order
from citizen.surveys.rules.values import Value
from tests.pages import Browser
from tests.surveys.samples import a_survey, travel
from tests.world import World

THREE = (Option("o1", "a"), Option("o2", "b", writes=True), Option("o3", "none", exclusive=True, fixed=True))


def a_question(kind: Kind, **more: Any) -> Question:
    return Question("q1", "q", kind, **more)


@pytest.mark.parametrize(("question", "typed", "value"), [
    (a_question(Kind.ONE, options=THREE), {"q1": ["o1"]}, Value(options=("o1",))),
    (a_question(Kind.ONE, options=THREE), {"q1.o2": ["ski"]}, Value(options=("o2",), others={"o2": "ski"})),
    (a_question(Kind.ONE, options=THREE), {"q1": ["o1"], "q1.o2": ["ski"]}, Value(options=("o1",))),
    (a_question(Kind.SEVERAL, options=THREE), {"q1": ["o1"], "q1.o2": ["ski"]},
     Value(options=("o1", "o2"), others={"o2": "ski"})),
    (a_question(Kind.SCALE, least=1, most=5, dont_know=True), {"q1": ["dk"]}, Value(options=("dk",))),
    (a_question(Kind.MATRIX, options=THREE, rows=(Row("r1", "x"), Row("r2", "y"))), {"q1.r2": ["o1"]},
     Value(rows={"r2": "o1"})),
    (a_question(Kind.RANKING, options=THREE, most=2), {"q1.1": ["o3"], "q1.2": ["o1"]},
     Value(options=("o3", "o1"))),
    (a_question(Kind.NUMBER, decimals=1), {"q1.text": ["1 234,5"]}, Value(number=Decimal("1234.5"))),
    (a_question(Kind.NUMBER, decimals=2), {"q1.text": ["−2.50"]}, Value(number=Decimal("-2.50"))),
    (a_question(Kind.NUMBER), {"q1.text": ["12,0"]}, Value(number=Decimal(12))),
    (a_question(Kind.DATE), {"q1.text": ["9.3.2026"]}, Value(day=date(2026, 3, 9))),
    (a_question(Kind.SHORT, not_say=True), {"q1": ["ns"], "q1.text": [""]}, Value(options=("ns",))),
    (a_question(Kind.LONG), {"q1.text": ["Ja"]}, Value(text="Ja")),
    (a_question(Kind.LONG), {}, Value()),
])
def test_an_answer_is_read_as_it_was_meant(question: Question, typed: Any, value: Value) -> None:
    reading = read(question, typed)
    assert (reading.value, reading.trouble) == (value, None)


@pytest.mark.parametrize(("question", "typed", "trouble"), [
    (a_question(Kind.ONE, options=THREE), {"q1": ["o9"]}, Trouble.UNKNOWN),
    (a_question(Kind.ONE, options=THREE), {"q1": ["o1", "o2"]}, Trouble.TOO_MANY),
    (a_question(Kind.SEVERAL, options=THREE), {"q1": ["o1", "o3"]}, Trouble.ALONE),
    (a_question(Kind.SEVERAL, options=THREE, most=1), {"q1": ["o1", "o2"]}, Trouble.TOO_MANY),
    (a_question(Kind.SEVERAL, options=THREE, least=2), {"q1": ["o1"]}, Trouble.TOO_FEW),
    (a_question(Kind.SEVERAL, options=THREE), {"q1.o2": ["x" * 201]}, Trouble.TOO_LONG),
    (a_question(Kind.MATRIX, options=THREE, rows=(Row("r1", "x"),)), {"q1.r1": ["o9"]}, Trouble.UNKNOWN),
    (a_question(Kind.RANKING, options=THREE), {"q1.1": ["o1"], "q1.2": ["o1"]}, Trouble.TWICE),
    (a_question(Kind.RANKING, options=THREE), {"q1.2": ["o1"]}, Trouble.GAP),
    (a_question(Kind.RANKING, options=THREE, dont_know=True), {"q1.1": ["o1"], "q1": ["dk"]}, Trouble.EITHER),
    (a_question(Kind.NUMBER), {"q1.text": ["tolv"]}, Trouble.NO_WHOLE_NUMBER),
    (a_question(Kind.NUMBER), {"q1.text": ["1,5"]}, Trouble.NO_WHOLE_NUMBER),
    (a_question(Kind.NUMBER, decimals=1), {"q1.text": ["1,55"]}, Trouble.TOO_MANY_DECIMALS),
    (a_question(Kind.NUMBER, decimals=1), {"q1.text": ["1,5,5"]}, Trouble.NO_NUMBER),
    (a_question(Kind.NUMBER, least=0), {"q1.text": ["-1"]}, Trouble.TOO_LOW),
    (a_question(Kind.NUMBER, most=10), {"q1.text": ["11"]}, Trouble.TOO_HIGH),
    (a_question(Kind.DATE), {"q1.text": ["31.2.2026"]}, Trouble.NO_DAY),
    (a_question(Kind.SHORT, most=3), {"q1.text": ["fire"]}, Trouble.TOO_LONG),
    (a_question(Kind.LONG, least=9), {"q1.text": ["kort"]}, Trouble.TOO_SHORT),
    (a_question(Kind.LONG, dont_know=True), {"q1.text": ["x"], "q1": ["dk"]}, Trouble.EITHER),
    (a_question(Kind.ONE, options=THREE), {"q1.o2": ["811228-9874"]}, Trouble.IDENTITY),
])
def test_what_is_no_answer_is_told_apart(question: Question, typed: Any, trouble: Trouble) -> None:
    assert read(question, typed).trouble is trouble


@pytest.mark.parametrize("written", ["2026-03-09", "20260309", "9.3.2026", "09.03.2026", " 2026-3-9 "])
def test_a_date_is_read_as_people_write_it(written: str) -> None:
    assert read_day(written) == date(2026, 3, 9)


def test_options_come_in_an_order_of_ones_own_and_fixed_ones_last() -> None:
    options = tuple(Option(f"o{n}", str(n), fixed=n > 7) for n in range(1, 9))
    question = a_question(Kind.SEVERAL, options=options, random=True, dont_know=True)
    orders = {tuple(o.id for o in in_order(question, str(seed))) for seed in range(20)}
    assert len(orders) > 10
    assert {order[-2:] for order in orders} == {("o8", "dk")}
    assert in_order(question, "a") == in_order(question, "a")


def test_how_long_it_takes_is_told_in_whole_minutes() -> None:
    document, texts = travel()
    said = {key: by_language["nn"] for key, by_language in texts.items() if "nn" in by_language}
    assert (about(document, said), at_most(document, said)) == (4, 5)
    assert (about(Document(("nn",)), {}), at_most(Document(("nn",)), {})) == (1, 0)


def test_earlier_answers_stand_in_later_texts() -> None:
    assert piped("Kor ofte tek du {q1}? {q2}", {"q1": "bussen", "q2": ""}.get) == "Kor ofte tek du bussen? …"


def everything() -> Any:
    """One page for each kind of question, and one that tells of an earlier answer."""
    texts = {"nn": "Spørsmål", "sv": "Fråga"}
    kinds: list[dict[str, Any]] = [
        {"kind": "one", "options": [{"name": "bus", "text": {"nn": "Buss", "sv": "Buss"}},
                                    {"name": "else", "writes": True, "text": {"nn": "Anna", "sv": "Annat"}}]},
        {"kind": "short", "dont_know": True}, {"kind": "date"}, {"kind": "number", "decimals": 1},
        {"kind": "place"}, {"kind": "photo"}, {"kind": "statement"},
    ]
    questions = [{"name": f"k{n}", "text": texts, **kind} for n, kind in enumerate(kinds)]
    last = {"name": "last", "kind": "short", "text": {"nn": "Kvifor {q2}?", "sv": "Varför {q2}?"}}
    return from_outline({"languages": ["nn", "sv"], "title": texts,
                         "pages": [{"questions": [q]} for q in [*questions, last]]})


@pytest.fixture
def begun(app: Flask, world: World) -> tuple[Browser, list[str], dict[str, str]]:
    """Somebody at the beginning of everything, the addresses of its pages, and its ids by code."""
    document = everything()[0]
    ref = a_survey(app, world, everything(), level=Level.NAMED)
    browser = Browser(app, language="nn")
    browser.post(f"/nn/surveys/{ref}", {"municipality": "elvdal"})
    pages = [f"/nn/surveys/{ref}/answer/{page.id}" for page in document.pages]
    return browser, pages, {q.code: q.id for q in document.questions} | {"ref": ref}


def test_an_answer_is_piped_into_a_later_question(begun: Any) -> None:
    browser, pages, known = begun
    assert "Kvifor …?" in browser.get(pages[-1]).text
    browser.post(pages[0], {f"{known['k0']}.o4": "Spark"})
    assert "Kvifor Spark?" in browser.get(pages[-1]).text
    browser.post(pages[0], {known["k0"]: "o3"})
    assert "Kvifor Buss?" in browser.get(pages[-1]).text


def test_dates_and_numbers_stand_as_their_reader_writes_them(begun: Any) -> None:
    browser, pages, known = begun
    browser.post(pages[2], {f"{known['k2']}.text": "2026-03-09"})
    browser.post(pages[3], {f"{known['k3']}.text": "2.5"})
    assert 'value="09.03.2026"' in browser.get(pages[2]).html
    assert 'value="2026-03-09"' in browser.get(pages[2].replace("/nn/", "/sv/")).html
    assert 'value="2,5"' in browser.get(pages[3]).html


def test_a_point_is_kept_with_the_words_and_can_be_removed(begun: Any, app: Flask) -> None:
    browser, pages, known = begun
    point = {"latitude": "60.1234", "longitude": "12.3456"}
    browser.post(pages[4], {f"{known['k4']}.text": "Ved skulen", **point})
    page = browser.get(pages[4])
    assert (page.hidden("latitude"), page.hidden("longitude")) == ("60.123", "12.346")
    assert "not shown to everyone" in page.text
    removed = browser.post(pages[4], {f"{known['k4']}.text": "Ved skulen", **point, "point": ""})
    assert removed.status == 200
    assert removed.hidden("latitude") == ""
    with app.app_context():
        assert session.query(Attempt).one().answers[known["k4"]] == {"text": "Ved skulen"}


def a_photo(colour: int) -> BytesIO:
    kept = BytesIO()
    Image.new("RGB", (80, 60), (colour, 90, 120)).save(kept, "JPEG")
    kept.seek(0)
    return kept


def send_photo(browser: Browser, address: str, **more: Any) -> Any:
    photo = {"pictures": (a_photo(30), "a.jpg"), "picture_alt": "Ein haldeplass"}
    return browser.post(address, {**photo, **more}, content_type="multipart/form-data")


def test_a_photo_stays_with_the_answer_and_is_seen_by_those_who_may(
    begun: Any, app: Flask, world: World
) -> None:
    browser, pages, known = begun
    assert send_photo(browser, pages[5]).status == 303
    page = browser.get(pages[5])
    assert 'value="Ein haldeplass"' in page.html
    ref = page.hidden("kept")
    with app.app_context():
        picture = session.query(Picture).one()
        assert (picture.id < 0, picture.created_at.hour, picture.created_at.minute) == (True, 0, 0)
        assert contributions.forget_unused_pictures() == 0
        session.commit()
    shown = f"/nn/pictures/{ref}/small"
    assert browser.get(shown).status == 404
    sent = browser.post(f"/nn/surveys/{known['ref']}/check")
    code = sent.location.rsplit("/", 1)[1]
    assert browser.get(f"{shown}?code={code}").status == 200
    assert Browser(app, world.facilitator).get(shown).status == 200
    assert Browser(app, world.stranger).get(shown).status == 404
    assert ref in browser.get(sent.location).html
    with app.app_context():
        assert session.query(Answer).filter_by(question=known["k5"]).one().text == "Ein haldeplass"


def test_a_photo_that_is_taken_away_before_sending_is_gone(begun: Any, app: Flask) -> None:
    browser, pages, known = begun
    send_photo(browser, pages[5])
    ref = browser.get(pages[5]).hidden("kept")
    browser.post(pages[5], {"kept": ref, "kept_alt": "", "removed": ref})
    browser.post(f"/nn/surveys/{known['ref']}/check")
    with app.app_context():
        assert session.query(Picture).count() == 0


def test_a_photo_of_a_correction_that_is_never_sent_goes_with_it_and_the_one_that_was_sent_stays(
    begun: Any, app: Flask
) -> None:
    browser, pages, known = begun
    send_photo(browser, pages[5])
    receipt = browser.post(f"/nn/surveys/{known['ref']}/check").location
    browser.post(f"{receipt}/correction")
    browser.post(pages[5], {"pictures": (a_photo(200), "b.jpg"), "picture_alt": "Eit skilt"},
                 content_type="multipart/form-data")
    with app.app_context():
        assert session.query(Picture).count() == 2
        session.query(Attempt).one().touched_on -= timedelta(days=15)
        assert actions.forget_unfinished() == 1
        kept = session.query(Answer).filter_by(question=known["k5"]).one().option
        assert session.query(Picture).one().ref == kept
