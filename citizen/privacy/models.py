from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from citizen.base.db import Base


class PrivacySetting(Base):
    """What a municipality wants to be told of texts. No row: nothing more than everybody is."""

    __tablename__ = "privacy_setting"

    municipality_id: Mapped[int] = mapped_column(
        ForeignKey("municipality.id"), primary_key=True, autoincrement=False
    )
    # Addresses and number plates are marked for moderators.
    shows_hints: Mapped[bool] = mapped_column(default=False)
    # Counts changes, so that nobody overwrites what somebody else has just chosen.
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
