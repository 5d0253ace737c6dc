"""What waits for another person stands in the queue as one of its kinds, and not for whoever has decided."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from citizen.accounts.models import RoleGrant
from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.ideas.models import Report
from citizen.moderation import actions, jobs, queries
from citizen.moderation.models import QueueItem
from citizen.moderation.rules.urgency import READ_AS
from tests.factories import an_idea, load
from tests.moderation.test_appeals import ANSWER, ask
from tests.moderation.test_appeals import answer as answer_appeal
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_waiting import QUEUE, came, in_order, report
from tests.pages import Browser
from tests.world import World

SECOND, APPEALS = "?why=second", "?why=appeal"


def proposed(app: Flask, world: World, by: Browser, title: str = "Dei der borte") -> str:
    ref = an_idea(app, world, title=title)
    decide(by, ref, "rejected", reason="hate")
    return ref


def appealed(app: Flask, world: World, by: Browser, title: str = "Kommunen sviktar") -> str:
    ref = an_idea(app, world, title=title)
    decide(by, ref, "rejected", reason="attack")
    ask(app, Browser(app), ref)
    return ref


def item_of(app: Flask, ref: str) -> QueueItem | None:
    with app.app_context():
        return session.get(QueueItem, load(ref).id)


def test_each_has_an_entrance_that_counts_it(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    proposed(app, world, moderator)
    appealed(app, world, moderator)
    an_idea(app, world, title="Ny benk")
    titles = ("Dei der borte", "Kommunen sviktar", "Ny benk")
    page = other_moderator.get(QUEUE)
    for words in ("Waiting 3", "Second person 1", "Appeals 1"):
        assert words in page.text
    assert in_order(app, other_moderator, *titles, query=SECOND) == ["Dei der borte"]
    assert in_order(app, other_moderator, *titles, query=APPEALS) == ["Kommunen sviktar"]
    # The tab is no filter: the other tabs go on counting what they did.
    assert "Waiting 3" in other_moderator.get(QUEUE + SECOND).text


def test_it_does_not_wait_for_whoever_has_decided_and_says_so(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    look, appeal = proposed(app, world, moderator), appealed(app, world, moderator)
    page = moderator.get(QUEUE)
    for words in ("Waiting 0", "Second person 0", "Appeals 0", "Nothing is waiting."):
        assert words in page.text
    page = moderator.get(QUEUE + SECOND)
    assert "Waits for somebody other than you" in page.text
    assert "Dei der borte" in page.text
    page = moderator.get(f"/en/moderation/{look}")
    assert "You have proposed this yourself" in page.text
    assert "0 waiting" in page.text
    assert 'name="outcome"' not in moderator.get(f"/en/moderation/{appeal}").html
    assert "Waiting 2" in other_moderator.get(QUEUE).text


def test_of_two_who_decided_it_waits_for_neither(
    app: Flask, world: World, browser: Browser, moderator: Browser, other_moderator: Browser
) -> None:
    ref = proposed(app, world, moderator)
    other_moderator.post(f"/en/moderation/{ref}/second", {"answer": "confirm", "version": "2"})
    ask(app, browser, ref)
    item = item_of(app, ref)
    assert item is not None
    assert {item.decided_by, item.confirmed_by} == {world.moderator, world.other_moderator}
    for both in (moderator, other_moderator):
        assert "Appeals 0" in both.get(QUEUE).text


def test_it_is_sorted_by_the_same_urgency(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    came(app, an_idea(app, world, title="Gammal bru"), 6)
    came(app, an_idea(app, world, title="Ny benk"), 1)
    appealed(app, world, moderator)
    proposed(app, world, moderator)
    titles = ("Gammal bru", "Dei der borte", "Kommunen sviktar", "Ny benk")
    assert in_order(app, other_moderator, *titles) == list(titles)


def test_whoever_has_decided_takes_it_neither_in_hand_nor_on_their_desk(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = proposed(app, world, moderator)
    address = f"/en/moderation/{ref}"
    moderator.post(f"{address}/claim")
    assert "has this in hand" not in other_moderator.get(address).text
    assert other_moderator.post(f"{address}/assignment", {"to": str(world.moderator)}).status == 422
    other_moderator.post(f"{address}/claim")
    assert "Morten has this in hand" in moderator.get(address).text
    assert "Morten has this in hand" in moderator.get(f"{address}/second").text
    assert moderator.post(f"{address}/assignment", {"to": str(world.other_moderator)}).status == 303


def test_whoever_had_it_in_hand_when_they_decided_has_it_no_longer(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    moderator.post(f"/en/moderation/{ref}/claim")
    moderator.post(f"/en/moderation/{ref}/assignment", {"to": str(world.moderator)})
    decide(moderator, ref, "rejected", reason="hate")
    item = item_of(app, ref)
    assert item is not None
    assert (item.claimed_by, item.assigned_to) == (None, None)


def test_an_answer_from_the_queue_goes_on_to_the_next_and_can_be_undone_there(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref, following = proposed(app, world, moderator), an_idea(app, world, title="Ny benk")
    address = f"/en/moderation/{ref}/second?queue=y"
    assert f'action="{address}"' in other_moderator.get(f"/en/moderation/{ref}").html
    sent = other_moderator.post(address, {"answer": "disagree", "version": "2"})
    assert sent.location.startswith(f"/en/moderation/{following}?")
    page = other_moderator.get(sent.location)
    assert "You have disagreed." in page.text
    assert f"/en/moderation/{ref}/second/undo?queue=y" in page.html
    page = other_moderator.post(
        f"/en/moderation/{ref}/second/undo?queue=y", {"version": "3"}, follow=True
    )
    assert "Maja proposed not to publish it" in page.text
    # Nobody else is told what was answered.
    assert "You have disagreed." not in moderator.get(sent.location).text


def test_an_appeal_is_answered_on_the_page_of_the_item(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = appealed(app, world, moderator)
    sent = other_moderator.post(
        f"/en/moderation/{ref}/appeal?queue=y", {"outcome": "upheld", "words": ANSWER, "version": "2"}
    )
    page = other_moderator.get(sent.location)
    assert "The appeal has been answered." in page.text
    assert item_of(app, ref) is None
    other_moderator.post(f"/en/moderation/{ref}/appeal/undo?queue=y", {"version": "3"})
    assert item_of(app, ref) is not None


def test_what_was_hidden_is_shown_again_through_the_answer_alone(
    app: Flask, world: World, browser: Browser, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    decide(moderator, ref, "hidden", version=2, reason="off_topic")
    assert "Publish again" in other_moderator.get(f"/en/moderation/{ref}").text
    ask(app, browser, ref)
    assert "Publish again" not in other_moderator.get(f"/en/moderation/{ref}").text
    # Whoever has hidden it may still think again.
    assert "Publish again" in moderator.get(f"/en/moderation/{ref}").text


def test_what_is_overtaken_leaves_the_queue_by_itself(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    withdrawn, undone = proposed(app, world, moderator), appealed(app, world, moderator)
    with app.app_context():
        contributions.withdraw(load(withdrawn))
        session.commit()
    moderator.post(f"/en/moderation/{undone}/undo", {"version": "2"})
    assert item_of(app, withdrawn) is None
    item = item_of(app, undone)
    assert item is not None
    assert item.kind == "new"
    answer_appeal(other_moderator, undone, "upheld")
    assert state_of(app, undone)[0] == "submitted"


def test_what_readers_report_meanwhile_is_for_everybody(
    app: Flask, world: World, browser: Browser, moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Om naboen", state="published")
    with app.app_context():
        contribution = load(ref)
        step = contributions.redact(
            contribution,
            contributions.Redacted(1, "Om naboen", "Ei anna tekst.", None, [], {"body": [[0, 2]]}),
            user_id=world.moderator, reason="personal_data", expected_version=contribution.version,
        )
        contributions.ask_again(contribution, None)
        session.commit()
        assert step.user_id == world.moderator
    assert "Appeals 0" in moderator.get(QUEUE).text
    assert "Leave it published" not in moderator.get(f"/en/moderation/{ref}").text
    report(app, ref, "hate")
    assert "Appeals 1" in moderator.get(QUEUE).text
    assert "Leave it published" in moderator.get(f"/en/moderation/{ref}").text
    with app.app_context():
        newest = session.scalars(select(Report.at)).one()
    seen = {"version": str(state_of(app, ref)[1]), "reports": newest.isoformat()}
    assert moderator.post(f"/en/moderation/{ref}/seen", seen).status == 303
    item = item_of(app, ref)
    assert item is not None
    assert (item.kind, item.decided_by) == ("appeal", world.moderator)


def test_digests_and_figures_count_it(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    proposed(app, world, moderator)
    appealed(app, world, moderator)
    own = {world.norwegian}
    with app.app_context():
        for user_id, told in ((world.moderator, (0, 0)), (world.other_moderator, (1, 1))):
            digest = queries.digests.digest(own, clock.now(), user_id)
            assert (digest.seconds, digest.appeals) == told
            assert digest.programmes == []
    page = other_moderator.get("/en/moderation/figures")
    for words in ("Waiting 2", "Needs a second person 1", "Appeal 1", "Week from Maja"):
        assert words in page.text
    # One proposal and one refusal.
    assert " 2 2 " in page.text


def test_an_upgrade_reads_what_waits_by_itself_and_once(app: Flask, world: World, moderator: Browser) -> None:
    ref, gone = proposed(app, world, moderator), an_idea(app, world, state="published")
    text = an_idea(app, world, body="Skriv til per.hansen@example.org om brua.")
    with app.app_context():
        # As the migration leaves it.
        for item in session.query(QueueItem):
            item.kind, item.hits, item.words, item.read_as, item.decided_by = "new", [], "", 0, None
        found = load(gone)
        session.add(QueueItem(
            contribution_id=found.id, municipality_id=found.municipality_id, kind="appeal", hits=[], words="",
            programme_id=found.programme_id, language="nn", since=clock.now(), due_at=clock.now(),
        ))
        session.commit()
        assert jobs.read_anew() == 3
        assert jobs.read_anew() == 0
        kinds = {item.contribution_id: item for item in session.query(QueueItem)}
        assert kinds[load(ref).id].kind == "second"
        assert kinds[load(ref).id].decided_by == world.moderator
        assert kinds[load(text).id].hits == ["email"]
        assert {item.read_as for item in kinds.values()} == {READ_AS}
        assert load(gone).id not in kinds


def test_nothing_waits_for_a_moderator_alone_with_what_they_decided(
    app: Flask, world: World, moderator: Browser
) -> None:
    with app.app_context():
        session.query(RoleGrant).filter(RoleGrant.user_id != world.moderator).delete()
        session.commit()
    ref = proposed(app, world, moderator)
    assert "Nobody else in the municipality may be the second person yet" in moderator.get(
        f"/en/moderation/{ref}"
    ).text


def test_an_idea_moved_to_another_programme_waits_there(app: Flask, world: World, moderator: Browser) -> None:
    ref = proposed(app, world, moderator)
    with app.app_context():
        contributions.put_under(load(ref), world.other_programme, world.elsewhere)
        session.commit()
        item = session.get_one(QueueItem, load(ref).id)
        assert (item.programme_id, item.municipality_id) == (world.other_programme, world.elsewhere)
        assert item.since <= clock.now() + timedelta(seconds=1)
        actions.refresh(load(ref))
