"""What a finding starts from: stretches of texts, what is known of words, what people did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citizen.analysis.learning import Settings, WordLists
from citizen.analysis.lexicon import load_lexicon
from citizen.analysis.results import Seed, Text
from citizen.analysis.thesaurus import load_thesaurus
from citizen.base.db import only_reading
from citizen.base.jobs import RunningJob
from citizen.programmes import queries as programme_queries
from citizen.themes import queries
from citizen.themes.queries import ReadableText, Stretch

PART = 20_000
"""Texts that a worker reads, and holds, at a time. Smaller programmes are done in one go."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a finding, and what it starts from; texts are read by stretches."""

    programme_id: int
    settings: Settings
    lists: WordLists
    stretches: Sequence[Stretch]

    @property
    def texts(self) -> int:
        """How many texts there are."""
        return sum(stretch.texts for stretch in self.stretches)

    @property
    def pieces(self) -> list[dict[str, int]]:
        """The stretches as arguments of parts."""
        return [stretch._asdict() for stretch in self.stretches]


def read_asked(job: RunningJob) -> Asked:
    """Read what people have made of the themes: where everything is, and own themes."""
    programme_id = int(job.arguments["programme_id"])
    clusters = job.arguments.get("clusters")
    with only_reading():
        standing = queries.standing(programme_id)
        return Asked(
            programme_id=programme_id,
            settings=Settings(
                clusters=int(clusters) if clusters else None,
                seed=int(job.arguments["seed"]),
                anchors={str(contribution): ref for contribution, ref in standing.placed.items()},
                seeds=[
                    Seed(ref, example) for ref, examples in sorted(standing.edits.own.items())
                    for example in examples
                ],
            ),
            lists=word_lists(programme_id),
            stretches=queries.stretches(programme_id, int(job.arguments.get("part") or PART)),
        )


def word_lists(programme_id: int) -> WordLists:
    """What the analysis knows of words, with what the programme's municipalities have added."""
    return WordLists(load_lexicon(programme_queries.lexicon_additions(programme_id)), load_thesaurus())


def read_stretch(programme_id: int, first: int, last: int) -> list[ReadableText]:
    """Read the published texts between two ids, as they are now; nobody has to wait for it."""
    with only_reading():
        return queries.readable_texts(programme_id, first, last)


def as_texts(read: Iterable[ReadableText]) -> list[Text]:
    """The analysis calls contributions by text."""
    return [Text(str(text.id), text.whole, text.language) for text in read]
