"""Colours from values: contrast as WCAG has it, scales that can be read, refusals that help."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.programmes.rules import colours, themes
from citizen.programmes.rules.colours import SCHEMES, STEPS
from citizen.programmes.rules.themes import Theme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(("one", "other", "ratio"), [
    ("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54),
    ("#777777", "#ffffff", 4.48), ("#0062ba", "#ffffff", 6.08), ("#ff0000", "#ffffff", 4.0),
])
def test_contrast_is_what_others_measure(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize(("written", "read"), [
    ("#00546B", "#00546b"), ("00546b", "#00546b"), (" #fa0 ", "#ffaa00"), ("", None), ("#00546", None),
    ("red", None), ("#00546b;}", None), ("rgb(0,0,0)", None), ("#00546bff", None), ("#０0546b", None),
])
def test_a_colour_is_read_as_people_write_it_and_nothing_else_is_one(written: str, read: str | None) -> None:
    assert colours.as_colour(written) == read


@given(COLOURS, st.floats(0, 1), st.floats(0, 1))
def test_a_shade_has_the_luminance_that_was_asked_for(colour: str, wanted: float, grey: float) -> None:
    shade = colours.with_luminance(colour, wanted, grey)
    assert re.fullmatch(r"#[0-9a-f]{6}", shade)
    assert colours.luminance(shade) == pytest.approx(wanted, abs=0.006)


@given(COLOURS)
def test_a_light_scale_keeps_the_main_colour_itself(colour: str) -> None:
    assert colours.scale(colour, "light")["base-default"] == colour


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scale_has_every_step_of_the_design_system(scheme: colours.Scheme) -> None:
    assert len(colours.scale("#00546b", scheme)) == len(STEPS[scheme]) + 4


@given(COLOURS)
def test_text_links_and_borders_can_be_seen_whatever_the_main_colour(colour: str) -> None:
    refused = themes.refused(themes.pairs_of_main(colour))
    assert {pair.kind for pair in refused} <= {"button-text", "button"}
    assert {pair.scheme for pair in refused} <= {"light"}


@pytest.mark.parametrize("colour", [themes.DEFAULT_MAIN, *themes.FIXED.values()])
def test_every_scale_that_all_have_passes(colour: str) -> None:
    assert themes.refused(themes.pairs_of_main(colour)) == []


def test_the_second_colour_that_all_have_passes() -> None:
    assert themes.refused(themes.pairs_of_second(themes.DEFAULT_SECOND)) == []


@given(COLOURS)
def test_a_main_colour_that_passes_carries_white_text(colour: str) -> None:
    if not themes.refused(themes.pairs_of_main(colour)):
        assert colours.contrast(colour, "#ffffff") >= 4.5


@given(COLOURS)
def test_the_colour_that_is_offered_passes_and_is_the_same_where_nothing_is_wrong(colour: str) -> None:
    main, second = themes.nearest_main(colour), themes.nearest_second(colour)
    assert themes.refused(themes.pairs_of(Theme(main, second))) == []
    assert (main == colour) == (not themes.refused(themes.pairs_of_main(colour)))
    assert themes.nearest_main(main) == main


@pytest.mark.parametrize(("colour", "kinds"), [
    ("#ffcc00", ["button-text", "button"]), ("#e623b1", ["button-text"]), ("#00546b", []), ("#000000", []),
    ("#ffffff", ["button-text", "button"]),
])
def test_it_is_told_what_is_wrong_with_a_main_colour(colour: str, kinds: list[str]) -> None:
    assert [pair.kind for pair in themes.refused(themes.pairs_of_main(colour))] == kinds


def test_a_ratio_is_never_told_as_more_than_it_is() -> None:
    pair = themes.Pair("text", "light", "#777777", "#ffffff", 4.5)
    assert pair.ratio == 4.4
    assert not pair.is_enough


def test_the_offered_colour_is_as_light_as_can_be() -> None:
    nearest = themes.nearest_main("#ffcc00")
    lighter = colours.with_luminance("#ffcc00", colours.luminance(nearest) * 1.02)
    assert themes.refused(themes.pairs_of_main(lighter))


@given(COLOURS, COLOURS)
def test_what_a_theme_writes_is_variables_of_colours_alone(main: str, second: str) -> None:
    text = themes.written(Theme(main, second)) + themes.shown(Theme(main, second))
    said = re.findall(r"--[\w-]+:([^;}]+)", text)
    assert said
    assert all(re.fullmatch(r"#[0-9a-f]{6}|var\(--ds-color-accent-[a-z-]+\)", value) for value in said)
