"""Ideas that arrive after themes were found are added, and nothing else moves."""

from flask import Flask

from citizen.app import handlers
from citizen.base import jobs
from citizen.base.db import session
from citizen.base.jobs import Job
from citizen.contributions.models import Contribution, TextVersion
from citizen.themes import actions, queries
from citizen.themes.models import AnalysisRun, Placement, RunModel, Theme
from tests.factories import decide
from tests.pages import Browser
from tests.themes.texts import demo_ideas, find, publish
from tests.world import World


def waiting(app: Flask) -> list[int]:
    with app.app_context():
        found = session.query(Job).filter_by(kind=actions.PLACING, state="queued").order_by(Job.id)
        return [job.id for job in found]


def work(app: Flask) -> None:
    for job_id in waiting(app):
        jobs.run(app, handlers(), job_id)
        with app.app_context():
            job = session.get_one(Job, job_id)
            assert (job.state, job.error) == ("done", None)


def places(app: Flask, world: World) -> dict[int, tuple[int | None, bool]]:
    with app.app_context():
        return {i: (v.theme_id, v.pinned) for i, v in queries.placements(world.programme).items()}


def rewrite(contribution_id: int, body: str) -> None:
    """As a redaction does: a new version that everyone reads from now on."""
    contribution = session.get_one(Contribution, contribution_id)
    number = len(contribution.texts) + 1
    contribution.texts.append(TextVersion(
        number=number, title=None, body=body, made_by="staff", created_at=contribution.submitted_at
    ))
    contribution.public_version = number
    session.flush()
    actions.ask_to_place(contribution.programme_id)


def test_publishing_leaves_one_job_however_many_are_published(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:40])
    assert waiting(app) == []
    find(app, world)
    publish(app, world, demo_ideas()[40:45])
    assert len(waiting(app)) == 1


