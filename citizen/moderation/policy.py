"""Who may moderate what."""

from citizen.base.access import Role, Viewer
from citizen.contributions.models import Contribution
from citizen.programmes.models import Programme

ANSWERERS = (Role.MODERATOR, Role.ADMINISTRATOR)


def may_answer(viewer: Viewer, contribution: Contribution) -> bool:
    """Moderators and administrators of its own municipality answer requests for deletion."""
    return contribution.municipality_id in viewer.municipalities(*ANSWERERS)


def may_read_mode(viewer: Viewer, programme: Programme) -> bool:
    """Administrators of every municipality that takes part."""
    own = viewer.municipalities(Role.ADMINISTRATOR)
    return any(municipality.id in own for municipality in programme.municipalities)


def may_choose_mode(viewer: Viewer, programme: Programme) -> bool:
    """Administrators of the municipality in charge, the first: it answers for what becomes public."""
    return programme.municipalities[0].id in viewer.municipalities(Role.ADMINISTRATOR)


def may_moderate(viewer: Viewer, contribution: Contribution) -> bool:
    """Moderators of the contribution's own municipality may read and decide it."""
    return contribution.municipality_id in viewer.municipalities(Role.MODERATOR)
