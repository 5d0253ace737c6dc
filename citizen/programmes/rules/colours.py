"""Colours from values alone: how light one is, a scale of steps from it, whether two can be told apart.

A colour is written ``#rrggbb``. Steps are reached in linear light, where luminance is a plain sum:
darker is less of the same light, lighter is more of it and then white mixed in, calmer is grey of the
same luminance mixed in. So each step's luminance is exact, and contrast, which is nothing but luminance,
can be promised. The steps are those of Designsystemet, with its names; their luminances are close to its.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

Test = Callable[[str], bool]
"""Whether a colour will do."""

TEXT, PARTS = 4.5, 3.0
"""Least contrast of text and of parts one must see (WCAG 1.4.3 and 1.4.11)."""

# Step → (luminance, share of grey). What is big is calmer than what is small.
STEPS: Mapping[Scheme, Mapping[str, tuple[float, float]]] = {
    "light": {
        "background-default": (1.0, 0.0), "background-tinted": (0.905, 0.45),
        "surface-default": (1.0, 0.0), "surface-tinted": (0.82, 0.5),
        "surface-hover": (0.71, 0.5), "surface-active": (0.6, 0.5),
        "border-subtle": (0.52, 0.5), "border-default": (0.16, 0.3), "border-strong": (0.09, 0.1),
        "text-subtle": (0.09, 0.1), "text-default": (0.022, 0.2),
    },
    "dark": {
        "background-default": (0.009, 0.8), "background-tinted": (0.014, 0.7),
        "surface-default": (0.021, 0.6), "surface-tinted": (0.029, 0.5),
        "surface-hover": (0.038, 0.5), "surface-active": (0.056, 0.5),
        "border-subtle": (0.085, 0.6), "border-default": (0.27, 0.5), "border-strong": (0.45, 0.45),
        "text-subtle": (0.45, 0.4), "text-default": (0.84, 0.5),
    },
}
DARK_BASE = (0.32, 0.42, 0.52)
"""Luminance of a main colour among dark ones, when it is pointed at, and pressed."""


def as_colour(text: str) -> str | None:
    """``#rrggbb`` from what somebody wrote: with or without the sign, short or long."""
    found = re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})", text.strip().lower())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(d * 2 for d in found[1])
    return f"#{digits}"


def luminance(colour: str) -> float:
    """Relative luminance by WCAG: 0 is black, 1 is white."""
    red, green, blue = _light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def with_luminance(colour: str, wanted: float, grey: float = 0.0) -> str:
    """The same hue with another luminance, and a share of grey mixed in."""
    light, now = _light(colour), luminance(colour)
    # As much of the same light as there can be; what is missing then is white.
    factor = min(wanted / now, 1 / max(light)) if now else 0.0
    reached = now * factor
    white = (wanted - reached) / (1 - reached) if wanted > reached else 0.0
    shaded = [c * factor + (1 - c * factor) * white for c in light]
    return _written([c + (wanted - c) * grey for c in shaded])


def scale(colour: str, scheme: Scheme) -> dict[str, str]:
    """Step → colour: everything pages draw with one main colour."""
    steps = {name: with_luminance(colour, *how) for name, how in STEPS[scheme].items()}
    if scheme == "dark":
        names = ("base-default", "base-hover", "base-active")
        base = {name: with_luminance(colour, y, 0.35) for name, y in zip(names, DARK_BASE, strict=True)}
        return steps | base | {"base-contrast-default": "#000000"}
    lit = luminance(colour)
    # What is almost black already can only become lighter.
    hover, active = (lit * 0.68, lit * 0.45) if lit > 0.03 else (lit + 0.03, lit + 0.06)
    return steps | {
        "base-default": colour, "base-hover": with_luminance(colour, hover),
        "base-active": with_luminance(colour, active), "base-contrast-default": "#ffffff",
    }


def mark(colour: str, scheme: Scheme) -> str:
    """The second colour as the small things show it: steps passed, the line under the header."""
    if scheme == "light":
        return colour
    return with_luminance(colour, max(0.32, min(luminance(colour), 0.6)), 0.35)


def _light(colour: str) -> tuple[float, float, float]:
    """The linear light of red, green and blue, each 0 … 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _written(light: list[float]) -> str:
    shares = (c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in light)
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, share))):02x}" for share in shares)
