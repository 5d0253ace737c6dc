"""An author writes anew what is public with a part removed; the public reads the one before meanwhile."""

import json
from typing import Any

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Revision
from citizen.moderation.models import QueueItem
from tests.factories import load
from tests.ideas.test_receipt import code_of
from tests.moderation.test_appeals import answer as answer_appeal
from tests.moderation.test_appeals import ask
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_redacting import BODY, SAFE, a_trap, audited, public, receipt, redact
from tests.moderation.test_taken_back import sent_since
from tests.moderation.test_telling_the_author import mails
from tests.pages import Browser, Page
from tests.world import World

NEW = "Trappa ved elva er broten, og ingen veit kven som har ansvaret."


def revise(app: Flask, browser: Browser, ref: str, body: str = NEW, **values: str) -> Page:
    return browser.post(
        f"/en/receipt/{code_of(app, ref)}/revision", {"title": "Trapp", "body": body, "place": "", **values}
    )


def publish(browser: Browser, ref: str, version: int = 3) -> Page:
    return browser.post(f"/en/moderation/{ref}/revision", {"version": str(version), "answer": "publish"})


def decline(browser: Browser, ref: str, version: int = 3, **values: str) -> Page:
    return browser.post(
        f"/en/moderation/{ref}/revision",
        {"version": str(version), "reason": "attack", "words": "For hardt.", **values},
    )


def queued(app: Flask, ref: str) -> str | None:
    with app.app_context():
        item = session.get(QueueItem, load(ref).id)
        return item.kind if item else None


def outcomes(app: Flask) -> list[tuple[int, str | None]]:
    with app.app_context():
        return [(one.version, one.outcome) for one in session.query(Revision).order_by(Revision.version)]


@pytest.fixture
def redacted(app: Flask, world: World, moderator: Browser) -> str:
    """The reference of an idea out of which Maja has taken a name and a number."""
    ref = a_trap(app, world)
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "en")
        session.commit()
    redact(moderator, ref)
    return ref


@pytest.fixture
def revised(app: Flask, browser: Browser, redacted: str) -> str:
    """The same, after its author has written it anew."""
    assert revise(app, browser, redacted).status == 303
    return redacted


def test_the_receipt_says_what_was_removed_and_lets_the_author_write_anew(
    app: Flask, browser: Browser, redacted: str
) -> None:
    page = receipt(app, browser, redacted)
    assert page.text.count("Published, with a part removed") == 2
    assert "Send in a new version" in page.text
    form = browser.get(f"/en/receipt/{code_of(app, redacted)}/revision")
    assert BODY in form.text
    assert SAFE in form.text
    assert form.response.headers["Cache-Control"] == "no-store"


def test_it_comes_back_to_the_queue_and_the_public_reads_what_it_read(
    app: Flask, world: World, moderator: Browser, browser: Browser, redacted: str
) -> None:
    assert queued(app, redacted) is None
    revise(app, browser, redacted)
    assert queued(app, redacted) == "again"
    assert "Sent again" in moderator.get("/en/moderation/").text
    for page in (public(browser, world, redacted), browser.get(f"/en/ideas/{world.slug}/")):
        assert "broten" not in page.html
    assert SAFE in public(browser, world, redacted).text
    page = receipt(app, browser, redacted)
    assert "The municipality has not looked at it yet" in page.text
    assert NEW in page.text
    assert BODY in page.text


def test_staff_see_the_difference_against_what_is_public_and_nothing_of_what_was_removed(
    app: Flask, moderator: Browser, revised: str
) -> None:
    page = moderator.get(f"/en/moderation/{revised}")
    assert "The author has sent in a new version" in page.text
    assert "What it changes in what everyone reads" in page.text
    assert "<del>" in page.html
    assert "<ins>" in page.html
    assert "0701" not in page.html
    assert "Leave it published" not in page.text


def test_personal_data_in_it_is_told_on_the_page_and_in_the_queue(
    app: Flask, moderator: Browser, browser: Browser, redacted: str
) -> None:
    assert revise(app, browser, redacted, BODY).status == 422
    assert outcomes(app) == []
    assert revise(app, browser, redacted, BODY, checked="y").status == 303
    assert "Seems to hold personal data" in moderator.get("/en/moderation/").text
    assert "This may be personal data" in moderator.get(f"/en/moderation/{redacted}").text


def test_published_it_is_what_everyone_reads_and_what_was_removed_stays_concealed(
    app: Flask, world: World, moderator: Browser, browser: Browser, revised: str
) -> None:
    assert publish(moderator, revised).status == 303
    assert NEW in public(browser, world, revised).text
    assert queued(app, revised) is None
    assert outcomes(app) == [(3, "published")]
    page = moderator.get(f"/en/moderation/{revised}")
    assert "0701" not in page.html
    assert "Maja published the author’s new version" in page.text
    assert "0701" in moderator.post(f"/en/moderation/{revised}/original").text
    assert audited(app)[-1][0] == "moderation.look"
    mail = mails(app)[-1]
    assert mail.subject == "Everyone reads the whole of your idea now"
    told = receipt(app, browser, revised).text
    assert NEW in told
    assert "What others read" not in told
    assert "Send in a new version" not in told


