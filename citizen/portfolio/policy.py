"""Who may do what with a programme's portfolio."""

from citizen.base.access import Role, Viewer
from citizen.programmes.models import Programme

READERS = (Role.FACILITATOR, Role.MODERATOR, Role.ADMINISTRATOR)


def may_read(viewer: Viewer, programme: Programme) -> bool:
    """Staff of any municipality in the programme."""
    return _works_there(viewer, programme, *READERS)


def may_work(viewer: Viewer, programme: Programme) -> bool:
    """Facilitators of any municipality in the programme: make, change, decide and publish."""
    return _works_there(viewer, programme, Role.FACILITATOR)


def _works_there(viewer: Viewer, programme: Programme, *roles: Role) -> bool:
    return bool({m.id for m in programme.municipalities} & viewer.municipalities(*roles))
