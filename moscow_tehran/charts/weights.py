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

SCRIPT = tables.DATA.parent / "assets" / "weights.js"
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
        plain = "Sliders that weigh the domains: they need the book in a browser, or JupyterLab."
        return {"text/html": self.html(), "text/latex": plain, "text/plain": plain}

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
        # A closing tag within the data would end the script element.
        data = json.dumps(self.data(), ensure_ascii=False).replace("</", "<\\/")
        return (
            f'<div class="weights" hidden><style>{STYLE}</style><script type="application/json">{data}</script>'
            f'<fieldset><legend>How much each domain counts, {LOWEST} to {HIGHEST}</legend>'
            f'<div class="weights-sliders">{sliders}</div>'
            '<button type="button" class="weights-equal">Equal weights</button></fieldset>'
            '<p class="weights-verdict" role="status"></p>'
            '<table><caption>Score of each pair, 0 to 1, as shown and, after the dash, if every unknown test were passed; '
            "and its rank</caption><thead><tr><th scope=\"col\">Pair</th><th scope=\"col\">Score</th>"
            '<th scope="col">Rank</th></tr></thead><tbody></tbody></table>'
            f"<script>{SCRIPT.read_text('utf-8')}</script></div>"
        )


STYLE = f"""
.weights {{ --sure: {style.RUSSIA}; margin: 1rem 0; }}
html[data-theme="dark"] .weights {{ --sure: {style.HUES["russia"].dark}; }}
html .bd-content div.cell_output .text_html:has(.weights) {{ padding: 0; background: none; color: inherit; }}
.weights fieldset {{ margin: 0; border: 0; padding: 0; }}
.weights legend {{ margin: 0 0 .5rem; font-size: 1rem; font-weight: 650; }}
.weights-sliders {{ display: grid; gap: .5rem 1.8rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }}
.weights label {{ display: grid; grid-template-columns: 1fr auto; column-gap: .6rem; }}
.weights input {{ grid-column: 1 / -1; width: 100%; min-height: 1.75rem; margin: 0; accent-color: var(--sure); }}
.weights output {{ grid-area: 1 / 2; font-variant-numeric: tabular-nums; }}
.weights button {{ margin-top: .6rem; padding: .3rem .8rem; border: 1px solid currentColor; border-radius: .3rem; background: none; color: inherit; }}
.weights-verdict {{ margin: .8rem 0; font-size: 1.08rem; font-weight: 650; }}
.weights table {{ width: 100%; border-collapse: collapse; }}
.weights caption {{ caption-side: bottom; text-align: left; font-size: .9rem; }}
.weights th, .weights td {{ padding: .25rem .4rem; text-align: left; font-weight: 400; border-bottom: 1px solid rgb(128 128 128 / .25); }}
.weights td {{ white-space: nowrap; font-variant-numeric: tabular-nums; }}
.weights td:nth-child(2) {{ width: 55%; }}
.weights-track {{ display: inline-flex; width: calc(100% - 6rem); margin-right: .5rem; height: .8rem; vertical-align: middle; border: 1px solid rgb(128 128 128 / .4); }}
.weights-sure {{ background: var(--sure); }}
.weights-open {{ background: repeating-linear-gradient(45deg, var(--sure) 0 2px, transparent 2px 5px); }}
.weights-asked th, .weights-asked td {{ font-weight: 700; }}
@media (max-width: 540px) {{ .weights-track {{ display: flex; width: 100%; }} .weights td:nth-child(2) {{ width: 40%; }} }}
""".replace("\n", "")
