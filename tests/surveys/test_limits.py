"""Many people behind one address answer without being stopped; a program that floods is."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.surveys.models import Submission
from citizen.surveys.rules import Level
from tests.pages import Browser
from tests.surveys.samples import a_survey
from tests.surveys.test_answering import ids, page_of, started, through
from tests.world import World

CLASSES = 65


def limited(app: Flask, patched: pytest.MonkeyPatch, **limits: Any) -> None:
    settings = replace(app.extensions["citizen.settings"], **limits)
    patched.setitem(app.extensions, "citizen.settings", settings)


def test_two_classes_of_a_school_answer_behind_one_address(app: Flask, world: World) -> None:
    ref, known = a_survey(app, world, level=Level.NAMED), ids()
    pupil = Browser(app, language="nn")
    token = {"csrf_token": pupil.get("/nn/receipt").hidden("csrf_token"), "municipality": "elvdal"}
    with pupil.client.session_transaction() as cookie:
        fresh = dict(cookie)
    for _ in range(CLASSES):
        # The next one has a phone of their own.
        with pupil.client.session_transaction() as cookie:
            cookie.clear()
            cookie.update(fresh)
        assert pupil.post(f"/nn/surveys/{ref}", token).status == 303
        assert pupil.post(page_of(ref), {**token, known["swims"]: known["swims.no"]}).status == 303
        assert pupil.post(f"/nn/surveys/{ref}/check", token).status == 303
    with app.app_context():
        assert session.query(Submission).count() == CLASSES


def test_a_program_that_begins_over_and_over_is_stopped_and_whoever_has_begun_is_not(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(app, monkeypatch, survey_limit="3 per 10 minutes", submit_limit="1 per 10 minutes")
    ref, resident = a_survey(app, world), Browser(app, language="nn")
    address = through(resident, ref)
    tries = [started(Browser(app, language="nn"), ref).status for _ in range(3)]
    assert tries == [303, 303, 429]
    assert resident.post(address).status == 303


def test_right_codes_are_typed_as_often_as_wanted_and_wrong_ones_seldom(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(app, monkeypatch, receipt_limit="3 per 10 minutes")
    ref, resident = a_survey(app, world), Browser(app, language="nn")
    through(resident, ref)
    found = re.search(r'class="code">([\w-]+)<', resident.get(f"/nn/surveys/{ref}/left").html)
    assert found is not None
    right = [resident.post("/nn/surveys/continue", {"code": found[1]}).status for _ in range(5)]
    assert right == [303] * 5
    wrong = [resident.post("/nn/surveys/continue", {"code": "7K2M9QXT4HRA"}).status for _ in range(4)]
    assert wrong == [422, 422, 422, 429]
    # Guessing by the address counts with it.
    assert resident.get("/nn/surveys/continue/7K2M9QXT4HRA").status == 429
    # So does guessing at invitations.
    assert resident.get("/nn/surveys/invitation/7K2M9QXT4HRA/stop").status == 429
