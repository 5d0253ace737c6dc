"""Who may work with themes."""

from citizen.base.access import Role, Viewer
from citizen.programmes.models import Programme


def may_work_with_themes(viewer: Viewer, programme: Programme) -> bool:
    """Facilitators of any municipality that runs the programme."""
    return bool(
        viewer.municipalities(Role.FACILITATOR) & {m.id for m in programme.municipalities}
    )
