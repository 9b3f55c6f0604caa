"""What a page holds: its words by place, its ids and links, and everything that HTML forbids in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

_VOID = frozenset({"br", "meta", "input", "img", "link", "hr", "wbr"})
_PHRASING_ONLY = frozenset("p span q a h1 h2 h3 h4 h5 h6 i b u s sup sub pre abbr code".split())
_BLOCKS = frozenset(
    """p div section figure figcaption blockquote ul ol li table tr td th caption h1 h2 h3 h4 h5 h6 main header footer nav
    details dl pre""".split()
)
_VALUE = r"[a-z0-9#%., -]+|oklch\(from [a-z0-9#%., ()-]+ var\(--look(?:-ground)?, l\) c h / [0-9.]+\)"
_HARMLESS = re.compile(rf"[a-z-]+: (?:{_VALUE})(?:; [a-z-]+: (?:{_VALUE}))*;?")
"""Declarations of words, lengths and colours, without addresses and other functions."""
_BESIDE_THE_TEXT = frozenset({"head", "style", "script", "nav"})
_BESIDE_CLASSES = frozenset({"s-beside", "s-masthead", "s-after", "s-skip"})


@dataclass
class Outline(HTMLParser):
    """Feed it a page, or a fragment, where elements may be `styled` one by one."""

    styled: bool = False
    words: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    scripts: int = 0
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.faults += [f"{tag} has {key}" for key in given if key.startswith("on")]
        if "style" in given and not (self.styled and _HARMLESS.fullmatch(given["style"])):
            self.faults.append(f"{tag} has the style {given['style']!r}")
        for key in ("href", "src", "action", "data"):
            if key in given:
                self.addresses.append(given[key])
        if given.get("href", "").startswith("#"):
            self.targets.append(unquote(given["href"][1:]))
        self.scripts += tag == "script"
        above = [each for each, _ in self._open]
        if tag in _BLOCKS:
            self.faults += [f"{tag} in {each}" for each in above if each in _PHRASING_ONLY]
        if tag == "a":
            self.faults += ["a in a"] * above.count("a")
        if any(character.isspace() for character in given.get("id", "")):
            self.faults.append(f"white space in the id {given['id']!r}")
        if tag not in _VOID:
            hidden = tag in _BESIDE_THE_TEXT or bool(_BESIDE_CLASSES.intersection(given.get("class", "").split()))
            self._open.append((tag, hidden or (bool(self._open) and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1][0] if self._open else 'nothing'}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1][1]:
            self.words.append(data)

    @property
    def text(self) -> str:
        """The words of the text and its notes, each once."""
        return "".join(self.words)

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be: forbidden nesting, doubled ids, links into nothing."""
        doubled = [f"doubled id {each}" for each in dict.fromkeys(self.ids) if self.ids.count(each) > 1]
        lost = [f"no target for #{each}" for each in self.targets if each not in self.ids]
        return [*self.faults, *doubled, *lost, *(f"<{tag}> is not closed" for tag, _ in self._open)]


def outline(page: str, *, styled: bool = False) -> Outline:
    """The outline of a whole page, or of a fragment."""
    found = Outline(styled)
    found.feed(page)
    found.close()
    return found
