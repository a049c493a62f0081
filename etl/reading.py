"""What reading one text gives: a value, and the rule it broke or the doubt it leaves."""

from dataclasses import dataclass

PROBLEMS = frozenset(
    {
        "academic_year_cannot_be_read",
        "amount_cannot_be_read",
        "amount_has_too_many_decimals",
        "code_is_in_scientific_notation",
        "country_is_not_known",
        "currency_is_not_euro",
        "date_cannot_be_read",
        "date_does_not_exist",
        "date_is_a_placeholder",
        "date_is_out_of_range",
        "date_order_contradicts_the_column",
        "edition_cannot_be_read",
        "eqf_level_cannot_be_read",
        "flag_cannot_be_read",
        "isced_code_is_not_known",
        "number_cannot_be_read",
        "number_is_ambiguous",
        "number_is_not_whole",
        "percent_is_out_of_range",
        "postcode_cannot_be_read",
        "rate_is_out_of_range",
        "word_is_not_known",
    }
)
FLAGS = frozenset(
    {
        "date_moved_to_local_time",
        "date_order_is_doubtful",
        "date_order_was_turned",
        "isced_code_is_not_detailed",
        "isced_code_lost_its_zero",
        "number_was_rounded",
        "number_written_the_other_way",
        "percent_may_be_a_fraction",
        "postcode_lost_its_zero",
    }
)


class ReadsBothWays(Exception):
    """A column that its values leave open, of which no layout says which way. example: a text; parts: what it holds."""

    def __init__(self, rule: str, example: str, **parts: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.example = example
        self.parts = parts


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule without value: why it could not be read. Both: read, with a doubt. Neither: said to be unknown."""

    value: object | None
    rule: str | None = None


def is_flag(rule: str) -> bool:
    return rule in FLAGS
