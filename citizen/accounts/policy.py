"""Who may do what with a member of staff."""

from collections.abc import Collection

from citizen.base.access import Role, Viewer


def may_decide_alone(viewer: Viewer, workplaces: Collection[int]) -> bool:
    """Whether nobody else has a say: the person works only where the viewer is administrator.

    Needed to close an account and to hold a link that opens it. Otherwise an administrator could
    take over the roles that somebody has been given in another municipality.
    """
    return set(workplaces) <= viewer.municipalities(Role.ADMINISTRATOR)
