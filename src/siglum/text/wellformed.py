"""Bytes to an XML tree, and where that fails, why: findings X003 and X005, and X001 with the reason in plain words.

libxml2 builds the tree. When it refuses a file, expat reads the same file once more to say which tag is open since when.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from lxml import etree

from siglum.errors import DocumentError
from siglum.text.diagnostic import Finding, Severity
from siglum.text.source import Source
from siglum.text.tei import Element

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_EXPANSION = frozenset({"ERR_ENTITY_LOOP", "ERR_RESOURCE_LIMIT"})
_ENTITY = re.compile(r"&([^\s;&<#]+);")
_NO_MARKUP = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_DEEPEST = 256
_TOO_DEEP = f"elements are nested more than {_DEEPEST} deep"
_NEVER_CLOSED = "no text needs that; is a tag never closed?"
_TOO_LONG = re.compile("too long|too big|XML_PARSE_HUGE")


class _NothingOutside(etree.Resolver):
    """Answers whatever a file wants to load with nothing: `load_dtd=False` alone does not keep libxml2 from a local DTD."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:  # type: ignore[override]  # noqa: ARG002
        return self.resolve_string("<!-- -->", context)  # type: ignore[call-arg]  # the stubs want what has a default


def parse(source: Source) -> Element:
    """The root element. Raises DocumentError with one finding: the first thing that keeps the file from being read."""
    _look_at_bytes(source)
    try:
        root = _tree(source)
    except (LookupError, ValueError) as error:
        raise _refused(source, 1, 1, "X001", f"not well-formed: {error}", "check the XML declaration") from None
    _refuse_unknown_entities(source, root)
    return root


def _tree(source: Source) -> Element:
    """libxml2's bounds on the length of texts keep entities from growing; a file that declares none may be as long as it is."""
    parser = _parser()
    try:
        return etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        if not _TOO_LONG.search(str(error)) or "<!DOCTYPE" in source.text:
            raise DocumentError([_explain(source, error, parser)]) from None
    parser = _parser(huge=True)
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError([_explain(source, error, parser)]) from None
    if _is_too_deep(root):
        raise DocumentError([_finding(source, 1, 1, "X005", _TOO_DEEP, _NEVER_CLOSED)])
    return root


def _parser(*, huge: bool = False) -> etree.XMLParser:
    parser = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs know only lxml < 5
        collect_ids=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=huge,
    )
    parser.resolvers.add(_NothingOutside())
    return parser


