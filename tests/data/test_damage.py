"""Of a thousand cells damaged at random, every broken key, date, number, code and source is found, and most others."""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from moscow_tehran import checks, tables

DAMAGES, BATCH = 1000, 125
Field = dict[str, Any]


@dataclass(frozen=True)
class Damage:
    """One cell that an accident changed."""

    kind: str
    name: str
    row: int
    column: str
    before: str
    after: str

    def found_by(self, problem: checks.Problem) -> bool:
        """Whether a problem points at this cell: at its row, or, where another row points to it, at its old value."""
        at_row = problem.file == f"{self.name}.csv" and problem.row == self.row
        # A key given twice is named where it stands second; one that is gone, where another row points to it.
        return at_row or ("key" in self.kind and problem.value in (self.before, self.after) and problem.value != "")


def swap_characters(text: str, chance: random.Random) -> str:
    """A slip of the hand: two neighbours change places, in a key mostly so that another word comes out."""
    place = chance.randrange(len(text) - 1)
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return swapped if swapped != text else text + "x"


# What people and spreadsheets do to cells, by what the cell holds. Each of these breaks it.
ACCIDENTS: dict[str, list[Callable[[str, random.Random], str]]] = {
    "key": [
        lambda text, _: "",
        lambda text, _: text.upper(),
        lambda text, _: text.replace("-", "_", 2),
        lambda text, chance: chance.choice([key for key in keys if key != text and key[:3] == text[:3]]),
    ],
    "reference": [lambda text, _: text + "x", swap_characters],
    "source": [
        lambda text, _: text.replace(";", ",") + "," if ";" in text else text + ",",
        lambda text, _: text + "-2",
        lambda text, _: f"{text};{text.split(';')[0]}",
        swap_characters,
    ],
    "date": [
        lambda text, _: f"{text[8:]}.{text[5:7]}.{text[:4]}",
        lambda text, _: f"{text[:4]}-13-{text[8:]}",
        lambda text, _: f"{text[:2]}{int(text[0]) + 5}{text[3:]}",
        lambda text, _: text[:7],
        lambda text, _: "soon",
    ],
    "number": [
        lambda text, _: text.replace(".", ",") if "." in text else text + ",0",
        lambda text, _: "-" + text.lstrip("-") + "%",
        lambda text, _: text + " m",
        lambda text, _: "n/a",
    ],
    "code": [lambda text, _: text.capitalize() + " ", lambda text, _: text + "s", swap_characters],
    "text": [
        lambda text, chance: text[: chance.randrange(1, max(2, len(text)))],
        lambda text, _: f"{text} {text} {text}",
        lambda text, _: text.replace("’", "â€™") if "’" in text else text + " Ã©",
        lambda text, _: text.replace(" ", "\n", 1) if " " in text else text + "\n",
        lambda text, _: " " + text,
        swap_characters,
    ],
}
# What leaves a cell that could be right: checks cannot be asked to find all of it.
POSSIBLE: dict[str, tuple[str, Callable[[str, random.Random], str]]] = {
    "key": ("slip in a key", swap_characters),
    "date": ("next day", lambda text, _: (date.fromisoformat(text) + timedelta(days=1)).isoformat()),
    "number": ("wrong digit", lambda text, _: text[:-1] + str((int(text[-1]) + 1) % 10)),
    "code": ("emptied", lambda text, _: ""),
    "text": ("emptied", lambda text, _: ""),
    "source": ("emptied", lambda text, _: ""),
    "reference": ("emptied", lambda text, _: ""),
}
BROKEN = ("key", "reference", "source", "date", "number", "code")
ONE_IN = 6  # of the damages is of the second sort


def kind_of(name: str, field: Field) -> str:
    if field["name"] == tables.key(name):
        return "key"
    if field.get("references") == "sources" and "separator" in field:
        return "source"
    if field.get("references"):
        return "reference"
    if "codes" in field or field["type"] == "boolean":
        return "code"
    return {"date": "date", "integer": "number", "number": "number"}.get(field["type"], "text")


def damages(chance: random.Random) -> Iterator[Damage]:
    """Choose cells at random among all that hold something, and an accident for each."""
    cells = []
    for name in tables.names():
        fields = {field["name"]: kind_of(name, field) for field in tables.fields(name)}
        with (tables.DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                cells += [(name, number, column, kind) for column, kind in fields.items() if row[column]]
                contents[name, number] = row
                keys.append(row[tables.key(name)])
    for name, number, column, kind in chance.sample(cells, DAMAGES):
        before = contents[name, number][column]
        if chance.randrange(ONE_IN) == 0:
            kind, change = POSSIBLE[kind]
        else:
            change = chance.choice(
                [change for change in ACCIDENTS[kind] if len(before) > 1 or change is not swap_characters]
            )
        yield Damage(kind, name, number, column, before, change(before, chance))


keys: list[str] = []
contents: dict[tuple[str, int], dict[str, str]] = {}


def batches(found: list[Damage]) -> Iterator[list[Damage]]:
    """Spread damages over copies of the evidence, none twice in a row, so that none is found by another's trace."""
    waiting = list(found)
    while waiting:
        batch, rows, rest = [], set(), []
        for damage in waiting:
            fits = len(batch) < BATCH and (damage.name, damage.row) not in rows
            (batch if fits else rest).append(damage)
            rows.add((damage.name, damage.row))
        yield batch
        waiting = rest


def test_damage_is_found(tmp_path: Path) -> None:
    made = list(damages(random.Random(20261122)))
    assert len(made) == DAMAGES
    caught: dict[str, Counter[bool]] = defaultdict(Counter)
    missed: list[Damage] = []
    for batch in batches(made):
        data = tmp_path / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(tables.DATA, data)
        for name in {damage.name for damage in batch}:
            with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            for damage in (damage for damage in batch if damage.name == name):
                rows[damage.row - 1][rows[0].index(damage.column)] = damage.after
            with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        problems = checks.problems(data)
        for damage in batch:
            found = any(damage.found_by(problem) for problem in problems)
            caught[damage.kind][found] += 1
            if not found:
                missed.append(damage)
    for kind, counts in sorted(caught.items()):
        print(f"{kind:14} {counts[True]:4} of {counts.total():4} found")
    overall = sum(counts[True] for counts in caught.values()) / DAMAGES
    print(f"{'all':14} {overall:.1%}")
    unseen = [damage for damage in missed if damage.kind in BROKEN]
    assert unseen == [], "\n".join(map(str, unseen))
    assert overall >= 0.8
