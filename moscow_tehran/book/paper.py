"""The book on paper: what LaTeX gets in place of what only a screen can show.

Charts become vector images with their title and their sources as citations, wide tables are turned, every chapter ends
in its own sources, names and terms get an index, and each script its own font and direction.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.latex.nodes import thebibliography
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.texescape import escape
from sphinx.writers.latex import LaTeXTranslator

from moscow_tehran import numbers, tables
from moscow_tehran.analysis import people
from moscow_tehran.book import figures, references
from moscow_tehran.book.pages import RIGHT_TO_LEFT

SVG = "{http://www.w3.org/2000/svg}"
#: Name of the chart on the cover.
COVER = "verdict-ladder"
#: Keys and addresses of more letters may break at their own marks.
LONG = 16
#: Tables of more columns are turned, as their text would stand in columns of one word.
UPRIGHT_COLUMNS = 6
#: Scripts that the text font lacks, by the command of ``report.sty`` that sets them.
SCRIPTS = {
    "arabicscript": r"\u0600-\u06FF\u0750-\u077F\u200c\uFB50-\uFDFF\uFE70-\uFEFF",
    "hebrewscript": r"\u0590-\u05FF",
    "cjkscript": r"\u1100-\u11FF\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF",
    "armenianscript": r"\u0530-\u058F",
}
RUNS = re.compile("|".join(f"(?P<{name}>[{of}](?:[{of} ]*[{of}])?)" for name, of in SCRIPTS.items()))
#: What an address on paper holds as its code: letters of those scripts, and a mark that ends a link in XeTeX.
OTHER = re.compile("[$" + "".join(SCRIPTS.values()) + "]+")
#: Runs of Latin letters and digits, which keep their direction in a line that is read from right to left.
LATIN = re.compile(r"(?P<lefttoright>[0-9A-Za-z](?:[0-9A-Za-z .,:?–-]*[0-9A-Za-z?])?)")


def without_patterns(svg: str) -> str:
    """Return an image whose hatched areas are drawn line by line.

    Renderers of PDF show patterns with seams between the tiles, and Chromium even as coarse pixels.

    Parameters
    ----------
    svg
        An image as plotly exports it: patterns fill rectangles.
    """
    ET.register_namespace("", SVG.strip("{}"))
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(svg)
    patterns = {pattern.get("id"): pattern for pattern in root.iter(f"{SVG}pattern")}
    parents = {child: parent for parent in root.iter() for child in parent}
    filled = [(element, found[1]) for element in root.iter(f"{SVG}path")
              if (found := re.search(r"fill: url\(['\"]?#([^'\")]+)['\"]?\)", element.get("style", "")))
              and found[1] in patterns]  # fmt: skip
    for number, (area, name) in enumerate(filled):
        pattern = patterns[name]
        ground, *marks = list(pattern)
        scale = float((re.search(r"scale\(([\d.]+)\)", pattern.get("patternTransform", "")) or (0, 1))[1])
        step = float(pattern.get("width", "0px").removesuffix("px")) * scale
        left, top, right, bottom = _extent(area.get("d", ""))
        clip = ET.Element(f"{SVG}clipPath", id=f"hatch{number}")
        ET.SubElement(clip, f"{SVG}path", d=area.get("d", ""))
        hatch = ET.Element(f"{SVG}g", {"clip-path": f"url(#hatch{number})"})
        if place := area.get("transform"):
            hatch.set("transform", place)
        for column in range(int(left // step), int(right // step) + 1):
            for row in range(int(top // step), int(bottom // step) + 1):
                tile = ET.SubElement(
                    hatch, f"{SVG}g", transform=f"translate({column * step:g},{row * step:g}) scale({scale:g})"
                )
                tile.extend(marks)
        area.set("style", re.sub(r"fill: url\([^)]*\)", f"fill: {ground.get('fill')}", area.get("style", "")))
        parent = parents[area]
        place_of = list(parent).index(area) + 1
        parent.insert(place_of, hatch)
        parent.insert(place_of, clip)
    return ET.tostring(root, encoding="unicode")


def _extent(path: str) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a path of absolute moves and lines."""
    x, y = [], []
    for command, text in re.findall(r"([MLHV])([^A-Za-z]*)", path):
        values = [float(value) for value in re.findall(r"-?[\d.]+(?:e-?\d+)?", text)]
        x += values if command == "H" else [] if command == "V" else values[::2]
        y += values if command == "V" else [] if command == "H" else values[1::2]
    return min(x), min(y), max(x), max(y)


