"""The figures that prose quotes, computed from the tables and already formatted.

A chapter quotes them in one cell, ``numbers.quote(numbers.economics())``, and writes ``{glue:text}`name``` where the
figure stands. Each page quotes its own, so that no page shows another's stale figure.
"""

from __future__ import annotations

from collections.abc import Mapping

from moscow_tehran import tables
from moscow_tehran.analysis import coverage, promises, reliability, trade, transfers, votes


def quote(figures: Mapping[str, str]) -> None:
    """Hand formatted figures to the book; they show nothing where they are quoted.

    The form is that of papermill and myst-nb's ``glue``, so that a notebook needs neither to run. As there, the text is
    quoted, or *3,123* would be taken for a pair of numbers.
    """
    from IPython.display import display

    for name, text in figures.items():
        if not isinstance(text, str):
            raise TypeError(f"figure {name!r} is {type(text).__name__}; expected text, formatted as prose quotes it")
        prefix = "application/papermill.record/"
        display(
            {f"{prefix}text/plain": repr(text)}, raw=True, metadata={"scrapbook": {"name": name, "mime_prefix": prefix}}
        )


def billions(million_usd: float, digits: int = 1) -> str:
    """Return million US dollars as prose says them.

    >>> billions(4800)
    '4.8 billion dollars'
    """
    return f"{million_usd / 1000:.{digits}f} billion dollars"


def words(count: int) -> str:
    """Return a small number as a word, a larger one in figures.

    >>> words(3), words(34)
    ('three', '34')
    """
    small = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return small[count] if 0 <= count < len(small) else f"{count:,}"


def percent(share: float) -> str:
    """Return a share as prose says it.

    >>> percent(0.314)
    '31 percent'
    """
    return f"{share * 100:.0f} percent"


def wilson(found: int, drawn: int, z: float = 1.96) -> tuple[float, float]:
    """Return the bounds of a share of which ``found`` were seen among ``drawn``, at 95 percent unless ``z`` says else.

    The interval of Wilson (1927, *Journal of the American Statistical Association* 22: 209–212).

    >>> low, high = wilson(1, 60)
    >>> round(high, 3)
    0.089
    """
    share, spread = found / drawn, z * z / drawn
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * (share * (1 - share) / drawn + spread / (4 * drawn)) ** 0.5
    return middle - half, middle + half


