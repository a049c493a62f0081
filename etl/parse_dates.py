"""Text to dates: every spelling the exports use, with the order of day and month settled once for a column."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from etl.layout import Field
from etl.reading import Reading, ReadsBothWays

FIRST_YEAR, LAST_YEAR = 1900, 2100
CENTURIES = ("19", "20", "21")
SERIAL_ZERO = date(1899, 12, 30)  # of the spreadsheets' 1900 calendar, right after its false 29/02/1900
SERIALS = range(10_000, 73_051)  # 1927-05-18 to 2099-12-31; four digits would rather be a year
PLACEHOLDERS = {(0, 0, 0), (1, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (9999, 12, 31)}
LONGEST_DATE = 60
LOCAL_TIME = ZoneInfo("Europe/Madrid")

MOMENT = re.compile(
    r"(?P<day>.+?)(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?\s?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
EIGHT_DIGITS = re.compile(r"(\d{8})(?:T?\d{6}Z?)?")
SEVEN_DIGITS = re.compile(r"\d{7}")  # ddmmyyyy that went through a number and lost its zero
SERIAL = re.compile(r"(\d{5}|60)(?:[.,]\d+)?")  # 60 is the day that never was
IN_WORDS = re.compile(r"[\w\s.,/'’ºª-]+")

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero gener january ene gen jan",
            "febrero febrer february feb febr",
            "marzo marc march mar",
            "abril april abr apr",
            "mayo maig may mai",
            "junio juny june jun",
            "julio juliol july jul",
            "agosto agost august ago ag aug",
            "septiembre setiembre setembre september sep set sept",
            "octubre october oct",
            "noviembre novembre november nov",
            "diciembre desembre december dic des dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = frozenset(
    {"lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "lun", "mar", "mie", "jue", "vie", "sab"}
    | {"dom", "dilluns", "dimarts", "dimecres", "dijous", "divendres", "dissabte", "diumenge", "dl", "dt", "dc", "dj"}
    | {"dv", "ds", "dg", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue"}
    | {"wed", "thu", "fri", "sat", "sun"}
)
CONNECTORS = frozenset({"de", "del", "d", "of", "the", "st", "nd", "rd", "th", "r", "er", "o", "a"})


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A date whose first two numbers may be day and month or month and day."""

    first: int
    second: int
    year: int

    def read(self, is_month_first: bool) -> Reading:
        month, day = (self.first, self.second) if is_month_first else (self.second, self.first)
        return make_date(self.year, month, day)

    @property
    def is_undecided(self) -> bool:
        return self.first <= 12 and self.second <= 12 and self.first != self.second

    def proves(self, is_month_first: bool) -> bool:
        return self.read(is_month_first).value is not None and self.read(not is_month_first).value is None


def read_dates(field: Field, texts: Iterable[str], latest_year: int) -> dict[str, Reading]:
    """Every text as a date. A year of two digits is the last one that is not after latest_year.

    ReadsBothWays when neither the column nor its layout says whether the day or the month comes first.
    """
    looked = {text: look_at_date(text, latest_year) for text in texts}
    doubtful = [found for found in looked.values() if isinstance(found, TwoWays)]
    usual = field.said.dates == "month_first"
    has_usual = any(found.proves(usual) for found in doubtful)
    has_contrary = any(found.proves(not usual) for found in doubtful)
    if field.said.dates is None and has_usual == has_contrary:
        _refuse_open_dates(looked)
    is_turned = has_contrary and not has_usual
    is_month_first = usual != is_turned
    doubt = "date_order_was_turned" if is_turned and field.said.dates else None
    return {
        text: _settle(found, is_month_first, doubt, has_usual and has_contrary) if isinstance(found, TwoWays) else found
        for text, found in looked.items()
    }


def _refuse_open_dates(looked: dict[str, Reading | TwoWays]) -> None:
    texts = [text for text, found in looked.items() if isinstance(found, TwoWays) and found.is_undecided]
    if texts:
        found = looked[min(texts)]
        raise ReadsBothWays("date_order_is_not_said", min(texts), first=found.first, second=found.second)


def has_two_digit_year(text: str) -> bool:
    """Whether the text is a date such as 3/2/26, whose century is a guess."""
    written = YEAR_LAST.fullmatch(text.strip())
    return written is not None and len(written[4]) == 2


