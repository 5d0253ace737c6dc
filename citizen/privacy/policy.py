"""Who says what is marked."""

from citizen.base.access import Role, Viewer


def may_manage(viewer: Viewer, municipality_id: int) -> bool:
    """The municipality's administrators."""
    return municipality_id in viewer.municipalities(Role.ADMINISTRATOR)
