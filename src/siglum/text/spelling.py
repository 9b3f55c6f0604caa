"""Suggestions for a misspelt name."""

from __future__ import annotations

from collections.abc import Iterable


def suggest(name: str, candidates: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> list[str]:
    """The candidates most like `name`, the best first. `cutoff`: the least similarity, from 0 to 1."""
    from difflib import get_close_matches  # needed only when a name is wrong

    return get_close_matches(name, list(candidates), most, cutoff)
