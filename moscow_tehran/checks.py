"""Check the evidence before anything is built from it.

Frictionless checks each table against ``datapackage.json`` (structure, types, constraints, keys, foreign keys). The
rules that its schema language cannot say are checked here: lists of sources, readings, keys that are unique across all
tables, order of dates, lengths in words. Every problem names file, row, column, value, and what was expected.

``python -m moscow_tehran.checks`` prints the problems and exits 1 if there are any.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from moscow_tehran import tables

# Tables whose every source must have said something that is written down.
TABLES_WITH_READINGS = ("events", "promises", "mediation", "claims")
DATE_ORDER = {
    "contact_counts": [("date_from", "date_to")],
    "events": [("date", "date_end")],
    "crises": [("date_start", "date_end")],
    "enriched_uranium": [("reference_date", "report_date")],
    "exercises": [("date_start", "date_end")],
    "expectations": [("said_on", "resolves_on"), ("said_on", "outcome_on")],
    "forecasts": [("made_on", "resolves_on")],
    "ladder": [("period_start", "period_end")],
    "mediation": [("date", "response_on")],
    "trade": [("period_start", "period_end")],
    "corridor": [("period_start", "period_end")],
    "promises": [("promised_on", "status_on"), ("promised_on", "due"), ("promised_on", "fulfilled_on")],
    "sources": [("published", "read_on")],
}
# What a text in the wrong encoding looks like once it has been read as another: "Ã©", "â€™", "Ð¸", the sign for
# unreadable; and what no cell should hold.
DAMAGED_TEXT = re.compile("[ÃÂÐÑ][\u0080-\u00ff]|â€|\ufffd|  |[\x00-\x1f]")
SENTENCES = re.compile(r"[A-ZА-ЯЁ0-9“\"'(«$].*[.!?][)”\"»]?", re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the evidence. ``row`` counts lines of the file, the header being line 1."""

    file: str
    row: int | None
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = f"data/{self.file}"
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.value!r}; expected {self.expected}"


def _fields_by_name(name: str, data: Path) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in tables.fields(name, data)}


def _unreadable(data: Path) -> Iterator[Problem]:
    """What keeps a file from being read as a table at all."""
    for name in tables.names(data):
        file = tables.resource(name, data)["path"]
        path = data / file
        if not path.exists():
            yield Problem(file, None, "", "no such file", f"a CSV file, as datapackage.json describes {name}")
            continue
        raw = path.read_bytes()
        if not raw.strip():
            yield Problem(file, None, "", "empty file", "a header row and at least one row")
            continue
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            row = raw[: error.start].count(b"\n") + 1
            yield Problem(file, row, "", repr(raw[error.start : error.end]), "text in UTF-8")
            continue
        header = next(csv.reader(text.splitlines()))
        expected = [field["name"] for field in tables.fields(name, data)]
        for column in expected:
            if column not in header:
                yield Problem(file, 1, column, "missing column", f"the columns {', '.join(expected)}")
        for column in header:
            if column not in expected:
                yield Problem(file, 1, column, "unknown column", f"the columns {', '.join(expected)}")
        if set(header) == set(expected) and header != expected:
            yield Problem(file, 1, "", ",".join(header), f"the columns in the order {', '.join(expected)}")
        if len(text.splitlines()) < 2:
            yield Problem(file, None, "", "no rows", "at least one row")


def _expectation(error: Any, field: dict[str, Any]) -> str:
    constraints = field.get("constraints", {})
    match error.type:
        case "type-error":
            return f"a {field['type']}" + (" as YYYY-MM-DD" if field["type"] == "date" else "")
        case "unique-error" | "primary-key":
            return "a key that no other row has"
        case "foreign-key":
            return f"a key of table {error.reference_name}"
    if not error.to_dict().get("cell"):
        return "a value: the column is required"
    if "enum" in constraints:
        return "one of " + ", ".join(str(code) for code in constraints["enum"])
    if "pattern" in constraints:
        return f"text of the form {constraints['pattern']}"
    limits = [
        f"{word} {constraints[name]}"
        for name, word in (("minimum", "at least"), ("maximum", "at most"))
        if name in constraints
    ]
    return " and ".join(limits) or error.note


