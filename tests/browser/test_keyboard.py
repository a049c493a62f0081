"""The keyboard alone: Tab comes to all that can be used and shows where it is; what opens, opens and closes."""

import pytest
from playwright.sync_api import Page, expect

from analytics.words import words
from tests.browser.conftest import visit

pytestmark = pytest.mark.browser

SAYS = words("es")
# Choices that exclude each other, tabs and pills are one stop: the arrows go on inside.
FIND = """() => {
    const still = document.createElement('style');
    still.textContent = '*, *::before, *::after { transition: none !important; animation: none !important; }';
    document.head.append(still);
    const inside = root => [...root.querySelectorAll('*')].flatMap(
        one => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
    const usable = 'a[href], button, input, textarea, select, [role=tab], [role=combobox], [role=slider]';
    const around = one => [one, one.nextElementSibling, one.parentElement, one.parentElement?.parentElement,
        one.parentElement?.parentElement?.parentElement].filter(Boolean);
    window.ringOf = one => around(one).map(getComputedStyle).map(style => [
        style.outlineStyle === 'none' ? '' : style.outline, style.boxShadow, style.borderColor]).join();
    window.stopOf = one => one.closest('[role=radiogroup], [role=tablist], [data-testid=stButtonGroup]') ?? one;
    const roots = document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebar]');
    window.stops = new Map();
    for (const one of [...roots].flatMap(inside)) {
        const isShown = one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length;
        if (one.matches(usable) && isShown && !one.disabled && one.tabIndex >= 0 && one.ariaHidden !== 'true')
            window.stops.set(one, window.ringOf(one));
    }
    return window.stops.size;
}"""
# Where the keyboard is: whether anywhere, and what is used there but looks as it did before.
LOOK = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    window.passed = window.passed ?? new Set();
    if (!one || one === document.body) return null;
    window.passed.add(window.stopOf(one));
    const before = window.stops.get(one);
    return before !== undefined && before === window.ringOf(one) ? one.outerHTML.slice(0, 200) : '';
}"""
MISSED = """() => [...window.stops.keys()].filter(one => !window.passed.has(window.stopOf(one)))
    .map(one => one.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("name", ["", "trends", "funding", "data_quality", "evidence"])
def test_tab_comes_to_all_that_can_be_used_and_shows_where_it_is(page: Page, dashboard: str, name: str):
    visit(page, f"{dashboard}/{name}")
    page.wait_for_timeout(500)  # what the browser itself draws comes after the page's end
    stops = page.evaluate(FIND)
    unmarked = []
    for _ in range(stops + 50):
        page.keyboard.press("Tab")
        if (found := page.evaluate(LOOK)) is None:
            break
        unmarked += [found] if found else []
    assert (page.evaluate(MISSED), unmarked) == ([], [])


def test_what_opens_opens_with_enter_and_closes_with_escape(page: Page, dashboard: str):
    visit(page, dashboard)
    for word in (SAYS("filter.open"), SAYS("view.views")):
        button = page.get_by_role("button", name=word)
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(button).to_be_focused()
