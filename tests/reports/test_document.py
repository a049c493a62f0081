"""The document of the pack: what it says in each language, what it promises of itself, and that data stay data."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdf
import pytest

from analytics.table import Column, Table
from analytics.words import LANGUAGES
from reports.columns import ROOM_TO_WRITE
from reports.content import Grid, Prose, Section
from reports.document import TEMPLATE, describe, write_pdf
from tests.reports.small_pack import DIGEST, HOSTILE, register, small_pack

COUNTED = (Column("Título"), Column("Filas", "count"))


def read(pack) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(write_pdf(pack)))


def texts(reader: pypdf.PdfReader) -> list[str]:
    """The text of each page, its blanks made one."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def with_table(*rows: tuple, columns=COUNTED, **changes):
    """A pack of one section with one table."""
    grid = Grid("only", "Una tabla", Table(columns, list(rows)), (), **changes)
    return small_pack(sections=(Section(0, "only", "Solo esto", (grid,)),))


@pytest.fixture(scope="module", params=LANGUAGES)
def in_a_language(request) -> tuple[str, pypdf.PdfReader, list[str]]:
    reader = read(small_pack(request.param))
    return request.param, reader, texts(reader)


def test_two_runs_give_the_same_bytes():
    assert write_pdf(small_pack()) == write_pdf(small_pack())


def test_the_figures_are_written_as_the_language_writes_them(in_a_language):
    language, _, pages = in_a_language
    said = squeezed(" ".join(pages))
    expected = {
        "es": ("12.345,60€", "58,3%", "1.200", "1.234.667,95€", "15-01-2026", "2.ºsemestrede2025"),
        "va": ("12.345,60€", "58,3%", "1.200", "1.234.667,95€", "15-01-2026", "2nsemestrede2025"),
        "en": ("€12,345.60", "58.3%", "1,200", "€1,234,667.95", "15-01-2026", "Secondhalfof2025"),
    }[language]
    assert not [figure for figure in expected if figure not in said]


def test_every_page_has_the_publicity_the_kind_the_state_and_its_number(in_a_language):
    language, _, pages = in_a_language
    publicity, marks, number = {
        "es": ("Financiado por la Unión Europea – NextGenerationEU", ("Restringido", "Borrador"), "Página {} de {}"),
        "va": ("Finançat per la Unió Europea – NextGenerationEU", ("Restringit", "Esborrany"), "Pàgina {} de {}"),
        "en": ("Funded by the European Union – NextGenerationEU", ("Restricted", "Draft"), "Page {} of {}"),
    }[language]
    for place, page in enumerate(pages, start=1):
        assert publicity in page
        assert all(mark in page for mark in marks)
        assert number.format(place, len(pages)) in page


def test_it_declares_what_an_archive_and_a_screen_reader_need(in_a_language):
    language, reader, _ = in_a_language
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"es": "es-ES", "va": "ca-ES", "en": "en-GB"}[language]
    assert "/StructTreeRoot" in root
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(r"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A</pdfaid:conformance>", xmp)
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert reader.metadata.title.endswith("2025")


def walk(element) -> list:
    """Every element of the structure tree below one."""
    if isinstance(element, pypdf.generic.IndirectObject):
        element = element.get_object()
    if not isinstance(element, pypdf.generic.DictionaryObject):
        return []
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    return [element, *(found for kid in kids for found in walk(kid))]


def test_headings_tables_and_charts_are_tagged_as_such():
    elements = walk(read(small_pack()).trailer["/Root"]["/StructTreeRoot"])
    kinds = [element.get("/S") for element in elements]
    assert kinds.count("/H1") >= 13
    assert kinds.count("/Table") == 5
    assert kinds.count("/TH") == 3 + 5 + 5 + 16 + 4
    alternatives = {element["/Alt"] for element in elements if element.get("/S") == "/Figure" and "/Alt" in element}
    assert {"Barras: 2.000 solicitudes y 1.300 matrículas.", "Línea que sube de 0 en octubre a 312 en enero."} <= {
        *alternatives
    }


