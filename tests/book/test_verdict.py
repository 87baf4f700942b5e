"""Remove or flip the rows that carry a level, and level, verdict sentence, front page and PDF change."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import Project

from moscow_tehran import tables
from moscow_tehran.analysis import ladder
from moscow_tehran.numbers.verdict import DOMAINS, found, judged, level_text, statements


def carriers(domain: str) -> set[str]:
    """The rows without which Russia's support of Iran loses the highest test that it passes in a domain."""
    evidence = tables.everything()
    tests = judged(evidence).merge(evidence["ladder_indicators"], on="indicator_id")
    own = tests[(tests["supporter"] == "RUS") & (tests["supported"] == "IRN") & (tests["domain"] == domain)]
    top = own[own["met"] == "met"].sort_values("level").iloc[-1]
    return set(top["carried_by"].split(";"))


def level_of(evidence: dict[str, pd.DataFrame], domain: str) -> tuple[int, int]:
    levels = found(evidence).set_index(["supporter", "supported", "domain"])
    row = levels.loc[(*ladder.ASKED, domain)]
    return int(row["shown"]), int(row["possible"])


@pytest.mark.parametrize("domain", ladder.DOMAINS)
def test_without_the_rows_that_carry_it_a_level_falls_and_the_sentence_says_so(domain: str) -> None:
    evidence = tables.everything()
    gone = carriers(domain)
    reduced = {name: rows[~rows[tables.key(name)].isin(gone)] for name, rows in evidence.items()}
    before, after = level_of(evidence, domain), level_of(reduced, domain)
    assert after[0] < before[0]
    whole, less = statements(evidence)["verdict-levels"], statements(reduced)["verdict-levels"]
    assert f"{level_text(*before)} in {DOMAINS[domain]}" in whole
    assert f"{level_text(*after)} in {DOMAINS[domain]}" in less and whole != less


@pytest.mark.parametrize("domain", ladder.DOMAINS)
def test_rows_that_cannot_be_judged_carry_no_level(domain: str) -> None:
    """Flipped in place: the same rows with grade 6, and events turned into denials."""
    evidence = tables.everything()
    flipped = dict(evidence)
    for name, rows in evidence.items():
        if "credibility" in rows and name not in ("ladder", "sources"):
            hit = rows[tables.key(name)].isin(carriers(domain))
            flipped[name] = rows.assign(credibility=rows["credibility"].mask(hit, 6))
    assert level_of(flipped, domain)[0] < level_of(evidence, domain)[0]


def test_a_stronger_row_lifts_the_verdict() -> None:
    evidence = tables.everything()
    tests = evidence["ladder"].copy()
    tests.loc[tests["ladder_id"] == "la-rus-irn-sec-4", ["met", "carried_by", "needed"]] = [
        "met", "ev-2025-10-02-treaty-in-force", 1,
    ]  # fmt: skip
    assert level_of(evidence | {"ladder": tests}, "security-commitment") == (4, 4)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_front_page_and_paper_follow_the_rows(project: Project) -> None:
    """Every domain's carrying rows are flipped in the files; the built front page and the LaTeX say the new levels."""
    flip(project.root, set().union(*(carriers(domain) for domain in ladder.DOMAINS)))
    flipped = {name: pd.DataFrame(tables.table(name, project.root / "data")) for name in tables.names()}
    expected = statements(flipped)
    assert expected["verdict-levels"] != statements()["verdict-levels"]
    assert all(level_of(flipped, domain)[0] < level_of(tables.everything(), domain)[0] for domain in ladder.DOMAINS)

    project.keep("chapters/verdict")
    for builder in ("html", "latex"):
        built = project.build(builder)
        assert built.returncode == 0, built.stdout + built.stderr
    front, chapter = (text_of(project.page(page)) for page in ("index.html", "chapters/verdict.html"))
    paper = next((project.root / "_build" / "work" / "latex").glob("*.tex")).read_text("utf-8")
    paper = re.sub(r"\s+", " ", paper.replace("{}", ""))
    for text in (front, chapter, paper.replace("\\textquoteright", "’")):
        assert expected["verdict-levels"] in text
        assert expected["verdict-headline"] in text


def flip(root: Path, keys: set[str]) -> None:
    for name in tables.names():
        path = root / "data" / tables.resource(name)["path"]
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), list(reader.fieldnames or [])
        hit = [row for row in rows if row[tables.key(name)] in keys and "credibility" in row]
        for row in hit:
            row["credibility"] = "6"
        if hit:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
