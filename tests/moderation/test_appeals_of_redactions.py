"""What was taken out of a text can be appealed too: another moderator reads it, and it stays out or not."""

import pytest
from flask import Flask

from tests.moderation.test_appeals import ANSWER, answer, appeals, ask
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_redacting import BODY, SAFE, a_trap, public, receipt, redact
from tests.pages import Browser
from tests.world import World


@pytest.fixture
def redacted(app: Flask, world: World, moderator: Browser, browser: Browser) -> str:
    """The reference of an idea out of which Maja has taken a name, and whose author has appealed."""
    ref = a_trap(app, world)
    redact(moderator, ref)
    assert "Ask somebody else to look" in receipt(app, browser, ref).text
    assert ask(app, browser, ref).status == 303
    return ref


def test_another_moderator_shows_it_again(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, redacted: str
) -> None:
    page = other_moderator.get(f"/en/moderation/{redacted}/appeal")
    assert "See what was removed" in page.text
    assert "Show what was removed" in page.text
    assert 'value="returned"' not in page.html.split("</fieldset>")[0]
    assert SAFE in public(browser, world, redacted).text
    assert answer(other_moderator, redacted, "published").status == 303
    assert BODY in public(browser, world, redacted).text
    assert ANSWER in receipt(app, browser, redacted).text


def test_taking_that_answer_back_takes_it_out_again(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, redacted: str
) -> None:
    answer(other_moderator, redacted, "published")
    version = str(state_of(app, redacted)[1])
    undone = other_moderator.post(f"/en/moderation/{redacted}/appeal/undo", {"version": version})
    assert undone.status == 303
    assert SAFE in public(browser, world, redacted).text
    assert appeals(app) == [(None, None)]


def test_it_stays_out_where_the_decision_stands(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, redacted: str
) -> None:
    assert answer(other_moderator, redacted, "upheld").status == 303
    assert SAFE in public(browser, world, redacted).text
    assert ask(app, browser, redacted).status == 422


def test_neither_who_took_it_out_answers_nor_who_may_not_read_it(
    app: Flask, world: World, moderator: Browser, administrator: Browser, redacted: str
) -> None:
    assert "Another person has to look: Morten." in moderator.get(f"/en/moderation/{redacted}/appeal").text
    assert answer(moderator, redacted, "upheld").status == 422
    page = administrator.get(f"/en/moderation/{redacted}/appeal")
    assert "Only moderators may read what has been removed" in page.text
    assert "Kari" not in page.text
    assert answer(administrator, redacted, "upheld").status == 403
    assert appeals(app) == [(None, None)]


def test_what_waits_for_a_second_person_is_not_redacted_meanwhile(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = a_trap(app, world)
    decide(moderator, ref, "rejected", reason="hate")
    assert "/redaction" not in other_moderator.get(f"/en/moderation/{ref}").html
    assert redact(other_moderator, ref, version=2).status == 422
    assert state_of(app, ref) == ("submitted", 2)
