"""The theme of a page: style sheets of the user, and a template, which is an HTML file with slots such as `{{notes}}`.

The default template is page.html. A line that has only empty slots is removed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from siglum.convert.writers.html.markup import address, attributes, join
from siglum.convert.writers.html.rules import Rule, render_rules
from siglum.convert.writers.html.scope import SCOPE, scope_rules
from siglum.errors import SiglumError
from siglum.text.files import DISK, read_packaged
from siglum.text.frozen import frozen
from siglum.text.spelling import suggest

_SLOT = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
_NEEDED = ("text", "notes")
"""Slots that a template must have: without them, the page would lose text."""


@frozen
class Theme:
    """CSS to embed, addresses of style sheets to link to, and a template; messages call it `template_name`."""

    css: str = ""
    links: tuple[str, ...] = ()
    template: str = ""
    template_name: str = "template"


def read(styles_: Sequence[str], template: Path | None) -> Theme:
    """Read the files of a theme. Style sheets are files to embed, or http(s) addresses to link to."""
    links = tuple(render_rules for render_rules in styles_ if render_rules.lower().startswith(("http://", "https://")))
    css = "\n".join(DISK.read(Path(render_rules)).text.strip() for render_rules in styles_ if render_rules not in links)
    if template is None:
        return Theme(css, links)
    return Theme(css, links, DISK.read(template).text or " ", template.as_posix())  # an empty template is a template


def read_own_style() -> str:
    """Siglum's own style sheets for the text and the page."""
    return join([_packaged("text.css"), _packaged("page.css")])


def build_fragment_style(theme: Theme, rules: Sequence[Rule] = ()) -> str:
    """Build the style sheet for fragments. Its rules apply to nothing else in a page."""
    parts = [_packaged("fragment.css"), scope_rules(_packaged("text.css")), render_rules(rules, under=SCOPE), theme.css.strip()]
    return join(parts) + "\n"


def _packaged(name: str) -> str:
    return read_packaged("convert", "writers", "html", name).rstrip()


def build_style_elements(theme: Theme, rules: str = "") -> str:
    """The style elements of a head: siglum's own, those of the models, then the user's, which take precedence."""
    embedded = [f"<style>\n{_escape_css(css)}\n</style>" for css in (read_own_style(), rules, theme.css.strip()) if css]
    links = [f"<link{attributes(rel='stylesheet', href=address(link))}>" for link in theme.links if address(link)]
    return join([*embedded, *links])


def _escape_css(css: str) -> str:
    r"""CSS that cannot end the element it stands in (HTML, 13.1.2.6); in strings and comments `\/` is `/`."""
    return re.sub(r"</(?=style)", r"<\\/", css, flags=re.IGNORECASE)


def find_slots(theme: Theme) -> frozenset[str]:
    """The names of the slots in the template."""
    return frozenset(_SLOT.findall(_template(theme)))


def _template(theme: Theme) -> str:
    return theme.template or read_packaged("convert", "writers", "html", "page.html")


def fill(theme: Theme, slots: Mapping[str, str]) -> str:
    """Fill the slots of the template. Raises SiglumError for an unknown slot, or if a necessary slot is missing."""
    template = _template(theme)
    _check(template, theme.template_name, slots)
    lines = (line for line in template.split("\n") if not _has_empty_slots(line, slots))
    return "\n".join(_SLOT.sub(lambda slot: slots[slot[1]], line) for line in lines)


def _has_empty_slots(line: str, slots: Mapping[str, str]) -> bool:
    found = _SLOT.findall(line)
    return bool(found) and not _SLOT.sub("", line).strip() and not any(slots[slot] for slot in found)


def _check(template: str, named: str, slots: Mapping[str, str]) -> None:
    found: list[str] = []
    for number, line in enumerate(template.split("\n"), start=1):
        for slot in _SLOT.findall(line):
            if slot not in slots:
                raise _unknown(slot, f"{named}:{number}", slots)
            found.append(slot)
    for slot in _NEEDED:
        if slot not in found:
            raise SiglumError(
                f"the template has no slot {{{{{slot}}}}}, so the page would lose text of the document",
                where=named,
                help=f"put {{{{{slot}}}}} where this text belongs",
            )


def _unknown(slot: str, where: str, slots: Sequence[str] | Mapping[str, str]) -> SiglumError:
    near = suggest(slot, slots)
    meant = f"did you mean {{{{{near[0]}}}}}?" if near else f"slots are {', '.join(sorted(slots))}"
    return SiglumError(f"there is no slot {{{{{slot}}}}}", where=where, help=meant)
