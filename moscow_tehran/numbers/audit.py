"""The figures that the evidence audit quotes."""

from __future__ import annotations

from moscow_tehran import tables
from moscow_tehran.analysis import coverage, reliability
from moscow_tehran.numbers.front_page import front_page
from moscow_tehran.numbers.prose import percent, wilson, words


def audit() -> dict[str, str]:
    """Return the figures that the evidence audit quotes, by name."""
    events, sources, codings = (tables.table(name) for name in ("events", "sources", "codings"))
    attested = events, sources, tables.table("readings"), "event_id"
    origins, recorded = coverage.origins(*attested), coverage.rests_on_record(*attested)
    single = (origins == 1) & ~recorded
    coded = reliability.side_by_side(codings)
    speakers = events.loc[events["spoken_by"].notna(), "event_id"]
    office = coded[(coded["column"] == "office") & coded["row_id"].isin(speakers)]
    status = events["status"].value_counts()
    level = coded[coded["column"] == "level"]
    given = level[(level["first"] != "0") | (level["second"] != "0")]
    front = front_page()
    return {
        **{
            name: front[name] for name in ("sources", "official", "rows", "checked-rows", "checked-low", "checked-high")
        },
        **{name: front[name] for name in ("checked-partly", "checked-differ", "checked-lost", "coded-events")},
        "events": f"{len(events):,}",
        "contacts": f"{len(tables.table('contacts')):,}",
        "events-before-2000": words(int((events["date"] < "2000-01-01").sum())).capitalize(),
        "events-after-cut-off": words(int((events["date"] > tables.cut_off()).sum())),
        "primary-share": percent(sources["kind"].isin(coverage.PRIMARY).mean()).capitalize(),
        "persian-russian": words(int(sources["language"].isin(["ru", "fa"]).sum())).capitalize(),
        "scholarly": words(int((sources["kind"] == "scholarly").sum())),
        "largest-publisher": f"{sources['publisher_id'].value_counts(normalize=True).max() * 100:.1f} percent",
        "single-origin": percent(single.mean()).capitalize(),
        "single-probable": percent((events.loc[single, "credibility"] == 2).mean()),
        "alleged": words(int(status["alleged"])).capitalize(),
        "contested": words(int(status["contested"])),
        "adjudicated": f"{len(tables.table('adjudications')):,}",
        "alpha-office-speakers": f"{reliability.alpha(office['first'], office['second'], draws=1)['alpha']:.2f}",
        "levels-given": words(len(given)),
        "levels-given-alike": words(int((given["first"] == given["second"]).sum())),
        "one-in-sixty": percent(wilson(1, 60)[1]),
    }
