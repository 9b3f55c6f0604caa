"""The Markdown writer: CommonMark 0.31 with footnotes (`[^1]`) and pipe tables, as GitHub, GitLab and pandoc read it.

A paragraph is one line. Where CommonMark has no syntax (small capitals, link targets, emphasis next to a bracket inside a
word), the writer uses inline HTML. All text is escaped.
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
    """The YAML at the top; empty fields are omitted."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def write(tree: Tree, front: FrontMatter | None = None, links: Links | None = None) -> str:
    """Write the text with a final line break; "" for an empty text without front matter. `links` knows ids in other files."""
    parts = [_render_yaml(front) if front is not None else "", Blocks(tree, links or Links()).text()]
    return "\n\n".join(part for part in parts if part) + "\n" if any(parts) else ""


def _render_yaml(front: FrontMatter) -> str:
    lines = [f"title: {_quote(front.title)}"] if front.title else []
    if front.authors:
        lines += ["author:", *(f"  - {_quote(author)}" for author in front.authors)]
    lines += [f"lang: {_quote(front.language)}"] if front.language else []
    return "\n".join(["---", *lines, "---"])


def _quote(text: str) -> str:
    """A double-quoted string (YAML 1.2, 7.3.1): JSON, with a few more characters escaped."""
    return _BREAKS_OF_YAML.sub(lambda found: f"\\u{ord(found.group()):04X}", json.dumps(text, ensure_ascii=False))
