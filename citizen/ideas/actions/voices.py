"""What a supporter adds to an idea."""

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Source
from citizen.ideas.actions.supporting import support_idea
from citizen.ideas.models import Voice
from citizen.ideas.queries import PublicIdea
from citizen.ideas.rules.alike import voice_key


def add_voice(
    idea: PublicIdea, browser: str, line: str, language: str, *, held_as: str | None = None
) -> Contribution | None:
    """Support an idea, and take in what the supporter would add, once per browser and words.

    Returns
    -------
    The contribution that the line is; None where nothing was written.
    """
    support_idea(idea.id, browser)
    if not line:
        return None
    contribution, is_new = contributions.receive(
        kind="voice", programme_id=idea.programme_id, municipality_id=idea.municipality_id,
        source=Source.WEB, language=language, sector=None,
        client_key=voice_key(idea.id, browser, line), title=None, body=line,
        held_as=held_as,
    )
    if is_new:
        session.add(Voice(contribution_id=contribution.id, idea_id=idea.id))
        session.flush()
        contributions.arrived(contribution)
    return contribution
