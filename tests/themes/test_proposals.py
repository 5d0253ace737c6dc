"""A run changes nothing until somebody says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.jobs import Job
from citizen.contributions.models import Contribution
from citizen.themes import actions, queries
from citizen.themes.models import AnalysisRun, Placement, RunCluster, RunItem, RunModel, Theme
from tests.factories import decide
from tests.pages import Browser, Page
from tests.themes.texts import demo_ideas, find, publish
from tests.world import World


@pytest.fixture
def proposed(app: Flask, world: World) -> int:
    """Forty ideas have themes; twenty more have arrived, and a second run waits for a decision."""
    publish(app, world, demo_ideas()[:40])
    find(app, world, accept=False)
    publish(app, world, demo_ideas()[40:60])
    assert find(app, world, accept=False) == "done"
    with app.app_context():
        waiting = queries.proposal(world.programme)
        assert waiting is not None
        return waiting.id


def states(app: Flask) -> list[str]:
    with app.app_context():
        return [run.state for run in session.query(AnalysisRun).order_by(AnalysisRun.id)]


def where(app: Flask, world: World) -> dict[int, int | None]:
    with app.app_context():
        return {i: view.theme_id for i, view in queries.placements(world.programme).items()}


def decided(browser: Browser, world: World, run_id: int, verb: str) -> Page:
    return browser.post(f"/en/themes/{world.slug}/proposals/{run_id}/{verb}", follow=True)


def seen(browser: Browser, world: World, run_id: int) -> Page:
    return browser.get(f"/en/themes/{world.slug}/proposals/{run_id}")


def test_the_first_themes_of_a_programme_are_used_at_once(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world, accept=False)
    assert states(app) == ["accepted"]
    page = facilitator.get(f"/en/themes/{world.slug}/runs/1")
    assert "you are shown what would change before anything does" in page.text


def test_a_later_run_waits_and_nothing_that_is_in_use_changes(
    app: Flask, world: World, proposed: int
) -> None:
    with app.app_context():
        assert session.query(RunItem).filter_by(run_id=proposed).count() == 60
        assert session.query(Placement).count() == 40
    assert states(app) == ["accepted", "proposed"]


def test_the_page_tells_what_would_change(
    app: Flask, world: World, facilitator: Browser, proposed: int
) -> None:
    page = seen(facilitator, world, proposed)
    with app.app_context():
        run = session.get_one(AnalysisRun, proposed)
        change, job_id = queries.comparison(run).change, run.job_id
    assert "Nothing has changed yet." in page.text
    assert f"{len(change.new)} new theme" in page.text
    assert change.placed
    assert f"{len(change.placed)} unsorted ideas come into a theme" in page.text
    assert page.html.count("<svg class=\"share\"") == 2 * (
        len(change.new) + len(change.gone) + len(change.changed) + len(change.same) + 1
    )
    index = facilitator.get(f"/en/themes/{world.slug}")
    assert "A proposal waits for a decision" in index.text
    assert f"/proposals/{proposed}" in index.html
    assert f"/proposals/{proposed}" in facilitator.get(f"/en/themes/{world.slug}/runs/{job_id}").html


def test_accepting_makes_exactly_the_difference_that_was_shown(
    app: Flask, world: World, facilitator: Browser, proposed: int
) -> None:
    before = where(app, world)
    with app.app_context():
        change = queries.comparison(session.get_one(AnalysisRun, proposed)).change
    page = decided(facilitator, world, proposed, "acceptance")
    assert "The new themes are in use." in page.text
    after = where(app, world)
    assert len(after) == 60
    moved = {int(step.text) for step in change.moved}
    assert {i for i in after if before.get(i) and after[i] and before[i] != after[i]} == moved
    assert sum(theme is None for theme in after.values()) == change.unsorted_after
    with app.app_context():
        sizes = sorted(theme.size for theme in queries.themes(world.programme))
        assert sizes == sorted(one.after for one in (*change.new, *change.changed, *change.same))
        assert [row.action for row in session.query(AuditRow).filter_by(action="themes.accept")]
    assert states(app) == ["accepted", "accepted"]


def test_what_only_a_decision_needed_goes_with_it(
    app: Flask, world: World, facilitator: Browser, proposed: int
) -> None:
    decided(facilitator, world, proposed, "acceptance")
    with app.app_context():
        assert session.query(RunItem).count() == 0
        assert {row.run_id for row in session.query(RunModel)} == {proposed}
        assert {row.run_id for row in session.query(RunCluster)} == {proposed}


def test_keeping_the_themes_changes_nothing(
    app: Flask, world: World, facilitator: Browser, proposed: int
) -> None:
    before = where(app, world)
    page = decided(facilitator, world, proposed, "refusal")
    assert "The themes stay as they are." in page.text
    assert where(app, world) == before
    assert states(app) == ["accepted", "refused"]
    assert "Fredrik chose to keep the themes as they were" in seen(facilitator, world, proposed).text
    with app.app_context():
        assert {row.run_id for row in session.query(RunModel)} == {1}


@pytest.mark.parametrize(("first", "words"), [
    ("acceptance", "Somebody else has already accepted these themes."),
    ("refusal", "Somebody else has already chosen to keep the themes as they are."),
])
def test_of_two_who_decide_the_second_is_told(
    world: World, facilitator: Browser, proposed: int, first: str, words: str
) -> None:
    decided(facilitator, world, proposed, first)
    for verb in ("acceptance", "refusal"):
        page = decided(facilitator, world, proposed, verb)
        assert page.status == 409
        assert words in page.text


def test_two_who_accept_at_the_same_moment_accept_once(app: Flask, world: World, proposed: int) -> None:
    browsers = [Browser(app, user_id=world.facilitator) for _person in range(3)]
    with ThreadPoolExecutor(3) as people:
        pages = list(people.map(lambda b: decided(b, world, proposed, "acceptance").status, browsers))
    assert sorted(pages) == [200, 409, 409]
    assert len(where(app, world)) == 60


def test_a_newer_run_takes_the_place_of_a_proposal(
    app: Flask, world: World, facilitator: Browser, proposed: int
) -> None:
    find(app, world, accept=False, seed=3)
    assert states(app) == ["accepted", "superseded", "proposed"]
    page = decided(facilitator, world, proposed, "acceptance")
    assert page.status == 409
    assert "Look at the newer proposal instead." in page.text
    page = seen(facilitator, world, proposed)
    assert "no longer up for decision" in page.text
    assert "/proposals/3" in page.html


def test_edits_made_while_a_proposal_waits_survive_it(app: Flask, world: World, proposed: int) -> None:
    with app.app_context():
        a, b, c, d = (queries.theme(world.programme, t.ref) for t in queries.themes(world.programme)[:4])
        assert a
        assert b
        assert c
        assert d
        user = world.facilitator
        actions.rename_theme(a, "Det folk snakkar om", user_id=user, version=0)
        away = [member.ref for member in queries.members([a.id])[:2]]
        actions.move_ideas(world.programme, a, b, away, user_id=user)
        part = [member.ref for member in queries.members([b.id]) if member.ref not in away][:1]
        split = actions.split_theme(world.programme, b, part, "Eigen sak", user_id=user)
        actions.merge_themes(c, d, user_id=user, version=0)
        refs = [theme.ref for theme in (a, b, c, d, split)]
        session.commit()
        run = queries.run(world.programme, proposed, for_change=True)
        assert run is not None
        actions.accept(run, user_id=user)
        session.commit()
        found = {theme.ref: theme for theme in queries.themes(world.programme)}
        assert found[refs[0]].name == "Det folk snakkar om"
        assert refs[2] not in found
        places = {row.ref: row.theme_id for row in queries.members([t.id for t in found.values()])}
        assert [places[ref] for ref in away] == [found[refs[1]].id] * 2
        assert [places[ref] for ref in part] == [found[refs[4]].id] * len(part)


def test_ideas_hidden_while_a_proposal_waits_are_left_out(app: Flask, world: World, proposed: int) -> None:
    with app.app_context():
        gone = session.query(Contribution).order_by(Contribution.id.desc()).first()
        assert gone is not None
        decide(gone, "hidden", world.moderator)
        session.commit()
        run = queries.run(world.programme, proposed, for_change=True)
        assert run is not None
        actions.accept(run, user_id=None)
        session.commit()
        assert gone.id not in queries.placements(world.programme)
        assert len(queries.placements(world.programme)) == 59


def test_ideas_published_while_a_proposal_waits_are_placed_right_after(
    app: Flask, world: World, facilitator: Browser, proposed: int
) -> None:
    from citizen.app import handlers
    from citizen.base import jobs

    new = publish(app, world, demo_ideas()[60:62])
    page = seen(facilitator, world, proposed)
    assert "2 ideas have arrived since and are placed right afterwards" in page.text
    decided(facilitator, world, proposed, "acceptance")
    assert not set(new) & set(where(app, world))
    with app.app_context():
        waiting = [job.id for job in session.query(Job).filter_by(kind=actions.PLACING, state="queued")]
    assert len(waiting) == 1
    jobs.run(app, handlers(), waiting[0])
    assert set(new) <= set(where(app, world))


def test_a_theme_that_was_merged_meanwhile_receives_nothing(app: Flask, world: World, proposed: int) -> None:
    with app.app_context():
        matched = [c for c in queries.clusters(proposed) if c.theme_id]
        source, target = (session.get_one(Theme, cluster.theme_id) for cluster in matched[:2])
        actions.merge_themes(source, target, user_id=world.facilitator, version=0)
        session.commit()
        run = queries.run(world.programme, proposed, for_change=True)
        assert run is not None
        actions.accept(run, user_id=None)
        session.commit()
        assert session.query(Placement).filter_by(theme_id=source.id).count() == 0
        assert source.merged_into_id == target.id


def test_the_same_themes_again_say_so(app: Flask, world: World, facilitator: Browser) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world)
    find(app, world)
    find(app, world, accept=False)
    with app.app_context():
        run = queries.proposal(world.programme)
        assert run is not None
        is_nothing = queries.comparison(run).change.is_nothing
        run_id = run.id
    assert ("every idea stays where it is" in seen(facilitator, world, run_id).text) is is_nothing
    assert decided(facilitator, world, run_id, "acceptance").status == 200


def test_who_may_not_decide(
    app: Flask, world: World, browser: Browser, moderator: Browser, stranger: Browser, proposed: int
) -> None:
    address = f"/en/themes/{world.slug}/proposals/{proposed}"
    assert stranger.get(address).status == 404
    assert moderator.get(address).status == 403
    for verb in ("acceptance", "refusal"):
        assert stranger.post(f"{address}/{verb}").status == 404
        assert moderator.post(f"{address}/{verb}").status == 403
        assert browser.post(f"{address}/{verb}").status == 401
    assert states(app) == ["accepted", "proposed"]


def test_a_proposal_of_another_programme_is_not_found(
    world: World, facilitator: Browser, proposed: int
) -> None:
    assert seen(facilitator, world, proposed + 1).status == 404


def test_a_theme_that_analysis_would_call_otherwise_says_so_unless_a_person_has_named_it(
    app: Flask, world: World, facilitator: Browser, proposed: int
) -> None:
    with app.app_context():
        themes = session.query(Theme).order_by(Theme.id).all()
        for number, theme in enumerate(themes):
            theme.suggested_names = {"en": f"Old words {number}"}
        session.commit()
        run = session.get_one(AnalysisRun, proposed)
        told = {ref: cluster.names["en"] for ref, cluster in queries.told_by(run).items()}
        known = [theme.ref for theme in themes if theme.ref in told]
    page = seen(facilitator, world, proposed)
    assert f"afterwards called “{told[known[0]]}”" in " ".join(page.text.split()).replace("“ ", "“").replace(
        " ”", "”"
    )
    with app.app_context():
        session.query(Theme).update({"name": "Mitt"})
        session.commit()
    assert "afterwards called" not in seen(facilitator, world, proposed).text
