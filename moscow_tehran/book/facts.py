"""What every chapter opens with: how far its evidence reaches, when it was built, its length, its PDF, its findings."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from moscow_tehran import tables
from moscow_tehran.book import figures, pages, pdf, references

logger = logging.getLogger(__name__)

#: Silent reading of English non-fiction (Brysbaert 2019, *Journal of Memory and Language* 109: 104047).
WORDS_A_MINUTE = 238


class ChapterFacts(SphinxTransform):
    """Puts one line under the title of each chapter."""

    default_priority = 890

    def apply(self, **kwargs: Any) -> None:
        """Add the line; pages outside ``chapters/`` have none."""
        title = next(iter(self.document.findall(nodes.title)), None)
        if title is None or not self.env.docname.startswith("chapters/"):
            return
        words = sum(len(paragraph.astext().split()) for paragraph in self.document.findall(nodes.paragraph))
        minutes = max(1, round(words / WORDS_A_MINUTE))
        built = pd.Timestamp(float(os.environ.get("SOURCE_DATE_EPOCH") or time.time()), unit="s")
        reach = f"Evidence to {references.day(tables.cut_off())}. Built on {references.day(built)}."
        text = f"{reach} About {minutes} minutes to read."
        section = title.parent
        line = nodes.paragraph(text, text, pdf_link(name=Path(self.env.docname).name), classes=["chapter-facts"])
        section.insert(section.index(title) + 1, line)


class KeyFindings(SphinxTransform):
    """Lists under a chapter's answer what its charts show, each finding a link to its chart.

    The charts' titles are claims, computed or asserted where the chart is made, so that no second text goes stale.
    """

    # When charts stand in their figures, and the length of the chapter is known.
    default_priority = 895

    def apply(self, **kwargs: Any) -> None:
        """Add the box; pages outside ``chapters/`` have none."""
        answer = next((box for box in self.document.findall(nodes.admonition) if "answer" in box["classes"]), None)
        if answer is None or not self.env.docname.startswith("chapters/"):
            return
        findings = nodes.bullet_list(bullet="-")
        for figure in self.document.findall(nodes.figure):
            for chart in figure.findall(figures.chart):
                title = chart["meta"]["title"]
                link = nodes.reference(title, title, refid=figure["ids"][0], internal=True)
                findings += nodes.list_item("", nodes.paragraph("", "", link))
        if len(findings):
            title = nodes.title("Key findings", "Key findings")
            box = nodes.admonition("", title, findings, classes=["findings"])
            answer.parent.insert(answer.parent.index(answer) + 1, box)


class pdf_link(nodes.Inline, nodes.Element):
    """A link to a PDF of the book, if there is one of its present state."""


class PdfLink(SphinxDirective):
    """``{pdf-link}`` links to the whole book as PDF."""

    def run(self) -> list[nodes.Node]:
        """Return the link in a paragraph."""
        return [nodes.paragraph("", "", pdf_link(name=pdf.NAME), classes=["chapter-facts"])]


def visit_pdf_link(translator: SphinxTranslator, node: pdf_link) -> None:
    """Write the link with the size of the file."""
    root = Path(translator.builder.app.srcdir)
    if file := pdf.made(root).get(node["name"]):
        base = pages.top(translator.builder.current_docname)  # type: ignore[attr-defined]
        what = "The whole book as PDF" if node["name"] == pdf.NAME else "PDF"
        size = f"{file.stat().st_size / 1e6:.1f} MB"
        translator.body.append(f' <a class="pdf-link" href="{base}pdf/{file.name}">{what}</a> ({size})')  # type: ignore[attr-defined]
    raise nodes.SkipNode


def skip(translator: SphinxTranslator, node: pdf_link) -> None:
    """Write nothing: whoever reads the PDF has it."""
    raise nodes.SkipNode


def rewrite_if_pdf_changed(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages that link to a PDF if another than before is there."""
    present = {name: file.stat().st_size for name, file in pdf.made(Path(app.srcdir)).items()}
    before = getattr(env, "report_pdf", {})
    env.report_pdf = present  # type: ignore[attr-defined]
    return (
        [page for page in env.found_docs if page == "index" or page.startswith("chapters/")]
        if before != present
        else []
    )


def copy_pdf(app: Sphinx, error: Exception | None) -> None:
    """Put the PDFs of the present state into the book, and say in one line if there are none."""
    if error is None and app.builder.format == "html":
        folder = Path(app.outdir) / "pdf"
        shutil.rmtree(folder, ignore_errors=True)
        if not (files := pdf.made(Path(app.srcdir))):
            logger.info("no PDF of this state of the book to link to: make pdf makes it")
            return
        folder.mkdir()
        for file in files.values():
            shutil.copyfile(file, folder / file.name)


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_transform(ChapterFacts)
    app.add_transform(KeyFindings)
    app.add_node(pdf_link, html=(visit_pdf_link, None), latex=(skip, None))
    app.add_directive("pdf-link", PdfLink)
    app.connect("env-get-outdated", rewrite_if_pdf_changed)
    app.connect("build-finished", copy_pdf)
