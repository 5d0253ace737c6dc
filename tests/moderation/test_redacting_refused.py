"""What cannot be redacted so, who was first, and redaction before refusal."""

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import VisibilityChange
from citizen.contributions.rules import Visibility
from citizen.moderation import queries
from tests.factories import an_idea, load
from tests.moderation.test_redacting import BODY, FORM, MARKED, SAFE, a_trap, public, redact, texts_of
from tests.moderation.test_two_at_once import at_once
from tests.pages import Browser
from tests.world import World


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"body": BODY}, "Mark the words or the parts of a photo that are to be removed."),
        ({"body": MARKED.replace("elva", "bekken")}, "Only marks can be added here."),
        ({"body": BODY.replace("Kari", "[[Kari")}, "Each mark needs a beginning and an end."),
        ({"reason": ""}, "Choose a reason"),
        ({"title": "[[Trapp"}, "Each mark needs a beginning and an end."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    app: Flask, world: World, moderator: Browser, values: dict[str, str], sentence: str
) -> None:
    ref = a_trap(app, world)
    page = redact(moderator, ref, words="Mine ord", **values)
    assert page.status == 422
    assert sentence in page.text
    assert "Mine ord" in page.html
    assert values.get("body", MARKED) in page.html
    assert len(texts_of(app, ref)) == 1


def test_a_short_field_with_too_many_marks_is_refused(app: Flask, world: World, moderator: Browser) -> None:
    place = " ".join("abcdefghijklmnopqrstuvwxyzæøå")
    ref = a_trap(app, world, place=place)
    page = redact(moderator, ref, place=place.replace("a", "[[a]]").replace("c", "[[c]]")
                  .replace("e", "[[e]]").replace("g", "[[g]]").replace("i", "[[i]]").replace("k", "[[k]]")
                  .replace("m", "[[m]]").replace("o", "[[o]]").replace("q", "[[q]]").replace("s", "[[s]]"))
    assert page.status == 422
    assert "too many marks" in page.text


def test_how_it_will_read_can_be_seen_before(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    page = redact(moderator, ref, preview="1")
    assert page.status == 422
    assert SAFE in page.text
    assert MARKED in page.html
    assert len(texts_of(app, ref)) == 1


def test_who_comes_second_is_told_and_keeps_the_marks(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    with app.app_context():
        contributions.decide(load(ref), Visibility.PUBLISHED, user_id=world.other_moderator,
                             expected_version=1)
        session.commit()
    page = redact(moderator, ref)
    assert page.status == 409
    assert "Morten published the idea" in page.text
    assert MARKED in page.html
    assert redact(moderator, ref, version=2).status == 303


def test_marks_on_a_text_that_its_author_has_changed_can_be_copied(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    with app.app_context():
        found = load(ref)
        contributions.decide(found, Visibility.RETURNED, user_id=world.other_moderator, reason="off_topic",
                             expected_version=1)
        contributions.resend(found, title="Trapp", body="Ny tekst om trappa.")
        session.commit()
    page = redact(moderator, ref)
    assert page.status == 409
    assert MARKED in page.html
    assert len(texts_of(app, ref)) == 2


def test_of_a_redaction_and_a_decision_at_the_same_moment_exactly_one_counts(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(4):
        ref = a_trap(app, world)
        statuses = at_once(
            (moderator, f"/en/moderation/{ref}/redaction", FORM | {"version": "1"}),
            (other_moderator, f"/en/moderation/{ref}", {"decision": "published", "version": "1"}),
        )
        assert sorted(statuses) == [303, 409]
        with app.app_context():
            assert load(ref).version == 2
            assert load(ref).public_version == (2 if statuses[0] == 303 else 1)
        assert len(texts_of(app, ref)) == (2 if statuses[0] == 303 else 1)


def test_of_a_redaction_and_a_withdrawal_at_the_same_moment_nothing_is_overwritten(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    for _round in range(4):
        ref = a_trap(app, world, state="published")
        with app.app_context():
            code = contributions.receipt_code(ref)
        statuses = at_once(
            (moderator, f"/en/moderation/{ref}/redaction", FORM | {"version": "2"}),
            (browser, f"/en/receipt/{code}/withdrawal", {}),
        )
        # Whoever withdraws may do so whatever else has happened; whoever redacts is told.
        assert statuses in ([303, 303], [409, 303])
        with app.app_context():
            assert load(ref).visibility == "withdrawn"
        assert public(browser, world, ref).status == 404


def test_what_has_been_refused_is_not_redacted(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world, state="rejected")
    assert moderator.get(f"/en/moderation/{ref}/redaction").status == 303
    assert redact(moderator, ref, version=2).status == 409
    assert "Redact and publish" not in moderator.get(f"/en/moderation/{ref}").html.split("<dialog")[0]


@pytest.mark.parametrize("role", ["facilitator", "administrator", "stranger"])
def test_only_moderators_of_the_municipality_redact(app: Flask, world: World, role: str) -> None:
    ref = a_trap(app, world)
    staff = Browser(app, user_id=getattr(world, role))
    assert staff.get(f"/en/moderation/{ref}/redaction").status in (403, 404)
    assert redact(staff, ref).status in (403, 404)


# ---- redaction before refusal


@pytest.mark.parametrize("decision", ["returned", "rejected"])
def test_redaction_is_offered_before_refusal_for_personal_data(
    app: Flask, world: World, moderator: Browser, decision: str
) -> None:
    ref = a_trap(app, world)
    values = {"decision": decision, "version": "1", "reason": "personal_data", "words": "Fjern nummeret."}
    page = moderator.post(f"/en/moderation/{ref}", values)
    assert page.status == 422
    assert "Remove the personal data instead?" in page.text
    assert "Ring Kari på [fjerna av kommunen]" in page.text
    assert "Fjern nummeret." in page.html
    assert moderator.post(f"/en/moderation/{ref}", {**values, "anyway": "1"}).status == 303
    with app.app_context():
        assert load(ref).visibility == decision


def test_words_that_ask_for_another_text_do_not_come_with_what_is_published_without_them(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    with app.app_context():
        standard = queries.words_for(load(ref))["personal_data"]
    page = moderator.post(f"/en/moderation/{ref}", {
        "decision": "returned", "version": "1", "reason": "personal_data", "words": standard})
    redaction, going_on = page.html.split("Or go on with what you chose")[0], page.html
    assert 'name="words" value=""' in redaction
    assert standard in going_on


@pytest.mark.parametrize(("reason", "body"), [("off_topic", BODY), ("personal_data", "Kari bur her.")])
def test_nothing_is_offered_where_there_is_nothing_to_remove(
    app: Flask, world: World, moderator: Browser, reason: str, body: str
) -> None:
    ref = an_idea(app, world, title="Trapp", body=body)
    page = moderator.post(f"/en/moderation/{ref}", {
        "decision": "returned", "version": "1", "reason": reason, "words": "Skriv om."})
    assert page.status == 303


def test_a_publication_has_a_reason_only_where_something_was_removed(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    moderator.post(f"/en/moderation/{ref}/original/publication", {"version": "2"})
    with app.app_context():
        steps = session.scalars(select(VisibilityChange).order_by(VisibilityChange.id)).all()
        assert [(step.after, step.reason) for step in steps] == [
            ("published", "personal_data"), ("published", None)]
        assert queries.texts(load(ref).id)[0].body == BODY