def test_every_font_is_ours_and_in_the_file():
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in read(small_pack()).pages for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all("SourceSans3" in font for font in fonts)


def test_titles_that_are_markup_elsewhere_are_printed_as_they_are():
    said = squeezed(" ".join(texts(read(with_table(*((title, 1) for title in HOSTILE))))))
    assert not [title for title in HOSTILE if squeezed(title) not in said]


def test_markup_in_captions_sources_headings_and_prose_is_printed_as_it_is():
    title = HOSTILE[0]
    grid = Grid("only", title, Table((Column(title),), [(title,)]), (), sources=title)
    pages = texts(read(small_pack(sections=(Section(0, "only", title, (grid,)),), residuals=(title,))))
    assert squeezed(" ".join(pages)).count(squeezed(title)) >= 6


def test_a_letter_that_the_font_lacks_is_written_as_its_code_point():
    said = " ".join(texts(read(with_table(("Curs 水 \U0001f600 \x07", 1)))))
    assert "Curs ‹U+6C34› ‹U+1F600› ‹U+0007›" in said


def test_the_head_of_a_table_is_repeated_on_each_of_its_pages():
    pages = texts(read(with_table(*((f"Curso {number}", number) for number in range(120)))))
    heads = [page for page in pages if "Título Filas" in page]
    assert len(heads) == len([page for page in pages if re.search(r"Curso \d+", page)]) >= 3


def test_what_is_not_known_is_a_dash_and_a_suppressed_count_stays_as_it_is():
    said = " ".join(texts(read(with_table(("Nadie lo sabe", None), ("Pocos", "<5")))))
    assert "Nadie lo sabe –" in said
    assert "Pocos <5" in said


def test_a_wide_register_lies_across_and_the_rest_stands_upright():
    reader = read(small_pack())
    across = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert across
    assert all("5-00000" in page.extract_text() for page in across)
    assert reader.pages[0].mediabox.height > reader.pages[0].mediabox.width


def test_text_after_the_last_wide_table_of_a_section_stays_on_its_page():
    register = small_pack().sections[5].blocks[0]
    blocks = (Prose("first", ("Antes",)), register, Prose("last", ("Después",)))
    pack = small_pack(sections=(Section(5, "wide", "Ancha", blocks), Section(6, "next", "Otra", (blocks[0],))))
    spreads = describe(pack)["spreads"]
    assert [(spread["across"], len(spread["items"])) for spread in spreads] == [(True, 4), (False, 2)]


def test_a_table_too_wide_for_any_page_comes_in_parts_that_repeat_its_first_column():
    columns = (Column("Código", "code"), *(Column(f"Columna{number}", "EUR") for number in range(20)))
    pack = with_table(("00123", *[Decimal("1234567.89")] * 20), columns=columns)
    items = [item for spread in describe(pack)["spreads"] for item in spread["items"] if item["type"] == "grid"]
    assert len(items) == 2
    assert [item["heads"][0] for item in items] == ["Código", "Código"]
    assert sum(len(item["heads"]) for item in items) == 22
    assert items[1]["caption"] == "Una tabla (parte 2 de 2)"


def test_a_digest_stands_on_two_lines_of_half_its_length():
    assert describe(small_pack())["spreads"][0]["items"][1]["rows"][0][1] == f"{DIGEST[:32]}\n{DIGEST[32:]}"


def test_amounts_of_a_column_have_as_many_decimals_as_the_longest():
    columns = (Column("ECTS", "ECTS"), Column("Día", "day"))
    pack = with_table((Decimal("1.5"), date(2026, 1, 2)), (Decimal(2), None), (Decimal("12.25"), ""), columns=columns)
    assert describe(pack)["spreads"][0]["items"][1]["rows"] == [["1,50", "02-01-2026"], ["2,00", "–"], ["12,25", ""]]


@pytest.mark.parametrize(
    ("state", "is_sample", "marks"),
    [("borrador", False, ["BORRADOR"]), ("definitivo", True, ["MUESTRA SINTÉTICA"]), ("provisional", False, []),
     ("borrador", True, ["BORRADOR", "MUESTRA SINTÉTICA"])],
)
def test_a_draft_and_a_synthetic_sample_carry_a_watermark(state, is_sample, marks):
    assert describe(small_pack(state=state, is_sample=is_sample))["watermark"] == marks


