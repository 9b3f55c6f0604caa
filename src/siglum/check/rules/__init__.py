"""One file a rule. A file in this folder is a rule and needs no other mention; the order is that of the file names."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from siglum.check.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by the name of its file."""
    names = sorted(each.name for each in pkgutil.iter_modules(__path__))
    modules = [import_module(f"{__name__}.{each}") for each in names]
    return tuple(Rule(each.RULE, each.check, each.__doc__ or "") for each in modules)
