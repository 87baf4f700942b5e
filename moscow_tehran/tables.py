"""Read the evidence: a table of ``data/``, typed as ``data/datapackage.json`` says.

``datapackage.json`` is the one place where columns are described; this module, the checks, the codebook and the
citations all follow from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

DATA = Path(__file__).resolve().parent.parent / "data"

# Nullable types, so that an empty cell stays empty instead of turning integers into fractions.
PANDAS_TYPES = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "str"}


def package(data: Path = DATA) -> dict[str, Any]:
    """Return ``datapackage.json`` as a dictionary."""
    return _package(data, _changed(data / "datapackage.json"))


@cache
def _package(data: Path, changed: int) -> dict[str, Any]:
    return json.loads((data / "datapackage.json").read_text(encoding="utf-8"))


def _changed(path: Path) -> int:
    """When a file last changed: a reader who edits a table and reruns a cell sees the change."""
    return path.stat().st_mtime_ns


def names(data: Path = DATA) -> list[str]:
    """Return the names of all tables, in the order of the package."""
    return [resource["name"] for resource in package(data)["resources"]]


def resource(name: str, data: Path = DATA) -> dict[str, Any]:
    """Return the description of one table.

    Raises
    ------
    KeyError
        If the package describes no such table; the message lists those it does.
    """
    for found in package(data)["resources"]:
        if found["name"] == name:
            return found
    raise KeyError(f"no table {name!r} in datapackage.json; it describes {', '.join(names(data))}")


def fields(name: str, data: Path = DATA) -> list[dict[str, Any]]:
    """Return the column descriptions of one table."""
    return resource(name, data)["schema"]["fields"]


def key(name: str, data: Path = DATA) -> str:
    """Return the name of a table's key column."""
    return resource(name, data)["schema"]["primaryKey"][0]


@cache
def _read(name: str, data: Path, changed: int) -> pd.DataFrame:
    columns = fields(name, data)
    types = {field["name"]: PANDAS_TYPES[field["type"]] for field in columns}
    booleans = [column for column, kind in types.items() if kind == "boolean"]
    # Booleans are read as text first: pandas would take "1" and "yes" too, the package only true and false.
    frame = pd.read_csv(
        data / resource(name, data)["path"],
        dtype=types | dict.fromkeys(booleans, "str"),
        keep_default_na=False,
        na_values=[""],
    )
    for column in booleans:
        frame[column] = frame[column].map({"true": True, "false": False}).astype("boolean")
    for field in columns:
        if field["type"] == "date":
            frame[field["name"]] = pd.to_datetime(frame[field["name"]], format="%Y-%m-%d")
    return frame


def table(name: str, data: Path = DATA) -> pd.DataFrame:
    """Return a table of the evidence.

    Parameters
    ----------
    name
        Name of the table, as in ``datapackage.json``.
    data
        Folder of the tables; another than the project's own only in tests.

    Returns
    -------
    pandas.DataFrame
        One row an observation. Text is ``str``, whole numbers ``Int64``, other numbers ``Float64``, truth values
        ``boolean``, dates ``datetime64``; an empty cell is missing. Units are in the column's name or its description.

    Raises
    ------
    KeyError
        If there is no such table.
    """
    return _read(name, data, _changed(data / resource(name, data)["path"])).copy()


def source_ids(*columns: Iterable[str]) -> list[str]:
    """Return the distinct source ids in ``;``-separated cells, in the order in which they first stand.

    >>> source_ids(["s-a;s-b", "s-b;s-c"])
    ['s-a', 's-b', 's-c']
    """
    found: dict[str, None] = {}
    for column in columns:
        for cell in column:
            if isinstance(cell, str):
                found.update(dict.fromkeys(part for part in cell.split(";") if part))
    return list(found)


def cut_off(data: Path = DATA) -> pd.Timestamp:
    """Return the evidence cut-off: the last day to which coverage is decent."""
    return pd.Timestamp(package(data)["evidenceCutOff"])


def everything(data: Path = DATA) -> dict[str, pd.DataFrame]:
    """Return all tables of the evidence, by name."""
    return {name: table(name, data) for name in names(data)}


def rows(evidence: Mapping[str, pd.DataFrame], data: Path = DATA) -> pd.DataFrame:
    """Return every row of the evidence in one table, with what decides whether it can carry a conclusion.

    Parameters
    ----------
    evidence
        Tables by name, as ``everything`` gives them; fewer or changed ones to see what follows without some rows.
    data
        Folder of the package that describes them.

    Returns
    -------
    pandas.DataFrame
        ``key``, ``table``, ``date`` (of the column that the package names as the table's time, if it holds days),
        ``status``, ``credibility``, ``sources``; missing where a table has no such column. A row of ``sources`` has
        itself as source.
    """
    parts = []
    for name, frame in evidence.items():
        part = frame.rename(columns={key(name, data): "key"})
        time = resource(name, data).get("time")
        if time and pd.api.types.is_datetime64_dtype(part[time]):
            part["date"] = part[time]
        if name == "sources":
            part["sources"] = part["key"]
        part["table"] = name
        parts.append(part.reindex(columns=["key", "table", "date", "status", "credibility", "sources"]))
    return pd.concat([part.astype("object") for part in parts], ignore_index=True).astype({"date": "datetime64[ns]"})
