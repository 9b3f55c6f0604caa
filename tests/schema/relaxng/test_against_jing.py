"""Schemas and documents by chance: jing and we say the same of each (valid, invalid, incorrect grammar)."""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from siglum.errors import SchemaError
from siglum.schema import relaxng
from siglum.text.source import Source
from tests.schema.datatypes.outside import needs_jing

SCHEMAS = 25
DOCUMENTS = 16
_DEEPEST = 7
_HEAD = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><start><ref name="a0"/></start>"""
_MESSAGE = re.compile(r"^(?P<path>.*?):(?P<line>\d+):\d+: (?:error|fatal): (?P<message>.*)$", re.M)

Pattern = tuple[Any, ...]
"""("a kind", inner patterns …); names are "a" or "n:a"."""


class Said(NamedTuple):
    """What jing said: the name of the file, the line, the message."""

    name: str
    line: int
    message: str


def jing(schema: Path, documents: Iterable[Path]) -> list[Said]:
    """What jing says, in one start, of documents and of the schema itself."""
    command = ["jing", str(schema), *map(str, documents)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, encoding="utf-8", check=False
    )
    assert done.returncode in {0, 1}, done.stderr[:200]
    assert "Exception" not in done.stderr, done.stderr[:200]
    said = [Said(Path(one["path"]).name, int(one["line"]), one["message"]) for one in _MESSAGE.finditer(done.stdout)]
    assert bool(said) == bool(done.returncode), done.stdout
    return said


# Schemas


class Maker:
    """A schema by chance: some elements that may contain one another."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.wild = dice.random() < 0.25
        """Whether anything may stand anywhere, which is mostly an incorrect grammar."""
        count = dice.randint(2, 4)
        self.refs = [f"a{number}" for number in range(count)]
        self.elements = {ref: (self.name_class(ref == "a0"), self.content()) for ref in self.refs}

    def name(self) -> str:
        return self.dice.choice(["a", "b", "c", "d", "n:a", "n:b"])

    def name_class(self, plain: bool = False) -> Pattern:
        chance = self.dice.random()
        if plain or chance < 0.8:
            return ("name", self.name())
        if chance < 0.9:
            return ("choice", ("name", self.name()), ("name", self.name()))
        kind = self.dice.choice(["anyName", "nsName"])
        return (kind, *([("except", ("name", self.name()))] if self.dice.random() < 0.6 else []))

    def content(self) -> Pattern:
        attributes = [self.attribute() for _ in range(self.dice.choice([0, 0, 1, 1, 2]))]
        body = self.data() if self.dice.random() < 0.2 else self.body(self.dice.randint(1, 3))
        return ("group", *attributes, body)

    def attribute(self) -> Pattern:
        dice = self.dice
        if dice.random() < 0.2:
            open_class = (dice.choice(["anyName", "nsName"]), ("except", ("name", "x"), ("name", "y"), ("name", "n:x")))
            value = ("text",) if dice.random() < 0.7 else self.data()
            return (dice.choice(["zeroOrMore", "oneOrMore"]), ("attribute", open_class, value))
        one: Pattern = ("attribute", ("name", dice.choice(["x", "y", "n:x"])), dice.choice([("text",), self.data()]))
        if dice.random() < 0.2:
            return ("choice", one, ("attribute", ("name", dice.choice(["x", "y"])), self.data()))
        return one if dice.random() < 0.5 else ("optional", one)

    def data(self, in_list: bool = False) -> Pattern:
        kinds = ["value", "value", "token", "integer", "short", "except", "choice", *([] if in_list else ["list", "list"])]
        match self.dice.choice(kinds):
            case "value":
                return ("value", self.dice.choice(["string", "token", "integer"]), self.dice.choice(["1", "2", "01", " 1 "]))
            case "except":
                return ("data", "token", "", ("except", ("value", "token", self.dice.choice(["1", "u"]))))
            case "choice":
                return ("choice", self.data(in_list), self.data(in_list))
            case "list":
                inner = [self.data(in_list=True) for _ in range(self.dice.choice([1, 1, 2]))]
                return ("list", (self.dice.choice(["group", "oneOrMore", "zeroOrMore", "choice", "optional"]), *inner))
            case "short":
                return ("data", "token", '<param name="maxLength">1</param>')
            case kind:
                return ("data", kind, "")

    def body(self, depth: int) -> Pattern:
        dice = self.dice
        if depth == 0:
            return self.leaf()
        kinds = "group group choice choice interleave optional zeroOrMore oneOrMore mixed leaf leaf".split()
        kind = dice.choice(kinds)
        if kind == "leaf":
            return self.leaf()
        two = kind in {"group", "choice", "interleave"}
        return (kind, *(self.body(depth - 1) for _ in range(dice.randint(2, 3) if two else 1)))

    def leaf(self) -> Pattern:
        if self.wild and self.dice.random() < 0.3:
            return self.dice.choice([self.attribute(), self.data()])
        chance = self.dice.random()
        if chance < 0.75:
            return ("ref", self.dice.choice(self.refs))
        return ("text",) if chance < 0.85 else ("empty",) if chance < 0.97 else ("notAllowed",)

    def written(self) -> str:
        defines = [
            f'<define name="{ref}"><element>{rng(name)}{rng(inner)}</element></define>'
            for ref, (name, inner) in self.elements.items()
        ]
        return "\n".join([_HEAD, *defines, "</grammar>"])


