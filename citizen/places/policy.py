"""Who may do what with a municipality's map."""

from citizen.base.access import Role, Viewer


def may_change_map(viewer: Viewer, municipality_id: int) -> bool:
    """Administrators: the map is shown under the municipality's name, by leave of whoever made it."""
    return municipality_id in viewer.municipalities(Role.ADMINISTRATOR)
