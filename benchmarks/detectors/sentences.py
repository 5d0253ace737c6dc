"""Sentences of four languages in which something stands, seeded: the same every time."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from benchmarks.detectors.forms import Form

SENTENCES = {
    "sv": (
        "Hej! Det gäller {} och vi vill gärna ha svar.",
        "Jag skrev {} på lappen.",
        "Lekplatsen: {}.",
        "Bänken vid bryggan är trasig ({}), och ingen lagar den.",
        "{} står det på skylten.",
        "Vi undrar om {}",
    ),
    "nb": (
        "Hei! Det gjelder {} og vi vil gjerne ha svar.",
        "Jeg skrev {} på lappen.",
        "Lekeplassen: {}.",
        "Benken ved brygga er ødelagt ({}), og ingen reparerer den.",
        "{} står det på skiltet.",
        "Vi lurer på {}",
    ),
    "nn": (
        "Hei! Det gjeld {} og vi vil gjerne ha svar.",
        "Eg skreiv {} på lappen.",
        "Leikeplassen: {}.",
        "Benken ved brygga er øydelagd ({}), og ingen reparerer han.",
        "{} står det på skiltet.",
        "Vi lurer på {}",
    ),
    "en": (
        "Hello! It is about {} and we would like an answer.",
        "I wrote {} on the note.",
        "The playground: {}.",
        "The bench by the pier is broken ({}), and nobody mends it.",
        "{} is what the sign says.",
        "We wonder about {}",
    ),
}


class Sample(NamedTuple):
    """A sentence, and the stretch of it that is meant."""

    form: Form
    text: str
    start: int
    end: int


def samples(forms: Sequence[Form], count: int, seed: int) -> Iterator[Sample]:
    """``count`` sentences of every form, in all languages by turns."""
    for form in forms:
        random = Random(f"{seed}:{form.name}")
        for number in range(count):
            language = tuple(SENTENCES)[number % len(SENTENCES)]
            said, before = form.make(random), random.choice(SENTENCES[language])
            start = before.index("{}")
            yield Sample(form, before.replace("{}", said), start, start + len(said))
