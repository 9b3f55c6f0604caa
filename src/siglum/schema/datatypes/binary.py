"""Binary values (XML Schema Part 2, sections 3.2.15 `hexBinary` and 3.2.16 `base64Binary`): parse text into octets."""

from __future__ import annotations

from binascii import a2b_base64

from siglum.schema.datatypes.lazy_regex import match_whole

_hex = match_whole("(?:[0-9A-Fa-f]{2})*")
_base64 = match_whole("[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?")


def read_hex(text: str) -> bytes | None:
    return bytes.fromhex(text) if _hex(text) else None


def read_base64(text: str) -> bytes | None:
    """Parse base64. Single spaces may separate characters; the unused bits at the end must be zero."""
    packed = text.replace(" ", "")
    if len(packed) % 4 or _base64(packed) is None:
        return None
    return a2b_base64(packed)
