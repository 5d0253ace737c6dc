"""Words taken out of what everyone reads; what was there before is kept, and looked at on the record."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import SearchPosting, TextVersion, VisibilityChange
from citizen.contributions.rules import Visibility
from citizen.moderation import queries
from tests.factories import an_idea, load
from tests.moderation.test_two_at_once import at_once
from tests.pages import Browser, Page
from tests.world import World

BODY = "Ring Kari på 0701 23 45 67 om trappa ved elva."
SAFE = "Ring [fjerna av kommunen] på [fjerna av kommunen] om trappa ved elva."
MARKED = "Ring [[Kari]] på [[0701 23 45 67]] om trappa ved elva."
FORM = {
    "of_version": "1", "title": "Trapp", "body": MARKED, "place": "", "reason": "personal_data", "words": "",
}


def redact(browser: Browser, ref: str, version: int = 1, of_version: int = 1, **values: str) -> Page:
    return browser.post(
        f"/en/moderation/{ref}/redaction",
        FORM | {"version": str(version), "of_version": str(of_version)} | values,
    )


def a_trap(app: Flask, world: World, **values: Any) -> str:
    return an_idea(app, world, title="Trapp", body=BODY, **values)


def undo(browser: Browser, ref: str, version: int) -> Page:
    return browser.post(f"/en/moderation/{ref}/undo", {"version": str(version)})


def public(browser: Browser, world: World, ref: str) -> Page:
    return browser.get(f"/en/ideas/{world.slug}/{ref}")


def receipt(app: Flask, browser: Browser, ref: str) -> Page:
    with app.app_context():
        code = contributions.receipt_code(ref)
    return browser.get(f"/en/receipt/{code}")


def audited(app: Flask) -> list[tuple[str, Any]]:
    with app.app_context():
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id))
        return [(row.action, row.details) for row in rows]


def texts_of(app: Flask, ref: str) -> list[tuple[int, str, str]]:
    with app.app_context():
        rows = session.scalars(select(TextVersion).where(TextVersion.contribution_id == load(ref).id)
                               .order_by(TextVersion.number))
        return [(row.number, row.made_by, row.body) for row in rows]


def test_the_page_proposes_what_the_detectors_find(app: Flask, world: World, moderator: Browser) -> None:
    page = moderator.get(f"/en/moderation/{a_trap(app, world)}/redaction")
    assert "Ring Kari på [[0701 23 45 67]] om trappa" in page.html


def test_what_is_marked_is_removed_for_everyone(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    answer = redact(moderator, ref, words="Namn og nummer er tekne bort.")
    assert answer.status == 303
    assert texts_of(app, ref) == [(1, "author", BODY), (2, "staff", SAFE)]
    for page in (public(browser, world, ref), browser.get(f"/en/ideas/{world.slug}/")):
        assert "0701" not in page.html
        assert "Kari" not in page.html
    assert SAFE in public(browser, world, ref).text


def test_it_is_told_apart_in_the_history_and_the_audit_log_which_hold_no_text(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    assert "Maja removed a part of the idea and published the rest" in moderator.get(
        f"/en/moderation/{ref}").text
    action, details = audited(app)[-1]
    assert action == "moderation.redact"
    assert details == {"reason": "personal_data", "of_version": 1, "texts": 2, "photos": 0}


def test_nothing_is_found_by_what_was_removed_nor_by_the_mark(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world, state="published")
    redact(moderator, ref, version=2)
    with app.app_context():
        terms = set(session.scalars(select(SearchPosting.term)))
    assert any(term.startswith("trap") for term in terms)
    assert not {term for term in terms if term.startswith(("kari", "0701", "fjern", "kommun"))}


def test_what_is_public_already_can_be_redacted_and_taken_back(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world, state="published")
    assert redact(moderator, ref, version=2).status == 303
    assert SAFE in public(browser, world, ref).text
    assert undo(moderator, ref, 3).status == 303
    assert BODY in public(browser, world, ref).text
    with app.app_context():
        assert load(ref).public_version == 1
        assert contribution_queries.latest_text(load(ref).id).number == 1


def test_undo_gives_back_what_waited_word_for_word(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    undo(moderator, ref, 2)
    page = moderator.get(f"/en/moderation/{ref}")
    assert BODY in page.text
    assert "[fjerna av kommunen]" not in page.text
    assert public(browser, world, ref).status == 404
    # Numbers go on: nothing is written over.
    redact(moderator, ref, version=3)
    assert [number for number, _by, _body in texts_of(app, ref)] == [1, 2, 3]


def test_after_undo_the_author_can_be_asked_and_sends_a_text_of_its_own(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    undo(moderator, ref, 2)
    with app.app_context():
        found = load(ref)
        contributions.decide(found, Visibility.RETURNED, user_id=world.moderator, reason="off_topic",
                             expected_version=3)
        contributions.resend(found, title="Trapp", body="Ny tekst om trappa.")
        session.commit()
    assert texts_of(app, ref)[-1] == (3, "author", "Ny tekst om trappa.")
    assert "Ny tekst om trappa." in moderator.get(f"/en/moderation/{ref}").text


def test_a_redacted_idea_stays_so_when_it_is_hidden_and_published_again(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    moderator.post(f"/en/moderation/{ref}", {"decision": "hidden", "version": "2", "reason": "off_topic"})
    moderator.post(f"/en/moderation/{ref}", {"decision": "published", "version": "3"})
    assert SAFE in public(browser, world, ref).text


# ---- what was there before


def test_staff_pages_show_what_everyone_reads(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    for path in (f"{ref}", "?state=published", f"{ref}/redaction"):
        assert "0701" not in moderator.get(f"/en/moderation/{path}").html


def test_each_look_at_the_original_leaves_a_row(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    for _time in range(2):
        page = moderator.post(f"/en/moderation/{ref}/original")
        assert page.status == 200
        assert BODY in page.text
        assert page.response.headers["Cache-Control"] == "no-store"
    assert [action for action, _details in audited(app)].count("moderation.look") == 2


def test_nobody_else_may_look(app: Flask, world: World, moderator: Browser, browser: Browser) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    for user in (world.facilitator, world.administrator, world.stranger):
        page = Browser(app, user_id=user).post(f"/en/moderation/{ref}/original")
        assert page.status in (403, 404)
    assert browser.post(f"/en/moderation/{ref}/original").status == 401
    assert moderator.get(f"/en/moderation/{ref}/original").status == 405
    assert "moderation.look" not in [action for action, _details in audited(app)]


def test_there_is_nothing_to_look_at_where_nothing_was_removed(
    app: Flask, world: World, moderator: Browser
) -> None:
    assert moderator.post(f"/en/moderation/{a_trap(app, world)}/original").status == 404


def test_the_original_can_be_redacted_anew_with_what_was_marked(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    assert MARKED in moderator.post(f"/en/moderation/{ref}/original").html
    redact(moderator, ref, version=2, of_version=1, body="Ring Kari på [[0701 23 45 67]] om trappa ved elva.")
    assert "Ring Kari på [fjerna av kommunen]" in public(browser, world, ref).text
    undo(moderator, ref, 3)
    assert SAFE in public(browser, world, ref).text


def test_a_form_with_the_original_that_comes_back_is_a_look(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    page = redact(moderator, ref, version=2, of_version=1, preview="1")
    assert page.status == 422
    assert audited(app)[-1][0] == "moderation.look"


def test_the_whole_text_can_be_shown_again_and_that_be_taken_back(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    redact(moderator, ref)
    answer = moderator.post(f"/en/moderation/{ref}/original/publication", {"version": "2"})
    assert answer.status == 303
    assert BODY in public(browser, world, ref).text
    assert audited(app)[-1][0] == "moderation.show_original"
    undo(moderator, ref, 3)
    assert SAFE in public(browser, world, ref).text
    assert "See what was removed" in moderator.get(f"/en/moderation/{ref}").text


def test_a_whole_text_is_not_shown_again(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world, state="published")
    page = moderator.post(f"/en/moderation/{ref}/original/publication", {"version": "2"})
    assert page.status in (409, 422)
    assert len(texts_of(app, ref)) == 1


# ---- the author


def test_the_author_reads_their_own_words_and_what_others_read(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    ref = a_trap(app, world)
    assert "What others read" not in receipt(app, browser, ref).text
    redact(moderator, ref, words="Namn og nummer er tekne bort.")
    page = receipt(app, browser, ref)
    for words in (BODY, SAFE, "What others read", "Published, with a part removed", "Contains personal data",
                  "Namn og nummer er tekne bort."):
        assert words in page.text


def test_the_author_is_written_to(app: Flask, world: World, moderator: Browser) -> None:
    ref = a_trap(app, world)
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "en")
        session.commit()
    redact(moderator, ref, words="Namn og nummer er tekne bort.")
    with app.app_context():
        mail = session.scalars(select(Mail)).all()[-1]
        assert mail.subject == "The municipality has removed a part of your idea"
        for words in ("Contains personal data", "Namn og nummer er tekne bort.", "removed a part of it"):
            assert words in mail.body
        assert "0701" not in mail.body
    undo(moderator, ref, 2)
    with app.app_context():
        assert not [m for m in session.scalars(select(Mail)) if "removed a part" in m.subject]


# ---- what is wrong, and who was first


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
