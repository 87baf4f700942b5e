"""The evidence is sound, and every kind of damage to it is found and named."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from moscow_tehran import checks, tables

Rows = list[list[str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(tables.DATA, tmp_path / "data"))


def rewrite(data: Path, name: str, change: Callable[[Rows], None]) -> None:
    path = data / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def set_cell(data: Path, name: str, column: str, value: str, row: int = 2) -> None:
    def change(rows: Rows) -> None:
        rows[row - 1][rows[0].index(column)] = value

    rewrite(data, name, change)


def only(found: list[checks.Problem]) -> checks.Problem:
    assert len(found) == 1, "\n".join(map(str, found)) or "nothing was found"
    return found[0]


def test_the_evidence_is_sound() -> None:
    assert [str(problem) for problem in checks.problems()] == []


#: Cells that are bad by themselves: table, column, value, and what is expected instead.
CELLS = [
    ("trade", "value", "much", "a number"),
    ("trade", "period_start", "2022-13-01", "a date as YYYY-MM-DD"),
    ("trade", "value", "-5", "at least 0"),
    ("trade", "growth_percent", "9000", "at least -100 and at most 2000"),
    ("trade", "flow", "sideways", "one of exports, imports, turnover"),
    ("trade", "partner", "Iran", "text of the form ^[A-Z]{3}$"),
    ("trade", "flow", "", "a value: the column is required"),
    ("trade", "sources", "s-nobody-2020-nothing", "a source_id of sources.csv"),
    ("trade", "credibility", "7", "one of 1, 2, 3, 4, 5, 6"),
    ("sources", "publisher_id", "p-nobody", "a key of table publishers"),
    ("vote_positions", "vote_id", "vo-none", "a key of table votes"),
    ("drone_launches", "complete", "perhaps", "a boolean"),
    ("readings", "row_id", "ev-never", "the key of a row in one of the tables"),
    ("readings", "says", "word " * 30 + "word", "at most 30 words"),
    ("events", "date_end", "1800-01-01", "a day not before date"),
]


def test_bad_cells_are_named_with_their_places(data: Path) -> None:
    """Each in a row of its own, all in one copy: a check takes seconds."""
    for row, (name, column, value, _) in enumerate(CELLS, start=2):
        set_cell(data, name, column, value, row)
    found = {(problem.file, problem.row, problem.column): problem for problem in checks.problems(data)}
    for row, (name, column, value, expected) in enumerate(CELLS, start=2):
        problem = found[f"{name}.csv", row, column]
        assert problem.value == value
        assert expected in problem.expected


#: Columns that contradict each other: table, a row that has this, what is changed in it, and what is expected where.
CONTRADICTIONS = [
    ("trade", {"value_status": "reported"}, {"value": ""}, "value", "a value, or none where"),
    ("trade", {"value_status": "growth-only"}, {"growth_percent": ""}, "growth_percent", "a rate"),
    ("promises", {"status": "pending"}, {"fulfilled_on": "2026-01-01"}, "fulfilled_on", "no date"),
    ("promises", {"status": "pending", "due": ""}, {"status": "overdue"}, "due", "a date not after status_on"),
    ("events", {"status": "alleged"}, {"claimed_by": ""}, "claimed_by", "who claims it"),
    ("events", {"status": "confirmed"}, {"title": " Leading space"}, "title", "no space before or after"),
    ("arms_transfers", {"designation": "Su-24"}, {"delivered": "99"}, "delivered", "at most ordered"),
]


def test_columns_that_contradict_each_other_are_named(data: Path) -> None:
    """Each in a row of its own, all in one copy."""
    changed = set()
    for name, where, changes, *_ in CONTRADICTIONS:

        def change(rows: Rows, where: dict[str, str] = where, changes: dict[str, str] = changes) -> None:
            place = rows[0].index
            row = next(
                row for row in rows[1:]
                if row[0] not in changed and all(row[place(key)] == value for key, value in where.items())
            )  # fmt: skip
            changed.add(row[0])
            for key, value in changes.items():
                row[place(key)] = value

        rewrite(data, name, change)
    found = checks.problems(data)
    for name, _, _, column, expected in CONTRADICTIONS:
        problem = only([one for one in found if (one.file, one.column) == (f"{name}.csv", column)])
        assert expected in problem.expected


def test_a_source_named_twice_and_a_reading_of_another_row_are_named(data: Path) -> None:
    first = tables.table("corridor")["sources"].iloc[0].split(";")[0]
    set_cell(data, "corridor", "sources", f"{first};{first}")
    other = next(source for source in tables.table("sources")["source_id"] if source != first)
    set_cell(data, "rechecks", "source_id", other)
    found = [(problem.file, problem.expected) for problem in checks.problems(data)]
    assert ("corridor.csv", "each source once") in found
    assert any(file == "rechecks.csv" and expected.startswith("one of the sources") for file, expected in found)


def test_columns_in_another_order_and_unknown_ones_are_named(data: Path) -> None:
    rewrite(data, "corridor", lambda rows: [row.insert(0, row.pop()) for row in rows] and None)
    assert "in the order" in only(checks.problems(data)).expected
    rewrite(data, "corridor", lambda rows: [row.append("x") for row in rows] and None)
    assert "unknown column" in {problem.value for problem in checks.problems(data)}


def test_a_package_that_frictionless_refuses_is_named(data: Path) -> None:
    package = (data / "datapackage.json").read_text("utf-8")
    (data / "datapackage.json").write_text(package.replace('"created": "2026', '"created": "in 2026', 1), "utf-8")
    assert only(checks.problems(data)).file == "datapackage.json"


def test_the_command_prints_problems_and_fails(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.main() == 0
    set_cell(data, "trade", "flow", "sideways")
    found = checks.problems(data)
    monkeypatch.setattr(checks, "problems", lambda: found)
    assert checks.main() == 1
    told = capsys.readouterr().err
    assert "data/trade.csv, row 2, column flow: 'sideways'; expected one of exports, imports, turnover" in told


def test_a_missing_column_is_named(data: Path) -> None:
    def drop(rows: Rows) -> None:
        place = rows[0].index("partner")
        for row in rows:
            del row[place]

    rewrite(data, "trade", drop)
    problem = only(checks.problems(data))
    assert (problem.file, problem.row, problem.column, problem.value) == ("trade.csv", 1, "partner", "missing column")


def test_a_duplicate_key_is_named_once(data: Path) -> None:
    first = tables.table("corridor")["corridor_id"].iloc[0]
    set_cell(data, "corridor", "corridor_id", first, row=3)
    problem = next(p for p in checks.problems(data) if p.file == "corridor.csv")
    assert (problem.row, problem.column, problem.value) == (3, "corridor_id", first)
    assert problem.expected == "a key that no other row has"


def test_a_key_of_another_table_is_named(data: Path) -> None:
    package = (data / "datapackage.json").read_text("utf-8")
    (data / "datapackage.json").write_text(package.replace('"^co-[a-z0-9]+(-[a-z0-9]+)*$"', '"^[a-z].*$"'), "utf-8")
    other = tables.table("trade")["trade_id"].iloc[0]
    set_cell(data, "corridor", "corridor_id", other)
    assert any("unique across all tables" in problem.expected for problem in checks.problems(data))


def test_text_that_is_not_utf8_is_named(data: Path) -> None:
    path = data / "events.csv"
    path.write_bytes(path.read_bytes() + "1,\xe9".encode("latin-1"))
    problem = only(checks.problems(data))
    assert problem.file == "events.csv"
    assert problem.row == len(path.read_bytes().splitlines())
    assert problem.expected == "text in UTF-8"


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_is_named(data: Path, content: bytes) -> None:
    (data / "promises.csv").write_bytes(content)
    assert (
        str(only(checks.problems(data)))
        == "data/promises.csv: 'empty file'; expected a header row and at least one row"
    )


def test_a_table_without_rows_is_named(data: Path) -> None:
    rewrite(data, "promises", lambda rows: rows.__delitem__(slice(1, None)))
    assert only(checks.problems(data)).value == "no rows"


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "votes.csv").unlink()
    assert only(checks.problems(data)).value == "no such file"


def test_an_event_whose_source_says_nothing_is_named(data: Path) -> None:
    event = tables.table("readings").loc[lambda frame: frame["row_id"].str.startswith("ev-")].iloc[0]
    rewrite(data, "readings", lambda rows: rows.remove(next(row for row in rows if row[0] == event["reading_id"])))
    problem = only(checks.problems(data))
    assert (problem.file, problem.value) == ("events.csv", event["source_id"])
    assert event["row_id"] in problem.expected


def test_every_code_is_defined_and_every_definition_used() -> None:
    package = tables.package()
    used = set()
    for name in tables.names():
        for field in tables.fields(name):
            if "codes" in field:
                used.add(field["codes"])
                assert [str(code) for code in field["constraints"]["enum"]] == list(package["codes"][field["codes"]])
    assert used == set(package["codes"])


def test_every_source_carries_some_row_or_is_cited() -> None:
    """A source that nothing rests on was entered for nothing."""
    root = tables.DATA.parent
    carried = set(tables.table("readings")["source_id"])
    for name in tables.names():
        if any(field.get("references") == "sources" and field.get("separator") for field in tables.fields(name)):
            carried |= set(tables.source_ids(tables.table(name)["sources"]))
    text = "".join(
        path.read_text("utf-8")
        for path in [*root.glob("*.md"), *root.glob("chapters/*.md"), *root.glob("notebooks/*.md")]
    )
    idle = [source for source in tables.table("sources")["source_id"] if source not in carried and source not in text]
    assert idle == []
