"""What each page is called and says in a sentence, for those who meet it elsewhere."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

#: Length of a description that search engines and messengers show whole, in characters.
SHORTEST, LONGEST = 50, 160
#: Stands for a citation or a link whose text is not known when a page is read.
UNKNOWN = "\0"
#: Languages that are written from right to left.
RIGHT_TO_LEFT = {"fa"}


class PageCollector(EnvironmentCollector):
    """Remembers title and description of each page."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        known(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over pages that another process read."""
        known(env).update({name: known(other)[name] for name in docnames if name in known(other)})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember a page."""
        assert app.env is not None
        docname = app.env.docname
        meta = app.env.metadata[docname]
        heading = next(iter(doctree.findall(nodes.title)), nodes.title()).astext()
        known(app.env)[docname] = {
            "heading": heading,
            "title": meta.get("title") or _with_report(heading, app.config.html_title),
            "description": meta.get("description") or describe(doctree, heading, app.config.html_title),
        }


def known(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return heading, title and description of all pages, by page."""
    if not hasattr(env, "report_pages"):
        env.report_pages = {}  # type: ignore[attr-defined]
    return env.report_pages  # type: ignore[attr-defined]


def top(page: str) -> str:
    """Return the way from a page to the folder of the front page."""
    return "../" * page.count("/")


def _with_report(heading: str, report: str) -> str:
    return report if heading == report else f"{heading} — {report}"


def describe(doctree: nodes.document, heading: str, report: str) -> str:
    """Return a page's description: as many whole sentences as fit, from its answer if it has one, else its beginning.

    Parameters
    ----------
    doctree
        The page as read, with its numbers in place.
    heading, report
        Names of page and report, for pages that have no sentence that would do.
    """
    said = ""
    for sentence in _sentences(doctree):
        longer = f"{said} {sentence}".strip()
        if len(longer) > LONGEST and len(said) >= SHORTEST:
            break
        said = longer
    if len(said) < SHORTEST:
        said = f"{said} {heading}: a page of “{report}”, a report from evidence that anyone can check.".strip()
    return textwrap.shorten(said, LONGEST, placeholder=" …")


def _sentences(doctree: nodes.document) -> Iterator[str]:
    """Yield the sentences of a page's answer, or of its running text if it has none; its source has one a line."""
    answers = [found for found in doctree.findall(nodes.admonition) if "answer" in found["classes"]]
    for paragraph in (answers[0] if answers else doctree).findall(nodes.paragraph):
        around = paragraph.parent
        if "chapter-facts" in paragraph["classes"] or not isinstance(around, nodes.section | nodes.admonition):
            continue
        for sentence in _text(paragraph).split("\n"):
            if sentence.strip() and UNKNOWN not in sentence:
                yield " ".join(sentence.split())


def _text(node: nodes.Node) -> str:
    if isinstance(node, addnodes.pending_xref | nodes.reference | nodes.problematic):
        return UNKNOWN
    return node.astext() if isinstance(node, nodes.Text) else "".join(map(_text, node.children))


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_config_value("report_languages", {}, "env", dict)
    app.add_env_collector(PageCollector)
