"""One spelling for each name and term, in the text and in the tables alike."""

from __future__ import annotations

import json
import re

import pytest

from moscow_tehran import tables

ROOT = tables.DATA.parent
#: What the report writes, and what it does not.
WORDS = {
    "Khamenei": r"Khamenai|Khameini|Khamene[’']i|Khamenehi",
    "Araghchi": r"Araqchi|Aragchi|Araghchy|Arakchi",
    "Pezeshkian": r"Pezeshkyan|Pezeshkiyan|Pezhekshian|Pezeshkhian",
    "Ahmadinejad": r"Ahmadinezhad|Ahmedinejad|Ahmadi-?Nejad",
    "Rouhani": r"\bRohani|\bRuhani",
    "Raisi": r"\bRaeisi|\bRaeesi|\bRaissi",
    "Soleimani": r"Suleimani|Soleymani",
    "Velayati": r"Velayaty|Vilayati",
    "Jalali": r"\bJalaali",
    "Bushehr": r"\bBushire|\bBusher\b|Boushehr|Bushehir",
    "Fordow": r"\bFordo\b|\bFordu\b",
    "Natanz": r"\bNatans\b",
    "Hamadan": r"\bHamedan\b",
    "Rasht–Astara": r"Rasht[- /]Astara",
    "Kyiv": r"\bKiev\b",
    "Odesa": r"\bOdessa\b",
    "the Gulf": r"\bArabian Gulf\b",
    "Persian": r"\bFarsi\b",
    "Hezbollah": r"Hizbollah|Hizbullah|Hezballah",
    "EAEU": r"\bEEU\b|\bEaEU\b",
    "snapback": r"[Ss]nap-back|[Ss]nap back\b",
    "Su-35": r"\bSU-35|\bSu35|\bSu 35",
    "S-300": r"\bS300\b|\bS 300\b",
    "S-400": r"\bS400\b|\bS 400\b",
    "Mi-28": r"\bMI-28|\bMi28\b",
    "Yak-130": r"\bYAK-130|\bYak130\b",
    "percent": r"\bper cent\b",
    "tonnes": r"\bmetric tons?\b",
    "defence": r"\bdefense\b",
    "programme": r"\bprograms?\b",
    "rouble": r"\brubles?\b",
    "licence": r"\blicense\b",
}


def prose() -> list[tuple[str, str]]:
    """Place and text of every line of the pages, code and citation keys left out."""
    lines = []
    for page in [ROOT / "index.md", ROOT / "README.md", *ROOT.glob("chapters/*.md"), *ROOT.glob("notebooks/*.md")]:
        text = re.sub(r"\{[a-z:-]+\}`[^`]*`|`[^`]*`|\bs-[a-z0-9-]+", "", page.read_text("utf-8"))
        lines += [(f"{page.relative_to(ROOT)}:{number}", line) for number, line in enumerate(text.splitlines(), 1)]
    return lines


def cells() -> list[tuple[str, str]]:
    """Place and text of every cell in which this report speaks in its own words."""
    found = []
    for name in tables.names():
        frame = tables.table(name)
        for field in tables.fields(name):
            # Names of documents and bodies, addresses and quoted parts stand as printed.
            if field.get("sentences"):
                keys = frame[tables.key(name)]
                column = frame[field["name"]].fillna("")
                found += [(f"{name} {key} {field['name']}", text) for key, text in zip(keys, column, strict=True)]
    return found


@pytest.mark.parametrize(("term", "variants"), WORDS.items(), ids=WORDS)
def test_a_name_or_term_has_one_spelling(term: str, variants: str) -> None:
    assert [place for place, text in [*prose(), *cells()] if re.search(variants, text)] == []


def test_the_search_calls_nothing_by_another_spelling_than_the_report() -> None:
    names = json.loads((ROOT / "assets" / "variants.json").read_text("utf-8"))["names"]
    assert [own for own in names for wrong in WORDS.values() if re.search(wrong, own)] == []
