"""Compile resolved patterns to a `Grammar` (clauses 4.12 to 4.15 and 4.19 to 4.21).

Elements are numbered when they are reached, and their contents compiled one after another. So an unreachable define costs
nothing and may even refer to itself (4.19).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from siglum.schema.datatypes import DatatypeError, datatype
from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.nameclass import NameClass
from siglum.schema.relaxng.pattern import CHOICE, ELEMENT, EMPTY, NOT_ALLOWED, ONE_OR_MORE, TEXT, Params
from siglum.schema.relaxng.simplify import Resolved, Scope, refuse


@dataclass(slots=True)
class Compiled:
    """A grammar, and where its elements were written, for the messages of `restrict`."""

    grammar: Grammar
    origins: list[s.Origin] = field(default_factory=list)


def compile_schema(resolved: Resolved) -> Compiled:
    """Compile a resolved schema. Raises SchemaError."""
    compiler = _Compiler(resolved)
    compiler.run()
    return compiler.compiled


class _Compiler:
    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.grammar = Grammar()
        self.pool = self.grammar.pool
        self.compiled = Compiled(self.grammar)
        self.waiting: deque[tuple[int, s.Element, Scope | None]] = deque()
        self.numbers: dict[tuple[int, int], int] = {}
        self.bodies: dict[tuple[int, str], int] = {}
        self.open: list[tuple[int, str]] = []
        self.checked: set[tuple[str, str, Params]] = set()

    def run(self) -> None:
        grammar = self.grammar
        grammar.start = self.pattern(self.resolved.root, None)
        while self.waiting:
            number, at, scope = self.waiting.popleft()
            grammar.elements[number] = (grammar.elements[number][0], self.pattern(at.content, scope))
        self._check_unreached()
        grammar.classes.sort(key=lambda named: (-len(named[1]), named[0]))

    def pattern(self, at: s.Pattern, scope: Scope | None) -> int:  # noqa: C901, PLR0911, PLR0912 - one clause a kind
        pool = self.pool
        match at:
            case s.Ref():
                assert scope is not None  # 4.18
                return self._compile_body(at, scope)
            case s.Choice():
                return pool.choice(*[self.pattern(part, scope) for part in at.patterns])
            case s.Group():
                return pool.group(*[self.pattern(part, scope) for part in at.patterns])
            case s.Optional():
                return pool.optional(self.pattern(at.content, scope))
            case s.ZeroOrMore():
                return pool.zero_or_more(self.pattern(at.content, scope))
            case s.OneOrMore():
                return pool.one_or_more(self.pattern(at.content, scope))
            case s.Element():
                return self._compile_element(at, scope)
            case s.AttributePattern():
                return pool.attribute(compile_name_class(at.name), self.pattern(at.content, scope))
            case s.Text():
                return TEXT
            case s.Empty():
                return EMPTY
            case s.NotAllowed():
                return NOT_ALLOWED
            case s.Data():
                return self._compile_data(at, scope)
            case s.Value():
                return self._compile_value(at)
            case s.List():
                return pool.list(self.pattern(at.content, scope))
            case s.Mixed():
                return pool.interleave(self.pattern(at.content, scope), TEXT)
            case s.Interleave():
                return pool.interleave(*[self.pattern(part, scope) for part in at.patterns])
            case s.ParentRef():
                assert scope is not None  # 4.18
                assert scope.parent is not None
                return self._compile_body(at, scope.parent)
            case s.Grammar():
                inner = self.resolved.scopes[id(at), id(scope)]
                return self.pattern(inner.start, inner)
            case s.ExternalRef():
                return self.pattern(self.resolved.externals[id(at)], scope)

    def _compile_body(self, at: s.Ref | s.ParentRef, scope: Scope) -> int:
        """Compile the target of a reference; 4.19: it may refer to itself only within an element."""
        key = (id(scope), at.name)
        known = self.bodies.get(key)
        if known is None:
            if key in self.open:
                chain = " → ".join(name for _, name in (*self.open[self.open.index(key) :], key))
                refuse(at, f"`{at.name}` contains itself without an element in between (4.19): {chain}", "break the circle")
            self.open.append(key)
            known = self.bodies[key] = self.pattern(scope.defines[at.name], scope)
            self.open.pop()
            self._remember_class(at.name, known)
        return known

    def _remember_class(self, name: str, pattern: int) -> None:
        """Record a define that is only a choice of elements as a named class."""
        nodes = self.pool.nodes
        members = nodes[pattern][1] if nodes[pattern][0] == CHOICE else (pattern,)
        if members[0] == EMPTY:
            members = members[1:]
        if len(members) == 1 and nodes[members[0]][0] == ONE_OR_MORE:
            inner = nodes[members[0]][1]
            members = nodes[inner][1] if nodes[inner][0] == CHOICE else (inner,)
        found = {self.grammar.elements[nodes[member][1]][0] if nodes[member][0] == ELEMENT else None for member in members}
        named = sorted(name for name in found if isinstance(name, str))
        if len(named) == len(found) > 1:
            self.grammar.classes.append((name, tuple(named)))

    def _compile_element(self, at: s.Element, scope: Scope | None) -> int:
        key = (id(at), id(scope))
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.grammar.elements)
            self.grammar.elements.append((compile_name_class(at.name), NOT_ALLOWED))
            self.compiled.origins.append(at.origin)
            self.waiting.append((number, at, scope))
        return self.pool.element(number)

    def _compile_data(self, at: s.Data, scope: Scope | None) -> int:
        params = tuple((param.name, param.value) for param in at.params)
        self._check_datatype(at, at.library, at.type, params)
        except_ = NOT_ALLOWED if at.except_ is None else self.pattern(at.except_, scope)
        return self.pool.data(at.library, at.type, params, except_)

    def _compile_value(self, at: s.Value) -> int:
        self._check_datatype(at, at.library, at.type, ())
        kind = datatype(at.library, at.type, ())
        key = kind.key_in(at.value, dict(at.namespaces)) if kind.needs_context else kind.key(at.value)
        if key is None:
            refuse(at, f"“{at.value}” is not a value of the datatype {at.type} (4.16)", f"write {kind.describe}")
        namespaces = at.namespaces if kind.needs_context else ()
        return self.pool.value(at.library, at.type, at.value, at.ns if kind.needs_context else "", namespaces)

    def _check_datatype(self, at: s.Data | s.Value, library: str, name: str, params: Params) -> None:
        """4.16: reject unknown datatypes and parameters."""
        if (library, name, params) in self.checked:
            return
        try:
            kind = datatype(library, name, params)
        except DatatypeError as error:
            refuse(at, f"{error} (4.16)", "see XML Schema Part 2 for the names of datatypes and facets")
        self.checked.add((library, name, params))
        self.grammar.needs_context |= kind.needs_context

    def _check_unreached(self) -> None:
        """4.16: check the datatypes in unreachable defines too."""
        for scope in self.resolved.scopes.values():
            for name, body in scope.defines.items():
                if (id(scope), name) not in self.bodies:
                    self._check_datatypes(body)

    def _check_datatypes(self, at: s.Pattern) -> None:
        match at:
            case s.Data():
                self._check_datatype(at, at.library, at.type, tuple((param.name, param.value) for param in at.params))
                if at.except_ is not None:
                    self._check_datatypes(at.except_)
            case s.Value():
                self._compile_value(at)
            case s.Group() | s.Interleave() | s.Choice():
                for part in at.patterns:
                    self._check_datatypes(part)
            case s.Element() | s.AttributePattern() | s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed():
                self._check_datatypes(at.content)


def compile_name_class(at: s.NameClass) -> NameClass:
    """Convert a name class of the syntax to the form of `nameclass`."""
    match at:
        case s.Name():
            return nameclass.full_name(at.ns, at.local)
        case s.AnyName():
            return (nameclass.ANY, None if at.except_ is None else compile_name_class(at.except_))
        case s.NsName():
            return (nameclass.NS, at.ns, None if at.except_ is None else compile_name_class(at.except_))
        case s.NameChoice():
            return (nameclass.EITHER, tuple(compile_name_class(part) for part in at.names))
