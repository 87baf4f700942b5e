"""The figures on the evidence as a whole that the front page and the method page quote."""

from __future__ import annotations

from moscow_tehran import tables
from moscow_tehran.numbers.economics import economics
from moscow_tehran.numbers.prose import percent, wilson, words


def front_page() -> dict[str, str]:
    """Return the figures on the evidence as a whole that the front page and the method page quote, by name."""
    sources = tables.table("sources")
    checks = tables.table("rechecks")["result"].value_counts()
    evidence = [name for name in tables.names() if "credibility" in {field["name"] for field in tables.fields(name)}]
    # A row whose page was not reached again says nothing on how many rows differ.
    differ, lost = int(checks.get("differs", 0)), int(checks.get("not-found-again", 0))
    reached = int(checks.sum()) - lost
    low, high = wilson(differ, reached)
    cut_off = tables.cut_off()
    coded = tables.table("codings")["row_id"]
    return {
        "cut-off": f"{cut_off.day} {cut_off:%B %Y}",
        "sources": f"{len(sources):,}",
        "languages": words(sources["language"].nunique()),
        "official": f"{int(sources['official'].sum()):,}",
        "rows": f"{sum(len(tables.table(name)) for name in evidence):,}",
        "searches": str(len(tables.table("searches"))),
        "coded-events": words(coded[coded.str.startswith("ev-")].nunique()).capitalize(),
        "checked-rows": str(checks.sum()),
        "checked-agree": str(checks.get("agrees", 0)),
        "checked-partly": words(int(checks.get("agrees-partly", 0))),
        "checked-differ": words(differ),
        "checked-differ-share": percent(differ / reached).capitalize(),
        "checked-lost": words(lost),
        "checked-low": percent(low),
        "checked-high": percent(high),
        "highest-turnover": economics()["highest-turnover"],
        "targets": economics()["targets"],
    }
