"""Somebody who has everything tries to tie people to answers, and finds what they may and no more.

Everything is: every column of every table, the order in which rows lie, which were written by the same
transaction, the installation's key, and the code in every invitation.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from citizen.base import clock, ids
from citizen.base.audit import AuditRow
from citizen.base.db import Base, session
from citizen.contributions.models import Contribution
from citizen.surveys import actions, jobs
from citizen.surveys.actions.people import invitation_code
from citizen.surveys.actions.receiving import participation_digest
from citizen.surveys.models import (
    Attempt,
    Invitation,
    Participation,
    Respondent,
    Sealed,
    Submission,
)
from citizen.surveys.rules import Channel, Level
from citizen.surveys.rules.inviting import Invitee
from citizen.surveys.rules.values import Value
from tests.surveys.samples import a_survey, answered, by_code, load, short
from tests.world import World

K = 5
OF_A_PERSON = {Participation.__tablename__, Invitation.__tablename__}
OF_AN_ANSWER = {"survey_sealed", "survey_submission", "survey_answer", "survey_answer_text", "contribution",
                "text_version"}


@dataclass(frozen=True)
class Row:
    """One row as somebody with the whole database sees it."""

    table: str
    values: dict[str, Any]
    # Where it lies, and which transaction wrote it (only PostgreSQL says).
    place: int
    written: int


def dump() -> dict[str, list[Row]]:
    """Every row of every table in the order in which it lies."""
    connection = session.connection()
    is_postgres = connection.dialect.name == "postgresql"
    found: dict[str, list[Row]] = {}
    for table in Base.metadata.sorted_tables:
        order = "ctid" if is_postgres else "1"
        extra = ", xmin::text::bigint AS _written" if is_postgres else ", 0 AS _written"
        rows = connection.execute(text(f"SELECT *{extra} FROM {table.name} ORDER BY {order}")).mappings()
        found[table.name] = [
            Row(table.name, {name: v for name, v in row.items() if name != "_written"}, place,
                int(row["_written"]))
            for place, row in enumerate(rows)
        ]
    return found


def scalars(value: Any) -> Iterable[Any]:
    """Every value in a cell; what lies in JSON too."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        value = json.loads(value)
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from scalars(one)
    elif isinstance(value, list):
        for one in value:
            yield from scalars(one)
    elif value is not None:
        yield value


def people(count: int, *, names: str = "p") -> list[Invitee]:
    return [Invitee(f"{names}{number}@example.org", f"{names.title()} {number}") for number in range(count)]


def invite(app: Flask, world: World, ref: str, invited: list[Invitee], *, language: str = "nn") -> None:
    with app.app_context():
        actions.invite(load(ref), invited, municipality_id=world.norwegian, language=language, user_id=None)
        session.commit()


def codes(ref: str) -> dict[str, str]:
    """Address → code, as they stand in the mails."""
    return {str(one.email): invitation_code(one.ref)
            for one in session.query(Invitation).filter_by(survey_id=load(ref).id)}


def answer(app: Flask, world: World, ref: str, email: str, number: int, **values: Any) -> None:
    """One invited person sends an answer that only they give: how often they swim."""
    with app.app_context():
        found = actions.participant_of(load(ref), codes(ref)[email])
    assert found is not None
    participant, invitation_id = found
    told = by_code(short()[0], swims=Value(options=("yes",)), often=Value(number=Decimal(number)),
                   wish=Value(text=f"Ønske nummer {number}"))
    answered(app, world, ref, told, participant=participant, invitation_id=invitation_id,
             channel=Channel.INVITATION, **values)


def sealed_numbers(rows: dict[str, list[Row]]) -> list[int]:
    """The answers that wait, in the order in which they lie."""
    found = []
    for row in rows["survey_sealed"]:
        content = row.values["content"]
        content = json.loads(content) if isinstance(content, str) else content
        found.append(int(content["answers"]["q6"]["number"]))
    return found


