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
    """What came of it: where each element is from, and the includes that could not be followed (X006)."""

    files: Files
    count: int = 0
    bytes: int = 0
    origins: dict[Element, Origin] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class _CannotIncludeError(Exception):
    """An include that cannot be followed: message, help."""


def present(root: Element) -> bool:
    """Whether there is anything to include."""
    return next(root.iter(_INCLUDE), None) is not None


def resolve(source: Source, root: Element, path: Path | None, within: Path | None, files: Files = DISK) -> Included:
    """Put what is included in its place in the tree. An include that fails without a fallback stays and is reported."""
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
        target = _target(result.files, include, path, within, above)
        result.count += 1
        result.bytes += result.files.size(target)
        if result.count > _MOST or result.bytes > _MOST_BYTES:  # ten files that each include the next ten times ask for 10^10
            raise _CannotIncludeError("more is included than any document needs", "include less, or divide the document")
        if attribute(include, "parse") == "text":
            _replace(include, [], result.files.read(target).text)
        else:
            _replace(include, [_included(result, source, include, target, within, (*above, target))])
    except (_CannotIncludeError, FileError, DocumentError) as error:
        fallback = include.find(_FALLBACK)
        if fallback is not None:
            for nested in list(fallback.iter(_INCLUDE)):
                _follow(result, source, nested, path, within, above)
            _replace(include, list(fallback), fallback.text or "")
        else:
            result.findings.append(_finding(result, include, error))


def _target(files: Files, include: Element, path: Path | None, within: Path | None, above: tuple[Path, ...]) -> Path:
    href = attribute(include, "href")
    try:
        parts = urlsplit(href)
    except ValueError:
        raise _CannotIncludeError(f"“{href}” is no valid address", "name a file, relative to this one") from None
    if parts.scheme not in {"", "file"} or parts.netloc:
        raise _CannotIncludeError(
            f"“{href}” is an address on a network", "siglum reads local files only: keep a copy in the project"
        )
    if path is None or within is None:
        raise _CannotIncludeError(f"“{href}” cannot be found from here", "give the document a place in a folder")
    if not parts.path:
        raise _CannotIncludeError("an xi:include without @href", "name the file to include")
    try:
        target = (path.parent / _base(include) / unquote(parts.path)).resolve()
        special = files.kind(target) in {"special", "device"}
    except (ValueError, OSError, RuntimeError):  # a NUL character, a name too long, a circle of links
        raise _CannotIncludeError(f"“{href}” is no valid file name", "name a file, relative to this one") from None
    if not target.is_relative_to(within.resolve()):
        help_ = f"siglum includes files below {within} only: move the file, or put siglum.toml in the folder that holds both"
        raise _CannotIncludeError(f"“{href}” leads outside the project", help_)
    if special:  # a pipe or a device would keep us waiting for ever
        raise _CannotIncludeError(f"“{href}” is no file", "name a file")
    if target in above:
        raise _CannotIncludeError(f"“{href}” includes itself", "break the circle")
    if len(above) > _DEEPEST:
        raise _CannotIncludeError(f"“{href}” is included {_DEEPEST} levels deep", "include it more directly")
    return target


def _base(include: Element) -> Path:
    """The folder that `xml:base` in force adds to the file's own (XML Base; addresses on a network are passed over)."""
    folder = Path()
    for each in reversed([include, *include.iterancestors()]):
        given = attribute(each, XML_BASE)
        if given and "://" not in given:
            folder /= Path(unquote(given)) if given.endswith("/") else Path(unquote(given)).parent
    return folder


def _included(
    result: Included, outer: Source, include: Element, target: Path, within: Path | None, above: tuple[Path, ...]
) -> Element:
    source = result.files.read(target, _shown(outer.name, (_base(include) / attribute(include, "href")).as_posix()))
    root = wellformed.parse(source)
    _resolve(result, source, root, target, within, above)
    pointer = attribute(include, "xpointer")
    chosen = _pointed(root, pointer) if pointer else root
    if chosen.get(XML_BASE) is None:  # XInclude 4.5.5: relative addresses in it stay true
        chosen.set(XML_BASE, attribute(include, "href"))
    chosen.tail = None
    return chosen


def _shown(outer: str, href: str) -> str:
    """The included file's name in findings: as seen from where the including file was named."""
    parts: list[str] = []
    for step in (*Path(outer).parent.parts, *Path(unquote(urlsplit(href).path)).parts):
        if step == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return Path(*parts).as_posix()


def _pointed(root: Element, pointer: str) -> Element:
    parsed = _POINTER.match(pointer)
    wanted = next((group for group in parsed.groups() if group), "") if parsed else ""
    found = next((each for each in root.iter("*") if each.get(XML_ID) == wanted), None) if wanted else None
    if found is None:
        raise _CannotIncludeError(f"nothing in the file answers to xpointer “{pointer}”", "use the xml:id of an element")
    return found


def _replace(include: Element, elements: list[Element], before: str = "") -> None:
    """Put text and elements where the include stands; its tail follows them."""
    parent = include.getparent()
    if parent is None:
        raise _CannotIncludeError("an xi:include may not be the root here", "wrap it in a TEI document")
    place = parent.index(include)
    after = include.tail or ""
    include.tail = None
    parent.remove(include)
    _add_text(parent, place, before)
    for offset, each in enumerate(elements):
        parent.insert(place + offset, each)
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
    if isinstance(error, _CannotIncludeError):
        message, help_ = error.args
    elif isinstance(error, FileError | DocumentError):
        message, help_ = f"{error.where}: {error.message}", error.help
    else:
        raise error
    return Finding(source.name, at.line, at.column, "X006", Severity.ERROR, f"xi:include: {message}", help_)
