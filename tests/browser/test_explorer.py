"""The explorer of Trends, in a real Chromium: rows and drags filter, by mouse and keyboard, and links repeat it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from analytics.words import words
from tests.browser.conftest import settle, visit

pytestmark = pytest.mark.browser

SAYS = words("es")


def board(page: Page, dimension: str) -> Locator:
    return page.get_by_role("region", name=SAYS.dimension(dimension), exact=True)


def row(page: Page, dimension: str, name: str) -> Locator:
    return board(page, dimension).get_by_role("row").filter(has_text=name)


def total(page: Page) -> str:
    """The first headline figure."""
    return page.locator(".mc-value").first.inner_text()


def wait_for_link(page: Page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern))
    settle(page)


def test_a_click_on_a_row_filters_everything_else_and_a_second_takes_it_off(page, dashboard):
    visit(page, f"{dashboard}/trends")
    everything = total(page)
    row(page, "campus", "Alcoi").click()
    wait_for_link(page, r"campus=Alcoi")
    assert "Campus: Alcoi" in page.locator(".mc-sentence").inner_text()
    assert total(page) == "96" != everything
    # Its own list keeps its other rows, faded: the heading and three campuses; the other lists count Alcoi alone
    expect(row(page, "campus", "Alcoi")).to_have_attribute("aria-selected", "true")
    expect(board(page, "campus").get_by_role("row")).to_have_count(4)
    assert row(page, "campus", "Vera").get_attribute("data-mood") == "faded"
    modes = board(page, "delivery_group").locator(".row .number:not(.share)").all_inner_texts()
    assert sum(int(text) for text in modes[::2]) == 96
    row(page, "campus", "Alcoi").click()
    page.wait_for_url(lambda url: "campus" not in url)
    settle(page)
    assert total(page) == everything


def test_several_rows_may_be_chosen_and_let_go_of_together(page, dashboard):
    visit(page, f"{dashboard}/trends")
    row(page, "campus", "Alcoi").click()
    wait_for_link(page, r"campus=Alcoi")
    row(page, "campus", "Gandia").click()
    wait_for_link(page, r"campus=Alcoi&campus=Gandia")
    assert "Campus: Alcoi o Gandia" in page.locator(".mc-sentence").inner_text()
    board(page, "campus").get_by_role("button", name=f"{SAYS('page.trends.board.clear')}: Campus").click()
    page.wait_for_url(lambda url: "campus" not in url)


def test_a_row_is_left_out_and_taken_back(page, dashboard):
    visit(page, f"{dashboard}/trends")
    everything = total(page)
    row(page, "campus", "Vera").hover()
    row(page, "campus", "Vera").get_by_role("button", name=SAYS("page.trends.board.leave_out")).click()
    wait_for_link(page, r"not=campus%3AVera")
    assert "Campus: todo menos Vera" in page.locator(".mc-sentence").inner_text()
    assert total(page) == "155"  # 96 of Alcoi and 59 of Gandia
    page.get_by_role("button", name="Campus: todo menos Vera").click()
    page.wait_for_url(lambda url: "not=" not in url)
    settle(page)
    assert total(page) == everything


def test_a_list_is_searched_without_accents_and_shown_whole(page, dashboard):
    visit(page, f"{dashboard}/trends")
    fields = board(page, "field")
    fields.get_by_role("button", name=f"{SAYS('page.trends.board.search')}: ").click()
    fields.get_by_role("searchbox").fill("informacion")
    assert fields.locator(".row").count() == 1
    expect(fields.locator(".row")).to_contain_text("información")
    fields.get_by_role("searchbox").fill("zzz")
    expect(fields).to_contain_text(SAYS("page.trends.board.nothing"))
    fields.get_by_role("button", name=f"{SAYS('page.trends.board.search')}: ").click()
    fields.get_by_role("button", name=re.compile("Ver los")).click()
    assert fields.locator(".row").count() == 8


def test_the_keyboard_alone_chooses_leaves_out_and_keeps_its_place(page, dashboard):
    visit(page, f"{dashboard}/trends")
    row(page, "campus", "Vera").get_by_role("button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_link(page, r"campus=Alcoi")
    expect(row(page, "campus", "Alcoi").get_by_role("button").first).to_be_focused()
    page.keyboard.press("Delete")
    wait_for_link(page, r"not=campus%3AAlcoi")
    expect(row(page, "campus", "Alcoi").get_by_role("button").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(row(page, "campus", "Alcoi").get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "not=" not in url)


def test_a_value_of_a_list_leads_to_its_rows_and_chooses_nothing(page, dashboard):
    visit(page, f"{dashboard}/trends?campus=Vera")
    way = row(page, "campus", "Alcoi").get_by_role("link")
    shown = way.inner_text()
    way.click()
    page.wait_for_url(re.compile(r"passport\?metric=enrolments&cut=campus%3AAlcoi$"))
    settle(page)
    assert f"]: {shown}. " in page.locator(".mc-answer").inner_text()


def test_a_drag_across_the_chart_chooses_a_span_of_whole_weeks(page, dashboard):
    visit(page, f"{dashboard}/trends")
    place = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    height = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] * 0.2, height)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.35, height, steps=5)
    page.mouse.move(place["x"] + place["width"] * 0.5, height, steps=5)
    page.mouse.up()
    wait_for_link(page, r"since=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d|until=.*since=")
    days = re.search(r"since=([\d-]+)", page.url)[1], re.search(r"until=([\d-]+)", page.url)[1]
    spoken = ["-".join(reversed(day.split("-"))) for day in days]
    assert f"con fecha del {spoken[0]} al {spoken[1]}" in page.locator(".mc-sentence").inner_text()
    shown = page.locator(".mc-value").all_inner_texts()
    visit(page, f"{dashboard}/trends?since={days[0]}&until={days[1]}")
    assert page.locator(".mc-value").all_inner_texts() == shown


@pytest.mark.parametrize(
    "link",
    [
        "?campus=Vera&not=gender:man&compare=whole&metric=women_share",
        "?since=2025-10-06&until=2025-12-14&why=centre",
        "?compare=booking",
        "?compare=campus:Alcoi&step=month",
        "?metric=credentials_issued_eligible&compare=target&reading=cumulative",
    ],
)
def test_a_link_opens_the_same_page_with_the_same_figures_in_another_language(page, dashboard, link):
    def digits() -> list[str]:
        settle(page)
        texts = page.locator(".mc-value, .row .number").all_inner_texts()
        return [re.sub(r"[^\d+−=]", "", text) for text in texts]

    visit(page, f"{dashboard}/trends{link}")
    spanish = digits()
    kept = page.url.partition("?")[2]
    visit(page, f"{dashboard}/trends?{kept}&lang=en")
    assert digits() == spanish
    assert page.locator(".mc-failure").count() == 0
    assert page.strays == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_explorer_breaks_no_rule_of_accessibility_and_fits_a_telephone(browser, dashboard, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    visit(page, f"{dashboard}/trends?campus=Vera&not=gender:man&since=2025-10-06&until=2025-12-14")
    page.get_by_role("button", name=SAYS("page.trends.board.more_lists")).click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    broken = [(rule["id"], node["html"][:120]) for rule in found.response["violations"] for node in rule["nodes"]]
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    context.close()
    assert broken == []
    assert widths[0] <= widths[1]


def test_a_click_on_a_bar_filters_by_what_it_stands_for(page, dashboard):
    visit(page, f"{dashboard}/modality")
    bar = page.locator(".js-plotly-plot .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    place = bar.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    wait_for_link(page, r"delivery_group=online")
    assert "Modalidad: En línea" in page.locator(".mc-sentence").inner_text()
