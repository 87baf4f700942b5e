"""The PDF, read back: what a reader on paper gets is what the book holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from conftest import ROOT, Project, uncounted
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from moscow_tehran import tables
from moscow_tehran.book import paper, pdf


@pytest.fixture(scope="module")
def folder(book: Path) -> Path:
    """The PDF of this checkout and those of its chapters."""
    subprocess.run([sys.executable, "-m", "moscow_tehran.book.pdf"], cwd=ROOT, env=uncounted(), check=True)
    return ROOT / "_build" / "pdf"


@pytest.fixture(scope="module")
def reader(folder: Path) -> PdfReader:
    return PdfReader(folder / "moscow-tehran.pdf")


@pytest.fixture(scope="module")
def texts(folder: Path) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(folder / "moscow-tehran.pdf")
    return [page.get_textpage().get_text_range() for page in document]


def letters(text: str) -> str:
    """A text without what line breaks and typographers change."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\u2010'\"‘’“”-]+", "", text.replace("...", "…"))


def images(resources: DictionaryObject) -> list[DictionaryObject]:
    """What a page or a part of it draws from outside, parts of parts included."""
    found = []
    for drawn in (resources.get("/XObject") or {}).values():
        drawn = drawn.get_object()
        found.append(drawn)
        if inner := drawn.get("/Resources"):
            found += images(inner.get_object())
    return found


def test_the_book_has_as_many_pages_as_its_text_needs(reader: PdfReader) -> None:
    assert 350 < len(reader.pages) < 600


def test_every_chart_of_the_book_is_there_as_vectors(reader: PdfReader, texts: list[str]) -> None:
    pages = [page["/Resources"].get_object() for page in reader.pages]
    drawn = [image for page in pages for image in images(page)]
    assert not [image for image in drawn if image["/Subtype"] == "/Image"], "pixels instead of lines"
    whole = letters("".join(texts))
    names = {path.stem for path in (ROOT / "_build" / "html" / "_charts").glob("*.csv")}
    titles = re.findall(
        r"\\charttitle\{((?:[^{}]|\{[^{}]*\})*)\}",
        (ROOT / "_build" / "work" / "latex" / "moscow-tehran.tex").read_text(),
    )
    assert len(titles) == len(names) > 50
    outer = [drawn["/XObject"].get_object() for drawn in pages if "/XObject" in drawn]
    # The ladder stands on the cover too.
    assert len({part.raw_get(name).idnum for part in outer for name in part}) == len(names) + 1
    missing = [title for title in titles if "\\" not in title and letters(title) not in whole]
    assert not missing


def test_every_citation_and_link_leads_somewhere(reader: PdfReader, texts: list[str]) -> None:
    assert "??" not in "".join(texts)
    assert not [text for text in texts if "[?]" in text]
    places = reader.named_destinations
    led = set()
    for page in reader.pages:
        for link in page.get("/Annots") or []:
            action = link.get_object().get("/A") or {}
            if action.get("/S") == "/GoTo":
                led.add(str(action["/D"]))
    assert led <= set(places)
    assert len([place for place in led if place.startswith("cite.")]) > 2000
    assert len([place for place in places if place.startswith("cite.")]) == len(tables.table("sources"))


def test_a_table_on_paper_is_its_csv(texts: list[str]) -> None:
    whole = letters("".join(texts))
    claims = tables.table("claims")
    assert len(claims) > 30
    assert not [row.claim_id for row in claims.itertuples() if letters(row.claim) not in whole]


def test_long_tables_repeat_their_heads(texts: list[str]) -> None:
    continued = [text for text in texts if "continued from previous page" in text]
    assert len(continued) > 20


def test_all_fonts_are_embedded(reader: PdfReader) -> None:
    found = set()
    for page in reader.pages:
        resources = [page["/Resources"].get_object()]
        resources += [image["/Resources"].get_object() for image in images(resources[0]) if "/Resources" in image]
        for part in resources:
            for font in (part.get("/Font") or {}).values():
                font = font.get_object()
                inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
                if font["/Subtype"] == "/Type3":
                    continue
                descriptor = inner["/FontDescriptor"].get_object()
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]
                found.add(str(font["/BaseFont"]).partition("+")[2])
    assert {"LinLibertineO-Identity-H", "Amiri-Regular"} <= found


def test_russian_and_persian_read_right(texts: list[str]) -> None:
    whole = "".join(texts)
    assert "Кратко по-русски" in whole
    assert letters("آیا روسیه") in letters(whole)
    page = next(text for text in texts if "آیا روسیه" in text)
    # Read from right to left, the question comes before the answer.
    assert page.index("آیا روسیه") < page.index("تاریخ") < page.index("آینده")


