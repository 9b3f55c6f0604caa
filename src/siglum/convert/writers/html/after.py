"""The lists after the text: description of the manuscript, corrections and signs, names, citation, about the edition."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import groupby

from siglum.convert.manuscript import GROUPS, Fact
from siglum.convert.writers.html.body import Body
from siglum.convert.writers.html.labels import render_label
from siglum.convert.writers.html.markup import address, attributes, element, isolate, join, text
from siglum.convert.writers.html.page import Citation, Page, Record
from siglum.convert.writers.html.page_index import Correction, Place

_KINDS = ("person", "org", "place", "bibl")
_FEW = 40
"""A list with more corrections is collapsed."""


class After:
    """Writes the lists of a page after `body` has written the text; `in_text` are the ids in the text."""

    def __init__(self, body: Body, page: Page, in_text: frozenset[str]) -> None:
        self.body = body
        self.page = page
        self.in_text = in_text
        self.index = body.index
        self.ids = body.ids
        self.setting = body.setting
        self.level = body.setting.shape.level
        self.lower = body.setting.shape.below(1)

    def _label(self, key: str) -> str:
        return render_label(self.body.labels, key) if self.body.labels.get(key, "") else text(key[:1].upper() + key[1:])

    def _section(self, name: str, title: str, parts: list[str], **more: str) -> str:
        """Write a section with its heading, or nothing if all parts are empty."""
        content = join([element(f"h{self.level}", self._label(title)), *parts])
        return f"<section{attributes(class_=f's-{name}', **more)}>\n{content}\n</section>" if any(parts) else ""

    # The manuscript

    def description(self) -> str:
        """Write the description of the manuscript, inscription or other object."""
        return join(self._section("description", fact.about, [self._facts(fact, self.lower)]) for fact in self.page.description)

    def _facts(self, fact: Fact, level: int) -> str:
        """Write facts as a description list, and groups of facts below headings."""
        self.index.begin(level - 1)
        said_ = self.body.blocks(fact.content)
        parts = [element("div", said_, class_="s-said") if said_ else ""]
        for is_group, facts in groupby(fact.parts, key=_is_group):
            if is_group:
                parts += [self._group(fact, level) for fact in facts]
            else:
                parts.append(element("dl", "\n" + join(self._term(fact, level) for fact in facts) + "\n"))
        return join(parts)

    def _group(self, fact: Fact, level: int) -> str:
        number = f" {text(fact.number)}" if fact.number else ""
        heading = element(f"h{level}", self._label(fact.about) + number)
        return join([heading, self._facts(fact, min(level + 1, 6))])

    def _term(self, fact: Fact, level: int) -> str:
        label = element("dt", self._label(fact.about) if fact.about else text(fact.number))
        return label + element("dd", self._facts(fact, level))

    # Corrections and signs

    def corrections(self) -> str:
        """Write the list of corrections with the replaced text, and the list of editorial signs."""
        found = self.index.corrections
        items = element("ul", "\n" + "\n".join(map(self._correction, found)) + "\n") if found else ""
        if len(found) > _FEW:
            items = f"<details>\n{element('summary', f'{len(found)}')}\n{items}\n</details>"
        return join([self._section("corrections", "corrections", [items]), self._signs()])

    def _correction(self, correction: Correction) -> str:
        called, _ = correction.place
        link = element("a", text(called or "↑"), href=self.ids.link_to(correction.id), class_="s-where")
        about = f" ({text(correction.about)})" if correction.about else ""
        return element("li", f"{link} {correction.reading} — {self._label('corrected from')}: {correction.source}{about}")

    def _signs(self) -> str:
        told: dict[tuple[str, str], list[str]] = {}
        for (kind, reason), count in sorted(self.index.signs.items()):
            sign = kind, self.index.shown[kind, reason]
            told.setdefault(sign, []).append(f"{reason} ({count})" if count > 1 else reason)
        rows = [element("dt", self._sign(*sign)) + element("dd", text("; ".join(reasons))) for sign, reasons in told.items()]
        return self._section("signs", "signs", [element("dl", "\n" + join(rows) + "\n") if rows else ""])

    def _sign(self, kind: str, shown: str) -> str:
        return element("span", text(shown), class_=self.setting.named(kind)) if kind == "unclear" else text(shown)

    # Names

    def register(self) -> str:
        """Write the register: the records that the text names or quotes, with their places."""
        sections = []
        for kind in _KINDS:
            records = [record for record in self.page.records if record.kind == kind and self._where(record)]
            if records:
                items = "\n".join(map(self._record, sorted(records, key=lambda record: record.label.casefold())))
                sections.append(f"{element(f'h{self.lower}', self._label(kind))}\n<ul>\n{items}\n</ul>")
        return self._section("register", "names", sections)

    def _where(self, record: Record) -> str:
        named = self._places(self.index.mentions.get(record.id, ()))
        quoted = self._places(
            (self.index.places[place], place) for place in self.page.quoted.get(record.id, ()) if place in self.index.places
        )
        told = f"{self._label('quoted')}: {quoted}" if quoted else ""
        link_addresses = record.id in self.index.mentions
        return " · ".join(part for part in (named, told) if part) or ("…" if link_addresses else "")

    def _places(self, places: Iterable[Place]) -> str:
        return ", ".join(
            f"<a{attributes(href=self.ids.link_to(where))}>{text(called)}</a>" for called, where in dict.fromkeys(places)
        )

    def _record(self, record: Record) -> str:
        facts = element("span", " · ".join(map(isolate, record.facts)), class_="s-said") if record.facts else ""
        where = self._where(record)
        shown = element("span", where, class_="s-where") if where != "…" else ""
        identifier = "" if record.id in self.in_text else self.ids.write(record.id)
        return element("li", " ".join(part for part in (isolate(record.label), facts, shown) if part), id=identifier)

    # The edition

    def cite(self) -> str:
        """How to cite the edition, in words and in files."""
        page = self.page
        if not page.reference and not page.citations:
            return ""
        reference = element("p", link_addresses(page.reference), id=self.ids.write(self.ids.make_unique("siglum-reference")))
        parts = [reference, *map(self._citation, page.citations)]
        return self._section("cite", "cite", parts, id=self.ids.write(self.ids.make_unique("siglum-cite")))

    def _citation(self, citation: Citation) -> str:
        data = b64encode(citation.content.encode("utf-8")).decode("ascii")
        target = f"data:{citation.media_type};base64,{data}"
        link = element("a", text(citation.filename), href=target, download=citation.filename)
        shown = element("pre", text(citation.content.rstrip()))
        saved = element("p", f"{self._label('download')}: {link}")
        return element("details", join(["", element("summary", text(citation.name)), shown, saved]) + "\n")

    def about(self) -> str:
        """Write the facts about the edition, and its editorial principles."""
        rows = [
            join([element("dt", label), *(element("dd", link_addresses(value)) for _, value in lines)])
            for label, lines in groupby(self._lines(), key=lambda line: line[0])
        ]
        facts = element("dl", "\n" + "\n".join(rows) + "\n") if rows else ""
        return self._section("about", "about", [facts, *self._principles()])

    def _lines(self) -> list[tuple[str, str]]:
        """Pairs of label (HTML) and text, grouped by label."""
        grouped: dict[str, list[tuple[str, str]]] = {}
        for label, value in self.page.about:
            if value:
                grouped.setdefault(label.casefold(), []).append((self._label(label), value))
        return [line for lines in grouped.values() for line in lines]

    def _principles(self) -> Iterator[str]:
        for title, nodes in self.page.principles:
            self.index.begin(self.level)
            content = element("div", self.body.blocks(nodes))
            yield f"<details>\n{element('summary', self._label(title))}\n{content}\n</details>"


def link_addresses(words: str) -> str:
    """Escape a text, and turn safe web addresses in it into links."""
    parts = []
    for word in words.split(" "):
        bare = word.rstrip(".,;)")
        target = address(bare) if bare.startswith(("http://", "https://")) else None
        parts.append(f"<a{attributes(href=target)}>{text(bare)}</a>{text(word[len(bare) :])}" if target else text(word))
    return " ".join(parts)


def _is_group(fact: Fact) -> bool:
    return fact.about in GROUPS.values()