def _against_schema(data: Path) -> Iterator[Problem]:
    """What Frictionless finds."""
    from frictionless import FrictionlessException, Package, system

    try:
        with system.use_context(trusted=True):
            report = Package(str(data / "datapackage.json")).validate()
    except FrictionlessException as broken:
        yield Problem("datapackage.json", None, "", str(broken.error.note), "a valid data package")
        return
    for error in report.errors:
        yield Problem("datapackage.json", None, "", error.note, "a valid data package")
    seen: set[tuple[str, int | None, str]] = set()
    for task in report.tasks:
        by_name = _fields_by_name(task.name, data)
        for error in task.errors:
            detail = error.to_dict()
            column = detail.get("fieldName") or (detail.get("fieldNames") or [""])[0]
            row = detail.get("rowNumber")
            # A duplicate key breaks two rules, primary key and uniqueness: say it once.
            if (task.place, row, column) in seen:
                continue
            seen.add((task.place, row, column))
            value = detail["cell"] if "cell" in detail else ", ".join(detail.get("fieldCells") or detail["cells"][:1])
            yield Problem(Path(task.place).name, row, column, value or "", _expectation(error, by_name.get(column, {})))


Rows = dict[str, list[tuple[int, dict[str, str]]]]


def _beyond_schema(data: Path) -> Iterator[Problem]:
    """The rules that a table schema cannot say."""
    rows = {name: _rows(name, data) for name in tables.names(data)}
    yield from _keys(rows, data)
    yield from _cells(rows, data)
    yield from _sources(rows, data)
    yield from _key_forms(rows, data)
    yield from _meaning(rows)


def _keys(rows: Rows, data: Path) -> Iterator[Problem]:
    """Keys are unique across all tables; what points to a row of any table points to one that is there."""
    owner: dict[str, str] = {}
    for name, found in rows.items():
        column = tables.key(name, data)
        for number, row in found:
            if owner.setdefault(row[column], name) != name:
                expected = f"a key unique across all tables; {owner[row[column]]}.csv has it too"
                yield Problem(f"{name}.csv", number, column, row[column], expected)
    for name, found in rows.items():
        pointing = [field for field in tables.fields(name, data) if field.get("references") == "*"]
        for number, row in found:
            for field in pointing:
                cell = row[field["name"]]
                parts = cell.split(field["separator"]) if cell and "separator" in field else [cell]
                for part in parts:
                    if part not in owner and (part or field.get("constraints", {}).get("required")):
                        expected = "the key of a row in one of the tables"
                        yield Problem(f"{name}.csv", number, field["name"], part, expected)


def _cells(rows: Rows, data: Path) -> Iterator[Problem]:
    """Lengths in words, stray spaces, order of dates."""
    for name, found in rows.items():
        by_name = _fields_by_name(name, data)
        for number, row in found:
            for column, field in by_name.items():
                if "maxWords" in field and len(row[column].split()) > field["maxWords"]:
                    yield Problem(f"{name}.csv", number, column, row[column], f"at most {field['maxWords']} words")
                if row[column] != row[column].strip():
                    yield Problem(f"{name}.csv", number, column, row[column], "no space before or after the text")
                elif DAMAGED_TEXT.search(row[column]):
                    expected = "text in one line, single spaces, and no sign of a wrong encoding"
                    yield Problem(f"{name}.csv", number, column, row[column], expected)
                elif field.get("sentences") and row[column] and not SENTENCES.fullmatch(row[column]):
                    yield Problem(f"{name}.csv", number, column, row[column], "whole sentences")
            for first, second in DATE_ORDER.get(name, []):
                if row[first] and row[second] and row[second] < row[first]:
                    expected = f"a day not before {first} ({row[first]})"
                    yield Problem(f"{name}.csv", number, second, row[second], expected)


def _sources(rows: Rows, data: Path) -> Iterator[Problem]:
    """Every source named exists, once a row, and has said something where it must; readings belong to their rows."""
    known = {row["source_id"] for _, row in rows["sources"]}
    read = {(row["row_id"], row["source_id"]) for _, row in rows["readings"]}
    named: dict[str, set[str]] = {}
    for name, found in rows.items():
        if "sources" not in _fields_by_name(name, data):
            continue
        for number, row in found:
            key = row[tables.key(name, data)]
            parts = row["sources"].split(";") if row["sources"] else []
            named[key] = set(parts)
            if len(parts) != len(named[key]):
                yield Problem(f"{name}.csv", number, "sources", row["sources"], "each source once")
            for part in parts:
                if part not in known:
                    yield Problem(f"{name}.csv", number, "sources", part, "a source_id of sources.csv")
                elif name in TABLES_WITH_READINGS and (key, part) not in read:
                    expected = f"a row of readings.csv that says what it tells about {key}"
                    yield Problem(f"{name}.csv", number, "sources", part, expected)
    for name in ("readings", "rechecks"):
        for number, row in rows[name]:
            if row["row_id"] in named and row["source_id"] not in named[row["row_id"]]:
                expected = f"one of the sources that {row['row_id']} names"
                yield Problem(f"{name}.csv", number, "source_id", row["source_id"], expected)


