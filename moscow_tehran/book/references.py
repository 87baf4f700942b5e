"""Citations and bibliography follow from the table of sources: a ``{cite}`` key is a source id."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pybtex.plugin
from babel import Locale
from sphinx.application import Sphinx
from sphinx.config import Config

from moscow_tehran import codebook, tables

SEEN = {"full": "Read whole", "excerpt": "Read in part", "relay": "Read through another document"}


def day(date: pd.Timestamp) -> str:
    """Return a day as prose writes it: *9 June 2023*."""
    return f"{date.day} {date:%B %Y}"


def short(source_id: str) -> str:
    """Return publisher and day of a source, or the title of a table of this report, for the line under a chart."""
    if source_id in tables.names():
        return f"this report’s table of {tables.resource(source_id)['title'].lower()}"
    source, publisher = described()[source_id]
    published = source["published"]
    return publisher if pd.isna(published) else f"{publisher}, {day(published)}"


def link(source_id: str, root: str) -> tuple[str, str]:
    """Return address and title of a source, or of a table's place in the data catalogue under the book's ``root``."""
    if source_id in tables.names():
        address = f"{root}notebooks/data-catalogue.html#{codebook.anchor(source_id)}"
        return address, tables.resource(source_id)["description"]
    source, _ = described()[source_id]
    return source["url"], source["title"]


@cache
def described() -> dict[str, tuple[pd.Series, str]]:
    """Return every source with the name of its publisher, by source id."""
    publishers = tables.table("publishers").set_index("publisher_id")["name"]
    return {row["source_id"]: (row, publishers[row["publisher_id"]]) for _, row in tables.table("sources").iterrows()}


def _text(value: str) -> str:
    """Text that BibTeX leaves as it is."""
    for special in "\\{}":
        value = value.replace(special, "")
    for special in "&%$#_":
        value = value.replace(special, "\\" + special)
    return "{" + value.replace("~", " ") + "}"


def bibliography() -> str:
    """Return all sources as BibTeX entries, one of type ``misc`` each."""
    entries = []
    for source_id, (source, publisher) in sorted(described().items()):
        parts = {"author": "{" + _text(publisher) + "}", "title": "{" + _text(source["title"]) + "}"}
        if pd.notna(source["published"]):
            parts["year"] = "{" + day(source["published"]) + "}"
        seen = f"{SEEN[source['seen']]} on {day(source['read_on'])}"
        language = Locale("en").languages[source["language"]]
        parts["note"] = _text(seen if language == "English" else f"In {language}; {seen[0].lower()}{seen[1:]}")
        parts["url"] = "{" + source["url"] + "}"
        body = ",\n".join(f"  {name} = {value}" for name, value in parts.items())
        entries.append(f"@misc{{{source_id},\n{body}\n}}\n")
    return "\n".join(entries)


def write_bibliography(app: Sphinx, config: Config) -> None:
    """Write the bibliography beside the build; only if it changed, so that unchanged pages stay unchanged."""
    path = Path(app.srcdir) / "_build" / "references.bib"
    path.parent.mkdir(exist_ok=True)
    text = bibliography()
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
    config.bibtex_bibfiles = ["_build/references.bib"]


def register(app: Sphinx) -> None:
    """Connect the bibliography with Sphinx."""
    # pybtex looks through all installed packages for its backend anew at every citation: 15 s of a build.
    pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)
    # Before sphinxcontrib-bibtex looks for its files.
    app.connect("config-inited", write_bibliography, priority=100)
