"""Who may do what with a municipality's own words and colours."""

from citizen.base.access import Role, Viewer


def may_read_words(viewer: Viewer, municipality_id: int) -> bool:
    """Those who answer for the words, and those whose themes are found with them."""
    return municipality_id in viewer.municipalities(Role.ADMINISTRATOR, Role.FACILITATOR)


def may_change_words(viewer: Viewer, municipality_id: int) -> bool:
    """Administrators alone: a word changes the themes of every programme of the municipality, and a
    joint programme has facilitators of several."""
    return municipality_id in viewer.municipalities(Role.ADMINISTRATOR)


def may_change_colours(viewer: Viewer, municipality_id: int) -> bool:
    """Administrators: colours are how the municipality is known."""
    return municipality_id in viewer.municipalities(Role.ADMINISTRATOR)
