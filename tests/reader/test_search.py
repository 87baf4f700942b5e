"""The search finds names in any spelling, in spite of slips: pages, charts, terms, people and rows of the evidence."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from test_charts import violations

from moscow_tehran import tables
from moscow_tehran.book import search

ROOT = Path(__file__).resolve().parents[2]
PAGE = "search.html"
Open = Callable[..., Page]

PERSON = "notebooks/explorer.html#table=contacts&q="
ROW = "notebooks/explorer.html#"
#: What readers type, and what should come first. Written before the ranking was tuned; at least eighteen must be right.
QUERIES = {
    # Other spellings, cases and scripts.
    "Araqchi": PERSON + "Abbas+Araghchi",
    "Путин": PERSON + "Vladimir+Putin",
    "پوتین": PERSON + "Vladimir+Putin",
    "Khamenei’s": PERSON + "Ali+Khamenei",
    "МАГАТЭ": "notebooks/glossary.html#term-IAEA",
    "snap back": "notebooks/glossary.html#term-snapback",
    "mutual defense clause": "notebooks/glossary.html#term-mutual-defence-clause",
    "Geran-2": "notebooks/glossary.html#term-Geran-2",
    "JCPOA": "notebooks/glossary.html#term-nuclear-agreement",
    "INSTC cargo": "chapters/economics.html#fig-corridor",
    "mi28 hangar": ROW + "ev-2026-01-28-mi28-seen",
    "S300 ban Medvedev decree": ROW + "ev-2010-09-22-medvedev-decree",
    "SU 35 delivery dates": "chapters/military-support.html#fig-arms-dates",
    "zelenskyy 57,000 shaheds": ROW + "ev-2026-02-28-zelensky-57000-shaheds",
    "rasht astara agreement 2023": ROW + "ev-2023-05-17-rasht-astara-agreement",
    # Slips.
    "Pezeshkain": PERSON + "Masoud+Pezeshkian",
    "uranim 60 percent": "chapters/mediation.html#fig-mediation-stock",
    # Phrases.
    "treaty signed January 2025": ROW + "ev-2025-01-17-treaty-signed",
    "IAEA board non-compliance 2025": ROW + "vo-iaea-2025-06-12",
    "who gains from a gulf war": "chapters/israel-iran.html#who-gains-from-a-gulf-war",
}


def look_for(page: Page, query: str) -> None:
    """Type a query and wait until all of the evidence has been looked through."""
    page.locator(".search input").fill(query)
    page.locator(".search form").evaluate("form => form.requestSubmit()")
    page.wait_for_function("/result|Nothing found/.test(document.querySelector('.search-status').textContent)")
    page.wait_for_function(
        "!/still|Searching/.test(document.querySelector('.search-status').textContent)", timeout=60_000
    )


def first(page: Page) -> str:
    return page.locator(".search-title a").first.get_attribute("href") or ""


def test_twenty_queries_of_readers_find_what_they_mean_first(open_page: Open) -> None:
    page = open_page(PAGE)
    found = {}
    for query in QUERIES:
        look_for(page, query)
        found[query] = first(page)
    wrong = {query: found[query] for query, wanted in QUERIES.items() if found[query] != wanted}
    assert len(QUERIES) == 20 and len(wrong) <= 2, wrong
    # Files that are not there fail otherwise; some browsers ask for an icon of the site.
    said = [text for kind, text in page.said if kind in ("error", "warning")]
    assert [text for text in said if "Failed to load resource" not in text] == []


def test_spellings_that_count_as_one_find_the_same(open_page: Open) -> None:
    page = open_page(PAGE)
    for spellings in (
        ("Rasht–Astara", "Rasht-Astara", "rasht astara", "Решт-Астара"),
        ("Su-35", "Su35", "SU 35", "Су-35"),
        ("Mi-28", "MI28", "Ми-28"),
        ("Zelensky", "Zelenskyy", "Зеленский"),
        ("Khamenei", "Khamenei's", "KHAMENEHI", "Хаменеи", "خامنه‌ای"),
        ("Shahed-136", "Geran-2", "Герань-2"),
    ):
        counts = []
        for spelling in spellings:
            look_for(page, spelling)
            counts.append(page.locator(".search-status").inner_text())
        assert len(set(counts)) == 1 and re.match(r"\d+ results", counts[0]), dict(zip(spellings, counts, strict=True))


def test_no_spelling_is_claimed_twice() -> None:
    names = json.loads((ROOT / "assets" / "variants.json").read_text("utf-8"))["names"]
    spelled = [form.lower().rstrip("*") for own, others in names.items() for form in (own, *others)]
    assert sorted({form for form in spelled if spelled.count(form) > 1}) == []


def test_all_kinds_are_found_and_lead_to_what_is_there(open_page: Open, book: Path) -> None:
    entries = {}
    for name in ("report", "evidence", "sources"):
        script = (book / "_search" / f"{name}.js").read_text("utf-8").strip()
        entries[name] = json.loads(script.removeprefix(f'reportData("{name}",').removesuffix(")"))
    assert {kind for part in entries.values() for kind, *_ in part} == {
        "page", "section", "chart", "term", "person", "event", "promise", "contact", "vote", "claim", "source",
    }  # fmt: skip
    for name in search.ROWS:
        keys = [key for part in ("evidence", "sources") for _, _, _, key, _ in entries[part]]
        assert set(tables.table(name)[tables.key(name)]) <= set(keys)
    anchors: dict[str, set[str]] = {}
    for _, title, _, address, _ in entries["report"]:
        path, _, anchor = address.partition("#")
        if path not in anchors:
            anchors[path] = set(re.findall(r'\bid="([^"]+)"', (book / path).read_text("utf-8")))
        assert not anchor or anchor in anchors[path] or anchor.startswith("table=contacts&q="), (title, address)


def test_nothing_of_the_index_comes_before_something_is_searched(open_page: Open, book: Path, address: str) -> None:
    page = open_page(PAGE)
    page.wait_for_load_state("networkidle")
    assert [url for url in page.requests if "/_search/" in url] == []
    own = {
        urlsplit(url).path.lstrip("/") for url in page.requests if url.startswith(address) and "/_static/" not in url
    }
    assert sum(len(gzip.compress((book / path).read_bytes(), 6)) for path in own if (book / path).is_file()) < 30 * 1024
    look_for(page, "veto")
    assert [Path(urlsplit(url).path).stem for url in page.requests if "/_search/" in url] == [
        "report",
        "evidence",
        "sources",
    ]
    assert len(gzip.compress((book / "_search" / "report.js").read_bytes(), 6)) < 120 * 1024


def test_the_search_of_any_page_leads_here(open_page: Open) -> None:
    page = open_page("notebooks/glossary.html")
    page.locator(".search-button-field").first.click()
    expect(page.locator("#pst-search-dialog input")).to_be_focused()
    page.keyboard.type("Rouhani Putin meeting")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator(".search-title a").first.wait_for()
    assert page.locator(".search input").input_value() == "Rouhani Putin meeting"
    look_for(page, "Caspian ports")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["Caspian ports"]}


def test_found_words_are_marked_and_more_results_follow_by_keyboard(open_page: Open) -> None:
    page = open_page(f"{PAGE}?q=uav")
    look_for(page, "uav")
    assert page.locator(".search-status").get_attribute("role") == "status"
    total = int(page.locator(".search-status").inner_text().split()[0])
    assert total > 20
    marks = {mark.lower() for mark in page.locator(".search li mark").all_inner_texts()}
    assert marks and all(re.search("drone|uav|дрон|беспилот", mark) for mark in marks), marks
    before = page.locator(".search li").count()
    page.get_by_role("button", name="Show more").focus()
    page.keyboard.press("Enter")
    assert page.locator(".search li").count() > before
    assert (
        page.evaluate("[...document.querySelectorAll('.search li')].indexOf(document.activeElement.closest('li'))")
        == before
    )
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(chapters|notebooks)/"))


def test_a_row_that_is_found_opens_in_the_explorer(open_page: Open) -> None:
    page = open_page(f"{PAGE}?q=mi28+hangar")
    page.locator(".search-title a[href$=ev-2026-01-28-mi28-seen]").click()
    page.locator(".explorer-opened dl").wait_for()
    assert page.locator("tr[data-key]").count() == 1


def test_words_that_no_entry_has_together_are_found_apart_and_nonsense_not_at_all(open_page: Open) -> None:
    page = open_page(PAGE)
    look_for(page, "Rasht unicorn Astara")
    assert page.locator(".search-status").inner_text().startswith("Nothing has all of these words")
    assert "Astara" in page.locator(".search-title").first.inner_text()
    look_for(page, "qqqqqqzzz")
    assert page.locator(".search-status").inner_text() == "Nothing found for “qqqqqqzzz”."


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_and_a_phone_is_wide_enough(open_page: Open, theme: str) -> None:
    page = open_page(PAGE, theme=theme, width=360)
    look_for(page, "Khamenei")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_works_from_disk(chromium: Browser, book: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{(book / PAGE).as_uri()}?q=Araqchi")
    page.locator(".search-title a").first.wait_for()
    look_for(page, "Araqchi")
    assert first(page) == QUERIES["Araqchi"]
    page.locator(".search-title a").first.click()
    page.wait_for_function("document.querySelector('.explorer-status')?.textContent.endsWith('contacts')")
    context.close()


def test_without_script_the_page_says_where_to_look(open_page: Open, book: Path) -> None:
    page = open_page(PAGE, script=False)
    links = page.locator(".search noscript a, .search p a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(links) == 3 and all((book / link).exists() for link in links)


def test_what_cannot_be_loaded_is_said(open_page: Open) -> None:
    page = open_page(PAGE)
    page.route("**/_search/*", lambda route: route.abort())
    page.locator(".search input").fill("veto")
    page.get_by_text("The search could not load its index").wait_for()


def test_sphinx_own_search_is_gone(book: Path) -> None:
    assert not (book / "searchindex.js").exists()
    assert [
        path.name for path in book.rglob("*.html") if re.search("searchtools|searchindex", path.read_text("utf-8"))
    ] == []