# Members with a vote; the Assembly has grown with the United Nations.
MEMBERS = {"unsc": 15, "iaea-board": 35, "hrc": 47, "unga": 193}
LEAST_YES = 9  # of the fifteen members of the Security Council


def _key_forms(rows: Rows, data: Path) -> Iterator[Problem]:
    """A key says what its row says: ``keyForm`` in the package gives the columns whose values it begins with."""
    for name, found in rows.items():
        form = tables.resource(name, data).get("keyForm")
        if not form:
            continue
        by_name = _fields_by_name(name, data)
        # A key of another table stands in a key without its prefix.
        pointing = [column for column, field in by_name.items() if field.get("references") and "separator" not in field]
        for number, row in found:
            values = {column: cell.lower() for column, cell in row.items()}
            values |= {column: values[column].partition("-")[2] for column in pointing}
            if not row[tables.key(name, data)].startswith(form.format_map(values)):
                expected = f"a key that begins {form.format_map(values)}, as the row's other columns say"
                yield Problem(f"{name}.csv", number, tables.key(name, data), row[tables.key(name, data)], expected)


def _number(cell: str) -> float | None:
    """Return a cell as a number; nothing where it is none, which the schema reports."""
    try:
        return float(cell)
    except ValueError:
        return None


def _meaning(rows: Rows) -> Iterator[Problem]:
    """What columns mean together."""
    published = {row["source_id"]: row["published"] for _, row in rows["sources"]}
    for number, row in rows["events"]:
        told = [published.get(source, "") for source in row["sources"].split(";")]
        if row["status"] in ("alleged", "contested") and not row["claimed_by"]:
            yield Problem("events.csv", number, "claimed_by", "", f"who claims it, as status is {row['status']}")
        if bool(row["spoken_by"]) != bool(row["office"]):
            yield Problem(
                "events.csv", number, "office", row["office"], "an office if spoken_by names someone, only then"
            )
        if all(told) and max(told) < row["date"]:
            yield Problem("events.csv", number, "date", row["date"], f"a day not after its last source ({max(told)})")
    for number, row in rows["trade"]:
        if bool(row["value"]) == (row["value_status"] in ("growth-only", "not-found")):
            expected = f"a value, or none where value_status is growth-only or not-found ({row['value_status']})"
            yield Problem("trade.csv", number, "value", row["value"], expected)
        if row["value_status"] == "growth-only" and not row["growth_percent"]:
            yield Problem("trade.csv", number, "growth_percent", "", "a rate, as value_status is growth-only")
    for number, row in rows["promises"]:
        if row["fulfilled_on"] and row["status"] not in ("fulfilled", "partly"):
            expected = f"no date, as status is {row['status']}"
            yield Problem("promises.csv", number, "fulfilled_on", row["fulfilled_on"], expected)
        if row["status"] == "overdue" and not (row["due"] and row["due"] <= row["status_on"]):
            yield Problem("promises.csv", number, "due", row["due"], "a date not after status_on, as status is overdue")
    yield from _numbers(rows)
    yield from _coding(rows)


def _numbers(rows: Rows) -> Iterator[Problem]:
    """Numbers of one row that bound each other."""
    for name, less, more in (
        ("arms_transfers", "delivered", "ordered"),
        ("arms_transfers", "first_delivery_year", "last_delivery_year"),
        ("drone_launches", "drones_destroyed", "drones_launched"),
        ("drone_launches", "drones_not_reached", "drones_launched"),
        ("enriched_uranium", "u60_kg", "total_kg"),
        ("ideal_points", "low", "ideal_point"),
        ("ideal_points", "ideal_point", "high"),
    ):
        for number, row in rows[name]:
            low, high = _number(row[less]), _number(row[more])
            # Kits assembled under licence are counted beyond the order for whole weapons.
            licensed = row.get("licensed_production") == "true" and more == "ordered"
            if low is not None and high is not None and low > high and not licensed:
                yield Problem(f"{name}.csv", number, less, row[less], f"at most {more} ({row[more]})")
    for number, row in rows["votes"]:
        cast = [_number(row[column]) or 0 for column in ("yes", "no", "abstain", "absent")]
        if sum(cast) > MEMBERS.get(row["body"], sum(cast)):
            expected = f"with no, abstain and absent at most {MEMBERS[row['body']]} members"
            yield Problem("votes.csv", number, "yes", row["yes"], expected)
        if row["body"] == "unsc" and (cast[0] >= LEAST_YES) == (row["outcome"] == "too-few-votes"):
            expected = f"an outcome that {row['yes']} votes in favour allow; {LEAST_YES} are needed"
            yield Problem("votes.csv", number, "outcome", row["outcome"], expected)


