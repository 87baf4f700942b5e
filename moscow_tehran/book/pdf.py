"""The book as PDF: ``make pdf`` sets it with XeLaTeX and keeps it only if the log is clean.

``python -m moscow_tehran.book.pdf`` writes ``_build/pdf/moscow-tehran.pdf`` and one file a chapter beside it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination, NameObject

from moscow_tehran.book import execution, figures
from moscow_tehran.book.build import ROOT, build

NAME = "moscow-tehran"
#: Debian packages by what shows that they are there: a program, a file of TeX, a font.
PACKAGES = {
    "texlive-xetex": "xelatex",
    "latexmk": "latexmk",
    "librsvg2-bin": "rsvg-convert",
    "texlive-latex-extra": "pdflscape.sty",
    "texlive-pictures": "pgfplots.sty",
    "texlive-fonts-recommended": "pzdr.tfm",
    "fonts-linuxlibertine": "Linux Libertine O",
    "fonts-hosny-amiri": "Amiri",
    "fonts-wqy-microhei": "WenQuanYi Micro Hei",
    "fonts-dejavu-core": "DejaVu Sans Mono",
}
#: Lines may stick out by this much, in points; what is more is seen.
TOLERANCE = 5


def state(root: Path) -> str:
    """Return a digest of all that the PDF is made from."""
    sources = [path for pattern in ("*.md", "chapters/*.md", "notebooks/*.md", "assets/paper/*", "_*.yml")
               for path in sorted(root.glob(pattern))]  # fmt: skip
    return hashlib.sha256(execution.digest(root).encode() + b"".join(map(Path.read_bytes, sources))).hexdigest()


def made(root: Path) -> dict[str, Path]:
    """Return the PDFs that show the present state of the book, by the name of their page; none if it has moved on."""
    folder = root / "_build" / "pdf"
    kept = folder / "state"
    if not kept.exists() or kept.read_text("utf-8") != state(root):
        return {}
    return {path.stem: path for path in sorted(folder.glob("*.pdf"))}


def missing() -> list[str]:
    """Return the Debian packages that are missing here, Chromium, in its smallest form, among them."""
    found = []
    for package, sign in PACKAGES.items():
        if sign.endswith((".sty", ".tfm")):
            there = bool(shutil.which("kpsewhich")) and _says("kpsewhich", sign)
        elif " " in sign or sign == "Amiri":
            there = bool(shutil.which("fc-list")) and _says("fc-list", sign)
        else:
            there = bool(shutil.which(sign))
        if not there:
            found.append(package)
    return found + ([] if figures.browser() else ["chromium-headless-shell"])


def _says(*command: str) -> bool:
    return bool(subprocess.run(command, capture_output=True, check=False).stdout.strip())


def problems(log: str, source: str) -> Iterator[str]:
    """Return what a reader would stumble over, from the log of a run of LaTeX.

    Parameters
    ----------
    log
        The log, its lines unbroken.
    source
        The LaTeX that was set; tells which page of the book a line is of.
    """
    pages: list[str] = []
    page = "front matter"
    for line in source.splitlines():
        if named := re.findall(r"\\detokenize\{([^}:]+)::doc\}", line):
            page = named[-1]
        pages.append(page)
    for box in re.finditer(r"^Overfull \\([hv])box \(([\d.]+)pt too (?:wide|high)\)(.*)$\n?(.*)", log, re.M):
        direction, size, place, text = box.groups()
        if float(size) > TOLERANCE:
            lines = re.findall(r"lines? (\d+)", place)
            where = pages[min(int(lines[0]), len(pages)) - 1] if lines else "between pages"
            what, how = ("line", "wide") if direction == "h" else ("page", "high")
            shown = re.sub(r"\\\S+ |\[\]", "", text).strip()[:120]
            yield f"{where}: a {what} is {size} points too {how}: {shown}"
    for letter in re.finditer(r"^Missing character: (.*)$", log, re.M):
        yield f"a letter is in none of the fonts: {letter[1]}"
    for warning in re.finditer(r"^(?:LaTeX|Package \S+) Warning: (.*(?:undefined|multiply).*)$", log, re.M):
        yield warning[1]


def chapters(book: PdfReader) -> dict[str, tuple[int, int]]:
    """Return first page and page after the last of each bookmark by its title; pages count from 0.

    Of two bookmarks of one title the one of higher rank counts: chapters, not sections.
    """
    marks = [(re.sub(r"^[\d.]+ ", "", str(mark.title)), book.get_destination_page_number(mark) or 0, depth)
             for mark, depth in _marks(book.outline, 0)]  # fmt: skip
    found = {}
    for number, (title, first, depth) in sorted(enumerate(marks), key=lambda mark: -mark[1][2]):
        after = next((page for _, page, level in marks[number + 1 :] if level <= depth), len(book.pages))
        found[title] = (first, after)
    return found


def _marks(outline: list[Any], depth: int) -> Iterator[tuple[Destination, int]]:
    for mark in outline:
        if isinstance(mark, list):
            yield from _marks(mark, depth + 1)
        else:
            yield mark, depth


def split(book: Path, folder: Path, pages: dict[str, str]) -> None:
    """Write one PDF a chapter: the cover, then the chapter with its sources.

    Parameters
    ----------
    book
        The whole book.
    folder
        Where the files go.
    pages
        Titles of the chapters by the names of their files.
    """
    reader = PdfReader(book)
    places = chapters(reader)
    for name, title in pages.items():
        first, after = places[title]
        writer = PdfWriter()
        writer.append(reader, pages=(0, 1), import_outline=False)
        writer.append(reader, pages=(first, after))
        writer.add_metadata(
            {"/Title": f"{title} (Does Russia truly support Iran?)", "/Author": "The Moscow–Tehran report"}
        )
        writer.root_object[NameObject("/Lang")] = reader.root_object["/Lang"]
        writer.compress_identical_objects()
        writer.write(folder / f"{name}.pdf")


def main(root: Path = ROOT) -> int:
    """Set the book; return the exit code."""
    if lacking := missing():
        names = " ".join(lacking)
        print(f"make pdf needs {names}; on Debian: apt-get install --no-install-recommends {names}", file=sys.stderr)
        return 1
    if result := build(root, "latex"):
        return result
    work = root / "_build" / "work" / "latex"
    run = subprocess.run(
        ["latexmk", "-g", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", f"{NAME}.tex"],
        cwd=work, env=os.environ | {"max_print_line": "100000"}, capture_output=True, check=False,
    )  # fmt: skip
    log = (work / f"{NAME}.log").read_text("utf-8", errors="replace")
    if run.returncode:
        told = [line for line in log.splitlines() if re.match(r"\S+:\d+: |! ", line)]
        print("\n".join(["LaTeX stops:", *told[:10], f"the whole log: {work / NAME}.log"]), file=sys.stderr)
        return 1
    if found := list(dict.fromkeys(problems(log, (work / f"{NAME}.tex").read_text("utf-8")))):
        end = f"\nThe PDF has {len(found)} faults, named above; the last good one stays as it is."
        print("\n".join([*found, end]), file=sys.stderr)
        return 1
    fresh, place = root / "_build" / "pdf.new", root / "_build" / "pdf"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    shutil.copyfile(work / f"{NAME}.pdf", fresh / f"{NAME}.pdf")
    split(fresh / f"{NAME}.pdf", fresh, titles(root))
    (fresh / "state").write_text(state(root), "utf-8")
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
    size = (place / f"{NAME}.pdf").stat().st_size
    print(f"\nThe PDF is ready: {place / NAME}.pdf, {size / 1e6:.1f} MB")
    return 0


def titles(root: Path) -> dict[str, str]:
    """Return the title of each chapter of the argument by the name of its file."""
    found = {}
    for path in sorted((root / "chapters").glob("*.md")):
        head = re.search(r"^# (.+)$", path.read_text("utf-8"), re.M)
        found[path.stem] = head[1] if head else path.stem
    return found


if __name__ == "__main__":
    sys.exit(main())
