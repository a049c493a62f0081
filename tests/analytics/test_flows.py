"""Where the nodes of a flow stand."""

from analytics.charts import flow
from analytics.flows import LABEL_PIXELS, WHOLE_PIXELS, Flow, Node, arrange

FLOWS = [Flow("all", "large", 75, ""), Flow("all", "small", 25, "")]


def test_nodes_stand_under_each_other_a_label_apart():
    places = arrange([["all"], ["large", "small"]], FLOWS)
    assert places.height == WHOLE_PIXELS + LABEL_PIXELS
    middle_of_small = 0.75 * WHOLE_PIXELS + LABEL_PIXELS + 0.25 * WHOLE_PIXELS / 2
    assert places.down["large"] * places.height == 0.75 * WHOLE_PIXELS / 2
    assert places.down["small"] * places.height == middle_of_small
    assert (places.across["all"], places.across["large"]) == (0, 1)


def test_a_label_of_a_flow_is_shown_literally():
    last = {"large": Node("x", "3", "#000000"), "small": Node("y", "1", "#000000")}
    stages = [{"all": Node("<b>", "1", "#000000")}, last]
    node = flow(stages, FLOWS).data[0]["node"]
    assert node["label"][0] == "&lt;b><br>1"
    assert all(0 < place < 1 for place in [*node["x"], *node["y"]])
