"""What the product knows of itself: its files, read once."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from citizen.statements.rules.breaches import Criterion, Finding, known_criterion


@dataclass(frozen=True)
class Product:
    """This release, and what is not accessible in it whoever runs it."""

    release: str
    reviewed_on: date
    method: str
    findings: tuple[Finding, ...]


def read(name: str) -> Any:
    """One of the room's data files."""
    return json.loads((files("citizen.statements") / "data" / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def criteria() -> tuple[Criterion, ...]:
    """The success criteria of WCAG at levels A and AA, in their order."""
    return tuple(Criterion(**told) for told in read("criteria.json"))


@lru_cache(maxsize=1)
def product() -> Product:
    """This release."""
    told = read("breaches.json")
    return Product(
        told["release"], date.fromisoformat(told["reviewed_on"]), told["method"],
        tuple(_finding(one) for one in told["breaches"]),
    )


def _finding(told: dict[str, Any]) -> Finding:
    planned = told["planned_on"]
    return Finding(
        criterion=known_criterion(told["criterion"], criteria()), what=told["what"], page=told["page"],
        groups=tuple(told["groups"]), since=told["since"], since_on=date.fromisoformat(told["since_on"]),
        planned_on=date.fromisoformat(planned) if planned else None,
    )
