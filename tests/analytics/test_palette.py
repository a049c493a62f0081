"""Colours: told from the background in light and dark, and from each other without colour."""

import pytest

from analytics.palette import COLOURS, DARK_BACKGROUND, LIGHT_BACKGROUND, SERIES, colour

EVERY = sorted({shade for shades in COLOURS.values() for shade in shades.values()} | set(SERIES))
# WCAG 2.1, success criterion 1.4.11: graphical objects need 3:1.
LEAST_CONTRAST = 3.0


def luminance(shade: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = [int(shade[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("shade", EVERY)
@pytest.mark.parametrize("background", [LIGHT_BACKGROUND, DARK_BACKGROUND])
def test_a_mark_stands_out_from_the_background(shade, background):
    assert contrast(shade, background) >= LEAST_CONTRAST


@pytest.mark.parametrize("dimension", COLOURS)
def test_two_values_of_one_dimension_never_share_a_colour(dimension):
    shades = list(COLOURS[dimension].values())
    assert len(set(shades)) == len(shades)


def test_the_same_thing_has_the_same_colour_in_both_levels_of_delivery():
    assert colour("delivery", "in_person") == colour("delivery_group", "face_to_face")
    assert colour("delivery", "blended") == colour("delivery_group", "blended")


def test_a_dimension_without_colours_takes_them_in_turn():
    assert [colour("campus", "Vera", 0), colour("campus", "Alcoi", 1)] == list(SERIES[:2])
