"""The words of the page that are not the text's: in the document's language, else in English. Their table is labels.txt."""

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
    """What is called what on a page in one language; `own` has all that is said in it, `english` the rest."""

    language: str
    own: Mapping[str, str]
    english: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.own.get(key) or self.english[key]

    def get(self, key: str, other: str) -> str:
        """What the key is called, or `other` where it is no key."""
        return self.own.get(key) or self.english.get(key, other)

    def foreign(self, key: str) -> str:
        """The language in which the key is said, where that is not the document's."""
        return _FALLBACK if key in self.english and key not in self.own and self.language != _FALLBACK else ""


def read_labels(language: str) -> Labels:
    """The words for a document in a language, by its tag as the document has it."""
    spoken = primary_language(normalize_tag(language))
    english = _tables()[_FALLBACK]
    return Labels(spoken or _FALLBACK, _tables().get(spoken, {}) if spoken else english, english)


def render_label(labels: Labels, key: str) -> str:
    """The page's word for a key as HTML, with its language where that is not the document's."""
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
