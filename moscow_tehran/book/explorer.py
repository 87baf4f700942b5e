"""The explorer: events, sources, promises, contacts and votes to filter, each row with what its sources say.

The page asks for what it shows: first the columns of a table that its list and its filters need, then the rest of the
columns, and readings with their sources only for the rows near the one that is opened. All of it is script files,
which pages opened from disk may load.
"""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
from babel import Locale
from babel.core import get_global
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from moscow_tehran import tables
from moscow_tehran.book import pages, references, scripts

FOLDER = "_explorer"
PAGE = "notebooks/explorer"
#: Rows whose readings and sources come in one file.
ROWS_A_FILE = 40
#: Rows that a much cited source names; more are counted.
ROWS_OF_A_SOURCE = 30
#: Rows listed where scripts do not run.
NEWEST = 10


@dataclass(frozen=True)
class View:
    """What the explorer shows of a table: names of columns, of the table or of those that ``_added`` gives it.

    Parameters
    ----------
    cells
        Cells of the list: what stands above them, and the columns whose values stand in them.
    heading
        Which cell names the row.
    filters
        Columns that can be filtered by value.
    searched
        Columns in which words are looked for.
    details
        Columns that an opened row adds.
    """

    cells: tuple[tuple[str, tuple[str, ...]], ...]
    heading: int
    filters: tuple[str, ...]
    searched: tuple[str, ...]
    details: tuple[str, ...]


VIEWS = {
    "events": View(
        cells=(
            ("Date", ("date",)),
            ("Event", ("title",)),
            ("Domain", ("domain",)),
            ("By, on", ("actor", "target")),
            ("Valence", ("valence",)),
            ("Credibility", ("credibility",)),
        ),
        heading=1,
        filters=("domain", "actor", "target", "valence", "status", "credibility"),
        searched=("title", "summary", "spoken_by", "claimed_by", "note"),
        details=(
            "summary", "date_end", "reported_on", "spoken_by", "office", "form", "instrument", "stage", "status",
            "claimed_by", "strength", "item", "credibility", "note",
        ),
    ),
    "sources": View(
        cells=(
            ("Published", ("published",)),
            ("Title", ("title",)),
            ("Publisher", ("publisher",)),
            ("Kind", ("kind",)),
            ("Language", ("language",)),
            ("Reliability", ("reliability",)),
        ),
        heading=1,
        filters=("kind", "language", "official", "seen", "reliability"),
        searched=("title", "publisher"),
        details=("url", "seen", "read_on", "official", "origin_name", "reliability", "reason"),
    ),
    "promises": View(
        cells=(
            ("Promised", ("promised_on",)),
            ("Promise", ("subject",)),
            ("By", ("promiser",)),
            ("Due", ("due",)),
            ("Outcome", ("status",)),
            ("Credibility", ("credibility",)),
        ),
        heading=1,
        filters=("domain", "topic", "promiser", "status", "credibility"),
        searched=("subject", "promised_by", "quantity", "note"),
        details=(
            "promised_by", "domain", "topic", "stage", "quantity", "status", "status_on", "fulfilled_on",
            "credibility", "note",
        ),
    ),
    "contacts": View(
        cells=(
            ("Date", ("date",)),
            ("Who", ("russian", "counterpart")),
            ("Other side", ("counterpart_country",)),
            ("Level", ("level",)),
            ("Format", ("format",)),
            ("Credibility", ("credibility",)),
        ),
        heading=1,
        filters=("counterpart_country", "level", "format", "credibility"),
        searched=("russian", "counterpart", "place", "subject", "note"),
        details=("subject", "place", "initiator", "credibility", "note"),
    ),
    "votes": View(
        cells=(
            ("Date", ("date",)),
            ("Motion", ("title",)),
            ("Body", ("body",)),
            ("Russia", ("russia",)),
            ("Iran", ("iran",)),
            ("Outcome", ("outcome",)),
        ),
        heading=1,
        filters=("body", "subject_country", "russia", "iran", "outcome", "credibility"),
        searched=("title", "document", "sponsor", "note"),
        details=(
            "document", "kind", "sponsor", "subject_country", "yes", "no", "abstain", "absent", "positions",
            "credibility", "note",
        ),
    ),
}  # fmt: skip

