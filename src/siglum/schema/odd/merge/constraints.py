"""Constraints (Guidelines, 22.5.2): those of a change over those before it, by their names."""

from __future__ import annotations

from dataclasses import replace

from siglum.schema.tagdocs import specs as s

REMOVING = frozenset({"delete", "replace", "change"})


def overlay_constraints(old: tuple[s.Constraint, ...], new: tuple[s.Constraint, ...]) -> tuple[s.Constraint, ...]:
    """A constraint is not merged with another: one that changes or replaces takes the place of the other."""
    gone = {each.ident for each in new if each.mode in REMOVING}
    return (*(each for each in old if each.ident not in gone), *settle_constraints(new))


def settle_constraints(constraints: tuple[s.Constraint, ...]) -> tuple[s.Constraint, ...]:
    """Those that are there, without modes."""
    return tuple(replace(each, mode=None) for each in constraints if each.mode != "delete")
