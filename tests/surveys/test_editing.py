"""The editor's pages: what is typed is kept, what was published stays, and nobody is written over."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.rules.document import Condition, Document, Kind, Op, Question
from citizen.surveys.rules.document import Test as Asked
from citizen.surveys.rules.editing import put_question
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, load, short, travel
from tests.surveys.test_desk import verbs, version
from tests.world import World


@pytest.fixture
def ref(app: Flask, world: World) -> str:
    """A draft of three questions on two pages."""
    return a_survey(app, world, publish=False)


def document_of(app: Flask, ref: str) -> Document:
    with app.app_context():
        return queries.draft_of(load(ref))


def question_of(app: Flask, ref: str, question_id: str) -> Question:
    found = document_of(app, ref).question(question_id)
    assert found is not None
    return found


def texts_of(app: Flask, ref: str) -> dict[str, str]:
    with app.app_context():
        return {key: said["nn"] for key, said in queries.draft_texts(load(ref).id).items() if "nn" in said}


def fields(page: Page) -> dict[str, Any]:
    """What a browser would send of the largest form of a page, without pressing anything."""
    form = max(re.findall(r"<form method=\"post\".*?</form>", page.html, re.DOTALL), key=len)
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        value = {k: unescape(v) for k, v in re.findall(r'(\w+)="([^"]*)"', tag)}
        if value.get("type") not in ("checkbox", "radio") or " checked" in tag:
            found[value["name"]] = value.get("value", "")
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"[^>]* selected', options)
        found[name] = (chosen or re.findall(r'<option value="([^"]*)"', options))[0]
    return found


def saved(browser: Browser, ref: str, question: str, **changes: Any) -> Page:
    """Open a question, change something, save."""
    path = f"/nn/surveys/{ref}/edit/{question}"
    return browser.post(path, fields(browser.get(path)) | changes)


def test_a_question_that_is_saved_untouched_stays_as_it_was(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, travel())
    before, texts = document_of(app, ref), texts_of(app, ref)
    for question in before.questions:
        assert saved(facilitator, ref, question.id).status == 303
    for page in before.pages:
        path = f"/nn/surveys/{ref}/edit/page/{page.id}"
        assert facilitator.post(path, fields(facilitator.get(path))).status == 303
    assert document_of(app, ref) == before
    assert texts_of(app, ref) == texts


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_of_every_kind_is_added_with_its_options(
    app: Flask, ref: str, facilitator: Browser, kind: Kind
) -> None:
    sent = {"version": version(app, ref), "page": "p1", "kind": kind.value, "text": "Kva meiner du?",
            "options": "Ja\n\nNei"}
    made = facilitator.post(f"/nn/surveys/{ref}/edit/questions", sent)
    assert made.status == 303
    question = document_of(app, ref).pages[0].questions[-1]
    assert (question.kind, question.code) == (kind, "kva_meiner_du")
    has_options = kind in (Kind.ONE, Kind.SEVERAL, Kind.MATRIX, Kind.RANKING)
    assert [option.code for option in question.options] == (["ja", "nei"] if has_options else [])
    page = facilitator.get(made.location)
    assert page.status == 200
    assert facilitator.post(made.location, fields(page)).status == 303
    assert question_of(app, ref, question.id) == question


def test_a_first_question_brings_a_page_with_it(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, (Document(("nn",)), {"title": {"nn": "Tom"}}), publish=False)
    assert "Nothing is asked yet" in facilitator.get(f"/nn/surveys/{ref}/edit").text
    sent = {"version": version(app, ref), "page": "", "kind": "long", "text": "Kva saknar du?"}
    facilitator.post(f"/nn/surveys/{ref}/edit/questions", sent)
    assert len(document_of(app, ref).pages) == 1


def test_everything_about_a_question_is_changed(app: Flask, ref: str, facilitator: Browser) -> None:
    page = saved(facilitator, ref, "q2", text="Badar du her?", help="Også om vinteren", o3_text="Ja, ofte",
                 o3_code="often", o4_writes="y", o4_fixed="y", not_say="y", random="y", background="y",
                 code="bathes", more_options="Av og til\nAldri")
    assert page.status == 303
    question = question_of(app, ref, "q2")
    assert (question.code, question.not_say, question.random, question.background) == (
        "bathes", True, True, True
    )
    assert [(o.code, o.writes, o.fixed) for o in question.options] == [
        ("often", False, False), ("av_og_til", False, False), ("aldri", False, False), ("no", True, True)
    ]
    said = texts_of(app, ref)
    assert (said["q2.text"], said["q2.help"], said["q2.o3"]) == (
        "Badar du her?", "Også om vinteren", "Ja, ofte"
    )
    assert verbs(app, ref) == ["question_edit"]


def test_boxes_that_are_not_ticked_are_off(app: Flask, ref: str, facilitator: Browser) -> None:
    path = f"/nn/surveys/{ref}/edit/q2"
    sent = fields(facilitator.get(path))
    del sent["required"], sent["dont_know"]
    facilitator.post(path, sent)
    question = question_of(app, ref, "q2")
    assert (question.required, question.dont_know) == (False, False)


@pytest.mark.parametrize(("question", "changes", "told"), [
    ("q2", {"text": ""}, "Write the question"),
    ("q2", {"code": "Bad kode"}, "Begin with a letter"),
    ("q2", {"code": "often"}, "Another question has this code"),
    ("q2", {"o4_code": "yes"}, "Another answer of this question has this code"),
    ("q2", {"o4_text": ""}, "Write what can be answered"),
    ("q6", {"least": "7", "most": "3"}, "cannot be less than the smallest"),
    ("q6", {"least": "sju"}, "Write a whole number"),
    ("q6", {"if1_what": "q2:o3", "if1_op": "more", "if1_number": "3"}, "cannot be asked of that answer"),
    ("q6", {"if1_what": "q2", "if1_op": "chosen"}, "Choose one of the options"),
    ("q6", {"if1_what": "q7", "if1_op": "answered"}, "cannot be asked of that answer"),
])
def test_what_is_wrong_is_told_at_its_field_and_kept(
    app: Flask, ref: str, facilitator: Browser, question: str, changes: dict[str, str], told: str
) -> None:
    before = document_of(app, ref)
    page = saved(facilitator, ref, question, help="Dette vart skrive.", **changes)
    assert page.status == 422
    assert told in page.text
    assert "Dette vart skrive." in page.html
    assert document_of(app, ref) == before


def test_a_condition_is_chosen_from_what_comes_before(app: Flask, ref: str, facilitator: Browser) -> None:
    saved(facilitator, ref, "q7", if1_what="q2:o3", if1_op="not_chosen")
    assert question_of(app, ref, "q7").show_if == Condition((Asked("q2", Op.IS_NOT, "o3"),))
    saved(facilitator, ref, "q7", if2_what="q2", if2_op="answered", if_every="any")
    assert question_of(app, ref, "q7").show_if == Condition(
        (Asked("q2", Op.IS_NOT, "o3"), Asked("q2", Op.ANSWERED)), every=False
    )
    saved(facilitator, ref, "q7", if1_what="", if2_what="")
    assert question_of(app, ref, "q7").show_if is None


def test_a_page_leads_elsewhere(app: Flask, ref: str, facilitator: Browser) -> None:
    path = f"/nn/surveys/{ref}/edit/page/p1"
    sent = fields(facilitator.get(path)) | {"title": "Bading", "jump1_1_what": "q2:o4", "jump1__to": "end",
                                            "jump1_1_op": "chosen", "jump1_to": "end"}
    assert facilitator.post(path, sent).status == 303
    page = document_of(app, ref).pages[0]
    assert [(j.target, j.condition.tests) for j in page.jumps] == [("end", (Asked("q2", Op.IS, "o4"),))]
    assert texts_of(app, ref)["p1.title"] == "Bading"
    path = f"/nn/surveys/{ref}/edit/page/p1"
    without = fields(facilitator.get(path)) | {"jump1_1_what": "", "jump1_to": ""}
    facilitator.post(path, without)
    assert document_of(app, ref).pages[0].jumps == ()


@pytest.mark.parametrize(("changes", "told"), [
    ({"jump1_1_what": "q2:o4"}, "Choose where it leads"),
    ({"jump1_to": "end"}, "Choose the answer that leads there"),
    ({"jump1_to": "p1"}, "Choose one option"),
])
def test_half_a_jump_is_told(
    app: Flask, ref: str, facilitator: Browser, changes: dict[str, str], told: str
) -> None:
    path = f"/nn/surveys/{ref}/edit/page/p1"
    page = facilitator.post(path, fields(facilitator.get(path)) | changes)
    assert page.status == 422
    assert told in page.text


def test_options_are_moved_and_removed_with_what_was_typed(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    saved(facilitator, ref, "q2", do="down:o3", text="Badar du no?")
    assert [o.id for o in question_of(app, ref, "q2").options] == ["o4", "o3"]
    assert texts_of(app, ref)["q2.text"] == "Badar du no?"
    saved(facilitator, ref, "q2", do="remove:o4")
    assert [o.id for o in question_of(app, ref, "q2").options] == ["o3"]


def test_a_published_option_is_hidden_and_brought_back(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    page = saved(facilitator, ref, "q2", do="remove:o4")
    assert "No longer offered" in facilitator.get(page.location.partition("#")[0]).text
    assert [(o.id, o.hidden) for o in question_of(app, ref, "q2").options] == [("o3", False), ("o4", True)]
    assert saved(facilitator, ref, "q2").status == 303
    saved(facilitator, ref, "q2", do="back:o4")
    assert question_of(app, ref, "q2").options == document_published(app, ref).questions[0].options


def document_published(app: Flask, ref: str) -> Document:
    with app.app_context():
        found = queries.latest(load(ref).id)
        assert found is not None
        return found.document


def test_a_published_code_cannot_be_changed(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world)
    saved(facilitator, ref, "q2", code="other", o3_code="other")
    question = question_of(app, ref, "q2")
    assert (question.code, question.options[0].code) == ("swims", "yes")


def test_questions_move_by_buttons(app: Flask, ref: str, facilitator: Browser) -> None:
    def press(path: str, **sent: str) -> None:
        page = facilitator.post(f"/nn/surveys/{ref}/edit/{path}", {"version": version(app, ref), **sent})
        assert page.status == 303

    press("q7/place", do="up")
    assert [[q.id for q in p.questions] for p in document_of(app, ref).pages] == [["q2"], ["q7", "q6"]]
    press("q7/place", to="p1")
    press("page/p5/place", do="up")
    assert [[q.id for q in p.questions] for p in document_of(app, ref).pages] == [["q6"], ["q2", "q7"]]
    press("pages")
    assert len(document_of(app, ref).pages) == 3
    assert verbs(app, ref) == ["question_move", "question_move", "page_move", "page_add"]


def test_a_removal_can_be_undone_until_something_else_is_changed(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    before = document_of(app, ref)

    def press(path: str) -> Page:
        return facilitator.post(f"/nn/surveys/{ref}/edit/{path}", {"version": version(app, ref)})

    press("q2/removal")
    assert document_of(app, ref).question("q2") is None
    assert "Undo the removal" in facilitator.get(f"/nn/surveys/{ref}/edit").text
    press("undo")
    assert document_of(app, ref) == before
    press("page/p5/removal")
    press("pages")
    assert "Undo the removal" not in facilitator.get(f"/nn/surveys/{ref}/edit").text
    assert press("undo").status == 409


def test_what_was_typed_beside_a_removal_stays_when_it_is_undone(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    saved(facilitator, ref, "q2", do="remove:o4", not_say="y", text="Badar du no?")
    facilitator.post(f"/nn/surveys/{ref}/edit/undo", {"version": version(app, ref)})
    question = question_of(app, ref, "q2")
    assert ([o.id for o in question.options], question.not_say) == (["o3", "o4"], True)
    assert texts_of(app, ref)["q2.text"] == "Badar du no?"


def test_publishing_ends_what_can_be_undone(app: Flask, ref: str, world: World, facilitator: Browser) -> None:
    facilitator.post(f"/nn/surveys/{ref}/edit/q7/removal", {"version": version(app, ref)})
    with app.app_context():
        actions.publish(load(ref), user_id=world.facilitator)
        session.commit()
        assert not queries.can_undo(load(ref))


def test_a_published_question_is_no_longer_asked_and_is_brought_back(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    path = f"/nn/surveys/{ref}/edit/q6/removal"
    facilitator.post(path, {"version": version(app, ref)})
    assert question_of(app, ref, "q6").hidden
    assert "No longer asked" in facilitator.get(f"/nn/surveys/{ref}/edit").text
    facilitator.post(path, {"version": version(app, ref), "do": "back"})
    assert document_of(app, ref) == document_published(app, ref)


def test_two_editors_do_not_write_over_each_other(
    app: Flask, ref: str, facilitator: Browser, administrator: Browser
) -> None:
    path = f"/nn/surveys/{ref}/edit/q2"
    mine = fields(facilitator.get(path)) | {"text": "Mi setning", "help": "Mi hjelp"}
    assert saved(administrator, ref, "q2", text="Den andre si", more_options="Kanskje").status == 303
    page = facilitator.post(path, mine)
    assert page.status == 409
    assert "Mi setning" in page.html
    assert "Den andre si" in page.text
    assert texts_of(app, ref)["q2.text"] == "Den andre si"
    assert facilitator.post(path, fields(page)).status == 303
    assert texts_of(app, ref)["q2.text"] == "Mi setning"
    assert [o.code for o in question_of(app, ref, "q2").options] == ["yes", "no", "kanskje"]


def test_a_button_pressed_on_an_old_page_changes_nothing(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    before = document_of(app, ref)
    page = facilitator.post(f"/nn/surveys/{ref}/edit/q7/removal", {"version": "1"})
    assert page.status == 409
    assert "Somebody else has changed this survey" in page.text
    assert "What you wrote" not in page.text
    assert document_of(app, ref) == before


def test_what_is_no_longer_asked_is_offered_to_no_condition(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    facilitator.post(f"/nn/surveys/{ref}/edit/q2/removal", {"version": version(app, ref)})
    page = facilitator.get(f"/nn/surveys/{ref}/edit/q7")
    assert "A condition needs an answer on an earlier page" in page.text
    assert "does not come before it" in facilitator.get(f"/nn/surveys/{ref}/edit").text


def test_words_and_languages_are_saved_or_come_back(app: Flask, ref: str, facilitator: Browser) -> None:
    sent = {"version": version(app, ref), "title": "Badestranda", "intro": "Vi spør alle.", "others": ["en"]}
    assert facilitator.post(f"/nn/surveys/{ref}/edit/title", sent).status == 303
    assert document_of(app, ref).languages == ("nn", "en")
    page = facilitator.post(f"/nn/surveys/{ref}/edit/title", sent | {"intro": "Noko anna."})
    assert page.status == 409
    assert "Noko anna." in page.html
    assert texts_of(app, ref)["intro"] == "Vi spør alle."
    assert facilitator.post(f"/nn/surveys/{ref}/edit/title", sent | {"title": ""}).status == 422


def test_a_new_question_that_comes_second_is_not_lost(app: Flask, ref: str, facilitator: Browser) -> None:
    sent = {"version": "1", "page": "p1", "kind": "long", "text": "Mitt spørsmål"}
    page = facilitator.post(f"/nn/surveys/{ref}/edit/questions", sent)
    assert page.status == 409
    assert "Mitt spørsmål" in page.html


@pytest.mark.parametrize("path", [
    "q99", "page/p99", "q99/place", "q99/removal", "page/p99/place", "page/p99/removal",
])
def test_what_is_not_there_is_not_found(app: Flask, ref: str, facilitator: Browser, path: str) -> None:
    sent = {"version": version(app, ref), "do": "up"}
    assert facilitator.post(f"/nn/surveys/{ref}/edit/{path}", sent).status == 404


def test_advice_leads_to_what_it_is_about(app: Flask, ref: str, facilitator: Browser) -> None:
    with app.app_context():
        survey = load(ref)
        question = queries.draft_of(survey).question("q2")
        assert question is not None
        actions.save_document(survey, put_question(
            queries.draft_of(survey), replace(question, dont_know=False, background=True)
        ))
        session.commit()
    page = facilitator.get(f"/nn/surveys/{ref}/edit")
    assert "Offer “Prefer not to say”" in page.text
    assert f'href="/nn/surveys/{ref}/edit/q2"' in page.html
    assert "takes about" in page.text
    assert "Offer “Prefer not to say”" in facilitator.get(f"/nn/surveys/{ref}/edit/q2").text


def test_texts_are_told_in_the_language_they_are_in(ref: str, facilitator: Browser) -> None:
    page = facilitator.get(f"/sv/surveys/{ref}/edit")
    assert '<span lang="nn">Kva saknar du?</span>' in page.html
    assert short()[1]["q7.text"]["nn"] == "Kva saknar du?"
