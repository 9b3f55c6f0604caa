"""Resolve every reference in the files of a schema (clauses 4.6, 4.7, 4.11 and 4.16 to 4.18).

Input: the pattern of the main file. Output: a `Resolved` schema, in which each grammar is a `Scope` (names to combined
patterns), and each external reference has its pattern. `compile` transforms the patterns themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NoReturn

from siglum.errors import SchemaError
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.files import SchemaFiles
from siglum.text.spelling import suggest

_XMLNS = "http://www.w3.org/2000/xmlns"


@dataclass(slots=True)
class Scope:
    """A grammar: its start and its defines after combination (4.17)."""

    parent: Scope | None
    start: s.Pattern = field(default_factory=s.NotAllowed)
    defines: dict[str, s.Pattern] = field(default_factory=dict)


@dataclass(slots=True)
class Resolved:
    """`scopes` is keyed by the ids of a `Grammar` and of its outer scope, `externals` by the id of an `ExternalRef`."""

    root: s.Pattern
    scopes: dict[tuple[int, int], Scope] = field(default_factory=dict)
    externals: dict[int, s.Pattern] = field(default_factory=dict)


def simplify(root: s.Pattern, files: SchemaFiles) -> Resolved:
    """Resolve a schema. Raises SchemaError and FileError."""
    resolved = Resolved(root)
    _Walk(resolved, files).pattern(root, None)
    return resolved


def refuse(at: s.Node, message: str, help_: str) -> NoReturn:
    where = f"{at.origin.path}:{at.origin.line}" if at.origin.line else at.origin.path
    raise SchemaError(message, where=where, help=help_)


class _Walk:
    """Walks through every pattern, also unreferenced ones, to which these clauses apply too."""

    def __init__(self, resolved: Resolved, files: SchemaFiles) -> None:
        self.resolved = resolved
        self.files = files

    def pattern(self, at: s.Pattern, scope: Scope | None) -> None:
        match at:
            case s.Ref():
                self._check_defined(at, scope, "ref")
            case s.Element():
                check_name_class(at.name)
                self.pattern(at.content, scope)
            case s.AttributePattern():
                check_name_class(at.name)
                _refuse_declarations(at.name)
                self.pattern(at.content, scope)
            case s.Group() | s.Interleave() | s.Choice():
                for part in at.patterns:
                    self.pattern(part, scope)
            case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed():
                self.pattern(at.content, scope)
            case s.Data():
                if at.except_ is not None:
                    self.pattern(at.except_, scope)
            case s.ParentRef():
                if scope is None or scope.parent is None:
                    refuse(at, f"the parent reference to `{at.name}` is not in a nested grammar (4.18)", "use a ref")
                self._check_defined(at, scope.parent, "parentRef")
            case s.Grammar():
                self._grammar(at, scope)
            case s.ExternalRef():
                self._external(at, scope)

    def _check_defined(self, at: s.Ref | s.ParentRef, scope: Scope | None, kind: str) -> None:
        if scope is None:
            refuse(at, f"the {kind} to `{at.name}` is not in a grammar (4.18)", "put it in a grammar that defines it")
        if at.name not in scope.defines:
            near = nearest(at.name, scope.defines)
            help_ = f"did you mean `{near}`?" if near else f'add <define name="{at.name}">, or remove the reference'
            refuse(at, f"`{at.name}` is referred to, but not defined (4.18)", help_)

    def _external(self, at: s.ExternalRef, scope: Scope | None) -> None:
        """4.6: replace the reference by the pattern in the file."""
        with self.files.open_pattern(at.href, at.base, at.ns, at.origin) as found:
            self.resolved.externals[id(at)] = found
            self.pattern(found, scope)

    def _grammar(self, at: s.Grammar, outer: Scope | None) -> None:
        scope = Scope(outer)
        self.resolved.scopes[id(at), id(outer)] = scope
        parts = self._flatten(at.components)
        starts = [part for part in parts if isinstance(part, s.Start)]
        if not starts:
            refuse(at, "the grammar has no start (4.18)", "add <start> with the elements that a document can begin with")
        scope.start = _combine(starts, "start")
        by_name: dict[str, list[s.Start | s.Define]] = {}
        for part in parts:
            if isinstance(part, s.Define):
                by_name.setdefault(part.name, []).append(part)
        for name, defines in by_name.items():
            scope.defines[name] = _combine(defines, name)
        self.pattern(scope.start, scope)
        for body in scope.defines.values():
            self.pattern(body, scope)

    def _flatten(self, components: Iterable[s.Component]) -> list[s.Start | s.Define]:
        """4.7 and 4.11: dissolve `include` and `div`."""
        parts: list[s.Start | s.Define] = []
        for component in components:
            if isinstance(component, s.Div):
                parts += self._flatten(component.components)
            elif isinstance(component, s.Include):
                parts += self._include(component)
            else:
                parts.append(component)
        return parts

    def _include(self, at: s.Include) -> list[s.Start | s.Define]:
        """4.7: return the grammar in the file, without the parts that the include redefines."""
        with self.files.open_pattern(at.href, at.base, at.ns, at.origin) as found:
            if not isinstance(found, s.Grammar):
                refuse(at, f"“{at.href}” is included, but is not a grammar (4.7)", "an included file has <grammar> as its root")
            theirs = self._flatten(found.components)
        ours = self._flatten(at.components)
        present = {_key(part) for part in theirs}
        for part in ours:
            if _key(part) not in present:
                what = f"`{part.name}`" if isinstance(part, s.Define) else "the start"
                refuse(part, f"{what} is redefined, but not defined in “{at.href}” (4.7)", "move it out of the <include>")
        anew = {_key(part) for part in ours}
        return [part for part in theirs if _key(part) not in anew] + ours


def _key(part: s.Start | s.Define) -> str | None:
    return part.name if isinstance(part, s.Define) else None


def _combine(parts: list[s.Start] | list[s.Start | s.Define], name: str) -> s.Pattern:
    """4.17: combine definitions of one name."""
    if len(parts) == 1:
        return parts[0].content
    hows = {part.combine for part in parts if part.combine is not None}
    plain = [part for part in parts if part.combine is None]
    if len(plain) > 1:
        first = plain[0].origin
        refuse(
            plain[1],
            f"`{name}` is defined twice without saying how to combine (4.17)",
            f"the first is at {first.path}:{first.line}; add @combine",
        )
    if len(hows) > 1:
        refuse(
            parts[-1], f"`{name}` is combined by choice here and by interleave there (4.17)", "use the same @combine everywhere"
        )
    patterns = tuple(part.content for part in parts)
    origin = parts[0].origin
    return s.Choice(patterns, origin=origin) if hows == {"choice"} else s.Interleave(patterns, origin=origin)


def check_name_class(at: s.NameClass) -> None:
    """4.16: check exceptions in name classes."""
    match at:
        case s.AnyName() if at.except_ is not None:
            _check_excepts(at.except_, (s.AnyName,))
        case s.NsName() if at.except_ is not None:
            _check_excepts(at.except_, (s.AnyName, s.NsName))
        case s.NameChoice():
            for part in at.names:
                check_name_class(part)


def _check_excepts(at: s.NameClass, refused: tuple[type, ...]) -> None:
    if isinstance(at, refused):
        outer = "nsName" if s.NsName in refused else "anyName"
        inner = "anyName" if isinstance(at, s.AnyName) else "nsName"
        refuse(at, f"{inner} cannot be excepted from {outer} (4.16)", "except only names that the class contains")
    if isinstance(at, s.NameChoice):
        for part in at.names:
            _check_excepts(part, refused)
    elif isinstance(at, s.AnyName | s.NsName) and at.except_ is not None:
        _check_excepts(at.except_, (*refused, type(at)))


def _refuse_declarations(at: s.NameClass) -> None:
    """4.16: reject xmlns as an attribute."""
    match at:
        case s.Name() if (at.ns, at.local) == ("", "xmlns"):
            refuse(
                at,
                "a schema cannot define the attribute xmlns (4.16)",
                "remove it: schemas do not describe namespace declarations",
            )
        case s.Name() | s.NsName() if at.ns == _XMLNS:
            refuse(at, f"the namespace {_XMLNS} is not for attributes (4.16)", "remove it")
        case s.NameChoice():
            for part in at.names:
                _refuse_declarations(part)
        case s.AnyName() | s.NsName() if at.except_ is not None:
            _refuse_declarations(at.except_)


def nearest(name: str, names: Iterable[str]) -> str:
    return next(iter(suggest(name, sorted(set(names)))), "")
