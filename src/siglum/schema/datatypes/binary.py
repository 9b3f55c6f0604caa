"""Binary values (XML Schema Part 2, sections 3.2.15 `hexBinary` and 3.2.16 `base64Binary`): text to octets."""

from __future__ import annotations

from binascii import a2b_base64

from siglum.schema.datatypes.lazily import whole

_hex = whole("(?:[0-9A-Fa-f]{2})*")
_base64 = whole("[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?")


def hex_binary(text: str) -> bytes | None:
    return bytes.fromhex(text) if _hex(text) else None


def base64_binary(text: str) -> bytes | None:
    """Single spaces may stand between the characters; the bits left over at the end must be zero."""
    packed = text.replace(" ", "")
    if len(packed) % 4 or _base64(packed) is None:
        return None
    return a2b_base64(packed)
