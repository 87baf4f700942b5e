"""Tables as a chapter shows them: real tables in HTML, in JupyterLab and on paper."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from moscow_tehran import myst


@dataclass(frozen=True)
class Grid:
    """A table that a cell ends in.

    Parameters
    ----------
    frame
        The rows, with readable column names; text may hold MyST, such as a citation.
    caption
        What the table shows.
    name
        Its address in the book, for ``{numref}``.
    widths
        Relative widths of the columns, so that long text wraps on paper.
    searchable
        Whether the book puts a field above it that filters its rows.
    keys
        Key of each row, if rows are to be linked to, as ``page.html#KEY``.

    Raises
    ------
    ValueError
        If there are keys, but not one for each row.
    """

    frame: pd.DataFrame
    caption: str
    name: str
    widths: Sequence[int]
    searchable: bool = False
    keys: Sequence[str] = ()

    def __post_init__(self) -> None:
        if len(self.keys) not in (0, len(self.frame)):
            raise ValueError(f"table {self.name!r} has {len(self.frame)} rows and {len(self.keys)} keys of rows")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/markdown": self.myst(), "text/html": self.html(), "text/plain": self.frame.to_string(index=False)}

    def _cells(self) -> list[list[str]]:
        return [["–" if pd.isna(value) or value == "" else str(value) for value in row]
                for row in self.frame.itertuples(index=False)]  # fmt: skip

    def myst(self) -> str:
        """Return the table as a MyST directive."""
        cells = self._cells()
        for row, key in zip(cells, self.keys, strict=False):
            row[0] = f"{{row-key}}`{key}` {row[0]}"
        lines = [[str(column) for column in self.frame.columns], ["---"] * self.frame.shape[1], *cells]
        body = "\n".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
                         for line in lines)  # fmt: skip
        widths = " ".join(str(width) for width in self.widths)
        mark = ":class: searchable\n" if self.searchable else ""
        return f":::{{table}} {self.caption}\n:name: {self.name}\n:widths: {widths}\n{mark}\n{body}\n:::\n"

    def html(self) -> str:
        """Return the table as HTML, for JupyterLab."""
        left = "style='text-align:left'"
        head = "".join(f"<th {left}>{html.escape(str(column))}</th>" for column in self.frame.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td {left}>{myst.inline_html(cell)}</td>" for cell in row) + "</tr>"
            for row in self._cells()
        )
        caption = myst.inline_html(self.caption)
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def cite(cells: Iterable[str]) -> list[str]:
    """Turn ``;``-separated source ids into MyST citations, cell by cell."""
    return ["{cite}`" + cell.replace(";", ",") + "`" for cell in cells]
