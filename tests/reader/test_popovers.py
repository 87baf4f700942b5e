"""Citations and words with a fixed meaning explain themselves: by mouse, keyboard and finger, from the tables alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from moscow_tehran import estimative, tables
from moscow_tehran.book import popovers, references

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RUN = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
PAGE = "chapters/mediation.html"
#: The first sources that the chapter cites, in the order of its text.
CITED = re.findall(r"\{cite\}`([^`,]+)`", (ROOT / "chapters" / "mediation.md").read_text("utf-8"))[:5]

Open = Callable[..., Page]


def note(page: Page) -> Locator:
    return page.locator("#note:popover-open")


def reach(page: Page, number: int = 0) -> None:
    """Reach for a citation with the mouse and wait for its note, in place of that of another."""
    link = page.locator("a.cited").nth(number)
    link.scroll_into_view_if_needed()
    link.hover()
    expect(link).to_have_attribute("aria-describedby", re.compile("note"))
    note(page).wait_for()


def fits(page: Page, width: int) -> bool:
    box = note(page).bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0 and box["y"] + box["height"] <= 900


def test_a_note_says_what_the_tables_say(open_page: Open) -> None:
    page = open_page(PAGE)
    assert not any("_cited" in url for url in page.requests), "notes came before anyone reached for a citation"
    readings, grades = tables.table("readings"), tables.table("publishers").set_index("publisher_id")["reliability"]
    page.keyboard.press("Shift")
    for number, source_id in enumerate(CITED):
        page.locator("a.cited").nth(number).focus()
        note(page).wait_for()
        source, publisher = references.described()[source_id]
        title = note(page).locator("#note-title a")
        expect(title).to_have_attribute("href", source["url"])
        assert title.inner_text().split() == source["title"].split()
        by = note(page).locator("#note-publisher").inner_text()
        assert publisher in by and f"Reliability {grades[source['publisher_id']]}," in by
        said = [item.inner_text() for item in note(page).locator("li").all()]
        own = readings.loc[readings["source_id"] == source_id, "says"].drop_duplicates()
        assert len(said) == min(3, len(own)) and all(any(text in line for text in own) for line in said), source_id
        entry = note(page).locator(".note-entry a").get_attribute("href")
        assert entry == page.locator("a.cited").nth(number).evaluate("link => link.href")
    assert len([url for url in page.requests if "_cited" in url]) == 1, "the notes of a page come once"


def test_what_fits_the_text_around_comes_first() -> None:
    readings = tables.table("readings")
    source_id = readings["source_id"].value_counts().index[0]
    own = readings.loc[readings["source_id"] == source_id, "says"].tolist()
    for said in (own[0], own[len(own) // 2], own[-1]):
        shown = popovers.says(source_id, f"As it is told, {said}")
        assert len(shown) == popovers.SAID and shown[0][1] == said


def test_a_note_leads_to_its_rows_in_the_explorer(open_page: Open) -> None:
    page = open_page(PAGE)
    places = page.locator("a.cited").count()
    for number in range(places):
        reach(page, number)
        rows = note(page).locator(".note-row a[href*='explorer.html#ev-']")
        if rows.count():
            break
    rows.first.click()
    page.wait_for_url("**/notebooks/explorer.html#ev-*")
    opened = page.locator(".explorer-heading button[aria-expanded=true]")
    opened.wait_for()
    events = tables.table("events").set_index(tables.key("events"))
    assert opened.inner_text() == events.loc[page.url.partition("#")[2], "title"]


def test_the_mouse_may_go_into_the_note_and_escape_dismisses_it(open_page: Open) -> None:
    page = open_page(PAGE)
    reach(page, 3)
    note(page).hover()
    page.wait_for_timeout(500)
    assert note(page).count() == 1, "the note closed under the mouse"
    page.keyboard.press("Escape")
    assert note(page).count() == 0
    reach(page, 3)
    page.mouse.move(2, 2)
    expect(note(page)).to_have_count(0)


def test_the_keyboard_opens_a_note_goes_through_it_and_closes_it(open_page: Open) -> None:
    page = open_page(PAGE)
    link = page.locator("a.cited").nth(3)
    page.keyboard.press("Shift")
    link.focus()
    note(page).wait_for()
    described = link.get_attribute("aria-describedby").split()
    assert described and all(note(page).locator(f"#{part}").count() == 1 for part in described)
    assert note(page).get_attribute("role") == "dialog" and note(page).get_attribute("aria-label")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#note-title') !== null")
    page.keyboard.press("Escape")
    expect(note(page)).to_have_count(0)
    assert link.evaluate("link => link === document.activeElement") and not link.get_attribute("aria-describedby")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    note(page).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bibliography*#*")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_first_tap_opens_a_note_that_fits_a_phone(open_page: Open, direction: str) -> None:
    page = open_page(PAGE, width=360, touch=True)
    page.evaluate("direction => (document.querySelector('article').dir = direction)", direction)
    before = page.url
    for number in (3, 9, 20):
        link = page.locator("a.cited").nth(number)
        link.evaluate("link => link.scrollIntoView({block: 'center'})")
        link.tap()
        note(page).wait_for()
        assert page.url == before, "the tap jumped"
        assert fits(page, 360)
        assert note(page).evaluate("note => getComputedStyle(note).direction") == "ltr"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("article h1").evaluate("title => title.scrollIntoView({block: 'center'})")
    page.locator("article h1").tap()
    expect(note(page)).to_have_count(0)


def test_notes_open_from_a_disk_and_links_lead_on_without_script(book: Path, open_page: Open) -> None:
    page = open_page("index.html")
    page.goto((book / PAGE).as_uri())
    reach(page)
    bare = open_page(PAGE, script=False)
    bare.locator("a.cited").first.click()
    bare.wait_for_url("**/bibliography*#*")
    assert bare.locator(":target").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_in_a_note(open_page: Open, theme: str) -> None:
    # Small pages: axe looks at all of a page before it judges a part.
    for path, selector in (("notebooks/literature.html", "a.cited"), ("index.html", "a.badge-word")):
        page = open_page(path, theme=theme)
        page.add_script_tag(path=str(AXE))
        page.keyboard.press("Shift")
        page.locator(selector).first.focus()
        note(page).wait_for()
        assert page.evaluate(AXE_RUN.replace("axe.run(", "axe.run('p:has(#note)', "))["violations"] == []


def test_a_word_of_an_answer_gives_its_meaning_and_leads_to_it(open_page: Open) -> None:
    page = open_page(PAGE)
    page.keyboard.press("Shift")
    words = page.locator(".answer a.badge-word")
    for number in range(words.count()):
        word = words.nth(number)
        word.focus()
        expect(note(page)).to_have_text(estimative.meaning(word.inner_text()))
    words.last.click()
    page.wait_for_url("**/method.html#confidence-*")
    assert estimative.CONFIDENCE["low"] in page.locator("tr:target").inner_text()
