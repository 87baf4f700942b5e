"""The ladder under the reader's own weights: sliders in the page and in JupyterLab, without a server."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import ladder
from moscow_tehran.charts import style

ASSETS = tables.DATA.parent / "assets"
#: Lowest, highest and first weight of a slider.
LOWEST, HIGHEST, STANDARD = 0, 10, 5


@dataclass(frozen=True)
class Weights:
    """Sliders that a cell ends in, one a domain, with the ladder that follows from them.

    Parameters
    ----------
    levels
        Levels of all pairs, as ``ladder.levels`` gives them.
    names
        Name of each pair, by supporter and supported.
    domains
        Name of each domain.
    subject
        What the verdict line speaks of.
    """

    levels: pd.DataFrame
    names: Mapping[tuple[str, str], str]
    domains: Mapping[str, str]
    subject: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        plain = "Sliders that weigh the domains: run this cell in JupyterLab or Notebook, or open the book."
        return {"text/html": self.html(), "text/plain": plain}

    def data(self) -> dict[str, Any]:
        """Return what the script computes with: levels of each pair in the order of the sliders, missing as none."""
        shown, possible = (ladder.matrix(self.levels, value) for value in ("shown", "possible"))
        return {
            "top": ladder.LEVELS,
            "asked": "-".join(ladder.ASKED),
            "subject": self.subject,
            "pairs": [
                {"key": "-".join(pair), "name": self.names[pair]}
                | {
                    name: [None if pd.isna(level) else int(level) for level in matrix.loc[pair]]
                    for name, matrix in (("shown", shown), ("possible", possible))
                }
                for pair in shown.index
            ],
        }

    def html(self) -> str:
        """Return sliders, verdict line and table; hidden until the script has filled them."""
        sliders = "".join(
            f'<label>{html.escape(self.domains[domain])} <input type="range" min="{LOWEST}" max="{HIGHEST}" step="1" '
            f'value="{STANDARD}" data-domain="{domain}"><output>{STANDARD}</output></label>'
            for domain in ladder.DOMAINS
        )
        hue = style.HUES["russia"]
        # A closing tag within the data would end the script element.
        data = json.dumps(self.data(), ensure_ascii=False).replace("</", "<\\/")
        return (
            f'<div class="weights" style="--light: {hue.light}; --dark: {hue.dark}" hidden>'
            f"<style>{(ASSETS / 'weights.css').read_text('utf-8')}</style>"
            f'<script type="application/json">{data}</script>'
            f"<fieldset><legend>How much each domain counts, {LOWEST} to {HIGHEST}</legend>"
            f'<div class="weights-sliders">{sliders}</div>'
            '<button type="button" class="weights-equal">Equal weights</button></fieldset>'
            '<p class="weights-verdict" role="status"></p>'
            "<table><caption>Score of each pair, 0 to 1, as shown and, after the dash, if every unknown test were "
            'passed; and its rank</caption><thead><tr><th scope="col">Pair</th><th scope="col">Score</th>'
            '<th scope="col">Rank</th></tr></thead><tbody></tbody></table>'
            f"<script>{(ASSETS / 'weights.js').read_text('utf-8')}</script></div>"
        )