def opened_numbers(rows: dict[str, list[Row]]) -> list[int]:
    """The answers that have been opened, in the order in which their submissions lie."""
    often = {row.values["submission_id"]: int(row.values["number"]) for row in rows["survey_answer"]
             if row.values["number"] is not None}
    return [often[row.values["id"]] for row in rows["survey_submission"]]


def secrets_of(app: Flask, ref: str) -> set[Any]:
    """What can be worked out from the keys and codes about each person invited."""
    key = app.extensions["citizen.settings"].secret_key
    survey, found = load(ref), set[Any]()
    for email, code in codes(ref).items():
        found |= {email, code, ids.digest_of(key, code), ids.spoken(code)}
        if survey.participation_key is not None:
            found.add(participation_digest(survey, code))
    for one in session.query(Invitation):
        found |= {one.ref, f"invitation:{one.ref}"}
    return found


# ---- anonymous


def test_no_value_of_a_person_stands_with_an_answer(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(12))
    for number in range(12):
        answer(app, world, ref, f"p{number}@example.org", 100 + number)
        if number in (4, 9):
            with app.app_context():
                actions.open_sealed(load(ref))
                session.commit()
    with app.app_context():
        rows, known = dump(), secrets_of(app, ref)
        assert (len(rows["survey_submission"]), len(rows["survey_sealed"])) == (10, 2)
        of_answers = {
            value for table in OF_AN_ANSWER for row in rows[table] for cell in row.values.values()
            for value in scalars(cell) if isinstance(value, str) and len(value) > 3
        }
        of_people = {
            value for table in OF_A_PERSON for row in rows[table] for cell in row.values.values()
            for value in scalars(cell) if isinstance(value, str) and len(value) > 3
        }
        assert of_answers & (of_people | known) == set()


def test_no_number_joins_the_two(app: Flask, world: World) -> None:
    """Numbers of rows count up in one table or none: random in the other, so they share no order."""
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(10))
    for number in range(10):
        answer(app, world, ref, f"p{number}@example.org", 100 + number)
    with app.app_context():
        actions.open_sealed(load(ref))
        session.commit()
        assert session.query(Respondent).count() == 0
        invited = {one.id for one in session.query(Invitation)}
        assert invited.isdisjoint(one.id for one in session.query(Submission))


def test_nothing_of_an_answer_is_finer_than_a_day(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(6))
    with clock.stopped_at(datetime(2026, 3, 9, 13, 37, 11, tzinfo=UTC)):
        for number in range(6):
            answer(app, world, ref, f"p{number}@example.org", 100 + number)
        with app.app_context():
            actions.open_sealed(load(ref))
            session.commit()
    with app.app_context():
        rows = dump()
        for table in (*OF_AN_ANSWER, Participation.__tablename__):
            for row in rows[table]:
                for value in row.values.values():
                    assert "12:37" not in str(value), (table, value)
                    assert "13:37" not in str(value), (table, value)


@pytest.mark.parametrize("batches", [[3], [5, 2], [5, 5], [7, 6, 4]])
def test_the_order_of_those_who_took_part_tells_nothing_within_a_batch(
    app: Flask, world: World, batches: list[int]
) -> None:
    """Who came third cannot be told from where the answers lie, or from which were written together."""
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(sum(batches)))
    person = 0
    for size in batches:
        for _ in range(size):
            answer(app, world, ref, f"p{person}@example.org", 100 + person)
            person += 1
        with app.app_context():
            actions.open_sealed(load(ref))
            session.commit()
    with app.app_context():
        rows = dump()
        # Answers that were written by the same transaction hide each other; each transaction that wrote
        # answers wrote at least k, but the last, in which all that wait are.
        # (SQLite keeps no trace of transactions.)
        if session.connection().dialect.name == "postgresql":
            together = Counter(row.written for row in rows["survey_submission"])
            assert all(count >= K for count in together.values())
            on_tray = {(row.values["tray"], row.written) for row in rows["survey_sealed"]}
            assert len(on_tray) == len({tray for tray, _written in on_tray})
        waiting = Counter(row.values["tray"] for row in rows["survey_sealed"])
        assert all(count < K for count in waiting.values())
        digests = [row.values["digest"] for row in rows["survey_sealed"]]
        assert digests == sorted(digests)


