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
    winter = launches[launches["month"].between("2022-10-01", "2023-03-31")]
    # The launches run on after the cut-off; a share of them would grow with every month.
    to_cut_off = launches[launches["month"] <= "2026-03-31"]
    after_c4ads = to_cut_off.loc[to_cut_off["month"] >= "2025-06-01", "drones_launched"].sum()
    deals = tables.table("arms_transfers").set_index("transfer_id")
    yearly = transfers.by_year(deals.reset_index())
    to_iran = yearly[(yearly["recipient"] == "IRN") & (yearly["supplier"] == "RUS")]
    to_russia = yearly[yearly["recipient"] == "RUS"]
    licensed = to_russia.loc[to_russia["licensed_production"], "tiv"].sum() / to_russia["tiv"].sum()
    unlicensed = to_russia.loc[~to_russia["licensed_production"], "tiv"].sum()
    contested = deals.loc["ar-irn-rus-fath-360-2023", "tiv_delivered"]
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
        "launched-after-c4ads": percent(after_c4ads / to_cut_off["drones_launched"].sum()),
        "missiles-first-winter": f"{winter['missiles_launched'].sum():,}",
        "drones-first-winter": f"{winter['drones_launched'].sum():,}",
        "shahed-136-sipri": f"{deals.loc['ar-irn-rus-shahed-136-2022', 'delivered']:,}",
        "fath-360-sipri": f"{deals.loc['ar-irn-rus-fath-360-2023', 'delivered']:,}",
        "yak-130-delivered": words(int(deals.loc["ar-rus-irn-yak-130-2022", "delivered"])),
        "su-35-delivered": words(int(deals.loc["ar-rus-irn-su-35s-2023", "delivered"])),
        "licensed-share": percent(licensed),
        "tiv-to-iran-since-2022": f"{since_2022:,.0f}",
        "tiv-to-russia": f"{to_russia['tiv'].sum():,.0f}",
        "tiv-to-russia-unlicensed": f"{unlicensed:,.0f}",
        "tiv-fath-360": f"{contested:,.0f}",
        "tiv-to-russia-rest": words(round(unlicensed - contested)),
        "votes-since": words(len(since)),
        "votes-no-since": words(int((since["IRN"] == "no").sum())),
        "votes-abstain-since": words(int((since["IRN"] == "abstain").sum())),
        "votes-with-russia": words(with_russia),
        "votes-with-china": words(with_china),
        "votes-china-known": words(china_known),
    }
