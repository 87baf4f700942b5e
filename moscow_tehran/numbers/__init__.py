"""The figures that prose quotes, computed from the tables and already formatted: one module a page.

A page quotes them in one cell, ``numbers.quote(numbers.economics())``, and writes ``{glue:text}`name``` where the
figure stands. Each page quotes its own, so that no page shows another's stale figure.
"""

from __future__ import annotations

from moscow_tehran.numbers.audit import audit
from moscow_tehran.numbers.claims import claims
from moscow_tehran.numbers.economics import economics
from moscow_tehran.numbers.front_page import front_page
from moscow_tehran.numbers.history import history
from moscow_tehran.numbers.israel_iran import israel_iran
from moscow_tehran.numbers.mediation import mediation
from moscow_tehran.numbers.military_support import military_support
from moscow_tehran.numbers.outlook import outlook
from moscow_tehran.numbers.prose import billions, listed, percent, quote, wilson, words
from moscow_tehran.numbers.scoring import scoring
from moscow_tehran.numbers.sensitivity import attack_name, attacked, outcomes
from moscow_tehran.numbers.sensitivity import sensitivity_figures as sensitivity
from moscow_tehran.numbers.ukraine_war import ukraine_war
from moscow_tehran.numbers.verdict import verdict
from moscow_tehran.numbers.world_order import world_order

__all__ = [
    "attack_name",
    "attacked",
    "audit",
    "billions",
    "claims",
    "economics",
    "front_page",
    "history",
    "israel_iran",
    "listed",
    "mediation",
    "military_support",
    "outcomes",
    "outlook",
    "percent",
    "quote",
    "scoring",
    "sensitivity",
    "ukraine_war",
    "verdict",
    "wilson",
    "words",
    "world_order",
]
