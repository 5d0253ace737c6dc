"""An idea that belongs elsewhere is moved, and everything about it follows."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.accounts.models import RoleGrant
from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution, Move
from citizen.contributions.rules import Handling
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea
from citizen.moderation.models import QueueItem
from citizen.programmes.actions import create_programme
from citizen.programmes.models import Municipality
from citizen.themes.models import Placement, Theme
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_telling_the_author import mails
from tests.pages import Browser, Page
from tests.world import World


@pytest.fixture
def elvdal(app: Flask, world: World) -> int:
    """A programme of the Norwegian municipality alone."""
    return a_programme(app, world, "elvdal", world.norwegian)


def a_programme(app: Flask, world: World, slug: str, *towns: int) -> int:
    today = clock.today()
    with app.app_context():
        programme = create_programme(
            slug, {"titles": {"nn": "Elvdal i morgon"}, "promise": {"nn": "Snart."}}, "consult",
            [session.get_one(Municipality, town) for town in towns],
            [("collect", today - timedelta(days=10), today + timedelta(days=20))],
        )
        session.commit()
        return programme.id


def move(who: Browser, ref: str, to: str = "elvdal:elvdal", version: int = 2) -> Page:
    return who.post(f"/en/moderation/{ref}/move", {"to": to, "version": str(version)})


def unmove(app: Flask, who: Browser, ref: str) -> Page:
    return who.post(f"/en/moderation/{ref}/move/undo", {"version": str(state_of(app, ref)[1])})


def found(app: Flask, programme_id: int, words: str) -> list[str]:
    with app.app_context():
        return [idea.ref for idea in idea_queries.public_ideas(programme_id, words=words).items]


def test_the_old_address_leads_to_the_new_one_and_the_words_are_found_there(
    app: Flask, world: World, elvdal: int, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, title="Gangbru over elva", state="published")
    assert move(moderator, ref).status == 303
    assert browser.get(f"/en/ideas/{world.slug}/{ref}").location == f"/en/ideas/elvdal/{ref}"
    assert "Gangbru over elva" in browser.get(f"/en/ideas/elvdal/{ref}").text
    assert found(app, elvdal, "gangbru") == [ref]
    assert found(app, world.programme, "gangbru") == []
    with app.app_context():
        assert session.get_one(Idea, load(ref).id).programme_id == elvdal


def test_it_can_be_taken_back(
    app: Flask, world: World, elvdal: int, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, title="Gangbru over elva", state="published")
    move(moderator, ref)
    assert unmove(app, moderator, ref).status == 303
    assert "Gangbru over elva" in browser.get(f"/en/ideas/{world.slug}/{ref}").text
    assert found(app, world.programme, "gangbru") == [ref]
    assert found(app, elvdal, "gangbru") == []
    page = moderator.get(f"/en/moderation/{ref}")
    assert "Maja moved it from Borderland to Elvdal i morgon" in page.text
    assert "Taken back" in page.text


def test_its_lines_go_with_it(app: Flask, world: World, elvdal: int, moderator: Browser) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        idea = idea_queries.public_idea(ref)
        assert idea is not None
        line = ideas.add_voice(idea, "anna", "Særleg om kvelden.", "nn")
        assert line is not None
        line_ref = line.ref
        session.commit()
    decide(moderator, line_ref, "published")
    move(moderator, ref)
    with app.app_context():
        assert load(line_ref).programme_id == elvdal
        assert [m.id for m in contribution_queries.similar(elvdal, "Særleg om kvelden", 3)]
    assert "Særleg om kvelden." in moderator.get(f"/en/ideas/elvdal/{ref}").text
    assert move(moderator, line_ref, version=3).status == 422


def test_it_leaves_its_theme_and_comes_back_into_it(
    app: Flask, world: World, elvdal: int, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        theme = Theme(ref="T-1", programme_id=world.programme, name="Lys", suggested_names={}, terms=[],
                      representatives=[], goals=[], created_at=clock.now())
        session.add(theme)
        session.flush()
        session.add(Placement(contribution_id=load(ref).id, programme_id=world.programme, theme_id=theme.id,
                              confidence=0.75, pinned=True, text_version=1, near=[], reasons=[["lys", 1]]))
        contributions.set_handling([load(ref).id], Handling.IN_THEME, user_id=None)
        theme_id = theme.id
        session.commit()
    move(moderator, ref)
    with app.app_context():
        assert session.query(Placement).count() == 0
        assert load(ref).handling == "received"
    unmove(app, moderator, ref)
    with app.app_context():
        place = session.query(Placement).one()
        assert (place.theme_id, place.pinned, place.confidence) == (theme_id, True, 0.75)
        assert place.reasons == [["lys", 1]]
        assert load(ref).handling == "in_theme"


def test_what_waits_is_moved_too_and_the_author_hears_of_it(
    app: Flask, world: World, elvdal: int, moderator: Browser
) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        contributions.leave_contact(load(ref), "kari@example.org", "en")
        session.commit()
    move(moderator, ref, version=1)
    (mail,) = mails(app)
    assert "moved there: Elvdal i morgon" in mail.body
    unmove(app, moderator, ref)
    assert mails(app) == []
    assert decide(moderator, ref, "published", version=state_of(app, ref)[1]).status == 303


def queued(app: Flask) -> list[tuple[int, int, int | None]]:
    """(programme, municipality, on whose desk) of all that waits, in the order it came in."""
    with app.app_context():
        return [(one.programme_id, one.municipality_id, one.assigned_to)
                for one in session.query(QueueItem).order_by(QueueItem.contribution_id)]


def test_what_waits_waits_where_it_has_been_moved_to(
    app: Flask, world: World, moderator: Browser
) -> None:
    granby = a_programme(app, world, "granby", world.swedish)
    ref = an_idea(app, world)
    moderator.post(f"/en/moderation/{ref}/assignment", {"to": str(world.moderator)})
    before = queued(app)
    assert before == [(world.programme, world.norwegian, world.moderator)]
    assert move(moderator, ref, "granby:granby", version=1).status == 303
    assert queued(app) == [(granby, world.swedish, None)]
    unmove(app, moderator, ref)
    assert queued(app) == [(world.programme, world.norwegian, None)]


def test_a_line_that_waits_goes_with_its_idea(
    app: Flask, world: World, elvdal: int, moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        ideas.add_voice(idea_queries.public_idea(ref), "nokon", "Eg går der kvar dag.", "nn")
        session.commit()
    assert [one[0] for one in queued(app)] == [world.programme]
    assert move(moderator, ref).status == 303
    assert [one[0] for one in queued(app)] == [elvdal]


def test_where_its_municipality_takes_no_part_it_comes_under_another_one_of_the_moderators(
    app: Flask, world: World, moderator: Browser
) -> None:
    a_programme(app, world, "granby", world.swedish)
    ref = an_idea(app, world, state="published")
    page = moderator.get(f"/en/moderation/{ref}/move")
    assert 'value="granby:granby"' in page.html
    assert "langtborta" not in page.html
    assert move(moderator, ref, "granby:granby").status == 303
    with app.app_context():
        assert load(ref).municipality_id == world.swedish
    unmove(app, moderator, ref)
    with app.app_context():
        assert load(ref).municipality_id == world.norwegian


@pytest.mark.parametrize("to", ["", "langtborta:langtborta", "granslandet:elvdal", "elvdal:granby", "x"])
def test_only_to_what_is_offered(
    app: Flask, world: World, elvdal: int, moderator: Browser, to: str
) -> None:
    ref = an_idea(app, world, state="published")
    page = move(moderator, ref, to)
    assert page.status == 422
    assert "Choose a programme" in page.text
    with app.app_context():
        assert session.query(Move).count() == 0


def test_what_a_candidate_rests_on_stays(app: Flask, world: World, elvdal: int, moderator: Browser) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        contributions.set_handling([load(ref).id], Handling.CANDIDATE, user_id=None)
        session.commit()
    assert "cannot be moved" in moderator.get(f"/en/moderation/{ref}/move").text
    assert move(moderator, ref).status == 422
    with app.app_context():
        assert load(ref).programme_id == world.programme


def test_an_old_page_moves_nothing(
    app: Flask, world: World, elvdal: int, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    decide(other_moderator, ref, "hidden", version=2, reason="hate")
    page = move(moderator, ref)
    assert page.status == 409
    assert "Somebody else has changed this idea" in page.text
    with app.app_context():
        assert session.query(Move).count() == 0


def test_only_its_own_moderators_move_it(
    app: Flask, world: World, elvdal: int, stranger: Browser, facilitator: Browser, administrator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    assert move(stranger, ref).status == 404
    assert move(facilitator, ref).status == 403
    assert move(administrator, ref).status == 403


def test_each_leaves_a_row(app: Flask, world: World, elvdal: int, moderator: Browser) -> None:
    ref = an_idea(app, world, state="published")
    move(moderator, ref)
    unmove(app, moderator, ref)
    with app.app_context():
        rows = session.scalars(select(AuditRow.action).where(AuditRow.subject == ref).order_by(AuditRow.id))
        assert list(rows) == ["moderation.move", "moderation.unmove"]
        assert session.scalars(select(Contribution.programme_id)).one() == world.programme


def test_what_is_sent_from_a_page_that_was_open_meanwhile_arrives(
    app: Flask, world: World, elvdal: int, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    move(moderator, ref)
    browser.post(f"/en/ideas/{world.slug}/{ref}/support")
    answer = browser.post(f"/en/ideas/{world.slug}/{ref}/voice", {"line": "Eg òg.", "written_in": "nn"})
    assert answer.status == 303
    assert browser.post(f"/en/ideas/{world.slug}/{ref}/report", {"reason": "advert"}).status == 303
    with app.app_context():
        assert session.get_one(Idea, load(ref).id).support_count == 1
        assert session.query(Contribution).filter_by(kind="voice").one().programme_id == elvdal


@pytest.mark.parametrize("state", ["submitted", "published"])
def test_what_waits_is_seen_by_those_who_moderate_where_it_is_and_by_nobody_else(
    app: Flask, world: World, elvdal: int, moderator: Browser, other_moderator: Browser, state: str
) -> None:
    with app.app_context():
        session.query(RoleGrant).filter_by(
            user_id=world.other_moderator, municipality_id=world.norwegian
        ).delete()
        session.commit()
    ref = an_idea(app, world, title="Trapp i skogen", municipality_id=world.swedish, state=state)
    if state == "published":
        Browser(app).post(f"/en/ideas/{world.slug}/{ref}/report", {"reason": "attack"})
    moderator.post(f"/en/moderation/{ref}/assignment", {"to": str(world.other_moderator)})
    assert "Trapp i skogen" in other_moderator.get("/en/moderation/").text
    assert move(moderator, ref, version=state_of(app, ref)[1]).status == 303
    assert "Trapp i skogen" not in other_moderator.get("/en/moderation/").text
    assert ref in moderator.get("/en/moderation/?municipality=elvdal").html
    assert ref not in moderator.get("/en/moderation/?municipality=granby").html
    assert "On the desk of" not in moderator.get("/en/moderation/?municipality=elvdal").text
    assert unmove(app, moderator, ref).status == 303
    assert "Trapp i skogen" in other_moderator.get("/en/moderation/").text


def test_the_receipt_says_where_it_has_been_moved_until_it_is_back(
    app: Flask, world: World, elvdal: int, moderator: Browser, browser: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    with app.app_context():
        receipt = f"/nn/receipt/{contributions.receipt_code(ref)}"
    move(moderator, ref)
    page = browser.get(receipt)
    assert "fits better in another programme, and has been moved there: Elvdal i morgon" in page.text
    assert 'href="/nn/programmes/elvdal"' in page.html
    unmove(app, moderator, ref)
    assert "Elvdal i morgon" not in browser.get(receipt).text
