"""Look up datatypes (RELAX NG, sections 4.16 and 6.2.8): from library, name and parameters to a `Datatype`.

Libraries: XML Schema Part 2, RELAX NG's own ("": `string`, `token`), RELAX NG DTD Compatibility (ID, IDREF, IDREFS).
"""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from siglum.schema.datatypes.builtin import NAMES, find_built_in
from siglum.schema.datatypes.facets import DatatypeError, Restriction, Value, restrict
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from siglum.schema.datatypes.facets import BuiltIn

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"
NAMES_OF = {XSD: NAMES, "": ("string", "token"), COMPATIBILITY: ("ID", "IDREF", "IDREFS")}
"""The types of each library."""
IdKind = Literal["", "ID", "IDREF", "IDREFS"]
_ID_KINDS: dict[str, IdKind] = {"ID": "ID", "IDREF": "IDREF", "IDREFS": "IDREFS"}
_XML = "http://www.w3.org/XML/1998/namespace"


@frozen
class Datatype:
    """A datatype with its parameters; `datatype()` returns one object for each combination.

    `check` and `key` take raw text and process its white space. For types with `needs_context` (QName, NOTATION) they know
    no namespaces and test the form only: use `check_in` and `key_in` instead.
    """

    library: str
    name: str
    params: tuple[tuple[str, str], ...]
    check: Callable[[str], bool] = field(compare=False)
    key: Callable[[str], Hashable | None] = field(compare=False)
    """A key that is equal for equal values of one datatype; None for an invalid value."""
    id_kind: IdKind = ""
    needs_context: bool = False
    restriction: Restriction = field(kw_only=True, compare=False, repr=False)

    def check_in(self, value: str, namespaces: Mapping[str, str]) -> bool:
        """Test a value; `namespaces` maps prefixes to namespace names, "" to the default namespace."""
        return self.key_in(value, namespaces) is not None if self.needs_context else self.check(value)

    def key_in(self, value: str, namespaces: Mapping[str, str]) -> Hashable | None:
        if not self.needs_context:
            return self.key(value)
        name = self.restriction.read(value)
        return None if name is None else _expand(name, namespaces)

    @property
    def describe(self) -> str:
        """Describe the type for a scholar: "a whole number, 0 or more"."""
        from siglum.schema.datatypes.descriptions import describe_type  # only messages need it

        return describe_type(self.name, self.params)


@lru_cache(maxsize=4096)
def datatype(library: str, name: str, params: tuple[tuple[str, str], ...] = ()) -> Datatype:
    """Return the datatype. Raises DatatypeError for an unknown type or parameter."""
    base = find_built_in(name) if name in NAMES_OF.get(library, ()) else None
    if base is None:
        raise DatatypeError(_explain_unknown(library, name))
    if params and library != XSD:
        raise DatatypeError(f'the type "{name}" of {_name_library(library)} takes no parameters')
    limits = restrict(base, params)
    check, key, id_kind = _make_check(limits), _make_key(limits), _ID_KINDS.get(name, "")
    return Datatype(library, name, params, check, key, id_kind, base.is_name, restriction=limits)


def _explain_unknown(library: str, name: str) -> str:
    if library not in NAMES_OF:
        return f'there is no datatype library "{library}" here'
    return f'{_name_library(library)} has no type "{name}"'


def _name_library(library: str) -> str:
    return {XSD: "XML Schema's datatype library", "": "RELAX NG's own datatype library"}.get(library, library)


def _make_check(made: Restriction) -> Callable[[str], bool]:
    """Return the fastest test for raw text."""
    if not made.patterns and not made.tests:
        return made.base.accepts
    if made.base.name in {"string", "normalizedString", "token"} and len(made.patterns) == 1 and not made.tests:
        return _make_pattern_check(made.base, made.patterns[0])
    read = made.read
    return lambda raw: read(raw) is not None


def _make_pattern_check(base: BuiltIn, fits: Callable[[str], bool]) -> Callable[[str], bool]:
    if base.name == "string":
        return fits
    space = base.space
    return lambda raw: fits(space(raw))


def _make_key(made: Restriction) -> Callable[[str], Hashable | None]:
    if not made.base.is_name:
        return made.read
    return lambda raw: _to_unprefixed(made.read(raw))


def _to_unprefixed(name: Value) -> Hashable | None:
    return None if name is None else _expand(name, {})


def _expand(name: tuple[str, str], namespaces: Mapping[str, str]) -> tuple[str, str] | None:
    prefix, local = name
    if prefix == "xml":
        return (_XML, local)
    namespace = namespaces.get(prefix) or ""
    return (namespace, local) if namespace or not prefix else None
