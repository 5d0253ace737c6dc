"""Who answers for a municipality's statements."""

from citizen.base.access import Role, Viewer


def may_manage(viewer: Viewer, municipality_id: int) -> bool:
    """The municipality's administrators: what the statements say binds the municipality."""
    return municipality_id in viewer.municipalities(Role.ADMINISTRATOR)
