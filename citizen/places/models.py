from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.base.db import Base
from citizen.places.rules.points import Bounds
from citizen.programmes.models import Municipality


class BaseMap(Base):
    """A municipality's own picture of its map, on which points are shown and pointed out.

    ``width`` and ``height`` are those of ``large``; ``small`` is the same picture for pages that only
    show where something is. ``digest`` changes with the picture, so that browsers may keep it.
    """

    __tablename__ = "base_map"
    __table_args__ = (
        CheckConstraint("south < north AND west < east", name="edges_are_in_order"),
        CheckConstraint(
            "south >= 54 AND north <= 72 AND west >= 4 AND east <= 32", name="lies_in_the_north"
        ),
    )

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    large: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(16))
    width: Mapped[int]
    height: Mapped[int]
    north: Mapped[float]
    south: Mapped[float]
    west: Mapped[float]
    east: Mapped[float]
    # Whose map it is, as it has to be shown under it.
    source: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[datetime]
    # Empty: the command line.
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    municipality: Mapped[Municipality] = relationship(lazy="joined")

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.north, self.south, self.west, self.east)

    @property
    def is_in_proportion(self) -> bool:
        """Whether picture and edges can be of the same map: Web Mercator has one shape for its edges."""
        return abs(self.height / self.width / self.bounds.shape - 1) < 0.05
