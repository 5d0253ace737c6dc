"""What becomes of an idea beside its decision, done by two people at the same moment."""

from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Merge, Move, OfficialAnswer
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea
from citizen.moderation.models import QueueItem
from tests.factories import an_idea, load
from tests.ideas.test_receipt import code_of
from tests.moderation.test_at_the_same_moment import ROUNDS, decision, holds_together, post
from tests.moderation.test_deciding import state_of
from tests.moderation.test_moving import a_programme
from tests.moderation.test_two_at_once import at_once
from tests.pages import Browser
from tests.world import World


def test_two_move_it_to_different_places(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for place in ("elvdal", "granby"):
        a_programme(app, world, place, world.norwegian)
    for _round in range(ROUNDS):
        ref = an_idea(app, world)
        statuses = at_once(
            post(f"/en/moderation/{ref}/move", to="elvdal:elvdal", version="1")(moderator),
            post(f"/en/moderation/{ref}/move", to="granby:elvdal", version="1")(other_moderator),
        )
        assert sorted(statuses) == [303, 409]
        with app.app_context():
            idea = load(ref)
            moved = session.query(Move).filter_by(contribution_id=idea.id).one()
            item = session.get_one(QueueItem, idea.id)
            there = {moved.after_programme_id, idea.programme_id, item.programme_id,
                     session.get_one(Idea, idea.id).programme_id}
            assert len(there) == 1


def test_one_moves_it_and_its_author_withdraws(app: Flask, world: World, moderator: Browser) -> None:
    there = a_programme(app, world, "elvdal", world.norwegian)
    for _round in range(ROUNDS):
        ref = an_idea(app, world)
        statuses = at_once(
            post(f"/en/moderation/{ref}/move", to="elvdal:elvdal", version="1")(moderator),
            post(f"/en/receipt/{code_of(app, ref)}/withdrawal")(Browser(app)),
        )
        assert statuses[1] == 303
        assert statuses[0] in (303, 409)
        holds_together(app, ref)
        with app.app_context():
            idea = load(ref)
            assert idea.visibility == "withdrawn"
            assert (idea.programme_id == there) == (statuses[0] == 303)
            assert session.get(QueueItem, idea.id) is None


def test_two_answer_it_officially(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(ROUNDS):
        ref = an_idea(app, world, state="published")
        statuses = at_once(*(
            post(f"/en/moderation/{ref}/answer", body=f"Svar frå {name}.", signed="Teknisk sjef",
                 version="2")(who)
            for name, who in (("Maja", moderator), ("Morten", other_moderator))
        ))
        assert sorted(statuses) == [303, 409]
        with app.app_context():
            (one,) = session.query(OfficialAnswer).filter_by(contribution_id=load(ref).id)
            assert one.body == ("Svar frå Maja." if statuses[0] == 303 else "Svar frå Morten.")


def test_a_merge_into_what_somebody_else_unpublishes(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    """Merged first or not at all: never into what nobody can read any more."""
    for _round in range(ROUNDS):
        one, into = an_idea(app, world, state="published"), an_idea(app, world, state="published")
        statuses = at_once(
            post(f"/en/moderation/{one}/merge", other=into, version="2")(moderator),
            decision(into, "hidden", 2, reason="attack")(other_moderator),
        )
        assert statuses in ([303, 303], [422, 303])
        with app.app_context():
            merges = session.query(Merge).filter_by(contribution_id=load(one).id).count()
            assert merges == (1 if statuses[0] == 303 else 0)
            assert idea_queries.merged_into([load(one).id]) == {}
        assert state_of(app, one)[0] == "published"
        holds_together(app, into)


def test_three_that_are_merged_round_about_make_no_ring(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(ROUNDS):
        refs = [an_idea(app, world, state="published") for _ in range(3)]
        third = Browser(app, user_id=world.moderator)
        statuses = at_once(*(
            post(f"/en/moderation/{refs[n]}/merge", other=refs[(n + 1) % 3], version="2")(who)
            for n, who in enumerate((moderator, other_moderator, third))
        ))
        assert set(statuses) <= {303, 422}
        with app.app_context():
            standing = session.query(Merge).filter(
                Merge.contribution_id.in_([load(ref).id for ref in refs])
            ).count()
        assert standing == statuses.count(303) <= 2


def test_a_lot_is_taken_back_while_somebody_decides_about_one_of_it(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(ROUNDS):
        refs = [an_idea(app, world) for _ in range(3)]
        lot = moderator.post(
            "/en/moderation/several", {"decision": "published", "chosen": [f"{ref}:1" for ref in refs]}
        ).location.partition("lot=")[2].partition("&")[0]
        statuses = at_once(
            post(f"/en/moderation/several/{lot}/undo")(moderator),
            decision(refs[1], "hidden", 2, reason="attack")(other_moderator),
        )
        assert statuses[0] == 303
        assert statuses[1] in (303, 409)
        states = [state_of(app, ref)[0] for ref in refs]
        assert states == ["submitted", "hidden" if statuses[1] == 303 else "submitted", "submitted"]
        for ref in refs:
            holds_together(app, ref)


def test_two_take_it_in_hand(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(ROUNDS):
        ref = an_idea(app, world)
        at_once(*(post(f"/en/moderation/{ref}/claim")(who) for who in (moderator, other_moderator)))
        told = [who.get("/en/moderation/").text for who in (moderator, other_moderator)]
        assert sum("Somebody else has this in hand." in text for text in told) == 1
        with app.app_context():
            holder = session.get_one(QueueItem, load(ref).id).claimed_by
        assert holder == (world.other_moderator if "Somebody else" in told[0] else world.moderator)
