"""Whatever an editor does to a survey afterwards, the pack of an old version is the same to the byte."""

from random import Random

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from citizen.base import clock
from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.actions import exporting
from citizen.surveys.actions.exporting import Order, Words
from citizen.surveys.models import Answer, Submission, Survey
from citizen.surveys.rules import Level, editing
from citizen.surveys.rules.document import OPTION_KINDS, Kind
from tests.surveys.packs import EXPORTED, PUBLISHED
from tests.surveys.test_versions import KINDS, Editor, answer, mend
from tests.world import World

ORDERS = {
    Level.CONFIDENTIAL: (Order("nn", ";", Words.BESIDE, None), Order("sv", ",", Words.APART, None)),
    Level.ANONYMOUS: (Order("nb", ";", Words.APART, None),),
}


class AtTheDesk(Editor):
    """Somebody who presses the buttons of the editor without a plan."""

    def edit(self, times: int) -> None:
        for _ in range(times):
            self.random.choice([self.add_one, self.take_away, self.bring_back, self.move, self.parts,
                                self.reword, self.settings, self.retype])()
        actions.save_document(self.survey, self.document)

    def add_one(self) -> None:
        self.document, page = editing.add_page(self.document)
        kind = self.random.choice((*KINDS, Kind.SHORT, Kind.STATEMENT))
        code = editing.code_from(kind, [q.code for q in self.document.questions], fallback="q")
        self.document, made = editing.add_question(self.document, page, kind, code)
        question = self.document.question(made)
        assert question is not None
        self.change(self.filled(question))

    def take_away(self) -> None:
        if self.random.random() < 0.3:
            page = self.random.choice(self.document.pages)
            self.document = editing.remove_page(self.document, page.id)
        elif self.document.questions:
            self.document = editing.remove_question(self.document, self.any_question().id)
        if not self.document.questions:
            self.add_one()

    def bring_back(self) -> None:
        question = self.any_question()
        self.document = editing.bring_back_question(self.document, question.id)
        for part in editing.parts_of(question):
            self.document = editing.bring_back_part(self.document, question.id, part.id)

    def move(self) -> None:
        by = self.random.choice([-1, 1])
        if self.random.random() < 0.5:
            self.document = editing.move_page(self.document, self.random.choice(self.document.pages).id, by)
        else:
            self.document = editing.move_question(self.document, self.any_question().id, by)

    def parts(self) -> None:
        question = self.any_question()
        parts = editing.parts_of(question)
        if question.kind not in OPTION_KINDS or not parts:
            return
        part = self.random.choice(parts)
        taken = [one.code for one in parts]
        code = editing.code_from(f"Val {self.random.randrange(99)}", taken, fallback="o")
        self.document = self.random.choice([
            lambda: editing.add_parts(self.document, question.id, "o", [code])[0],
            lambda: editing.remove_part(self.document, question.id, part.id),
            lambda: editing.move_part(self.document, question.id, part.id, -1),
        ])()


def publish(survey: Survey, editor: Editor) -> None:
    mend(editor)
    proposal = queries.proposal(survey)
    before = proposal.before.document if proposal.before else None
    meant = {q for q in editor.meant if before and before.question(q)}
    with clock.stopped_at(PUBLISHED):
        actions.publish(survey, user_id=None, confirmed=proposal.must | meant)
    session.commit()


def packs(survey_id: int, level: Level, versions: range) -> dict[tuple[int, int], bytes]:
    """(order, version) → the whole archive, as it is downloaded."""
    with clock.stopped_at(EXPORTED):
        return {
            (n, version): b"".join(exporting.packed(
                survey_id, Order(order.language, order.delimiter, order.words, version)))
            for n, order in enumerate(ORDERS[level]) for version in versions
        }


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), level=st.sampled_from(list(ORDERS)))
def test_the_pack_of_an_old_version_is_the_same_after_any_edits(
    app: Flask, world: World, seed: int, level: Level
) -> None:
    random = Random(seed)
    with app.app_context():
        # The same seed draws the same numbers again.
        for table in (Answer, Submission):
            session.execute(delete(table))
        survey = actions.create_survey(programme_id=world.programme, municipality_id=None, level=level,
                                       languages=("nn",), title="Prøve", user_id=None)
        survey_id, before = survey.id, dict[tuple[int, int], bytes]()
        for number in (1, 2, 3):
            editor = AtTheDesk(survey, random)
            for _ in range(2 if number == 1 else 0):
                editor.add_one()
            editor.edit(random.randrange(1, 10))
            publish(survey, editor)
            for _ in range(3):
                answer(survey, world, random)
            session.commit()
            after = packs(survey_id, level, range(1, number + 1))
            assert before.items() <= after.items()
            before, survey = after, queries.survey_by_id(survey_id)
