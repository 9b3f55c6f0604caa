"""Digests of contents: BLAKE2b, 32 bytes, in hexadecimal.

`_blake2` comes from the interpreter. `hashlib` would load OpenSSL, which takes 2 ms of every run.
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
    return digest_pieces((data,))


def digest_pieces(pieces: Iterable[bytes]) -> str:
    whole = blake2b(digest_size=32)
    for piece in pieces:
        whole.update(piece)
    return whole.hexdigest()


def digest_checkout(top: Path) -> str:
    """Digest the modification times of the modules below `top`, for caches: in a checkout, siglum changes without its version.

    Returns an empty string for an installed siglum, which its version identifies.
    """
    if {"site-packages", "dist-packages"} & set(top.parts):
        return ""
    import pkgutil  # slow to import, and not needed by an installed siglum

    times: list[int] = []
    folders = [top]
    for folder in folders:  # grows while it is read
        for module in pkgutil.iter_modules([str(folder)]):
            file = folder / module.name / "__init__.py" if module.ispkg else folder / f"{module.name}.py"
            folders += [file.parent] if module.ispkg else []
            with suppress(OSError):
                times.append(file.stat().st_mtime_ns)
    return digest(repr(sorted(times)).encode())
