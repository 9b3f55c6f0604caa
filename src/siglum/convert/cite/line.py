"""Put text on one line, for formats in which a line break ends a field."""

from __future__ import annotations

import re

from siglum.text.tei import squeeze

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def one_line(text: str) -> str:
    """Replace every kind of line break by a space and remove control characters."""
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text
    return squeeze(_CONTROLS.sub("", _BREAKS.sub(" ", text)))
