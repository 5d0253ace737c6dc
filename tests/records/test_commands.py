"""Retention from the terminal, lot by lot."""

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.records import actions
from citizen.records.actions import disposing
from citizen.records.models import Certificate
from citizen.records.rules import Counted, Kind
from tests.records.things import a_rule, an_old_idea
from tests.world import World


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["retention", *words])
    return done.exit_code, done.output


def left(app: Flask) -> int:
    with app.app_context():
        return session.query(Contribution).count()


def test_the_plan_counts_and_changes_nothing(app: Flask, world: World) -> None:
    an_old_idea(app, world, state="rejected")
    a_rule(app, world, Kind.IDEA_UNPUBLISHED)
    code, said = run(app, "plan")
    assert code == 0
    assert "elvdal: idea_unpublished: 1 would go" in said
    assert "granby: no rules, all is kept" in said
    assert left(app) == 1


def test_without_yes_nothing_is_deleted(app: Flask, world: World) -> None:
    an_old_idea(app, world, state="rejected")
    a_rule(app, world, Kind.IDEA_UNPUBLISHED)
    code, said = run(app, "carry-out")
    assert code == 2
    assert "--yes" in said
    assert left(app) == 1


def test_lots_make_one_certificate(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disposing, "LOT_SIZE", 2)
    for _number in range(5):
        an_old_idea(app, world, state="rejected")
    a_rule(app, world, Kind.IDEA_UNPUBLISHED)
    code, said = run(app, "carry-out", "--yes", "--by", "anne@example.org")
    assert code == 0, said
    assert "5 deleted, certificate D-" in said
    assert left(app) == 0
    with app.app_context():
        row = session.query(Certificate).one()
        assert (row.count, row.by_name, row.user_id) == (5, "Anne", world.administrator)
        assert row.finished_at is not None


def test_what_is_cut_short_is_certified_as_far_as_it_went(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disposing, "LOT_SIZE", 2)
    for _number in range(3):
        an_old_idea(app, world, state="rejected")
    a_rule(app, world, Kind.IDEA_UNPUBLISHED)
    with app.app_context():
        from citizen.records import queries

        line = queries.plan(world.norwegian)[0]
        certificate = actions.start(line.rule, line.until, version=1, user_id=None, by_name="")
        session.commit()
        actions.carry_on(certificate)
        session.commit()
        session.rollback()
        assert (certificate.count, certificate.finished_at) == (2, None)
    assert left(app) == 1
    # The rule is taken away meanwhile: the rest stays, and the certificate ends there.
    with app.app_context():
        from citizen.programmes import queries as programmes
        from citizen.records.models import Certificate as Row

        town = programmes.municipality("elvdal")
        assert town is not None
        actions.remove_rule(town, Kind.IDEA_UNPUBLISHED, version=1, user_id=None)
        session.commit()
        row = session.query(Row).one()
        assert actions.carry_on(row) == 0
        session.commit()
        assert (row.count, row.finished_at is not None) == (2, True)
    assert left(app) == 1


def test_what_counts_from_the_end_of_a_programme_waits_for_it(app: Flask, world: World) -> None:
    an_old_idea(app, world, state="published")
    a_rule(app, world, Kind.IDEA_PUBLISHED, months=1, counted=Counted.PROGRAMME_END)
    assert "idea_published: 0 would go" in run(app, "plan")[1]


def test_a_stranger_cannot_stand_for_it(app: Flask, world: World) -> None:
    code, said = run(app, "carry-out", "--yes", "--by", "nobody@example.org")
    assert code == 2
    assert "No active member of staff" in said
