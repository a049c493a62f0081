"""A pandas pipeline as an analyst would write it: the enrolments typed, pseudonymised, held against our rules."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from benchmarks.pandas_rules import OF_ACCEPTED_ROWS, OF_READ_ROWS, Rule

ENROLMENTS, CATALOGUE = "matriculas.csv", "catalogo_microcredenciales.csv"
DATES = {
    "FECHA_NAC": "born_on", "FECHA_SOLICITUD": "applied_on", "FECHA_MATRICULA": "enrolled_on", "FECHA_PAGO": "paid_on",
    "FECHA_ANULACION": "cancelled_on", "FECHA_ESTADO": "state_on", "FECHA_CERTIFICADO": "certified_on",
}  # fmt: skip
NUMBERS = {
    "PRECIO_BASE": "base_price", "PCT_REDUCCION": "reduction_rate", "IMPORTE_REDUCCION": "reduction_amount",
    "IMPORTE_A_PAGAR": "amount_due", "IMPORTE_PAGADO": "amount_paid", "ASISTENCIA_PCT": "attendance",
}  # fmt: skip
WORDS = {
    "SEXO": ("gender", {"M": "woman", "H": "man", "NB": "non_binary", "NC": None}),
    "TARIFA": ("tariff", {"General": "general", "Microcreds 70 %": "microcreds_70", "Reducida (100 %)": "reduced_100",
                          "Colectivo": "group"}),
    "ESTADO": ("state", {"Preinscrito": "preregistered", "Admitido": "admitted", "Lista de espera": "waiting_list",
                         "Pendiente de pago": "payment_pending", "Matriculado": "enrolled", "Anulada": "cancelled",
                         "Baja": "withdrawn", "Devuelta": "refunded", "Curso anulado": "course_cancelled"}),
    "RESULTADO": ("result", {"Apto": "passed", "No apto": "failed", "No presentado": "not_presented"}),
}  # fmt: skip
REQUIRED = ("enrolment_id", "course_id", "state")
CANCELLATIONS = ("cancelled", "withdrawn", "refunded", "course_cancelled")
PERSON = ["NUM_DOC", "LETRA", "TIPO_DOC", "ID_ALUMNO"]
LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
EDITION = ["course_id", "edition_number"]
KEY = b"of a benchmark"

Broken = dict[str, pd.Index]  # rule -> lines


def load_pandas(exports: Path, target: Path) -> Broken:
    """Writes the accepted enrolments, and which lines break which rule. One spelling of each cell is understood."""
    sent = read(exports / ENROLMENTS)
    duplicates = sent.index[sent.duplicated(keep="last")]
    rows, broken = type_cells(sent)
    del sent
    broken["row_is_a_duplicate"] = duplicates
    rows = place(rows.drop(index=duplicates), read(exports / CATALOGUE))
    age_rule = "an_age_is_between_10_and_110"
    broken |= apply(rows, {age_rule: OF_READ_ROWS[age_rule]})
    rows.loc[broken[age_rule], "born_on"] = pd.NaT
    rows["birth_was_emptied"] = rows.index.isin(broken[age_rule])
    broken |= apply(rows, {name: rule for name, rule in OF_READ_ROWS.items() if name != age_rule})
    accepted, newest = settle(rows, broken)
    broken |= apply(newest, OF_ACCEPTED_ROWS)
    target.mkdir()
    newest.to_parquet(target / "enrolment.parquet")
    reasons = pd.concat([pd.DataFrame({"line": lines, "rule": rule}) for rule, lines in broken.items()])
    reasons.to_parquet(target / "reason.parquet")
    broken["a_later_state_replaces_it"] = accepted.index.difference(newest.index)
    return broken


def read(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    rows.index += 2
    return rows


def type_cells(sent: pd.DataFrame) -> tuple[pd.DataFrame, Broken]:
    """Every cell read, and the lines with one that cannot be."""
    rows, broken = {"enrolment_id": sent["ID_MATRICULA"], "course_id": sent["ID_CURSO"]}, {}
    for header, name in DATES.items():
        rows[name] = read_dates(sent[header])
    for header, name in NUMBERS.items():
        rows[name] = read_numbers(sent[header])
    rows["reduction_rate"] = rows["reduction_rate"].where(rows["reduction_rate"] <= 1, rows["reduction_rate"] / 100)
    for header, (name, words) in WORDS.items():
        rows[name] = sent[header].map(words).astype("category")
        broken[f"{name} is unknown"] = sent.index[~sent[header].isin(["", *words])]
    for header, name in (DATES | NUMBERS).items():
        broken[f"{name} cannot be read"] = sent.index[(sent[header] != "") & rows[name].isna()]
    rows["edition_was_empty"] = sent["EDICION"] == ""
    rows["edition_number"] = pd.to_numeric(sent["EDICION"].replace("", "1"), errors="coerce")
    rows["province"] = sent["CP"].str[:2].where(sent["CP"].str.fullmatch(r"\d{5}"))
    for header in ("NACIONALIDAD", "PAIS_RESIDENCIA", "NIVEL_ESTUDIOS", "SITUACION_LABORAL"):
        rows[header] = sent[header].astype("category")
    people = [identify(*person) for person in zip(*(sent[header] for header in PERSON), strict=True)]
    rows["person_key"] = [key for key, _ in people]
    broken["document is doubtful"] = sent.index[[is_doubtful for _, is_doubtful in people]]
    typed = pd.DataFrame(rows)
    for name in REQUIRED:
        broken[f"{name} is missing"] = typed.index[typed[name].isna() | (typed[name] == "")]
    return typed, broken


def read_dates(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts, format="%d/%m/%Y", errors="coerce")


def read_numbers(texts: pd.Series) -> pd.Series:
    plain = texts.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    return pd.to_numeric(plain, errors="coerce")


def identify(document: str, letter: str, kind: str, learner: str) -> tuple[str, bool]:
    """The keyed hash of a person, and whether the document is none, foreign, or has the wrong letter."""
    number = "".join(sign for sign in (document + letter).upper() if sign.isalnum())
    digits = number[:-1].replace("X", "0", 1).replace("Y", "1", 1).replace("Z", "2", 1)
    is_right = kind in ("NIF", "NIE") and digits.isdecimal() and number[-1] == LETTERS[int(digits) % 23]
    return hmac.new(KEY, (number or learner).encode(), hashlib.sha256).hexdigest()[:32], not is_right


def place(rows: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    """Each row beside its edition, with what the rules compare."""
    editions = pd.DataFrame({
        "course_id": catalogue["ID_CURSO"],
        "edition_number": pd.to_numeric(catalogue["EDICION"].replace("", "1"), errors="coerce"),
        "starts_on": read_dates(catalogue["FECHA_INICIO"]),
        "edition_price": read_numbers(catalogue["PRECIO"]),
        "edition_is_cancelled": (catalogue["FECHA_ANULADO"] != "") | (catalogue["ESTADO"] == "Anulado"),
        "edition_is_known": True,
    })  # fmt: skip
    editions["course_has_several"] = editions.duplicated("course_id", keep=False)
    rows["course_id"] = mend_codes(rows["course_id"], editions["course_id"])
    rows = rows.reset_index(names="line").merge(editions, on=EDITION, how="left").set_index("line")
    for name in ("edition_is_known", "edition_is_cancelled", "course_has_several"):
        rows[name] = rows[name].eq(True)
    born, starts = rows["born_on"].dt, rows["starts_on"].dt
    is_before = (starts.month < born.month) | ((starts.month == born.month) & (starts.day < born.day))
    rows["age"] = starts.year - born.year - is_before
    rows["today"] = pd.Timestamp(date.today())
    rows["is_cancellation"] = rows["state"].isin(CANCELLATIONS)
    rows["reached_enrolled"] = (rows["state"] == "enrolled") | (rows["is_cancellation"] & rows["enrolled_on"].notna())
    rows["price_in_force"] = rows["base_price"].fillna(rows["edition_price"])
    rows["reduction_by_rate"] = (rows["reduction_rate"] * rows["price_in_force"]).round(2)
    rows["applied_reduction"] = rows["reduction_amount"].fillna(rows["reduction_by_rate"])
    rows["residual"] = rows["base_price"] - rows["applied_reduction"].fillna(0) - rows["amount_due"]
    return rows


def mend_codes(codes: pd.Series, known: pd.Series) -> pd.Series:
    """A code that lost its zeros is the only course that it fits."""
    courses = pd.Series(known.unique())
    by_digits = courses[~courses.str.lstrip("0").duplicated(keep=False)]
    mended = codes.str.lstrip("0").map(dict(zip(by_digits.str.lstrip("0"), by_digits, strict=True)))
    return codes.where(codes.isin(courses) | mended.isna(), mended)


def apply(rows: pd.DataFrame, rules: Mapping[str, Rule]) -> Broken:
    return {name: rows.index[rule.breaks(rows)] for name, rule in rules.items()}


def settle(rows: pd.DataFrame, broken: Broken) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that no rule rejects, and of those the newest state of each enrolment."""
    decisive = [name for name, rule in OF_READ_ROWS.items() if rule.outcome == "reject"]
    decisive += [*(f"{name} is missing" for name in REQUIRED), "state is unknown"]
    rejected = rows.index[rows.index.isin([line for name in decisive for line in broken[name]])]
    rejected_ids = set(rows.loc[rejected, "enrolment_id"])
    accepted = rows.drop(index=rejected)
    by_state = accepted.sort_values("state_on", kind="stable", na_position="first").groupby("enrolment_id")
    newest = accepted.loc[accepted.index.isin(by_state.tail(1).index)].copy()
    newest["has_another_person"] = newest["enrolment_id"].map(by_state["person_key"].nunique() > 1)
    newest["has_a_rejected_state"] = newest["enrolment_id"].isin(rejected_ids)
    return accepted, newest