def test_what_was_before_is_not_redacted_by_its_number_without_a_look(
    app: Flask, moderator: Browser, revised: str
) -> None:
    assert moderator.get(f"/en/moderation/{revised}/redaction?of_version=1").status == 404
    assert NEW in moderator.get(f"/en/moderation/{revised}/redaction?of_version=3").text


def test_undo_gives_back_the_redacted_text_and_the_new_version_waits_again(
    app: Flask, world: World, moderator: Browser, browser: Browser, revised: str
) -> None:
    publish(moderator, revised)
    version = str(state_of(app, revised)[1])
    assert moderator.post(f"/en/moderation/{revised}/undo", {"version": version}).status == 303
    assert SAFE in public(browser, world, revised).text
    assert queued(app, revised) == "again"
    assert outcomes(app) == [(3, None)]
    assert publish(moderator, revised, int(version) + 1).status == 303
    assert NEW in public(browser, world, revised).text


def test_a_part_of_the_new_version_can_be_removed_in_turn(
    app: Flask, world: World, moderator: Browser, browser: Browser, revised: str
) -> None:
    answer = redact(
        moderator, revised, version=3, of_version=3, body=NEW.replace("kven som", "[[kven som]]")
    )
    assert answer.status == 303
    shown = public(browser, world, revised).text
    assert "ingen veit [fjerna av kommunen] har ansvaret" in shown
    assert outcomes(app) == [(3, "published")]
    told = receipt(app, browser, revised).text
    assert NEW in told
    assert "Send in a new version" in told


def test_declined_it_stays_as_it_was_and_the_author_hears_why(
    app: Flask, world: World, moderator: Browser, browser: Browser, revised: str
) -> None:
    assert decline(moderator, revised).status == 303
    assert SAFE in public(browser, world, revised).text
    assert queued(app, revised) is None
    mail = mails(app)[-1]
    assert mail.subject == "Your new version will not be published"
    assert "For hardt." in mail.body
    told = receipt(app, browser, revised).text
    assert "Your new version will not be published" in told
    assert "Personal attack or harassment" in told
    assert "Send in a new version" in told
    kept = browser.get(f"/en/receipt/{code_of(app, revised)}/data")
    assert "Not published" in kept.text
    page = moderator.get(f"/en/moderation/{revised}")
    assert "Maja decided not to publish it" in page.text


def test_without_words_the_standard_ones_are_sent(app: Flask, moderator: Browser, revised: str) -> None:
    decline(moderator, revised, reason="advert", words="")
    with app.app_context():
        assert len(session.query(Revision).one().words or "") > 20


@pytest.mark.parametrize("reason", ["", "hate", "threat", "nonsense"])
def test_it_is_not_declined_without_a_reason_nor_for_what_two_people_decide(
    app: Flask, moderator: Browser, revised: str, reason: str
) -> None:
    page = decline(moderator, revised, reason=reason, words="Orda mine.")
    assert page.status == 422
    assert "Orda mine." in page.text
    assert outcomes(app) == [(3, None)]


def test_declining_is_taken_back_with_its_mail(
    app: Flask, moderator: Browser, browser: Browser, revised: str
) -> None:
    decline(moderator, revised)
    undone = moderator.post(f"/en/moderation/{revised}/revision/undo", {"version": "4"})
    assert undone.status == 303
    assert outcomes(app) == [(3, None)]
    assert queued(app, revised) == "again"
    assert [mail.subject for mail in mails(app)] == ["The municipality has removed a part of your idea"]
    again = moderator.post(f"/en/moderation/{revised}/revision/undo", {"version": "5"})
    assert again.status == 422


