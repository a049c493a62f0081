"""Colours by meaning: the same thing has the same colour on every page, in light and dark."""

# Each has at least 3:1 against the light and the dark background of .streamlit/config.toml (tested), and the colours
# that stand side by side differ in lightness too, so that they hold for the colour-blind and in grey print.
BLUE = "#0072b2"
ORANGE = "#c65102"
GREEN_GREY = "#6b8578"
NEUTRAL = "#7b8794"
TEAL = "#0b8a7d"

COLOURS = {
    "delivery_group": {"online": BLUE, "face_to_face": ORANGE, "blended": GREEN_GREY},
    "delivery": {"online_sync": BLUE, "online_async": "#5b93c7", "in_person": ORANGE, "blended": GREEN_GREY},
    "staff_type": {
        "upv_academic": "#2f63a8",
        "upv_other": "#6b97d1",
        "external_academic": "#ad8a45",
        "external_professional": "#8a5a2b",
    },
    "eligibility": {"eligible": TEAL, "not_eligible": "#8a6fb0", "undetermined": NEUTRAL},
    "verdict": {
        "correct": TEAL,
        "wrong_amount": "#b07d00",
        "missed": "#c2410c",
        "undue": "#b4326b",
        "none": "#8a6fb0",
        "undetermined": NEUTRAL,
        "other_tariff": "#5c7fa3",
        "no_price": "#8b8378",
    },
    "outcome": {"rejected": "#c2410c", "flagged": "#b07d00", "superseded": NEUTRAL},
    "gender": {"woman": "#8a4fa3", "man": "#2e8b7a", "non_binary": "#b07d00", "unknown": NEUTRAL},
}
# For dimensions without colours of their own: enough to tell apart the groups a reader can follow at once.
SERIES = (BLUE, ORANGE, TEAL, "#8a4fa3", "#b07d00", "#5b93c7", "#b4326b", GREEN_GREY)
LIGHT_BACKGROUND = "#ffffff"
DARK_BACKGROUND = "#10161d"


def colour(dimension: str, value: str, position: int = 0) -> str:
    """The colour of a value, or the next of the series for a dimension without colours."""
    return COLOURS.get(dimension, {}).get(value) or SERIES[position % len(SERIES)]
