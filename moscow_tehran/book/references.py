"""Citations and bibliography follow from the table of sources: a ``{cite}`` key is a source id."""

from __future__ import annotations

import html
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pybtex.plugin
from babel import Locale
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from moscow_tehran import codebook, tables

#: Where the bibliography is written, one file an initial: a page lists those whose sources it shows.
FOLDER = Path("_build") / "references"
INITIALS = ("other", *string.ascii_lowercase)
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


def places(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return page and anchor of each source in the bibliography of the book."""
    citations = env.get_domain("cite").citations  # type: ignore[attr-defined]
    return {citation.key: (citation.bibliography_key.docname, citation.citation_id) for citation in citations}


def links(sources: Iterable[str], root: str, listed: dict[str, tuple[str, str]]) -> list[str]:
    """Return a link for each source of a chart, as HTML.

    Parameters
    ----------
    sources
        Source ids, and names of tables of this report.
    root
        Way from the page to the top of the book.
    listed
        Page and anchor of the sources that are linked to where the bibliography has them, see ``places``; the others
        lead to their own address.
    """
    found = []
    for named in sources:
        address, title = link(named, root)
        if named in listed:
            page, anchor = listed[named]
            opening = f'internal" href="{root}{page}.html#{anchor}"'
        else:
            kind = "internal" if named in tables.names() else "external"
            opening = f'{kind}" href="{html.escape(address)}" title="{html.escape(title)}"'
        found.append(f'<a class="reference {opening}>{html.escape(short(named))}</a>')
    return found


def most_frequent(sources: Iterable[str]) -> str:
    """Return the three publishers with the most of these sources, each with their number, as prose."""
    publishers = Counter(described()[named][1] for named in sources if named not in tables.names())
    *others, last = [f"{publisher} ({count})" for publisher, count in publishers.most_common(3)]
    return f"{', '.join(others)} and {last}" if others else last


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


def initial(publisher: str) -> str:
    """Return the file of ``INITIALS`` in which the sources of a publisher stand; a leading *The* does not count.

    >>> initial("The Guardian"), initial("Études internationales"), initial("38 North")
    ('g', 'e', 'other')
    """
    first = _filed(publisher)[:1]
    return first if first in string.ascii_lowercase else "other"


def _filed(publisher: str) -> str:
    plain = unicodedata.normalize("NFKD", publisher.removeprefix("The "))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).lower()


@cache
def numbers() -> dict[str, int]:
    """Return the number of each source in the bibliography: by publisher, day and title, one count for all pages."""
    undated = pd.Timestamp.max
    known = {source_id: (source["published"], source["title"], publisher)
             for source_id, (source, publisher) in described().items()}  # fmt: skip
    ordered = sorted(
        known.items(),
        key=lambda item: (_filed(item[1][2]), undated if pd.isna(item[1][0]) else item[1][0], item[1][1], item[0]),
    )
    return {source_id: number for number, (source_id, _) in enumerate(ordered, start=1)}


class Order(BaseSortingStyle):
    """Sorts sources by their number."""

    def sorting_key(self, entry: Entry) -> int:
        """Return the number of a source."""
        return numbers()[entry.key]


class Number(BaseLabelStyle):
    """Labels sources with their number. A count of each page's own would give two sources one label."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield the number of each source."""
        for entry in sorted_entries:
            yield str(numbers()[entry.key])


class Numbered(Style):
    """The plain style of BibTeX with one count for all pages."""

    default_sorting_style = Order
    default_label_style = Number


def bibliography() -> dict[str, str]:
    """Return all sources as BibTeX entries, one of type ``misc`` each, by initial of the publisher."""
    entries: dict[str, list[str]] = {first: [] for first in INITIALS}
    for source_id in numbers():
        source, publisher = described()[source_id]
        parts = {"author": "{" + _text(publisher) + "}", "title": "{" + _text(source["title"]) + "}"}
        if pd.notna(source["published"]):
            parts["year"] = "{" + day(source["published"]) + "}"
        seen = f"{SEEN[source['seen']]} on {day(source['read_on'])}"
        language = Locale("en").languages[source["language"]]
        parts["note"] = _text(seen if language == "English" else f"In {language}; {seen[0].lower()}{seen[1:]}")
        parts["url"] = "{" + source["url"] + "}"
        body = ",\n".join(f"  {name} = {value}" for name, value in parts.items())
        entries[initial(publisher)].append(f"@misc{{{source_id},\n{body}\n}}\n")
    return {first: "\n".join(own) for first, own in entries.items()}


def write_bibliography(app: Sphinx, config: Config) -> None:
    """Write the bibliography beside the build; only what changed, so that unchanged pages stay unchanged."""
    folder = Path(app.srcdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for first, text in bibliography().items():
        path = folder / f"{first}.bib"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    config.bibtex_bibfiles = [f"{FOLDER.as_posix()}/{first}.bib" for first in INITIALS]


def register(app: Sphinx) -> None:
    """Connect the bibliography with Sphinx."""
    # pybtex looks through all installed packages for its backend anew at every citation: 15 s of a build.
    pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)
    register_plugin("pybtex.style.formatting", "numbered", Numbered)
    # Before sphinxcontrib-bibtex looks for its files.
    app.connect("config-inited", write_bibliography, priority=100)
