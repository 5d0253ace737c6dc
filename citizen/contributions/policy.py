"""Who may see what is not public."""

from citizen.base.access import Role, Viewer
from citizen.contributions.models import Contribution


def may_see_pictures(viewer: Viewer | None, contribution: Contribution) -> bool:
    """Moderators of the contribution's own municipality see its photos before anyone else."""
    return viewer is not None and contribution.municipality_id in viewer.municipalities(Role.MODERATOR)


def may_be_second(viewer: Viewer | None, contribution: Contribution) -> bool:
    """Where somebody else has to look, the municipality's moderators and administrators may."""
    own = viewer.municipalities(Role.MODERATOR, Role.ADMINISTRATOR) if viewer else set()
    return contribution.municipality_id in own
