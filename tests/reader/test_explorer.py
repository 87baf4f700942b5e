"""The explorer shows, counts and hands out exactly the rows that its fields ask for."""

from __future__ import annotations

import csv
import gzip
import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect
from sphinx import addnodes
from test_charts import violations

from moscow_tehran import tables
from moscow_tehran.book import explorer, references

PAGE = "notebooks/explorer.html"
ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., Page]


def raw(name: str) -> pd.DataFrame:
    """A table as its file has it, every cell as text."""
    return pd.read_csv(tables.DATA / f"{name}.csv", dtype=str, keep_default_na=False)


def shown(page: Page) -> int:
    """How many rows the page says it shows."""
    return int(page.locator(".explorer-status").inner_text().split(" of ")[0].replace(",", ""))


def ready(page: Page, name: str = "events") -> Page:
    page.locator(".explorer:not([aria-busy])").wait_for()
    page.wait_for_function(
        "ending => document.querySelector('.explorer-status').textContent.endsWith(ending)",
        arg=f"{tables.resource(name)['title'].lower()}",
    )
    return page


def choose(page: Page, name: str) -> None:
    """Choose a table, all of it."""
    if (everything := page.get_by_role("button", name="Show all")).is_visible():
        everything.click()
    page.locator(f"input[name=table][value={name}]").check(force=True)
    ready(page, name)


#: Table, what is chosen in its fields, and the rows that pandas finds.
QUESTIONS: list[tuple[str, dict[str, str], Callable[[pd.DataFrame], pd.Series]]] = [
    ("events", {"domain": "nuclear"}, lambda t: t["domain"] == "nuclear"),
    (
        "events",
        {"domain": "arms-technology", "actor": "RUS", "valence": "supports", "from": "2015", "to": "2024"},
        lambda t: (t["domain"] == "arms-technology") & (t["actor"] == "RUS") & (t["valence"] == "supports")
        & t["date"].str[:4].between("2015", "2024"),
    ),
    (
        "events",
        {"credibility": "2", "status": "alleged", "target": "RUS"},
        lambda t: (t["credibility"] <= "2") & (t["status"] == "alleged") & (t["target"] == "RUS"),
    ),
    ("events", {"to": "1984"}, lambda t: t["date"].str[:4] <= "1984"),
    (
        "events",
        {"q": "uranium Rosatom", "valence": "neutral"},
        lambda t: (t["valence"] == "neutral") & t[list(explorer.VIEWS["events"].searched)].agg(" ".join, axis=1)
        .map(lambda text: "uranium" in text.lower() and "rosatom" in text.lower()),
    ),
    ("sources", {"language": "fa", "kind": "news"}, lambda t: (t["language"] == "fa") & (t["kind"] == "news")),
    (
        "sources",
        {"reliability": "B", "official": "true", "from": "2020"},
        lambda t: t["publisher_id"].map(raw("publishers").set_index("publisher_id")["reliability"]).le("B")
        & (t["official"] == "true") & (t["published"].str[:4] >= "2020"),
    ),
    (
        "promises",
        {"topic": "railway", "status": "overdue", "promiser": "IRN"},
        lambda t: (t["topic"] == "railway") & (t["status"] == "overdue") & (t["promiser"] == "IRN"),
    ),
    (
        "contacts",
        {"counterpart_country": "ISR", "level": "leaders", "format": "call"},
        lambda t: (t["counterpart_country"] == "ISR") & (t["level"] == "leaders") & (t["format"] == "call"),
    ),
    (
        "votes",
        {"body": "unga", "russia": "no", "iran": "abstain"},
        lambda t: (t["body"] == "unga") & t["vote_id"].isin(cast("RUS", "no"))
        & t["vote_id"].isin(cast("IRN", "abstain")),
    ),
]  # fmt: skip


def cast(country: str, position: str) -> pd.Series:
    positions = raw("vote_positions")
    return positions[(positions["country"] == country) & (positions["position"] == position)]["vote_id"]


