"""A question asked in another way: what was answered stays, and what the new kind cannot use goes."""

from collections.abc import Iterator

import pytest
from flask import Flask

from citizen.surveys.rules.document import Kind
from tests.pages import Browser
from tests.surveys.samples import a_survey, travel
from tests.surveys.test_desk import version
from tests.surveys.test_editing import document_of, fields, question_of
from tests.world import World

KINDS = [kind for kind in Kind if kind is not Kind.STATEMENT]


def becomes(browser: Browser, app: Flask, ref: str, question: str, kind: Kind) -> int:
    sent = {"version": version(app, ref), "kind": kind.value}
    return browser.post(f"/nn/surveys/{ref}/edit/{question}/kind", sent).status


def ways() -> Iterator[tuple[str, Kind]]:
    for question in travel()[0].questions:
        if question.kind is not Kind.STATEMENT:
            yield from ((question.id, kind) for kind in KINDS if kind is not question.kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_becomes_every_other_kind_and_is_saved_as_it_is(
    app: Flask, world: World, facilitator: Browser, kind: Kind
) -> None:
    ref = a_survey(app, world, travel())
    before = document_of(app, ref)
    for question in [one for one, to in ways() if to is kind]:
        old = before.question(question)
        assert old is not None
        assert becomes(facilitator, app, ref, question, kind) == 303
        now = question_of(app, ref, question)
        assert (now.kind, now.code) == (kind, old.code)
        # What has been published may have answers.
        assert [o.id for o in now.options] == [o.id for o in old.options]
        assert [r.id for r in now.rows] == [r.id for r in old.rows]
        path = f"/nn/surveys/{ref}/edit/{question}"
        answer = facilitator.post(path, fields(facilitator.get(path)))
        assert answer.status == 303, answer.text
        assert question_of(app, ref, question) == now


def test_the_publish_page_asks_to_confirm_another_kind(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world)
    becomes(facilitator, app, ref, "q7", Kind.SHORT)
    told = facilitator.get(f"/en/surveys/{ref}/publication").text
    assert "Begins anew" in told
    assert "Tick each to confirm" in told


def test_options_of_a_draft_are_gone_with_their_kind_and_come_back_by_undoing(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, publish=False)
    before = document_of(app, ref)
    becomes(facilitator, app, ref, "q2", Kind.LONG)
    assert question_of(app, ref, "q2").options == ()
    facilitator.post(f"/nn/surveys/{ref}/edit/undo", {"version": version(app, ref)})
    assert document_of(app, ref) == before


def test_a_kind_that_there_is_not_changes_nothing(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, publish=False)
    before = document_of(app, ref)
    sent = {"version": version(app, ref), "kind": "statement"}
    assert facilitator.post(f"/nn/surveys/{ref}/edit/q2/kind", sent).status == 400
    sent = {"version": "1000", "kind": "long"}
    assert facilitator.post(f"/nn/surveys/{ref}/edit/q2/kind", sent).status == 409
    assert document_of(app, ref) == before
