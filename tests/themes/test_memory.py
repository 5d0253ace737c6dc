"""The next run respects what people did to the last one; real analysis, real texts."""

from dataclasses import dataclass

from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.themes import actions, queries
from citizen.themes.models import AnalysisRun, Placement, Theme
from tests.factories import decide
from tests.themes.texts import demo_ideas, find, publish
from tests.world import World


@dataclass
class Done:
    """What a person did, by number and reference."""

    renamed: str
    moved: list[int]
    into: str
    unsorted: int
    merged: str
    stays: str
    split: str
    part: list[int]


def correct(app: Flask, world: World) -> Done:
    """Rename the largest theme, move three ideas, merge two themes, split one."""
    with app.app_context():
        a, b, c, d, e = (
            queries.theme(world.programme, t.ref, for_change=True)
            for t in queries.themes(world.programme)[:5]
        )
        assert a
        assert b
        assert c
        assert d
        assert e
        user = world.facilitator
        actions.rename_theme(a, "Det folk snakkar om", user_id=user, version=0)
        away = queries.members([a.id])
        actions.move_ideas(world.programme, a, b, [m.ref for m in away[:2]], user_id=user)
        actions.move_ideas(world.programme, a, None, [away[2].ref], user_id=user)
        part = queries.members([e.id])[:2]
        split = actions.split_theme(world.programme, e, [m.ref for m in part], "Eigen sak", user_id=user)
        actions.merge_themes(d, c, user_id=user, version=0)
        session.commit()
        return Done(a.ref, [m.contribution_id for m in away[:2]], b.ref, away[2].contribution_id,
                    d.ref, c.ref, split.ref, [m.contribution_id for m in part])


def where(app: Flask, contribution: int) -> str | None:
    with app.app_context():
        placement = session.get_one(Placement, contribution)
        return session.get_one(Theme, placement.theme_id).ref if placement.theme_id else None


def check(app: Flask, world: World, done: Done) -> None:
    """Every correction is still there."""
    with app.app_context():
        found = {t.ref: t for t in queries.themes(world.programme)}
        assert found[done.renamed].name == "Det folk snakkar om"
        assert found[done.split].name == "Eigen sak"
        assert done.merged not in found
        assert done.stays in found
        assert queries.theme(world.programme, done.merged).merged_into_id == found[done.stays].id  # type: ignore[union-attr]
    assert [where(app, i) for i in done.moved] == [done.into] * 2
    assert where(app, done.unsorted) is None
    assert [where(app, i) for i in done.part] == [done.split] * 2


def test_corrections_survive_two_runs_with_new_ideas(app: Flask, world: World) -> None:
    ideas = demo_ideas()
    publish(app, world, ideas[:60])
    assert find(app, world) == "done"
    done = correct(app, world)
    with app.app_context():
        together = {m.contribution_id for m in queries.members([
            t.id for t in queries.themes(world.programme) if t.ref == done.stays
        ])}
    for more in (ideas[60:75], ideas[75:90]):
        publish(app, world, more)
        assert find(app, world) == "done"
        check(app, world, done)
    places = [where(app, i) for i in together]
    assert places.count(done.stays) >= 0.75 * len(places)
    with app.app_context():
        runs = session.query(AnalysisRun).order_by(AnalysisRun.id).all()
        assert [run.texts for run in runs] == [60, 75, 90]


def test_an_edit_made_while_the_run_computes_is_respected(app: Flask, world: World) -> None:
    from citizen.base import jobs
    from citizen.themes import jobs as themes_jobs
    from tests.themes.texts import ask

    publish(app, world, demo_ideas()[:60])
    find(app, world)
    edited: list[Done] = []
    withdrawn: list[int] = []

    def meanwhile(_fraction: float, stage: str) -> None:
        if stage == "labels" and not edited:
            edited.append(correct(app, world))
            with app.app_context():
                gone = session.query(Contribution).order_by(Contribution.id.desc()).first()
                assert gone is not None
                decide(gone, "hidden", world.moderator)
                session.commit()
                withdrawn.append(gone.id)

    job_id = ask(app, world)
    jobs.run(app, {actions.KIND: themes_jobs.find_themes}, job_id, watch=meanwhile)
    check(app, world, edited[0])
    with app.app_context():
        assert session.get(Placement, withdrawn[0]) is None


def test_the_same_ideas_give_the_same_themes(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:50])
    find(app, world)
    with app.app_context():
        first = queries.placements(world.programme)
    find(app, world)
    with app.app_context():
        again = queries.placements(world.programme)
        hashes = {run.settings["clusters"] for run in session.query(AnalysisRun)}
    same = sum(first[i].theme_id == again[i].theme_id for i in first)
    assert same >= 0.9 * len(first)
    assert hashes == {None}


def test_ideas_in_a_theme_are_in_theme_and_those_that_left_are_received(app: Flask, world: World) -> None:
    ids = publish(app, world, demo_ideas()[:40])
    find(app, world)
    with app.app_context():
        standing = queries.placements(world.programme)
        for contribution in session.query(Contribution).filter(Contribution.id.in_(ids)):
            inside = standing[contribution.id].theme_id is not None
            assert contribution.handling == ("in_theme" if inside else "received")


def test_what_has_gone_further_stays_where_it_is(app: Flask, world: World) -> None:
    ids = publish(app, world, demo_ideas()[:40])
    with app.app_context():
        from citizen.contributions.actions import set_handling
        from citizen.contributions.rules import Handling

        set_handling(ids[:5], Handling.PLANNED, user_id=None)
        session.commit()
    find(app, world)
    with app.app_context():
        assert {session.get_one(Contribution, i).handling for i in ids[:5]} == {"planned"}


def test_ideas_that_are_no_longer_published_leave_their_theme(app: Flask, world: World) -> None:
    ids = publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        last = queries.themes(world.programme)[-1]
        inside = [m.contribution_id for m in queries.members([last.id])]
        for contribution in session.query(Contribution).filter(Contribution.id.in_(inside)):
            decide(contribution, "hidden", world.moderator)
        session.commit()
        # At once for the reader, and for good with the next run.
        assert queries.members([last.id]) == []
    find(app, world)
    with app.app_context():
        assert queries.theme_by_id(last.id).closed_at is not None
        assert set(queries.placements(world.programme)) == set(ids) - set(inside)


def test_a_theme_emptied_by_hand_closes_and_opens_again_when_that_is_taken_back(
    app: Flask, world: World
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        first, last = queries.themes(world.programme)[0], queries.themes(world.programme)[-1]
        away = queries.members([last.id])
        source, target = queries.theme_by_id(last.id), queries.theme_by_id(first.id)
        actions.move_ideas(world.programme, source, target, [m.ref for m in away], user_id=world.facilitator)
        session.commit()
    find(app, world)
    with app.app_context():
        closed = queries.theme_by_id(last.id)
        assert closed.closed_at is not None
        actions.undo_edit(closed, queries.latest_edit_id(closed.id), user_id=world.facilitator)
        session.commit()
        assert {m.contribution_id for m in queries.members([last.id])} == {m.contribution_id for m in away}
        assert last.ref in {theme.ref for theme in queries.themes(world.programme)}
