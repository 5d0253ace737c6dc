"""Who may help others to take part."""

from citizen.base.access import Role, Viewer
from citizen.programmes.models import Municipality, Programme

HELPERS = (Role.MODERATOR, Role.FACILITATOR)


def desks(viewer: Viewer, programme: Programme) -> list[Municipality]:
    """The municipalities of a programme for which somebody may type in notes and set up kiosks."""
    own = viewer.municipalities(*HELPERS)
    return [m for m in programme.municipalities if m.id in own]
