"""The verdict: three statements computed from the ladder, and the figures that the pages on it quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import crises, ladder, reliability, standing, support
from moscow_tehran.numbers.prose import listed, percent, words

#: Domains as prose names them.
DOMAINS = {
    "diplomacy": "diplomacy",
    "economy": "the economy",
    "arms-technology": "arms and technology",
    "nuclear": "nuclear matters",
    "security-commitment": "security commitments",
    "conduct-in-war": "conduct in war",
}
STATES = {
    "RUS": "Russia", "IRN": "Iran", "CHN": "China", "USA": "the United States", "ISR": "Israel", "PRK": "North Korea",
    "BLR": "Belarus", "SYR": "Syria", "ARM": "Armenia", "VEN": "Venezuela",
}  # fmt: skip


def pair_name(supporter: str, supported: str) -> str:
    """Return a pair as a chart or a table names it: *Russia → Iran*."""
    return f"{_capital(STATES[supporter])} → {STATES[supported].removeprefix('the ')}"


def _capital(text: str) -> str:
    return text.removeprefix("the ")[0].upper() + text.removeprefix("the ")[1:]


def judged(evidence: Mapping[str, pd.DataFrame], doubt: standing.Doubt | None = None) -> pd.DataFrame:
    """Return the ladder with each test's verdict on the evidence that stands."""
    stands = standing.standing(tables.rows(evidence), evidence["sources"], doubt)
    return ladder.verdicts(evidence["ladder"], stands)


def found(evidence: Mapping[str, pd.DataFrame] | None = None, doubt: standing.Doubt | None = None) -> pd.DataFrame:
    """Return the levels of all pairs on the evidence that stands; all of it by default."""
    evidence = tables.everything() if evidence is None else evidence
    return ladder.levels(judged(evidence, doubt), evidence["ladder_indicators"])


def level_text(shown: int, possible: int) -> str:
    """Return a level as prose and charts write it.

    >>> level_text(4, 4), level_text(2, 4)
    ('4', '2–4')
    """
    return str(shown) if shown == possible else f"{shown}–{possible}"


def levels_sentence(levels: pd.DataFrame, pair: tuple[str, str]) -> str:
    """Say how far a supporter has gone in each domain."""
    own = levels[(levels["supporter"] == pair[0]) & (levels["supported"] == pair[1])]
    parts = [f"{level_text(row.shown, row.possible)} in {DOMAINS[row.domain]}" for row in own.dropna().itertuples()]
    return f"{_capital_first(STATES[pair[0]])}’s support of {STATES[pair[1]]} has reached level {listed(parts)}, of 5."


def _capital_first(text: str) -> str:
    return text[0].upper() + text[1:]


def comparison_sentence(levels: pd.DataFrame, pair: tuple[str, str]) -> str:
    """Say which pairs a pair dominates and which dominate it, whatever the unknown tests would show."""
    compared = ladder.compare(levels, pair)

    def those(relation: str) -> str:
        return doings(
            list(compared.loc[compared["relation"] == relation, ["supporter", "supported"]].itertuples(index=False))
        )

    above, below, cross, undecided = (those(key) for key in ("dominated", "dominates", "crosses", "open"))
    places = [f"ahead of {below}"] if below else []
    places += [f"behind {above}"] if above else []
    sentence = f"Whatever the unknown tests would show, {support_of(*pair)} stays "
    sentence += listed(places) if places else "neither wholly ahead of any other nor wholly behind"
    if cross:
        sentence += f"; beside {cross} each is ahead somewhere"
    if undecided:
        sentence += f"; beside {undecided} unknown tests decide"
    return sentence + "."


def doings(pairs: Sequence[tuple[str, str]]) -> str:
    """Return several pairs as prose lists them, by supporter; nothing where there are none.

    >>> doings([("RUS", "BLR"), ("RUS", "SYR"), ("CHN", "IRN")])
    'what Russia does for Belarus and Syria and China for Iran'
    """
    by_supporter: dict[str, list[str]] = {}
    for supporter, supported in pairs:
        by_supporter.setdefault(supporter, []).append(STATES[supported])
    parts = [
        f"{STATES[supporter]} {'for' if number else 'does for'} {listed(supported)}"
        for number, (supporter, supported) in enumerate(by_supporter.items())
    ]
    return f"what {', '.join(parts[:-1])}{' and ' if len(parts) > 1 else ''}{parts[-1]}" if parts else ""


def support_of(supporter: str, supported: str) -> str:
    """Return a pair as prose names it: *Russia’s support of Iran*."""
    name = STATES[supporter]
    return (
        f"{name}’ support of {STATES[supported]}" if name.endswith("s") else f"{name}’s support of {STATES[supported]}"
    )


def headline(levels: pd.DataFrame, pair: tuple[str, str] = ladder.ASKED) -> str:
    """Answer the book's question in one sentence that follows from the levels."""
    own = levels[(levels["supporter"] == pair[0]) & (levels["supported"] == pair[1])].dropna()
    given, top = int((own["shown"] > 0).sum()), int((own["shown"] == ladder.LEVELS).sum())
    could = int(((own["possible"] == ladder.LEVELS) & (own["shown"] < ladder.LEVELS)).sum())
    subject = f"{_capital_first(STATES[pair[0]])} has supported {STATES[pair[1]]}"
    all_of = f"all {words(len(own))}" if given == len(own) else f"{words(given)} of {words(len(own))}"
    where = f"in {all_of} domains" if given else "in no domain"
    if top:
        last = f"and has passed the last test of a domain in {words(top)} of them"
    elif could:
        last = f"and is not shown to have passed the last test of a domain in any; in {words(could)} that is unknown"
    else:
        last = "and has passed the last test of a domain in none"
    short = "No" if not given else "Yes" if top else "Yes, up to a point" if given > len(own) / 2 else "In part"
    return f"{short}: {subject} {where}, {last}."


