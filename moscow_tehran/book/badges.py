"""Badges: in the box of an answer, an emphasised word of probability or confidence shows its place and its meaning.

The page's source stays plain emphasis, and so does paper.
"""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from moscow_tehran import estimative

METHOD = "notebooks/method"


class Badges(SphinxPostTransform):
    """Makes a badge of each such word, linked to its definition."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace the words; without a page of the method they stay as they are."""
        if METHOD not in self.env.found_docs:
            return
        page = self.app.builder.get_relative_uri(self.env.docname, METHOD)
        for box in self.document.findall(nodes.admonition):
            if "answer" in box["classes"]:
                for emphasis in list(box.findall(nodes.emphasis)):
                    word = emphasis.astext()
                    if word in estimative.PROBABILITY or word in estimative.CONFIDENCE:
                        emphasis.replace_self(nodes.raw("", badge(word, page), format="html"))


def badge(word: str, page: str) -> str:
    """Return the HTML of a badge that links to a word's definition on a page."""
    if word in estimative.CONFIDENCE:
        look = f'class="badge-word badge-confidence" data-level="{[*estimative.CONFIDENCE].index(word) + 1}"'
    else:
        low, high = estimative.PROBABILITY[word]
        look = f'class="badge-word badge-probability" style="--from:{low}%;--to:{high}%"'
    note = html.escape(estimative.meaning(word))
    return f'<a {look} href="{page}#{estimative.anchor(word)}" data-note="{note}"><em>{word}</em></a>'


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_post_transform(Badges)
