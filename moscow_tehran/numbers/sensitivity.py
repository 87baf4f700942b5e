"""What the page on sensitivity quotes: which attacks change the verdict, and which leave it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import ladder, sensitivity
from moscow_tehran.numbers.prose import listed, words
from moscow_tehran.numbers.verdict import DOMAINS, found, level_text, support_of

#: Kinds of attack in the order of the page, as prose names them.
KINDS = {
    "as reported": "as reported",
    "one publisher left out": "leaving out one publisher",
    "one episode left out": "leaving out one episode",
    "grades 1 and 2 only": "rows of grade 1 and 2 alone",
    "records only": "records alone",
    "one coder": "one coder alone",
    "close calls": "reading the close calls otherwise",
    "another rule": "the stricter rule",
}


def attacked(evidence: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the levels of the asked pair under every attack, as ``analysis.sensitivity.attacks`` gives them."""
    return sensitivity.attacks(
        tables.rows(evidence),
        evidence["sources"],
        evidence["ladder"],
        evidence["ladder_indicators"],
        evidence["codings"],
        evidence["crises"],
    )


#: Kinds of attack as a chart names them, some with the name of the attack.
LABELS = {
    "as reported": "as reported",
    "one publisher left out": "a publisher left out",
    "one episode left out": "an episode left out",
    "grades 1 and 2 only": "grades 1 and 2 only",
    "records only": "records only",
    "one coder": "{}",
    "close calls": "close calls {}",
    "another rule": "the stricter rule",
}


def outcomes(table: pd.DataFrame) -> pd.DataFrame:
    """Return what attacks make of the levels, one row a kind of attack and outcome.

    Parameters
    ----------
    table
        Levels under every attack, as ``attacked`` gives them.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``label`` (with the number of attacks where there are several), ``attacks`` (their names), ``number``,
        ``levels`` (text, one a domain in the order of the ladder), ``depth`` (the levels shown), ``changes`` (whether
        any differs from what is reported).
    """
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    depth: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for (kind, attack), rows in table.groupby(["kind", "attack"], sort=False):
        placed = rows.set_index("domain").loc[list(ladder.DOMAINS)]
        levels = tuple(level_text(low, high) for low, high in zip(placed["shown"], placed["possible"], strict=True))
        found.setdefault((kind, levels), []).append(attack)
        depth[kind, levels] = placed["shown"].astype(int).tolist()
    reported = next(levels for kind, levels in found if kind == "as reported")
    rows = [
        {
            "kind": kind,
            "label": LABELS[kind].format(attacks[0].removeprefix("all "))
            + (f" ({len(attacks)})" if len(attacks) > 1 else ""),
            "attacks": attacks,
            "number": len(attacks),
            "levels": list(levels),
            "depth": depth[kind, levels],
            "changes": levels != reported,
        }
        for (kind, levels), attacks in found.items()
    ]
    order = {kind: place for place, kind in enumerate(LABELS)}
    return pd.DataFrame(rows).sort_values("kind", key=lambda kinds: kinds.map(order), kind="stable", ignore_index=True)


def attack_name(kind: str, attack: str) -> str:
    """Return an attack as a chart names it."""
    match kind:
        case "as reported":
            return "as reported"
        case "one publisher left out":
            return f"without {_publishers()[attack]}"
        case "one episode left out":
            return f"without {attack}"
        case "grades 1 and 2 only" | "records only":
            return kind
    return attack


@cache
def _publishers() -> dict[str, str]:
    return tables.table("publishers").set_index("publisher_id")["name"].to_dict()


def sensitivity_figures() -> dict[str, str]:
    """Return the figures that the page on sensitivity quotes, by name."""
    evidence = tables.everything()
    table = attacked(evidence)
    reported = table[table["kind"] == "as reported"].set_index("domain")
    others = table[table["kind"] != "as reported"].copy()
    others["falls"] = others["shown"] < others["domain"].map(reported["shown"])
    others["rises"] = others["shown"] > others["domain"].map(reported["shown"])
    others["changes"] = (
        others["falls"] | others["rises"] | (others["possible"] != others["domain"].map(reported["possible"]))
    )
    falls = others[others["falls"]].groupby("domain")["attack"].nunique().reindex(list(ladder.DOMAINS), fill_value=0)
    fallen = []
    for domain in ladder.DOMAINS:
        lower = others[others["falls"] & (others["domain"] == domain)]
        if not lower.empty:
            least = lower["shown"].min()
            by = [KINDS[kind] for kind in KINDS if kind in set(lower.loc[lower["shown"] == least, "kind"])]
            fallen.append(f"{DOMAINS[domain]} from {reported.loc[domain, 'shown']} to {least} ({listed(by)})")
    firm = [DOMAINS[domain] for domain in ladder.DOMAINS if not falls[domain]]
    lowest = others.groupby(["kind", "attack"])["shown"].min().min()
    top = others["shown"].max()
    return {
        "what-falls": f"Some attack lowers {'; '.join(fallen)}." if fallen else "No attack lowers any level.",
        "what-stands": _stands(firm, int(lowest), int(top)),
        "attacks-by-kind": _by_kind(others),
        "domains-that-matter": _domains(sensitivity.relations(found(evidence))),
    }


def _stands(firm: list[str], lowest: int, top: int) -> str:
    first = f"No attack lowers the level in {listed(firm)}. " if firm else ""
    support = "some support in every domain" if lowest > 0 else "support in most domains"
    ceiling = "no top rung in any" if top < ladder.LEVELS else "a top rung somewhere"
    return f"{first}What all attacks leave is {support} and {ceiling}."


def _by_kind(others: pd.DataFrame) -> str:
    """One sentence a kind of attack: how many of its attacks change which levels."""
    parts = []
    for kind, name in KINDS.items():
        rows = others[others["kind"] == kind]
        if rows.empty:
            continue
        changed = rows[rows["changes"]]
        where = [DOMAINS[domain] for domain in ladder.DOMAINS if domain in set(changed["domain"])]
        many = rows["attack"].nunique()
        what = f"levels change in {listed(where)}" if where else "no level changes"
        if many > 1 and where:
            what += f", in {words(changed['attack'].nunique())} of {words(many)} cases"
        elif many > 1:
            what += f" in {words(many)} cases"
        parts.append(f"{name[0].upper()}{name[1:]}: {what}.")
    return " ".join(parts)


def _domains(relations: pd.DataFrame) -> str:
    """Say without which domains the relation to which pairs is another."""
    parts = []
    for domain in ladder.DOMAINS:
        other = relations[relations[domain] != relations["all"]]
        if not other.empty:
            pairs = [support_of(row.supporter, row.supported) for row in other.itertuples()]
            parts.append(f"Without {DOMAINS[domain]} the relation to {listed(pairs)} changes.")
    return " ".join(parts) if parts else "Leaving out a domain changes no relation."
