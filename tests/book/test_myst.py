"""MyST becomes what Jupyter can show."""

from __future__ import annotations

import pytest

from moscow_tehran import myst, tables
from moscow_tehran.charts import grid

KNOWN = {"glue:text": {"targets": "three"}, "numref": {"fig-a": "Fig. 7"}, "chart-preview": {"a": "> **A**"}}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{glue:text}`targets` in {numref}`fig-a`", "three in Fig. 7"),
        ("{doc}`../chapters/ukraine-war`", "*ukraine war*"),
        ("[Method](method.md), [here](#there), [out](https://a.org/b.md)", "*Method*, *here*, [out](https://a.org/b.md)"),
        (":::{admonition} The answer\n:class: answer\n\n{glue:text}`targets`.\n:::", "> **The answer**\n>\n> three."),
        (":::{seealso}\nTables `a`.\n:::", "> **See also**\n>\n> Tables `a`."),
        ("```{chart-preview} a\n```", "> **A**"),
        ("(here)=\n## Title", "## Title"),
        ("`code`\n: what it means", "- **`code`**: what it means"),
        ("```{raw} html\n<p>x</p>\n```\nafter", "after"),
        ("~~~bibtex\n{cite}`a`\n~~~", "~~~bibtex\n{cite}`a`\n~~~"),
        ("::::{dropdown} Long\n:::{table} T\n:name: t\n\n| a |\n| --- |\n:::\n::::",
         "<details>\n<summary>Long</summary>\n\n**T**\n\n| a |\n| --- |\n\n</details>"),
        ("{numref}`fig-unknown`", "{numref}`fig-unknown`"),
    ],
)  # fmt: skip
def test_a_role_or_directive_becomes_plain_markdown(written: str, shown: str) -> None:
    assert myst.markdown(written, KNOWN) == shown


def test_a_citation_becomes_links_with_publisher_and_day() -> None:
    source = tables.table("sources").dropna(subset="published").iloc[0]
    link = myst.citation(f"{source['source_id']},s-nobody")
    assert source["url"] in link
    assert f"{source['published'].day} {source['published']:%B %Y}" in link
    assert link.endswith("; s-nobody)")


def test_a_table_shows_links_and_emphasis_in_jupyter_and_myst_in_the_book() -> None:
    source = tables.table("sources").iloc[0]
    frame = tables.pd.DataFrame({"What": ["*this*"], "Sources": grid.cite([source["source_id"]])})
    shown = grid.Grid(frame, caption="A table", name="tbl-a", widths=[1, 1])._repr_mimebundle_()
    assert "<em>this</em>" in shown["text/html"] and f'href="{source["url"]}"' in shown["text/html"]
    assert "{cite}`" in shown["text/markdown"]
