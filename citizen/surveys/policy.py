"""Who may do what with a survey."""

from datetime import date, timedelta

from citizen.base.access import Role, Viewer
from citizen.programmes.models import Municipality, Programme
from citizen.surveys.models import Survey
from citizen.surveys.rules import CORRECTION_DAYS, Channel, Level, Shown

EDITORS = (Role.FACILITATOR, Role.ADMINISTRATOR)
HELPERS = (Role.FACILITATOR, Role.ADMINISTRATOR, Role.MODERATOR)


def may_make(viewer: Viewer, programme: Programme) -> bool:
    """Facilitators and administrators of a municipality that runs the programme make surveys in it."""
    return bool(desks(viewer, programme, EDITORS))


def may_edit(viewer: Viewer, survey: Survey, programme: Programme) -> bool:
    """A survey of one municipality is edited by its own; a joint one by those of any that takes part."""
    if survey.municipality_id is not None:
        return survey.municipality_id in viewer.municipalities(*EDITORS)
    return may_make(viewer, programme)


def may_read_results(viewer: Viewer, survey: Survey, programme: Programme) -> bool:
    """Whoever edits a survey reads what came in."""
    return may_edit(viewer, survey, programme)


def has_public_results(survey: Survey) -> bool:
    """Whether everybody may see the results now."""
    is_closed = survey.closed_at is not None
    return survey.results == Shown.LIVE or (survey.results == Shown.AFTERWARDS and is_closed)


def may_help(viewer: Viewer, survey: Survey, programme: Programme) -> bool:
    """Whoever works with residents in a municipality of the survey types in paper and sets up kiosks."""
    return bool(helped(viewer, survey, programme))


def helped(viewer: Viewer, survey: Survey, programme: Programme) -> list[Municipality]:
    """The municipalities of a survey for which somebody may do so."""
    return [m for m in desks(viewer, programme) if survey.municipality_id in (None, m.id)]


def desks(viewer: Viewer, programme: Programme, roles: tuple[Role, ...] = HELPERS) -> list[Municipality]:
    """The municipalities of a programme for which somebody has one of the roles."""
    own = viewer.municipalities(*roles)
    return [m for m in programme.municipalities if m.id in own]


def may_answer(survey: Survey, today: date) -> bool:
    """Everybody may answer a survey that has been published, while it is open."""
    has_opened = survey.opens_on is None or survey.opens_on <= today
    return has_opened and not has_closed(survey, today)


def needs_invitation(survey: Survey, begun: str, sent: str) -> bool:
    """What an invitation began is sent with it, where everybody answers once or answers are named.

    Otherwise its owner would be reminded of what they have done, and could answer again.
    """
    is_without = begun == Channel.INVITATION and sent != Channel.INVITATION
    return is_without and (survey.once or survey.level == Level.NAMED)


def has_closed(survey: Survey, today: date) -> bool:
    """Whether nobody may answer any more."""
    return survey.closed_at is not None or (survey.closes_on is not None and survey.closes_on < today)


def may_correct(survey: Survey, received_on: date, today: date) -> bool:
    """Whoever has a receipt corrects their answer for some days, while the survey is open."""
    return may_answer(survey, today) and today <= corrected_until(survey, received_on)


def corrected_until(survey: Survey, received_on: date) -> date:
    """The last day on which an answer can be corrected."""
    last = received_on + timedelta(days=CORRECTION_DAYS)
    return min(last, survey.closes_on) if survey.closes_on else last
