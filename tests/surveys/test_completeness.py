"""Whoever translates and whoever publishes are told the same of each language, whatever the texts are."""

import random
import re

import pytest
from flask import Flask

from citizen.base.db import session
from citizen.surveys import actions, queries
from citizen.surveys.models import Survey, SurveyText
from citizen.surveys.rules.document import keys_of
from tests.pages import Browser
from tests.surveys.samples import a_survey, load
from tests.world import World


def at_random(survey: Survey, chance: random.Random) -> None:
    """Texts in all states: written, removed, of words that have changed since, in languages that come and
    go."""
    keys = list(keys_of(queries.draft_of(survey)))
    for number in range(40):
        key, language = chance.choice(keys), chance.choice(["nn", "nn", "sv", "sv", "nb"])
        text = chance.choice(["", f"Ord {number}", f"Ord {number} ", "Badar du?"])
        if key == "title" and language == "nn":
            text = text or "Stranda"
        source = session.get(SurveyText, (survey.id, key, "nn"))
        actions.save_text(
            survey, key, language, text, state=chance.choice(["reviewed", "reviewed", "machine"]),
            source=chance.choice([None, "Noko anna", source.text if source else None]),
        )
    version, languages = survey.version, queries.draft_of(survey).languages
    if "nb" not in languages:
        actions.add_language(survey, "nb", version=version, user_id=None)
    elif chance.random() < 0.3:
        actions.remove_language(survey, "nb", version=version, user_id=None)


@pytest.mark.parametrize("seed", range(6))
def test_the_translation_desk_and_the_publish_page_never_disagree(
    app: Flask, world: World, facilitator: Browser, seed: int
) -> None:
    ref, chance = a_survey(app, world, publish=False), random.Random(seed)
    for _turn in range(3):
        with app.app_context():
            at_random(load(ref), chance)
            session.commit()
        told = at_the_desk(facilitator, ref)
        assert len(told) in (2, 3)
        assert to_publish(facilitator, ref) == told


def at_the_desk(browser: Browser, ref: str) -> list[tuple[str, str]]:
    """Per language the texts that are reviewed, of so many, as translators read it."""
    page = browser.get(f"/sv/surveys/{ref}/translation").text
    found = re.findall(r"(\d+) of (\d+) texts? (?:is|are) reviewed|(\d+) texts, all reviewed", page)
    return [(done or whole, needed or whole) for done, needed, whole in found]


def to_publish(browser: Browser, ref: str) -> list[tuple[str, str]]:
    """The same as whoever publishes reads it. Only a language that is not whole asks for a decision."""
    page = browser.get(f"/sv/surveys/{ref}/publication").text
    found = re.findall(r"(\d+) of (\d+) texts are ready", page)
    if "must be mended first" not in page:
        assert page.count("Is the survey offered in") == sum(done != needed for done, needed in found[1:])
    return found


def test_a_version_has_no_text_in_a_language_that_it_is_not_offered_in(app: Flask, world: World) -> None:
    ref = a_survey(app, world, publish=False)
    with app.app_context():
        survey = load(ref)
        actions.remove_language(survey, "sv", version=survey.version, user_id=None)
        actions.publish(survey, user_id=None)
        session.commit()
        published = queries.latest(survey.id)
        assert published is not None
        assert published.document.languages == ("nn",)
        assert {language for texts in published.texts.values() for language in texts} == {"nn"}
        assert queries.draft_texts(survey.id)["title"]["sv"] == "Badplatsen"
