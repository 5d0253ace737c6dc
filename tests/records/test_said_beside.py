"""What was written about an idea beside its texts is found, given out as somebody chooses, and erased."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.pictures import make_ready
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, Redaction, TextVersion
from citizen.moderation import actions as moderation
from citizen.records.models import CaseItem
from citizen.records.rules import Eraser
from citizen.surveys import actions as surveys
from citizen.surveys.models import Answer
from citizen.surveys.queries.exporting import received
from citizen.surveys.rules import Level
from citizen.surveys.rules.values import Value
from tests.factories import an_idea, load
from tests.history import NAME, a_long_history
from tests.ideas.test_receipt import code_of
from tests.pages import Browser, Page
from tests.photos import a_photo
from tests.records.test_cases import CASES, add, item_of, seek
from tests.records.things import a_case
from tests.surveys.samples import a_survey, answered, by_code, short
from tests.surveys.samples import load as load_survey
from tests.world import World


@pytest.fixture
def case(app: Flask, world: World) -> str:
    return a_case(app, world)


@pytest.fixture
def hers(app: Flask, world: World) -> str:
    """An idea of Kari's that everything has happened to."""
    ref = a_long_history(app, world)[0]
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "nn")
        session.commit()
    return ref


def given(browser: Browser, case: str) -> dict[str, Any]:
    [record] = json.loads(browser.post(f"{CASES}/{case}/extract.json").response.data)["records"]
    return dict(record)


def choose(browser: Browser, case: str, item: int, *keep: str) -> Page:
    """Tick what has one of some words in it, and nothing else."""
    page = browser.get(f"{CASES}/{case}/records/{item}")
    shown = re.findall(r'name="shown" value="([^"]+)"', page.html)
    was = re.findall(r'name="was" value="([^"]+)"', page.html)
    give = [key for key in shown if key.partition(":")[0] in keep]
    return browser.post(f"{CASES}/{case}/records/{item}/giving", {"shown": shown, "was": was, "give": give})


@pytest.mark.parametrize("words", [
    f"{NAME} ringde", f"Ikkje hat mot {NAME}", f"Eg er ven med {NAME}", f"Vi har snakka med {NAME}",
    f"{NAME} har nøkkelen", f"{NAME} er spurd", f"Om {NAME}", "Hamnesjefen",
])
def test_words_are_found_wherever_somebody_wrote_them(
    administrator: Browser, hers: str, case: str, words: str
) -> None:
    assert seek(administrator, case, "words", words) == [f"contribution:{hers}"]


