"""Which texts are grouped when there are more than can be compared with each other.

Every different text has a number made of its words and the seed; the landmarks are those with the
smallest numbers (bottom-k sampling, Cohen & Kaplan 2007). So the choice depends on the texts alone,
not on their order, and what several workers have chosen from their parts can be put together.
"""

import heapq
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from itertools import accumulate
from json import dumps, loads
from zlib import compress, decompress

from citizen.analysis.passages import split
from citizen.analysis.results import Text

LANDMARKS = 3_500
"""Different texts that are grouped at most; more are placed into their groups."""

PASSAGES = 4_500
"""Passages that are grouped at most: where texts are long, fewer of them are landmarks."""

MOST_IDS = 20
"""Ids of copies of one text that are kept, to be shown as the same."""

_MODULUS = 2**256


def number_of(text: str, seed: int) -> int:
    """Return the number of a text, the same for copies that differ in case and spaces only."""
    plain = " ".join(text.casefold().split())
    key = seed.to_bytes(8, "little", signed=True)
    raw = blake2b(plain.encode(errors="surrogatepass"), digest_size=8, key=key)
    return int.from_bytes(raw.digest(), "big")


@dataclass
class Landmark:
    """A text that is grouped: the copy with the smallest id stands for all.

    Attributes
    ----------
    text
        The text.
    copies
        How many texts are the same, itself included.
    ids
        Ids of the copies, sorted, at most `MOST_IDS`.
    """

    text: Text
    copies: int = 1
    ids: list[str] = field(default_factory=list)

    def join(self, other: "Landmark") -> None:
        """Take in another landmark of the same number."""
        self.text = min(self.text, other.text, key=lambda text: text.id)
        self.copies += other.copies
        self.ids = sorted({*self.ids, *other.ids})[:MOST_IDS]


class Survey:
    """Chooses landmarks while texts stream by; holds no more than it has chosen.

    Parameters
    ----------
    seed
        Another seed chooses other landmarks.
    most
        How many at most.

    Attributes
    ----------
    texts
        How many texts have been seen.
    """

    def __init__(self, seed: int = 0, most: int = LANDMARKS) -> None:
        self.seed = seed
        self.most = most
        self.texts = 0
        self._sum = 0
        self._chosen: dict[int, Landmark] = {}
        self._largest: list[int] = []

    def add(self, text: Text) -> None:
        """Look at one text."""
        self.texts += 1
        row = f"{len(text.id)} {len(text.lang or '')} {text.id}{text.lang or ''}{text.text}"
        digest = sha256(row.encode(errors="surrogatepass")).digest()
        self._sum = (self._sum + int.from_bytes(digest, "big")) % _MODULUS
        number = number_of(text.text, self.seed)
        if len(self._chosen) < self.most or number <= -self._largest[0]:
            self._offer(number, Landmark(text, 1, [text.id]))

    def merge(self, other: "Survey") -> None:
        """Take in what another survey with the same seed has seen of other texts."""
        self.texts += other.texts
        self._sum = (self._sum + other._sum) % _MODULUS
        for number, landmark in other._chosen.items():
            self._offer(number, landmark)

    def _offer(self, number: int, landmark: Landmark) -> None:
        known = self._chosen.get(number)
        if known is not None:
            known.join(landmark)
        elif len(self._chosen) < self.most:
            self._chosen[number] = landmark
            heapq.heappush(self._largest, -number)
        elif number < -self._largest[0]:
            del self._chosen[-heapq.heapreplace(self._largest, -number)]
            self._chosen[number] = landmark

    def landmarks(self) -> dict[int, Landmark]:
        """Return what was chosen, as many as have `PASSAGES` together, by number, sorted by id."""
        numbers = sorted(self._chosen)
        ends = accumulate(len(split(self._chosen[number].text.text)) for number in numbers)
        kept = [number for number, end in zip(numbers, ends, strict=True) if end <= PASSAGES]
        return {at: self._chosen[at] for at in sorted(kept, key=lambda at: self._chosen[at].text.id)}

    def fingerprint(self, *more: object) -> str:
        """Return the SHA-256, in hex, of all texts seen, in whatever order, and of `more`."""
        return sha256(dumps([self.texts, self._sum, *more], ensure_ascii=True).encode()).hexdigest()

    def to_bytes(self) -> bytes:
        """Return what has been seen and chosen as compressed JSON; equal surveys give equal bytes."""
        chosen = [
            [number, one.text.id, one.text.text, one.text.lang, one.copies, one.ids]
            for number, one in sorted(self._chosen.items())
        ]
        kept = {"seed": self.seed, "most": self.most, "texts": self.texts, "sum": self._sum, "chosen": chosen}
        return compress(dumps(kept, ensure_ascii=True).encode())

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Survey":
        """Read back what `to_bytes` gave.

        Raises
        ------
        ValueError, KeyError, zlib.error
            If the bytes are not a survey.
        """
        kept = loads(decompress(raw))
        survey = cls(kept["seed"], kept["most"])
        survey.texts, survey._sum = kept["texts"], kept["sum"]
        for number, key, text, lang, copies, ids in kept["chosen"]:
            survey._offer(number, Landmark(Text(key, text, lang), copies, ids))
        return survey