def test_catalogues_and_screen_readers_learn_what_it_is(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "Does Russia truly support Iran?"
    assert reader.metadata.author == "The Moscow–Tehran report"
    assert str(reader.root_object["/Lang"]).startswith("en")
    marks = [mark.title for mark, _ in pdf._marks(reader.outline, 0)]
    assert {"In brief", "I The argument", "Glossary", "Bibliography", "Index"} <= {
        re.sub(r"^\d+ ", "", mark) for mark in marks
    }
    described = b"".join(page.get_contents().get_data() for page in reader.pages).count(b"/Alt")
    assert described == len(list((ROOT / "_build" / "html" / "_charts").glob("*.csv")))


def test_the_index_names_people_and_terms(texts: list[str]) -> None:
    index = "".join(texts[-8:])
    for entry in ("Lavrov, Sergei", "Araghchi, Abbas", "mutual-defence clause"):
        assert entry in index


def test_a_chapter_can_be_taken_alone(folder: Path, texts: list[str]) -> None:
    titles = pdf.titles(ROOT)
    assert {path.stem for path in folder.glob("*.pdf")} == {"moscow-tehran", *titles}
    for name, title in titles.items():
        document = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        pages = [page.get_textpage().get_text_range() for page in document]
        assert "Does Russia truly support Iran?" in pages[0]
        assert letters(title) in letters(pages[1])
        assert any("Sources of this chapter" in page for page in pages)
        assert pages[1:] == [text for text in texts if text in set(pages[1:])]
        assert (folder / f"{name}.pdf").stat().st_size < 1_500_000


def test_each_chapter_lists_what_its_charts_show(texts: list[str]) -> None:
    assert sum("Key findings" in text for text in texts) == len(list((ROOT / "chapters").glob("*.md")))


def test_what_needs_a_browser_gives_its_address(texts: list[str]) -> None:
    assert letters("needs a browser: chapters/verdict.html") in letters("".join(texts))


LOG = r"""
Overfull \hbox (3.0pt too wide) in paragraph at lines 2--3
\TU/LinLibertineO(0)/m/n/10 seen by nobody
Overfull \hbox (12.5pt too wide) in paragraph at lines 3--3
\TU/LinLibertineO(0)/m/n/10 sticks out []
Missing character: There is no 환 in font Linux Libertine O!
LaTeX Warning: Reference `fig-x' on page 3 undefined on input line 9.
"""


def test_the_log_tells_of_faults_by_page() -> None:
    source = "\n\\label{\\detokenize{chapters/history::doc}}\nsticks out"
    assert list(pdf.problems(LOG, source)) == [
        "chapters/history: a line is 12.5 points too wide: sticks out",
        "a letter is in none of the fonts: There is no 환 in font Linux Libertine O!",
        "Reference `fig-x' on page 3 undefined on input line 9.",
    ]


def run(project: Project, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "moscow_tehran.book.pdf"], cwd=project.root, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(project.root), "NO_COLOR": "1"} | environment,
    )  # fmt: skip


@pytest.mark.usefixtures("uncounted_builds")
def test_what_sticks_out_keeps_the_pdf_from_being_made(small_project: Project) -> None:
    small_project.edit("chapters/small.md", "See {numref}", f"{'wide' * 60}\n\nSee {{numref}}")
    result = run(small_project)
    assert result.returncode == 1
    assert "chapters/small: a line is" in result.stderr
    assert not (small_project.root / "_build" / "pdf").exists()


def test_the_book_links_to_the_pdf_of_its_own_state(small_project: Project) -> None:
    small_project.edit("index.md", "# Start", "# Start\n\n```{pdf-link}\n```")
    assert small_project.build().returncode == 0
    assert "pdf-link" not in small_project.page("index.html")
    assert run(small_project).returncode == 0
    assert small_project.build().returncode == 0
    size = (small_project.root / "_build" / "html" / "pdf" / "moscow-tehran.pdf").stat().st_size
    assert f'href="pdf/moscow-tehran.pdf">The whole book as PDF</a> ({size / 1e6:.1f} MB)' in small_project.page(
        "index.html"
    )
    assert 'href="../pdf/small.pdf">PDF</a>' in small_project.page("chapters/small.html")
    small_project.edit("chapters/small.md", "See {numref}", "Now see {numref}")
    assert small_project.build().returncode == 0
    assert "pdf-link" not in small_project.page("chapters/small.html")


def test_missing_packages_are_named_in_one_line(small_project: Project, tmp_path: Path) -> None:
    result = run(small_project, PATH=str(tmp_path), BROWSER_PATH="")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("make pdf needs texlive-xetex ")
    assert {*pdf.PACKAGES, "chromium-headless-shell"} <= set(line.split())


def test_hatching_becomes_lines() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><pattern id="p" width="10px" height="10px" '
        'patternTransform="scale(0.5)">'
        '<rect fill="rgb(1,2,3)"/><path d="M0,0L10,10"/></pattern>'
        '<path style="fill: url(\'#p\');" d="M0,0V12H22V0Z"/></svg>'
    )
    drawn = paper.without_patterns(svg)
    assert "fill: rgb(1,2,3)" in drawn and "url('#p')" not in drawn
    # Tiles of five points: five columns and three rows cover an area of 22 by 12.
    assert drawn.count("scale(0.5)") == 15 + 1
