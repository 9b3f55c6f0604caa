"""The one way to make a value class: `@frozen`, a dataclass with slots that the type checker refuses to change.

- `@dataclass(frozen=True, slots=True)` does the same at run time too, and costs more: 0.38 ms for each class at import (0.05 ms
  here; 100 classes stand behind an HTML page) and three times as long for each value (a novel has 10,000).
  `tests/benchmarks/export.py` measures it.
- A `NamedTuple` is a tuple too: it can be unpacked, indexed and compared with any other tuple by mistake. Reading a field of it
  takes longer than reading a slot.
- An object whose state changes is no value: it is a class of its own, or a `@dataclass(slots=True)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, dataclass, field, fields
from operator import attrgetter, ge, gt, le, lt
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(
    *, eq: bool = True, order: bool = False, kw_only: bool = False, slots: bool = True
) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type[T] | None = None, /, *, eq: bool = True, order: bool = False, kw_only: bool = False, slots: bool = True
) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a frozen dataclass. The arguments mean what they mean to `dataclass`; `slots=False` lets it cache properties."""

    def complete(cls: type[T]) -> type[T]:
        made = dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
        for name, function in _methods(made, eq=eq, order=order).items():
            if name not in vars(made):
                setattr(made, name, function)
        return made

    return complete if cls is None else complete(cls)


def _methods(cls: type, *, eq: bool, order: bool) -> dict[str, Callable[..., object]]:
    """The methods of a value class by name. Only `__init__` has to be compiled from source text."""
    own: tuple[Field[Any], ...] = fields(cls)  # it is a dataclass by now
    get_values = _getter(field.name for field in own if field.compare)
    printed = [field.name for field in own if field.repr]

    def compare(operator: Callable[[Any, Any], bool]) -> Callable[..., object]:
        return lambda self, other: (
            operator(get_values(self), get_values(other)) if other.__class__ is self.__class__ else NotImplemented
        )

    def equals(self: object, other: object) -> bool:
        return get_values(self) == get_values(other) if other.__class__ is self.__class__ else NotImplemented

    def represent(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in printed)})"

    methods: dict[str, Callable[..., object]] = {
        "__init__": _initialiser(own, hasattr(cls, "__post_init__")),
        "__repr__": represent,
    }
    if eq:
        methods["__eq__"] = equals
        if "__eq__" not in vars(cls):
            methods["__hash__"] = lambda self: hash(get_values(self))
    if order:
        methods |= {"__lt__": compare(lt), "__le__": compare(le), "__gt__": compare(gt), "__ge__": compare(ge)}
    return methods


def _getter(names: Iterable[str]) -> Callable[[object], object]:
    wanted = tuple(names)
    return attrgetter(*wanted) if wanted else lambda _: ()


def _initialiser(own: tuple[Field[Any], ...], has_post_init: bool) -> Callable[..., None]:
    """Compile the `__init__` that dataclasses would write, without the parts that only frozen instances need."""
    known: dict[str, object] = {"MISSING": MISSING}
    parameters = ["self"]
    lines = []
    for parameter in sorted(own, key=attrgetter("kw_only")):
        name = parameter.name
        if parameter.kw_only and "*" not in parameters:
            parameters.append("*")
        if parameter.default_factory is not MISSING:
            known[f"_{name}"] = parameter.default_factory
            lines.append(f" self.{name} = _{name}() if {name} is MISSING else {name}")
            parameters.append(f"{name}=MISSING")
            continue
        lines.append(f" self.{name} = {name}")
        known[f"_{name}"] = parameter.default
        parameters.append(name if parameter.default is MISSING else f"{name}=_{name}")
    lines.append(" self.__post_init__()" if has_post_init else " pass")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), known)
    made = known["__init__"]
    assert callable(made)
    return made