def test_answers_come_out_in_another_order_than_they_came_in(app: Flask, world: World) -> None:
    """Over many answers the two orders agree no more than chance has it."""
    ref = a_survey(app, world, level=Level.ANONYMOUS, k=40)
    invite(app, world, ref, people(40))
    for number in range(40):
        answer(app, world, ref, f"p{number}@example.org", 100 + number,
               digest=f"{random.Random(number).getrandbits(256):064x}")
    with app.app_context():
        waiting = sealed_numbers(dump())
        actions.open_sealed(load(ref))
        session.commit()
        opened = opened_numbers(dump())
        texts = [c.texts[0].body for c in session.query(Contribution).order_by(Contribution.id)]
    came = list(range(100, 140))
    told = [int(words.rsplit(" ", 1)[1]) for words in texts]
    for found in (waiting, opened, told):
        assert sorted(found) == came
        # Forty in the right place by chance: one. Twelve happen once in a thousand million runs.
        assert sum(a == b for a, b in zip(found, came, strict=True)) < 12
        # Half of all pairs stand in order by chance; that fewer than a fifth or more than four do is rarer.
        pairs = [found[i] < found[j] for i in range(40) for j in range(i + 1, 40)]
        assert 0.2 < sum(pairs) / len(pairs) < 0.8


def test_days_tell_no_order_within_a_batch(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(7))
    for number in range(7):
        answer(app, world, ref, f"p{number}@example.org", 100 + number,
               received_on=date(2026, 3, 2 + number))
    with app.app_context():
        actions.open_sealed(load(ref))
        session.commit()
        assert {one.received_on for one in session.query(Submission)} == {date(2026, 3, 6)}
        assert {box.content["received_on"] for box in session.query(Sealed)} == {"2026-03-08"}


def test_who_was_invited_alone_in_a_language_waits_for_others(app: Flask, world: World) -> None:
    """Of those invited language and municipality are known, so only those who share them hide each other."""
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(5))
    invite(app, world, ref, people(1, names="sole"), language="sv")
    answer(app, world, ref, "sole0@example.org", 200, language="sv")
    for number in range(4):
        answer(app, world, ref, f"p{number}@example.org", 100 + number)
    with app.app_context():
        assert actions.open_sealed(load(ref)) == 0
        session.commit()
    answer(app, world, ref, "p4@example.org", 104)
    with app.app_context():
        assert actions.open_sealed(load(ref)) == 5
        session.commit()
        assert [box.content["language"] for box in session.query(Sealed)] == ["sv"]


def test_one_invited_does_not_come_out_among_those_who_followed_a_link(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(1))
    answer(app, world, ref, "p0@example.org", 100)
    told = by_code(short()[0], swims=Value(options=("no",)))
    for _ in range(4):
        answered(app, world, ref, told)
    with app.app_context():
        assert actions.open_sealed(load(ref)) == 0


def test_a_link_for_one_person_marks_no_answer(app: Flask, world: World) -> None:
    """A place is left out where too few answers came by it."""
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    told = by_code(short()[0], swims=Value(options=("no",)))
    answered(app, world, ref, told, place="only for Maja")
    for _ in range(6):
        answered(app, world, ref, told, place="library")
    with app.app_context():
        assert actions.open_sealed(load(ref)) == 5
        actions.close(load(ref), None)
        session.commit()
        assert Counter(one.place for one in session.query(Submission)) == {"library": 5, "": 2}