#: Names of columns that are not the column's own words.
COLUMNS = {
    "actor": "Who acted",
    "target": "On whom it bears",
    "date_end": "Last day",
    "reported_on": "First reported",
    "spoken_by": "Spoken by",
    "claimed_by": "Claimed by",
    "counterpart_country": "Other side",
    "iran": "Iran’s vote",
    "promiser": "Who promised",
    "origin_name": "First produced by",
    "reason": "Why this grade",
    "read_on": "Read on",
    "russia": "Russia’s vote",
    "seen": "How much was read",
    "status_on": "Latest evidence",
    "subject_country": "Bears on",
    "url": "Address",
    "yes": "In favour",
    "no": "Against",
    "abstain": "Abstaining",
}
#: What the package says of columns that hold countries.
COUNTRY = "^[A-Z]{3}$"
#: Countries and bodies as this report calls them, where that is not their name in English.
STATES = {
    "ARE": "Emirates",
    "EAE": "Eurasian Economic Union",
    "EUN": "European Union",
    "INT": "international",
    "SUN": "Soviet Union",
    "TUR": "Turkey",
    "UNK": "unknown",
    "WLD": "world",
    "XKX": "Kosovo",
}
#: Codes that read better in other words.
CODES = {
    ("domain", "arms-technology"): "arms and technology",
    ("topic", "credit-investment"): "credit and investment",
    ("vote_body", "unga"): "General Assembly",
    ("vote_body", "unsc"): "Security Council",
    ("vote_body", "hrc"): "Human Rights Council",
    ("vote_body", "iaea-board"): "Board of the IAEA",
    ("vote_body", "iaea-gc"): "General Conference of the IAEA",
    ("vote_body", "opcw"): "OPCW",
    ("position", "not-member"): "not a member",
    ("outcome", "too-few-votes"): "too few votes",
    ("seen", "full"): "whole",
    ("seen", "excerpt"): "in part",
    ("seen", "relay"): "through another document",
}
#: Scales whose codes say little without their meaning; filters on the first two ask for a grade *or better*.
GRADES = ("credibility", "reliability")
SCALES = (*GRADES, "strength")


@cache
def shown_keys() -> frozenset[str]:
    """Return the keys of all rows that the explorer shows, each at its page under ``#KEY``."""
    return frozenset(key for name in VIEWS for key in tables.table(name)[tables.key(name)])


@cache
def country(code: str) -> str:
    """Return the name of a country or body.

    >>> country("IRN"), country("ARE")
    ('Iran', 'Emirates')
    """
    if code in STATES:
        return STATES[code]
    alpha_2 = get_global("territory_aliases").get(code, [code])[0]
    return Locale("en").territories.get(alpha_2, code)


def label(codes: str, code: str) -> str:
    """Return a code in plain words.

    >>> label("domain", "conduct-in-war"), label("credibility", "2")
    ('conduct in war', '2: probably true')
    """
    if codes in SCALES:
        meaning = tables.package()["codes"][codes][code].partition(":")[0]
        return f"{code}: {meaning[0].lower()}{meaning[1:]}"
    return CODES.get((codes, code), code.replace("-", " "))


def _added(name: str) -> pd.DataFrame:
    """Return a table with the columns that the explorer adds from other tables."""
    frame = tables.table(name)
    if name == "sources":
        publishers = tables.table("publishers").set_index("publisher_id")
        for column, own in {"publisher": "name", "reliability": "reliability", "reason": "reason"}.items():
            frame[column] = frame["publisher_id"].map(publishers[own])
        frame["origin_name"] = frame["origin"].map(publishers["name"])
    if name == "votes":
        cast = tables.table("vote_positions")
        for column, code in {"russia": "RUS", "iran": "IRN"}.items():
            frame[column] = frame["vote_id"].map(cast[cast["country"] == code].set_index("vote_id")["position"])
        frame["positions"] = frame["vote_id"].map(cast.groupby("vote_id").apply(_positions))
    return frame


def _positions(cast: pd.DataFrame) -> str:
    parts = []
    for position in tables.package()["codes"]["position"]:
        if states := sorted(map(country, cast[cast["position"] == position]["country"])):
            parts.append(f"{label('position', position).capitalize()}: {', '.join(states)}")
    return "; ".join(parts)


#: Code lists of columns that the explorer adds.
ADDED_CODES = {"reliability": "reliability", "russia": "position", "iran": "position"}


