"""Waterfall: each step begins where the one before ends, and the whole from nothing."""

from analytics.waterfall import Fall, waterfall

AMOUNTS = {"Vera": -12.0, "Alcoi": 5.0, "Gandia": -1.0}
STEPS = [Fall(name, by, str(by), "#0b8a7d") for name, by in AMOUNTS.items()]


def test_each_step_begins_where_the_one_before_ends_and_the_whole_from_nothing():
    [trace] = waterfall(STEPS, Fall("De 45 a 37", -8.0, "−8", "#7b8794")).data
    assert trace["base"] == [0, -12, -7, 0]
    assert trace["x"] == [-12, 5, -1, -8]


def test_nothing_lies_outside_the_chart():
    layout = waterfall(STEPS, Fall("De 45 a 37", -8.0, "−8", "#7b8794")).layout
    first, last = layout["xaxis"]["range"]
    assert first < -12 and last > 0


def test_words_of_the_exports_are_never_markup():
    drawing = waterfall([Fall("<b>x</b>", 1.0, "+1", "#0b8a7d")], Fall("De 1 a 2", 1.0, "+1", "#7b8794"))
    assert "<b>" not in str(drawing.to_dict()["layout"]["annotations"]) + str(drawing.data[0]["customdata"])
