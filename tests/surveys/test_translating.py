"""The translation desk: texts side by side, saved together, nothing of anybody's overwritten."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.models import Answer, Submission, SurveyText
from citizen.surveys.rules import Level
from citizen.surveys.rules.document import Document
from citizen.surveys.rules.rows import values_from
from citizen.surveys.rules.tallying import counted
from citizen.surveys.rules.values import Value
from tests.pages import Browser, Page
from tests.surveys.samples import a_survey, answered, by_code, load, short, travel
from tests.world import World


@pytest.fixture
def ref(app: Flask, world: World) -> str:
    """The short survey, in Nynorsk and Swedish."""
    return a_survey(app, world, publish=False)


def desk(ref: str, more: str = "") -> str:
    return f"/sv/surveys/{ref}/translation{more}"


def fields(page: Page) -> dict[str, Any]:
    """What the desk's form holds, as a browser would send it."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and re.match("(text|was|source)-", name[1]):
            found[name[1]] = unescape(value[1]) if value else ""
    areas = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page.html, re.DOTALL)
    return found | {name: unescape(text) for name, text in areas}


def row(app: Flask, ref: str, key: str, language: str = "sv") -> tuple[str, str, str | None] | None:
    """(text, state, source) of a stored text."""
    with app.app_context():
        found = session.get(SurveyText, (load(ref).id, key, language))
        return (found.text, found.state, found.source) if found else None


def write(app: Flask, ref: str, key: str, language: str, text: str, **values: Any) -> None:
    with app.app_context():
        actions.save_text(load(ref), key, language, text, **values)
        session.commit()


# ---- what is shown


def test_texts_lie_side_by_side_with_what_they_are(ref: str, facilitator: Browser) -> None:
    page = facilitator.get(desk(ref))
    assert "Question 1 · One choice" in page.text
    assert "Answer option of question 1" in page.text
    assert '<div id="beside-q6.text" lang="nn"><p>Kor mange gonger i året?</p></div>' in page.html
    assert fields(page)["text-q6.text"] == "Hur många gånger om året?"
    assert "6 texts, all reviewed" in page.text


def test_a_changed_source_is_told_with_what_it_was(app: Flask, ref: str, facilitator: Browser) -> None:
    write(app, ref, "q2.text", "nn", "Sym du?")
    page = facilitator.get(desk(ref))
    assert "5 of 6 texts are reviewed" in page.text
    assert "When it was translated, the source said: Badar du?" in page.text
    only = facilitator.get(desk(ref, "?state=stale"))
    assert [name for name in fields(only) if name.startswith("text-")] == ["text-q2.text"]


def test_a_filter_shows_what_is_left_to_do(app: Flask, ref: str, facilitator: Browser) -> None:
    write(app, ref, "q2.o3", "sv", "")
    write(app, ref, "q2.o4", "sv", "Nej", state="machine")
    found = {
        state: [n for n in fields(facilitator.get(desk(ref, f"?state={state}"))) if n.startswith("text-")]
        for state in ("missing", "machine", "todo", "reviewed")
    }
    assert (found["missing"], found["machine"]) == (["text-q2.o3"], ["text-q2.o4"])
    assert found["todo"] == ["text-q2.o3", "text-q2.o4"]
    assert len(found["reviewed"]) == 4


def test_a_missing_text_to_translate_from_is_shown_in_the_nearest_language(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, travel(), publish=False)
    write(app, ref, "q2.text", "nb", "")
    page = facilitator.get(desk(ref, "?from=nb&to=sv"))
    assert '<div id="beside-q2.text" lang="nn">' in page.html
    assert '<div id="beside-title" lang="nb">' in page.html


def test_a_long_survey_comes_in_pages(app: Flask, world: World, facilitator: Browser) -> None:
    ref = a_survey(app, world, travel(), publish=False)
    first, second = facilitator.get(desk(ref, "?to=sv")), facilitator.get(desk(ref, "?to=sv&page=2"))
    assert "text-title" in fields(first)
    assert not set(fields(first)) & set(fields(second))
    # Beyond the last page there is the last page: what has been saved may have left the filter.
    assert fields(facilitator.get(desk(ref, "?to=sv&page=99")))


def test_strangers_see_no_desk(app: Flask, ref: str, world: World, moderator: Browser) -> None:
    stranger = Browser(app, user_id=world.stranger)
    for path in (desk(ref), desk(ref, "/file"), desk(ref, "/import")):
        assert stranger.get(path).status == 404
        assert moderator.get(path).status == 403
    assert stranger.post(desk(ref), {"text-title": "Mitt", "was-title": "Badplatsen"}).status == 404


# ---- saving


