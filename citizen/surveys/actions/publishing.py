"""Publishing: a draft becomes a version that never changes. Older versions and answers are not touched."""

from collections.abc import Collection

from flask_babel import gettext as _

from citizen.base import clock, locale
from citizen.base.db import session
from citizen.base.errors import Conflict, Refused
from citizen.surveys import queries
from citizen.surveys.actions.drafts import hold, save_text
from citizen.surveys.models import Survey, SurveyVersion
from citizen.surveys.queries import Proposal, offered_in
from citizen.surveys.rules.document import as_json, keys_of
from citizen.surveys.rules.keeping import marked, put_back


def publish(
    survey: Survey,
    *,
    user_id: int | None,
    confirmed: Collection[str] = frozenset(),
    accepted: Collection[str] = frozenset(),
    left_out: Collection[str] = frozenset(),
    seen: str | None = None,
) -> SurveyVersion:
    """Freeze the draft as the next version. What is asked for the first time is marked with its number.

    Parameters
    ----------
    confirmed : questions that mean something else than before: their answers begin a new series.
    accepted : languages that are offered although they are not whole.
    left_out : languages that this version is not offered in.
    seen : what `queries.proposal` told whoever says so.

    Raises
    ------
    Conflict
        If what was seen has changed since.
    Refused
        If something must be mended, confirmed or decided first.
    """
    # Two who publish at once wait for each other.
    hold(survey)
    proposal = queries.proposal(survey)
    if seen is not None and proposal.seen != seen:
        raise Conflict(_("The survey has changed since you opened this page. Nothing was published."))
    _refuse(survey, proposal, set(confirmed), {*accepted, *left_out})
    before = proposal.before.document if proposal.before else None
    document = marked(proposal.document, before, proposal.number, set(confirmed))
    offered = offered_in(document, left_out)
    version = SurveyVersion(
        survey_id=survey.id, number=proposal.number, content=as_json(offered),
        texts={key: said for key in keys_of(offered)
               if (said := {language: text for language, text in proposal.texts.get(key, {}).items()
                            if language in offered.languages})},
        published_at=clock.now(), user_id=user_id,
    )
    session.add(version)
    survey.content = as_json(document)
    session.flush()
    return version


def _refuse(survey: Survey, proposal: Proposal, confirmed: set[str], decided: set[str]) -> None:
    if survey.closed_at is not None:
        raise Refused(_("This survey has closed. Nothing more is published of it."))
    if proposal.stops:
        raise Refused(_("Mend what stops the survey before you publish it."))
    if proposal.must - confirmed:
        raise Refused(_("Confirm that the questions begin anew"))
    for one in proposal.unready():
        if one.language not in decided:
            raise Refused(_("Choose whether the survey is offered in %(language)s",
                            language=locale.IN_WORDS[one.language]))


def restore_lost(survey: Survey) -> None:
    """Put back, hidden, what has been published and is not in the draft any more."""
    hold(survey)
    before, draft = queries.latest(survey.id), queries.draft_of(survey)
    if before is None:
        return
    document = put_back(before.document, draft)
    survey.content = as_json(document)
    texts = queries.draft_texts(survey.id)
    for key in set(keys_of(document)) - set(keys_of(draft)):
        for language, text in before.texts.get(key, {}).items():
            if not texts.get(key, {}).get(language):
                save_text(survey, key, language, text)
    session.flush()
