"""Builds written by hand: a few rows a table, everything else at a default that a test does not care about."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.snapshot import Snapshot, take_snapshot
from etl.builds import Build
from etl.publish import publishing

SCHEMA = Path(__file__).parents[2] / "etl" / "schema.sql"
EXPORTS = ("catalogue", "teaching", "enrolments", "endorsements")
DEFAULTS = {
    "edition": {
        "course_id": "100001",
        "edition_number": 1,
        "title": "Curso",
        "modality": "Online",
        "delivery": "online_async",
        "delivery_group": "online",
        "hours": Decimal(20),
        "ects": Decimal(2),
        "starts_on": date(2025, 11, 3),
        "ends_on": date(2025, 12, 19),
        "places": 20,
        "price": Decimal("100.00"),
        "campus": "Vera",
        "centre": "ETSINF",
        "field": "0612",
        "entry_requirement": "open",
        "is_funded": True,
        "is_digital_skills": False,
    },
    "teaching": {"course_id": "100001", "edition_number": 1, "hours": Decimal(10), "staff_type": "upv_academic"},
    "enrolment": {
        "course_id": "100001",
        "edition_number": 1,
        "person_basis": "document",
        "state": "enrolled",
        "gender": "woman",
        "born_on": date(1990, 1, 1),
        "nationality": "ES",
        "residence": "ES",
        "tariff": "general",
        "base_price": Decimal("100.00"),
        "enrolled_on": date(2025, 10, 20),
    },
    "endorsement": {"course_id": "100001", "entity": "Empresa"},
    "funding_line": {"course_id": "100001", "direction": "expense"},
    "rule": {"outcome": "flag", "sentence_es": "Aviso.", "sentence_va": "Avís.", "sentence_en": "Warning."},
    "rejection": {"file_id": "enrolments", "line": 2, "export": "enrolments"},
    "flag": {"file_id": "enrolments", "line": 2, "export": "enrolments"},
    "header": {"file_id": "enrolments"},
    "superseded": {"file_id": "enrolments", "line": 2, "export": "enrolments", "by_row_key": "enrolments-3"},
}


def publish_small_build(
    folder: Path, build_id: str = "20260216T080000Z-00000001", exports: tuple[str, ...] = EXPORTS,
    built_at: datetime = datetime(2026, 2, 16, 8), **tables: list[dict],
) -> Build:
    """A published build with these rows; edition, teaching and enrolment rows may name course_id and edition_number."""
    with publishing(folder) as draft:
        connection = duckdb.connect(str(draft.path))
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        _insert(
            connection,
            "build",
            {
                "build_id": build_id,
                "built_at": built_at,
                "code_version": "test",
                "rules_version": "test",
                "key_id": "test",
                "is_sample": False,
                "newest_event_on": date(2026, 2, 15),
            },
        )
        for export in exports:
            _insert(
                connection,
                "source_file",
                {
                    "file_id": export,
                    "file_name": f"{export}.csv",
                    "export": export,
                    "sha256": export * 8,
                    "size_bytes": 1,
                    "rows_read": 3,
                    "rows_accepted": 3,
                    "rows_rejected": 0,
                    "rows_superseded": 0,
                    "rows_blank": 0,
                    "rows_footer": 0,
                },
            )
        for table, rows in tables.items():
            for number, row in enumerate(rows):
                _insert(connection, table, _complete(table, number, row))
        expected = {table: len(rows) for table, rows in tables.items()}
        connection.close()
        return draft.publish(build_id, expected)


def small_snapshot(folder: Path, as_of: date = date(2026, 2, 15), **tables: list[dict]) -> Snapshot:
    """The tables of a small build at a cut-off."""
    return take_snapshot(publish_small_build(folder, **tables), as_of)


def _complete(table: str, number: int, row: dict) -> dict:
    full = DEFAULTS[table] | row
    if table not in ("rule", "header"):
        full.setdefault("row_key", f"{table}-{number}")
    if table in ("edition", "teaching", "enrolment"):
        full.setdefault("edition_id", f"{full['course_id']}/{full['edition_number']}")
    if table in ("teaching", "enrolment"):
        del full["course_id"], full["edition_number"]
    if table == "teaching":
        full.setdefault("teacher_key", f"teacher-{number}")
    if table == "enrolment":
        full.setdefault("enrolment_id", f"{number:04}")
        full.setdefault("person_key", f"person-{number}")
    return full


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: dict) -> None:
    places = ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({', '.join(row)}) values ({places})", list(row.values()))
