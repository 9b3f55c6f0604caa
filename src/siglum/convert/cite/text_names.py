"""List names in a reference: the first in sorting order, the others in spoken order; “et al.” without “and”."""

from __future__ import annotations

from collections.abc import Sequence

from siglum.convert.cite.record import Agent

_OTHERS = frozenset({"et al.", "et al", "u. a.", "u.a."})


def list_inverted(agents: Sequence[Agent]) -> str:
    """“A, B, and D C”; “A, B, et al.”"""
    names = [agents[0].inverted, *(agent.full for agent in agents[1:])]
    *before, last = names
    if not before:
        return last
    return f"{', '.join(before)}, {last if last in _OTHERS else f'and {last}'}"


def list_names(agents: Sequence[Agent]) -> str:
    """“B A and D C”; “B A, D C, and F E”."""
    *before, last = [agent.full for agent in agents]
    if not before:
        return last
    if last in _OTHERS:
        return f"{', '.join(before)}, {last}"
    return f"{', '.join(before)}{',' if len(before) > 1 else ''} and {last}"
