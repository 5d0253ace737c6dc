"""Texts that say much the same: what is published is found, and nothing else."""

import threading

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions, queries
from citizen.contributions.models import TextVersion
from citizen.contributions.rules import Visibility
from tests.contributions.material import alike, publish, size, take
from tests.factories import an_idea, load
from tests.world import World

BENCH = "Fler bänkar längs strandpromenaden"


def test_publishing_makes_a_text_findable(app: Flask, world: World) -> None:
    ref = an_idea(app, world, title=BENCH)
    assert alike(app, world.programme, "bänkar vid stranden") == []
    with app.app_context():
        take(ref, Visibility.PUBLISHED, world)
        session.commit()
    assert alike(app, world.programme, "bänkar vid stranden") == [ref]


@pytest.mark.parametrize("state", ["submitted", "returned", "rejected"])
def test_what_is_not_public_is_not_found_and_leaves_nothing_in_the_index(
    app: Flask, world: World, state: str
) -> None:
    an_idea(app, world, title=BENCH, state=state)
    assert alike(app, world.programme, BENCH) == []
    assert size(app) == (0, 0)


def test_hiding_removes_a_text_and_undoing_brings_it_back(app: Flask, world: World) -> None:
    ref = publish(app, world, BENCH)
    before = size(app)
    with app.app_context():
        take(ref, Visibility.HIDDEN, world)
        session.commit()
    assert alike(app, world.programme, BENCH) == []
    assert size(app) == (0, 0)
    with app.app_context():
        actions.undo(load(ref), user_id=world.moderator, expected_version=load(ref).version)
        session.commit()
    assert alike(app, world.programme, BENCH) == [ref]
    assert size(app) == before


def test_taking_a_publication_back_removes_the_text(app: Flask, world: World) -> None:
    ref = publish(app, world, BENCH)
    with app.app_context():
        actions.undo(load(ref), user_id=world.moderator, expected_version=load(ref).version)
        session.commit()
    assert alike(app, world.programme, BENCH) == []
    assert size(app) == (0, 0)


def test_withdrawing_removes_the_text(app: Flask, world: World) -> None:
    ref = publish(app, world, BENCH)
    with app.app_context():
        actions.withdraw(load(ref))
        session.commit()
    assert alike(app, world.programme, BENCH) == []
    assert size(app) == (0, 0)


def test_a_publication_that_is_rolled_back_leaves_no_trace(app: Flask, world: World) -> None:
    ref = an_idea(app, world, title=BENCH)
    with app.app_context():
        take(ref, Visibility.PUBLISHED, world)
        session.rollback()
    assert alike(app, world.programme, BENCH) == []
    assert size(app) == (0, 0)


def test_hiding_one_text_leaves_the_words_that_another_has(app: Flask, world: World) -> None:
    first, second = publish(app, world, "Nya bänkar"), publish(app, world, "Bänkar i parken")
    with app.app_context():
        take(first, Visibility.HIDDEN, world)
        session.commit()
    assert alike(app, world.programme, "bänkra") == [second]


def test_only_the_public_version_is_found(app: Flask, world: World) -> None:
    ref = an_idea(app, world, title="Granne Kallestad", body="Kallestad spelar musik om natten.")
    with app.app_context():
        session.add(TextVersion(
            contribution_id=load(ref).id, number=2, title="En granne", body="Hög musik om natten.",
            made_by="staff", user_id=world.moderator, created_at=load(ref).submitted_at,
        ))
        take(ref, Visibility.PUBLISHED, world)
        session.commit()
    assert alike(app, world.programme, "Kallestad") == []
    assert alike(app, world.programme, "musik") == [ref]


def test_another_programme_is_not_seen(app: Flask, world: World) -> None:
    publish(app, world, BENCH)
    there = {"programme_id": world.other_programme, "municipality_id": world.elsewhere}
    elsewhere = publish(app, world, BENCH, **there)
    assert alike(app, world.other_programme, BENCH) == [elsewhere]


@pytest.mark.parametrize("typed", [
    "snöröjning på gång- och cykelvägar", "snøbrøyting på gang- og sykkelveier",
    "snøbrøyting på gang- og sykkelvegar",
])
def test_a_need_is_found_whichever_language_it_is_typed_in(app: Flask, world: World, typed: str) -> None:
    refs = {
        publish(app, world, "Snöröjning", "Cykelvägarna borde plogas tidigare.", language="sv"),
        publish(app, world, "Snøbrøyting", "Sykkelveiene bør brøytes tidligere.", language="nb"),
        publish(app, world, "Brøyting", "Sykkelvegane bør brøytast tidlegare.", language="nn"),
    }
    publish(app, world, "Mer musikk på torget", "Konsertar om sommaren.")
    assert set(alike(app, world.programme, typed, count=3)) == refs


def test_slips_of_the_finger_are_forgiven(app: Flask, world: World) -> None:
    publish(app, world, "Mer musikk på torget")
    ref = publish(app, world, BENCH)
    assert alike(app, world.programme, "bänakr lngs stradnpromenaden")[0] == ref


def test_an_unfinished_word_is_enough(app: Flask, world: World) -> None:
    ref = publish(app, world, BENCH)
    assert alike(app, world.programme, "strandprom") == [ref]


@pytest.mark.parametrize("typed", [
    "", " ", "🎉", "och att det", "\"", "bänk*", "NEAR(", "title:bänk", "a AND NOT", "'; DROP TABLE", "%",
    "\\", "(", "\x00", "å" * 5_000, "bänkar och buss " * 3_000,
])
def test_any_text_can_be_asked_for(app: Flask, world: World, typed: str) -> None:
    publish(app, world, BENCH)
    assert len(alike(app, world.programme, typed)) <= 1


def test_the_best_comes_first_with_scores_that_fall(app: Flask, world: World) -> None:
    near, same = publish(app, world, "Fler bänkar"), publish(app, world, BENCH)
    with app.app_context():
        found = queries.similar(world.programme, f"{BENCH}\nMer av dette.", 5)
        assert [match.id for match in found] == [load(same).id, load(near).id]
        assert 1.0 >= found[0].score > found[1].score > 0


def test_no_more_are_given_than_asked_for_and_equals_are_ordered_by_age(app: Flask, world: World) -> None:
    refs = [publish(app, world, BENCH) for _ in range(4)]
    assert alike(app, world.programme, BENCH, count=3) == refs[:3]


def test_two_who_publish_the_same_words_at_once_both_succeed(app: Flask, world: World) -> None:
    refs = [an_idea(app, world, title=BENCH) for _ in range(4)]
    start = threading.Barrier(len(refs))

    def publish_one(ref: str) -> None:
        with app.app_context():
            start.wait()
            take(ref, Visibility.PUBLISHED, world)
            session.commit()

    threads = [threading.Thread(target=publish_one, args=(ref,)) for ref in refs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(alike(app, world.programme, BENCH)) == sorted(refs)


def test_one_who_hides_takes_no_words_from_one_who_publishes(app: Flask, world: World) -> None:
    shown, waiting = publish(app, world, BENCH), an_idea(app, world, title=BENCH)
    steps = {shown: Visibility.HIDDEN, waiting: Visibility.PUBLISHED}
    start = threading.Barrier(2)

    def step(ref: str) -> None:
        with app.app_context():
            start.wait()
            take(ref, steps[ref], world)
            session.commit()

    threads = [threading.Thread(target=step, args=(ref,)) for ref in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert alike(app, world.programme, "strandpromenden") == [waiting]
