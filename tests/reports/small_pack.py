"""A pack written by hand: every kind of block, a wide register, titles that are markup and formulas elsewhere."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from analytics.palette import BLUE, ORANGE, TEAL
from analytics.periods import HalfYear
from analytics.provenance import SourceFile
from analytics.table import Column, Mark, Table
from analytics.words import words
from reports.content import Block, Chart, Figures, Grid, Pack, Prose, Section
from reports.figures import Figure
from reports.grant import load_grant

HOSTILE = (
    "#panic(1) *negrita* _cursiva_ $x^2$",
    "=HYPERLINK(\"http://example.org\")",
    "@SUM(A1) <etiqueta> [corchetes] \\barra `código` ~ // /* ",
    "+1 -2 = titulo",
    "http://example.org/a?b=c&d",
    "{=SUM(1)} {{llaves}} {sin_valor}",
)
BUILT_AT = datetime(2026, 1, 16, 8, 30)
DIGEST = "cd" * 32
TITLES = ("Gestió de l'aigua en regadius", "Análisis de datos con Python para la administración pública", *HOSTILE)


def small_pack(language: str = "es", **changes) -> Pack:
    """In the language asked for; any field of the pack may be given."""
    pack = Pack(
        kind="restricted", state="borrador", language=language, period=HalfYear(2025, 2), as_of=date(2026, 1, 15),
        build_id="20260116T083000Z-0badcafe", build_sha256="ab" * 32, built_at=BUILT_AT, code_version="0.1.0",
        rules_version="7", is_sample=True, files=(SourceFile("1", "matriculas.csv", "enrolments", DIGEST, 9, 8, 1, 0),),
        settings=load_grant(), sections=sections(language), residuals=(),
        figures=(
            Figure(
                "1-AAAAAAA", "targets/credentials_issued_eligible", "value", 312, "count",
                "credentials_issued_eligible",
            ),
            *figures_of_row("3-BBBBBBB", "indicator/women", (1200, 1150, Decimal("0.6"))),
        ),
    )
    return replace(pack, **changes)


def figures_of_row(code: str, key: str, values: tuple) -> tuple[Figure, ...]:
    names = (("entries", "count"), ("persons", "count"), ("share", "share"))
    return tuple(
        Figure(code, key, name, value, unit, "ci10_participants")
        for (name, unit), value in zip(names, values, strict=True)
    )


def sections(language: str) -> tuple[Section, ...]:
    says = words(language)
    blocks: dict[int, tuple[Block, ...]] = {
        0: (FILES,),
        1: (headlines(says), progress(), Prose("pace", ("Faltan 1.272 y quedan 23,7 semanas.",))),
        2: (funnel(), offer()),
        3: (indicator(),),
        5: (register(),),
        7: (money(),),
        12: (Prose("declaration", ("En fecha ______, este Centro manifiesta que los fondos se han utilizado.",)),),
    }
    titles = (
        "Datos generales", "Metas", "Embudo", "Indicadores comunes", "Derecho y reducción", "Registro de ediciones",
        "Modalidad y docencia", "Tabla económica", "Evidencias", "Calidad de los datos", "Cambios", "Comentarios",
        "Declaración",
    )
    nothing = (Prose("nothing", ("No hay nada que declarar en este apartado.",)),)
    return tuple(Section(number, f"section_{number}", title, blocks.get(number, nothing))
                 for number, title in enumerate(titles))


FILES = Grid(
    "files", "Archivos de los que sale este informe",
    Table((Column("Archivo"), Column("SHA-256", "code"), Column("Filas", "count")), [("matriculas.csv", DIGEST, 9)]),
    (),
)


def headlines(says) -> Figures:
    return Figures("targets", "Metas de la subvención a la fecha de corte", (
        (says.metric("credentials_issued_eligible"), says.show(312, "count"), "meta: 1.584", "at_risk", "1-AAAAAAA"),
        (says.metric("courses_certified"), says.show(27, "count"), "meta: 27", "kept", "1-CCCCCCC"),
        (says.metric("learners_certified_eligible"), says.show(None, "count"), "falta la exportación", "not_assessable",
         "1-DDDDDDD"),
        (says.metric("reduction_supported"), says.euros(Decimal("12345.6")), "", "not_kept", "1-EEEEEEE"),
        (says.metric("online_share"), says.show(Decimal("0.583"), "share"), "declarado: 60 %", "on_track", "1-FFFFFFF"),
    ))


def progress() -> Chart:
    months = ("oct 2025", "nov 2025", "dic 2025", "ene 2026", "feb 2026", "mar 2026")
    return Chart(
        "progress", "Microcredenciales expedidas, acumuladas", "Línea que sube de 0 en octubre a 312 en enero.",
        "lines", months,
        (
            ("Expedidas", BLUE, (0.0, 20.0, 150.0, 312.0, None, None)),
            ("A ritmo constante", TEAL, (100.0, 280.0, 470.0, 650.0, 830.0, 1000.0)),
        ),
        (1584.0, "Meta"),
    )


def funnel() -> Chart:
    return Chart(
        "funnel", "De la solicitud a la credencial", "Barras: 2.000 solicitudes y 1.300 matrículas.", "bars",
        ("Solicitudes", "Matrículas", "Microcredenciales expedidas a personas con derecho", "Lista de espera"),
        (("Matrículas", BLUE, (2000.0, 1300.0, 312.0, None)),), (1584.0, "Meta"),
    )


def offer() -> Chart:
    return Chart(
        "offer", "Modalidad de la oferta", "Barras apiladas: 24 en línea y 16 presenciales en otoño.",
        "stacked", ("Otoño", "Primavera"), (("En línea", BLUE, (24.0, 30.0)), ("Presencial", ORANGE, (16.0, 22.0))),
    )


def indicator() -> Grid:
    columns = (Column("Grupo"), Column("Inicios", "count"), Column("Personas", "count"), Column("Proporción", "share"))
    rows = [
        ("Mujeres", 1200, 1150, Decimal("0.6")), ("Hombres", 800, 770, Decimal("0.4")), ("No consta", None, None, None),
        ("Total", 2000, 1900, None),
    ]
    return Grid(
        "indicator", "Participantes por sexo", Table(columns, rows), ("ci10_participants", "ci10_entries"), True,
        "Fuente: matriculas.csv (cdcdcdcd…)", ("3-BBBBBBB", "3-GGGGGGG", "3-HHHHHHH", "3-JJJJJJJ"),
    )


def money() -> Grid:
    columns = (Column("Microcredencial"), Column("Importe", "EUR"), Column("ECTS", "ECTS"), Column("Estado"))
    amounts = (Decimal("100.10"), Decimal("0.05"), Decimal("1234567.80"))
    sizes = (Decimal("1.5"), Decimal(2), Decimal("12.25"))
    rows = [
        (title, amount, ects, Mark("kept", "Cumplido"))
        for title, amount, ects in zip(TITLES, amounts, sizes, strict=False)
    ]
    total = ("Total", Decimal("1234667.95"), "", "")
    return Grid(
        "money", "Importes por microcredencial", Table(columns, [*rows, total]), ("reduction_supported", "net_fees"),
        True, "Fuente: financiacion.csv",
    )


def register(count: int = 45) -> Grid:
    columns = (
        Column("Código", "code"), Column("Título"), Column("ECTS", "ECTS"), Column("Horas", "hours"),
        Column("Nivel", "count"), Column("CINE-F", "code"), Column("Modalidad"), Column("Lengua"), Column("Centro"),
        Column("Inicio", "day"),
        Column("Fin", "day"), Column("Precio", "EUR"), Column("Plazas", "count"), Column("PDI de la UPV", "share"),
        Column("Estado"),
    )
    rows = [
        (f"0{1000 + number}", TITLES[number % len(TITLES)], Decimal("4.5"), Decimal(45), 6, "0610", "En línea síncrona",
         "Castellano", "Centro de Formación Permanente", date(2025, 11, 3), date(2025, 12, 19), Decimal("330.00"), 30,
         Decimal("0.55") if number % 3 else None, "Finalizada")
        for number in range(count)
    ]
    return Grid("register", "Ediciones de las microcredenciales", Table(columns, rows), (), False,
                "Fuente: catalogo_microcredenciales.csv", tuple(f"5-{number:07d}" for number in range(count)))
