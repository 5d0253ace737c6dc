"""``python -m benchmarks.detectors [--eval FOLDER] [--count N] [--seed N]``: one table of how well it finds.

Prints what is found of what is looked for, how much of what is found was looked for, what is found in what
only looks like it, and how many ordinary texts have something in them. No text is ever printed.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.detectors.forms import HARMLESS, HINTS, PRIVATE
from benchmarks.detectors.sentences import Sample, samples
from citizen.analysis.personal import Finding, Kind, hints, personal_data

COUNT, SEED = 1000, 6
COLUMNS = ("texts", "digit", *Kind)
SURE = (Kind.IDENTITY, Kind.PHONE, Kind.EMAIL)
WORDS = {
    Kind.IDENTITY: "identity number", Kind.PHONE: "telephone number", Kind.EMAIL: "e-mail address",
    Kind.ADDRESS: "street address (hint)", Kind.PLATE: "number plate (hint)",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detectors", description=__doc__)
    parser.add_argument("--eval", type=Path, help="a folder of ordinary texts, .jsonl with a field “text”")
    parser.add_argument("--count", type=int, default=COUNT, help="sentences of each form")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    for line in table(asked.count, asked.seed, asked.eval):
        print(line)


def table(count: int, seed: int, ordinary: Path | None = None) -> Iterator[str]:
    """The whole table, line by line, in Markdown."""
    everything = list(samples((*PRIVATE, *HINTS, *HARMLESS), count, seed))
    found = [(sample, [*personal_data(sample.text), *hints(sample.text)]) for sample in everything]
    yield from _kinds(found)
    yield ""
    yield from _forms([one for one in found if one[0].form.kind])
    yield ""
    yield from _harmless([one for one in found if not one[0].form.kind])
    if ordinary:
        yield ""
        yield from _noise(ordinary)


Found = list[tuple[Sample, list[Finding]]]


def _is_it(sample: Sample, finding: Finding) -> bool:
    """Whether a finding is what was meant, all of it; the word before a number may be left out."""
    said = sample.text[sample.start:sample.end]
    first = next((at for at, c in enumerate(said) if c.isdigit()), 0) if sample.form.kind is Kind.PHONE else 0
    covers = finding.start <= sample.start + first and finding.end >= sample.end
    return finding.kind == sample.form.kind and covers


def _kinds(found: Found) -> Iterator[str]:
    yield "| kind | sentences with one | recall | found in all sentences | precision |"
    yield "|---|--:|--:|--:|--:|"
    for kind in Kind:
        wanted = [(s, f) for s, f in found if s.form.kind is kind]
        right = sum(any(_is_it(s, one) for one in f) for s, f in wanted)
        told = sum(one.kind is kind for _s, f in found for one in f)
        yield _line(WORDS[kind], len(wanted), _share(right, len(wanted)), told, _share(right, told))
    clear = [(s, f) for s, f in found if s.form.is_clear]
    right = sum(any(_is_it(s, one) and one.is_certain for one in f) for s, f in clear)
    told = sum(one.is_certain for _s, f in found for one in f)
    yield _line("stopped at the door", len(clear), _share(right, len(clear)), told, _share(right, told))


def _forms(found: Found) -> Iterator[str]:
    yield "| what is looked for | found whole | as something else | stopped at the door |"
    yield "|---|--:|--:|--:|"
    for name, those in _by_form(found):
        right = sum(any(_is_it(s, one) for one in f) for s, f in those)
        other = sum(bool(f) and not any(_is_it(s, one) for one in f) for s, f in those)
        stopped = sum(any(one.is_certain for one in f) for _s, f in those)
        yield _line(name, *(_share(n, len(those)) for n in (right, other, stopped)))


def _harmless(found: Found) -> Iterator[str]:
    yield "| what only looks like it | identity | telephone | e-mail | hint | stopped at the door |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, those in _by_form(found):
        counts = [sum(any(one.kind is kind for one in f) for _s, f in those) for kind in SURE]
        counts += [sum(any(one.kind not in SURE for one in f) for _s, f in those),
                   sum(any(one.is_certain for one in f) for _s, f in those)]
        yield _line(name, *(_share(count, len(those)) for count in counts))


def _by_form(found: Found) -> Iterator[tuple[str, Found]]:
    for name in dict.fromkeys(sample.form.name for sample, _f in found):
        yield name, [one for one in found if one[0].form.name == name]


def _noise(folder: Path) -> Iterator[str]:
    yield "| ordinary texts | texts | with a digit | identity | telephone | e-mail | address | plate |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    total: Counter[str] = Counter()
    for path in sorted(folder.glob("*.jsonl")):
        counts = _count(json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())
        total += counts
        yield _line(path.stem, *(counts[name] for name in COLUMNS))
    yield _line("together", *(total[name] for name in COLUMNS))


def _count(texts: Iterator[str]) -> Counter[str]:
    """How many texts have something of a kind in them."""
    counts: Counter[str] = Counter()
    for text in texts:
        found = {one.kind for one in (*personal_data(text), *hints(text))}
        counts.update(["texts", *(["digit"] if any(c.isdigit() for c in text) else []), *found])
    return counts


def _line(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


if __name__ == "__main__":
    main()
