"""What a page says of itself to those who find it or pass it on, and what the book is off line and on paper."""

from __future__ import annotations

import json
import re
import shutil
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import ROOT, darken
from playwright.sync_api import Browser, Page

from moscow_tehran import tables
from moscow_tehran.book import archive, cards, pages, published, sharing, site

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
PAGES = [TOC["root"], *(page["file"] for part in TOC["parts"] for page in part["chapters"])]
REPORT = "Does Russia truly support Iran?"
PLACE = "https://book.example/"


@pytest.fixture(scope="module")
def heads(book: Path) -> dict[str, BeautifulSoup]:
    """The head of every page."""
    return {
        page: BeautifulSoup((book / f"{page}.html").read_text("utf-8").partition("</head>")[0], "html.parser")
        for page in PAGES
    }


@pytest.fixture(scope="module")
def public(book: Path) -> str:
    """Where the built book says that it is published; nothing in a checkout without such a place."""
    return sharing.public_address("", site.repository_address("", ROOT))


def said(head: BeautifulSoup, name: str) -> str:
    """What a page says of itself under one name, once."""
    [found] = head.find_all("meta", attrs={"property" if name.startswith("og:") else "name": name})
    return found["content"]


def structured(head: BeautifulSoup) -> dict[str, Any]:
    [found] = head.find_all("script", type="application/ld+json")
    return json.loads(found.string)


def file_behind(book: Path, public: str, page: str, address: str) -> Path:
    """The file of the book to which an address on a page leads, seen from the page where it is not public."""
    place = public or PLACE
    full = urljoin(f"{place}{page}.html", address)
    assert full.startswith(place), address
    return book / full.removeprefix(place)


def test_every_page_has_a_title_and_a_description_that_no_other_has(heads: dict[str, BeautifulSoup]) -> None:
    titles = {page: head.title.string for page, head in heads.items()}
    descriptions = {page: said(head, "description") for page, head in heads.items()}
    for told in (titles, descriptions):
        assert len(set(told.values())) == len(PAGES), [
            text for text in told.values() if [*told.values()].count(text) > 1
        ]
    assert titles["index"] == REPORT
    assert titles["chapters/economics"] == f"The economy: is trade the glue? — {REPORT}"
    for page, text in descriptions.items():
        assert pages.SHORTEST <= len(text) <= pages.LONGEST, (page, len(text), text)
        assert not re.search(r"[{}<>`*\[\]\0]|s-\w+-\w+|…$", text), (page, text)
    for page, head in heads.items():
        assert said(head, "og:title") == titles[page] and said(head, "og:description") == descriptions[page]


def test_every_page_names_an_image_that_is_there_in_the_size_that_is_asked_for(
    book: Path, public: str, heads: dict[str, BeautifulSoup]
) -> None:
    for page, head in heads.items():
        path = file_behind(book, public, page, said(head, "og:image"))
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG") and struct.unpack(">II", content[16:24]) == (1200, 630), page
        assert len(content) <= 150_000, page
        assert (said(head, "og:image:width"), said(head, "og:image:height")) == ("1200", "630")
        assert said(head, "twitter:card") == "summary_large_image" and len(said(head, "og:image:alt")) > 20
    parts = [part for page in TOC["parts"] for one in page["chapters"] for part in one.get("sections", [])]
    # The Persian page shares the front page's.
    assert len(list((book / cards.FOLDER).iterdir())) == len(PAGES) + len(parts) - 1


def test_a_chapters_card_shows_the_chart_that_the_front_page_shows_of_it(
    book: Path, heads: dict[str, BeautifulSoup]
) -> None:
    front = BeautifulSoup((book / "index.html").read_text("utf-8"), "html.parser")
    shown = {link["href"].partition(".html")[0]: link.string for link in front.select(".chart-preview .chart-title a")}
    assert len(shown) == len([page for page in PAGES if page.startswith("chapters/")])
    for page, title in shown.items():
        assert title in said(heads[page], "og:image:alt")


def test_structured_data_says_what_a_page_is(book: Path, public: str, heads: dict[str, BeautifulSoup]) -> None:
    for page, head in heads.items():
        data = structured(head)
        assert data["@context"] == "https://schema.org"
        assert data["@type"] == ("Report" if page == "index" or page.startswith("chapters/") else "WebPage")
        assert data["author"]["name"] == said(head, "og:site_name")
        assert data["license"].startswith("https://creativecommons.org/") and re.fullmatch(
            r"\d{4}-\d\d-\d\d", data["datePublished"]
        )
        assert file_behind(book, public, page, data["image"]).exists()
    parts = [file_behind(book, public, "index", part["url"]) for part in structured(heads["index"])["hasPart"]]
    assert sorted(parts) == sorted(book.glob("chapters/*.html"))


