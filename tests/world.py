"""The people and places that tests speak of. Values are ids, so that no session is held open."""

from dataclasses import dataclass
from datetime import timedelta

from citizen.accounts.models import RoleGrant, User
from citizen.base import clock
from citizen.base.db import session
from citizen.programmes.actions import create_municipality, create_programme


@dataclass(frozen=True)
class World:
    """Two municipalities on either side of the border, and one that has nothing to do with them."""

    swedish: int
    norwegian: int
    elsewhere: int
    programme: int
    other_programme: int
    moderator: int
    other_moderator: int
    facilitator: int
    administrator: int
    stranger: int
    slug: str = "granslandet"


def build() -> World:
    """Store the world and commit it."""
    swedish = create_municipality("granby", "SE", {"sv": "Granby kommun", "en": "Granby"}, ["sv", "en"],
                                  "kommun@granby.example")
    norwegian = create_municipality("elvdal", "NO", {"nb": "Elvdal kommune", "nn": "Elvdal kommune"},
                                    ["nb", "nn", "en"], "post@elvdal.example")
    elsewhere = create_municipality("langtborta", "SE", {"sv": "Långtborta"}, ["sv"], "x@langtborta.example")
    today = clock.today()
    phases = [("collect", today - timedelta(days=10), today + timedelta(days=20))]
    programme = create_programme(
        "granslandet",
        {"titles": {"sv": "Gränslandet", "nb": "Grenselandet", "nn": "Grenselandet", "en": "Borderland"},
         "promise": {"sv": "Svar inom fem dagar.", "nn": "Svar innan fem dagar."}},
        "consult", [swedish, norwegian], phases,
    )
    other = create_programme("langtborta", {"titles": {"sv": "Annat"}}, "inform", [elsewhere], phases)

    def person(name: str, *grants: tuple[int, str]) -> int:
        user = User(email=f"{name}@example.org", name=name.title(), language="nb", created_at=clock.now())
        user.grants = [RoleGrant(municipality_id=m, role=role) for m, role in grants]
        session.add(user)
        session.flush()
        return user.id

    both = (swedish.id, norwegian.id)
    found = World(
        swedish=swedish.id, norwegian=norwegian.id, elsewhere=elsewhere.id,
        programme=programme.id, other_programme=other.id,
        moderator=person("maja", *((m, "moderator") for m in both)),
        other_moderator=person("morten", *((m, "moderator") for m in both)),
        facilitator=person("fredrik", *((m, "facilitator") for m in both)),
        administrator=person("anne", *((m, "administrator") for m in both)),
        stranger=person("stig", *((elsewhere.id, r) for r in ("moderator", "facilitator", "administrator"))),
    )
    session.commit()
    return found