def rng(p: Pattern) -> str:
    match p[0]:
        case "name":
            prefix, _, local = p[1].rpartition(":")
            return f'<name ns="{"urn:n" if prefix else ""}">{local}</name>'
        case "nsName":
            return f'<nsName ns="urn:n">{"".join(map(rng, p[1:]))}</nsName>'
        case "ref":
            return f'<ref name="{p[1]}"/>'
        case "value":
            return f'<value type="{p[1]}">{p[2]}</value>'
        case "data":
            return f'<data type="{p[1]}">{p[2]}{"".join(map(rng, p[3:]))}</data>'
    return f"<{p[0]}>{''.join(map(rng, p[1:]))}</{p[0]}>"


# Documents


class Node:
    def __init__(self, name: str) -> None:
        self.name = name
        self.attributes: dict[str, str] = {}
        self.children: list[Node | str] = []

    def all(self) -> Iterator[Node]:
        yield self
        for each in self.children:
            if isinstance(each, Node):
                yield from each.all()

    def written(self, top: str = ' xmlns:n="urn:n"') -> str:
        pairs = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())
        inner = "".join(escape(each) if isinstance(each, str) else each.written("") for each in self.children)
        return f"<{self.name}{top}{pairs}>{inner}</{self.name}>"


class Writer:
    """Documents by chance that a schema allows, or nearly."""

    def __init__(self, dice: random.Random, maker: Maker) -> None:
        self.dice = dice
        self.maker = maker

    def document(self) -> str:
        node = self.element("a0", 0)
        for _ in range(self.dice.choice([0, 0, 1, 1, 2])):
            self.spoil(node)
        return node.written()

    def element(self, ref: str, depth: int) -> Node:
        name, content = self.maker.elements[ref]
        node = Node(self.a_name(name))
        if depth <= _DEEPEST:
            self.fill(node, content, depth)
        return node

    def a_name(self, name: Pattern) -> str:
        if name[0] == "choice":
            return self.a_name(self.dice.choice(name[1:]))
        if name[0] == "name":
            return str(name[1])
        return self.dice.choice(["n:c", "n:d", "n:a"] if name[0] == "nsName" else ["a", "e", "n:e", "z"])

    def fill(self, node: Node, p: Pattern, depth: int) -> None:
        """Add to a node what a pattern may stand for."""
        dice, deep = self.dice, depth > 3
        match p[0]:
            case "ref":
                node.children.append(self.element(p[1], depth + 1))
            case "text":
                node.children += dice.choice([[], ["u"], [" "], ["1"]])
            case "attribute":
                node.attributes[self.a_name(p[1])] = dice.choice(["", "u", " 1"]) if p[2] == ("text",) else self.a_value(p[2])
            case "value" | "data" | "list":
                node.children.append(self.a_value(p))
            case "choice":
                self.fill(node, dice.choice(p[1:]), depth)
            case "optional":
                self.repeat(node, p[1], depth, 0 if deep else dice.randint(0, 1))
            case "zeroOrMore":
                self.repeat(node, p[1], depth, 0 if deep else dice.randint(0, 2))
            case "oneOrMore":
                self.repeat(node, p[1], depth, 1 if deep else dice.randint(1, 2))
            case "interleave":
                self.shuffled(node, p[1:], depth)
            case "mixed":
                self.shuffled(node, (("text",), p[1], ("text",)), depth)
            case "group":
                for each in p[1:]:
                    self.fill(node, each, depth)

    def repeat(self, node: Node, p: Pattern, depth: int, times: int) -> None:
        for _ in range(times):
            self.fill(node, p, depth)

    def shuffled(self, node: Node, patterns: Sequence[Pattern], depth: int) -> None:
        """What the patterns stand for, the order within each kept."""
        parts = []
        for each in patterns:
            part = Node("")
            self.fill(part, each, depth)
            node.attributes |= part.attributes
            parts.append(part.children)
        while parts := [part for part in parts if part]:
            node.children.append(self.dice.choice(parts).pop(0))

    def a_value(self, p: Pattern) -> str:
        dice = self.dice
        match p[0]:
            case "value":
                return str(p[2]) if dice.random() < 0.7 else f" {p[2].strip()}\n"
            case "data":
                return dice.choice(["1", "22", " 3 ", "u", "uu"])
            case "choice":
                return self.a_value(dice.choice(p[1:]))
            case "zeroOrMore" | "optional" | "oneOrMore":
                return " ".join(self.a_value(("group", *p[1:])) for _ in range(dice.randint(p[0] == "oneOrMore", 2)))
            case "list" | "group":
                return " ".join(map(self.a_value, p[1:]))
        return ""

    def spoil(self, root: Node) -> None:
        """Change something that may matter, or not."""
        dice = self.dice
        node = dice.choice(list(root.all()))
        at = dice.randrange(len(node.children) + 1)
        match dice.randrange(8):
            case 0:
                node.name = self.maker.name()
            case 1:
                node.attributes[dice.choice(["x", "y", "n:x", "z"])] = dice.choice(["", "1", "u", "1 1"])
            case 2:
                node.attributes.popitem() if node.attributes else None
            case 3:
                node.children.insert(at, dice.choice([" ", "u", "1", "2 1"]))
            case 4:
                node.children.insert(at, Node(self.maker.name()))
            case 5:
                node.children[at : at + 1] = []
            case 6:
                dice.shuffle(node.children)
            case 7:
                node.children[at:at] = node.children[at : at + 1]


