"""What a municipality's pages wear: two colours, checked, and written as the sheet's variables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from citizen.programmes.rules import colours
from citizen.programmes.rules.colours import PARTS, SCHEMES, TEXT, Scheme

DEFAULT_MAIN = "#00546b"
DEFAULT_SECOND = "#c2571a"

# What never follows a municipality: grey, and the colours that mean something.
FIXED = {
    "neutral": "#3d4a54", "info": "#00608f", "success": "#0a6b2d", "warning": "#7a5900", "danger": "#b3202c",
}
_GROUNDS = ("background-default", "background-tinted", "surface-default", "surface-tinted")

# Kind of thing → (front, its backs, least contrast). Kinds have their words in the form.
PAIRS: tuple[tuple[str, str, tuple[str, ...], float], ...] = (
    ("button-text", "base-contrast-default", ("base-default", "base-hover", "base-active"), TEXT),
    ("text", "text-default", (*_GROUNDS, "surface-hover", "surface-active"), TEXT),
    ("link", "text-subtle", (*_GROUNDS, "surface-hover"), TEXT),
    ("button", "base-default", _GROUNDS[:3], PARTS),
    ("border", "border-default", _GROUNDS, PARTS),
    ("border", "border-strong", _GROUNDS, PARTS),
)


@dataclass(frozen=True)
class Theme:
    """A main colour for buttons, links and the header, and a second one for the small things."""

    main: str = DEFAULT_MAIN
    second: str = DEFAULT_SECOND


@dataclass(frozen=True)
class Pair:
    """Two colours that lie on each other, with what they are and the least contrast they need."""

    kind: str
    scheme: Scheme
    front: str
    back: str
    least: float

    @property
    def exact(self) -> float:
        return colours.contrast(self.front, self.back)

    @property
    def ratio(self) -> float:
        """To be told; rounded down, so that what is told as 4.5 is 4.5."""
        return int(self.exact * 10) / 10

    @property
    def is_enough(self) -> bool:
        return self.exact >= self.least


def pairs_of_main(main: str) -> Iterator[Pair]:
    """Every pair of a main colour's scale, in the light and in the dark."""
    for scheme in SCHEMES:
        steps = colours.scale(main, scheme)
        for kind, front, backs, least in PAIRS:
            yield from (Pair(kind, scheme, steps[front], steps[back], least) for back in backs)


def pairs_of_second(second: str) -> Iterator[Pair]:
    """The second colour on every ground that its things stand on."""
    for scheme in SCHEMES:
        ground = colours.scale(FIXED["neutral"], scheme)
        for back in _GROUNDS[:3]:
            yield Pair("mark", scheme, colours.mark(second, scheme), ground[back], PARTS)


def pairs_of(theme: Theme) -> Iterator[Pair]:
    """Everything that is checked."""
    yield from pairs_of_main(theme.main)
    yield from pairs_of_second(theme.second)


def weakest(pairs: Iterable[Pair]) -> list[Pair]:
    """The pair of each kind that has the least contrast, in the order of the pairs."""
    found: dict[str, Pair] = {}
    for pair in pairs:
        if pair.kind not in found or pair.exact < found[pair.kind].exact:
            found[pair.kind] = pair
    return list(found.values())


def refused(pairs: Iterable[Pair]) -> list[Pair]:
    """The weakest pairs that are not enough."""
    return [pair for pair in weakest(pairs) if not pair.is_enough]


def nearest_main(main: str) -> str:
    """The main colour itself, or the lightest of its hue that can be seen and read."""
    return _nearest(main, lambda colour: not refused(pairs_of_main(colour)))


def nearest_second(second: str) -> str:
    """The second colour itself, or the lightest of its hue that can be seen."""
    return _nearest(second, lambda colour: not refused(pairs_of_second(colour)))


def _nearest(colour: str, passes: colours.Test) -> str:
    if passes(colour):
        return colour
    lit, good, bad = colours.luminance(colour), 0, 512
    # The darker, the more contrast: halve the distance between what passes and what does not.
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if passes(_darker(colour, lit, middle)) else (good, middle)
    return _darker(colour, lit, good)


def _darker(colour: str, lit: float, step: int) -> str:
    return colours.with_luminance(colour, lit * step / 512)


def variables(theme: Theme, scheme: Scheme) -> dict[str, str]:
    """Variable → colour: what a municipality's theme sets."""
    steps = colours.scale(theme.main, scheme)
    found = {f"--ds-color-accent-{name}": colour for name, colour in steps.items()}
    return found | {"--second": colours.mark(theme.second, scheme)}


def fixed_variables(scheme: Scheme) -> dict[str, str]:
    """Variable → colour: what no municipality changes."""
    return {
        f"--ds-color-{scale}-{name}": colour
        for scale, main in FIXED.items() for name, colour in colours.scale(main, scheme).items()
    }


def written(theme: Theme) -> str:
    """The rules that dress a page, to follow the sheet that all share."""
    light, dark = (_declared(variables(theme, scheme)) for scheme in SCHEMES)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def shown(theme: Theme) -> str:
    """The rules that dress the two boxes of a trial, whatever the reader's own scheme is."""
    found = ""
    for scheme, head in zip(SCHEMES, ("base-default", "surface-tinted"), strict=True):
        said = fixed_variables(scheme) | variables(theme, scheme)
        said |= {"color-scheme": scheme, "--head": f"var(--ds-color-accent-{head})"}
        found += f".in-{scheme}{{{_declared(said)}}}"
    return found


def _declared(said: Mapping[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in said.items())
