"""Published ideas that say the same as what somebody writes."""

from sqlalchemy import select

from citizen.analysis.terms import content_words
from citizen.base.db import session
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Contribution
from citizen.ideas.models import Voice
from citizen.ideas.queries.merging import merged_into
from citizen.ideas.queries.reading import PublicIdea, public
from citizen.ideas.rules.alike import FEWEST_WORDS, MOST_SHOWN, least_likeness

# Several of the likest may be lines under the same idea.
_LOOKED_AT = 10


def alike(programme_id: int, typed: str) -> list[PublicIdea]:
    """The few published ideas that say the same as a text, likest first; most often none.

    A line that says the same stands for the idea it is under, and an idea for the one it has gone into.
    """
    words = len(content_words(typed))
    if words < FEWEST_WORDS:
        return []
    likest = contribution_queries.similar(programme_id, typed, _LOOKED_AT)
    same = [match.id for match in likest if match.score >= least_likeness(words)]
    if not same:
        return []
    under = dict(session.execute(
        select(Voice.contribution_id, Voice.idea_id).where(Voice.contribution_id.in_(same))
    ).all())
    ideas = [under.get(number, number) for number in same]
    whole = merged_into(ideas)
    order = [whole[idea].id if idea in whole else idea for idea in ideas]
    found = [PublicIdea(*row) for row in session.execute(public().where(Contribution.id.in_(order)))]
    return sorted(found, key=lambda idea: order.index(idea.id))[:MOST_SHOWN]
