"""Whatever is edited and published, nothing that has been published or answered changes.

Random surveys, random edits, random answers: versions stay byte for byte, every answer is read back as it
was, and within a series an option, a row and a type mean what they meant.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.actions.receiving import write_answers
from citizen.surveys.models import Answer, Submission, Survey, SurveyVersion
from citizen.surveys.rules.document import (
    Document,
    Kind,
    Option,
    Page,
    Question,
    Row,
    asked,
    choices_of,
    points,
    question_keys,
    rows_of,
)
from citizen.surveys.rules.flow import settled
from citizen.surveys.rules.rows import values_from
from citizen.surveys.rules.values import Value
from tests.world import World

WITH_OPTIONS = (Kind.ONE, Kind.SEVERAL, Kind.MATRIX, Kind.RANKING)
KINDS = (*WITH_OPTIONS, Kind.SCALE, Kind.NUMBER, Kind.LONG, Kind.DATE, Kind.PLACE)


# ---- editing at random


class Editor:
    """Somebody who edits a draft without a plan, and says which questions mean something else."""

    def __init__(self, survey: Survey, random: Random) -> None:
        self.survey, self.random = survey, random
        self.document = queries.draft_of(survey)
        self.meant: set[str] = set()

    def edit(self, times: int) -> None:
        for _ in range(times):
            self.random.choice([self.add, self.hide, self.retype, self.reword, self.reorder, self.option,
                                self.settings, self.rescale, self.lose])()
        actions.save_document(self.survey, self.document)

    def new_id(self, prefix: str) -> str:
        made, self.document = self.document.new_id(prefix)
        return made

    def say(self, key: str) -> None:
        actions.save_text(self.survey, key, "nn", f"ord {self.random.randrange(10**6)}")

    def add(self) -> None:
        question = Question(self.new_id("q"), "", self.random.choice(KINDS), least=None)
        question = replace(question, code=question.id, dont_know=self.random.random() < 0.5)
        question = self.filled(question)
        page = Page(self.new_id("p"), (question,))
        self.document = replace(self.document, pages=(*self.document.pages, page))
        for key in question_keys(question):
            self.say(key)

    def filled(self, question: Question) -> Question:
        """With ends of a scale, or two options and rows at least, where its type needs them."""
        if question.kind is Kind.SCALE:
            return replace(question, least=0, most=5)
        for _ in range(2 if question.kind in WITH_OPTIONS and len(question.options) < 2 else 0):
            made = self.new_id("o")
            writes, exclusive = self.random.random() < 0.3, self.random.random() < 0.2
            question = replace(question, options=(*question.options, Option(made, made, writes, exclusive)))
        for _ in range(2 if question.kind is Kind.MATRIX and not question.rows else 0):
            made = self.new_id("r")
            question = replace(question, rows=(*question.rows, Row(made, made)))
        return question

    def change(self, question: Question) -> None:
        self.document = replace(self.document, pages=tuple(
            replace(page, questions=tuple(question if q.id == question.id else q for q in page.questions))
            for page in self.document.pages
        ))

    def any_question(self) -> Question:
        return self.random.choice(self.document.questions)

    def hide(self) -> None:
        question = self.any_question()
        self.change(replace(question, hidden=not question.hidden))

    def retype(self) -> None:
        question = replace(self.any_question(), kind=self.random.choice(KINDS), least=None, most=None)
        question = self.filled(question)
        self.change(question)
        for key in question_keys(question):
            self.say(key)

    def reword(self) -> None:
        question = self.any_question()
        self.say(self.random.choice(list(question_keys(question))))
        if self.random.random() < 0.4:
            self.meant.add(question.id)

    def reorder(self) -> None:
        pages = list(self.document.pages)
        self.random.shuffle(pages)
        self.document = replace(self.document, pages=tuple(pages))

    def option(self) -> None:
        """An option comes, goes or changes place."""
        question = self.any_question()
        if question.kind not in WITH_OPTIONS:
            return
        if self.random.random() < 0.5:
            made = self.new_id("o")
            question = replace(question, options=(*question.options, Option(made, made)))
            self.say(f"{question.id}.{made}")
        else:
            options = [replace(o, hidden=not o.hidden) if self.random.random() < 0.3 else o
                       for o in question.options]
            self.random.shuffle(options)
            question = replace(question, options=tuple(options))
        self.change(question)

    def settings(self) -> None:
        question = self.any_question()
        self.change(replace(question, required=self.random.random() < 0.5, series=self.random.randrange(9),
                            since=self.random.randrange(9), dont_know=self.random.random() < 0.5))

    def rescale(self) -> None:
        question = self.any_question()
        if question.kind is Kind.SCALE:
            self.change(replace(question, most=self.random.randrange(2, 8)))

    def lose(self) -> None:
        """Something is taken away, published or not."""
        question = self.any_question()
        if self.random.random() < 0.5 and len(self.document.pages) > 1:
            page = self.random.choice(self.document.pages)
            self.document = replace(self.document, pages=tuple(p for p in self.document.pages if p != page))
        elif question.options:
            self.change(replace(question, options=question.options[1:]))


def mend(editor: Editor) -> None:
    """Whatever stops the draft, as an editor would who is told of it."""
    actions.restore_lost(editor.survey)
    editor.document = queries.draft_of(editor.survey)
    for question in editor.document.questions:
        shown = sum(not o.hidden for o in question.options)
        no_rows = question.kind is Kind.MATRIX and not rows_of(question)
        if question.kind in WITH_OPTIONS and (shown < 2 or no_rows):
            fewer = replace(question, options=tuple(replace(o, hidden=False) for o in question.options),
                            rows=tuple(replace(r, hidden=False) for r in question.rows))
            editor.change(editor.filled(fewer))
    if all(q.hidden or q.kind is Kind.STATEMENT for q in editor.document.questions):
        editor.add()
    actions.save_document(editor.survey, editor.document)
    texts = queries.draft_texts(editor.survey.id)
    for question in editor.document.questions:
        for key in question_keys(question):
            if key not in texts:
                editor.say(key)


# ---- answering at random


def an_answer(question: Question, random: Random) -> Value:
    choices = [option.id for option in choices_of(question)]
    free = [option for option in choices_of(question) if not option.exclusive]
    if question.dont_know and question.kind is not Kind.MATRIX and random.random() < 0.1:
        return Value(options=("dk",))
    if question.kind in (Kind.SEVERAL, Kind.RANKING) and free:
        chosen = tuple(o.id for o in random.sample(free, random.randint(1, len(free))))
        return Value(options=chosen, others={o.id: "anna" for o in free if o.writes and o.id in chosen})
    if question.kind in (Kind.ONE, Kind.SCALE):
        return Value(options=(random.choice(choices),))
    if question.kind is Kind.MATRIX:
        return Value(rows={row.id: random.choice(choices) for row in rows_of(question)})
    return {
        Kind.NUMBER: Value(number=Decimal(random.randrange(1000))),
        Kind.DATE: Value(day=date(2026, 1, 1 + random.randrange(28))),
        Kind.PLACE: Value(text="Ved brua", point=(60.123, 12.5)),
    }.get(question.kind, Value(text=f"Svar {random.random()}"))


def answer(survey: Survey, world: World, random: Random) -> None:
    """One stored answer to the newest version, some questions skipped."""
    latest = queries.latest(survey.id)
    assert latest is not None
    answers = {q.id: an_answer(q, random) for q in latest.document.questions if random.random() < 0.8}
    given_answers, not_shown = settled(latest.document, answers)
    submission = Submission(
        id=random.randrange(2**53), survey_id=survey.id, version=latest.number, language="nn", channel="link",
        municipality_id=world.norwegian, received_on=date(2026, 11, 26),
        digest=f"{random.getrandbits(256):064x}",
    )
    session.add(submission)
    session.flush()
    write_answers(submission, latest.document, given_answers, not_shown)


# ---- what must never change


@dataclass(frozen=True)
class Kept:
    """Everything published and answered, as it lies in the database and as it is read."""

    versions: dict[int, str]
    rows: frozenset[tuple[Any, ...]]
    values: dict[int, str]


def kept(survey: Survey) -> Kept:
    session.expire_all()
    # As the database keeps it, before anything reads it.
    versions = session.execute(text(
        "SELECT number, CAST(content AS text), CAST(texts AS text), CAST(published_at AS text), user_id"
        " FROM survey_version WHERE survey_id = :survey"), {"survey": survey.id})
    stored = frozenset(
        tuple(row) for table in (Answer, Submission)
        for row in session.execute(select(*table.__table__.columns).where(table.survey_id == survey.id))
    )
    values = {}
    for submission in session.scalars(select(Submission).where(Submission.survey_id == survey.id)):
        document = queries.published(survey.id, submission.version).document
        found = session.scalars(select(Answer).where(Answer.submission_id == submission.id)).all()
        read = values_from(document, found)
        assert {row.question for row in found} == set(read)
        values[submission.id] = repr({q: asdict(value) for q, value in sorted(read.items())})
    return Kept({row[0]: repr(tuple(row)) for row in versions}, stored, values)


def still_there(before: Kept, after: Kept) -> None:
    assert before.versions.items() <= after.versions.items()
    assert before.rows <= after.rows
    assert before.values.items() <= after.values.items()


def meanings_hold(survey: Survey, meant: dict[int, set[str]]) -> None:
    """From each version to the next: nothing is gone, and what has another type or meaning began anew."""
    numbers = sorted(n for n in session.scalars(
        select(SurveyVersion.number).where(SurveyVersion.survey_id == survey.id)))
    for number in numbers[1:]:
        old, new = (queries.published(survey.id, n).document for n in (number - 1, number))
        for question in old.questions:
            now = new.question(question.id)
            assert now is not None
            is_other = question.kind is not now.kind or (
                question.kind is Kind.SCALE and points(question) != points(now))
            assert now.series == question.series + (is_other or question.id in meant[number])
            assert (now.code, now.since) == (question.code, question.since)
            for was, are in ((question.options, now.options), (question.rows, now.rows)):
                assert {(one.id, one.code, one.since) for one in was} <= {
                    (one.id, one.code, one.since) for one in are}


def seen_of(document: Document) -> list[object]:
    """All that somebody who answers could see of a document."""
    return [
        (page.id, page.show_if, page.jumps, [
            replace(q, since=0, series=1, rows=tuple(replace(row, since=0) for row in rows_of(q)),
                    options=tuple(replace(o, since=0) for o in q.options if not o.hidden))
            for q in asked(page)
        ])
        for page in document.pages if asked(page)
    ]


def is_told(proposal: queries.Proposal) -> None:
    """Whatever differs for those who answer, the page has something to tell."""
    if proposal.before is not None and not proposal.changes():
        assert seen_of(proposal.before.document) == seen_of(proposal.document)
        for page in proposal.document.pages:
            for question in asked(page):
                gone = {f"{question.id}.{o.id}" for o in (*question.options, *question.rows) if o.hidden}
                keys = set(question_keys(question)) - gone
                assert {k: proposal.before.texts.get(k) for k in keys} == {
                    k: proposal.texts.get(k) for k in keys}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), rounds=st.integers(2, 4))
def test_nothing_published_or_answered_ever_changes(
    app: Flask, world: World, seed: int, rounds: int
) -> None:
    random = Random(seed)
    with app.app_context():
        survey = actions.create_survey(
            programme_id=world.programme, municipality_id=None, languages=("nn",), title="Prøve", user_id=None
        )
        Editor(survey, random).edit(0)
        meant: dict[int, set[str]] = {}
        before = kept(survey)
        for number in range(1, rounds + 1):
            editor = Editor(survey, random)
            if number == 1 or random.random() < 0.3:
                editor.add()
            editor.edit(random.randrange(7))
            mend(editor)
            proposal = queries.proposal(survey)
            is_told(proposal)
            meant[number] = {q for q in editor.meant
                             if proposal.before and proposal.before.document.question(q)}
            actions.publish(survey, user_id=None, confirmed=proposal.must | meant[number])
            still_there(before, kept(survey))
            for _ in range(3):
                answer(survey, world, random)
            after = kept(survey)
            still_there(before, after)
            before = after
        meanings_hold(survey, meant)
        session.rollback()


def test_a_draft_is_read_back_as_the_version_it_became(app: Flask, world: World) -> None:
    with app.app_context():
        survey = actions.create_survey(programme_id=world.programme, municipality_id=None,
                                       languages=("nn",), title="Prøve", user_id=None)
        editor = Editor(survey, Random(1))
        for _ in range(6):
            editor.add()
        editor.edit(0)
        version = actions.publish(survey, user_id=None)
        session.commit()
        assert survey.content == version.content
        draft: Document = queries.draft_of(survey)
        assert {q.since for q in draft.questions} == {1}
