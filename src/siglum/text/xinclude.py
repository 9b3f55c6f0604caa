"""XInclude 1.1, as far as TEI projects use it: `href`, `xpointer` (a bare id or `element(id)`), `parse`, `fallback`.

Included files are read through `Files`, from below one folder only. Every element keeps its origin: the file it came from
and its place in that file's document order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from siglum.errors import DocumentError, FileError
from siglum.text import wellformed
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import DISK, Files
from siglum.text.positions import SourcePositions
from siglum.text.source import Source
from siglum.text.tei import XI_NS, XML_BASE, XML_ID, Element, attribute

Origin = tuple[Source, int]
"""A file, and the index of an element in its document order (0 is the root)."""

_INCLUDE = f"{{{XI_NS}}}include"
_FALLBACK = f"{{{XI_NS}}}fallback"
_DEEPEST = 20
_MOST = 10_000
_MOST_BYTES = 256 * 1024 * 1024
_POINTER = re.compile(r"^(?:element\(\s*([^()/\s]+)\s*\)|xpointer\(\s*id\(\s*['\"]([^'\"]+)['\"]\s*\)\s*\)|([^()\s]+))$")


@dataclass
class Included:
    """The result: the origin of each element, and findings about includes that failed (X006)."""

    files: Files
    count: int = 0
    bytes: int = 0
    origins: dict[Element, Origin] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class _IncludeError(Exception):
    """An include that cannot be resolved. Its arguments are the message and the help."""


def has_includes(root: Element) -> bool:
    return next(root.iter(_INCLUDE), None) is not None


def resolve(source: Source, root: Element, path: Path | None, within: Path | None, files: Files = DISK) -> Included:
    """Replace each include in the tree by its content. An include that fails without a fallback stays, with a finding."""
    result = Included(files)
    _resolve(result, source, root, path, within, (path.resolve(),) if path else ())
    return result


def _resolve(
    result: Included, source: Source, root: Element, path: Path | None, within: Path | None, above: tuple[Path, ...]
) -> None:
    for index, element in enumerate(root.iter("*")):
        result.origins[element] = (source, index)
    for include in list(root.iter(_INCLUDE)):
        if not _in_fallback(include):
            _follow(result, source, include, path, within, above)


def _in_fallback(element: Element) -> bool:
    return next(element.iterancestors(_FALLBACK), None) is not None


def _follow(
    result: Included, source: Source, include: Element, path: Path | None, within: Path | None, above: tuple[Path, ...]
) -> None:
    try:
        target = _find_target(result.files, include, path, within, above)
        result.count += 1
        result.bytes += result.files.size(target)
        if result.count > _MOST or result.bytes > _MOST_BYTES:  # ten files that include one another ten times expand to 10^10
            raise _IncludeError(
                f"the document includes more than {_MOST:,} files or {_MOST_BYTES >> 20} MB",
                "include less, or divide the document",
            )
        if attribute(include, "parse") == "text":
            _replace(include, [], result.files.read(target).text)
        else:
            _replace(include, [_read_included(result, source, include, target, within, (*above, target))])
    except (_IncludeError, FileError, DocumentError) as error:
        fallback = include.find(_FALLBACK)
        if fallback is not None:
            for nested in list(fallback.iter(_INCLUDE)):
                _follow(result, source, nested, path, within, above)
            _replace(include, list(fallback), fallback.text or "")
        else:
            result.findings.append(_finding(result, include, error))


def _find_target(files: Files, include: Element, path: Path | None, within: Path | None, above: tuple[Path, ...]) -> Path:
    href = attribute(include, "href")
    try:
        parts = urlsplit(href)
    except ValueError:
        raise _IncludeError(f"“{href}” is not a valid address", "name a file, relative to this one") from None
    if parts.scheme not in {"", "file"} or parts.netloc:
        raise _IncludeError(f"“{href}” is on a network", "siglum reads only local files: keep a copy in the project")
    if path is None or within is None:
        raise _IncludeError(f"“{href}” is relative, but the document has no folder", "save the document as a file")
    if not parts.path:
        raise _IncludeError("`@href` is missing", "name the file to include")
    try:
        target = (path.parent / _base(include) / unquote(parts.path)).resolve()
        special = files.kind(target) in {"special", "device"}
    except (ValueError, OSError, RuntimeError):  # a NUL character, a name too long, a cycle of links
        raise _IncludeError(f"“{href}” is not a valid file name", "name a file, relative to this one") from None
    if not target.is_relative_to(within.resolve()):
        help_ = f"siglum includes only files below {within}: move the file, or put siglum.toml into a folder that holds both"
        raise _IncludeError(f"“{href}” is outside the project", help_)
    if special:  # reading a pipe or a device may never end
        raise _IncludeError(f"“{href}” is not a regular file", "name a file")
    if target in above:
        raise _IncludeError(f"“{href}” includes itself", "remove one of the includes")
    if len(above) > _DEEPEST:
        raise _IncludeError(f"“{href}” is nested more than {_DEEPEST} includes deep", "include it more directly")
    return target


def _base(include: Element) -> Path:
    """The path that `xml:base` adds to the folder of the file (XML Base). Addresses on a network are ignored."""
    folder = Path()
    for element in reversed([include, *include.iterancestors()]):
        given = attribute(element, XML_BASE)
        if given and "://" not in given:
            folder /= Path(unquote(given)) if given.endswith("/") else Path(unquote(given)).parent
    return folder


def _read_included(
    result: Included, outer: Source, include: Element, target: Path, within: Path | None, above: tuple[Path, ...]
) -> Element:
    source = result.files.read(target, _name_from(outer.name, (_base(include) / attribute(include, "href")).as_posix()))
    root = wellformed.parse(source)
    _resolve(result, source, root, target, within, above)
    pointer = attribute(include, "xpointer")
    content = _find_pointed(root, pointer) if pointer else root
    if content.get(XML_BASE) is None:  # XInclude 4.5.5: keeps its relative addresses valid
        content.set(XML_BASE, attribute(include, "href"))
    content.tail = None
    return content


def _name_from(outer: str, href: str) -> str:
    """The name of the included file in findings, relative to the folder from which the including file is named."""
    parts: list[str] = []
    for step in (*Path(outer).parent.parts, *Path(unquote(urlsplit(href).path)).parts):
        if step == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return Path(*parts).as_posix()


def _find_pointed(root: Element, pointer: str) -> Element:
    parsed = _POINTER.match(pointer)
    wanted = next((group for group in parsed.groups() if group), "") if parsed else ""
    target = next((element for element in root.iter("*") if element.get(XML_ID) == wanted), None) if wanted else None
    if target is None:
        raise _IncludeError(f"xpointer “{pointer}” matches no element of the file", "use the xml:id of an element")
    return target


def _replace(include: Element, elements: list[Element], before: str = "") -> None:
    """Replace the include by text and elements, and keep its tail."""
    parent = include.getparent()
    if parent is None:
        raise _IncludeError("the root element is an xi:include", "wrap it in a TEI document")
    place = parent.index(include)
    after = include.tail or ""
    include.tail = None
    parent.remove(include)
    _add_text(parent, place, before)
    for offset, element in enumerate(elements):
        parent.insert(place + offset, element)
    _add_text(parent, place + len(elements), after)


def _add_text(parent: Element, place: int, text: str) -> None:
    """Add text before the child at `place`."""
    if place == 0:
        parent.text = (parent.text or "") + text
    else:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text


def _finding(result: Included, include: Element, error: Exception) -> Finding:
    source, index = result.origins[include]
    at = SourcePositions(source).span(index).start
    if isinstance(error, _IncludeError):
        message, help_ = error.args
    elif isinstance(error, FileError | DocumentError):
        message, help_ = f"{error.where}: {error.message}", error.help
    else:
        raise error
    return Finding(source.name, at.line, at.column, "X006", Severity.ERROR, f"xi:include: {message}", help_)
