"""Rows can be linked to, words of an answer are badges of one meaning, and a chapter shows how far it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from moscow_tehran import estimative, tables
from moscow_tehran.charts import grid

ROOT = Path(__file__).resolve().parents[2]
ANSWER = re.compile(r":::\{admonition\}[^\n]*\n:class: answer\n(.*?)\n:::", re.DOTALL)
WORD = re.compile(r"(?<!\*)\*([a-z ]+)\*(?!\*)")
WORDS = {*estimative.PROBABILITY, *estimative.CONFIDENCE}

Open = Callable[..., Page]


@pytest.mark.parametrize(
    ("page_names", "table", "row"),
    [
        ("notebooks/claims", "claims", "cl-s44"),
        ("notebooks/ladder notebooks/ladder-other-pairs", "ladder", "la-rus-irn-dip-2"),
        ("notebooks/ladder", "ladder_indicators", None),
        ("notebooks/searches", "searches", None),
        ("chapters/outlook", "forecasts", None),
    ],
)
def test_every_row_has_an_address_that_leads_to_it(
    book: Path, open_page: Open, page_names: str, table: str, row: str | None
) -> None:
    text = "".join((book / f"{name}.html").read_text("utf-8") for name in page_names.split())
    keys = tables.table(table)[tables.key(table)].tolist()
    assert [
        key
        for key in keys
        if text.count(f'<tr class="row-even" id="{key}">') + text.count(f'<tr class="row-odd" id="{key}">') != 1
    ] == []
    row = row or keys[-1]
    page = open_page(f"{page_names.split()[0]}.html#{row}")
    target = page.locator("tr:target")
    target.wait_for(state="visible")  # also inside what was folded
    assert target.get_attribute("id") == row
    box = target.bounding_box()
    assert 0 < box["y"] < 900
    background = "row => getComputedStyle(row.cells[0]).backgroundColor"
    beside = page.locator(f"table:has(#{row}) tr[id]:not(#{row})").first
    assert target.evaluate(background) != beside.evaluate(background)
    link = beside.locator("a.row-link")
    expect(target.locator("a.row-link")).to_have_css("opacity", "1")
    expect(link).to_have_css("opacity", "0")
    beside.hover()
    expect(link).to_have_css("opacity", "1")
    target.hover()
    expect(link).to_have_css("opacity", "0")
    page.keyboard.press("Shift")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    assert link.get_attribute("href") == f"#{beside.get_attribute('id')}"


EVENT_TABLES = {
    "chapters/economics": "tbl-windfall",
    "chapters/mediation": "tbl-mediation-june",
    "chapters/military-support": "tbl-arms-intelligence tbl-arms-reactors",
    "chapters/ukraine-war": "tbl-paid",
    "chapters/world-order": "tbl-order-statements",
}


@pytest.mark.parametrize("page_name", EVENT_TABLES)
def test_rows_of_the_evidence_in_a_chapter_lead_to_their_place_in_the_explorer(open_page: Open, page_name: str) -> None:
    page = open_page(f"{page_name}.html")
    for name in EVENT_TABLES[page_name].split():
        rows = page.locator(f"#{name} tbody tr")
        links = rows.locator("a.row-link")
        assert links.count() == rows.count() > 3
        for row, link in zip(rows.all(), links.all(), strict=True):
            assert link.get_attribute("href") == f"../notebooks/explorer.html#{row.get_attribute('id')}"
    key = rows.last.get_attribute("id")
    links.last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/notebooks/explorer.html#{key}")
    page.locator(f"tr[data-key='{key}'] button[aria-expanded=true]").wait_for()


def test_rows_and_keys_must_be_as_many() -> None:
    with pytest.raises(ValueError, match=r"'tbl' has 2 rows and 1 keys"):
        grid.Grid(pd.DataFrame({"a": [1, 2]}), "Two rows", "tbl", (1,), keys=["one"])


@pytest.mark.parametrize("path", ["index", *sorted(f"chapters/{one.stem}" for one in ROOT.glob("chapters/*.md"))])
def test_each_word_of_an_answer_is_a_badge_and_reads_as_before(book: Path, path: str) -> None:
    source = ANSWER.search((ROOT / f"{path}.md").read_text("utf-8"))[1]
    words = [word for word in WORD.findall(source) if word in WORDS]
    built = (book / f"{path}.html").read_text("utf-8")
    badges = re.findall(r'<a class="badge-word [^>]*href="([^"]+)"[^>]*><em>([^<]+)</em></a>', built)
    assert words and [word for _, word in badges] == words
    method = (book / "notebooks" / "method.html").read_text("utf-8")
    for address, word in badges:
        page, _, anchor = address.partition("#")
        assert page.endswith("notebooks/method.html") and f'id="{anchor}"' in method, word


def test_words_have_their_ranges_wherever_a_page_gives_one() -> None:
    found = 0
    for path in [ROOT / "index.md", *ROOT.glob("chapters/*.md"), *ROOT.glob("notebooks/*.md")]:
        for word, low, high in re.findall(
            r"\*([a-z ]+)\* \(?(\d+)–(\d+)(?: percent\)|,| percent,|\.)", path.read_text("utf-8")
        ):
            assert estimative.PROBABILITY[word] == (int(low), int(high)), f"{path.name}: {word}"
            found += 1
    assert found > 20


#: The line that says how far a chapter is read.
LINE_READ = "getComputedStyle(document.querySelector('.chapter-facts'), '::after')"


def test_a_line_at_the_edge_grows_as_a_chapter_is_read(open_page: Open) -> None:
    page = open_page("chapters/mediation.html")
    grown = f"new DOMMatrix({LINE_READ}.transform).a"
    assert page.evaluate(grown) == pytest.approx(0, abs=0.01)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function(f"{grown} > 0.98")
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(f"{LINE_READ}.content") == "none"
    page.emulate_media(reduced_motion="no-preference")
    page.goto(page.url.replace("chapters/mediation", "notebooks/method"))
    assert page.locator(".chapter-facts").count() == 0