def _settle(found: TwoWays, is_month_first: bool, doubt: str | None, is_mixed: bool) -> Reading:
    reading = found.read(is_month_first)
    if reading.value is None:
        contradicts = found.proves(not is_month_first)
        return Reading(None, "date_order_contradicts_the_column") if contradicts else reading
    if is_mixed and found.is_undecided:
        return Reading(reading.value, "date_order_is_doubtful")
    return Reading(reading.value, doubt)


def look_at_date(text: str, latest_year: int) -> Reading | TwoWays:
    moment = MOMENT.fullmatch(text.strip()) if len(text) <= LONGEST_DATE else None
    if moment is None:
        return Reading(None, "date_cannot_be_read")
    found = _look_at_day(moment["day"].strip(), latest_year)
    if moment["zone"] and isinstance(found, Reading) and isinstance(found.value, date):
        return _move_to_local_time(found.value, moment)
    return found


def _look_at_day(text: str, latest_year: int) -> Reading | TwoWays:
    if written := YEAR_FIRST.fullmatch(text):
        return make_date(int(written[1]), int(written[3]), int(written[4]))
    if written := YEAR_LAST.fullmatch(text):
        return TwoWays(int(written[1]), int(written[3]), _full_year(written[4], latest_year))
    if written := EIGHT_DIGITS.fullmatch(text):
        return _look_at_eight_digits(written[1])
    if SEVEN_DIGITS.fullmatch(text):
        return _look_at_eight_digits("0" + text)
    if written := SERIAL.fullmatch(text):
        serial = int(written[1])
        known = serial in SERIALS
        return Reading(SERIAL_ZERO + timedelta(serial)) if known else Reading(None, "date_is_out_of_range")
    return _look_at_words(text, latest_year)


def _look_at_eight_digits(digits: str) -> Reading | TwoWays:
    """The century of a year that comes last is no month, so no eight digits are a date both ways round."""
    if digits[4:6] in CENTURIES:
        return TwoWays(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    return make_date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _look_at_words(text: str, latest_year: int) -> Reading:
    tokens = _tokens(text)
    if len(tokens) == 4 and tokens[0] in WEEKDAYS:
        tokens = tokens[1:]
    if len(tokens) == 3 and tokens[0] in MONTHS:
        tokens = [tokens[1], tokens[0], tokens[2]]
    is_whole = len(tokens) == 3 and tokens[0].isdigit() and tokens[1] in MONTHS and tokens[2].isdigit()
    if not is_whole or len(tokens[0]) > 2 or len(tokens[2]) not in (2, 4):
        return Reading(None, "date_cannot_be_read")
    return make_date(_full_year(tokens[2], latest_year), MONTHS[tokens[1]], int(tokens[0]))


def _tokens(text: str) -> list[str]:
    if not IN_WORDS.fullmatch(text):
        return []
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return [token for token in re.findall(r"[a-z]+|[0-9]+", plain.casefold()) if token not in CONNECTORS]


def _full_year(digits: str, latest_year: int) -> int:
    year = int(digits)
    return year if len(digits) == 4 else latest_year - (latest_year - year) % 100


def make_date(year: int, month: int, day: int) -> Reading:
    if (year, month, day) in PLACEHOLDERS:
        return Reading(None, "date_is_a_placeholder")
    try:
        made = date(year, month, day)
    except ValueError:
        return Reading(None, "date_does_not_exist")
    return Reading(made) if FIRST_YEAR <= year <= LAST_YEAR else Reading(None, "date_is_out_of_range")


def _move_to_local_time(day: date, moment: re.Match[str]) -> Reading:
    """A midnight here is written as 22:00 or 23:00 of the day before by systems that think in UTC."""
    zone = moment["zone"].upper()
    offset = timedelta(0)
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[-2:]))
    try:
        told = datetime(
            day.year, day.month, day.day, int(moment["hour"]), int(moment["minute"]), tzinfo=timezone(offset)
        )
    except ValueError:
        return Reading(None, "date_cannot_be_read")
    here = told.astimezone(LOCAL_TIME).date()
    return Reading(here, None if here == day else "date_moved_to_local_time")