def test_what_arrives_comes_into_the_themes_there_are_and_nothing_else_moves(
    app: Flask, world: World
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    before = places(app, world)
    new = publish(app, world, demo_ideas()[60:90])
    work(app)
    after = places(app, world)
    assert {i: after[i] for i in before} == before
    assert set(after) == set(before) | set(new)
    inside = [i for i in new if after[i][0] is not None]
    assert len(inside) > len(new) / 2
    with app.app_context():
        assert session.query(Theme).count() == len({theme for theme, _pinned in before.values() if theme})
        assert {session.get_one(Contribution, i).handling for i in inside} == {"in_theme"}
        assert all(session.get_one(Placement, i).reasons for i in inside)
        assert queries.waiting_count(world.programme) == 0


def test_a_second_job_finds_nothing_left_to_do(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world)
    publish(app, world, demo_ideas()[40:45])
    first = waiting(app)
    work(app)
    before = places(app, world)
    with app.app_context():
        actions.ask_to_place(world.programme)
        session.commit()
    assert waiting(app) != first
    work(app)
    assert places(app, world) == before


def test_what_would_go_to_a_merged_theme_goes_where_it_ended(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        source, target = (queries.theme_by_id(t.id) for t in queries.themes(world.programme)[:2])
        typical = queries.members([source.id])[0]
        text = typical.body
        actions.merge_themes(source, target, user_id=world.facilitator, version=0)
        session.commit()
        end = target.id
    new = publish(app, world, [{**demo_ideas()[0], "title": "Same", "body": text, "lang": typical.language}])
    work(app)
    assert places(app, world)[new[0]][0] == end


def test_what_would_go_to_a_closed_theme_stays_unsorted(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        theme, other = (queries.theme_by_id(t.id) for t in queries.themes(world.programme)[:2])
        members = queries.members([theme.id])
        actions.move_ideas(world.programme, theme, other, [m.ref for m in members], user_id=world.facilitator)
        version = queries.latest_edit_id(theme.id)
        actions.close_theme(theme, user_id=world.facilitator, version=version)
        session.commit()
        typical = members[0]
    new = publish(app, world, [
        {**demo_ideas()[0], "title": typical.title, "body": typical.body, "lang": typical.language}
    ])
    work(app)
    assert places(app, world)[new[0]] == (None, False)


def test_a_text_that_has_been_corrected_is_placed_again_unless_somebody_pinned_it(
    app: Flask, world: World
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        one, other = queries.themes(world.programme)[:2]
        changed, pinned = queries.members([one.id])[:2]
        text = queries.members([other.id])[0].body
        source, target = queries.theme_by_id(one.id), queries.theme_by_id(one.id)
        third = queries.theme_by_id(queries.themes(world.programme)[2].id)
        assert source is target
        actions.move_ideas(world.programme, source, third, [pinned.ref], user_id=world.facilitator)
        rewrite(changed.contribution_id, text)
        rewrite(pinned.contribution_id, text)
        session.commit()
        stays = third.id
    before = places(app, world)
    work(app)
    after = places(app, world)
    assert after[changed.contribution_id] == (other.id, False)
    assert after[pinned.contribution_id] == (stays, True)
    del before[changed.contribution_id]
    assert {i: after[i] for i in before} == before
    with app.app_context():
        assert session.get_one(Placement, pinned.contribution_id).reasons == []


def test_words_that_are_no_longer_in_a_text_are_not_shown_as_reasons(
    app: Flask, world: World, facilitator: Browser
) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        theme = queries.themes(world.programme)[0]
        member = queries.members([theme.id])[0]
        assert member.reasons
        rewrite(member.contribution_id, "Noko heilt anna.")
        session.commit()
        again = {m.ref: m for m in queries.members([theme.id])}[member.ref]
        assert again.reasons == []


def test_once_the_word_lists_have_changed_ideas_stay_unsorted_and_a_new_run_is_asked_for(
    app: Flask, world: World, facilitator: Browser, monkeypatch
) -> None:
    from citizen.analysis.learning import WordLists
    from citizen.analysis.lexicon import Addition, load_lexicon
    from citizen.analysis.thesaurus import load_thesaurus
    from citizen.themes.jobs import arrivals

    publish(app, world, demo_ideas()[:60])
    find(app, world)
    new = publish(app, world, demo_ideas()[60:62])
    lists = WordLists(
        load_lexicon([Addition("own-place", ("rismyrhei",), {"sv": "Rismyrheden"})]),
        load_thesaurus(),
    )
    monkeypatch.setattr(arrivals, "word_lists", lambda programme_id: lists)
    work(app)
    assert not set(new) & set(places(app, world))
    page = facilitator.get(f"/en/themes/{world.slug}")
    assert "The words that ideas are compared by have changed" in page.text
    # Nothing more is asked of it.
    publish(app, world, demo_ideas()[62:63])
    assert waiting(app) == []
    monkeypatch.undo()
    find(app, world)
    assert set(new) <= set(places(app, world))
    assert "have changed since themes" not in facilitator.get(f"/en/themes/{world.slug}").text


def test_a_run_without_a_model_leaves_ideas_unsorted(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world)
    with app.app_context():
        session.query(RunModel).delete()
        session.commit()
    publish(app, world, demo_ideas()[40:42])
    assert waiting(app) == []


def test_ideas_placed_by_an_earlier_run_are_left_to_the_one_in_use(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:40])
    find(app, world)
    new = publish(app, world, demo_ideas()[40:42])
    job_id = waiting(app)[0]

    def meanwhile(_fraction: float, stage: str) -> None:
        if stage == "placing":
            with app.app_context():
                run = session.query(AnalysisRun).one()
                model = session.query(RunModel).one()
                # As if another run had been accepted while this one placed.
                session.delete(model)
                session.commit()
                assert run.state == "accepted"

    jobs.run(app, handlers(), job_id, watch=meanwhile)
    assert not set(new) & set(places(app, world))


def test_a_pinned_idea_that_is_shown_again_opens_its_closed_theme(app: Flask, world: World) -> None:
    publish(app, world, demo_ideas()[:60])
    find(app, world)
    with app.app_context():
        theme = queries.theme_by_id(queries.themes(world.programme)[0].id)
        member = queries.members([theme.id])[0]
        split = actions.split_theme(world.programme, theme, [member.ref], "Eiga", user_id=world.facilitator)
        contribution = session.get_one(Contribution, member.contribution_id)
        decide(contribution, "hidden", world.moderator)
        session.commit()
        split_id = split.id
    find(app, world)
    with app.app_context():
        assert queries.theme_by_id(split_id).closed_at is not None
        decide(session.get_one(Contribution, member.contribution_id), "published", world.moderator)
        session.commit()
    work(app)
    with app.app_context():
        assert queries.theme_by_id(split_id).closed_at is None
    assert places(app, world)[member.contribution_id] == (split_id, True)
