"""When two texts say the same, and which reasons a reader may give for a report."""

import uuid

from citizen.contributions.rules import Reason

FEWEST_WORDS = 2
"""Words that say something, without which nothing is looked for."""

MOST_SHOWN = 3

REPORT_REASONS = (
    Reason.PERSONAL_DATA, Reason.ATTACK, Reason.HATE, Reason.THREAT, Reason.COPYRIGHT, Reason.ADVERT,
    Reason.DUPLICATE, Reason.OFF_TOPIC,
)
"""What a reader can judge; whose business a matter is and which form it belongs in, staff decide."""


def least_likeness(words: int) -> float:
    """The score (see `citizen.analysis.nearest`) from which a text says the same as one with so many words.

    ``0.35 + 0.5 / words``: two shared words are chance where twenty are not. Found with 558 real and
    composed texts about towns and 303 translated sentences to look among; asked for with titles,
    beginnings of 4 to 20 words and whole texts, with slips in every fifth word or with a third of
    the words gone, and with Swedish and Nynorsk translations of texts in Bokmål. Of all other texts
    the likest one reached 0.59, 0.50, 0.46, 0.40, 0.37 and 0.35 in one question of twenty, with 2, 3,
    4-5, 6-8, 9-12 and more words: the formula follows that, so that about one question of 25 is shown
    something else (4.4 % with 2-3 words, 2.7 % with 8 and more; read one by one, half of these are
    about the same thing after all). The text itself is shown for 100 % of titles as they are, 99 %
    with a third gone, and with slips for 81 % (2-3 words), 99 % (4-7) and 100 % (8 and more); a text
    in Bokmål for 44 % and 68 % of the beginnings of its Swedish and Nynorsk twins with 4-7 words, and for
    76 % and 90 % with 8 and more.
    """
    return 0.35 + 0.5 / words


def voice_key(idea_id: int, browser: str, line: str) -> str:
    """The key under which a line is stored once, however often it is sent."""
    return f"voice:{uuid.uuid5(uuid.NAMESPACE_OID, f'{idea_id} {browser} {line}')}"
