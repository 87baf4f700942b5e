"""The figures that the chapter on the Ukraine war quotes."""

from __future__ import annotations

from moscow_tehran import tables
from moscow_tehran.analysis import transfers, votes
from moscow_tehran.numbers.prose import percent, words


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
