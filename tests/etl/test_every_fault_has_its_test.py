"""Each numbered way in which real exports break, and the tests that prove what is owed for it."""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
LAST_FAULT = 93
READ, ANY, SHAPE, LOAD = "test_read", "test_read_any_container", "test_faults_reading", "test_load"
CATALOGUE, ENROLMENTS, MONEY = "test_faults_catalogue", "test_faults_enrolments", "test_faults_money"
OTHER, SHEET, HOSTILE = "test_faults_other_exports", "test_spreadsheet", "test_spreadsheet_hostile"
DATES, NUMBERS, CODES, PERSON = "test_parse_dates", "test_parse_numbers", "test_parse_codes", "test_identity"
SURVIVAL, BUILDS, KEY, LAYOUT, MAIN = "test_survival", "test_builds", "test_pseudonym_key", "test_layout", "test_main"
EDGES, PEOPLE = "analytics/test_worked_edges", "test_faults_people"
CAT_ROW = "test_a_row_of_the_catalogue_becomes_what_is_owed"
ENR_ROW = "test_an_enrolment_becomes_what_is_owed"
PAY_ROW = "test_the_amounts_of_an_enrolment_become_what_is_owed"

# module, test and, where the test has named cases, those.
FAULTS: dict[int, list[tuple[str, ...]]] = {
    1: [(READ, "test_every_usual_encoding_gives_the_same_rows"), (READ, "test_utf16_is_read_in_both_byte_orders"),
        (LOAD, "test_the_encoding_changes_no_table")],
    2: [(READ, "test_text_encoded_twice_is_repaired_only_when_it_can_be_undone"),
        (SHAPE, "test_text_encoded_twice_is_repaired_and_said")],
    3: [(READ, "test_accents_of_a_mac_equal_those_of_a_keyboard"),
        (SHAPE, "test_decomposed_accents_are_the_same_header")],
    4: [(READ, "test_invisible_marks_and_blanks_of_every_kind_are_trimmed")],
    5: [(READ, "test_nul_bytes_in_a_cell_cost_its_row"),
        (READ, "test_nul_padding_at_the_end_is_an_incomplete_file")],
    6: [(READ, "test_a_file_with_nothing_in_it_is_empty"), (READ, "test_a_header_without_rows_is_refused"),
        (LOAD, "test_a_header_without_rows_replaces_nothing")],
    7: [(READ, "test_a_file_of_another_kind_is_named"), (READ, "test_text_named_as_a_spreadsheet_is_refused"),
        (HOSTILE, "test_a_workbook_named_csv_is_refused")],
    8: [(READ, "test_every_delimiter_is_found"), (READ, "test_a_first_line_that_says_the_delimiter_is_heeded")],
    9: [(READ, "test_a_row_with_another_delimiter_is_that_rows_problem")],
    10: [(READ, "test_a_row_of_another_length_is_never_shifted"),
         (LOAD, "test_a_broken_row_costs_only_itself_and_is_not_stored")],
    11: [(READ, "test_an_unclosed_quote_costs_its_row_and_no_other"),
         (SHAPE, "test_an_unclosed_quote_costs_its_row_only")],
    12: [(READ, "test_stray_quotes_in_unquoted_text_are_text")],
    13: [(READ, "test_newlines_inside_quotes_belong_to_the_cell"),
         (READ, "test_line_ends_of_every_kind_may_be_mixed")],
    14: [(READ, "test_blank_rows_and_rows_of_delimiters_are_counted")],
    15: [(READ, "test_a_delimiter_at_the_end_of_every_row_is_accepted")],
    16: [(LOAD, "test_the_order_of_rows_and_columns_changes_no_table")],
    17: [(LAYOUT, "test_a_header_is_known_in_capitals_small_letters_and_with_line_breaks")],
    18: [(MAIN, "test_a_column_under_another_name_is_said")],
    19: [(MAIN, "test_a_missing_column_is_named_with_the_closest_there_is")],
    20: [(LOAD, "test_a_missing_column_is_named"),
         (LOAD, "test_without_a_column_of_editions_every_row_is_of_the_first")],
    21: [(LOAD, "test_names_and_addresses_are_nowhere_in_the_build"), (MAIN, "test_a_load_that_publishes_ends_with_0")],
    22: [(LAYOUT, "test_the_same_header_twice_is_refused"), (SHAPE, "test_two_columns_for_one_field_are_refused")],
    23: [(READ, "test_the_header_may_stand_under_title_rows")],
    24: [(READ, "test_a_header_of_two_lines_is_joined"), (SHEET, "test_a_merged_header_of_two_lines_is_joined")],
    25: [(READ, "test_a_total_is_a_problem_of_its_row"), (LOAD, "test_total_rows_and_footers_are_never_added")],
    26: [(READ, "test_footers_are_counted_and_noted"), (LOAD, "test_total_rows_and_footers_are_never_added")],
    27: [(SHAPE, "test_a_file_is_known_by_its_headers_whatever_its_name")],
    28: [(LOAD, "test_a_copy_of_a_file_counts_once"), (MAIN, "test_the_same_files_again_are_said_to_be_the_same"),
         ("test_strays", "test_a_catalogue_of_years_before_the_programme_is_said_by_name"),
         ("test_strays", "test_a_file_that_a_later_load_had_replaced_is_said_with_its_date")],
    29: [(NUMBERS, "test_every_spelling_of_an_amount_is_that_amount"),
         (SHAPE, "test_a_price_is_read_in_every_spelling"),
         (NUMBERS, "test_a_lone_point_is_thousands_where_the_column_has_decimal_commas"),
         ("test_layout_said", "test_a_column_of_numbers_that_reads_both_ways_is_refused_unless_the_layout_says")],
    30: [(NUMBERS, "test_two_conventions_in_a_column_leave_a_lone_point_undecided_and_flag_the_rarer_one")],
    31: [(NUMBERS, "test_an_amount_that_cannot_be_certain_is_a_problem"),
         (NUMBERS, "test_zero_and_free_of_charge_are_zero")],
    32: [(SHAPE, "test_binary_noise_and_true_dates_of_a_workbook_are_read_exactly")],
    33: [(DATES, "test_every_spelling_of_a_day_is_that_day")],
    34: [(SHAPE, "test_an_american_date_among_spanish_ones_is_never_guessed"),
         ("test_layout_said", "test_a_column_of_dates_that_reads_both_ways_is_refused_unless_the_layout_says")],
    35: [(DATES, "test_an_impossible_day_is_a_problem"),
         (DATES, "test_serial_60_is_no_day_and_its_neighbour_today_is")],
    36: [(SHEET, "test_the_1904_date_system_gives_the_same_dates")],
    37: [(SHEET, "test_a_text_date_and_a_serial_date_may_share_a_column")],
    38: [(CATALOGUE, CAT_ROW, "end before the start", "three years", "before the programme", "after the programme")],
    39: [(ENROLMENTS, ENR_ROW, "future", "two years early")],
    40: [(CATALOGUE, CAT_ROW, "hours below zero", "no hours", "hours above the limit", "hours with their unit",
          "hours as a clock")],
    41: [(CATALOGUE, CAT_ROW, "no credits", "credits that lost their comma", "credits with a point",
          "hours at the limit")],
    42: [(CATALOGUE, CAT_ROW, "hours that do not fit the credits")],
    43: [(OTHER, "test_hours_that_do_not_add_up_are_told_with_both_figures"),
         (OTHER, "test_a_row_becomes_what_is_owed", "other hours of the same")],
    44: [("analytics/test_laws", "test_a_metric_counts_what_its_tables_have"),
         ("analytics/test_worked_figures", "test_every_indicator_has_a_worked_example")],
    45: [(CATALOGUE, CAT_ROW, "no places"), (OTHER, "test_enrolments_above_the_places_are_told_with_both_figures")],
    46: [(CATALOGUE, "test_a_blank_price_is_unknown_and_nought_is_nought")],
    47: [(ENROLMENTS, ENR_ROW, "unknown course", "unknown edition"),
         (ENROLMENTS, "test_an_orphan_is_listed_with_the_amount_at_stake")],
    48: [(CATALOGUE, CAT_ROW, "first of two alike", "second of two that differ"),
         (CATALOGUE, "test_two_editions_of_ten_in_conflict_refuse_the_catalogue")],
    49: [(ENROLMENTS, ENR_ROW, "cancelled edition"), ("analytics/test_worked_figures", "test_blank_is_not_zero")],
    50: [(LOAD, "test_an_exact_duplicate_counts_once")],
    51: [(ENROLMENTS, ENR_ROW, "same person, again"),
         (ENROLMENTS, "test_one_person_in_three_spellings_is_one_person")],
    52: [("analytics/test_worked_figures", "test_one_person_in_many_spellings_is_one_learner")],
    53: [(PEOPLE, "test_a_nie_and_a_later_nif_are_two_persons_and_never_merged")],
    54: [(PERSON, "test_a_lost_zero_is_restored"), (PERSON, "test_klm_documents_are_persons_without_a_flag"),
         (PERSON, "test_an_old_nie_of_eight_digits_and_one_without_letter_are_the_same_person"),
         (ENROLMENTS, ENR_ROW, "wrong letter", "passport", "placeholder", "dotted document")],
    55: [(ENROLMENTS, "test_people_without_a_document_are_not_one_person")],
    56: [(PERSON, "test_any_spelling_of_a_nif_gives_the_same_key")],
    57: [(EDGES, "test_age_counts_on_the_first_day_from_25_to_64")],
    58: [(EDGES, "test_age_counts_on_the_first_day_from_25_to_64")],
    59: [(EDGES, "test_age_counts_on_the_first_day_from_25_to_64")],
    60: [(EDGES, "test_age_counts_on_the_first_day_from_25_to_64")],
    61: [(EDGES, "test_somebody_born_on_29_february_completes_a_year_on_1_march")],
    62: [(ENROLMENTS, "test_an_impossible_birth_is_unknown"), (ENROLMENTS, ENR_ROW, "no birth date"),
         (EDGES, "test_eligibility_is_unknown_only_where_what_is_missing_could_change_it")],
    63: [(EDGES, "test_age_counts_on_the_first_day_from_25_to_64")],
    64: [(CATALOGUE, CAT_ROW, "no start")],
    65: [(MONEY, PAY_ROW, "reduction above the price", "base price below zero", "paid below zero while enrolled")],
    66: [(MONEY, PAY_ROW, "one cent off", "two cents off"), (MONEY, "test_a_mismatch_is_told_with_its_figures")],
    67: [(MONEY, PAY_ROW, "rate against amount"),
         (NUMBERS, "test_up_to_one_a_rate_is_a_fraction_unless_it_has_a_percent_sign")],
    68: [(MONEY, PAY_ROW, "two reductions")],
    69: [(EDGES, "test_verdicts_are_given_in_their_order"),
         ("analytics/test_commitments", "test_what_to_act_on_has_its_cases_and_its_euros")],
    70: [("analytics/test_worked_figures", "test_an_enrolment_cancelled_after_its_entry_stays_an_entry"),
         (ENROLMENTS, ENR_ROW, "cancelled before enrolling", "withdrawn with a date")],
    71: [(ENROLMENTS, ENR_ROW, "paid nothing", "no state"),
         (LOAD, "test_one_unknown_state_of_a_hundred_rejects_its_row"),
         (LOAD, "test_unknown_states_in_more_than_one_row_of_a_hundred_refuse_the_file")],
    72: [("test_parse", "test_every_spelling_of_a_word_is_its_meaning"),
         ("test_parse", "test_an_unknown_word_is_never_guessed")],
    73: [(ENROLMENTS, ENR_ROW, "payment before enrolment")],
    74: [(MONEY, PAY_ROW, "other currency"), (MONEY, "test_a_euro_sign_is_no_obstacle"),
         (NUMBERS, "test_every_spelling_of_an_amount_is_that_amount")],
    75: [(MONEY, "test_cents_add_up_exactly"), ("analytics/test_laws", "test_money_is_exact_decimal")],
    76: [(SHEET, "test_an_error_and_a_formula_nobody_calculated_are_no_value"),
         (SHAPE, "test_a_formula_without_a_value_costs_its_row"),
         (SHEET, "test_text_that_looks_like_a_formula_is_text")],
    77: [(SHEET, "test_the_visible_sheet_with_the_known_header_is_read"),
         (SHEET, "test_two_sheets_with_a_table_are_refused_by_name"),
         (SHEET, "test_hidden_rows_and_columns_are_data")],
    78: [(HOSTILE, "test_300_000_formatted_empty_rows_are_passed_over"),
         (HOSTILE, "test_a_dimension_that_says_the_last_corner_changes_nothing")],
    79: [(PEOPLE, "test_a_document_that_became_a_number_is_the_same_person")],
    80: [(HOSTILE, "test_a_workbook_with_a_password_says_so"), (SHEET, "test_an_xls_workbook_is_read"),
         (SHEET, "test_an_xlsb_workbook_is_read"), (SHEET, "test_an_ods_workbook_is_read"),
         (SHEET, "test_a_workbook_with_macros_is_read_and_they_are_not_run")],
    81: [(HOSTILE, "test_a_wrong_checksum_is_damage"), (HOSTILE, "test_a_missing_part_is_damage"),
         (HOSTILE, "test_a_doubled_part_is_damage")],
    82: [(HOSTILE, "test_a_part_that_declares_4_gb_is_a_bomb"), (HOSTILE, "test_60_000_parts_are_a_bomb")],
    83: [(HOSTILE, "test_a_document_type_is_refused_in_any_part"), (HOSTILE, "test_200_000_nested_tags_are_refused")],
    84: [(LOAD, "test_hostile_titles_are_text"), (MAIN, "test_no_cell_of_the_list_is_a_formula"),
         ("test_rejected_workbook", "test_no_cell_that_comes_back_is_a_formula"),
         ("analytics/test_downloads", "test_no_text_becomes_a_formula")],
    85: [("browser/test_reader", "test_words_of_the_exports_are_shown_literally"),
         ("browser/test_reader", "test_every_page_opens_for_everybody_and_nothing_leaves_the_browser")],
    86: [(LOAD, "test_hostile_titles_are_text"), (READ, "test_hostile_text_stays_text")],
    87: [(LOAD, "test_hostile_headers_are_ignored")],
    88: [(ANY, "test_any_table_survives_any_text_file"), (ANY, "test_any_table_survives_a_workbook_of_openpyxl"),
         (PEOPLE, "test_naughty_titles_come_out_as_they_went_in")],
    89: [(SURVIVAL, "test_a_load_killed_at_a_random_instant_leaves_the_old_build_or_the_new_one"),
         (SURVIVAL, "test_a_disk_that_is_full_at_any_step_is_said_and_leaves_the_old_build_or_the_new_one"),
         (SURVIVAL, "test_a_folder_that_became_read_only_is_said_and_its_build_still_read")],
    90: [(SURVIVAL, "test_of_two_loads_at_once_one_wins_and_the_other_is_told_at_once"),
         (SURVIVAL, "test_readers_meet_no_error_and_no_mix_while_builds_are_published")],
    91: [(BUILDS, "test_a_damaged_build_gives_way_to_the_last_good_one"),
         (BUILDS, "test_any_single_flipped_bit_of_the_pointer_never_names_another_build"),
         (MAIN, "test_with_every_build_damaged_the_next_load_is_published"),
         ("pages/test_upload", "test_the_first_load_of_all_is_published_from_the_page")],
    92: [(KEY, "test_a_missing_key_is_refused_when_builds_are_published"),
         (KEY, "test_another_key_than_that_of_the_published_build_is_refused")],
    93: [("analytics/test_privacy", "test_a_total_does_not_give_its_small_part_away"),
         ("analytics/test_privacy", "test_two_tables_cannot_be_subtracted"),
         ("analytics/test_privacy", "test_the_attacker_never_narrows_a_small_count")],
}  # fmt: skip


def test_every_fault_is_in_the_list() -> None:
    assert set(FAULTS) == set(range(1, LAST_FAULT + 1))


@cache
def read_module(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tests of a module, and every text that stands in it."""
    path = TESTS / (name if "/" in name else f"etl/{name}")
    nodes = list(ast.walk(ast.parse(path.with_suffix(".py").read_text(encoding="utf-8"))))
    functions = frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef))
    return functions, frozenset(
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_its_test(fault: int) -> None:
    for module, test, *cases in FAULTS[fault]:
        tests, texts = read_module(module)
        assert test in tests, f"{module}::{test}"
        assert set(cases) <= texts, f"{module}: {set(cases) - texts}"
