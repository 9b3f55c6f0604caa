"""Write a schema in the compact syntax of RELAX NG (ISO/IEC 19757-2, Annex C) from the nodes of `syntax`.

Every part becomes a block, a list of lines. Blocks of one line are joined if they fit into the width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never
from urllib.parse import urljoin

from siglum.errors import SchemaError
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compact.cursor import COMPATIBILITY, XML, XSD
from siglum.schema.relaxng.compact.prefixes import (
    BUILT_IN,
    INHERIT,
    Uses,
    assign_libraries,
    assign_prefixes,
    collect_uses,
    is_documentation,
    split_qname,
)
from siglum.schema.relaxng.compact.spelling import escape, quote_identifier, split_comment, split_literals

_WIDTH = 80
_INDENT = "  "
_ANY, _OPERAND, _PRIMARY = range(3)
"""What needs no parentheses at a place: any pattern; no operators; no operators, occurrence signs or followers."""

_OPERATORS: dict[type[s.Pattern], str] = {s.Choice: "|", s.Interleave: "&", s.Group: ","}
_SIGNS: dict[type[s.Pattern], str] = {s.Optional: "?", s.ZeroOrMore: "*", s.OneOrMore: "+"}
_WORDS: dict[type[s.Pattern], str] = {
    s.Text: "text",
    s.Empty: "empty",
    s.NotAllowed: "notAllowed",
    s.List: "list",
    s.Mixed: "mixed",
    s.Element: "element",
    s.AttributePattern: "attribute",
}
_ASSIGNMENTS = {None: "=", "choice": "|=", "interleave": "&="}

_Block = list[str]
_Leaf = s.Text | s.Empty | s.NotAllowed | s.Ref | s.ParentRef | s.ExternalRef | s.Data | s.Value


def write_schema(pattern: s.Pattern, *, href: Callable[[str], str] = str) -> str:
    """Return the schema in compact syntax. `href` maps the address of another file to the one to write. Raises SchemaError."""
    try:
        return _write_document(pattern, href)
    except RecursionError:
        raise SchemaError("patterns are nested too deeply to be written", help="split the schema into definitions") from None


def _write_document(pattern: s.Pattern, href: Callable[[str], str]) -> str:
    found = collect_uses(pattern)
    names = _Names(found)
    writer = _Writer(names, href)
    heading: _Block = []
    if isinstance(pattern, s.Grammar) and pattern.components and not pattern.notes.attributes:
        body = writer.body(pattern.notes.initial, pattern.components)
        heading = _write_comments(pattern.notes.comments)
    else:
        body = writer.write_particle(pattern, _WIDTH, _ANY)
    declarations = names.declarations()
    if heading and not declarations:  # comments apply to the whole file only before a declaration
        declarations = [f'datatypes xsd = "{XSD}"']
    blocks = [block for block in (heading, declarations, body) if block]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


class _Names:
    """The prefixes of a file, and the declarations that they need."""

    def __init__(self, found: Uses) -> None:
        self.default = found.default()
        foreign = found.foreign | {COMPATIBILITY} if found.documented else found.foreign
        named = {ns for ns in (*found.elements, *found.files) if ns != self.default} | found.attributes - {""}
        wanted = named | found.wildcards | foreign - {""} | found.unprefixed_values - {self.default}
        self.prefixes = assign_prefixes(found, wanted)
        self.libraries = assign_libraries(found)
        self._found = found
        if foreign == {COMPATIBILITY} - found.foreign and self.prefixes.get(COMPATIBILITY) == "a":
            del self.prefixes[COMPATIBILITY]  # documentation alone needs no declaration

    def declarations(self) -> _Block:
        """Return the declarations, sorted by prefix, with the default namespace among them."""
        lines = {
            prefix: f"namespace {prefix} = {_write_namespace(ns)}"
            for ns, prefix in self.prefixes.items()
            if ns not in (XML, self.default)
        }
        prefix = self.prefixes.get(self.default, "")
        if prefix or self.default not in ("", INHERIT) or (not self.default and INHERIT in self.prefixes):
            lines[prefix] = f"default namespace {prefix and prefix + ' '}= {_write_namespace(self.default)}"
        libraries = {
            prefix: f"datatypes {prefix} = {_write_literal(library)}"
            for library, prefix in self.libraries.items()
            if library != XSD
        }
        return [lines[prefix] for prefix in sorted(lines)] + [libraries[prefix] for prefix in sorted(libraries)]

    def name(self, ns: str, local: str, unprefixed: str) -> str:
        return local if ns == unprefixed else f"{self.prefixes[ns]}:{local}"

    def foreign(self, name: s.ExpandedName) -> str:
        return f"{self.prefixes[name[0]]}:{name[1]}" if name[0] else name[1]

    def datatype(self, library: str, type_: str) -> str:
        return type_ if not library and type_ in BUILT_IN else f"{self.libraries[library]}:{type_}"


class _Writer:
    """Writes a block for every kind of node. `room` is the number of columns available for a block of one line."""

    def __init__(self, names: _Names, href: Callable[[str], str]) -> None:
        self.names = names
        self.href = href

    # Patterns

    def write_particle(self, node: s.Pattern, room: int, place: int) -> _Block:
        """Write a pattern with its notes, in parentheses if the place needs them."""
        if isinstance(node, s.Group | s.Choice | s.Interleave) and len(node.patterns) == 1:
            return self.write_single(node, room, place)
        notes = _merge_notes(node.notes) if isinstance(node, s.Value) else node.notes
        lead, followers = self.before(notes), self.followers(notes.following)
        if isinstance(node, s.Data) and node.except_ is not None:  # annotations before parentheses would not belong to the data
            block = [*lead, *self.data(node, room - 2), *followers]
            return _parenthesise(block) if place > _ANY else block
        rank = _find_rank(node)
        wrapped = rank < place or (bool(lead) and rank < _PRIMARY) or (bool(followers) and rank == _ANY)
        block = _parenthesise(self.pattern(node, room - 2)) if wrapped else self.pattern(node, room)
        block = [*lead, *block, *followers]
        return _parenthesise(block) if followers and place == _PRIMARY else block

    def write_single(self, node: s.Group | s.Choice | s.Interleave, room: int, place: int) -> _Block:
        """Write a group of one member, which the compact syntax has only with annotations."""
        own, notes = node.patterns[0], node.notes
        lead, followers = self.before(notes), self.followers(notes.following)
        if notes.attributes or notes.initial:
            inner = _parenthesise(self.write_particle(own, room - 2, _PRIMARY))
        else:
            inner = self.write_particle(own, room, _PRIMARY if followers else place)
        block = [*lead, *inner, *followers]
        return _parenthesise(block) if followers and place == _PRIMARY else block

    def pattern(self, node: s.Pattern, room: int) -> _Block:
        """Write a pattern without its notes."""
        match node:
            case s.Element() | s.AttributePattern():
                unprefixed = self.names.default if isinstance(node, s.Element) else ""
                names = self.name_class(node.name, room, unprefixed, alone=True)
                return self.write_braced([f"{_WORDS[type(node)]} {names[0]}", *names[1:]], node.content, room)
            case s.Group() | s.Interleave() | s.Choice():
                blocks = [self.write_particle(part, room - 2, _OPERAND) for part in node.patterns]
                return _join_blocks(blocks, _OPERATORS[type(node)], room)
            case s.Optional() | s.ZeroOrMore() | s.OneOrMore():
                return _append(self.write_particle(node.content, room - 1, _PRIMARY), _SIGNS[type(node)])
            case s.List() | s.Mixed():
                return self.write_braced([_WORDS[type(node)]], node.content, room)
            case s.Grammar():
                return _indent_block("grammar {", self.body((), node.components), "}")
            case _:
                return self.write_leaf(node, room)

    def write_leaf(self, node: _Leaf, room: int) -> _Block:
        match node:
            case s.Text() | s.Empty() | s.NotAllowed():
                return [_WORDS[type(node)]]
            case s.Ref():
                return [quote_identifier(node.name)]
            case s.ParentRef():
                return [f"parent {quote_identifier(node.name)}"]
            case s.ExternalRef():
                return [f"external {self.address(node)}"]
            case s.Data():
                return self.data(node, room)
            case s.Value():
                return self.value(node)
            case _:
                assert_never(node)

    def write_braced(self, head: _Block, content: s.Pattern, room: int) -> _Block:
        inner = self.write_particle(content, room - 2, _ANY)
        short = f"{head[-1]} {{ {inner[0]} }}"
        if len(head) == len(inner) == 1 and len(short) <= room:
            return [short]
        return [*head[:-1], *_indent_block(f"{head[-1]} {{", inner, "}")]

    def data(self, node: s.Data, room: int) -> _Block:
        block = [self.names.datatype(node.library, node.type)]
        params = [self.param(param) for param in node.params]
        if params:
            short = f"{block[0]} {{ {' '.join(param[0] for param in params)} }}"
            fits = len(short) <= room and all(len(param) == 1 for param in params)
            lines = [line for param in params for line in param]
            block = [short] if fits else _indent_block(f"{block[0]} {{", lines, "}")
        if node.except_ is None:
            return block
        without = self.write_particle(node.except_, room - 4, _PRIMARY)
        return [*block[:-1], f"{block[-1]} - {without[0]}", *_indent(without[1:])]

    def param(self, param: s.Param) -> _Block:
        notes = _merge_notes(param.notes)
        return [*self.before(notes), f"{param.name} = {_write_literal(param.value)}"]

    def value(self, node: s.Value) -> _Block:
        typed = "" if (node.library, node.type) == ("", "token") else self.names.datatype(node.library, node.type) + " "
        text = node.value
        qname = split_qname(node)
        if qname and qname[1] != self.names.default and self.names.prefixes.get(qname[1], qname[0]) != qname[0]:
            text = f"{self.names.prefixes[qname[1]]}:{qname[2]}"
        return [typed + _write_literal(text)]

    def address(self, node: s.ExternalRef | s.Include) -> str:
        """Write an address; xml:base is resolved, because the compact syntax has no base addresses."""
        address = _write_literal(self.href(urljoin(node.base, node.href)))
        return address if node.ns == self.names.default else f"{address} inherit = {self.names.prefixes[node.ns]}"

    # Names

    def name_class(self, node: s.NameClass, room: int, unprefixed: str, *, alone: bool) -> _Block:
        """Write a name class. `alone`: nothing follows that binds as tightly, so operators need no parentheses."""
        notes = _merge_notes(node.notes) if isinstance(node, s.Name) else node.notes
        lead, followers = self.before(notes), self.followers(notes.following)
        block = self.write_names(node, room, unprefixed)
        if isinstance(node, s.NameChoice):
            block = _parenthesise(block) if lead or followers or not alone else block
            loose = bool(followers)
        else:
            loose = bool(followers) or (isinstance(node, s.AnyName | s.NsName) and node.except_ is not None)
        block = [*lead, *block, *followers]
        return _parenthesise(block) if loose and not alone else block

    def write_names(self, node: s.NameClass, room: int, unprefixed: str) -> _Block:
        match node:
            case s.Name():
                return [self.names.name(node.ns, node.local, unprefixed)]
            case s.NameChoice():
                blocks = [self.name_class(name, room, unprefixed, alone=False) for name in node.names]
                return _join_blocks(blocks, "|", room)
            case s.AnyName() | s.NsName():
                whole = "*" if isinstance(node, s.AnyName) else f"{self.names.prefixes[node.ns]}:*"
                if node.except_ is None:
                    return [whole]
                without = self.name_class(node.except_, room, unprefixed, alone=False)
                return [f"{whole} - {without[0]}", *without[1:]]
            case _:
                assert_never(node)

    # Grammars

    def body(self, initial: tuple[s.Annotation, ...], components: tuple[s.Component, ...]) -> _Block:
        block = [line for element in initial for line in self.write_grammar_annotation(element)]
        for component in components:
            notes = component.notes
            block += [*self.before(notes), *self.component(component)]
            block += [line for element in notes.following for line in self.write_grammar_annotation(element)]
        return block

    def component(self, node: s.Component) -> _Block:
        match node:
            case s.Start() | s.Define():
                name = quote_identifier(node.name) if isinstance(node, s.Define) else "start"
                head = f"{name} {_ASSIGNMENTS[node.combine]}"
                content = self.write_particle(node.content, _WIDTH - 2, _ANY)
                if len(content) == 1 and len(head) + len(content[0]) < _WIDTH:
                    return [f"{head} {content[0]}"]
                return [head, *_indent(content)]
            case s.Div():
                return _indent_block("div {", self.body((), node.components), "}")
            case s.Include():
                head = f"include {self.address(node)}"
                return _indent_block(head + " {", self.body((), node.components), "}") if node.components else [head]
            case _:
                assert_never(node)

    # Annotations

    def before(self, notes: s.Notes) -> _Block:
        """Write what stands before a node: comments, documentation as `##`, and other annotations in brackets."""
        elements = list(notes.initial)
        block = _write_comments(notes.comments)
        documented = False
        while elements and is_documentation(elements[0]):
            block += [""] if documented else []
            block += _write_documentation(elements.pop(0))
            documented = True
        attributes = [self.attribute(attribute) for attribute in notes.attributes if attribute.name != (XML, "base")]
        inner = [*attributes, *(line for element in elements for line in self.annotation(element, _WIDTH))]
        if not inner:
            return block
        short = f"[ {inner[0]} ]"
        return [*block, short] if len(inner) == 1 and len(short) <= _WIDTH else [*block, *_indent_block("[", inner, "]")]

    def followers(self, elements: Iterable[s.Annotation]) -> _Block:
        block: _Block = []
        for element in elements:
            first, *rest = self.annotation(element, _WIDTH)
            block += _indent([f">> {first}", *rest])
        return block

    def write_grammar_annotation(self, element: s.Annotation) -> _Block:
        """Write an annotation between components, where a name that is a keyword must be quoted."""
        first, *rest = self.annotation(element, _WIDTH)
        return [first if element.name[0] else first.replace(element.name[1], quote_identifier(element.name[1]), 1), *rest]

    def annotation(self, element: s.Annotation, room: int) -> _Block:
        name = self.names.foreign(element.name)
        parts = [[self.attribute(attribute)] for attribute in element.attributes]
        parts += [
            _write_chain(child) if isinstance(child, str) else self.annotation(child, room - 2) for child in element.children
        ]
        short = " ".join([name, "[", *(part[0] for part in parts), "]"])
        if len(short) <= room and all(len(part) == 1 for part in parts):
            return [short]
        return _indent_block(f"{name} [", [line for part in parts for line in part], "]")

    def attribute(self, attribute: s.Attribute) -> str:
        return f"{self.names.foreign(attribute.name)} = {_write_literal(attribute.value)}"


def _find_rank(node: s.Pattern) -> int:
    """Return the highest place at which the pattern needs no parentheses."""
    if isinstance(node, s.Group | s.Interleave | s.Choice) or (isinstance(node, s.Data) and node.except_ is not None):
        return _ANY
    return _OPERAND if type(node) in _SIGNS else _PRIMARY


def _merge_notes(notes: s.Notes) -> s.Notes:
    """Move all annotations of a name, a value or a parameter before it."""
    return s.Notes(notes.comments, notes.attributes, notes.initial + notes.following)


def _join_blocks(blocks: list[_Block], operator: str, room: int) -> _Block:
    between = ", " if operator == "," else f" {operator} "
    short = between.join(block[0] for block in blocks)
    if len(short) <= room and all(len(block) == 1 for block in blocks):
        return [short]
    if operator == ",":
        return [line for block in blocks[:-1] for line in _append(block, ",")] + blocks[-1]
    rest = (line for block in blocks[1:] for line in (f"{operator} {block[0]}", *_indent(block[1:])))
    return [*blocks[0], *rest]


def _parenthesise(block: _Block) -> _Block:
    return _append([f"({block[0]}", *_indent(block[1:], " ")], ")")


def _append(block: _Block, end: str) -> _Block:
    return [*block[:-1], block[-1] + end]


def _indent_block(head: str, lines: _Block, end: str) -> _Block:
    return [head, *_indent(lines), end]


def _indent(lines: Iterable[str], by: str = _INDENT) -> _Block:
    return [by + line if line else "" for line in lines]


def _write_namespace(ns: str) -> str:
    return "inherit" if ns == INHERIT else _write_literal(ns)


def _write_literal(text: str) -> str:
    return " ~ ".join(split_literals(text))


def _write_chain(text: str) -> _Block:
    *lines, last = split_literals(text)
    return [*(f"{line} ~" for line in lines), last]


def _write_documentation(element: s.Annotation) -> _Block:
    text = "".join(child for child in element.children if isinstance(child, str))
    return [f"## {line}" if line else "##" for line in escape(text).split("\n")]


def _write_comments(comments: tuple[str, ...]) -> _Block:
    """Write each comment on lines of its own, separated by an empty line."""
    block: _Block = []
    for comment in comments:
        block += [""] if block else []
        block += [f"# {line}" if line else "#" for line in escape("\n".join(split_comment(comment))).split("\n")]
    return block
