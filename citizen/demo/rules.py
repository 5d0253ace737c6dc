"""What the demo's files tell, as values."""

import json
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Any


def read(name: str) -> Any:
    """One of the demo's data files."""
    return json.loads((files("citizen.demo") / "data" / name).read_text(encoding="utf-8"))


def nearest(wanted: Collection[int], found: Mapping[int, Collection[int]]) -> int | None:
    """The found group that shares most with a wanted one (Jaccard); None where nothing is shared."""

    def likeness(key: int) -> float:
        shared = len(set(wanted) & set(found[key]))
        return shared / len(set(wanted) | set(found[key]))

    best = max(sorted(found), key=likeness, default=None)
    return best if best is not None and likeness(best) > 0 else None