def economics() -> dict[str, str]:
    """Return the figures that the chapter on the economy quotes, by name."""
    figures = tables.table("trade")
    turnover = trade.annual(trade.pair(figures, "IRN", "RUS"))
    official = turnover[turnover["reporter"].isin(["rus", "eec"])]
    iranian = turnover[turnover["reporter"] == "irn"]
    by_id = figures.set_index("trade_id")["value"]
    growth = figures.set_index("trade_id")["growth_percent"]
    low_2022, high_2022 = official.loc[official["year"] == 2022, "value"].agg(["min", "max"])
    iranian_2022 = iranian.loc[iranian["year"] == 2022, "value"].max()
    official_2023, high_2023 = official.loc[official["year"] == 2023, "value"].agg(["min", "max"])
    to_iran, from_iran = by_id["tr-irn-rus-im-rus-2021"], by_id["tr-irn-rus-ex-rus-2021"]
    russia_total = trade.pair(figures, "RUS", "WLD").set_index("period_label")["value"]
    growth_2024 = growth["tr-irn-rus-to-rus-2024-putin"]
    implied_2024 = trade.implied(official_2023, growth_2024)
    # What the last quarter of 2025 must have added, for either level given for 2024.
    nine_months_2024 = by_id["tr-irn-rus-to-rus-2024-01-2024-09"]
    rates = growth["tr-irn-rus-to-rus-2025-feb"], growth["tr-irn-rus-to-rus-2025-01-2025-09"]
    last_quarter = sorted(
        (trade.implied(year, rates[0]) - trade.implied(nine_months_2024, rates[1])) / (year - nine_months_2024) - 1
        for year in (implied_2024, by_id["tr-irn-rus-to-rus-2024-tsivilev"])
    )
    implied_2025 = [trade.implied(year, rates[0]) for year in (implied_2024, by_id["tr-irn-rus-to-rus-2024-tsivilev"])]
    cargo = tables.table("corridor").set_index("corridor_id")["value"]
    partners = {
        country: trade.annual(trade.pair(figures, "IRN", country))
        .query("reporter == 'irn' and year == 2022")["value"]
        .max()
        for country in ("CHN", "ARE", "TUR", "IRQ")
    }
    promised = tables.table("promises").query("domain in ['economy', 'nuclear']")
    targets = promised[(promised["topic"] == "trade-target") & (promised["promiser"] != "EAE")]
    highest = official["value"].max()
    judged = promises.due(promised)
    failed = judged[judged["status"].isin(["overdue", "abandoned"])]
    railway = promised[(promised["topic"] == "railway") & (promised["promised_on"] >= "2023-05-17")]
    oil = figures[(figures["country"] == "CHN") & (figures["coverage"] == "crude-oil")]
    barrels = oil[oil["unit"] == "thousand-barrels-per-day"].set_index("trade_id")["value"]
    return {
        "turnover-2021": billions(by_id["tr-irn-rus-to-rus-2021"]),
        "growth-2021": f"{growth['tr-irn-rus-to-rus-2021']:.0f} percent",
        "turnover-2022-low": billions(low_2022),
        "turnover-2022-high": billions(high_2022),
        "turnover-2022-iran": billions(iranian_2022),
        "turnover-2022-ratio": f"{high_2022 / iranian_2022:.1f}",
        "turnover-2023": billions(official_2023),
        "turnover-2023-high": billions(high_2023),
        "turnover-2023-iran": billions(iranian.loc[iranian["year"] == 2023, "value"].max()),
        "turnover-2024": billions(by_id["tr-irn-rus-to-rus-2024-tsivilev"]),
        "turnover-2024-implied": billions(implied_2024, 2),
        "turnover-2024-implied-high": billions(trade.implied(high_2023, growth_2024), 2),
        "implied-2025": f"{implied_2025[0] / 1000:.1f} to {billions(implied_2025[1])}",
        "growth-2024": f"{growth['tr-irn-rus-to-rus-2024-putin']:.0f} percent",
        "growth-2025-nine-months": f"{growth['tr-irn-rus-to-rus-2025-01-2025-09']:.0f} percent",
        "growth-2025-year": f"{growth['tr-irn-rus-to-rus-2025-feb']:.0f} percent",
        "growth-2025-last-quarter": f"{last_quarter[0] * 100:.0f} to {percent(last_quarter[1])}",
        "cargo-caspian-2023": f"{cargo['co-trans-caspian-2023']:.1f}",
        "cargo-eastern-2023": f"{cargo['co-eastern-2023']:.2f}",
        "cargo-eastern-2024": f"{cargo['co-eastern-2024']:.0f}",
        "highest-turnover": billions(highest),
        "to-iran-2021": billions(to_iran, 2),
        "from-iran-2021": billions(from_iran, 2),
        "imbalance-2021": f"{to_iran / from_iran:.1f}",
        "russia-share-of-iran-1401": f"{trade.share(iranian_2022, by_id['tr-irn-wld-to-irn-1401']) * 100:.1f} percent",
        "iran-share-of-russia-2023": f"{trade.share(official_2023, russia_total['2023']) * 100:.1f} percent",
        "china-turnover": billions(partners["CHN"]),
        "emirates-turnover": billions(partners["ARE"]),
        "turkey-turnover": billions(partners["TUR"]),
        "china-times-russia": f"{partners['CHN'] / iranian_2022:.0f}",
        "russia-china-2022": billions(by_id["tr-rus-chn-turnover-chn-2022"], 0),
        "russia-turkey-2022": billions(by_id["tr-rus-tur-turnover-rus-2022"], 0),
        "targets": words(len(targets)),
        "smallest-target": billions(targets["target_value"].min(), 0),
        "largest-target": billions(targets["target_value"].max(), 0),
        "promises": str(len(promised)),
        "promises-due": str(len(judged)),
        "promises-kept": words(int((judged["status"] == "fulfilled").sum())),
        "promises-partly": words(int((judged["status"] == "partly").sum())),
        "promises-failed": words(len(failed)),
        "promises-undated": words(int(judged["due"].isna().sum())),
        "failed-russian": words(int((failed["promiser"] == "RUS").sum())),
        "failed-iranian": words(int((failed["promiser"] == "IRN").sum())),
        "failed-both": words(int((failed["promiser"] == "INT").sum())),
        "failed-targets": words(int((failed["topic"] == "trade-target").sum())),
        "failed-rasht": words(int(failed["promise_id"].str.contains("rasht-astara").sum())),
        "railway-dates-passed": words(int((railway["status"] == "overdue").sum())).capitalize(),
        "china-crude-iran-2025": f"{barrels['tr-chn-irn-imports-tracker-2025'] / 1000:.2f} million barrels a day",
        "china-crude-iran-2022": f"{barrels['tr-chn-irn-imports-tracker-2022'] / 1000:.2f} million barrels a day",
    }


