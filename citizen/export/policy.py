"""Who may take out which file."""

from citizen.base.access import Role, Viewer
from citizen.export.rules.files import Variant
from citizen.programmes.models import Programme


def may_export(viewer: Viewer, programme: Programme) -> bool:
    """Staff of any municipality in the programme may take out what everyone may read."""
    return _works_there(viewer, programme, Role.FACILITATOR, Role.MODERATOR, Role.ADMINISTRATOR)


def may_export_variant(viewer: Viewer, programme: Programme, variant: Variant) -> bool:
    """The internal variant is for those who are answerable for the programme."""
    if variant is Variant.INTERNAL:
        return _works_there(viewer, programme, Role.FACILITATOR)
    return may_export(viewer, programme)


def _works_there(viewer: Viewer, programme: Programme, *roles: Role) -> bool:
    return bool({m.id for m in programme.municipalities} & viewer.municipalities(*roles))
