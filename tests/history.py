"""An idea that everything has happened to, for tests of what is kept about one."""

from flask import Flask

from citizen.base import clock
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Handling, Visibility
from citizen.moderation import actions
from citizen.programmes.actions import create_programme
from citizen.programmes.models import Municipality
from tests.factories import an_idea, load
from tests.world import World

NAME = "Kari Nordmann"


def a_long_history(app: Flask, world: World) -> tuple[str, str]:
    """An idea, published in the end, that was looked at twice, refused, appealed, redacted, answered, merged
    and moved; in words of everybody stands the name of Kari Nordmann.

    Returns
    -------
    Its reference, and that of the idea it was merged with for a while.
    """
    ref = an_idea(app, world, title="Naust på kaia", body=f"Spør {NAME} om naustet.")
    other = an_idea(app, world, title="Naust ved brua", state="published")
    with app.app_context():
        _refused_and_appealed(load(ref), world)
        _redacted(load(ref), world)
        _answered(load(ref), world)
        _merged(load(ref), load(other), world)
        _moved(load(ref), world)
        session.commit()
    return ref, other


def _refused_and_appealed(idea: Contribution, world: World) -> None:
    maja, morten = world.moderator, world.other_moderator
    actions.decide(idea, Visibility.REJECTED, user_id=maja, reason="hate", words=f"Om {NAME}: nei.",
                   expected_version=idea.version)
    look = contribution_queries.open_look(idea.id)
    assert look is not None
    actions.disagree(look, idea, user_id=morten, note=f"Ikkje hat mot {NAME}.", expected_version=idea.version)
    actions.decide(idea, Visibility.REJECTED, user_id=maja, reason="attack", words="For hardt.",
                   expected_version=idea.version)
    appeal = contributions.ask_again(idea, f"Eg er ven med {NAME}.")
    actions.answer_appeal(appeal, idea, "published", user_id=morten, reason=None,
                          words=f"Vi har snakka med {NAME}.", expected_version=idea.version)
    actions.note(idea, f"{NAME} ringde i dag.", user_id=maja)


def _redacted(idea: Contribution, world: World) -> None:
    for again in (True, False):
        actions.redact(
            idea, of_version=1, photos=[], user_id=world.moderator, reason="personal_data", words="",
            texts={"title": "Naust på kaia", "body": "Spør [fjerna av kommunen] om naustet.", "place": ""},
            removed={"body": [[5, 5 + len(NAME)]]}, expected_version=idea.version,
        )
        if again:
            actions.undo(idea, user_id=world.moderator, expected_version=idea.version)


def _answered(idea: Contribution, world: World) -> None:
    for body in (f"Takk. {NAME} har nøkkelen.", "Vi tek over nøkkelen."):
        actions.answer_officially(idea, body, signed="Hamnesjefen", user_id=world.moderator,
                                  expected_version=idea.version)
    actions.take_answer_back(idea, user_id=world.other_moderator, expected_version=idea.version)
    contributions.set_handling([idea.id], Handling.PLANNED, user_id=world.facilitator, about=None,
                               about_names={"nn": "Naust"}, words=f"{NAME} er spurd.", public=True)
    contributions.set_handling([idea.id], Handling.RECEIVED, user_id=world.facilitator, public=False)


def _merged(idea: Contribution, other: Contribution, world: World) -> None:
    actions.merge(idea, other, user_id=world.moderator, expected_version=idea.version)
    actions.unmerge(idea, user_id=world.other_moderator, expected_version=idea.version)
    actions.merge(other, idea, user_id=world.moderator, expected_version=other.version)


def _moved(idea: Contribution, world: World) -> None:
    today = clock.today()
    programme = create_programme(
        "hamna", {"titles": {"nn": "Hamna i morgon"}, "promise": {"nn": "Snart."}}, "consult",
        [session.get_one(Municipality, world.norwegian)], [("collect", today, today)],
    )
    actions.move(idea, programme.id, world.norwegian, user_id=world.moderator, expected_version=idea.version)