def statements(
    evidence: Mapping[str, pd.DataFrame] | None = None, doubt: standing.Doubt | None = None
) -> dict[str, str]:
    """Return the verdict on the evidence given, all of it by default: one headline and three statements."""
    levels = found(evidence, doubt)
    back = (ladder.ASKED[1], ladder.ASKED[0])
    return {
        "verdict-headline": headline(levels),
        "verdict-levels": levels_sentence(levels, ladder.ASKED),
        "verdict-comparison": comparison_sentence(levels, ladder.ASKED),
        "verdict-return": levels_sentence(levels, back) + " " + comparison_sentence(levels, back),
    }


def in_persian(text: str) -> str:
    """Return figures as Persian writes them; a dash between them would change sides in text from right to left.

    >>> in_persian("2–4")
    '۲ تا ۴'
    """
    return text.replace("–", " تا ").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def verdict() -> dict[str, str]:
    """Return the figures that the pages on the verdict quote, by name."""
    evidence = tables.everything()
    levels = found(evidence)
    tests = judged(evidence)
    own = tests[(tests["supporter"] == "RUS") & (tests["supported"] == "IRN")]
    return statements(evidence) | {
        **_in_figures(levels),
        "tests": str(len(own)),
        "tests-met": words(int((own["met"] == "met").sum())),
        "tests-not-met": words(int((own["met"] == "not-met").sum())),
        "tests-unknown": words(int((own["met"] == "unknown").sum())),
        "tests-close": words(int(own["close_call"].sum())),
        "ceiling": _ceiling(levels),
        "close-all": str(int(evidence["ladder"]["close_call"].sum())),
        "coders-agree": percent(_agreement(evidence["codings"])),
        "other-pairs": words(levels[["supporter", "supported"]].drop_duplicates().shape[0] - 1),
        **_crises(evidence),
        **_turn(evidence),
        "pairs": words(levels[["supporter", "supported"]].drop_duplicates().shape[0]),
        "pairs-incomplete": words(len(ladder.incomplete(levels))),
    }


def _ceiling(levels: pd.DataFrame) -> str:
    """Say how many fifth tests the asked pair passes, and what North Korea's treaty has that Iran's lacks."""
    own, top = _own(levels).set_index("domain")["shown"], ladder.LEVELS
    passed = int((own == top).sum())
    said = f"{words(passed).capitalize()} of the {words(len(own))} fifth tests {'are' if passed > 1 else 'is'} passed."
    shown = ladder.matrix(levels, "shown")
    alike = int((shown < top).fillna(True).all(axis=1).sum())
    korea, duty = shown.loc[("RUS", "PRK")], 4
    if passed == 0 and (korea.dropna() < top).all():
        said += (
            f" That alone is no mark of Iran: {words(alike)} of {words(len(shown))} pairs share it, North Korea’s too."
        )
    if korea["security-commitment"] >= duty > own["security-commitment"]:
        said += " What Russia owes North Korea and not Iran is a duty to help, the fourth test of security."
    return said


def _agreement(codings: pd.DataFrame) -> float:
    """Return the share of the ladder's tests on which the two coders agree."""
    beside = reliability.side_by_side(codings).query("column == 'met'")
    return float((beside["first"] == beside["second"]).mean())


def _in_figures(levels: pd.DataFrame) -> dict[str, str]:
    """The verdict in figures alone, for the summaries in Russian and Persian."""
    own = _own(levels)
    figures = {f"level-{row.domain}": level_text(row.shown, row.possible) for row in own.itertuples()} | {
        "domains-with-support": str(int((own["shown"] > 0).sum())),
        "domains-at-the-top": str(int((own["shown"] == ladder.LEVELS).sum())),
    }
    return figures | {f"{name}-fa": in_persian(text) for name, text in figures.items()}


def _own(levels: pd.DataFrame) -> pd.DataFrame:
    return levels[(levels["supporter"] == ladder.ASKED[0]) & (levels["supported"] == ladder.ASKED[1])]


def _crises(evidence: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    acts = crises.actions(evidence["crisis_actions"], evidence["crises"])
    answered = crises.answers(acts)
    material = answered.loc[list(crises.MATERIAL)].sum()
    asked = {name: answered.loc[name] for name in ("words", "vote", "diplomacy")} | {"material": material}
    counts = {f"{name}-{part}": words(int(row[part])) for name, row in asked.items() for part in ("asked", "given")}
    return counts | {
        "crises": words(acts["crisis_id"].nunique()),
        "unknowable": words(int((acts["fate"] == "unknowable").sum())),
    }


#: Shares of shuffles below which a difference is called hard to put down to chance, and above which easy.
RARE, COMMON = 0.05, 0.2


#: First year of the shorter base with which the years since 2022 are compared: it leaves out the votes of 2006 to 2010.
LATER_BASE = 2012


def _turn(evidence: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    rows = support.scored(evidence["events"], ("RUS", "SUN"), "IRN").reset_index(drop=True)
    found = support.permuted(rows)
    later = support.permuted(rows[rows["year"] >= LATER_BASE].reset_index(drop=True))
    share = found["share"]
    reading = "rare" if share < RARE else "common" if share > COMMON else "neither rare nor common"
    return {
        "turn-change": f"{found['change']:.2f} points",
        "turn-share": percent(share) if share >= 0.01 else "less than one percent",
        "turn-reading": reading,
        "turn-later": f"{later['change']:.2f}",
        "turn-later-share": percent(later["share"]),
    }
