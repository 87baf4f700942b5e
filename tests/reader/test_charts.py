"""What a reader's browser shows: every chart, before and after script, in both themes, from no other host."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import darken
from jupyter_cache import get_cache
from playwright.sync_api import Page

from moscow_tehran.book import execution, figures

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.glob("chapters/*.md"))
NOTEBOOKS = sorted(f"notebooks/{path.stem}" for path in ROOT.glob("notebooks/*.md"))
# Pages of the bibliography differ in their entries alone: one stands for all of them here.
LISTS = [page for page in NOTEBOOKS if page.startswith("notebooks/bibliography-")]
PAGES = ["index", *CHAPTERS, *(page for page in NOTEBOOKS if page not in LISTS[:-1])]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

Open = Callable[..., Page]


def executed_figures(book: Path, page: str) -> list[dict]:
    """The figures in the executed notebook behind a page."""
    cache = get_cache(str(ROOT / "_build" / "work" / ".executed" / execution.digest(ROOT)))
    record = next(one for one in cache.list_cache_records() if one.uri.endswith(f"/{page}.md"))
    cells = cache.get_cache_bundle(record.pk).nb.cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [output["data"][figures.MIME] for output in outputs if figures.MIME in output.get("data", {})]


def reach_all(page: Page) -> None:
    """Reach for every chart, as a reader who works through the page."""
    boxes = page.locator(".chart-box[data-key]")
    for number in range(boxes.count()):
        boxes.nth(number).scroll_into_view_if_needed()
        boxes.nth(number).hover()
        boxes.nth(number).locator(".main-svg").first.wait_for(state="visible")


def violations(page: Page, theme: str = "light", part: str = "html") -> list[str]:
    """What axe finds; in the dark, where only colours are other, its rule on contrast (``make audit`` asks for all)."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=str(AXE))
    rules = AXE_RULES if theme == "light" else ["color-contrast"]
    found = page.evaluate("([part, rules]) => axe.run({include: [part]}, {runOnly: rules})", [part, rules])[
        "violations"
    ]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("page_name", CHAPTERS)
def test_every_chapter_has_at_least_five_charts(book: Path, page_name: str) -> None:
    assert len(executed_figures(book, page_name)) >= 5


@pytest.mark.parametrize("page_name", CHAPTERS)
@pytest.mark.parametrize("width", [1280, 360])
def test_every_chart_is_there_before_script(book: Path, open_page: Open, page_name: str, width: int) -> None:
    page = open_page(f"{page_name}.html", script=False, width=width)
    images = page.locator(".chart-light img")
    expected = [figure["layout"]["meta"] for figure in executed_figures(book, page_name)]
    assert [images.nth(number).get_attribute("alt") for number in range(images.count())] == [
        meta["alt"] for meta in expected
    ]
    size = "narrow" if width < 540 else "wide"
    for number in range(images.count()):
        images.nth(number).scroll_into_view_if_needed()
        page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0", arg=images.nth(number).element_handle()
        )
        assert f"light-{size}.svg" in images.nth(number).evaluate("image => image.currentSrc")
    assert page.locator(".chart-dark img").first.is_hidden()


