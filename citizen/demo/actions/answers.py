"""Answers to the demo's survey, received, opened and counted as all others are."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Visibility
from citizen.demo.rules import answers_from, read
from citizen.programmes.models import Municipality
from citizen.surveys import actions, queries
from citizen.surveys.queries import Published
from citizen.surveys.rules import Channel
from citizen.surveys.rules.values import answers_as_json


def build_answers(programme_id: int, municipalities: Mapping[str, Municipality], moderator_id: int) -> None:
    """A week of answers by link, at the library, on paper and at a kiosk. Some texts still wait to be read,
    and two answers for others to come in the same way."""
    survey = queries.surveys_of({programme_id})[0]
    published = queries.published(survey.id, 1)
    told = read("answers.json")
    for days_ago, of_a_day in groupby(enumerate(told), key=lambda one: one[1]["days_ago"]):
        with clock.stopped_at(_evening(days_ago)):
            for number, answer in of_a_day:
                actions.receive(survey, _arrival(published, number, answer, municipalities))
            actions.open_sealed(survey)
    _publish_texts(published, told, moderator_id)
    actions.count_arrivals(survey)


def _arrival(
    published: Published, number: int, told: Mapping[str, Any], municipalities: Mapping[str, Municipality]
) -> actions.Arrival:
    return actions.Arrival(
        version=published.number, language=told["lang"], channel=told.get("channel", Channel.LINK),
        municipality_id=municipalities[told["town"]].id, received_on=clock.today(),
        digest=hashlib.sha256(f"demo:{number}".encode()).hexdigest(),
        answers=answers_as_json(answers_from(told, published.document)),
        place=told.get("place", ""), sector=told.get("sector"),
    )


def _publish_texts(published: Published, told: list[dict[str, Any]], moderator_id: int) -> None:
    """What the moderator has read and published; found by its words, since nothing ties it to an answer."""
    questions = [question for question in published.document.questions if question.contributes]
    read_already = {answer[question.code] for answer in told for question in questions
                    if answer.get("state") == Visibility.PUBLISHED and question.code in answer}
    for question in questions:
        for text in _every_text(published.survey_id, question.id):
            if text.body in read_already:
                found = session.get_one(Contribution, text.contribution_id)
                with clock.stopped_at(min(found.submitted_at + timedelta(hours=33), clock.now())):
                    contributions.decide(found, Visibility.PUBLISHED, user_id=moderator_id,
                                         expected_version=found.version)


def _every_text(survey_id: int, question: str) -> list[Any]:
    first = queries.written(survey_id, question, only_public=False)
    rest = (queries.written(survey_id, question, only_public=False, page=n) for n in range(2, first.last + 1))
    return [*first.items, *(text for page in rest for text in page.items)]


def _evening(days_ago: int) -> datetime:
    day = clock.now().astimezone(clock.LOCAL) - timedelta(days=days_ago)
    return day.replace(hour=20, minute=0, second=0, microsecond=0)
