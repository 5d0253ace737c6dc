"""What a municipality has chosen."""

from citizen.base import clock
from citizen.base.db import session
from citizen.privacy.models import PrivacySetting


def setting(municipality_id: int) -> PrivacySetting:
    """A municipality's choice; a new row, not stored, where it has made none."""
    found = session.get(PrivacySetting, municipality_id)
    return found or PrivacySetting(
        municipality_id=municipality_id, shows_hints=False, version=0, changed_at=clock.now()
    )


def shows_hints(municipality_id: int) -> bool:
    """Whether addresses and number plates are marked for moderators."""
    return setting(municipality_id).shows_hints