def test_after_closing_not_even_an_address_can_be_tied_to_having_taken_part(
    app: Flask, world: World
) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(8))
    for number in range(3):
        answer(app, world, ref, f"p{number}@example.org", 100 + number)
    with app.app_context():
        actions.remind(load(ref), world.facilitator)
        known = secrets_of(app, ref)
        actions.close(load(ref), world.facilitator)
        session.commit()
        assert load(ref).participation_key is None
        assert (session.query(Participation).count(), session.query(Sealed).count()) == (0, 0)
        assert session.query(Submission).count() == 3
        everywhere = {
            value for rows in dump().values() for row in rows for cell in row.values.values()
            for value in scalars(cell)
        }
        assert everywhere & known == set()
        # Those invited differ in nothing that has to do with answering.
        assert {(one.email, one.name, one.reminded_at) for one in session.query(Invitation)} == {
            (None, None, None)
        }


def test_what_staff_did_is_told_without_who_answered(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.ANONYMOUS)
    invite(app, world, ref, people(14))
    for number in range(7):
        answer(app, world, ref, f"p{number}@example.org", 100 + number)
    with app.app_context():
        assert actions.answered_count(load(ref)) == 5
        assert actions.to_remind(load(ref)) == 9
        assert actions.remind(load(ref), world.facilitator) == 7
        session.commit()
        row = session.query(AuditRow).filter_by(action="surveys.remind").one()
        assert row.details == {"at_most": 9}


# ---- named and confidential


@pytest.mark.parametrize("level", [Level.NAMED, Level.CONFIDENTIAL])
def test_while_it_is_open_an_answer_is_tied_to_whoever_was_invited_in_one_table_alone(
    app: Flask, world: World, level: Level
) -> None:
    ref = a_survey(app, world, level=level)
    invite(app, world, ref, people(3))
    for number in range(3):
        answer(app, world, ref, f"p{number}@example.org", 100 + number)
    with app.app_context():
        tied = {
            one.email: session.get_one(Submission, tie.submission_id)
            for tie in session.query(Respondent)
            for one in session.query(Invitation).filter_by(id=tie.invitation_id)
        }
        assert set(tied) == {f"p{number}@example.org" for number in range(3)}
        rows, known = dump(), secrets_of(app, ref)
        of_answers = {value for table in OF_AN_ANSWER for row in rows[table] for cell in row.values.values()
                      for value in scalars(cell) if isinstance(value, str) and len(value) > 3}
        assert of_answers & known == set()


def test_the_ties_of_a_confidential_survey_go_when_it_closes(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.CONFIDENTIAL)
    invite(app, world, ref, people(4))
    answer(app, world, ref, "p0@example.org", 100)
    with app.app_context():
        known = secrets_of(app, ref)
        actions.close(load(ref), None)
        session.commit()
        assert session.query(Respondent).count() == session.query(Participation).count() == 0
        everywhere = {value for rows in dump().values() for row in rows for cell in row.values.values()
                      for value in scalars(cell)}
        assert everywhere & known == set()
        assert session.query(Submission).count() == 1


def test_the_ties_of_a_named_survey_stay_with_addresses_when_it_closes(app: Flask, world: World) -> None:
    ref = a_survey(app, world, level=Level.NAMED)
    invite(app, world, ref, people(4))
    answer(app, world, ref, "p0@example.org", 100)
    with app.app_context():
        actions.close(load(ref), None)
        session.commit()
        tie = session.query(Respondent).one()
        assert session.get_one(Invitation, tie.invitation_id).email == "p0@example.org"
        assert session.query(Participation).count() == 0
        assert actions.answered_invitations(load(ref)) == {tie.invitation_id}


def test_one_survey_that_closes_leaves_the_ties_of_others(app: Flask, world: World) -> None:
    closing, going_on = (a_survey(app, world, level=Level.CONFIDENTIAL) for _ in range(2))
    for ref in (closing, going_on):
        invite(app, world, ref, people(1))
        answer(app, world, ref, "p0@example.org", 100)
    with app.app_context():
        actions.close(load(closing), None)
        session.commit()
        assert session.query(Respondent).count() == session.query(Participation).count() == 1
        assert {one.email for one in session.query(Invitation).filter_by(survey_id=load(going_on).id)} == {
            "p0@example.org"
        }
        assert jobs.tidy() == jobs.Tidied(0, 0, 0)
        assert session.query(Attempt).count() == 0
