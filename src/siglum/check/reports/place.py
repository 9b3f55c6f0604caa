"""How places and findings are named for machines: paths from the project's folder, addresses, fingerprints."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from hashlib import sha256
from urllib.parse import quote

from siglum.check.reports.look import Look
from siglum.text.diagnostic import Finding

_DRIVE = re.compile(r"[A-Za-z]:/")
_LINE = re.compile(r"\bline \d+")


def path(name: str, look: Look) -> str:
    """A file as seen from the folder in which siglum runs: without `./`; from the top only where it lies elsewhere."""
    plain = posixpath.normpath(name) if name else name
    here = look.here.rstrip("/") + "/"
    return plain[len(here) :] if look.here and plain.startswith(here) else plain


def is_absolute(name: str) -> bool:
    """Whether a path is from the top, also where that is a drive."""
    return name.startswith("/") or _DRIVE.match(name) is not None


def address(name: str, look: Look) -> str:
    """The same as a URI reference (RFC 3986): relative wherever it can be."""
    plain = path(name, look)
    if is_absolute(plain):
        return "file://" + quote(plain if plain.startswith("/") else f"/{plain}", safe="/:")
    escaped = quote(plain)
    return f"./{escaped}" if ":" in escaped.partition("/")[0] else escaped


class Fingerprints:
    """Names for the findings of one file that stay the same while lines are added or removed around them."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """What the finding says and of which file, and the how manieth of its like it is there."""
        said = "\0".join((path(finding.path, self._look), finding.code, _LINE.sub("line", finding.message)))
        self._seen[said] += 1
        return sha256(f"{said}\0{self._seen[said]}".encode()).hexdigest()[:32]
