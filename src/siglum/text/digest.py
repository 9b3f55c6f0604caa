"""What tells the content of a file from any other: BLAKE2b, 32 bytes, in hexadecimal.

It is taken from the interpreter itself: `hashlib` loads OpenSSL first, which costs every run 2 ms.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - an interpreter without it
    from hashlib import blake2b


def digest(data: bytes) -> str:
    """The digest of bytes in one piece."""
    return digest_pieces((data,))


def digest_pieces(pieces: Iterable[bytes]) -> str:
    """The digest of bytes that come one after another."""
    whole = blake2b(digest_size=32)
    for piece in pieces:
        whole.update(piece)
    return whole.hexdigest()


def checkout(top: Path) -> str:
    """For a checkout, in which siglum changes under its version: a digest of when the modules below `top` did.

    Empty where siglum is installed: there its version tells.
    """
    if {"site-packages", "dist-packages"} & set(top.parts):
        return ""
    import pkgutil  # not for users

    times: list[int] = []
    folders = [top]
    for folder in folders:  # grows while it is read
        for each in pkgutil.iter_modules([str(folder)]):
            file = folder / each.name / "__init__.py" if each.ispkg else folder / f"{each.name}.py"
            folders += [file.parent] if each.ispkg else []
            with suppress(OSError):
                times.append(file.stat().st_mtime_ns)
    return digest(repr(sorted(times)).encode())
