"""Rows of tables that can be linked to: a row with a key is at ``page.html#KEY``."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole

from moscow_tehran.book import explorer, pages


class row_key(nodes.Invisible, nodes.Inline, nodes.Element):
    """Stands in a cell until its row has taken the key."""


class RowKey(SphinxRole):
    """``{row-key}`KEY` `` in a cell gives its row a key; ``charts.grid`` writes it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the mark."""
        return [row_key(key=self.text)], []


class KeysOfRows(SphinxTransform):
    """Moves each key to its row, and ends the row's first cell in a link to it, in the explorer if it shows the row."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Take the marks away; HTML alone shows the link."""
        for mark in list(self.document.findall(row_key)):
            row: nodes.Element = mark.parent
            while not isinstance(row, nodes.row):
                row = row.parent
            key = mark["key"]
            row["ids"].append(key)
            if key in explorer.shown_keys():
                page = f"{pages.top(self.document.settings.env.docname)}{explorer.PAGE}.html"
                link = _link(f"{page}#{key}", "This row in the explorer", f"Row {key} in the explorer", "→")
            else:
                link = _link(f"#{key}", "Link to this row", f"Link to row {key}", "#")
            mark.parent.append(nodes.raw("", f" {link}", format="html"))
            mark.parent.remove(mark)


def _link(address: str, title: str, label: str, text: str) -> str:
    return f'<a class="row-link" href="{address}" title="{title}" aria-label="{label}">{text}</a>'


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_role("row-key", RowKey())
    app.add_transform(KeysOfRows)