def _plain(value: Any) -> Any:
    """Return a cell as JSON carries it."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def columns(name: str) -> list[dict[str, Any]]:
    """Return the columns of a table as the explorer knows them, with the values of each.

    Returns
    -------
    list of dict
        ``name``, ``label``, ``kind`` (``text``, ``date``, ``number``, ``code``, ``address``), ``cells``; for codes
        ``values`` and ``labels``, of which cells hold the place; ``grade`` where lower codes are better; ``added``
        where the table itself lacks the column.
    """
    frame, own = _added(name), {field["name"]: field for field in tables.fields(name)}
    found = []
    for column in frame.columns:
        field = own.get(column, {})
        codes = field.get("codes") or (ADDED_CODES.get(column) if not field else None)
        cells = [_plain(value) for value in frame[column]]
        part: dict[str, Any] = {
            "name": column,
            "label": COLUMNS.get(column, column.replace("_", " ").capitalize()),
            "kind": {"date": "date", "integer": "number", "number": "number"}.get(field.get("type", ""), "text"),
        }
        if column == "url":
            part["kind"] = "address"
        elif codes:
            values = [code for code in tables.package()["codes"][codes] if code in set(map(str, cells))]
            labels = [label(codes, code) for code in values]
            part |= _coded(values, labels, [None if cell is None else str(cell) for cell in cells])
            if codes in GRADES:
                part["grade"] = True
        elif _holds_country(field) or column == "language":
            naming = country if _holds_country(field) else _language
            values = sorted({cell for cell in cells if cell is not None}, key=lambda code: naming(code).lower())
            part |= _coded(values, [naming(code) for code in values], cells)
        elif field.get("type") == "boolean":
            said = [None if cell is None else str(cell).lower() for cell in cells]
            part |= _coded(["true", "false"], ["yes", "no"], said)
        if not field:
            part["added"] = True
        found.append({"cells": cells} | part)
    return found


def _holds_country(field: dict[str, Any]) -> bool:
    return field.get("constraints", {}).get("pattern") == COUNTRY


def _language(code: str) -> str:
    return Locale("en").languages[code]


def _coded(values: list[str], labels: list[str], cells: list[Any]) -> dict[str, Any]:
    places = {value: place for place, value in enumerate(values)}
    return {"kind": "code", "values": values, "labels": labels,
            "cells": [None if cell is None else places[cell] for cell in cells]}  # fmt: skip


def write(target: Path) -> None:
    """Write the data of the explorer into a folder: for each table a list, the rest of its columns, and its details."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, view in VIEWS.items():
        known = columns(name)
        time = tables.resource(name)["time"]
        at_once = {tables.key(name), time, "date_precision", *view.filters}
        at_once.update(column for _, shown in view.cells for column in shown)
        first = [column for column in known if column["name"] in at_once]
        rest = [column for column in known if column["name"] not in at_once]
        order = [column["name"] for column in known if not column.get("added")]
        about = {
            "noun": tables.resource(name)["title"].lower(),
            "key": tables.key(name),
            "time": time,
            "order": order,
            "cells": view.cells,
            "heading": view.heading,
            "filters": view.filters,
            "searched": view.searched,
            "details": view.details,
            "rowsAFile": ROWS_A_FILE,
        }
        scripts.write_data(target, name, about | {"columns": first})
        scripts.write_data(target, f"{name}-rest", {"columns": rest})
        details = _carried() if name == "sources" else _said(name)
        for number, start in enumerate(range(0, len(details), ROWS_A_FILE)):
            scripts.write_data(target, f"{name}-rows-{number}", _chunk(details[start : start + ROWS_A_FILE]))


def _said(name: str) -> list[list[tuple[str, str, str]]]:
    """Return for each row of a table what its sources say: role, words, source id; no words where none are kept."""
    readings = tables.table("readings")
    readings = readings[readings["row_id"].isin(tables.table(name)[tables.key(name)])]
    by_row: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for reading in readings.itertuples():
        says = by_row.setdefault(reading.row_id, {}).setdefault(reading.source_id, [])
        says.append((label("role", reading.role), reading.says))
    found = []
    for row in tables.table(name).itertuples():
        said = by_row.get(getattr(row, tables.key(name)), {})
        named = tables.source_ids([row.sources])
        found.append([(*words, source) for source in named for words in said.get(source, [("", "")])])
    return found


def _carried() -> list[list[tuple[str, str, str, str]]]:
    """Return for each source the rows that name it: key, what a reader calls the row, role, what the source says."""
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for reading in tables.table("readings").itertuples():
        said[reading.source_id, reading.row_id] = (label("role", reading.role), reading.says)
    found: dict[str, list[tuple[str, str, str, str]]] = {key: [] for key in tables.table("sources")["source_id"]}
    for name in tables.names():
        frame, key = tables.table(name), tables.key(name)
        if "sources" in frame and name != "sources":
            for row in frame[frame["sources"].notna()].to_dict("records"):
                for source in tables.source_ids([row["sources"]]):
                    words = said.get((source, row[key]), ("", ""))
                    found[source].append((row[key], row_label(name, row), *words))
    return list(found.values())


