"""What a reader of Markdown sees: the words of a text as an independent parser understands it (markdown-it-py, CommonMark)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_PARSER = MarkdownIt("commonmark", {"maxNesting": 500}).enable("table").use(footnote_plugin)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""

    def handle_data(self, data: str) -> None:
        self.found += data


def words(markdown: str) -> str:
    """Every character of the text and its notes that is shown, descriptions of pictures too; labels of notes are not."""
    return "".join(_words(_PARSER.parse(markdown)))


def kinds(markdown: str) -> Counter[str]:
    """How often each kind of element opens or stands: `h1`, `em`, `blockquote`, `footnote`, `hardbreak`."""
    tokens = list(_all(_PARSER.parse(markdown)))
    return Counter(each.tag or each.type.removesuffix("_open") for each in tokens if each.nesting >= 0 and each.type != "text")


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "html_block":
            yield _of_html(token.content)
        elif token.children:
            yield from _words(token.children)
        elif token.type in {"softbreak", "hardbreak"} or token.type.endswith("_close"):
            yield "\n"
        elif token.type not in {"html_inline", "footnote_ref", "footnote_anchor"}:
            yield token.content


def _of_html(content: str) -> str:
    reader = _Words()
    reader.feed(content)
    reader.close()
    return reader.found


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])
