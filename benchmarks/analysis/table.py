"""Figures and how they are shown: one line each, printed as soon as it is known."""

from dataclasses import dataclass

_HEAD = f"{'':<52}{'at least':>10}{'aim':>10}{'ours':>10}  {'':<7}best baseline"


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes
    ----------
    ours
        None if it could not be measured; `note` then says why.
    least, aim
        None if the figure is only reported.
    at_most
        Smaller is better: `least` and `aim` are upper bounds.
    form
        How the numbers are written, such as ".3f" or ".1%".
    baseline
        What others reach, with their name.
    note
        Anything else worth knowing, in a few words.
    """

    name: str
    ours: float | None
    least: float | None = None
    aim: float | None = None
    at_most: bool = False
    form: str = ".3f"
    baseline: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        """One of "aim", "ok", "below", "absent", or nothing where there is no bar."""
        if self.ours is None:
            return "absent"
        if self.least is None:
            return ""
        if self.aim is not None and self._reaches(self.aim):
            return "aim"
        return "ok" if self._reaches(self.least) else "below"

    def _reaches(self, bar: float) -> bool:
        assert self.ours is not None
        return self.ours <= bar if self.at_most else self.ours >= bar

    def line(self) -> str:
        """The figure as it is printed."""
        least, aim, ours = (self._written(value) for value in (self.least, self.aim, self.ours))
        bar = f"{'≤ ' if self.at_most and least else ''}{least}"
        rest = "; ".join(part for part in (self.baseline, self.note) if part)
        return f"{self.name:<52}{bar:>10}{aim:>10}{ours:>10}  {self.verdict:<7}{rest}".rstrip()

    def _written(self, value: float | None) -> str:
        return "" if value is None else format(value, self.form)


def show_head(part: str) -> None:
    """Print the heading of a part."""
    print(f"\n{part}\n{_HEAD}", flush=True)


def show(figure: Figure) -> None:
    """Print one figure."""
    print(figure.line(), flush=True)
