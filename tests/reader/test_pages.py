"""What holds of pages as a whole: languages and directions, previews, and that no two charts are described alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(path.stem for path in ROOT.glob("chapters/*.md"))


def test_persian_runs_from_right_to_left_and_says_so(open_page: Callable[..., Page]) -> None:
    page = open_page("notebooks/summary-fa.html", width=360)
    article = page.locator("article.bd-article [lang=fa]").first
    for selector in ("h1", "p"):
        element = article.locator(selector).first
        style = element.evaluate(
            "element => [getComputedStyle(element).direction, getComputedStyle(element).textAlign]"
        )
        assert style[0] == "rtl" and style[1] in ("start", "right")
    # A dash between figures would change sides; Persian writes the word.
    text = article.inner_text()
    assert not re.search(r"[0-9۰-۹]–[0-9۰-۹]", text)
    assert re.search("از ۵", text)
    first = article.locator("p:has(strong)").first
    words = first.evaluate(
        """element => {
          const range = document.createRange();
          const node = element.querySelector("strong").firstChild;
          const at = (start, end) => {
            range.setStart(node, start);
            range.setEnd(node, end);
            return range.getBoundingClientRect().left;
          };
          return [at(0, 1), at(5, 6)];
        }"""
    )
    assert words[0] > words[1]


def test_russian_says_so(open_page: Callable[..., Page]) -> None:
    page = open_page("notebooks/summary-ru.html")
    assert page.locator("article.bd-article [lang=ru] h1").count() == 1


def test_the_front_page_shows_one_chart_of_each_chapter_that_leads_to_it(open_page: Callable[..., Page]) -> None:
    page = open_page("index.html")
    previews = page.locator(".chart-preview")
    links = [previews.nth(number).locator("a").get_attribute("href") or "" for number in range(previews.count())]
    assert sorted(Path(link.partition("#")[0]).stem for link in links) == CHAPTERS
    for number, link in enumerate(links):
        image = previews.nth(number).locator(".chart-light img")
        image.scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
        assert image.get_attribute("alt")
        target = open_page(link)
        assert target.locator(f"#{link.partition('#')[2]}").count() == 1, link


def test_the_answer_stands_on_the_first_screen_of_the_front_page(open_page: Callable[..., Page]) -> None:
    page = open_page("index.html", width=1440)
    box = page.locator(".admonition.answer").bounding_box()
    assert box is not None and box["y"] + box["height"] < 900
    page = open_page("index.html", width=360)
    box = page.locator(".admonition.answer > .admonition-title + p").bounding_box()
    assert box is not None and box["y"] + box["height"] < 640


def test_no_chart_lacks_words_and_no_two_are_described_alike(
    book: Path, address: str, open_page: Callable[..., Page]
) -> None:
    said: Counter[str] = Counter()
    page = open_page("index.html")
    for path in sorted([*book.glob("chapters/*.html"), *book.glob("notebooks/*.html")]):
        page.goto(f"{address}/{path.relative_to(book)}")
        figures = page.locator("figure:has(.chart-box[data-key])")
        for number in range(figures.count()):
            figure = figures.nth(number)
            caption = figure.locator("figcaption").inner_text()
            assert re.match(r"Fig\. \d+", caption) and len(caption) > 30, (path.name, caption)
            assert figure.locator(".chart-sources").count() == 1, (path.name, caption)
            said[figure.locator(".chart-live").get_attribute("aria-label") or ""] += 1
    assert sum(said.values()) > 50 and "" not in said
    assert [alt for alt, times in said.items() if times > 1] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_says_how_far_its_evidence_reaches_when_it_was_built_and_how_long_it_takes(
    open_page: Callable[..., Page], chapter: str
) -> None:
    line = open_page(f"chapters/{chapter}.html").locator(".chapter-facts").inner_text()
    said = r"Evidence to 31 March 2026\. Built on \d+ \w+ 20\d\d\. About \d+ minutes to read\.( PDF \(\d\.\d MB\))?"
    assert re.fullmatch(said, line)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_key_findings_are_what_the_charts_show_and_lead_to_them(
    open_page: Callable[..., Page], chapter: str
) -> None:
    page = open_page(f"chapters/{chapter}.html")
    links = page.locator(".answer + .findings a")
    leads = links.evaluate_all(
        """links => links.map(link => [
          link.textContent, document.querySelector(link.hash).querySelector('.chart-title').textContent
        ])"""
    )
    assert [said for said, _ in leads] == page.locator("figure .chart-title").all_text_contents()
    assert [said for said, shown in leads if said != shown] == []