def test_whoever_has_heard_of_it_hears_that_it_waits_again(
    app: Flask, moderator: Browser, revised: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decline(moderator, revised)
    sent_since(app, monkeypatch)
    moderator.post(f"/en/moderation/{revised}/revision/undo", {"version": "4"})
    (mail,) = mails(app)
    assert mail.subject == "A decision has been taken back"
    assert "It waits for somebody to look at it again" in mail.body


def test_another_one_takes_the_place_of_what_waits(
    app: Flask, world: World, moderator: Browser, browser: Browser, revised: str
) -> None:
    revise(app, browser, revised, "Trappa er til fare for alle.")
    assert outcomes(app) == [(3, "overtaken"), (4, None)]
    assert publish(moderator, revised).status == 409
    assert "til fare" in moderator.get(f"/en/moderation/{revised}").text
    assert publish(moderator, revised, 4).status == 303
    assert "til fare" in public(browser, world, revised).text


def test_whoever_had_the_page_from_before_is_told(app: Flask, moderator: Browser, revised: str) -> None:
    page = decline(moderator, revised, version=2, words="Orda mine.")
    assert page.status == 409
    assert "Orda mine." in page.text
    assert outcomes(app) == [(3, None)]


def test_more_can_be_removed_from_what_is_public_while_it_waits(
    app: Flask, world: World, moderator: Browser, browser: Browser, revised: str
) -> None:
    marked = SAFE.replace("trappa", "[[trappa]]")
    assert redact(moderator, revised, version=3, of_version=2, body=marked).status == 303
    assert "trappa ved elva" not in public(browser, world, revised).text
    assert queued(app, revised) == "again"
    assert publish(moderator, revised, state_of(app, revised)[1]).status == 303
    assert NEW in public(browser, world, revised).text


def test_an_appeal_about_the_redaction_shows_what_was_there_before_and_not_the_new_version(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, revised: str
) -> None:
    ask(app, browser, revised)
    answer_appeal(other_moderator, revised, "published", version=state_of(app, revised)[1])
    assert BODY in public(browser, world, revised).text
    told = receipt(app, browser, revised).text
    assert "Everyone reads the whole of it again." in told
    assert "Everyone now reads the whole of what you have written" in mails(app)[-1].body


def test_published_again_after_it_was_hidden_it_is_still_said_to_be_without_a_part(
    app: Flask, world: World, moderator: Browser, browser: Browser, redacted: str
) -> None:
    decide(moderator, redacted, "hidden", version=2, reason="off_topic")
    decide(moderator, redacted, "published", version=3)
    assert SAFE in public(browser, world, redacted).text
    told = receipt(app, browser, redacted).text
    assert told.count("Published, with a part removed") == 3
    assert mails(app)[-1].subject == "The municipality has removed a part of your idea"
    assert "Maja published the idea again, with a part removed" in moderator.get(
        f"/en/moderation/{redacted}").text


def test_hidden_it_cannot_be_written_anew_and_what_waited_comes_back_with_it(
    app: Flask, moderator: Browser, browser: Browser, revised: str
) -> None:
    decide(moderator, revised, "hidden", version=3, reason="off_topic")
    assert queued(app, revised) is None
    answer = revise(app, browser, revised, "Heilt ny tekst om trappa.")
    assert answer.status == 409
    assert "Heilt ny tekst om trappa." in answer.text
    decide(moderator, revised, "published", version=4)
    assert queued(app, revised) == "again"


def test_withdrawing_ends_it(app: Flask, browser: Browser, revised: str) -> None:
    browser.post(f"/en/receipt/{code_of(app, revised)}/withdrawal")
    assert outcomes(app) == [(3, "overtaken")]
    assert queued(app, revised) is None


@pytest.mark.parametrize("state", ["submitted", "published", "rejected"])
def test_only_what_has_a_part_removed_is_written_anew(
    app: Flask, world: World, browser: Browser, state: str
) -> None:
    ref = a_trap(app, world, state=state)
    assert revise(app, browser, ref).status == 409
    assert outcomes(app) == []


def test_its_own_data_tell_what_became_of_it(app: Flask, browser: Browser, moderator: Browser, revised: str
                                             ) -> None:
    decline(moderator, revised)
    kept: Any = browser.get(f"/en/receipt/{code_of(app, revised)}/data.json").response.json
    new = kept["texts"][2]
    assert new["description"] == NEW
    assert new["taken_back"] is None
    assert (new["sent_in_instead"]["outcome"], new["sent_in_instead"]["reason"]) == ("declined", "attack")


def test_the_author_reads_nothing_of_a_text_that_nobody_published_as_their_own(
    app: Flask, moderator: Browser, browser: Browser, revised: str
) -> None:
    decline(moderator, revised)
    with app.app_context():
        assert contribution_queries.authors_text(load(revised).id).body == BODY
        assert contribution_queries.latest_text(load(revised).id).body == SAFE


def test_the_dossier_tells_what_was_sent_in_and_what_became_of_it(
    app: Flask, moderator: Browser, revised: str
) -> None:
    decline(moderator, revised)
    taken: Any = moderator.post(f"/en/moderation/{revised}/dossier", {"format": "json"}).response
    told = json.loads(taken.data)
    [new] = told["new_versions"]
    assert (new["version"], new["outcome"], new["reason"]) == (3, "declined", "attack")
    assert new["answered_by"]["name"] == "Maja"
    assert [one["taken_back_at"] for one in told["texts"]] == [None, None, None]
    page = moderator.post(f"/en/moderation/{revised}/dossier", {"format": "html"})
    assert "Sent in instead of what was public" in page.text
