"""The figures of the form: those that the workbook names, in the same order, each under its label."""

import io

import openpyxl
import pytest

from analytics.words import LANGUAGES
from reports.form import every_figure, form_figures
from reports.workbook import write_workbook
from tests.reports.small_pack import small_pack


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_has_the_figures_that_the_workbook_names(language):
    pack = small_pack(language)
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(pack))).worksheets[-2]
    start, end = sheet.tables["T_form"].ref.split(":")
    rows = list(sheet[start:end])[1:]
    named = [(row[1].value.split(" ", 1)[1], row[2].value, row[4].value) for row in rows]
    assert [(one.section, one.label, one.figure.code) for one in form_figures(pack)] == named


def test_a_figure_is_labelled_by_its_row_and_its_column():
    labels = {one.figure.name: (one.section, one.label) for one in every_figure(small_pack())}
    assert labels["3-BBBBBBB.persons"] == ("Indicadores comunes", "Mujeres · Personas")
    assert labels["1-AAAAAAA.value"] == ("Metas", "Microcredenciales expedidas a personas con derecho")
