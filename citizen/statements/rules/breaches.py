"""Which requirements are broken, and what follows: counted as each country's law counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Ground(StrEnum):
    """Why something is not accessible."""

    NOT_YET = "not_yet"
    # Swedish act 2018:1937, section 12.
    BURDEN = "burden"
    # The same act, section 9: the law does not ask for it.
    OUTSIDE = "outside"


class Conformance(StrEnum):
    """How far the service is accessible, in the three steps of EU decision 2018/1523."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Method(StrEnum):
    """How it was found out."""

    OWN = "own"
    EXPERT = "expert"
    USERS = "users"
    AUTOMATIC = "automatic"


GROUPS = (
    "no_vision", "limited_vision", "no_colour", "no_hearing", "limited_hearing", "no_voice",
    "limited_movement", "limited_reach", "seizures", "limited_cognition",
)
"""Whom a breach concerns: the functional performance statements of EN 301 549, chapter 4."""

_NOT_IN_NORWAY = {"1.2.3", "1.2.4", "1.2.5"}


@dataclass(frozen=True)
class Criterion:
    """A success criterion of WCAG. ``version`` is the first that has it."""

    number: str
    version: str
    level: str
    names: Mapping[str, str]

    def is_law_in(self, country: str) -> bool:
        """Whether a country's law asks for it: EN 301 549 points at WCAG 2.1."""
        return self.version != "2.2" and not (country == "NO" and self.number in _NOT_IN_NORWAY)


@dataclass(frozen=True)
class Finding:
    """Something that is not accessible. ``own_id`` is empty for what the product knows of itself.

    ``what``, ``page`` and ``why`` are texts per language.
    """

    criterion: Criterion | None
    what: Mapping[str, str]
    groups: Sequence[str]
    ground: Ground = Ground.NOT_YET
    page: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    since_on: date | None = None
    since: str = ""
    planned_on: date | None = None
    own_id: int | None = None
    version: int = 0


@dataclass(frozen=True)
class Report:
    """All findings, as one country's law looks at them."""

    country: str
    criteria: Sequence[Criterion]
    findings: Sequence[Finding]

    @property
    def total(self) -> int:
        """How many requirements there are: 50 in Sweden, 47 in Norway."""
        return sum(c.is_law_in(self.country) for c in self.criteria)

    @property
    def broken(self) -> list[Criterion]:
        """The requirements that are broken, each once, in their order."""
        hit = {f.criterion.number for f in self.breaches if f.criterion}
        return [c for c in self.criteria if c.number in hit and c.is_law_in(self.country)]

    @property
    def kept(self) -> list[Criterion]:
        """The requirements of which no breach is known."""
        broken = set(self.broken_numbers)
        return [c for c in self.criteria if c.is_law_in(self.country) and c.number not in broken]

    @property
    def broken_numbers(self) -> list[str]:
        return [c.number for c in self.broken]

    @property
    def breaches(self) -> list[Finding]:
        """Everything but what the law does not ask for, in the order of the criteria."""
        order = {c.number: place for place, c in enumerate(self.criteria)}
        found = [f for f in self.findings if f.ground is not Ground.OUTSIDE]
        return sorted(found, key=lambda f: order[f.criterion.number] if f.criterion else len(order))

    @property
    def conformance(self) -> Conformance:
        return conformance(len(self.broken), self.total)

    @property
    def groups(self) -> list[str]:
        """Everybody whom a breach concerns."""
        hit = {group for f in self.breaches for group in f.groups}
        return [group for group in GROUPS if group in hit]

    def because(self, ground: str) -> list[Finding]:
        """The findings that have one ground."""
        wanted = Ground(ground)
        chosen = self.breaches if wanted is not Ground.OUTSIDE else self.findings
        return [f for f in chosen if f.ground is wanted]


def conformance(broken: int, total: int) -> Conformance:
    """Full without a breach; none where most requirements are broken."""
    if not broken:
        return Conformance.FULL
    return Conformance.NONE if 2 * broken > total else Conformance.PARTIAL


def known_criterion(number: str | None, criteria: Iterable[Criterion]) -> Criterion | None:
    """The criterion of a number."""
    return next((c for c in criteria if c.number == number), None)