def test_every_table_is_described_as_a_dataset_with_its_files(
    book: Path, public: str, heads: dict[str, BeautifulSoup]
) -> None:
    whole = structured(heads[sharing.CATALOGUE])["mainEntity"]
    assert len(whole["hasPart"]) == len(tables.names())
    end = f"{tables.cut_off():%Y-%m-%d}"
    assert whole["temporalCoverage"].endswith(f"/{end}")
    named = set()
    for dataset in (whole, *whole["hasPart"]):
        assert (
            dataset["@type"] == "Dataset" and dataset["creator"]["name"] and dataset["license"].startswith("https://")
        )
        assert 50 <= len(dataset["description"]) <= 5000
        if reach := dataset.get("temporalCoverage"):
            start, stop = reach.split("/")
            assert start < stop == end, dataset["name"]
        for download in dataset["distribution"]:
            path = file_behind(book, public, sharing.CATALOGUE, download["contentUrl"])
            assert path.exists() and download["encodingFormat"]
            named.add(path.name)
    assert named == {f"{name}.{kind}" for name in tables.names() for kind in ("csv", "parquet", "json")} | {
        "moscow-tehran-data.zip"
    }


def test_the_changes_are_a_valid_feed(book: Path) -> None:
    def text(element: ElementTree.Element, name: str) -> str:
        [found] = element.findall(f"{{{published.FEED}}}{name}")
        return found.text or ""

    feed = ElementTree.fromstring((book / "feed.xml").read_bytes())
    assert feed.tag == f"{{{published.FEED}}}feed" and text(feed, "title")
    entries = feed.findall(f"{{{published.FEED}}}entry")
    versions = re.findall(r"^## (\d\S+) \(", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert [text(entry, "title") for entry in entries] == [f"Version {version}" for version in versions]
    for element in (feed, *entries):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(element, "id"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", text(element, "updated"))
    assert len({text(element, "id") for element in (feed, *entries)}) == 1 + len(entries)
    assert text(feed, "updated") == max(text(entry, "updated") for entry in entries)
    assert all("<" in text(entry, "content") for entry in entries)
    assert feed.find(f"{{{published.FEED}}}author/{{{published.FEED}}}name") is not None


def test_a_page_in_another_language_says_so_as_a_whole(open_page: Callable[..., Page]) -> None:
    for language, direction in (("ru", "ltr"), ("fa", "rtl")):
        page = open_page(f"notebooks/summary-{language}.html")
        assert page.locator("html").get_attribute("lang") == language
        assert page.title() and REPORT not in page.title()
        assert page.locator("article h1").evaluate(
            "h1 => h1.closest('[lang]').lang + getComputedStyle(h1).direction"
        ) == (language + direction)
        # What stands around it is English.
        assert page.locator(".bd-sidebar-primary").evaluate("bar => bar.closest('[lang]').lang") == "en"
        assert (
            page.locator("meta[property='og:locale']").get_attribute("content")
            == {"ru": "ru_RU", "fa": "fa_IR"}[language]
        )


class Published(SimpleHTTPRequestHandler):
    """Serves a book under a path and its error page for all that is not there, as GitHub Pages does."""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the book's own page."""
        content = next(Path(self.directory).rglob("404.html")).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on loopback as a host of published books would."""
    servers = []

    def serve(folder: Path) -> str:
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), partial(Published, directory=str(folder))))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()


def test_a_wrong_address_at_any_depth_leads_back_into_the_book(
    book: Path, public: str, tmp_path: Path, chromium: Browser, serve_folder: Callable[[Path], str]
) -> None:
    root = tmp_path / urlsplit(public).path.strip("/")
    root.parent.mkdir(parents=True, exist_ok=True)
    if root == tmp_path:
        root = tmp_path / "root"
        folder = root
    else:
        folder = tmp_path
    root.symlink_to(book)
    base = serve_folder(folder) + (urlsplit(public).path or "/")
    page = chromium.new_page()
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status == 404 else None)
    for wrong in ("nowhere.html", "chapters/of/another/book.html"):
        page.goto(base + wrong)
        assert page.locator("h1").inner_text() == "There is no such page"
        links = page.locator("a").evaluate_all("links => links.map(link => link.href)")
        assert {link.removeprefix(base).removesuffix(".html") for link in links} == set(PAGES)
    page.get_by_label("Search the report").fill("uranium")
    page.get_by_role("button", name="Search").click()
    page.locator("article.search ol li").first.wait_for()
    assert all("nowhere" in url or "another" in url for url in missing), missing
    page.close()


@pytest.fixture(scope="module")
def unpacked(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The book as someone has it who took the archive away."""
    folder = tmp_path_factory.mktemp("away")
    with zipfile.ZipFile(book / archive.NAME) as packed:
        packed.extractall(folder)
    yield folder / "moscow-tehran-book"
    shutil.rmtree(folder)


def test_the_archive_is_the_book_and_its_page_says_how_large_it_is(book: Path, unpacked: Path) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != archive.NAME
        }

    assert not (unpacked / archive.NAME).exists()
    assert files(unpacked) == files(book)
    size = (book / archive.NAME).stat().st_size / 1e6
    offered = re.search(
        r"moscow-tehran-book\.zip</a> \(<[^>]*>([\d.]+) MB", (book / "notebooks/how-to-cite.html").read_text()
    )
    assert offered and abs(float(offered[1]) - size) <= 0.1


@pytest.mark.parametrize("page_name", ["index", "chapters/verdict", "notebooks/summary-fa", "notebooks/ladder"])
def test_pages_work_from_disk(unpacked: Path, chromium: Browser, page_name: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.on("request", lambda request: faults.append(request.url) if request.url.startswith("http") else None)
    page.goto((unpacked / f"{page_name}.html").as_uri())
    boxes = page.locator(".chart-box[data-key]")
    for number in range(min(2, boxes.count())):
        boxes.nth(number).hover()
        boxes.nth(number).locator(".main-svg").first.wait_for()
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    darken(page)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert faults == []
    context.close()


def test_search_works_from_disk(unpacked: Path, chromium: Browser) -> None:
    page = chromium.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((unpacked / "search.html").as_uri() + "?q=drone")
    page.locator("article.search ol li a").first.wait_for()
    page.locator("article.search ol li a").first.click()
    page.locator("article h1").wait_for()
    assert faults == []
    page.close()


def test_without_script_the_words_the_charts_the_data_and_the_sources_are_there(open_page: Callable[..., Page]) -> None:
    page = open_page("chapters/economics.html", script=False)
    for figure in page.locator("figure:has(.chart-box[data-key])").all():
        for details in figure.locator("details").all():
            details.locator("summary").click()
        assert figure.locator(".chart-light").is_visible() and figure.locator(".chart-data table").is_visible()
        assert figure.locator(".chart-sources a").first.is_visible()


def test_on_paper_a_chapter_is_its_text_charts_sources_and_data(open_page: Callable[..., Page]) -> None:
    page = open_page("chapters/economics.html", theme="dark")
    page.locator(".chart-box[data-key]").first.hover()
    page.locator(".chart-box[data-key] .main-svg").first.wait_for()
    page.emulate_media(media="print")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")
    gone_on_paper = (
        ".bd-sidebar-primary .bd-sidebar-secondary .bd-header-article .prev-next-footer .bd-footer .headerlink"
    )
    for gone in [*gone_on_paper.split(), "details.above-input", ".chart-reach", ".chart-live", ".chart-dark"]:
        assert page.locator(gone).count() and not any(one.is_visible() for one in page.locator(gone).all()), gone
    assert page.locator("article h1").is_visible()
    charts = page.locator(".chart-box[data-key]")
    page.wait_for_function(
        "[...document.querySelectorAll('.chart-light img')].every(image => image.complete && image.naturalWidth > 0)"
    )
    for number in range(charts.count()):
        assert charts.nth(number).locator(".chart-light img").is_visible()
        assert charts.nth(number).evaluate("box => getComputedStyle(box).breakInside") == "avoid"
    for part in (".chart-data table", ".chart-sources a"):
        assert all(one.is_visible() for one in page.locator(part).all()), part
    addresses = page.locator("article a").evaluate_all(
        "links => links.map(link => [link.matches('.internal'), getComputedStyle(link, '::after').content])"
    )
    assert not any(internal and text not in ("none", "normal") for internal, text in addresses)
    heads = page.locator("article thead").evaluate_all("heads => heads.map(head => getComputedStyle(head).display)")
    assert heads and set(heads) == {"table-header-group"}
    # As it was, when the paper is out.
    page.emulate_media(media="screen")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert page.locator("article details[open]").count() == 0


def test_printing_itself_takes_the_light_variant_of_a_dark_page(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page("chapters/economics.html", theme="dark")
    page.evaluate("addEventListener('beforeprint', () => (window.printed = document.documentElement.dataset.theme))")
    written = page.pdf(format="A4", prefer_css_page_size=True)
    assert written.startswith(b"%PDF") and page.evaluate("window.printed") == "light"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