def ukraine_war() -> dict[str, str]:
    """Return the figures that the chapter on the Ukraine war quotes, by name."""
    launches = tables.table("drone_launches")
    whole = launches[launches["complete"]]
    peak = whole.loc[whole["drones_launched"].idxmax()]
    before_july_2023 = launches.loc[launches["month"] < "2023-08-01", "drones_launched"].sum()
    by_year = launches.groupby(launches["month"].dt.year)["drones_launched"].sum()
    total = launches["drones_launched"].sum()
    after = {
        day: percent(launches.loc[launches["month"] >= day, "drones_launched"].sum() / total)
        for day in ("2023-07-01", "2024-09-01", "2025-06-01")
    }
    deals = tables.table("arms_transfers").set_index("transfer_id")
    yearly = transfers.by_year(deals.reset_index())
    to_iran = yearly[(yearly["recipient"] == "IRN") & (yearly["supplier"] == "RUS")]
    to_russia = yearly[yearly["recipient"] == "RUS"]
    licensed = to_russia.loc[to_russia["licensed_production"], "tiv"].sum() / to_russia["tiv"].sum()
    since_2022 = to_iran.loc[to_iran["year"] >= 2022, "tiv"].sum()
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS", "IRN", "CHN"])
    assembly = beside[(beside["body"] == "unga") & beside["subject_country"].isin(["UKR", "RUS"])]
    since = assembly[(assembly["date"] >= "2022-02-24") & assembly["IRN"].notna()]
    with_russia, _ = votes.agreement(since, "RUS", "IRN")
    with_china, china_known = votes.agreement(since, "CHN", "IRN")
    return {
        "launches-peak": f"{peak['drones_launched']:,}",
        "launches-peak-month": f"{peak['month']:%B %Y}",
        "launches-to-july-2023": f"{before_july_2023:,}",
        "launches-2023": f"{by_year[2023]:,}",
        "launches-2025": f"{by_year[2025]:,}",
        "launches-2025-times-2023": f"{by_year[2025] / by_year[2023]:.0f}",
        "launched-after-first": after["2023-07-01"],
        "launched-after-contract": after["2024-09-01"],
        "launched-after-c4ads": after["2025-06-01"],
        "shahed-136-sipri": f"{deals.loc['ar-irn-rus-shahed-136-2022', 'delivered']:,}",
        "fath-360-sipri": f"{deals.loc['ar-irn-rus-fath-360-2023', 'delivered']:,}",
        "yak-130-delivered": words(int(deals.loc["ar-rus-irn-yak-130-2022", "delivered"])),
        "su-35-delivered": words(int(deals.loc["ar-rus-irn-su-35s-2023", "delivered"])),
        "licensed-share": percent(licensed),
        "tiv-to-iran-since-2022": f"{since_2022:,.0f}",
        "tiv-to-russia-unlicensed": f"{to_russia.loc[~to_russia['licensed_production'], 'tiv'].sum():,.0f}",
        "votes-since": words(len(since)),
        "votes-no-since": words(int((since["IRN"] == "no").sum())),
        "votes-abstain-since": words(int((since["IRN"] == "abstain").sum())),
        "votes-with-russia": words(with_russia),
        "votes-with-china": words(with_china),
        "votes-china-known": words(china_known),
    }


def front_page() -> dict[str, str]:
    """Return the figures on the evidence as a whole that the front page and the method page quote, by name."""
    sources = tables.table("sources")
    checks = tables.table("rechecks")["result"].value_counts()
    evidence = [name for name in tables.names() if "credibility" in {field["name"] for field in tables.fields(name)}]
    low, high = wilson(int(checks.get("differs", 0)), int(checks.sum()))
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
        "checked-differ": words(int(checks.get("differs", 0))),
        "checked-differ-share": percent(checks.get("differs", 0) / checks.sum()).capitalize(),
        "checked-low": percent(low),
        "checked-high": percent(high),
        "highest-turnover": economics()["highest-turnover"],
        "targets": economics()["targets"],
    }


def audit() -> dict[str, str]:
    """Return the figures that the evidence audit quotes, by name."""
    events, sources, codings = (tables.table(name) for name in ("events", "sources", "codings"))
    attested = events, sources, tables.table("readings"), "event_id"
    origins, recorded = coverage.origins(*attested), coverage.rests_on_record(*attested)
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
        **{name: front[name] for name in ("checked-partly", "checked-differ", "coded-events")},
        "events": f"{len(events):,}",
        "contacts": f"{len(tables.table('contacts')):,}",
        "events-before-2000": words(int((events["date"] < "2000-01-01").sum())).capitalize(),
        "events-after-cut-off": words(int((events["date"] > tables.cut_off()).sum())),
        "primary-share": percent(sources["kind"].isin(coverage.PRIMARY).mean()).capitalize(),
        "persian-russian": words(int(sources["language"].isin(["ru", "fa"]).sum())).capitalize(),
        "scholarly": words(int((sources["kind"] == "scholarly").sum())),
        "largest-publisher": f"{sources['publisher_id'].value_counts(normalize=True).max() * 100:.1f} percent",
        "single-origin": percent(((origins == 1) & ~recorded).mean()).capitalize(),
        "alleged": words(int(status["alleged"])).capitalize(),
        "contested": words(int(status["contested"])),
        "adjudicated": f"{len(tables.table('adjudications')):,}",
        "alpha-office-speakers": f"{reliability.alpha(office['first'], office['second'], draws=1)['alpha']:.2f}",
        "levels-given": words(len(given)),
        "levels-given-alike": words(int((given["first"] == given["second"]).sum())),
        "one-in-sixty": percent(wilson(1, 60)[1]),
    }
