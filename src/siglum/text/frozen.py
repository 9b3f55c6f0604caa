"""How values are made: dataclasses with slots that are frozen for whoever writes code, but not at run time.

The type checker refuses to change such a value as it does with `@dataclass(frozen=True, slots=True)`. At run time that costs
much: 0.38 ms for each class when its module is imported (100 classes stand behind a page of HTML), against 0.05 ms here, and
three times as long for each value (a novel has 10,000). tests/benchmarks/export.py shows what that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """A frozen dataclass with slots, compared and hashed by its fields."""
    return _complete(dataclass(init=False, repr=False, eq=False, slots=True)(cls))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen_by_keywords(cls: type[T]) -> type[T]:
    """The same, its own fields given by keyword only."""
    return _complete(dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls))


def _complete(cls: type[T]) -> type[T]:
    """Give the class its methods, those alone that it has not written itself; only `__init__` must be made of source text."""
    own: tuple[Field[Any], ...] = fields(cls)  # type: ignore[arg-type]  # it has been made a dataclass
    of = _values(each.name for each in own if each.compare)
    shown = [each.name for each in own if each.repr]

    def equals(self: object, other: object) -> bool:
        return of(self) == of(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(of(self))

    def told(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{each}={getattr(self, each)!r}' for each in shown)})"

    made = {"__init__": _initialiser(own, hasattr(cls, "__post_init__")), "__eq__": equals, "__repr__": told}
    if "__eq__" not in vars(cls):
        made["__hash__"] = hashed
    for name, function in made.items():
        if name not in vars(cls):
            setattr(cls, name, function)
    return cls


def _values(names: Iterable[str]) -> Callable[[object], object]:
    wanted = tuple(names)
    return attrgetter(*wanted) if wanted else lambda _: ()


def _initialiser(own: tuple[Field[Any], ...], has_more: bool) -> Callable[..., None]:
    """The `__init__` that dataclasses would make, without what only they need."""
    known: dict[str, object] = {"MISSING": MISSING}
    ordered = [*(each for each in own if not each.kw_only), *(each for each in own if each.kw_only)]
    parameters = ["self"]
    lines = []
    for each in ordered:
        if each.kw_only and "*" not in parameters:
            parameters.append("*")
        if each.default_factory is not MISSING:
            known[f"_{each.name}"] = each.default_factory
            lines.append(f" self.{each.name} = _{each.name}() if {each.name} is MISSING else {each.name}")
            parameters.append(f"{each.name}=MISSING")
            continue
        lines.append(f" self.{each.name} = {each.name}")
        known[f"_{each.name}"] = each.default
        parameters.append(each.name if each.default is MISSING else f"{each.name}=_{each.name}")
    lines.append(" self.__post_init__()" if has_more else " pass")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), known)
    made = known["__init__"]
    assert callable(made)
    return made
