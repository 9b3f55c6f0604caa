"""What a file says before its root element: its `xml-model` instructions, and what the root is called.

Comes from: Associating Schemas with XML documents 1.0 (`xml-model`, W3C/ISO 19757-11). Only the beginning of the file is
read, so that a folder of mixed XML can be sorted at little cost.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from siglum.text.frozen import frozen
from siglum.text.source import Place, Source

RELAX_NG = "http://relaxng.org/ns/structure/1.0"
TEI = "http://www.tei-c.org/ns/1.0"

_PSEUDO_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SCHEME = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(//[^/?#]+)?")
_STEP = 65_536
_TEI_ROOTS = frozenset({"TEI", "teiCorpus", "TEI.2", "teiCorpus.2"})


@frozen
class Model:
    """One `xml-model` instruction: the schema it names, the kind of schema, and where the instruction stands."""

    href: str
    schematypens: str
    place: Place

    @property
    def is_relaxng(self) -> bool:
        """Whether it names a RELAX NG schema: by its namespace, or, where none is given, by the file's ending."""
        if self.schematypens:
            return self.schematypens == RELAX_NG and not self.is_odd
        return _path(self.href).endswith((".rng", ".rnc"))

    @property
    def is_odd(self) -> bool:
        """Whether it names a customisation of TEI: by TEI's namespace, or by the ending, even where RELAX NG is declared."""
        named = _path(self.href).lower().endswith(".odd")
        return self.schematypens == TEI or (named and self.schematypens in {"", RELAX_NG})

    @property
    def is_remote(self) -> bool:
        """Whether the address leads to a network."""
        scheme, network = _SCHEME.match(self.href).groups()  # type: ignore[union-attr]  # all of it is optional
        return bool(network) or (scheme or "file").lower() != "file"

    @property
    def local(self) -> str:
        """The path in the address, as a file system knows it. Raises ValueError where the address is none."""
        from urllib.parse import unquote, urlsplit  # slow to import, and most documents name no local schema

        return unquote(urlsplit(self.href).path)


@frozen
class Prolog:
    """The root element's name as `namespace}local` (`local` without one; empty where no root was found), and the models."""

    root: str
    models: tuple[Model, ...]

    @property
    def may_be_tei(self) -> bool:
        """Whether the file is TEI of any age, or cannot be told to be something else."""
        return not self.root or self.root.rpartition("}")[2] in _TEI_ROOTS


class _FoundError(Exception):
    """The root is reached: no more has to be read."""


def prolog(source: Source) -> Prolog:
    """Read as far as the root's start tag. A file that is broken before it has no root; saying why is `wellformed`'s work."""
    parser = expat.ParserCreate("utf-8", "}")
    models: list[Model] = []
    roots: list[str] = []

    def instruction(target: str, data: str) -> None:
        if target == "xml-model":
            models.append(_model(data, Place(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)))

    def started(tag: str, _attributes: object) -> None:
        roots.append(tag)
        raise _FoundError

    parser.ProcessingInstructionHandler = instruction
    parser.StartElementHandler = started
    try:
        text = source.text
        for start in range(0, len(text), _STEP):
            parser.Parse(text[start : start + _STEP].encode("utf-8"), False)
    except (_FoundError, expat.ExpatError, LookupError, UnicodeError):
        pass
    return Prolog(roots[0] if roots else "", tuple(models))


def _model(data: str, place: Place) -> Model:
    given = {key: _resolved(first or second) for key, first, second in _PSEUDO_ATTRIBUTE.findall(data)}
    return Model(given.get("href", "").strip(), given.get("schematypens", "").strip(), place)


def _resolved(value: str) -> str:
    """References in a pseudo-attribute are its own business: XML does not resolve them (xml-model, 2)."""
    return _REFERENCE.sub(_character, value)


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]


def _path(href: str) -> str:
    return re.split("[?#]", href, maxsplit=1)[0]
