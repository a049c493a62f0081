"""Ways: the addresses of the rows behind numbers, made from what holds them; nothing is counted for an address."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urlencode

from analytics.cut import Held
from analytics.filters import Filters
from pages.parts import link, opened_view

PAGE, GAPS_PAGE, LISTS_PAGE = "passport", "evidence", "data_quality"
# What a link says of a cut: what holds the rows, the part of them that a share is of, and the side of a ratio.
HELD, PART, SIDE = "cut", "part", "side"
# Where a list that has rows one by one stands on its page.
LIST = "list"
# A figure has many numbers, and a page few filters.
FILTERS_KEPT = 1024


def way_to_rows(
    filters: Filters, metric: str, *held: Held, part: Held | None = None, side: str = "", **stand: str
) -> str:
    """The address of the passport of a number: a metric, or an other count, under filters and held as analytics.cut.

    stand: what else than the page's says where it stands: as_of, period, load.
    """
    return ways_of(metric, **stand)(filters, *held, part=part, side=side)


def ways_of(metric: str, **stand: str) -> Callable[..., str]:
    """The same for a table of many numbers: the link of the page is read once."""
    start = f"{PAGE}?metric={metric}{_spell_stand(stand)}"

    def way(filters: Filters, *held: Held, part: Held | None = None, side: str = "") -> str:
        pairs = [(HELD, f"{key}:{value}") for key, value in held]
        pairs += [(PART, ":".join(part))] if part else []
        pairs += [(SIDE, side)] if side else []
        return start + spell_filters(filters) + "".join(f"&{key}={quote(value, safe='')}" for key, value in pairs)

    return way


def _spell_stand(stand: dict[str, str]) -> str:
    """Language, cut-off and frozen view of the page, and what is said instead of them."""
    said = link.address_of()
    kept = {key: said[key][0] for key in ("lang", "as_of") if key in said} | opened_view.for_rows() | stand
    return f"&{urlencode(kept)}" if kept else ""


def way_to_code(code: str, **stand: str) -> str:
    """The address of the passport of a number of a pack, by its code; of_pack: the number of an issued one."""
    return f"{PAGE}?code={quote(code)}{_spell_stand(stand)}"


def way_to_gaps(filters: Filters, *worth: str) -> str:
    """The address of the list of what is still to be proved, all of it or what adds to some figures."""
    said = "&".join(f"worth={key}" for key in worth) or "order=worth"
    return f"{GAPS_PAGE}?{said}{_spell_stand({})}{spell_filters(filters)}#{LIST}"


def way_to_list(outcome: str, **held: str) -> str:
    """The address of the list of the rows that were rejected, flagged or superseded; held: in_file, rule."""
    return f"{LISTS_PAGE}?outcome={outcome}{_spell_stand(held)}#{LIST}"


@lru_cache(FILTERS_KEPT)
def spell_filters(filters: Filters) -> str:
    """Filters as a link says them."""
    days = {
        "from": filters.starts_from, "to": filters.starts_to and filters.starts_to.replace(day=1),
        "since": filters.dated_from, "until": filters.dated_to,
    }
    pairs = [(key, day.isoformat()) for key, day in days.items() if day]
    pairs += [("not", f"{key}:{value}") for key, values in filters.excluded for value in values]
    pairs += [(key, value) for key, values in filters.choices for value in values]
    return f"&{urlencode(pairs)}" if pairs else ""