@pytest.mark.parametrize("page_name", CHAPTERS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_chart_draws_its_marks_once_reached_for(book: Path, open_page: Open, page_name: str, theme: str) -> None:
    page = open_page(f"{page_name}.html", theme=theme)
    assert not any("plotly" in url for url in page.requests), "plotly.js came before anyone reached for a chart"
    before = page.locator(".chart-box").evaluate_all("boxes => boxes.map(box => [box.offsetTop, box.offsetHeight])")
    reach_all(page)
    after = page.locator(".chart-box").evaluate_all("boxes => boxes.map(box => [box.offsetTop, box.offsetHeight])")
    assert after == before, "a chart moved the page when it became interactive"
    marks = page.locator(".chart-box").evaluate_all(
        "boxes => boxes.map(box => box.querySelectorAll('.trace path, .trace text, .point, .points path').length)"
    )
    assert len(marks) == len(executed_figures(book, page_name))
    assert all(marks), f"charts without marks: {marks}"
    loaded = [url for url in page.requests if "/plotly" in url]
    assert len(loaded) == 1, "plotly.js comes once"
    (script,) = (book / "_charts").glob("plotly*.js")
    assert loaded[0].endswith(f"/plotly-{hashlib.sha256(script.read_bytes()).hexdigest()[:8]}.js")


@pytest.mark.parametrize("page_name", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_no_other_host_is_asked_and_nothing_goes_wrong(
    open_page: Open, address: str, page_name: str, theme: str
) -> None:
    page = open_page(f"{page_name}.html", theme=theme)
    assert violations(page, theme) == []
    # Charts that are drawn take the same steps in the dark, where another test looks at their colours.
    if theme == "light" and page.locator(".chart-box[data-key]").count():
        reach_all(page)
        assert violations(page, theme, ".chart-box") == []
    assert [url for url in page.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert [text for kind, text in page.said if kind in ("error", "warning")] == []


def test_charts_follow_the_theme_switch(open_page: Open) -> None:
    page = open_page(f"{CHAPTERS[0]}.html", theme="light")
    box = page.locator(".chart-box").first
    box.hover()
    box.locator(".main-svg").first.wait_for()
    tick = "document.querySelector('.chart-box .main-svg .xtick text, .chart-box .main-svg .ytick text')"
    light = page.evaluate(f"getComputedStyle({tick}).fill")
    darken(page)
    page.wait_for_function(f"light => getComputedStyle({tick}).fill !== light", arg=light)
    still = page.locator(".chart-box").nth(1)
    assert still.locator(".chart-dark img").is_visible()
    assert still.locator(".chart-light img").is_hidden()


def test_a_chart_is_reached_by_keyboard(open_page: Open) -> None:
    page = open_page(f"{CHAPTERS[0]}.html")
    page.locator(".chart-reach").first.focus()
    page.locator(".chart-box").first.locator(".main-svg").first.wait_for()
    assert page.locator(".chart-live").first.get_attribute("aria-label")


def test_a_chart_is_reached_by_touch(open_page: Open) -> None:
    page = open_page(f"{CHAPTERS[0]}.html", width=390, touch=True)
    page.locator(".chart-box").first.scroll_into_view_if_needed()
    page.locator(".chart-box").first.tap()
    page.locator(".chart-box").first.locator(".main-svg").first.wait_for()


@pytest.mark.parametrize("page_name", PAGES)
def test_on_a_phone_no_page_scrolls_sideways_and_no_caption_with_its_table(open_page: Open, page_name: str) -> None:
    page = open_page(f"{page_name}.html", width=360)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    cut = page.locator("table caption").evaluate_all(
        """captions => captions.filter(caption => {
          caption.closest(".pst-scrollable-table-container")?.scrollTo(1000, 0);
          const { left, right } = caption.getBoundingClientRect();
          return left < 0 || right > 360;
        }).map(caption => caption.textContent)"""
    )
    assert cut == []


@pytest.mark.parametrize("page_name", CHAPTERS)
def test_each_chart_has_number_caption_sources_table_and_csv(
    book: Path, open_page: Open, address: str, page_name: str
) -> None:
    page = open_page(f"{page_name}.html")
    for figure in executed_figures(book, page_name):
        meta = figure["layout"]["meta"]
        shown = page.locator("figure", has=page.locator(f'a[href$="_charts/{meta["name"]}.csv"]'))
        assert shown.locator(".caption-number").inner_text().startswith("Fig.")
        assert len(shown.locator(".caption-text").inner_text()) > 20
        sources = shown.locator(".chart-sources a[href]")
        if len(meta["sources"]) > figures.SOURCES_FOLDED:
            assert sources.inner_text() == f"{len(meta['sources'])} sources"
            assert sources.get_attribute("href") == f"../_charts/{meta['name']}.html#sources"
        else:
            assert sources.count() == len(meta["sources"])
        assert shown.locator(".chart-data tbody tr").count() == len(meta["rows"])
        with urlopen(f"{address}/_charts/{meta['name']}.csv") as answer:
            rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8"))))
        assert rows[0] == meta["columns"]
        assert len(rows) == len(meta["rows"]) + 1


def test_no_button_sends_a_chart_elsewhere(open_page: Open) -> None:
    page = open_page(f"{CHAPTERS[0]}.html")
    reach_all(page)
    assert page.locator(".modebar-btn--logo, [data-title*='Share'], [data-title*='Edit in']").count() == 0
