"""The only part that knows Sphinx: figures, execution, references and page assets of the book."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Register everything with Sphinx."""
    from moscow_tehran.book import badges, downloads, execution, facts, figures, popovers, references, rows, site

    for part in (badges, downloads, execution, facts, figures, popovers, references, rows, site):
        part.register(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