def row_label(name: str, row: Mapping[Any, Any]) -> str:
    """Return what a reader calls a row, by the table's ``label`` in the package, in prose's days and countries."""
    precision = row.get("date_precision", "day")
    parts = {}
    for field in tables.fields(name):
        value = row[field["name"]]
        if pd.isna(value):
            value = "–"
        elif isinstance(value, pd.Timestamp):
            value = day(value, precision)
        elif _holds_country(field):
            value = country(value)
        parts[field["name"]] = value
    # The symbol of a vote's document may not have been seen.
    return tables.resource(name)["label"].format_map(parts).removeprefix("not seen: ")


def day(date: pd.Timestamp, precision: str = "day") -> str:
    """Return a date as prose writes it, no more precise than it is known.

    >>> day(pd.Timestamp("2023-06-09")), day(pd.Timestamp("2023-04-01"), "quarter")
    ('9 June 2023', 'April to June 2023')
    """
    if precision == "quarter":
        return f"{date:%B} to {date + pd.DateOffset(months=2):%B %Y}"
    return {"day": references.day(date), "month": f"{date:%B %Y}", "year": f"{date.year}"}[precision]


def _chunk(rows: Iterable[list[Any]]) -> dict[str, Any]:
    """Return details of some rows with each source described once."""
    rows = [list(row) for row in rows]
    if rows and any(len(entry) == 4 for row in rows for entry in row):
        return {"rows": [row[:ROWS_OF_A_SOURCE] for row in rows], "counts": [len(row) for row in rows]}
    sources = sorted({entry[2] for row in rows for entry in row})
    places = {source: place for place, source in enumerate(sources)}
    described = []
    for source in sources:
        row, publisher = references.described()[source]
        language = "" if row["language"] == "en" else _language(row["language"])
        described.append([source, row["title"], publisher, _plain(row["published"]), row["url"], language])
    said = [[(role, says, places[source]) for role, says, source in row] for row in rows]
    return {"rows": said, "sources": described}


class Explorer(SphinxDirective):
    """``{explorer}`` is the place of the explorer; on paper, a sentence that says where it is."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return what stands there without script, to which the script adds the rest."""
        for name in tables.names():
            self.env.note_dependency(str(tables.DATA / tables.resource(name)["path"]))
        root = pages.top(self.env.docname)
        paper = addnodes.only(expr="latex")
        paper += nodes.paragraph(
            text="The explorer filters events, sources, promises, contacts and votes in a browser: "
            f"it is the page {PAGE}.html of the book on the web. On paper, the tables are in the data catalogue."
        )
        return [nodes.raw("", place(root, scripts.version(self.env.app)), format="html"), paper]


def place(root: str, version: str) -> str:
    """Return the HTML of the explorer's place.

    Parameters
    ----------
    root
        Way from the page to the book's first folder.
    version
        What addresses of scripts and data carry, so that no browser mixes those of two builds.
    """
    counts = {name: f"{len(tables.table(name)):,}" for name in VIEWS}
    choices = "".join(
        f'<label><input type="radio" name="table" value="{name}"{" checked" if name == "events" else ""}> '
        f"{tables.resource(name)['title']} <span>{count}</span></label>"
        for name, count in counts.items()
    )
    downloads = ", ".join(
        f'<a href="{root}data/{name}.csv" download>{tables.resource(name)["title"].lower()} ({count} rows)</a>'
        for name, count in counts.items()
    )
    newest = tables.table("events").sort_values("date", kind="stable").tail(NEWEST)[::-1]
    listed = "".join(
        f"<li>{day(event.date, event.date_precision)}: {html.escape(event.title)}.</li>"
        for event in newest.itertuples()
    )
    base = f"{root}{FOLDER}/"
    return (
        f'<link rel="stylesheet" href="{root}{scripts.FOLDER}/explorer.css?v={version}">'
        f'<div class="explorer" data-base="{base}" data-version="{version}">'
        f'<form class="explorer-filters" aria-label="Filters" hidden><fieldset class="explorer-tables">'
        f"<legend>Table</legend>{choices}</fieldset></form>"
        '<div class="explorer-static"><p>The explorer needs JavaScript. Without it, the same rows are in the files '
        f'for download: {downloads}; the <a href="{root}notebooks/data-catalogue.html">data catalogue</a> describes '
        f"them.</p><p>The latest events:</p><ul>{listed}</ul></div></div>"
        f'<script defer src="{root}{scripts.FOLDER}/explorer.js?v={version}"></script>\n'
    )


def put_into_book(app: Sphinx, error: Exception | None) -> None:
    """Write script, stylesheet and data beside the page."""
    if error is None and app.builder.format == "html":
        scripts.bundle(app, "explorer")
        write(Path(app.outdir) / FOLDER)


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_directive("explorer", Explorer)
    app.connect("build-finished", put_into_book)
