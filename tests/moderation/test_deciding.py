"""One decision at a time."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import VisibilityChange
from citizen.contributions.rules import Visibility
from tests.factories import an_idea, load
from tests.pages import Browser, Page
from tests.world import World


def decide(browser: Browser, ref: str, decision: str, version: int = 1, **values: str) -> Page:
    return browser.post(
        f"/en/moderation/{ref}", {"decision": decision, "version": str(version), **values}
    )


def state_of(app: Flask, ref: str) -> tuple[str, int]:
    with app.app_context():
        found = load(ref)
        return found.visibility, found.version


def audited(app: Flask) -> list[tuple[str, str, Any]]:
    with app.app_context():
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id))
        return [(row.action, row.subject, row.details.get("reason")) for row in rows]


def test_the_page_shows_what_a_moderator_needs_to_know(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, title="Lys på vegen", body="Her er mørkt.", place="Elvevegen",
                  sector="business", source="workshop")
    page = moderator.get(f"/en/moderation/{ref}")
    for words in ("Lys på vegen", "Her er mørkt.", "Elvevegen", "Business", "A workshop", "Nynorsk",
                  "Elvdal kommune", "Borderland", ref, "1 of 1 waiting", "Under review"):
        assert words in page.text
    assert '<h1 lang="nn">' in page.html


def test_publishing_leads_to_the_next_one_that_waits(app: Flask, world: World, moderator: Browser) -> None:
    first, second = an_idea(app, world, title="Den første"), an_idea(app, world, title="Den andre")
    answer = decide(moderator, first, "published")
    assert answer.status == 303
    assert answer.location == f"/en/moderation/{second}?decided={first}"
    page = moderator.get(answer.location)
    assert "Den første has been published." in page.text
    assert f'action="/en/moderation/{first}/undo"' in page.html
    assert state_of(app, first) == ("published", 2)


def test_the_last_decision_leads_back_to_the_queue(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    answer = decide(moderator, ref, "published")
    assert answer.location == f"/en/moderation/?decided={ref}"
    page = moderator.get(answer.location)
    assert "has been published" in page.text
    assert "Nothing is waiting" in page.text


def test_after_the_youngest_comes_the_oldest(app: Flask, world: World, moderator: Browser) -> None:
    oldest, youngest = an_idea(app, world), an_idea(app, world)
    assert decide(moderator, youngest, "published").location.startswith(f"/en/moderation/{oldest}?")


@pytest.mark.parametrize(
    ("decision", "begins", "ends", "name"),
    [
        ("returned", "submitted", "returned", "moderation.return"),
        ("rejected", "submitted", "rejected", "moderation.reject"),
        ("hidden", "published", "hidden", "moderation.hide"),
    ],
)
def test_a_decision_with_a_reason_is_kept_with_its_words_and_audited(
    app: Flask, world: World, moderator: Browser, decision: str, begins: str, ends: str, name: str
) -> None:
    ref = an_idea(app, world, state=begins)
    answer = decide(moderator, ref, decision, version=1 if begins == "submitted" else 2,
                    reason="personal_data", words="Ta bort namnet.")
    assert answer.status == 303
    assert state_of(app, ref)[0] == ends
    assert audited(app)[-1] == (name, ref, "personal_data")
    page = moderator.get(f"/en/moderation/{ref}")
    assert "Ta bort namnet." in page.text
    assert "Contains personal data" in page.text
    assert "Maja" in page.text


def test_a_hidden_idea_can_be_published_again(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, state="published")
    decide(moderator, ref, "hidden", version=2, reason="attack")
    assert "Publish again" in moderator.get(f"/en/moderation/{ref}").text
    assert decide(moderator, ref, "published", version=3).status == 303
    assert state_of(app, ref) == ("published", 4)
    assert [row[0] for row in audited(app)] == ["moderation.hide", "moderation.restore"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": "", "words": "Skriv om."}, "Choose a reason"),
        ({"reason": "odd", "words": "Skriv om."}, "Choose a reason"),
        ({"reason": "attack", "words": "Skriv om. " * 201}, "Shorten the text to 2000 characters or fewer"),
    ],
)
def test_a_return_must_have_a_reason_and_words_that_are_not_too_long(
    app: Flask, world: World, moderator: Browser, values: dict[str, str], sentence: str
) -> None:
    ref = an_idea(app, world)
    page = decide(moderator, ref, "returned", **values)
    assert page.status == 422
    assert sentence in page.text
    assert values["words"].strip() in page.html
    assert "<details open" in page.html
    assert page.title.startswith("Error:")
    assert state_of(app, ref) == ("submitted", 1)
    assert audited(app) == []


def test_not_publishing_needs_a_reason_but_no_words(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    assert decide(moderator, ref, "rejected", words="Berre ord").status == 422
    assert decide(moderator, ref, "rejected", reason="advert").status == 303


@pytest.mark.parametrize("decision", ["", "withdrawn", "submitted", "delete"])
def test_a_decision_that_does_not_exist_is_refused(
    app: Flask, world: World, moderator: Browser, decision: str
) -> None:
    ref = an_idea(app, world)
    assert decide(moderator, ref, decision).status == 422
    assert state_of(app, ref) == ("submitted", 1)


def test_a_step_that_is_not_open_from_here_is_refused(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, state="rejected")
    assert decide(moderator, ref, "published", version=2).status == 422
    assert state_of(app, ref) == ("rejected", 2)


def test_a_form_without_a_token_decides_nothing(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    answer = moderator.post(f"/en/moderation/{ref}", {"decision": "published", "version": "1"}, token=False)
    assert answer.status == 400
    assert state_of(app, ref) == ("submitted", 1)


def test_undo_puts_an_idea_back_and_history_keeps_both(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "returned", reason="attack", words="Skriv venlegare.")
    answer = moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    assert answer.status == 303
    assert state_of(app, ref) == ("submitted", 3)
    page = moderator.get(answer.location)
    assert "Maja asked the author for changes" in page.text
    assert "Maja took the decision back" in page.text
    assert "Taken back" in page.text
    assert "Skriv venlegare." in page.text
    assert [row[0] for row in audited(app)] == ["moderation.return", "moderation.undo"]
    with app.app_context():
        assert session.query(VisibilityChange).count() == 2


def test_what_was_undone_cannot_be_undone_again(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "published")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    assert 'data-key="u"' not in moderator.get(f"/en/moderation/{ref}").html
    assert moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"}).status == 422


def test_undoing_something_undecided_is_refused(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    assert moderator.post(f"/en/moderation/{ref}/undo", {"version": "1"}).status == 422


def test_an_undone_publication_counts_from_the_day_of_the_next(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "published")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    with app.app_context():
        assert load(ref).published_at is None
        assert load(ref).public_version is None
        assert load(ref).search_text == ""


def test_a_hidden_idea_that_is_shown_again_keeps_its_first_day(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        first_day = load(ref).published_at
    decide(moderator, ref, "hidden", version=2, reason="attack")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"})
    with app.app_context():
        assert load(ref).published_at == first_day


def test_what_the_author_did_is_not_the_staffs_to_undo(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, state="returned")
    with app.app_context():
        contributions.resend(load(ref), title="Ny", body="Ny tekst")
        session.commit()
    assert moderator.post(f"/en/moderation/{ref}/undo", {"version": "3"}).status == 422
    assert state_of(app, ref) == (Visibility.SUBMITTED, 3)


def test_words_from_people_are_shown_as_words(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, title="<b>Feit</b>", body="<script>alert(1)</script>")
    decide(moderator, ref, "returned", reason="attack", words="<i>Skrå</i>")
    for path in (f"/en/moderation/{ref}", f"/en/moderation/?decided={ref}", "/en/moderation/?state=returned"):
        page = moderator.get(path)
        assert "<b>Feit" not in page.html
        assert "<script>alert" not in page.html
        assert "<i>Skrå" not in page.html


@pytest.mark.parametrize(
    ("state", "decision", "told"),
    [("published", "hidden", "is no longer published"), ("hidden", "published", "has been published")],
)
def test_a_decision_on_what_did_not_wait_leads_back_to_its_own_page(
    app: Flask, world: World, moderator: Browser, state: str, decision: str, told: str
) -> None:
    waiting = an_idea(app, world, title="Den som ventar")
    ref = an_idea(app, world, title="Den andre", state="published")
    if state == "hidden":
        decide(moderator, ref, "hidden", version=2, reason="off_topic")
    form = moderator.get(f"/en/moderation/{ref}?state={state}&q=andre")
    assert f'action="/en/moderation/{ref}?q=andre&amp;state={state}"' in form.html
    answer = moderator.post(
        f"/en/moderation/{ref}?q=andre&state={state}",
        {"decision": decision, "version": form.hidden("version"), "reason": "off_topic"},
    )
    assert answer.location == f"/en/moderation/{ref}?decided={ref}&q=andre&state={state}"
    page = moderator.get(answer.location)
    assert f"Den andre {told}." in page.text
    assert waiting not in page.html
