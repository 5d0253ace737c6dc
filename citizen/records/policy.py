"""Who answers for what a municipality keeps."""

from citizen.base.access import Role, Viewer


def may_keep_records(viewer: Viewer, municipality_id: int) -> bool:
    """The municipality's administrators: a decision to delete binds the municipality."""
    return municipality_id in viewer.municipalities(Role.ADMINISTRATOR)