def test_a_pack_that_does_not_close_says_why():
    residual = "Matrículas: 2 filas sin explicar"
    assert residual in " ".join(texts(read(small_pack(residuals=(residual,)))))


def test_the_public_kind_says_how_it_hides_small_counts():
    said = " ".join(texts(read(small_pack(kind="public", state="definitivo", is_sample=False))))
    assert "Público · Definitivo" in said
    assert "«<5»" in said
    assert "no se debe publicar" not in said


def test_every_metric_shown_is_defined_once_with_its_key():
    said = " ".join(texts(read(small_pack())))
    for key in ("ci10_participants", "ci10_entries", "reduction_supported", "net_fees", "credentials_issued_eligible"):
        assert said.count(key) == 1


def test_who_signs_is_printed_when_the_settings_know_it():
    pack = small_pack()
    settings = tuple(
        replace(setting, value="Rectora de ejemplo") if setting.key == "signer_post" else setting
        for setting in pack.settings.settings
    )
    said = " ".join(texts(read(replace(pack, settings=replace(pack.settings, settings=settings)))))
    assert "Cargo Rectora de ejemplo" in said


def test_a_column_to_write_in_has_room_where_nothing_is_written():
    columns = (Column("Cifra"), Column("Ahora", "count"), Column("Explicación", is_to_fill=True))
    pack = with_table(("Metas", 3, ""), ("Embudo", 5, "Dos entregas."), columns=columns)
    [spread] = describe(pack)["spreads"]
    [_, grid] = spread["items"]
    assert grid["to_fill"] == [False, False, True]
    assert grid["widths"][2] >= ROOM_TO_WRITE
    assert "Dos entregas." in " ".join(texts(read(pack)))


def test_a_few_rows_after_a_table_that_lies_across_lie_across_with_it():
    few = Grid("few", "Pocas", Table((Column("Qué"), Column("Cuánto", "count")), [("Una", 1)]), ())
    many = Grid("many", "Muchas", Table(few.table.columns, [("Una", 1)] * 30), ())
    pack = small_pack(sections=(Section(0, "only", "Solo esto", (register(), few, many)),))
    ways = {item["caption"]: spread["across"] for spread in describe(pack)["spreads"] for item in spread["items"]
            if item["type"] == "grid"}
    assert (ways["Pocas"], ways["Muchas"]) == (True, False)


def test_an_empty_table_says_so():
    assert "No hay nada que mostrar." in " ".join(texts(read(with_table())))


def test_every_table_has_heads_and_the_emblem_is_described():
    elements = walk(read(small_pack()).trailer["/Root"]["/StructTreeRoot"])
    tables = [element for element in elements if element.get("/S") == "/Table"]
    assert tables
    assert all("/TH" in [part.get("/S") for part in walk(table)] for table in tables)
    assert "Emblema de la Unión Europea: doce estrellas amarillas en círculo sobre fondo azul" in [
        element.get("/Alt") for element in elements
    ]


def test_the_emblem_has_twelve_upright_stars_a_third_of_its_height_from_the_centre():
    drawing = (TEMPLATE.parent / "eu_emblem.svg").read_text(encoding="utf-8")
    stars = [
        [tuple(map(float, point.split(","))) for point in points.split()]
        for points in re.findall(r'points="([^"]+)"', drawing)
    ]
    tips = sorted((x, y) for (x, y), *_ in stars)
    assert (len(stars), {len(star) for star in stars}) == (12, {10})
    # Height 270: centres on a circle of radius 90 around (202.5, 135), stars of radius 15, their first point on top.
    assert min(tips, key=lambda tip: tip[1]) == (202.5, 135 - 90 - 15)
    assert (tips[0], tips[-1]) == ((112.5, 120.0), (292.5, 120.0))
    assert 'fill="#003399"' in drawing
    assert 'fill="#ffcc00"' in drawing
