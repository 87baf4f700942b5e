"""The codebook, written from ``data/datapackage.json``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from moscow_tehran import tables


@dataclass(frozen=True)
class Document:
    """Markdown that a cell ends in."""

    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/markdown": self.text, "text/plain": self.text}


def codes() -> Document:
    """Return every code list with its definitions and the columns that use it."""
    uses: dict[str, list[str]] = {}
    for name in tables.names():
        for field in tables.fields(name):
            if "codes" in field:
                uses.setdefault(field["codes"], []).append(f"`{name}.{field['name']}`")
    parts = []
    for name, definitions in tables.package()["codes"].items():
        parts.append(f"**{name.replace('_', ' ')}**, used by {', '.join(uses[name])}")
        parts.append("\n".join(f"`{code}`\n: {meaning}\n" for code, meaning in definitions.items()))
    return Document("\n\n".join(parts))


def columns() -> Document:
    """Return every table with its purpose, terms, limits and columns."""
    parts = []
    for name in tables.names():
        described = tables.resource(name)
        terms = described["terms"].rstrip(".")
        parts.append(f"**{described['title']}** (`{described['path']}`, {len(tables.table(name)):,} rows)")
        parts.append(f"{described['description']} Terms: {terms} (checked on {described['termsChecked']}).")
        parts.append("Limits: " + " ".join(described["limitations"]))
        parts.append("\n".join(f"`{field['name']}`\n: {_column(field)}\n" for field in described["schema"]["fields"]))
    return Document("\n\n".join(parts))


def _column(field: dict[str, Any]) -> str:
    text = field["description"]
    if "codes" in field:
        text += f" One of the codes of *{field['codes'].replace('_', ' ')}*."
    return text + ("" if field.get("constraints", {}).get("required") else " May be empty.")
