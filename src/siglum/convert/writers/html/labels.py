"""The labels of a page, from labels.txt: in the language of the document, otherwise in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from siglum.convert.writers.html.markup import element, text
from siglum.text.files import read_packaged
from siglum.text.frozen import frozen
from siglum.text.language import normalize_tag, primary_language, text_direction

_FALLBACK = "en"


@frozen
class Labels:
    """The labels for one language: `own`, and where these lack a key, `english`."""

    language: str
    own: Mapping[str, str]
    english: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.own.get(key) or self.english[key]

    def get(self, key: str, other: str) -> str:
        """The label of a key, or `other` for an unknown key."""
        return self.own.get(key) or self.english.get(key, other)

    def foreign(self, key: str) -> str:
        """The language of a label that is not in the language of the document; otherwise empty."""
        return _FALLBACK if key in self.english and key not in self.own and self.language != _FALLBACK else ""


def read_labels(language: str) -> Labels:
    """The labels for a document, given its language tag as the document writes it."""
    spoken = primary_language(normalize_tag(language))
    english = _tables()[_FALLBACK]
    return Labels(spoken or _FALLBACK, _tables().get(spoken, {}) if spoken else english, english)


def render_label(labels: Labels, key: str) -> str:
    """A label as HTML, with `lang` if it is not in the language of the document."""
    foreign = labels.foreign(key)
    return element("span", text(labels[key]), lang=foreign, dir=text_direction(foreign)) if foreign else text(labels[key])


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in read_packaged("convert", "writers", "html", "labels.txt").splitlines():
        if line.startswith("["):
            section = tables.setdefault(line.strip("[] "), {})
        elif line and not line.startswith("#"):
            key, _, label = line.partition("=")
            section[key.strip()] = label.strip()
    return tables
