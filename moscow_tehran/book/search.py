"""The search: what there is to find, in the pages and in the tables, as data that the search page loads.

The pages of the report (sections, charts, terms, people) make a small file, events and other rows a larger one, and
sources one more. The browser builds its index from them when something is searched, so that index and query go through
the same words (``assets/words.js``).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from moscow_tehran import tables
from moscow_tehran.analysis import people
from moscow_tehran.book import explorer, figures, scripts

FOLDER = "_search"
#: Beginnings of pages whose text is made from tables that are searched themselves.
LEFT_OUT = ("notebooks/bibliography", "notebooks/who-is-who")
#: Letters of a section that are searched; only generated lists are longer.
LONGEST = 6_000
#: What is not the text of a section: other sections, code, charts, and what they bring.
NO_TEXT = (
    nodes.section, nodes.title, nodes.raw, nodes.literal_block, nodes.comment, nodes.figure, nodes.table, nodes.target,
    addnodes.glossary, addnodes.index, addnodes.toctree, addnodes.only,
    figures.chart, figures.chart_notes, figures.chart_preview,
)  # fmt: skip
NO_TEXT_CLASSES = {"cell_input", "chapter-facts", "findings"}
#: Entry of the search: kind, title, text, address, where it stands or when it was.
Entry = tuple[str, str, str, str, str]


def _text(node: nodes.Node) -> str:
    """Return the text of a paragraph without citations."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, addnodes.pending_xref) and (node.get("refdomain") == "cite" or node["reftype"] == "numref"):
        return ""
    return "".join(map(_text, node.children))


def _tidy(text: str) -> str:
    """Return text in one line, without the gaps that citations leave before a full stop."""
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(text.split()))


def _paragraphs(node: nodes.Element) -> Iterator[str]:
    """Yield the paragraphs of a section that are its own."""
    for child in node.children:
        if isinstance(child, NO_TEXT) or not isinstance(child, nodes.Element) or NO_TEXT_CLASSES & {*child["classes"]}:
            continue
        if isinstance(child, nodes.TextElement):
            yield _tidy(_text(child))
        else:
            yield from _paragraphs(child)


def entries(doctree: nodes.document, page: str) -> list[Entry]:
    """Return what a page adds to the search: its sections, its charts, and the terms it defines.

    Parameters
    ----------
    doctree
        The page as read.
    page
        Its name, from which its address follows.
    """
    found: list[Entry] = []
    sections = list(doctree.findall(nodes.section))
    titles = [next(iter(section.findall(nodes.title))).astext() for section in sections]
    for number, section in enumerate(sections):
        address = f"{page}.html" + (f"#{section['ids'][0]}" if number else "")
        text = " ".join(filter(None, _paragraphs(section)))[:LONGEST]
        found.append(("section" if number else "page", titles[number], text, address, titles[0] if number else ""))
    for chart in doctree.findall(figures.chart):
        meta, figure = chart["meta"], chart.parent
        while figure is not None and not isinstance(figure, nodes.figure):
            figure = figure.parent
        captions = [caption.astext() for caption in figure.findall(nodes.caption)] if figure else []
        text = " ".join([meta["subtitle"], *captions, meta["alt"]])
        found.append(("chart", meta["title"], text, f"{page}.html#fig-{meta['name']}", titles[0]))
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            term, definition = next(iter(item.findall(nodes.term))), next(iter(item.findall(nodes.definition)))
            text = _tidy(_text(definition))
            found.append(("term", _text(term).strip(), text, f"{page}.html#{term['ids'][0]}", titles[0]))
    return found


class SearchCollector(EnvironmentCollector):
    """Remembers what each page adds to the search."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        found(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over pages that another process read."""
        found(env).update({name: found(other)[name] for name in docnames if name in found(other)})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember a page."""
        assert app.env is not None
        if not app.env.docname.startswith(LEFT_OUT):
            found(app.env)[app.env.docname] = entries(doctree, app.env.docname)


def found(env: BuildEnvironment) -> dict[str, list[Entry]]:
    """Return what all pages add to the search, by page."""
    if not hasattr(env, "report_search"):
        env.report_search = {}  # type: ignore[attr-defined]
    return env.report_search  # type: ignore[attr-defined]


def persons() -> list[Entry]:
    """Return the people of the contacts; each leads to those contacts."""
    listed: list[Entry] = []
    for person in people.offices(tables.table("contacts")).itertuples():
        met = f"{person.contacts} {'contact' if person.contacts == 1 else 'contacts'}"
        address = f"{explorer.PAGE}.html#table=contacts&q={person.name.replace(' ', '+')}"
        listed.append(("person", person.name, person.offices, address, f"{explorer.country(person.country)}, {met}"))
    return listed


#: Tables whose rows are found: what a row is called, its title, and the columns whose text is searched.
ROWS = {
    "events": ("event", "title", ("summary",)),
    "promises": ("promise", "subject", ("promised_by", "quantity")),
    "contacts": ("contact", "", ("subject", "place")),
    "votes": ("vote", "title", ("body", "outcome", "document", "sponsor")),
    "claims": ("claim", "claim", ("reason",)),
    "sources": ("source", "title", ("publisher",)),
}


def rows(name: str) -> list[Entry]:
    """Return the rows of a table that can be found; they lead to the explorer, claims to their page."""
    kind, title, columns = ROWS[name]
    time = tables.resource(name)["time"]
    codes = {field["name"]: field["codes"] for field in tables.fields(name) if "codes" in field}
    entries = []
    frame = tables.table(name)
    if name == "sources":
        frame["publisher"] = frame["publisher_id"].map(tables.table("publishers").set_index("publisher_id")["name"])
    for row in frame.to_dict("records"):
        called = row[title] if title else f"{row['russian']}; {row['counterpart']}"
        said = [explorer.label(codes[column], row[column]) if column in codes else row[column] for column in columns]
        text = "; ".join(str(part) for part in said if pd.notna(part))
        when = "" if pd.isna(row[time]) else explorer.day(row[time], row.get("date_precision", "day"))
        # The script knows the page that shows the key.
        entries.append((kind, called, text, row[tables.key(name)], when))
    return entries


def write(target: Path, pages: list[Entry]) -> None:
    """Write the data of the search into a folder, in three files from small to large."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    scripts.write_data(target, "report", [*pages, *persons()])
    scripts.write_data(target, "evidence", [entry for name in ROWS if name != "sources" for entry in rows(name)])
    scripts.write_data(target, "sources", rows("sources"))


def leave_out_sphinx_search(app: Sphinx) -> None:
    """Keep Sphinx from writing its own index."""
    app.builder.search = False  # type: ignore[attr-defined]


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the search page to Sphinx, at the address to which the theme's field leads."""
    if app.builder.format == "html":
        yield "search", {"report_version": scripts.version(app), "report_pages": scripts.FOLDER}, "search.html"


def put_into_book(app: Sphinx, error: Exception | None) -> None:
    """Write script, stylesheet and data beside the page."""
    if error is None and app.builder.format == "html":
        assert app.env is not None
        scripts.bundle(app, "search")
        write(Path(app.outdir) / FOLDER, [entry for page in sorted(found(app.env)) for entry in found(app.env)[page]])
        # The theme brings the script of Sphinx's search, and an older build its index.
        for name in ("searchindex.js", "_static/searchtools.js", "_static/language_data.js"):
            (Path(app.outdir) / name).unlink(missing_ok=True)


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_env_collector(SearchCollector)
    app.connect("builder-inited", leave_out_sphinx_search)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", put_into_book)
