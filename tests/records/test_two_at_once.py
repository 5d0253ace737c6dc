"""Two who carry a rule out at once: each record goes once, and is certified once."""

from threading import Barrier, Thread

from flask import Flask

from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions.models import Contribution, DisposedFigure
from citizen.records import actions, queries
from citizen.records.models import Certificate
from citizen.records.rules import Kind
from tests.records.things import a_rule, an_old_idea
from tests.world import World


def test_each_record_goes_once_and_is_certified_once(app: Flask, world: World) -> None:
    for _number in range(6):
        an_old_idea(app, world, state="rejected")
    a_rule(app, world, Kind.IDEA_UNPUBLISHED)
    both, failures = Barrier(2), []

    def carry_out() -> None:
        with app.app_context():
            line = queries.plan(world.norwegian)[0]
            session.rollback()
            both.wait()
            try:
                certificate = actions.start(line.rule, line.until, version=1, user_id=None, by_name="")
                session.commit()
                while actions.carry_on(certificate):
                    session.commit()
                session.commit()
            except Refused:
                session.rollback()
            except Exception as error:
                failures.append(error)
                session.rollback()

    threads = [Thread(target=carry_out) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with app.app_context():
        assert session.query(Contribution).count() == 0
        assert session.query(DisposedFigure).count() == 6
        rows = session.query(Certificate).all()
        assert sum(row.count for row in rows) == 6
        assert all(row.finished_at for row in rows)
