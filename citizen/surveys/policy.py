"""Who may do what with a survey."""

from citizen.base.access import Role, Viewer
from citizen.programmes.models import Municipality, Programme
from citizen.surveys.models import Survey

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
