"""The codebook and the data catalogue, written from ``data/datapackage.json`` and the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from moscow_tehran import myst, tables
from moscow_tehran.charts import grid


@dataclass(frozen=True)
class Document:
    """MyST that a cell ends in; Jupyter shows it as HTML."""

    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/markdown": self.text, "text/html": myst.html(self.text), "text/plain": self.text}


def codes() -> Document:
    """Return every code list: who uses it, the direction of its bias, and each code with its meaning and examples."""
    uses: dict[str, list[tuple[str, str]]] = {}
    for name in tables.names():
        for field in tables.fields(name):
            if "codes" in field:
                uses.setdefault(field["codes"], []).append((name, field["name"]))
    parts = []
    for code_list, definitions in tables.package()["codes"].items():
        used_by = ", ".join(f"`{name}.{column}`" for name, column in uses[code_list])
        bias = tables.package()["biases"][code_list]
        meanings = "\n".join(
            f"`{code}`\n: {meaning}{_examples(uses[code_list], code)}\n" for code, meaning in definitions.items()
        )
        title = f"{code_list.replace('_', ' ').capitalize()}: {len(definitions)} codes"
        parts.append(_dropdown(title, f"Used by {used_by}.\n\n*Bias:* {bias}\n\n{meanings}"))
    return Document("\n\n".join(parts))


def _examples(columns: list[tuple[str, str]], code: str, wanted: int = 2) -> str:
    """Return the best established rows that carry a code, as text; one a table first, so that they differ in kind."""
    found: list[tuple[int, int, str, str]] = []
    for order, (name, column) in enumerate(columns):
        frame = tables.table(name)
        rows = frame[frame[column].astype("str") == code]
        if "credibility" in rows:
            rows = rows.sort_values(["credibility", tables.key(name)], kind="stable")
        for rank, (_, row) in enumerate(rows.head(wanted).iterrows()):
            found.append((rank, order, label(name, row), row[tables.key(name)]))
    best = sorted(found)[:wanted]
    if not best:
        return " *No row carries it yet.*"
    return "\n\n  *For example:* " + "; ".join(f"{text} (`{key}`)" for _, _, text, key in best) + "."


def label(name: str, row: pd.Series) -> str:
    """Return what a reader calls a row, as text in which MyST sees no markup."""
    return plain(called(name, row))


def called(name: str, row: pd.Series | dict[str, Any]) -> str:
    """Return what a reader calls a row, by the table's ``label`` in the package."""
    text = tables.resource(name)["label"].format_map(
        {column: _plain(value) for column, value in row.items() if isinstance(column, str)}
    )
    return text.rstrip(".")


def plain(text: str) -> str:
    """Return text in which MyST sees no markup."""
    signs: dict[str, str | int | None] = {"*": "\\*", "_": "\\_", "`": "'", "[": "(", "]": ")", "$": "\\$"}
    return text.translate(str.maketrans(signs))


def _plain(value: object) -> str:
    if pd.isna(value):
        return "–"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def columns() -> Document:
    """Return every table with its columns."""
    parts = []
    for name in tables.names():
        described = tables.resource(name)
        fields = described["schema"]["fields"]
        meanings = "\n".join(f"`{field['name']}`\n: {_column(field)}\n" for field in fields)
        parts.append(_dropdown(f"{described['title']}: {len(fields)} columns", f"`{described['path']}`\n\n{meanings}"))
    return Document("\n\n".join(parts))


def _column(field: dict[str, Any]) -> str:
    text = field["description"]
    if "codes" in field:
        text += f" One of the codes of *{field['codes'].replace('_', ' ')}*."
    return text + ("" if field.get("constraints", {}).get("required") else " May be empty.")


def catalogue() -> Document:
    """Return an overview, then every table with purpose, size, period, terms, limits, downloads and a sample."""
    overview = pd.DataFrame(
        {
            "Table": [f"[{tables.resource(name)['title']}](#{anchor(name)})" for name in tables.names()],
            "Rows": [f"{len(tables.table(name)):,}" for name in tables.names()],
            "Period": [period(name) for name in tables.names()],
        }
    )
    first = grid.Grid(overview, "The tables of the evidence.", "tbl-tables", (4, 1, 2)).myst()
    return Document("\n\n".join([first, *(part for name in tables.names() for part in _entry(name))]))


def anchor(name: str) -> str:
    """Return the address of a table's entry on the page of the catalogue."""
    return f"data-{name.replace('_', '-')}"


def _entry(name: str) -> Iterator[str]:
    described, frame = tables.resource(name), tables.table(name)
    yield f"({anchor(name)})="
    yield f"## {described['title']}"
    yield f"{described['description']}"
    licences = " or ".join(licence["title"] for licence in described["licenses"])
    size = f"`{name}`: {len(frame):,} rows of {frame.shape[1]} columns" + (
        "." if period(name) == "–" else f", {period(name)}."
    )
    yield f"{size} Published by: {described['publisher']}."
    yield f"*Terms:* {described['terms']} Checked on {described['termsChecked']}; what is ours: {licences}."
    yield f"*Limits:* {' '.join(described['limitations'])}"
    links = " · ".join(
        f'<a href="../data/{name}.{ending}" download>{ending.upper()}</a>' for ending in ("csv", "parquet", "json")
    )
    yield f"```{{raw}} html\n<p>Download: {links}</p>\n```"
    sample = frame.sort_values("credibility", kind="stable").head(2) if "credibility" in frame else frame.head(2)
    columns = [str(column) for column in frame.columns]
    turned = pd.DataFrame(
        {"Column": [f"`{column}`" for column in columns]}
        | {
            f"Row {number}": [_cell(row[column]) for column in columns]
            for number, (_, row) in enumerate(sample.iterrows(), start=1)
        }
    )
    table = grid.Grid(turned, f"Two rows of {described['title'].lower()}.", f"sample-{name}", (1, 2, 2))
    yield folded("Sample", table).text


def folded(title: str, table: grid.Grid) -> Document:
    """Return a long table under a title that opens it."""
    return Document(_dropdown(title, table.myst()))


def _dropdown(title: str, text: str) -> str:
    """Return text under a title that opens it: a page is as long as what is opened."""
    return f"::::{{dropdown}} {title}\n{text.rstrip()}\n::::"


def _cell(value: object) -> str:
    """A cell of a sample: plain text, addresses as code so that nothing is taken for markup."""
    return "" if pd.isna(value) else f"`{_plain(value).replace('`', chr(39))}`"


def period(name: str) -> str:
    """Return the years that a table covers, by the column that its ``time`` names in the package.

    A table of rules or codes has no period.
    """
    column = tables.resource(name).get("time")
    if not column:
        return "–"
    values = tables.table(name)[column].dropna()
    years = values.dt.year if hasattr(values, "dt") else values
    return f"{years.min()}–{years.max()}"
