"""The only part that knows Sphinx: figures, execution, references and page assets of the book."""

from __future__ import annotations

from importlib import import_module

from sphinx.application import Sphinx

#: In the order in which they connect with Sphinx.
PARTS = (
    "badges",
    "downloads",
    "execution",
    "explorer",
    "facts",
    "figures",
    "pages",
    "cards",
    "notebooks",
    "paper",
    "popovers",
    "references",
    "rows",
    "search",
    "site",
    "sharing",
    "published",
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register everything with Sphinx."""
    for part in PARTS:
        import_module(f"moscow_tehran.book.{part}").register(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
