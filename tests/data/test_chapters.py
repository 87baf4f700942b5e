"""Every chapter has its parts, enough evidence behind it, and no number in prose that a table could give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from moscow_tehran import tables

CHAPTERS = sorted((tables.DATA.parent / "chapters").glob("*.md"))
PLANNED = {
    "history", "economics", "military-support", "mediation", "israel-iran", "world-order", "ukraine-war", "outlook",
    "verdict",
}  # fmt: skip
PARTS = ("Counter-evidence", "Limits", "Objections answered", "What would change the answer")
# Numbers typed in prose, each with its reason.
TYPED = {
    "of almost 11 tonnes for 197 of concentrate": "two officials' figures, quoted to show that they differ",
    "1.79 tonnes from Alabuga": "a figure of leaked papers, quoted with its source; no table of payments",
    "1.7, 1.75 and 2.0 billion dollars": "three readings of leaked papers, quoted to show that they differ",
    "85 percent of the trade of 2022": "an ambassador's share; no table of trade by goods",
    "1.3 of the 1.6 billion euros": "a credit in euros; the table of promises counts dollars",
    "two billion cubic metres to begin with": "two speakers' quantities, quoted with what became of them",
    "over 96 percent in October 2024": "claims of a share for which no statistics were found",
    "150 million dollars a day": "a newspaper's reckoning, quoted as such",
    "35 percent of growth for the first three months": "a deputy prime minister's claim, quoted as such",
    "2.76 billion dollars": "a minister's claim, quoted as such",
    "68 million dollars": "a credit as its source gives it; the table of promises counts what was promised",
    "26.9 million tonnes in its address": "a figure known from a page's address alone, and said so",
    "13 tonnes of medicine": "one load, as its source gives it",
}
NUMBER = re.compile(r"\b\d[\d,.]* (?:percent|million|billion|votes|tonnes|contacts|offers|events|promises|meetings)\b")


def prose(page: Path) -> str:
    """The text of a chapter without front matter and cells."""
    text = page.read_text("utf-8").split("---\n", 2)[2]
    return re.sub(r"```\{code-cell\}.*?\n```", "", text, flags=re.DOTALL)


def test_all_chapters_are_there() -> None:
    assert {page.stem for page in CHAPTERS} == PLANNED


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_a_chapter_has_its_parts(page: Path) -> None:
    text = prose(page)
    assert ":class: answer" in text
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [part for part in PARTS if part not in headings] == []


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_a_chapter_can_be_read_in_one_sitting_and_rests_on_enough(book: Path, page: Path) -> None:
    read = re.sub(r"\{cite\}`[^`]*`", "", prose(page))
    words = len(re.findall(r"\b[\w’'-]+\b", read))
    figures = page.read_text("utf-8").count("name: fig-")
    # As built: a table may cite as well.
    built = (book / "chapters" / f"{page.stem}.html").read_text("utf-8")
    citations = "".join(re.findall(r'<span class="bibtex-citation".*?</span>', built, flags=re.DOTALL))
    cited = set(re.findall(r'href="([^"]*bibliography-[^"]+)"', citations))
    print(f"{page.stem:18} {words} words, {figures} figures, {len(cited)} sources")
    assert 1500 <= words <= 2500
    assert figures >= 5
    assert len(cited) >= 25


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_no_number_is_typed_that_a_table_could_give(page: Path) -> None:
    text = re.sub(r"\{[a-z:]+\}`[^`]*`", "", prose(page))
    # Words of probability carry their ranges.
    text = re.sub(r"\(\d+–\d+ percent\)", "", text)
    typed = [line for line in text.splitlines() if NUMBER.search(line)]
    assert [line for line in typed if not any(known in line for known in TYPED)] == []


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_every_figure_asserts_what_its_title_says(page: Path) -> None:
    cells = re.findall(r"```\{code-cell\}.*?\n```", page.read_text("utf-8"), flags=re.DOTALL)
    silent = [
        re.search(r"name: (fig-\S+)", cell)[1] for cell in cells if "name: fig-" in cell and "assert " not in cell
    ]
    assert silent == []