def ask(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        field = page.locator(f".explorer [name={name}]")
        field.fill(value) if name == "q" else field.select_option(value)


@pytest.fixture(scope="module")
def expected() -> list[pd.DataFrame]:
    """What pandas finds for each question; none of them is idle."""
    found = [raw(name)[rule(raw(name))] for name, _, rule in QUESTIONS]
    assert all(0 < len(rows) < len(raw(name)) for rows, (name, _, _) in zip(found, QUESTIONS, strict=True))
    return found


def test_filters_count_timeline_and_csv_agree_with_pandas(open_page: Open, expected: list[pd.DataFrame]) -> None:
    page = ready(open_page(PAGE))
    for (name, fields, _), rows in zip(QUESTIONS, expected, strict=True):
        choose(page, name)
        ask(page, fields)
        page.wait_for_function(
            "count => document.querySelector('.explorer-status').textContent.startsWith(count)",
            arg=f"{len(rows):,} of {len(raw(name)):,}",
        )
        # Bars: of each year as many rows as pandas has; years before the first bar of their own share one.
        years = rows[tables.resource(name)["time"]].str[:4]
        bars = page.locator(".explorer-bar-year").evaluate_all(
            "all => all.map(one => [one.dataset.year, one.dataset.count])"
        )
        own = {year: int(count) for year, count in bars[1:]}
        assert {year: count for year, count in own.items() if count} == {
            year: count for year, count in years[years != ""].value_counts().items() if year in own
        }
        assert sum(int(count) for _, count in bars) == (years != "").sum()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download these rows (CSV)").click()
        for value in fields.values():
            assert re.sub(r"\W", "-", value) in download.value.suggested_filename
        given = pd.read_csv(download.value.path(), dtype=str, keep_default_na=False)
        key = tables.key(name)
        assert list(given.columns) == list(rows.columns)
        pd.testing.assert_frame_equal(
            given.sort_values(key, ignore_index=True), rows.sort_values(key, ignore_index=True)
        )
        dates = given[tables.resource(name)["time"]]
        assert list(dates) == sorted(dates, reverse=True), "the file is in the order of the list: newest first"
    # Files that are not there fail otherwise; some browsers ask for an icon of the site.
    said = [text for kind, text in page.said if kind in ("error", "warning")]
    assert [text for text in said if "Failed to load resource" not in text] == []


def test_the_csv_of_all_rows_is_the_table(open_page: Open) -> None:
    page = ready(open_page(PAGE))
    for name in explorer.VIEWS:
        choose(page, name)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download these rows (CSV)").click()
        assert download.value.suggested_filename == f"{name}.csv"
        with Path(download.value.path()).open(newline="", encoding="utf-8") as file:
            given = list(csv.reader(file))
        with (tables.DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            wanted = list(csv.reader(file))
        assert given[0] == wanted[0]
        assert sorted(given[1:]) == sorted(wanted[1:])


def test_the_address_restores_what_it_was_taken_from(open_page: Open, expected: list[pd.DataFrame]) -> None:
    for number in (1, 4, 9):
        (name, fields, _), rows = QUESTIONS[number], expected[number]
        first = ready(open_page(PAGE))
        choose(first, name)
        ask(first, fields | {"sort": "oldest"})
        first.wait_for_function(
            "count => document.querySelector('.explorer-status').textContent.startsWith(count)", arg=f"{len(rows)} of"
        )
        again = ready(open_page(urlsplit(first.url).path.lstrip("/") + "#" + urlsplit(first.url).fragment), name)
        assert shown(again) == len(rows)
        # The first rows are drawn before the others.
        expect(first.locator("tr[data-key]")).to_have_count(min(len(rows), 40))
        assert again.locator(f"[name=table][value={name}]").is_checked()
        for field, value in (fields | {"sort": "oldest"}).items():
            assert again.locator(f".explorer [name={field}]").input_value() == value
        listed = [
            page.locator("tr[data-key]").evaluate_all("rows => rows.map(row => row.dataset.key)")
            for page in (first, again)
        ]
        assert listed[0] == listed[1] and listed[0]
        again.get_by_role("button", name="Show all").click()
        assert shown(ready(again, name)) == len(raw(name))


def test_counts_beside_the_choices_say_what_each_would_leave(open_page: Open) -> None:
    page = ready(open_page(f"{PAGE}#table=events&domain=nuclear"))
    options = page.locator("[name=valence] option").all_inner_texts()
    nuclear = raw("events").query("domain == 'nuclear'")
    assert options[1:] == [
        f"{code} ({(nuclear['valence'] == code).sum()})" for code in ("supports", "restrains", "neutral")
    ]
    # Its own choice aside, or a reader could not change it.
    assert (
        f"economy ({(raw('events')['domain'] == 'economy').sum()})"
        in page.locator("[name=domain] option").all_inner_texts()
    )


def one_row_each() -> Iterator[tuple[str, str]]:
    readings = set(tables.table("readings")["row_id"])
    for name in explorer.VIEWS:
        keys = tables.table(name)[tables.key(name)]
        yield name, next(key for key in keys[len(keys) // 2 :] if key in readings or name in ("sources", "contacts"))


@pytest.mark.parametrize(("name", "key"), list(one_row_each()))
def test_a_link_to_a_row_opens_it_with_what_its_sources_say(open_page: Open, name: str, key: str) -> None:
    page = ready(open_page(f"{PAGE}#{key}"), name)
    assert shown(page) == 1
    opened = page.locator(".explorer-opened td:not([aria-busy])")
    opened.wait_for()
    assert page.locator(f"tr[data-key='{key}'] button").get_attribute("aria-expanded") == "true"
    text = opened.inner_text()
    row = tables.table(name).set_index(tables.key(name)).loc[key]
    readings = tables.table("readings")
    if name == "sources":
        said = readings[readings["source_id"] == key]
        assert opened.locator(f"a[href='{row['url']}']").count() == 1
    else:
        said = readings[readings["row_id"] == key]
        for source_id in row["sources"].split(";"):
            source, publisher = references.described()[source_id]
            link = opened.locator(f"a[href='{source['url']}']").first
            assert link.inner_text() == source["title"]
            assert publisher in text
        assert pd.isna(row["note"]) or row["note"] in text
        assert explorer.label("credibility", str(row["credibility"]))[3:] in text
    for says in said["says"][: explorer.ROWS_OF_A_SOURCE]:
        assert says in text
    page.wait_for_url(f"**#{key}")


def test_rows_lead_to_their_sources_and_sources_back_to_their_rows(open_page: Open) -> None:
    page = ready(open_page(f"{PAGE}#ev-2025-01-17-treaty-signed"))
    page.get_by_role("link", name="About this source").first.click()
    ready(page, "sources")
    page.locator(".explorer-opened a[href='#ev-2025-01-17-treaty-signed']").click()
    ready(page, "events")
    assert page.locator("tr[data-key='ev-2025-01-17-treaty-signed']").is_visible()
    page.go_back()
    ready(page, "sources")


def test_a_key_that_no_row_has_is_said_to_be_unknown(open_page: Open) -> None:
    page = open_page(f"{PAGE}#ev-1900-01-01-nothing")
    page.get_by_text("No row has the key ev-1900-01-01-nothing").wait_for()
    page.get_by_role("button", name="Show all").click()
    assert shown(ready(page)) == len(tables.table("events"))


def test_names_are_found_in_other_spellings(open_page: Open) -> None:
    page = ready(open_page(PAGE))
    counts = []
    for spelling in ("Araghchi", "Araqchi", "عراقچی", "Арагчи"):
        page.locator(".explorer [name=q]").fill(spelling)
        page.wait_for_function("word => location.hash.includes(encodeURIComponent(word))", arg=spelling)
        counts.append(shown(page))
    assert counts[0] > 20 and len(set(counts)) == 1


def test_the_keyboard_is_enough_and_changes_are_announced(open_page: Open) -> None:
    page = ready(open_page(PAGE))
    assert page.locator(".explorer-status").get_attribute("role") == "status"
    page.locator("[name=domain]").focus()
    page.keyboard.type("econ")
    page.locator("tr[data-key] button").first.focus()
    page.keyboard.press("Enter")
    page.locator(".explorer-opened dl").wait_for()
    page.keyboard.press("Enter")
    assert page.locator(".explorer-opened").count() == 0
    drawn = page.locator("tr[data-key]").count()
    page.locator(".explorer-next").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('tr').sectionRowIndex") == drawn
    while page.locator(".explorer-next").is_visible():
        page.locator(".explorer-next").click()
    assert page.locator("tr[data-key]").count() == shown(page) == (raw("events")["domain"] == "economy").sum()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_with_an_opened_row(open_page: Open, theme: str) -> None:
    page = ready(open_page(f"{PAGE}#table=events&valence=restrains", theme=theme))
    page.locator("tr[data-key] button").first.click()
    page.locator(".explorer-opened dl").wait_for()
    assert violations(page) == []


def test_on_a_phone_rows_are_cards_and_nothing_scrolls_sideways(open_page: Open) -> None:
    page = ready(open_page(PAGE, width=360, touch=True))
    for name in explorer.VIEWS:
        choose(page, name)
        page.locator("tr[data-key] button").first.tap()
        page.locator(".explorer-opened td:not([aria-busy])").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        boxes = page.locator("tr[data-key]").first.locator("th, td").evaluate_all(
            "cells => cells.map(cell => [cell.getBoundingClientRect().left, cell.getBoundingClientRect().right])"
        )  # fmt: skip
        assert all(left >= 0 and right <= 360 for left, right in boxes)
    assert page.locator("[name=domain]").is_hidden(), "fields are folded away at first"


def test_it_works_from_disk(chromium: Browser, book: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((book / PAGE).as_uri())
    ready(page)
    page.locator(".explorer [name=q]").fill("Bushehr")
    page.wait_for_function("location.hash.includes('Bushehr')")
    assert 0 < shown(page) < len(tables.table("events"))
    page.locator("tr[data-key] button").first.click()
    page.locator(".explorer-opened ul").wait_for()
    assert said == []
    context.close()


def test_without_script_the_files_are_linked_and_the_latest_events_stand(open_page: Open, book: Path) -> None:
    page = open_page(PAGE, script=False)
    links = page.locator(".explorer-static a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert {f"../data/{name}.csv" for name in explorer.VIEWS} | {"../notebooks/data-catalogue.html"} == set(links)
    assert all((book / "notebooks" / link).exists() for link in links)
    latest = tables.table("events").sort_values("date", kind="stable")["title"].iloc[-1]
    assert latest in page.locator(".explorer-static li").first.inner_text()
    assert page.locator(".explorer-filters").is_hidden()


def test_a_reader_who_goes_on_before_a_table_is_there_gets_that_table_as_last_asked_for(open_page: Open) -> None:
    page = ready(open_page(PAGE))
    page.evaluate(
        """() => {
          const {elements} = document.querySelector(".explorer-filters");
          elements.table.value = "contacts";
          elements.sort.value = "oldest";
          for (const field of [document.querySelector("[name=table]:checked"), elements.sort])
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    ready(page, "contacts")
    assert page.locator(".explorer-filters [name=sort]").input_value() == "oldest"
    contacts = raw("contacts")
    assert shown(page) == len(contacts)
    first = page.locator(".explorer-list tr[data-key]").first.get_attribute("data-key")
    assert first in set(contacts.loc[contacts["date"] == contacts["date"].min(), "contact_id"])


def test_what_cannot_be_loaded_is_said(open_page: Open) -> None:
    page = ready(open_page(PAGE))
    page.route("**/_explorer/sources*", lambda route: route.abort())
    page.locator("input[name=table][value=sources]").check(force=True)
    page.get_by_text("The rows could not be loaded").wait_for()


def test_the_first_load_is_light_and_no_other_page_carries_it(open_page: Open, book: Path, address: str) -> None:
    page = ready(open_page(PAGE))
    page.wait_for_load_state("networkidle")
    # The theme's own files, under _static, are the same on every page.
    own = {
        urlsplit(url).path.lstrip("/") for url in page.requests if url.startswith(address) and "/_static/" not in url
    }
    weights = {path: len(gzip.compress((book / path).read_bytes(), 6)) for path in own if (book / path).is_file()}
    assert f"{explorer.FOLDER}/events.js" in weights
    assert sum(weights.values()) < 80 * 1024, weights
    carrying = [path.name for path in book.rglob("*.html") if "_pages/explorer" in path.read_text("utf-8")]
    assert carrying == ["explorer.html"]


@pytest.mark.usefixtures("book")
def test_paper_says_where_the_explorer_is() -> None:
    doctree = pickle.loads((ROOT / "_build" / "work" / ".doctrees" / "notebooks" / "explorer.doctree").read_bytes())
    paper = [node for node in doctree.findall(addnodes.only) if node["expr"] == "latex"]
    assert len(paper) == 1 and "notebooks/explorer.html" in paper[0].astext()
