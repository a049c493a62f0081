"""What an attacker has read and concludes, and the whole numbers that every count can be, by an exact solver."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from itertools import product

import highspy

from analytics.privacy import Published, Symbol

MORE = 100.0
WIDE = 3  # four values: as many as "<5" says
# Euros, or how often a fraction fits: what counts nobody.
FREE = "nobody: "
Told = dict[str, object]


def read_manifest_figures(content: bytes) -> Told:
    """{"table/row.column": value} of the manifest."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        figures = json.loads(archive.read("manifest.json"))["figures"]
    return {f"{figure['key']}.{figure['column'] if 'column' in figure else name.partition('.')[2]}": figure["value"]
            for name, figure in figures.items()}


class Knowledge:
    """What the attacker has read, and what it concludes belongs together."""

    def __init__(self, told: Told, truth: Mapping[str, int]) -> None:
        self.told, self.cells, self.relations = told, {}, []
        self.truth, self.unprinted, self.bounds = truth, set(), {}
        self.amount = truth.get("fees/base_price.amount")

    def knows(self, *names: str) -> bool:
        for name in names:
            if name in self.told and isinstance(self.truth.get(name), int):
                self.cells[name] = self.truth[name]
        return all(name in self.cells for name in names)

    def no_more(self, whole: str, *parts: str, exactly: bool = False, rest: str = "") -> None:
        """Parts that exclude each other are no more than their whole; exactly: and nothing else is in it.

        rest: FREE when what is left counts nobody.
        """
        if not self.knows(whole, *parts):
            return
        relation = dict.fromkeys(parts, 1) | {whole: -1}
        left = self.cells[whole] - sum(self.cells[part] for part in parts)
        assert left == 0 or (left > 0 and not exactly), f"the attacker is wrong about {whole}: {parts}"
        if not exactly:
            relation[self.hidden(f"{rest}{whole} - {parts}", left)] = 1
        self.relations.append(relation)

    def hidden(self, name: str, value: int) -> str:
        """A number that is printed nowhere."""
        self.cells[name] = value
        self.unprinted.add(name)
        return name

    def attack(self) -> "Result":
        shown = {name: _read(self.told[name]) for name in self.cells if name not in self.unprinted}
        published = Published(self.cells, self.relations, frozenset(self.unprinted))
        return Result(published, shown, self.bounds)


class Result:
    """The whole numbers that every count can be, worked out by HiGHS, an exact solver in integers."""

    def __init__(self, published: Published, shown: Mapping[str, object], bounds: Mapping[str, tuple]) -> None:
        self.published, self.shown = published, shown
        self.places = {name: place for place, name in enumerate(published.cells)}
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        for name, value in published.cells.items():
            self.solver.addVar(*bounds.get(name, _bounds(value, shown.get(name))))
            self.solver.changeColIntegrality(self.places[name], highspy.HighsVarType.kInteger)
        for relation in published.relations:
            cells = [self.places[name] for name in relation]
            self.solver.addRow(0.0, 0.0, len(cells), cells, [float(by) for by in relation.values()])

    def ranges(self) -> dict[str, tuple[int, int]]:
        """The least and the greatest that each small count can be, as far as WIDE apart; a solution serves them all."""
        small = [name for name, told in self.shown.items() if isinstance(told, Symbol)]
        small += [name for name in self.published.unprinted if not name.startswith(FREE)]
        small = [name for name in small if self.published.cells[name] in range(1, 5)]
        found = {name: (self.published.cells[name],) * 2 for name in small}
        for name, sense in product(small, (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)):
            if found[name][1] - found[name][0] < WIDE:
                solution = self._solve(name, sense)
                for other, (low, high) in found.items():
                    value = round(solution[self.places[other]])
                    found[other] = min(low, value), max(high, value)
        return found

    def _solve(self, name: str, sense: object) -> Sequence[float]:
        self.solver.changeColCost(self.places[name], 1.0)
        self.solver.changeObjectiveSense(sense)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, self.solver.getModelStatus()
        self.solver.changeColCost(self.places[name], 0.0)
        return self.solver.getSolution().col_value


def _bounds(truth: int, told: object) -> tuple[float, float]:
    """A reader is even told which of the hidden are five or more. Nothing is hundreds above the truth."""
    if told is None:
        return 0.0, truth + MORE
    if told == Symbol.SMALL:
        return 1.0, 4.0
    return (5.0 if truth >= 5 else 1.0, truth + MORE) if told == Symbol.HIDDEN else (float(told), float(told))


def _read(value: object) -> object:
    return Symbol(value) if value in tuple(Symbol) else value
