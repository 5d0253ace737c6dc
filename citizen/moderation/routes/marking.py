"""Where personal data seems to stand in an item, for its page."""

from collections import Counter
from dataclasses import dataclass

from citizen.analysis.personal import Finding, Kind
from citizen.base.markup import Marks
from citizen.contributions.models import Contribution
from citizen.privacy import queries as privacy
from citizen.privacy.forms import KIND_WORDS
from citizen.privacy.rules import findings


@dataclass(frozen=True)
class Marking:
    """Marks the texts of an item; hints too where its municipality wants them."""

    with_hints: bool

    def __call__(self, text: str | None) -> Marks:
        """Stretches of a text with the kind of each in words, for the filters that show texts."""
        return [(one.start, one.end, str(KIND_WORDS[one.kind])) for one in self._found(text)]

    def kinds(self, *texts: str | None) -> list[tuple[str, int]]:
        """What some texts have in them, and how often."""
        counts = Counter(one.kind for text in texts for one in self._found(text))
        return [(str(KIND_WORDS[kind]), counts[kind]) for kind in Kind if counts[kind]]

    def _found(self, text: str | None) -> list[Finding]:
        return findings(text or "", with_hints=self.with_hints)


def marking_for(contribution: Contribution) -> Marking:
    """How the texts of an item are marked."""
    return Marking(privacy.shows_hints(contribution.municipality_id))
