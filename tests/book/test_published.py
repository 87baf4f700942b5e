"""A book with a public address has site map, canonical links and redirects; one without has what needs none."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import HEAD, ROOT, Project
from sphinx.errors import ExtensionError

from moscow_tehran.book import archive, published, sharing

ADDRESS = "https://reports.example/iran/"


@pytest.mark.parametrize(
    ("setting", "repository", "address"),
    [
        ("", "https://github.com/Owner/Name", "https://owner.github.io/Name/"),
        ("", "https://github.com/owner/owner.github.io", "https://owner.github.io/"),
        ("", "https://gitlab.com/owner/name", ""),
        ("", "", ""),
        ("https://reports.example/iran", "https://github.com/owner/name", ADDRESS),
        ("https://reports.example", "", "https://reports.example/"),
    ],
)
def test_the_public_address_follows_from_the_repository_unless_it_is_set(
    setting: str, repository: str, address: str
) -> None:
    assert sharing.public_address(setting, repository) == address


def test_a_setting_that_is_no_address_is_named() -> None:
    with pytest.raises(ExtensionError, match=r"report_address: 'reports\.example'; expected"):
        sharing.public_address("reports.example", "")


def test_with_and_without_an_address_of_book_and_repository(small_project: Project) -> None:
    bare = small_project.build()
    assert bare.returncode == 0, bare.stdout + bare.stderr
    html = small_project.root / "_build" / "html"
    assert bare.stdout.count("no public address known") == 1
    assert not (html / "sitemap.xml").exists() and "Sitemap" not in (html / "robots.txt").read_text()
    page = small_project.page("chapters/small.html")
    assert "canonical" not in page and "og:url" not in page
    assert 'property="og:image" content="../_cards/chapters-small.png"' in page
    assert 'rel="self"' not in (html / "feed.xml").read_text()
    assert "mybinder.org" not in page and "btn-source-edit" not in page

    small_project.edit("_config.yml", 'report_address: ""', f"report_address: {ADDRESS}")
    small_project.edit("_config.yml", 'report_repository: ""', "report_repository: https://github.com/owner/name")
    small_project.edit("index.md", "# Start", f"{HEAD}# Start")
    small_project.edit("assets/redirects.yml", "{}", "notebooks/little: chapters/small\n")
    built = small_project.build()
    assert built.returncode == 0, built.stdout + built.stderr
    assert "no public address known" not in built.stdout
    pages = ["", "chapters/small.html", "notebooks/bibliography.html"]
    listed = ElementTree.fromstring((html / "sitemap.xml").read_bytes())
    places = [entry.text for entry in listed.iter(f"{{{published.SITEMAP}}}loc")]
    assert sorted(filter(None, places)) == [ADDRESS + page for page in pages]
    days = [entry.text or "" for entry in listed.iter(f"{{{published.SITEMAP}}}lastmod")]
    assert len(days) == len(pages) and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
    for path in pages:
        page = small_project.page(path or "index.html")
        assert re.findall(r'<link rel="canonical" href="([^"]*)"', page) == [ADDRESS + path]
        assert f'property="og:url" content="{ADDRESS}{path}"' in page
        assert f'property="og:image" content="{ADDRESS}_cards/' in page
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (html / "robots.txt").read_text()
    assert f'rel="self" type="application/atom+xml" href="{ADDRESS}feed.xml"' in (html / "feed.xml").read_text()
    assert 'href="/iran/chapters/small.html"' in small_project.page("404.html")
    unlisted = small_project.page("404.html")
    assert '<meta name="robots" content="noindex"' in unlisted and "canonical" not in unlisted
    for made in ("search", "genindex"):
        assert re.search(r'<meta name="description" content=".{30,}">', small_project.page(f"{made}.html"))
    moved = small_project.page("notebooks/little.html")
    assert '<meta http-equiv="refresh" content="0; url=../chapters/small.html">' in moved
    assert f'<link rel="canonical" href="{ADDRESS}chapters/small.html">' in moved
    assert '<a href="../chapters/small.html">' in moved
    page = small_project.page("chapters/small.html")
    assert "https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/chapters/small.md" in page
    assert "https://github.com/owner/name/edit/main/chapters/small.md" in page
    # From the front page a visitor comes to what there is to try.
    front = small_project.page("index.html")
    assert "https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/notebooks/start-here.md" in front


def test_every_redirect_leads_from_no_page_to_a_page() -> None:
    pages = [path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.glob("*/*.md")]
    assert published.misled(published.redirects(ROOT), ["index", *pages]) == {}
    assert published.misled({"old": "new"}, ["new"]) == {}
    assert "no page 'new'" in published.misled({"old": "new"}, ["index"])["old"]
    assert "is a page" in published.misled({"old": "new"}, ["old", "new"])["old"]


def test_the_last_change_of_a_page_is_that_of_its_file_or_of_the_evidence() -> None:
    changes = {"index.md": "2026-03-01", "chapters/a.md": "2026-05-01", "data/trade.csv": "2026-04-01"}
    written = published.sitemap(ADDRESS, {f"{ADDRESS}": "index.md", f"{ADDRESS}a.html": "chapters/a.md"}, changes)
    days = [entry.text for entry in ElementTree.fromstring(written).iter(f"{{{published.SITEMAP}}}lastmod")]
    assert days == ["2026-04-01", "2026-05-01"]


def test_an_unreleased_version_is_not_in_the_feed() -> None:
    changelog = (
        "# Changelog\n\n## Unreleased\n\n- soon\n\n## 0.2.0 (2026-02-02)\n\n- now\n\n## 0.1.0 (2026-01-01)\n\n- then\n"
    )
    feed = published.feed(changelog, "Title", "Author", "").decode()
    assert "soon" not in feed and "&lt;li&gt;now" in feed
    assert re.findall("<title>(.*)</title>", feed) == ["Title Changes", "Version 0.2.0", "Version 0.1.0"]


def test_the_same_book_gives_the_same_archive_and_never_holds_itself(tmp_path: Path) -> None:
    book = tmp_path / "book"
    (book / "notebooks").mkdir(parents=True)
    (book / "index.html").write_text("start")
    page = book / "notebooks" / "page.html"
    page.write_text('<p>(<span class="book-archive-size"></span>)</p>')
    archive.add(book)
    first = (book / archive.NAME).read_bytes()
    page.touch()
    archive.add(book)
    assert (book / archive.NAME).read_bytes() == first
    assert page.read_text() == '<p>(<span class="book-archive-size">0.0 MB</span>)</p>'
    with zipfile.ZipFile(book / archive.NAME) as packed:
        assert sorted(packed.namelist()) == ["moscow-tehran-book/index.html", "moscow-tehran-book/notebooks/page.html"]
        assert packed.read("moscow-tehran-book/notebooks/page.html") == page.read_bytes()
