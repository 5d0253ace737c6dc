"""What a reader with patience, pen and paper can find out from everything that has been told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 100


@dataclass
class Reader:
    """Knows equations between counts of people, and that counts are whole and not negative."""

    names: dict[object, int] = field(default_factory=dict)
    known: list[tuple[dict[int, int], float, float]] = field(default_factory=list)

    def learn(self, counts: Mapping[object, int], least: float, most: float | None = None) -> None:
        """A sum of counts, each so many times, lies between two bounds; without ``most`` it is ``least``."""
        row = {self.names.setdefault(name, len(self.names)): times for name, times in counts.items()}
        self.known.append((row, least, least if most is None else most))

    def bounds(self, counts: Mapping[object, int]) -> tuple[int, int]:
        """The fewest and the most that a sum of counts can be."""
        cost = np.zeros(len(self.names))
        for name, times in counts.items():
            cost[self.names[name]] += times
        matrix = np.zeros((len(self.known), len(self.names)))
        for place, (row, _least, _most) in enumerate(self.known):
            for column, times in row.items():
                matrix[place, column] = times
        told = LinearConstraint(matrix, [k[1] for k in self.known], [k[2] for k in self.known])

        def least(sign: int) -> int:
            found = milp(sign * cost, constraints=told, integrality=np.ones(len(cost)),
                         bounds=Bounds(0, MOST))
            assert found.success, "what was told cannot be true"
            return sign * round(found.fun)

        return least(1), least(-1)

    def pins(self, sums: list[dict[object, int]], k: int) -> Iterator[tuple[dict[object, int], int]]:
        """Those of some sums that can only be one number, and that of somebody and fewer than k."""
        for counts in sums:
            low, high = self.bounds(counts)
            if low == high and 0 < abs(low) < k:
                yield counts, low
