"""What authors are told about each reason: a municipality's own words, or those we give along."""

import hashlib
from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from citizen.base import locale
from citizen.base.db import session
from citizen.contributions.models import Contribution
from citizen.contributions.rules import Reason
from citizen.moderation.models import ReasonWords

STANDARD = {
    Reason.PERSONAL_DATA: _l(
        "The text tells something about a private person that we may not publish, such as a name, an"
        " address, a phone number, or something about health or family. Write it again without that,"
        " and it can be published."),
    Reason.ATTACK: _l(
        "The text attacks or insults somebody. You are welcome to criticise what the municipality does,"
        " also sharply. Write about the matter and not about the person, and it can be published."),
    Reason.HATE: _l(
        "The text threatens a group of people or speaks of them with contempt. That can be against the"
        " law, and we do not publish it. You are welcome to tell in other words what you want changed."),
    Reason.THREAT: _l(
        "The text can be read as a threat, or as urging others to break the law. We do not publish that."
        " You are welcome to tell what you want changed, and why."),
    Reason.COPYRIGHT: _l(
        "The text or a photo seems to be somebody else's work, which we may not publish without their"
        " consent. Say it in your own words or show a photo of your own, and it can be published."),
    Reason.ADVERT: _l(
        "We read this as advertising for a product, a service or an event. Ideas here are about what the"
        " municipality can do. You are welcome to send in such an idea."),
    Reason.NOT_MUNICIPAL: _l(
        "Somebody other than the municipality decides about this, such as the state, the region or a"
        " private owner. An idea here would therefore lead nowhere. You are welcome to turn to them."),
    Reason.INDIVIDUAL_CASE: _l(
        "This is about one person's own case. Such a case cannot be dealt with in public. Contact the"
        " municipality directly, so that the right person can answer you."),
    Reason.FAULT_REPORT: _l(
        "This is about something that is broken or has to be looked after. Report it to the municipality"
        " as a fault, so that it reaches those who can mend it."),
    Reason.DUPLICATE: _l(
        "The same idea has been published already. You are welcome to support that one: it shows that"
        " more people think so."),
    Reason.OFF_TOPIC: _l(
        "This is about something else than what residents are asked about here. You are welcome to send"
        " in an idea about the topic, or to contact the municipality in another way."),
}


def our_words(language: str) -> dict[str, str]:
    """Reason → what we suggest to say of it."""
    with locale.speaking(language):
        return {reason.value: str(words) for reason, words in STANDARD.items()}


def own_words(municipality_ids: Collection[int], language: str) -> dict[tuple[int, str], str]:
    """(municipality, reason) → what some municipalities say instead, in one language."""
    rows = session.execute(
        select(ReasonWords.municipality_id, ReasonWords.reason, ReasonWords.words)
        .where(ReasonWords.municipality_id.in_(municipality_ids), ReasonWords.language == language)
    )
    return {(row.municipality_id, row.reason): row.words for row in rows}


def reason_words(municipality_id: int, language: str) -> dict[str, str]:
    """Reason → what an author is told of it where nobody writes anything else."""
    own = own_words([municipality_id], language)
    return {
        reason: own.get((municipality_id, reason), words) for reason, words in our_words(language).items()
    }


def words_for(contribution: Contribution) -> dict[str, str]:
    """The same for one contribution, in the language that its author is spoken to in."""
    language = contribution.language
    spoken = language if language in locale.LANGUAGES else locale.current()
    return reason_words(contribution.municipality_id, spoken)


def words_seen(words: Mapping[str, str]) -> str:
    """Words as a page remembers them, to find out whether somebody else has changed them."""
    told = "\0".join(f"{reason}\1{words[reason]}" for reason in sorted(words))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
