"""What a reader sees at a citation without leaving the line: who published it, how it was read, and what it says.

Notes on the sources of a page are one small script beside the book's pages, which ``assets/popovers.js`` loads when a
reader first reaches for a citation. A script, not JSON: pages opened from disk may load scripts but not fetch.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from babel import Locale
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from moscow_tehran import codebook, tables
from moscow_tehran.book import explorer, pages, references

FOLDER = "_cited"
#: What a source says is shown for at most so many rows.
SAID = 3
#: A row's name is cut to so many letters.
NAME = 110


class CitationCollector(EnvironmentCollector):
    """Remembers which sources each page cites, and in which words around them."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        cited(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over pages that another process read."""
        cited(env).update({name: cited(other)[name] for name in docnames if name in cited(other)})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember a page's sources, each with the text of the paragraphs and table rows that cite it."""
        found: dict[str, str] = {}
        for citation in doctree.findall(addnodes.pending_xref):
            if citation.get("refdomain") == "cite":
                around = _around(citation)
                for source_id in citation["reftarget"].split(","):
                    found[source_id.strip()] = f"{found.get(source_id.strip(), '')} {around}"
        if found:
            assert app.env is not None
            cited(app.env)[app.env.docname] = found


def cited(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return the sources that pages cite: page to source id to the text around."""
    if not hasattr(env, "report_cited"):
        env.report_cited = {}  # type: ignore[attr-defined]
    return env.report_cited  # type: ignore[attr-defined]


def _around(citation: nodes.Element) -> str:
    """The text of the table row or else the paragraph in which a citation stands."""
    parents = []
    node: Any = citation.parent
    while node is not None:
        parents.append(node)
        node = node.parent
    rows = [node for node in parents if isinstance(node, nodes.row)]
    return (rows or parents)[0].astext()


def says(source_id: str, around: str) -> list[tuple[str, str]]:
    """Return what a source says about the rows that it carries, at most three.

    Parameters
    ----------
    source_id
        Source.
    around
        Text in which it is cited: what shares most words with it comes first, then the order of the tables.

    Returns
    -------
    list
        Of each row its key, and what the source says about it; nothing where no reading is kept.
    """
    found = _readings().get(source_id) or [(key, "") for key in _rows().get(source_id, [])]
    # Rows that are called the same, and of which the same is said, are one for a reader.
    distinct: dict[tuple[str, str], str] = {}
    for key, said in found:
        distinct.setdefault((_names()[key], said), key)
    words = _words(around)
    pairs = [(key, said) for (_, said), key in distinct.items()]
    return sorted(pairs, key=lambda pair: -len(_words(pair[1] or _names()[pair[0]]) & words))[:SAID]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))


@cache
def _names() -> dict[str, str]:
    """What rows that name sources are called, by key, in the order of the package."""
    return {
        row[tables.key(name)]: f"{tables.resource(name)['title']}: {textwrap.shorten(called, NAME, placeholder='…')}"
        for name in tables.names()
        if "sources" in tables.table(name)
        for row in tables.table(name).to_dict("records")
        for called in [codebook.called(name, row)]
    }


@cache
def _readings() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for reading in tables.table("readings").itertuples():
        found.setdefault(reading.source_id, []).append((reading.row_id, reading.says))
    return found


@cache
def _rows() -> dict[str, list[str]]:
    """Keys of the rows that name a source, by source."""
    rows = tables.rows({name: tables.table(name) for name in tables.names() if "sources" in tables.table(name)})
    rows = rows[rows["sources"].notna()]
    found: dict[str, list[str]] = {}
    for row in rows.itertuples():
        for source_id in row.sources.split(";"):
            found.setdefault(source_id, []).append(row.key)
    return found


def note(source_id: str, around: str, top: str) -> str:
    """Return the HTML of the note on a source that is cited in a text.

    Parameters
    ----------
    source_id
        Source.
    around
        Text in which it is cited.
    top
        The way from its page to the top of the book: the note links to rows in the explorer.
    """
    source, publisher = references.described()[source_id]
    grade = _grades()[source["publisher_id"]]
    word = tables.package()["codes"]["reliability"][grade].split(":")[0].split(".")[0].lower()
    language = Locale("en").languages[source["language"]]
    facts = [
        references.day(source["published"]) if pd.notna(source["published"]) else "without date",
        f"in {language}",
        references.SEEN[source["seen"]].lower(),
    ]
    lines = "".join(
        f'<li><span class="note-row">{_row(key, top)}</span> {html.escape(said)}</li>'
        for key, said in says(source_id, around)
    )
    return (
        f'<p id="note-publisher"><b>{html.escape(publisher)}</b> '
        f'<span class="note-grade">Reliability {grade}, {html.escape(word)}</span></p>'
        f'<p id="note-title"><a href="{html.escape(source["url"])}" dir="auto">{html.escape(source["title"])}</a></p>'
        f'<p id="note-facts">{", ".join(facts)}</p>'
        + (f'<ul aria-label="What it says, by row of the evidence">{lines}</ul>' if lines else "")
    )


def _row(key: str, top: str) -> str:
    """Return what a row is called, as a link where the explorer shows it."""
    called = html.escape(_names()[key])
    return f'<a href="{top}{explorer.PAGE}.html#{key}">{called}</a>' if key in explorer.shown_keys() else called


@cache
def _grades() -> dict[str, str]:
    return tables.table("publishers").set_index("publisher_id")["reliability"].to_dict()


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark the links of citations, so that the script finds them wherever the bibliography is."""
    assert app.env is not None
    entries = {_entry(*place) for place in references.places(app.env).values()}
    for link in doctree.findall(nodes.reference):
        if link.get("refuri", "").rpartition("/")[2] in entries:
            link["classes"].append("cited")


def _entry(page: str, anchor: str) -> str:
    """Return the end of the address of an entry of the bibliography, which tells it from all others."""
    return f"{page.rpartition('/')[2]}.html#{anchor}"


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Add the script to pages that have something to explain."""
    assert app.env is not None
    notes: dict[str, Any] = {"data-cited": f"{pages.top(page)}{FOLDER}/{page}.js"}
    if page in cited(app.env):
        app.add_js_file("popovers.js", loading_method="defer", **notes)
    elif "data-note" in context.get("body", ""):
        app.add_js_file("popovers.js", loading_method="defer")


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the notes of each page, by the address of the entry that a citation leads to."""
    if error is not None or app.builder.format != "html":
        return
    assert app.env is not None
    target = Path(app.outdir) / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    addresses = {source_id: _entry(*place) for source_id, place in references.places(app.env).items()}
    for page, found in cited(app.env).items():
        notes = {addresses[source_id]: note(source_id, around, pages.top(page)) for source_id, around in found.items()}
        path = target / f"{page}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"MoscowTehranCited({json.dumps(notes, ensure_ascii=False)});\n", "utf-8")


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_env_collector(CitationCollector)
    app.connect("doctree-resolved", mark)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write)
