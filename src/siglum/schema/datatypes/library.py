"""The door to the datatypes (RELAX NG, section 4.16 and 6.2.8): library, name and parameters in, a `Datatype` out.

Libraries: XML Schema Part 2, RELAX NG's own ("": `string`, `token`), RELAX NG DTD Compatibility (ID, IDREF, IDREFS).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from siglum.schema.datatypes.builtin import NAMES, built_in
from siglum.schema.datatypes.facets import DatatypeError, Restriction, restrict

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


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype with its parameters; made by `datatype()`, one object for each.

    `check` and `key` take the raw text and treat its white space themselves. Where `needs_context` holds (QName,
    NOTATION) they know no namespace: `check` looks at the form only, and `check_in` and `key_in` are the ones to use.
    """

    library: str
    name: str
    params: tuple[tuple[str, str], ...]
    check: Callable[[str], bool] = field(compare=False)
    key: Callable[[str], Hashable | None] = field(compare=False)
    """What is equal for equal values; None if there is no value. Comparable within one datatype only."""
    id_kind: IdKind = ""
    needs_context: bool = False
    restriction: Restriction = field(kw_only=True, compare=False, repr=False)

    def check_in(self, value: str, namespaces: Mapping[str, str]) -> bool:
        """`namespaces` maps prefixes to namespace names, "" being the default namespace."""
        return self.key_in(value, namespaces) is not None if self.needs_context else self.check(value)

    def key_in(self, value: str, namespaces: Mapping[str, str]) -> Hashable | None:
        if not self.needs_context:
            return self.key(value)
        name = self.restriction.read(value)
        return None if name is None else _expand(name, namespaces)

    @property
    def words(self) -> str:
        """The type as one would say it to a scholar: "a whole number, 0 or more"."""
        from siglum.schema.datatypes.words import words  # only messages need it

        return words(self.name, self.params)


@lru_cache(maxsize=4096)
def datatype(library: str, name: str, params: tuple[tuple[str, str], ...] = ()) -> Datatype:
    """The datatype, or a DatatypeError if the schema asks for something that does not exist."""
    base = built_in(name) if name in NAMES_OF.get(library, ()) else None
    if base is None:
        raise DatatypeError(_unknown(library, name))
    if params and library != XSD:
        raise DatatypeError(f'the type "{name}" of {_called(library)} takes no parameters')
    made = restrict(base, params)
    return Datatype(library, name, params, _check(made), _key(made), _ID_KINDS.get(name, ""), base.is_name, restriction=made)


def _unknown(library: str, name: str) -> str:
    if library not in NAMES_OF:
        return f'there is no datatype library "{library}" here'
    return f'{_called(library)} has no type "{name}"'


def _called(library: str) -> str:
    return {XSD: "XML Schema's datatype library", "": "RELAX NG's own datatype library"}.get(library, library)


def _check(made: Restriction) -> Callable[[str], bool]:
    """The quickest way to ask whether a raw text is valid."""
    if not made.patterns and not made.tests:
        return made.base.accepts
    if made.base.name in {"string", "normalizedString", "token"} and len(made.patterns) == 1 and not made.tests:
        return _one_pattern(made.base, made.patterns[0])
    read = made.read
    return lambda raw: read(raw) is not None


def _one_pattern(base: BuiltIn, fits: Callable[[str], bool]) -> Callable[[str], bool]:
    if base.name == "string":
        return fits
    space = base.space
    return lambda raw: fits(space(raw))


def _key(made: Restriction) -> Callable[[str], Hashable | None]:
    if not made.base.is_name:
        return made.read
    return lambda raw: _unprefixed(made.read(raw))


def _unprefixed(name: Any) -> Hashable | None:
    return None if name is None else _expand(name, {})


def _expand(name: tuple[str, str], namespaces: Mapping[str, str]) -> tuple[str, str] | None:
    prefix, local = name
    if prefix == "xml":
        return (_XML, local)
    namespace = namespaces.get(prefix) or ""
    return (namespace, local) if namespace or not prefix else None