def _near(first: str, second: str, days: int) -> bool:
    """Whether two days are close; so taken where one is no day, which the schema reports."""
    try:
        return abs((date.fromisoformat(first) - date.fromisoformat(second)).days) <= days
    except ValueError:
        return True


DAYS_OF_ASKING = 30


def _coding(rows: Rows) -> Iterator[Problem]:
    """Crises follow their rule; a level rests on something; each unit is coded by both coders."""
    for number, row in rows["crises"]:
        if (row["included"] == "true") != (row["asked"] == "true"):
            yield Problem("crises.csv", number, "included", row["included"], f"the same as asked ({row['asked']})")
        if (row["asked"] == "true") != bool(row["asked_on"]):
            yield Problem("crises.csv", number, "asked_on", row["asked_on"], "a day if asked is true, and none if not")
        elif row["asked_on"] and not _near(row["asked_on"], row["date_start"], DAYS_OF_ASKING):
            expected = (
                f"a day within {DAYS_OF_ASKING} days of date_start ({row['date_start']}), as the rule of the table says"
            )
            yield Problem("crises.csv", number, "asked_on", row["asked_on"], expected)
    for name, column, codes in (("crisis_actions", "evidence", ("found",)), ("ladder", "met", ("met",))):
        for number, row in rows[name]:
            if row[column] in codes and not row["rows"] and not row["sources"]:
                expected = f"rows or sources that show it, as {column} is {row[column]}"
                yield Problem(f"{name}.csv", number, "rows", "", expected)
    unsure = {row["event_id"] for _, row in rows["events"] if row["status"] != "confirmed"}
    for number, row in rows["ladder"]:
        carriers = set(filter(None, row["carried_by"].split(";")))
        shown = set(f"{row['rows']};{row['sources']}".split(";"))
        if carriers - shown:
            yield Problem("ladder.csv", number, "carried_by", row["carried_by"], "keys that stand in rows or sources")
        if row["met"] == "met" and not carriers:
            yield Problem("ladder.csv", number, "carried_by", "", "the rows or sources that carry it, as met is met")
        if row["met"] in ("unknown", "not-applicable") and carriers:
            expected = f"nothing, as met is {row['met']}"
            yield Problem("ladder.csv", number, "carried_by", row["carried_by"], expected)
        if bool(carriers) != bool(row["needed"]) or (carriers and (_number(row["needed"]) or 0) > len(carriers)):
            expected = f"how many of the {len(carriers)} keys in carried_by are needed, if there are any"
            yield Problem("ladder.csv", number, "needed", row["needed"], expected)
        if row["needed"] == "1" and carriers & unsure:
            expected = "confirmed events where one is enough; what is alleged or contested carries nothing alone"
            yield Problem("ladder.csv", number, "carried_by", row["carried_by"], expected)
    coded: dict[tuple[str, str, str], set[str]] = {}
    for _, row in rows["codings"]:
        coded.setdefault((row["row_id"], row["column"], row["codebook_version"]), set()).add(row["coder"])
    for number, row in rows["codings"]:
        if coded[row["row_id"], row["column"], row["codebook_version"]] != {"first", "second"}:
            yield Problem("codings.csv", number, "coder", row["coder"], "a code by each of the two coders")


def _rows(name: str, data: Path) -> list[tuple[int, dict[str, str]]]:
    with (data / tables.resource(name, data)["path"]).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [(number, row) for number, row in enumerate(reader, start=2) if None not in row.values()]


def problems(data: Path = tables.DATA) -> list[Problem]:
    """Return everything that is wrong with the evidence under ``data``; an empty list means it is sound.

    A table that cannot be read hides what else may be wrong, so cells are checked only once every table can be read.
    A cell that breaks several rules is named once, by the first.
    """
    if unreadable := list(_unreadable(data)):
        return unreadable
    found: dict[tuple[str, int | None, str], Problem] = {}
    for check in (_against_schema, _beyond_schema):
        for problem in check(data):
            found.setdefault((problem.file, problem.row, problem.column), problem)
    return list(found.values())


def main() -> int:
    """Print the problems; return the exit code."""
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print(f"{len(found)} problem(s) in the evidence; nothing was built", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
