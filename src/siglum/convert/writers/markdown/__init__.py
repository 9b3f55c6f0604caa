"""Markdown: CommonMark 0.31 with footnotes (`[^1]`) and pipe tables, as GitHub, GitLab, pandoc and most site makers read it.

A paragraph is one line. Where CommonMark has no sign (small capitals, a target for a link, emphasis inside a word that ends
in a bracket), HTML's inline elements stand, which it lets pass. All text is escaped: it reads as it stands in the tree.
"""

from __future__ import annotations

import json
import re

from siglum.convert.reading.tree import Tree
from siglum.convert.writers.links import Links
from siglum.convert.writers.markdown.blocks import Blocks
from siglum.text.frozen import frozen

_BREAKS_OF_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


@frozen
class FrontMatter:
    """What stands in the YAML at the top: what is empty is left out."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def write(tree: Tree, front: FrontMatter | None = None, links: Links | None = None) -> str:
    """The text, ending in a line break (empty for an empty text without front matter)."""
    parts = [_render_yaml(front) if front is not None else "", Blocks(tree, links or Links()).text()]
    return "\n\n".join(part for part in parts if part) + "\n" if any(parts) else ""


def _render_yaml(front: FrontMatter) -> str:
    lines = [f"title: {_quote(front.title)}"] if front.title else []
    if front.authors:
        lines += ["author:", *(f"  - {_quote(author)}" for author in front.authors)]
    lines += [f"lang: {_quote(front.language)}"] if front.language else []
    return "\n".join(["---", *lines, "---"])


def _quote(text: str) -> str:
    """A string between double quotation marks (YAML 1.2, 7.3.1), where JSON's escapes hold but for a few characters."""
    return _BREAKS_OF_YAML.sub(lambda found: f"\\u{ord(found.group()):04X}", json.dumps(text, ensure_ascii=False))