def test_words_are_found_in_what_a_photo_is_said_to_show(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    ref = an_idea(app, world, photos=[(_photo(), "Kari Nordmann på brua")], holder="x")
    assert seek(administrator, case, "words", NAME) == [f"contribution:{ref}"]


def test_her_own_is_given_out_with_what_staff_wrote_and_without_their_names(
    administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    told = given(administrator, case)
    assert {piece["what"]: piece["words"] for piece in told["passages"]} == {
        "note": f"{NAME} ringde i dag.", "look_words": f"Om {NAME}: nei.",
        "look_note": f"Ikkje hat mot {NAME}.",
    }
    assert (told["left_out"], told["second_looks"][0]["outcome"]) == (0, "refused")
    assert told["appeals"][0]["answer"] == f"Vi har snakka med {NAME}."
    assert [answer["taken_back"] is None for answer in told["official_answers"]] == [True, False]
    assert len(told["merges"]) == 2
    assert told["moves"][0]["to"] == "Hamna i morgon"
    page = administrator.post(f"{CASES}/{case}/extract").text
    for words in (f"{NAME} ringde i dag.", f"Eg er ven med {NAME}.", "Vi tek over nøkkelen.",
                  "Hamna i morgon"):
        assert words in page
    for name in ("Maja", "Morten"):
        assert name not in page + json.dumps(told)


def test_a_piece_can_be_left_out_and_the_extract_says_so(
    app: Flask, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    assert choose(administrator, case, item_of(app), "look_note").status == 303
    told = given(administrator, case)
    assert ([piece["what"] for piece in told["passages"]], told["left_out"]) == (["look_note"], 2)
    page = administrator.post(f"{CASES}/{case}/extract").text
    assert "2 pieces of what was written about this are left out" in page
    assert "ringde i dag" not in page
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="case.choose").one()
        assert (row.details["given"], row.details["left_out"]) == (1, 2)


def test_what_is_noted_after_somebody_chose_is_not_given_out_unread(
    app: Flask, world: World, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    choose(administrator, case, item_of(app), "note", "look_note", "look_words")
    with app.app_context():
        moderation.note(load(hers), "Ola seier noko anna.", user_id=world.moderator)
        session.commit()
    told = given(administrator, case)
    assert (len(told["passages"]), told["left_out"]) == (3, 1)
    assert "Ola seier" not in json.dumps(told)


def test_a_proposal_that_nobody_has_answered_is_not_given_out(
    app: Flask, world: World, administrator: Browser, moderator: Browser, case: str
) -> None:
    ref = an_idea(app, world)
    moderator.post(f"/en/moderation/{ref}", {
        "decision": "rejected", "reason": "hate", "words": "Hatefullt.", "version": "1",
    })
    add(administrator, case, "code", code_of(app, ref))
    told = given(administrator, case)
    assert (told["passages"], told["second_looks"]) == ([], [])


def test_of_what_others_wrote_nothing_beside_it_is_given_before_somebody_chooses(
    app: Flask, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "words", "ringde i dag")
    told = given(administrator, case)
    assert told["passages"] == []
    assert not {"appeals", "merges", "moves", "states", "handling", "contact", "left_out"} & set(told)
    assert [answer["answer"] for answer in told["official_answers"]] == [f"Takk. {NAME} har nøkkelen."]
    assert choose(administrator, case, item_of(app), "note", "appeal").status == 303
    assert {piece["what"] for piece in given(administrator, case)["passages"]} == {"note", "appeal"}


def test_a_choice_is_not_overwritten_and_a_closed_case_not_changed(
    app: Flask, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    address = f"{CASES}/{case}/records/{item_of(app)}/giving"
    shown = re.findall(r'name="shown" value="([^"]+)"',
                       administrator.get(f"{CASES}/{case}/records/{item_of(app)}").html)
    late = administrator.post(address, {"shown": shown, "was": [], "give": []})
    assert late.status == 409
    assert "Nothing was overwritten" in late.text
    page = administrator.get(f"{CASES}/{case}/closing")
    administrator.post(f"{CASES}/{case}/closing", {"answer": "Svar.", "version": page.hidden("version")})
    assert administrator.post(address, {"shown": shown, "was": shown, "give": []}).status == 409
    with app.app_context():
        assert session.query(CaseItem).one().given == {}


def test_only_administrators_of_the_town_choose(
    app: Flask, administrator: Browser, moderator: Browser, stranger: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    address = f"{CASES}/{case}/records/{item_of(app)}/giving"
    assert (moderator.post(address).status, stranger.post(address).status) == (403, 404)


def test_words_go_out_of_everything_that_was_written_and_of_nothing_else(
    app: Flask, administrator: Browser, hers: str, case: str
) -> None:
    add(administrator, case, "email", "kari@example.org")
    done = administrator.post(f"{CASES}/{case}/records/{item_of(app)}/erasing", {
        "erase-words": NAME, "erase-reason": "Ho ber om det.",
    }, follow=True)
    # The text; a note, two pieces of a look, an appeal and its answer, an official answer, handling, a step.
    assert "Taken out in 9 places" in done.text
    told = json.dumps(given(administrator, case), ensure_ascii=False)
    assert "[fjerna av kommunen] ringde i dag." in told
    assert "Vi har snakka med [fjerna av kommunen]." in told
    assert NAME not in told
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0


def test_what_a_redaction_took_out_still_stands_where_it_stood(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    ref = an_idea(app, world, title=NAME, body=f"Ring {NAME} på 22 22 22 22, seier {NAME}.",
                  photos=[(_photo(), f"{NAME} og Ola")], holder="x")
    with app.app_context():
        idea = load(ref)
        body = idea.texts[0].body
        [(picture, alt)] = _photos(idea)
        start = body.index("22 22")
        moderation.redact(
            idea, of_version=1, photos=[(picture, f"{NAME} og [fjerna av kommunen]", [])],
            user_id=world.moderator, reason="personal_data", words="",
            texts={"title": NAME, "body": body.replace("22 22 22 22", "[fjerna av kommunen]"), "place": ""},
            removed={"body": [[start, start + 11]],
                     "photos": {picture.ref: {"cells": [], "alt": [[alt.index("Ola"), len(alt)]]}}},
            expected_version=idea.version,
        )
        session.commit()
    add(administrator, case, "reference", ref)
    administrator.post(f"{CASES}/{case}/records/{item_of(app)}/erasing",
                       {"erase-words": NAME, "erase-reason": "Ho ber om det."})
    with app.app_context():
        row = session.query(Redaction).one()
        body = session.get_one(TextVersion, (row.contribution_id, 1)).body
        assert NAME not in body
        [[start, end]] = row.removed["body"]
        assert body[start:end] == "22 22 22 22"
        [(_picture, alt)] = _photos(load(ref), 1)
        [[start, end]] = next(iter(row.removed["photos"].values()))["alt"]
        assert alt[start:end] == "Ola"


@pytest.mark.parametrize(("text", "place", "is_end", "moved"), [
    ("Per er her", 7, False, 7), ("Per er her", 3, True, 3), ("Per er her", 0, False, 0),
    ("Per Hansen er her", 11, False, 4), ("Per Hansen er her", 10, True, 3),
    ("Per Hansen er her", 4, False, 0), ("Per Hansen er her", 4, True, 3),
])
def test_places_move_with_the_words_before_them(text: str, place: int, is_end: bool, moved: int) -> None:
    assert Eraser(["Per Hansen", "Per"], "[x]").moved(text, place, is_end=is_end) == moved


def test_an_anonymous_answer_loses_its_words_in_both_places_and_stays_redacted_in_files(
    app: Flask, world: World, administrator: Browser, case: str
) -> None:
    survey = a_survey(app, world, level=Level.ANONYMOUS)
    text = f"{NAME} har nummer 22 22 22 22."
    for wish in (text, "", "", "", ""):
        said = {"wish": Value(text=wish)} if wish else {}
        answered(app, world, survey, by_code(short()[0], swims=Value(options=("yes",)), **said))
    with app.app_context():
        surveys.open_sealed(load_survey(survey))
        answer = session.query(Contribution).one()
        moderation.redact(
            answer, of_version=1, photos=[], user_id=world.moderator, reason="personal_data", words="",
            texts={"title": "", "body": f"{NAME} har nummer [fjerna av kommunen].", "place": ""},
            removed={"body": [[text.index("22"), len(text) - 1]]}, expected_version=answer.version,
        )
        session.commit()
    add(administrator, case, "words", NAME)
    administrator.post(f"{CASES}/{case}/records/{item_of(app)}/erasing",
                       {"erase-words": NAME, "erase-reason": "Ho ber om det."})
    mark = "[fjerna av kommunen]"
    with app.app_context():
        assert {one.text for one in session.query(Answer) if one.text} == {f"{mark} har nummer 22 22 22 22."}
        lots = list(received(load_survey(survey).id))
        texts = {one.text for lot in lots for each in lot for one in each.rows if one.text}
        assert texts == {f"{mark} har nummer {mark}."}


def _photos(idea: Contribution, number: int = 1) -> list[Any]:
    return list(contribution_queries.pictures_of(idea.id, number))


def _photo() -> Any:
    return make_ready(a_photo())