def _is_too_deep(root: Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _refused(source: Source, line: int, column: int, code: str, message: str, help_: str) -> DocumentError:
    return DocumentError([Finding(source.name, line, column, code, Severity.ERROR, message, help_)])


def _look_at_bytes(source: Source) -> None:
    if not source.data.strip():
        raise _refused(source, 1, 1, "X003", "the file is empty", "put a TEI document in it, or remove it")
    _look_at_declared_encoding(source)
    if source.encoding == "utf-8" and _BINARY.search(source.data[:4096]):
        raise _refused(source, 1, 1, "X003", "this is a binary file, not XML", "name an XML file")
    _look_at_encoding(source)
    begin = source.text[:4096].lstrip()
    if not begin and not source.text.strip():
        raise _refused(source, 1, 1, "X003", "the file is empty", "put a TEI document in it, or remove it")
    if not begin.startswith("<"):
        seen = begin.split("\n", 1)[0][:40]
        help_ = "an XML file begins with < (a declaration or a start tag); is this plain text?"
        raise _refused(source, 1, 1, "X003", f"this is not XML: it begins with “{seen}”", help_)


def _look_at_declared_encoding(source: Source) -> None:
    """Python knows encodings that are none of text (`hex`, `rot13`), and believes a declaration that its own bytes deny."""
    wide = source.data.lstrip()[:4] in {b"<\0?\0", b"\0<\0?"}
    try:
        broken = wide or (source.encoding.startswith(("utf-16", "utf-32")) and source.data.lstrip().startswith(b"<?xml"))
        _ = source.text
    except (LookupError, UnicodeError):
        broken = True
    if not broken:
        return
    if wide:
        message = "the file is UTF-16 without a byte order mark"
    else:
        message = f"the encoding that the XML declaration names ({source.encoding}) is not that of the file"
    raise _refused(source, 1, 1, "X001", message, "save the file as UTF-8, and declare that or nothing")


def _look_at_encoding(source: Source) -> None:
    try:
        source.data.decode(source.encoding)
    except UnicodeDecodeError as error:
        line, column = _line_and_column(source.data[: error.start].decode(source.encoding, errors="replace"), 10**12)
        message = f"the byte 0x{source.data[error.start]:02X} is not valid {source.encoding.upper()}"
        help_ = "save the file as UTF-8, or name its real encoding in the XML declaration"
        raise _refused(source, line, column, "X001", message, help_) from None
    except UnicodeError as error:
        raise _refused(source, 1, 1, "X001", f"the file cannot be decoded: {error}", "save the file as UTF-8") from None


def _refuse_unknown_entities(source: Source, root: Element) -> None:
    """An entity that only an external DTD declares stands in the tree as a hole in the text: better to say so."""
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:
        raise _unknown_entity(source, str(entity.name))  # type: ignore[attr-defined]


def _unknown_entity(source: Source, name: str) -> DocumentError:
    text = _NO_MARKUP.sub(lambda found: re.sub(r"[^\r\n]", " ", found.group()), source.text)
    sign = "%" if f"&{name};" not in text and f"%{name};" in text else "&"
    line, column = _line_and_column(text, max(text.find(f"{sign}{name};"), 0))
    if re.search(rf"<!ENTITY\s+(?:%\s+)?{re.escape(name)}\s+(?:SYSTEM|PUBLIC)\s", text):
        message = f"the entity {sign}{name}; stands for another file, which is not read"
        help_ = "write the text itself, or take the file in with xi:include"
    else:
        message = f"the entity {sign}{name}; is not declared in this file"
        help_ = "write the character itself, or declare the entity in the DOCTYPE (external DTDs are not read)"
    return _refused(source, line, column, "X005", message, help_)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    lines = re.split("\r\n|\r|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1


def _explain(source: Source, error: etree.XMLSyntaxError, parser: etree.XMLParser) -> Finding:
    """The finding for a file libxml2 refused."""
    kinds = {entry.type_name for entry in parser.error_log}
    if "Excessive depth" in str(error):
        return _finding(source, max(error.lineno or 1, 1), 1, "X005", _TOO_DEEP, _NEVER_CLOSED)
    undeclared = re.search(r"Entity '([^']+)' not defined", str(error))
    if undeclared:
        return _unknown_entity(source, undeclared.group(1)).findings[0]
    if "Unsupported encoding" in str(error):
        line, column = error.position
        message = "the XML declaration names an encoding that is not known"
        return _finding(source, line or 1, column or 1, "X001", message, "save the file as UTF-8, and declare that or nothing")
    if _TOO_LONG.search(str(error)):
        message = "a text, a comment or a tag is longer than 10 million characters"
        line, column = error.position
        help_ = "such a file is refused as a protection, since it declares entities: remove the DOCTYPE"
        return _finding(source, max(line or 1, 1), max(column or 1, 1), "X005", message, help_)
    if kinds & _EXPANSION or "amplification" in str(error):
        help_ = "such a file is refused as a protection; write the text out"
        return _finding(source, 1, 1, "X005", "its entities expand beyond all bounds, or into themselves", help_)
    return _Diagnosis(source).run() or _Diagnosis(source, namespaces=True).run() or _as_libxml2_says(source, error)


def _as_libxml2_says(source: Source, error: etree.XMLSyntaxError) -> Finding:
    line, column = error.position
    message = re.sub(r", line \d+, column \d+.*$", "", str(error.msg))
    return _finding(source, max(line or 1, 1), max(column or 1, 1), "X001", f"not well-formed: {message}", "mend the XML here")


def _finding(source: Source, line: int, column: int, code: str, message: str, help_: str) -> Finding:
    return Finding(source.name, line, column, code, Severity.ERROR, message, help_)


class _Diagnosis:
    """Reads a broken file with expat, keeping the open elements, and says what is wrong where it breaks."""

    def __init__(self, source: Source, *, namespaces: bool = False) -> None:
        self.source = source
        self.open: list[tuple[str, int]] = []
        self.parser = expat.ParserCreate("utf-8", "}") if namespaces else expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def run(self) -> Finding | None:
        try:
            self.parser.Parse(self.source.text.encode("utf-8"), True)
        except expat.ExpatError as error:
            return self._say(error)
        return None

    def _start(self, name: str, _attributes: object) -> None:
        self.open.append((name, self.parser.CurrentLineNumber))

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _say(self, error: expat.ExpatError) -> Finding:
        line, column = error.lineno, error.offset + 1
        here = self.source.line(line)[column - 1 :]
        kind = expat.errors.messages.get(error.code, "")
        if kind == expat.errors.XML_ERROR_TAG_MISMATCH:
            return self._mismatch(line, column)
        if self.open and kind in _UNFINISHED:
            name, since = self.open[-1]
            message = f"the file ends while <{name}> (line {since}) is still open"
            return _finding(self.source, line, column, "X001", message, f"add </{name}>; is the file cut off?")
        if kind == expat.errors.XML_ERROR_UNDEFINED_ENTITY:
            entity = _ENTITY.match(here)
            found = entity.group(1) if entity else ""
            return _unknown_entity(self.source, found).findings[0]
        if kind == expat.errors.XML_ERROR_INVALID_TOKEN:
            return self._invalid(line, column)
        message, help_ = _REASONS.get(kind, (f"not well-formed: {kind or error}", "mend the XML here"))
        seen = f" (at “{here[:24]}”)" if here else ""
        return _finding(self.source, line, column, "X001", message + seen, help_)

    def _invalid(self, line: int, column: int) -> Finding:
        """Expat stops behind what is wrong, at the first character that makes it so: say what it is, and point to it."""
        text = self.source.line(line)
        before, here = text[: column - 1], text[column - 1 :]
        for pattern, message, help_ in _TOKENS:
            found = re.search(pattern, before) if pattern.endswith("$") else re.match(pattern, here)
            if found:
                at = found.start() + 1 if pattern.endswith("$") else column
                return _finding(self.source, line, at, "X001", f"{message} (at “{text[at - 1 :][:24]}”)", help_)
        return _finding(self.source, line, column, "X001", f"a character that may not stand here (at “{here[:24]}”)", _QUOTE)

    def _mismatch(self, line: int, column: int) -> Finding:
        from difflib import SequenceMatcher  # start-up: few files are broken

        name, since = self.open[-1]
        text = self.source.line(line)
        at = max(text.rfind("</", 0, column), 0)
        tag = re.match(r"</\s*([^\s>]*)", text[at:])
        closing = tag.group(1) if tag else "…"
        message = f"</{closing}> stands where </{name}> is expected: <{name}> was opened on line {since}"
        if SequenceMatcher(None, name, closing).ratio() > 0.6:
            help_ = f"is one of them mistyped, <{name}> or </{closing}>?"
        elif closing in (tag for tag, _ in self.open):
            help_ = f"close <{name}> first"
        else:
            help_ = f"<{closing}> is not open: remove </{closing}>, or open it before"
        return _finding(self.source, line, at + 1, "X001", message, help_)


_UNFINISHED = frozenset(
    {
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    }
)

_QUOTE = "write & as &amp; and < as &lt;, and put attribute values in quotation marks"

_TOKENS = (
    ("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "a control character, which XML does not allow", "remove it"),
    (r"--$", "two hyphens inside a comment", "write one hyphen, or a dash"),
    (r"&[^\s;&<>]*$", "an & that begins no entity", "write & as &amp;, and end an entity with a semicolon"),
    (r"=\s*$", "an attribute’s value without quotation marks", "put the value in quotation marks"),
    (r"<$", "a < that begins no tag", "write < as &lt;"),
    (r"<", "a < inside the value of an attribute", "write < as &lt;; or is a quotation mark missing before it?"),
    (r"\]\]$", "]]> in the text", "write > as &gt;"),
)
"""What expat calls an invalid token: a pattern for what stands before it ($) or at it, what is wrong, what to do."""

_REASONS = {
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: ("an attribute is given twice", "keep one of them"),
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: (
        "something follows the end of the root element",
        "a document has one root element: remove what follows, or a closing tag too many before it",
    ),
    expat.errors.XML_ERROR_UNBOUND_PREFIX: ("a prefix that is not declared", 'declare it with xmlns:prefix="…"'),
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: ("a tag, comment or reference is not finished", "look for a missing > or -->"),
    expat.errors.XML_ERROR_NO_ELEMENTS: ("there is no element in the file", "put a TEI document in it"),
    expat.errors.XML_ERROR_MISPLACED_XML_PI: (
        "the XML declaration is not at the very beginning",
        "remove what stands before <?xml",
    ),
    expat.errors.XML_ERROR_BAD_CHAR_REF: ("a character reference to a character that XML does not allow", "remove it"),
    expat.errors.XML_ERROR_RECURSIVE_ENTITY_REF: ("an entity that contains itself", "write the text out"),
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: ("an encoding that is not known", "save the file as UTF-8"),
}
