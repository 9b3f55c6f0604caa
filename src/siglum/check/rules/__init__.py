"""The rules, one in each file of this folder. A new rule is a new file; nothing else lists it."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from siglum.check.rule import Rule


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules, sorted by the names of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(Rule(module.RULE, module.check, module.__doc__ or "") for module in modules)