def draw_vectors(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Turn the still images of all charts into vector images for LaTeX.

    Raises
    ------
    subprocess.CalledProcessError
        If an image cannot be turned.
    """
    if app.builder.format != "latex":
        return []
    folder = figures.store(app)
    waiting = [
        still
        for found in figures.charts(env).values()
        for key in found
        if (still := folder / f"{key}-light-wide.svg").exists() and not still.with_suffix(".pdf").exists()
    ]

    def draw(still: Path) -> None:
        # At 72 dots an inch a pixel is a point, and the image keeps its proportions.
        subprocess.run(
            ["rsvg-convert", "--dpi-x=72", "--dpi-y=72", "--format=pdf", f"--output={still.with_suffix('.part')}"],
            input=without_patterns(still.read_text("utf-8")), text=True, check=True,
        )  # fmt: skip
        still.with_suffix(".part").replace(still.with_suffix(".pdf"))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(draw, waiting))
    if found := figures.chart_named(env, COVER):
        Path(app.outdir).mkdir(exist_ok=True)
        shutil.copyfile(folder / f"{found[1]}-light-wide.pdf", Path(app.outdir) / "cover.pdf")
    return []


def raw(text: str) -> nodes.raw:
    """Return LaTeX as a node."""
    return nodes.raw("", text, format="latex")


class ChartsOnPaper(SphinxPostTransform):
    """Turns a chart into its title, a vector image with its description, and its sources as citations."""

    default_priority = 5
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Replace all nodes of charts."""
        # Tables of this report, and documents that nobody cites in a book without the whole bibliography.
        listed = references.places(self.env)
        for node in list(self.document.findall(figures.chart)):
            meta = node["meta"]
            figure = node.parent
            while not isinstance(figure, nodes.figure):
                figure = figure.parent
            figure["short"] = meta["title"]
            node.replace_self(self._chart(node["key"], meta))
        for preview in list(self.document.findall(figures.chart_preview)):
            found = figures.chart_named(self.env, preview["name"])
            preview.replace_self(nodes.paragraph("", "", raw(_pointer(found[0], preview["name"]))) if found else [])
        for notes in list(self.document.findall(figures.chart_notes)):
            named = list(dict.fromkeys(notes["meta"]["sources"]))
            line = nodes.paragraph("", "Sources: " if len(named) > 1 else "Source: ")
            line += nodes.Text("; ".join(references.short(name) for name in named if name not in listed))
            if documents := [name for name in named if name in listed]:
                line += nodes.Text("; " if len(named) > len(documents) else "")
                line += addnodes.pending_xref(
                    "", nodes.inline(), refdomain="cite", reftype="p", reftarget=",".join(documents),
                    refdoc=self.env.docname, refwarn=True,
                )  # fmt: skip
            line += nodes.Text(".")
            notes.replace_self(nodes.legend("", line))

        # Boxes do not break between pages where a list is all that they hold.
        for box in [box for box in self.document.findall(nodes.admonition) if "findings" in box["classes"]]:
            title, findings = box.children
            box.replace_self([nodes.paragraph("", "", nodes.strong("", title.astext())), findings])

    def _chart(self, key: str, meta: dict[str, Any]) -> list[nodes.Node]:
        path = figures.store(self.app) / f"{key}-light-wide.pdf"
        image = nodes.image(uri=str(path), candidates={"*": str(path)}, alt=meta["alt"], width="100%")
        self.env.images.add_file(self.env.docname, str(path))
        heading = f"\\charttitle{{{_tex(meta['title'])}}}{{{_tex(meta['subtitle'])}}}"
        return [raw(heading), raw(f"\\describe{{{_tex(meta['alt'])}}}"), image, raw("\\described ")]


def _tex(text: str) -> str:
    return escape(text, "xelatex")


def _pointer(page: str, name: str) -> str:
    """Return LaTeX that says where a chart of a page is."""
    target = f"\\detokenize{{{page}:fig-{name}}}"
    return f"\\hyperref[{target}]{{Figure~\\ref{{{target}}}}}, page~\\pageref{{{target}}}."


class FrontAndBack(SphinxPostTransform):
    """Gives the front page a head and a place in the contents, and leaves one bibliography, at the end."""

    # After Sphinx has put all citations at the end.
    default_priority = 950
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Put the head before everything; let links to the pages of the bibliography lead to where it stands."""
        self.document.insert(0, raw("\\frontpage{In brief}"))
        labels = ""
        for page in list(self.document.findall(addnodes.start_of_file)):
            if page["docname"].startswith("notebooks/bibliography"):
                labels += f"\\label{{\\detokenize{{{page['docname']}::doc}}}}"
                page.parent.remove(page)
        for end in list(self.document.findall(thebibliography)):
            end.parent.insert(end.parent.index(end), raw(f"\\clearpage\\phantomsection{labels}"))


class InsteadOfScript(SphinxPostTransform):
    """Says in place of what needs a browser where to find it."""

    default_priority = 6
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Replace the outputs of cells that are tagged ``needs-script``."""
        root = self.app.config.report_address
        for page in self.document.findall(addnodes.start_of_file):
            for cell in list(page.findall(nodes.container)):
                if "tag_needs-script" in cell["classes"]:
                    address = f"{root}{page['docname']}.html"
                    target = nodes.reference("", address, refuri=address) if root else nodes.literal("", address)
                    text = "This part of the page answers to its reader and needs a browser: "
                    cell.replace_self(nodes.paragraph("", text, target, nodes.Text(".")))


class LongTables(SphinxPostTransform):
    """Lets every table break between pages with its head repeated, and turns the wide ones."""

    default_priority = 7
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Mark all tables; put the wide ones on turned pages."""
        for table in list(self.document.findall(nodes.table)):
            table["classes"].append("longtable")
            group = next(iter(table.findall(nodes.tgroup)))
            if group["cols"] > UPRIGHT_COLUMNS:
                place = table.parent.index(table)
                table.parent.insert(place + 1, raw("\\end{landscape}"))
                table.parent.insert(place, raw("\\begin{landscape}"))


class SourcesOfChapters(SphinxPostTransform):
    """Ends each chapter in the sources that it cites, so that it can be read by itself."""

    # After citations are resolved.
    default_priority = 20
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Add a section to each chapter of the argument."""
        entries = {(entry["docname"], entry["ids"][0]): entry for entry in self.document.findall(nodes.citation)}
        places = references.places(self.env)
        for page in self.document.findall(addnodes.start_of_file):
            if not page["docname"].startswith("chapters/"):
                continue
            used = {places[key] for cited in page.findall(nodes.inline) if "bibtex-citation" in cited["classes"]
                    for key in cited.rawsource.split(",")}  # fmt: skip
            sources: list[nodes.Node] = [raw("\\begin{chaptersources}")]
            for place, entry in entries.items():
                if place in used:
                    label, text = entry.children
                    mark = raw(f"\\chaptersource{{{':'.join(place)}}}{{{label.astext()}}} ")
                    sources.append(nodes.paragraph("", "", mark, *(part.deepcopy() for part in text.children)))
            next(page.findall(nodes.section)).extend([*sources, raw("\\end{chaptersources}")])


class IndexEntries(SphinxPostTransform):
    """Marks where the argument speaks of people and terms, once a section, for the index."""

    default_priority = 30
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Put an index entry before the first paragraph of a section that names a person or term."""
        terms = [name for name, _, kind, *_ in self.env.get_domain("std").get_objects() if kind == "term"]
        patterns = entries_of_index(terms)
        for page in self.document.findall(addnodes.start_of_file):
            if not page["docname"].startswith(("chapters/", "notebooks/ten-minutes")):
                continue
            for section in page.findall(nodes.section):
                waiting = dict(patterns)
                for paragraph in [child for child in section.children if isinstance(child, nodes.paragraph)]:
                    text = paragraph.astext()
                    for entry in [entry for entry, pattern in waiting.items() if pattern.search(text)]:
                        del waiting[entry]
                        index = addnodes.index(entries=[("single", entry, "", "", None)])
                        section.insert(section.index(paragraph), index)


def entries_of_index(terms: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return what the index holds of the argument, with what names it in the text.

    Parameters
    ----------
    terms
        Terms of the glossary. The people are those who meet at least three times in ``contacts``, as *Family, Given*.
    """
    met = people.offices(tables.table("contacts")).query("contacts >= 3")
    parts = [name.rpartition(" ") for name in met["name"].unique()]
    named = {f"{family}, {given}" if given else family: family for given, _, family in parts}
    named |= {term: re.sub(r" \(.*\)", "", term) for term in terms}
    return {entry: re.compile(rf"\b{re.escape(name)}\b") for entry, name in named.items()}


class Scripts(SphinxPostTransform):
    """Gives each script its font and its direction: TeX reports neither a missing letter nor a line in wrong order."""

    # After everything that adds text.
    default_priority = 900
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Mark runs of other scripts, and turn the pages that are read from right to left."""
        for reference in self.document.findall(nodes.reference):
            if (address := reference.get("refuri")) and OTHER.search(address):
                quoted = OTHER.sub(lambda match: quote(match[0]), address)
                if reference.astext() == address:
                    reference.children = []
                    reference += nodes.Text(quoted)
                reference["refuri"] = quoted
        right_to_left = {name for name, language in self.app.config.report_languages.items()
                         if language in RIGHT_TO_LEFT}  # fmt: skip
        for page in list(self.document.findall(addnodes.start_of_file)):
            if page["docname"] in right_to_left:
                self._turn(page)
        for literal in self.document.findall(nodes.literal):
            if len(literal.astext()) > LONG:
                parts = re.findall(r"[^-_/.]*[-_/.]|[^-_/.]+", literal.astext())
                literal.children = []
                for part in parts:
                    literal.extend([nodes.Text(part), raw("\\allowbreak ")])
        for text in list(self.document.findall(nodes.Text)):
            if RUNS.search(text.astext()) and not isinstance(text.parent, nodes.raw | nodes.literal_block):
                text.parent.replace(text, list(_pieces(text.astext(), RUNS)))

    def _turn(self, page: addnodes.start_of_file) -> None:
        # The colour of a link would run on, as TeX writes its beginning and end in the order of reading.
        for reference in list(page.findall(nodes.reference)):
            reference.replace_self(nodes.inline("", reference.astext()))
        for paragraph in list(page.findall(nodes.paragraph)):
            for text in list(paragraph.findall(nodes.Text)):
                text.parent.replace(text, list(_pieces(text.astext(), LATIN)))
            paragraph.insert(0, raw("\\begin{righttoleft}\\beginR "))
            paragraph.append(raw("\\endR\\end{righttoleft}"))


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[nodes.Node]:
    """Return a text with the runs that a pattern finds set by the command that the pattern's group is named after."""
    end = 0
    for run in pattern.finditer(text):
        if run.start() > end:
            yield nodes.Text(text[end : run.start()])
        yield raw(f"\\{run.lastgroup}{{{_tex(run[0])}}}")
        end = run.end()
    if end < len(text):
        yield nodes.Text(text[end:])


class PaperTranslator(LaTeXTranslator):
    """Sphinx's own, with a chart's title in the list of figures instead of its whole caption."""

    def visit_caption(self, node: nodes.Element) -> None:
        """Open a caption; give it the short form for the list."""
        super().visit_caption(node)
        if (short := node.parent.get("short")) and self.body[-1] == "\\caption{":
            self.body[-1] = f"\\caption[{{{_tex(short)}}}]{{"


def describe_document(app: Sphinx, config: Config) -> None:
    """Set the cover, and what readers and catalogues learn of the file."""
    verdict = numbers.verdict()
    reach = f"Evidence to {references.day(tables.cut_off())}. Version {tables.package()['version']}."
    made = (
        "Compiled, coded and checked by machine from public pages; no specialist has reviewed it yet. "
        "Text under CC BY 4.0; tables under the terms that the catalogue names."
    )
    parts = [config.html_title, verdict["verdict-headline"], verdict["verdict-levels"], reach, made]
    title, answer, levels, reach, made = map(_tex, parts)
    ladder = "\\IfFileExists{cover.pdf}{\\includegraphics[width=\\linewidth]{cover.pdf}}{}"
    config.latex_elements = config.latex_elements | {
        "maketitle": f"\\hypersetup{{pdftitle={{{title}}},pdfauthor={{{_tex(config.author)}}}}}"
        f"\\cover{{{title}}}{{{answer}}}{{{levels}}}{{{ladder}}}{{{reach}}}{{{made}}}",
    }


def set_translator(app: Sphinx) -> None:
    """Use our translator for LaTeX. In builds of HTML the theme would take it for the only one and not set its own."""
    if app.builder.format == "latex":
        app.set_translator("latex", PaperTranslator)


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.connect("config-inited", describe_document)
    app.connect("builder-inited", set_translator)
    # After the still images are exported.
    app.connect("env-updated", draw_vectors, priority=600)
    for transform in (
        ChartsOnPaper, InsteadOfScript, LongTables, SourcesOfChapters, IndexEntries, Scripts, FrontAndBack,
    ):  # fmt: skip
        app.add_post_transform(transform)
