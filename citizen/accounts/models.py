from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.base.db import Base


class User(Base):
    """A member of staff. No password until they have chosen one themselves.

    ``epoch`` counts up to sign somebody out everywhere. ``unproven``: the password came from a link
    that an administrator was shown, so it may be known to more than its owner.
    """

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(3))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    epoch: Mapped[int] = mapped_column(default=1)
    unproven: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    grants: Mapped[list["RoleGrant"]] = relationship(cascade="all, delete-orphan")


class RoleGrant(Base):
    """What somebody does in one municipality."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("role IN ('moderator', 'facilitator', 'administrator')", name="role_is_known"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


class OneTimeLink(Base):
    """A link that signs somebody in once: an invitation, a reset, or the demo's first door."""

    __tablename__ = "one_time_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('invitation', 'reset', 'sign_in')", name="purpose_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    # An administrator has seen it on the screen; it went to more eyes than its owner's.
    shown: Mapped[bool] = mapped_column(default=False)