# Verdicts


class Case(NamedTuple):
    """A schema, and a document with both verdicts."""

    schema: str
    document: str
    ours: str
    theirs: str


def judged(seed: int, folder: Path) -> list[Case]:
    """The documents of a schema by chance."""
    dice = random.Random(seed)
    maker = Maker(dice)
    writer = Writer(dice, maker)
    schema = folder / f"{seed}.rng"
    schema.write_text(maker.written(), encoding="utf-8")
    texts = list(dict.fromkeys(writer.document() for _ in range(DOCUMENTS)))
    paths = [folder / f"{seed}-{number}.xml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    bad = {one.name for one in jing(schema, paths)}
    incorrect = "incorrect grammar" if schema.name in bad else ""
    theirs = [incorrect or ("invalid" if path.name in bad else "valid") for path in paths]
    return [Case(maker.written(), *row) for row in zip(texts, ours(schema, texts), theirs, strict=True)]


def ours(schema: Path, texts: Sequence[str]) -> list[str]:
    try:
        loaded = relaxng.load(schema, cache=False)
    except SchemaError:
        return ["incorrect grammar"] * len(texts)
    return ["invalid" if loaded.validate(Source("document.xml", text.encode())) else "valid" for text in texts]


@needs_jing
def test_verdicts(tmp_path: Path) -> None:
    cases = [case for seed in range(SCHEMAS) for case in judged(seed, tmp_path)]
    assert [case for case in cases if case.ours != case.theirs] == []
    counted = Counter(case.theirs for case in cases)
    assert all(counted[verdict] > 50 for verdict in ("valid", "invalid", "incorrect grammar")), counted