def test_all_texts_of_a_page_are_saved_at_once_and_are_reviewed(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    sent = fields(facilitator.get(desk(ref))) | {"text-title": "Badstranden", "text-q6.text": "Hur ofta?"}
    done = facilitator.post(desk(ref, "?to=sv&from=nn"), sent, follow=True)
    assert "2 texts have been saved." in done.text
    assert row(app, ref, "title") == ("Badstranden", "reviewed", "Badeplassen")
    # Nobody has looked at what was left as it is.
    assert row(app, ref, "q2.text") == ("Badar du?", "reviewed", None)
    with app.app_context():
        audit = session.query(AuditRow).filter_by(action="surveys.translate").one()
        assert audit.details == {"texts": 2, "way": "page", "languages": ["sv"]}


def test_saving_a_page_does_not_review_what_a_machine_has_made(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    write(app, ref, "title", "sv", "Badeplatsen", state="machine", source="Badeplassen")
    page = facilitator.get(desk(ref))
    facilitator.post(desk(ref), fields(page))
    assert row(app, ref, "title") == ("Badeplatsen", "machine", "Badeplassen")
    facilitator.post(desk(ref), fields(page) | {"right": "title"})
    assert row(app, ref, "title") == ("Badeplatsen", "reviewed", "Badeplassen")


def test_a_stale_text_can_be_still_right(app: Flask, ref: str, facilitator: Browser) -> None:
    write(app, ref, "q2.text", "nn", "Badar du her?")
    page = facilitator.get(desk(ref))
    assert "Still right as it is" in page.text
    facilitator.post(desk(ref), fields(page) | {"right": "q2.text"})
    assert row(app, ref, "q2.text") == ("Badar du?", "reviewed", "Badar du her?")
    assert "6 texts, all reviewed" in facilitator.get(desk(ref)).text


def test_a_source_that_changes_while_somebody_translates_leaves_a_stale_text(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    sent = fields(facilitator.get(desk(ref))) | {"text-q6.text": "Hur ofta?"}
    write(app, ref, "q6.text", "nn", "Kor ofte i juli?")
    facilitator.post(desk(ref), sent)
    assert row(app, ref, "q6.text") == ("Hur ofta?", "reviewed", "Kor mange gonger i året?")
    assert "q6.text" in str(fields(facilitator.get(desk(ref, "?state=stale"))))


def test_what_is_made_from_a_stale_translation_is_stale_too(
    app: Flask, world: World, facilitator: Browser
) -> None:
    ref = a_survey(app, world, travel(), publish=False)
    write(app, ref, "title", "nn", "Slik reiser vi")
    page = facilitator.get(desk(ref, "?from=nb&to=sv"))
    facilitator.post(desk(ref, "?from=nb&to=sv"), fields(page) | {"text-title": "Så kommer vi fram"})
    found = row(app, ref, "title")
    assert found is not None
    assert found[2] == "Slik kjem vi oss fram"


def test_an_emptied_text_is_missing(app: Flask, ref: str, facilitator: Browser) -> None:
    facilitator.post(desk(ref), fields(facilitator.get(desk(ref))) | {"text-q2.o3": "  "})
    assert row(app, ref, "q2.o3") is None


def test_what_is_wrong_is_told_at_its_field_and_the_rest_is_saved(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    write(app, ref, "q6.text", "nn", "Du svara {q2}. Kor ofte?")
    sent = fields(facilitator.get(desk(ref))) | {
        "text-title": "Badstranden", "text-q6.text": "Du svarade <b>. Hur ofta?", "text-q2.o3": "J" * 301,
    }
    page = facilitator.post(desk(ref), sent)
    assert page.status == 422
    assert "1 text has been saved. What is left needs to be fixed:" in page.text
    assert "{q2} stands in the source and must stand here too: it becomes an earlier answer." in page.text
    assert "Answer option of question 1: Shorten the text to 300 characters or fewer" in page.text
    kept = fields(page)
    assert (kept["text-q6.text"], kept["text-q2.o3"]) == ("Du svarade <b>. Hur ofta?", "J" * 301)
    assert row(app, ref, "title") == ("Badstranden", "reviewed", "Badeplassen")
    assert row(app, ref, "q2.o3") == ("Ja", "reviewed", None)
    mended = kept | {"text-q6.text": "Du svarade {q2}. Hur ofta?", "text-q2.o3": "Jo"}
    assert facilitator.post(desk(ref), mended).status == 303
    assert row(app, ref, "q6.text") == ("Du svarade {q2}. Hur ofta?", "reviewed", "Du svara {q2}. Kor ofte?")


def test_what_somebody_else_has_changed_is_told_and_not_overwritten(
    app: Flask, ref: str, facilitator: Browser, administrator: Browser
) -> None:
    before = fields(facilitator.get(desk(ref)))
    administrator.post(desk(ref), before | {"text-title": "Badviken"})
    page = facilitator.post(desk(ref), before | {"text-title": "Badstranden", "text-q6.text": "Hur ofta?"})
    assert page.status == 422
    assert "Somebody else has changed this text to “Badviken”." in page.text
    assert fields(page)["text-title"] == "Badstranden"
    assert (row(app, ref, "title") or [""])[0] == "Badviken"
    assert (row(app, ref, "q6.text") or [""])[0] == "Hur ofta?"
    # Whoever has seen it may replace it.
    assert facilitator.post(desk(ref), fields(page)).status == 303
    assert (row(app, ref, "title") or [""])[0] == "Badstranden"


def test_two_who_write_the_same_have_no_conflict(
    app: Flask, ref: str, facilitator: Browser, administrator: Browser
) -> None:
    before = fields(facilitator.get(desk(ref)))
    administrator.post(desk(ref), before | {"text-title": "Badviken"})
    assert facilitator.post(desk(ref), before | {"text-title": "Badviken"}).status == 303


def test_of_two_who_save_at_the_same_moment_one_is_told(app: Flask, ref: str, world: World) -> None:
    people = [Browser(app, user_id=world.facilitator), Browser(app, user_id=world.administrator)]
    before = fields(people[0].get(desk(ref)))
    tokens = [one.get("/sv/receipt").hidden("csrf_token") for one in people]

    def save(number: int) -> int:
        sent = before | {"text-title": f"Bad {number}", "csrf_token": tokens[number]}
        return people[number].post(desk(ref), sent).status

    with ThreadPoolExecutor(2) as both:
        statuses = list(both.map(save, range(2)))
    assert sorted(statuses) == [303, 422]
    assert (row(app, ref, "title") or [""])[0] == f"Bad {statuses.index(303)}"


def test_what_is_no_text_of_the_survey_is_passed_over(app: Flask, ref: str, facilitator: Browser) -> None:
    done = facilitator.post(desk(ref), {"text-q99.text": "x", "text-title\0": "y", "text-": "z"}, follow=True)
    assert "Nothing was changed." in done.text
    with app.app_context():
        assert session.query(SurveyText).count() == 12


# ---- languages


def version(app: Flask, ref: str) -> int:
    with app.app_context():
        return load(ref).version


def languages(app: Flask, ref: str) -> tuple[str, ...]:
    with app.app_context():
        return queries.draft_of(load(ref)).languages


def test_a_language_is_added_and_removed_and_its_texts_are_kept(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    def change(more: str, chosen: str) -> Page:
        return facilitator.post(desk(ref, f"/languages{more}"),
                                {"chosen": chosen, "version": version(app, ref)}, follow=True)

    assert "0 of 6 texts are reviewed" in change("", "nb").text
    assert languages(app, ref) == ("nn", "sv", "nb")
    change("/removal", "sv")
    assert languages(app, ref) == ("nn", "nb")
    change("", "sv")
    assert (row(app, ref, "title") or [""])[0] == "Badplatsen"
    assert change("/removal", "nn").status == 422
    assert change("", "de").status == 422
    assert languages(app, ref) == ("nn", "nb", "sv")


def test_two_who_change_the_languages_at_once_do_not_undo_each_other(
    app: Flask, ref: str, facilitator: Browser
) -> None:
    seen = version(app, ref)
    facilitator.post(desk(ref, "/languages"), {"chosen": "nb", "version": seen})
    late = facilitator.post(desk(ref, "/languages/removal"), {"chosen": "sv", "version": seen})
    assert late.status == 409
    assert languages(app, ref) == ("nn", "sv", "nb")


def test_only_a_whole_language_can_be_translated_from(app: Flask, ref: str, facilitator: Browser) -> None:
    write(app, ref, "q2.o3", "sv", "")
    sent = {"chosen": "sv", "version": version(app, ref)}
    assert facilitator.post(desk(ref, "/languages/source"), sent).status == 422
    write(app, ref, "q2.o3", "sv", "Ja")
    assert facilitator.post(desk(ref, "/languages/source"), sent).status == 303
    assert languages(app, ref) == ("sv", "nn")
    page = facilitator.get(desk(ref, "?to=nn"))
    assert "6 texts, all reviewed" in page.text
    write(app, ref, "title", "sv", "Badviken")
    assert "Source has changed" in facilitator.get(desk(ref, "?to=nn&state=stale")).text


def test_a_survey_in_one_language_offers_to_add_another(
    app: Flask, world: World, facilitator: Browser
) -> None:
    document, texts = short()
    alone: Document = replace(document, languages=("nn",))
    ref = a_survey(app, world, (alone, {k: {"nn": t["nn"]} for k, t in texts.items()}), publish=False)
    page = facilitator.get(desk(ref))
    assert "Languages of the survey" in page.text
    assert fields(page) == {}


# ---- answers


def test_answers_in_different_languages_count_together(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    document = short()[0]
    for language, municipality in (("nn", world.norwegian), ("sv", world.swedish), ("sv", world.swedish)):
        answered(app, world, ref, by_code(document, swims=Value(options=("yes",))), language=language,
                 municipality_id=municipality)
    with app.app_context():
        found = Counter(
            (one.question, one.option)
            for submission in session.query(Submission)
            for one in counted(document, values_from(
                document, session.query(Answer).filter_by(submission_id=submission.id)
            ))
        )
    assert (found["q2", "*"], found["q2", "o3"], found["q2", "o4"]) == (3, 3, 0)
