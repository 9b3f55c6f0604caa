"""The style rules that the models of an ODD ask for (`outputRendition`; Guidelines, 22.5.4.4).

The reading tree already has some declarations: marks before and after, the style of phrases. They are not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from siglum.convert.reading.processing_model.looks import read_styles
from siglum.convert.reading.tree import Omission
from siglum.convert.writers.html.markup import classes
from siglum.convert.writers.html.rules import SCOPES, Rule, split_safe
from siglum.schema.odd.models import Model, ModelGrp, ModelSequence, Rendering, Rendition
from siglum.schema.odd.models import Rule as ModelRule
from siglum.text import css

_NOT_TAKEN = "what an outputRendition says that a page cannot take (no addresses, no rules inside; scopes are {scopes})"
_IN_THE_LINE = frozenset({"inline", "link"})
"""The behaviours whose style is part of the reading tree."""


def build_rules(rendering: Rendering) -> tuple[Rule, ...]:
    """The rules of all models that apply to HTML."""
    return tuple(
        rule
        for element, model in _models(rendering)
        for rendition in model.renditions
        if rendition.scope in SCOPES
        for rule in _rules(classes(f"tei-{element}{model.number}"), model, rendition)
    )


def find_omissions(rendering: Rendering) -> Iterator[Omission]:
    """Report the declarations of the models that no rule contains."""
    reason = _NOT_TAKEN.format(scopes=", ".join(sorted(SCOPES - {""})))
    for _, model in _models(rendering):
        for rendition in model.renditions:
            refused = split_safe(rendition.css)[1] if rendition.scope in SCOPES else [f"{rendition.scope}: {rendition.css}"]
            for written in refused:
                yield Omission(reason, written, rendition.place.path, rendition.place.line)


def _models(rendering: Rendering) -> Iterator[tuple[str, Model]]:
    for element, found in rendering.rules.items():
        yield from ((element, model) for model in _models_for_pages(found))


def _models_for_pages(found: Iterable[ModelRule]) -> Iterator[Model]:
    for rule in found:
        if rule.outputs and "web" not in rule.outputs:
            continue
        match rule:
            case Model():
                yield rule
            case ModelSequence() | ModelGrp():
                yield from _models_for_pages(rule.models)


def _rules(name: str, model: Model, rendition: Rendition) -> Iterator[Rule]:
    declarations, _ = split_safe(rendition.css)
    if rendition.scope in {"before", "after"} and css.read_strings(dict(declarations).get("content", "")):
        return  # the reading tree has this content as text
    in_tree = [pair for pair in declarations if model.behaviour in _IN_THE_LINE and _is_in_tree(model, rendition, pair)]
    yield from _rule(name, [pair for pair in declarations if pair not in in_tree], rendition.scope)
    yield from _rule(name, in_tree, rendition.scope, of_blocks=True)


def _rule(name: str, declarations: list[tuple[str, str]], scope: str, *, of_blocks: bool = False) -> Iterator[Rule]:
    if declarations:
        yield Rule(name, " ".join(f"{key}: {value};" for key, value in declarations), scope, of_blocks)


def _is_in_tree(model: Model, rendition: Rendition, declaration: tuple[str, str]) -> bool:
    return bool(read_styles(replace(model, renditions=(replace(rendition, css=": ".join(declaration)),))))
