"""The three people who work for the demo's municipalities."""

from collections.abc import Iterable, Mapping
from typing import Any

from citizen.accounts import queries as accounts
from citizen.accounts.actions import create_user, link_address, new_link
from citizen.accounts.models import User
from citizen.accounts.rules import Purpose
from citizen.base.access import Role
from citizen.programmes.models import Municipality


def build_people(
    people: Iterable[Mapping[str, Any]], municipalities: Iterable[Municipality]
) -> dict[Role, User]:
    """Everyone with their role in every municipality, by role."""
    where = [m.id for m in municipalities]
    return {
        Role(told["role"]): create_user(
            email=told["email"], name=told["name"], language=told["language"],
            grants=[(m, Role(told["role"])) for m in where],
        )
        for told in people
    }


def door_links(people: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """(role, name, address) with a fresh one-time link for each of the demo's people who is there."""
    doors = []
    for told in people:
        user = accounts.user_by_email(told["email"])
        if user is not None and user.active:
            address = link_address(new_link(user, Purpose.SIGN_IN), told["language"])
            doors.append((told["role"], user.name, address))
    return doors
