"""What a published book has beside its pages: site map, feed of changes, word to robots, redirects, error page."""

from __future__ import annotations

import re
import subprocess
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import yaml
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.util import logging

from moscow_tehran import tables
from moscow_tehran.book import pages, sharing

logger = logging.getLogger(__name__)

SITEMAP, FEED = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/2005/Atom"
CHANGELOG = "notebooks/changelog"
#: Old addresses and where their pages are now, both as in ``_toc.yml``.
REDIRECTS = Path("assets") / "redirects.yml"
#: A version in the changelog; one without a date is not released.
RELEASE = re.compile(r"^## (\S+) \((\d{4}-\d{2}-\d{2})\)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def last_changes(root: Path) -> dict[str, str]:
    """Return the day of the last change of each file of a checkout, by path; nothing where there is no history."""
    asked = subprocess.run(
        ["git", "-C", str(root), "-c", "core.quotePath=false", "log", "--format=//%cs", "--name-only", "--relative"],
        capture_output=True,
        text=True,
        check=False,
    )
    changes: dict[str, str] = {}
    day = ""
    for line in asked.stdout.splitlines():
        if line.startswith("//"):
            day = line[2:]
        elif line:
            changes.setdefault(line, day)
    return changes


def sitemap(address: str, files: dict[str, str], changes: dict[str, str]) -> bytes:
    """Return the site map.

    Parameters
    ----------
    address
        Public address of the book.
    files
        Address of each page, and the file that it is written from.
    changes
        Day of the last change by file. A page changes with its file and with the tables, whose numbers it quotes.
    """
    evidence = max((day for path, day in changes.items() if path.startswith("data/")), default="")
    release = tables.package()["created"][:10]
    ElementTree.register_namespace("", SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for page, file in files.items():
        entry = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(entry, f"{{{SITEMAP}}}loc").text = page
        ElementTree.SubElement(entry, f"{{{SITEMAP}}}lastmod").text = max(changes.get(file, ""), evidence) or release
    return _xml(root)


def feed(changelog: str, title: str, author: str, address: str) -> bytes:
    """Return the changes as an Atom feed, one entry a release, newest first.

    Parameters
    ----------
    changelog
        Text of ``CHANGELOG.md``.
    title, author
        Of the report.
    address
        Its public address. Without one the links are relative to the feed.
    """
    ElementTree.register_namespace("", FEED)
    root = ElementTree.Element(f"{{{FEED}}}feed")
    releases = RELEASE.findall(changelog)

    def add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, f"{{{FEED}}}{name}", attributes)
        element.text = text
        return element

    def identify(parent: ElementTree.Element, name: str) -> None:
        # The same wherever the book is published, so that no reader is told the same change twice.
        add(parent, "id", uuid.uuid5(uuid.NAMESPACE_URL, f"moscow-tehran/{name}").urn)

    add(root, "title", f"{title} Changes")
    identify(root, "changes")
    add(root, "updated", f"{max(day for _, day, _ in releases)}T00:00:00Z")
    add(add(root, "author"), "name", author)
    add(root, "link", rel="alternate", type="text/html", href=f"{address}{CHANGELOG}.html")
    if address:
        add(root, "link", rel="self", type="application/atom+xml", href=f"{address}feed.xml")
    markdown = MarkdownIt()
    for version, day, text in releases:
        entry = add(root, "entry")
        add(entry, "title", f"Version {version}")
        identify(entry, version)
        add(entry, "updated", f"{day}T00:00:00Z")
        add(entry, "link", rel="alternate", type="text/html", href=f"{address}{CHANGELOG}.html")
        add(entry, "content", markdown.render(text), type="html")
    return _xml(root)


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def redirects(root: Path) -> dict[str, str]:
    """Return where the pages of old addresses are now."""
    return yaml.safe_load((root / REDIRECTS).read_text("utf-8")) or {}


def misled(moved: dict[str, str], known: Iterable[str]) -> dict[str, str]:
    """Return what is wrong with redirects, by old address, given the pages of the book."""
    pages_now = set(known)
    return {
        old: f"{old!r} is a page of the book" if old in pages_now else f"the book has no page {new!r}"
        for old, new in moved.items()
        if old in pages_now or new not in pages_now
    }


def contents(app: Sphinx) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the parts of the book: caption, and file and heading of each page."""
    assert app.env is not None
    known = pages.known(app.env)
    return [
        (part.caption or "", [(f"{page}.html", known[page]["heading"]) for page in part.items if page in known])
        for part in app.config.external_site_map.root.subtrees
    ]


def extra_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page for errors, and one for each old address; warn of redirects that lead nowhere."""
    assert app.env is not None
    # Served at any depth, so that its links start at the root of the host.
    root = urlsplit(app.config.report_address).path or "/"
    yield "404", {"root": root, "report": app.config.html_title, "contents": contents(app)}, "404.html"
    known = pages.known(app.env)
    moved = redirects(Path(app.srcdir))
    faults = misled(moved, known)
    for old, fault in faults.items():
        logger.warning("%s, %r: %s; expected 'old/page: new/page' as in _toc.yml", REDIRECTS, old, fault)
    for old, new in moved.items():
        if old in faults:
            continue
        title = known[new]["title"]
        canonical = sharing.address_of(app, new) if app.config.report_address else ""
        yield old, {"target": new, "report_title": title, "report_canonical": canonical}, "redirect.html"


def put_into_book(app: Sphinx, error: Exception | None) -> None:
    """Write site map, feed and word to robots; a site map needs the public address."""
    if error is not None or app.builder.format != "html":
        return
    assert app.env is not None
    target, source, address = Path(app.outdir), Path(app.srcdir), app.config.report_address
    robots = "User-agent: *\nAllow: /\n"
    if address:
        files = {
            sharing.address_of(app, page): Path(app.env.doc2path(page, base=False)).as_posix()
            for page in sorted(pages.known(app.env))
        }
        (target / "sitemap.xml").write_bytes(sitemap(address, files, last_changes(source)))
        robots += f"Sitemap: {address}sitemap.xml\n"
    else:
        (target / "sitemap.xml").unlink(missing_ok=True)
        logger.info(
            "no public address known: no site map and no canonical links; report_address in _config.yml sets it"
        )
    (target / "robots.txt").write_text(robots, "utf-8")
    changelog = (source / "CHANGELOG.md").read_text("utf-8")
    (target / "feed.xml").write_bytes(feed(changelog, app.config.html_title, app.config.author, address))


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.connect("html-collect-pages", extra_pages)
    app.connect("build-finished", put_into_book)
