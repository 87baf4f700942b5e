"""What stands under a chapter's title: how far its evidence reaches, when it was built, how long it is."""

from __future__ import annotations

import os
import time
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from moscow_tehran import tables
from moscow_tehran.book import references

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
        section.insert(section.index(title) + 1, nodes.paragraph(text, text, classes=["chapter-facts"]))


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_transform(ChapterFacts)
