"""The figures that the chapter on the economy quotes."""

from __future__ import annotations

from moscow_tehran import tables
from moscow_tehran.analysis import promises, trade
from moscow_tehran.numbers.prose import billions, percent, words


def economics() -> dict[str, str]:
    """Return the figures that the chapter on the economy quotes, by name."""
    figures = tables.table("trade")
    turnover = trade.annual(trade.pair(figures, "IRN", "RUS"))
    official = turnover[turnover["reporter"].isin(["rus", "eec"])]
    iranian = turnover[turnover["reporter"] == "irn"]
    by_id = figures.set_index("trade_id")["value"]
    growth = figures.set_index("trade_id")["growth_percent"]
    rise_2022 = [growth[f"tr-irn-rus-to-rus-2022-{version}"] for version in ("early", "rev")]
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
    chinese = trade.annual(trade.pair(figures, "IRN", "CHN")).query("reporter == 'irn' and year == 2022")["value"].max()
    promised = tables.table("promises").query("domain in ['economy', 'nuclear']")
    targets = promised[(promised["topic"] == "trade-target") & (promised["promiser"] != "EAE")]
    highest = official["value"].max()
    judged = promises.due(promised)
    failed = judged[judged["status"].isin(promises.FAILED)]
    firm = promises.beyond_words(judged)
    dated = judged[judged["due"].notna()]
    line = judged["promise_id"].str.contains("rasht-astara")
    railway = promised[(promised["topic"] == "railway") & (promised["promised_on"] >= "2023-05-17")]
    oil = figures[(figures["country"] == "CHN") & (figures["coverage"] == "crude-oil")]
    barrels = oil[oil["unit"] == "thousand-barrels-per-day"].set_index("trade_id")["value"]
    china_2022, china_2025 = by_id["tr-irn-chn-turnover-chn-2022"], by_id["tr-irn-chn-turnover-chn-2025"]
    grain = by_id.reindex(
        ["tr-irn-wld-im-irn-1400-grain", "tr-irn-rus-im-irn-2023-grain", "tr-irn-rus-im-research-2025-07-2026-02"]
    )
    return {
        "turnover-2021": billions(by_id["tr-irn-rus-to-rus-2021"]),
        "growth-2020": f"{growth['tr-irn-rus-to-eec-2020']:.0f} percent",
        "growth-2021": f"{growth['tr-irn-rus-to-rus-2021']:.0f} percent",
        "growth-2022": f"{rise_2022[0]:.0f} to {rise_2022[1]:.0f} percent",
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
        "russia-share-by-russia": f"{trade.share(high_2022, by_id['tr-irn-wld-to-irn-1401']) * 100:.1f} percent",
        "iran-share-of-russia-2023": f"{trade.share(official_2023, russia_total['2023']) * 100:.1f} percent",
        "china-turnover": billions(chinese),
        "china-times-russia": f"{chinese / iranian_2022:.0f}",
        "china-own-2022": billions(china_2022),
        "china-own-2025": billions(china_2025),
        "china-own-times-2022": words(round(china_2022 / high_2022)),
        "china-own-times-2025": words(round(china_2025 / by_id["tr-irn-rus-to-rus-2025-slutsky"])),
        "russia-china-2022": billions(by_id["tr-rus-chn-turnover-chn-2022"], 0),
        "targets": words(len(targets)),
        "smallest-target": billions(targets["target_value"].min(), 0),
        "largest-target": billions(targets["target_value"].max(), 0),
        "promises": str(len(promised)),
        "promises-due": str(len(judged)),
        "promises-kept": words(int((judged["status"] == "fulfilled").sum())),
        "promises-partly": words(int((judged["status"] == "partly").sum())),
        "promises-failed": words(len(failed)),
        "promises-only-stated": words(len(judged) - len(firm)).capitalize(),
        "promises-firm": words(len(firm)),
        "firm-kept": words(int((firm["status"] == "fulfilled").sum())),
        "firm-partly": words(int((firm["status"] == "partly").sum())),
        "firm-failed": words(int(firm["status"].isin(promises.FAILED).sum())),
        "promises-dated": words(len(dated)),
        "dated-failed": words(int(dated["status"].isin(promises.FAILED).sum())),
        "due-once": words(len(judged) - int(line.sum()) + 1),
        "failed-once": words(int(len(failed) - failed["promise_id"].str.contains("rasht-astara").sum()) + 1),
        "failed-russian": words(int((failed["promiser"] == "RUS").sum())),
        "failed-iranian": words(int((failed["promiser"] == "IRN").sum())),
        "failed-both": words(int((failed["promiser"] == "INT").sum())),
        "targets-missed": words(int((targets["status"] == "overdue").sum())).capitalize(),
        "targets-undated": words(int(targets["due"].isna().sum())),
        "failed-rasht": words(int(failed["promise_id"].str.contains("rasht-astara").sum())),
        "railway-dates-passed": words(int((railway["status"] == "overdue").sum())).capitalize(),
        "china-crude-iran-2025": f"{barrels['tr-chn-irn-imports-tracker-2025'] / 1000:.2f} million barrels a day",
        "china-crude-iran-2021": f"{barrels['tr-chn-irn-imports-tracker-2021'] / 1000:.2f} million",
        "grain-imports": f"{grain.iloc[0]:.1f} million tonnes",
        "grain-usual": f"{grain.iloc[1]:.0f} million tonnes",
        "grain-2025": f"{grain.iloc[2]:.0f} million tonnes",
        "china-crude-iran-2022": f"{barrels['tr-chn-irn-imports-tracker-2022'] / 1000:.2f} million",
    }
