"""Hate and threats: one person proposes, another one confirms or disagrees, nobody does both."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from citizen.accounts.models import RoleGrant
from citizen.base import clock
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.base.outbox import Mail
from citizen.base.pictures import make_ready
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Picture, SecondLook
from citizen.contributions.rules import Visibility
from citizen.moderation import actions, commands, queries
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.moderation.test_deciding import audited, decide, state_of
from tests.moderation.test_telling_the_author import mails, with_contact
from tests.pages import Browser, Page
from tests.photos import a_photo
from tests.world import World


def second(browser: Browser, ref: str, answer: str, version: int = 2, note: str = "") -> Page:
    return browser.post(
        f"/en/moderation/{ref}/second", {"answer": answer, "version": str(version), "note": note}
    )


def take_back(browser: Browser, ref: str, version: int) -> Page:
    return browser.post(f"/en/moderation/{ref}/second/undo", {"version": str(version)})


def outcomes(app: Flask) -> list[str | None]:
    with app.app_context():
        return [look.outcome for look in session.query(SecondLook).order_by(SecondLook.id)]


@pytest.fixture
def proposed(app: Flask, world: World, moderator: Browser) -> str:
    """The reference of an idea that Maja would not publish because of hate."""
    ref = with_contact(app, world, language="en", title="Dei der borte")
    decide(moderator, ref, "rejected", reason="hate", words="Skriv utan å hisse opp.")
    return ref


@pytest.fixture
def hidden(app: Flask, world: World, moderator: Browser) -> str:
    """The reference of an idea that was public, and that Maja has hidden because of a threat."""
    ref = with_contact(app, world, language="en", title="Vi kjem og tek deg", state="published")
    decide(moderator, ref, "hidden", version=2, reason="threat", words="Dette er ein trussel.")
    return ref


@pytest.mark.parametrize("reason", ["hate", "threat"])
def test_a_refusal_for_hate_or_a_threat_waits_for_a_second_person(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, reason: str
) -> None:
    ref = with_contact(app, world)
    answer = decide(moderator, ref, "rejected", reason=reason)
    assert answer.status == 303
    assert "kept as a proposal" in moderator.get(answer.location).text
    assert state_of(app, ref) == ("submitted", 2)
    assert mails(app) == []
    assert audited(app)[-1] == ("moderation.ask_second", ref, reason)
    for path in ("/en/moderation/", "/en/moderation/second"):
        page = other_moderator.get(path)
        assert "1 decision waits for a second person" in page.text
        assert f"/en/moderation/{ref}/second" in page.html
    assert f'value="{ref}:' not in other_moderator.get("/en/moderation/").html


@pytest.mark.parametrize(("decision", "reason"), [("returned", "hate"), ("rejected", "attack")])
def test_other_reasons_and_asking_for_changes_need_one_person(
    app: Flask, world: World, moderator: Browser, decision: str, reason: str
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, decision, reason=reason, words="Skriv om.")
    assert state_of(app, ref) == (decision, 2)


def test_the_second_person_reads_what_is_proposed_and_confirms_it(
    app: Flask, world: World, other_moderator: Browser, proposed: str
) -> None:
    for path in (f"/en/moderation/{proposed}", f"/en/moderation/{proposed}/second"):
        page = other_moderator.get(path)
        for words in ("Maja proposed not to publish it", "Hate speech", "Skriv utan å hisse opp.",
                      "Confirm: do not publish"):
            assert words in page.text
    assert second(other_moderator, proposed, "confirm", note="Samd.").status == 303
    assert state_of(app, proposed) == ("rejected", 3)
    assert [row[0] for row in audited(app)][-2:] == ["moderation.reject", "moderation.confirm"]
    (mail,) = mails(app)
    assert mail.subject == "Your idea will not be published"
    assert "Skriv utan å hisse opp." in mail.body
    assert "Samd." not in mail.body
    page = other_moderator.get(f"/en/moderation/{proposed}")
    assert "Morten confirmed it" in page.text
    assert "Samd." in page.text


def test_the_second_person_reads_the_standard_words_where_the_first_wrote_none(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, language="en")
    decide(moderator, ref, "rejected", reason="hate", words="")
    with app.app_context():
        words = queries.words_for(load(ref))["hate"]
    assert words in other_moderator.get(f"/en/moderation/{ref}/second").text


def test_the_first_person_can_neither_confirm_nor_disagree(
    app: Flask, world: World, moderator: Browser, proposed: str
) -> None:
    page = moderator.get(f"/en/moderation/{proposed}")
    assert "Another person has to look: Anne, Morten." in page.text
    assert "Confirm" not in page.text
    for answer in ("confirm", "disagree"):
        refused = second(moderator, proposed, answer)
        assert refused.status == 422
        assert "You have decided about this yourself" in refused.text
    assert state_of(app, proposed) == ("submitted", 2)
    assert outcomes(app) == [None]


def test_the_database_too_refuses_one_person_for_both(app: Flask, world: World, proposed: str) -> None:
    with app.app_context():
        look = session.query(SecondLook).one()
        look.outcome, look.answered_at, look.second_id = "confirmed", clock.now(), look.first_id
        with pytest.raises(IntegrityError):
            session.flush()


def test_no_way_of_deciding_leads_past_the_second_person(app: Flask, world: World) -> None:
    ref = an_idea(app, world)
    with app.app_context(), app.test_request_context():
        for reason in ("hate", "threat"):
            with pytest.raises(Refused, match="two people"):
                contributions.decide(load(ref), Visibility.REJECTED, user_id=world.moderator, reason=reason,
                                     expected_version=1)


@pytest.mark.parametrize("decision", ["published", "returned", "rejected"])
def test_while_it_waits_nothing_else_is_decided(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, proposed: str, decision: str
) -> None:
    for browser in (moderator, other_moderator):
        assert f'value="{decision}"' not in browser.get(f"/en/moderation/{proposed}").html
        page = decide(browser, proposed, decision, version=2, reason="attack", words="Nei.")
        assert page.status == 422
        assert "waits for a second person" in page.text
    assert state_of(app, proposed) == ("submitted", 2)


def test_whoever_has_the_page_from_before_is_told_of_the_proposal(
    app: Flask, world: World, other_moderator: Browser, proposed: str
) -> None:
    page = decide(other_moderator, proposed, "returned", version=1, reason="attack", words="Mortens ord.")
    assert page.status == 409
    assert "Maja proposed not to publish it" in page.text
    assert "Mortens ord." in page.html
    assert state_of(app, proposed) == ("submitted", 2)


def test_several_at_once_leave_out_what_waits_for_a_second_person(
    app: Flask, world: World, other_moderator: Browser, proposed: str
) -> None:
    other = an_idea(app, world)
    answer = other_moderator.post(
        "/en/moderation/several", {"decision": "published", "chosen": [f"{proposed}:2", f"{other}:1"]}
    )
    assert f"was skipped: {proposed}." in other_moderator.get(answer.location).text
    assert state_of(app, other)[0] == "published"
    assert state_of(app, proposed) == ("submitted", 2)


def test_the_command_leaves_it_out_and_comes_to_an_end(
    app: Flask, world: World, proposed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LOT_SIZE", 1)
    other = an_idea(app, world)
    line = ["moderation", "publish", "--programme", world.slug]
    assert "Published: 1" in app.test_cli_runner().invoke(args=line).output
    assert state_of(app, other)[0] == "published"
    assert state_of(app, proposed)[0] == "submitted"


def test_who_disagrees_leaves_it_waiting_as_before(
    app: Flask, world: World, other_moderator: Browser, proposed: str
) -> None:
    assert second(other_moderator, proposed, "disagree", note="Hard, men lovleg.").status == 303
    assert state_of(app, proposed) == ("submitted", 3)
    page = other_moderator.get(f"/en/moderation/{proposed}/second")
    assert "You have disagreed. It waits for a decision as before." in page.text
    page = other_moderator.get(f"/en/moderation/{proposed}")
    assert "Morten disagreed" in page.text
    assert "Hard, men lovleg." in page.text
    assert decide(other_moderator, proposed, "published", version=3).status == 303
    assert [mail.subject for mail in mails(app)] == ["Your idea has been published"]


def test_an_answer_without_a_step_can_be_taken_back_by_whoever_gave_it(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, proposed: str
) -> None:
    second(other_moderator, proposed, "disagree")
    assert take_back(moderator, proposed, 3).status == 422
    assert "Take your answer back" in other_moderator.get(f"/en/moderation/{proposed}/second").text
    assert take_back(other_moderator, proposed, 3).status == 303
    assert outcomes(app) == [None]
    assert second(other_moderator, proposed, "confirm", version=4).status == 303
    assert state_of(app, proposed)[0] == "rejected"


def test_the_first_person_may_take_the_proposal_back_and_decide_otherwise(
    app: Flask, world: World, moderator: Browser, proposed: str
) -> None:
    assert take_back(moderator, proposed, 2).status == 303
    assert outcomes(app) == ["taken_back"]
    page = decide(moderator, proposed, "returned", version=3, reason="attack", words="Skriv om.")
    assert page.status == 303


def test_undoing_what_was_confirmed_waits_for_a_second_person_again(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, proposed: str
) -> None:
    second(other_moderator, proposed, "confirm")
    assert moderator.post(f"/en/moderation/{proposed}/undo", {"version": "3"}).status == 303
    assert state_of(app, proposed)[0] == "submitted"
    assert outcomes(app) == [None]
    assert mails(app) == []
    assert "Maja proposed" in moderator.get(f"/en/moderation/{proposed}").text


def test_what_is_public_is_hidden_at_once_and_confirmed_afterwards(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, hidden: str
) -> None:
    assert state_of(app, hidden)[0] == "hidden"
    assert browser.get(f"/en/ideas/{world.slug}/{hidden}").status == 404
    (mail,) = mails(app)
    assert "Another person looks at it before it is decided." in mail.body
    assert "Threats" not in mail.body
    receipt = browser.get(f"/en/receipt/{code_of(app, hidden)}")
    assert "It is hidden for now." in receipt.text
    assert "Ask somebody else to look" not in receipt.text
    version = state_of(app, hidden)[1]
    assert second(other_moderator, hidden, "confirm", version).status == 303
    (mail,) = mails(app)
    assert "Threats or incitement to crime" in mail.body
    assert "Dette er ein trussel." in mail.body
    assert "Ask somebody else to look" in browser.get(f"/en/receipt/{code_of(app, hidden)}").text


def test_what_was_hidden_wrongly_is_public_again_when_the_second_person_disagrees(
    app: Flask, world: World, browser: Browser, other_moderator: Browser, hidden: str
) -> None:
    assert second(other_moderator, hidden, "disagree", state_of(app, hidden)[1]).status == 303
    assert state_of(app, hidden)[0] == "published"
    page = other_moderator.get(f"/en/moderation/{hidden}/second")
    assert "You have disagreed. It is published again." in page.text
    assert browser.get(f"/en/ideas/{world.slug}/{hidden}").status == 200
    # The author has not heard that it was hidden, and never will.
    assert [mail.subject for mail in mails(app)] == ["Your idea has been published"]
    assert take_back(other_moderator, hidden, state_of(app, hidden)[1]).status == 422


def test_an_author_who_has_heard_that_it_is_hidden_hears_that_it_is_public_again(
    app: Flask, world: World, other_moderator: Browser, hidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        session.query(Mail).delete()
        session.commit()
    later = clock.now() + actions.MAIL_WAITS + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    second(other_moderator, hidden, "disagree", state_of(app, hidden)[1])
    assert [mail.subject for mail in mails(app)] == ["Everyone can read your idea again"]


@pytest.mark.parametrize(("who", "outcome"), [("moderator", "taken_back"), ("other_moderator", "refused")])
def test_undoing_what_was_hidden_ends_the_waiting(
    app: Flask, world: World, request: pytest.FixtureRequest, hidden: str, who: str, outcome: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    version = state_of(app, hidden)[1]
    assert browser.post(f"/en/moderation/{hidden}/undo", {"version": str(version)}).status == 303
    assert state_of(app, hidden)[0] == "published"
    assert outcomes(app) == [outcome]


def test_a_confirmation_given_by_mistake_is_taken_back(
    app: Flask, world: World, other_moderator: Browser, hidden: str
) -> None:
    second(other_moderator, hidden, "confirm", state_of(app, hidden)[1])
    assert take_back(other_moderator, hidden, state_of(app, hidden)[1]).status == 303
    assert state_of(app, hidden)[0] == "hidden"
    assert outcomes(app) == [None]
    assert mails(app) == []


def test_an_administrator_may_be_the_second_person_and_reads_no_more_than_needed(
    app: Flask, world: World, administrator: Browser, proposed: str
) -> None:
    page = administrator.get("/en/moderation/second")
    assert "Dei der borte" in page.text
    assert administrator.get(f"/en/moderation/{proposed}").status == 403
    assert second(administrator, proposed, "confirm").status == 303
    assert state_of(app, proposed) == ("rejected", 3)
    assert take_back(administrator, proposed, 3).status == 303
    assert state_of(app, proposed) == ("submitted", 4)
    assert outcomes(app) == [None]


def test_an_administrator_sees_its_photos_as_long_as_somebody_has_to_look(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser, administrator: Browser
) -> None:
    ref = an_idea(app, world, photos=[(make_ready(a_photo()), "Ein plakat")], holder="form:1")
    with app.app_context():
        address = f"/en/pictures/{session.query(Picture).one().ref}/full"
    assert administrator.get(address).status == 404
    decide(moderator, ref, "rejected", reason="hate")
    assert administrator.get(address).status == 200
    assert "Ein plakat" in administrator.get(f"/en/moderation/{ref}/second").text
    second(other_moderator, ref, "disagree")
    assert administrator.get(address).status == 404


def test_where_nobody_else_works_the_moderator_is_told(
    app: Flask, world: World, moderator: Browser
) -> None:
    with app.app_context():
        session.query(RoleGrant).filter(RoleGrant.user_id != world.moderator).delete()
        session.commit()
    ref = an_idea(app, world)
    answer = decide(moderator, ref, "rejected", reason="hate")
    for path in (answer.location, f"/en/moderation/{ref}"):
        assert "Nobody else in the municipality may be the second person yet." in moderator.get(path).text
    assert state_of(app, ref) == ("submitted", 2)


def test_what_its_author_withdraws_waits_no_longer(
    app: Flask, world: World, other_moderator: Browser, proposed: str
) -> None:
    with app.app_context():
        contributions.withdraw(load(proposed))
        session.commit()
    assert "Nothing waits for another person." in other_moderator.get("/en/moderation/second").text
    page = second(other_moderator, proposed, "confirm", version=2, note="Mine ord.")
    assert page.status == 409
    assert "The author withdrew the idea" in page.text
    assert "Mine ord." in page.html


def test_a_note_typed_anew_is_no_longer_what_was_proposed(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world, source="paper")
    decide(moderator, ref, "rejected", reason="hate")
    with app.app_context():
        contributions.retype(load(ref), title="Ny", body="Rett skrive av.", place=None,
                             user_id=world.facilitator)
        session.commit()
        assert contribution_queries.open_look(load(ref).id) is None
    assert decide(moderator, ref, "rejected", version=3, reason="hate").status == 303
    assert outcomes(app) == ["overtaken", None]


@pytest.mark.parametrize(("values", "status"), [
    ({"answer": "odd", "version": "2"}, 422), ({"version": "2"}, 422),
    ({"answer": "confirm", "version": "1"}, 409), ({"answer": "confirm", "version": "x"}, 409),
    ({"answer": "disagree", "version": "2", "note": "x" * 1001}, 422),
])
def test_an_answer_that_cannot_be_read_changes_nothing(
    app: Flask, world: World, other_moderator: Browser, proposed: str, values: dict[str, str], status: int
) -> None:
    assert other_moderator.post(f"/en/moderation/{proposed}/second", values).status == status
    assert outcomes(app) == [None]


def test_what_never_waited_for_anybody_has_no_such_page(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    assert moderator.get(f"/en/moderation/{ref}/second").status == 404
    assert second(moderator, ref, "confirm", version=1).status == 404
    assert take_back(moderator, ref, 1).status == 404
