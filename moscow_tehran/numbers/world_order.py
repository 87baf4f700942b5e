"""The figures that the chapter on the world order quotes."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import company, votes
from moscow_tehran.numbers.prose import percent, words


def world_order() -> dict[str, str]:
    """Return the figures that the chapter on the world order quotes, by name."""
    crosstabs = tables.table("un_agreement")
    russian, iranian = company.partners(crosstabs, "RUS"), company.partners(crosstabs, "IRN")
    russia = company.by_decade(russian).set_index(["decade", "partner"])["mean"]
    iran = company.by_decade(iranian).set_index(["decade", "partner"])["mean"]
    nineties, tens = "1992–1999", "2010–2019"
    pair_2019 = russian[(russian["partner"] == "IRN") & (russian["year"] == 2019)].iloc[0]
    with_saudi = iranian[iranian["partner"] == "SAU"].set_index("year")["pi"]
    with_russia = iranian[iranian["partner"] == "RUS"].set_index("year")["pi"]
    since_1992 = [year for year in with_russia.index if year >= 1992]
    six = company.measures(crosstabs).query("year >= 1992")
    of_iran = {
        other: six[six["country_a"].isin(["IRN", other]) & six["country_b"].isin(["IRN", other])].set_index("year")
        for other in ("RUS", "CHN")
    }
    apart = of_iran["RUS"][["share", "opposed"]].astype(float)
    compared = ["share", "pi", "kappa", "pi_linear", "pi_squared", "s"]
    assert (of_iran["CHN"][compared] > of_iran["RUS"][compared]).all(axis=None)
    points = tables.table("ideal_points").pivot(index="year", columns="country", values="ideal_point")
    every_vote = tables.table("ideal_points").pivot(index="year", columns="country", values="ideal_point_all")
    gap, gap_every = points["RUS"] - points["IRN"], (every_vote["RUS"] - every_vote["IRN"]).astype(float)
    before, after = points.loc[2015:2021].mean(), points.loc[2022:2024].mean()
    russian_move = before["RUS"] - after["RUS"]
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS", "IRN", "CHN", "BLR"])
    assembly = beside[beside["body"] == "unga"]
    special = assembly[assembly["document"].str.contains("ES-11|eleventh emergency")]
    rights = assembly[assembly["title"].str.contains("Human rights")]
    on_iran, on_crimea = (rights[rights["subject_country"] == code] for code in ("IRN", "UKR"))
    judged = company.russia_on_iran(tables.table("votes"), tables.table("vote_positions"))
    judged = judged[judged["stance"] != "beside"]
    late = judged[judged["date"] >= "2018-01-01"]
    supports = late[late["stance"] == "supports"]
    adopted_against = (supports["position"] == "no") & (supports["outcome"] == "adopted")
    failed_for = (supports["position"] == "yes") & (supports["outcome"] != "adopted")
    assert judged.loc[judged["stance"] == "restrains", "date"].max() < pd.Timestamp("2013-01-01")
    entries = tables.table("sanctions").set_index("sanction_id")["entries"]
    return {
        "pi-iran-nineties": f"{russia[nineties, 'IRN']:.2f}".replace("-", "−"),
        "pi-iran-tens": f"{russia[tens, 'IRN']:.2f}",
        "pi-china-tens": f"{russia[tens, 'CHN']:.2f}",
        "pi-belarus-tens": f"{russia[tens, 'BLR']:.2f}",
        "pi-india-tens": f"{russia[tens, 'IND']:.2f}",
        "pi-saudi-tens": f"{russia[tens, 'SAU']:.2f}",
        "pi-emirates-tens": f"{russia[tens, 'ARE']:.2f}".replace("-", "−"),
        "pi-states-nineties": f"{russia[nineties, 'USA']:.2f}".replace("-", "−"),
        "pi-states-tens": f"{russia[tens, 'USA']:.2f}".replace("-", "−"),
        "share-2019": percent(pair_2019["share"]),
        "votes-2019": f"{pair_2019['votes']}",
        "measures": words(len(compared)),
        "same-noughts": f"{apart.loc[2000:2009, 'share'].mean() * 100:.0f}",
        "same-tens": percent(apart.loc[2010:2019, "share"].mean()),
        "opposed-noughts": f"{apart.loc[2000:2009, 'opposed'].mean() * 100:.0f}",
        "opposed-tens": percent(apart.loc[2010:2019, "opposed"].mean()),
        "pi-iran-noughts": f"{russia['2000–2009', 'IRN']:.2f}",
        "pi-2019": f"{pair_2019['pi']:.2f}",
        "pi-iran-china-tens": f"{iran[tens, 'CHN']:.2f}",
        "pi-iran-saudi-tens": f"{iran[tens, 'SAU']:.2f}",
        "years-compared": f"{len(since_1992)}",
        "years-saudi-nearer": words(sum(bool(with_saudi[year] > with_russia[year]) for year in since_1992)),
        "gap-before": f"{gap.loc[2015:2021].mean():.1f}",
        "gap-after": f"{gap.loc[2022:2024].mean():.1f}",
        "gap-russian-share": percent(russian_move / (gap.loc[2015:2021].mean() - gap.loc[2022:2024].mean())),
        "gap-every-left": percent(gap_every.loc[2022:2023].mean() / gap_every.loc[2015:2021].mean()),
        "gap-states-2024": f"{points.loc[2024, 'USA'] - points.loc[2024, 'IRN']:.1f}",
        "russia-fall": f"{russian_move:.2f}",
        "china-fall": f"{before['CHN'] - after['CHN']:.2f}",
        "ideal-russia-2024": f"{points.loc[2024, 'RUS']:.1f}".replace("-", "−"),
        "ideal-emirates-2024": f"{points.loc[2024, 'ARE']:.1f}".replace("-", "−"),
        "ideal-saudi-2024": f"{points.loc[2024, 'SAU']:.1f}".replace("-", "−"),
        "special-votes": words(len(special)),
        "special-no": words(int((special["IRN"] == "no").sum())),
        "special-abstain": words(int((special["IRN"] == "abstain").sum())),
        "special-china-no": words(int((special["CHN"] == "no").sum())),
        "special-with-china": words(votes.agreement(special, "IRN", "CHN")[0]),
        "rights-iran": words(len(on_iran)),
        "rights-crimea-known": words(int(on_crimea["IRN"].notna().sum())),
        "council-against": words(int((judged["stance"] == "restrains").sum())),
        "council-own": words(int(judged["sponsor"].fillna("").isin(["Russia", "China and Russia"]).sum())),
        "council-late": words(len(late)),
        "council-late-supports": words(len(supports)),
        "council-late-vetoes": words(int((supports["outcome"] == "vetoed").sum())),
        "council-late-lost": words(int((adopted_against | failed_for).sum())),
        "listed-russia-before": f"{entries['sa-castellum-20220221-rus']:,}",
        "listed-russia-march": f"{entries['sa-castellum-20220308-rus']:,}",
        "listed-iran-march": f"{entries['sa-castellum-20220308-irn']:,}",
        "listed-un-iran": f"{entries['sa-un-20260814-irn']:,}",
        "listed-un-russia": words(int(entries["sa-un-20260814-rus"])),
        "listed-russia-2024": f"{entries['sa-castellum-20240802-rus']:,}",
    }
