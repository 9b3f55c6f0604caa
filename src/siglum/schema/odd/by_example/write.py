"""An ODD by example as a document: prose for the reader, a section for each module, the schemaSpec at the end.

Counts stand in comments, so that nothing has to be taken out of a `desc` when a real description is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import TextWrapper
from xml.sax.saxutils import escape, quoteattr

from siglum.schema.odd.by_example.choose import Amount, Plan, Used, Values
from siglum.version import __version__

_WIDTH = 110
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def write_odd(plan: Plan, ident: str, most: int) -> str:
    """The document. `ident`: the name of the schema; `most`: how many values a closed list may have."""
    parts = (
        _write_header(plan, ident),
        _describe_reading(plan, most),
        *_describe_unknown(plan),
        *_write_classes(plan),
        *(_write_module(module, used) for module, used in plan.modules if used),
        _write_schema(plan, ident),
    )
    return "\n\n".join(parts) + "\n    </body>\n  </text>\n</TEI>\n"


def _write_header(plan: Plan, ident: str) -> str:
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>{escape(ident)}: a customisation of TEI</title>
      </titleStmt>
      <publicationStmt>
        <p>Unpublished.</p>
      </publicationStmt>
      <sourceDesc>
        <p>Made by siglum {__version__} from {_describe_files(plan.files)}, on TEI P5 {escape(plan.version)}.</p>
      </sourceDesc>
    </fileDesc>
  </teiHeader>
  <text>
    <body>"""


def _describe_reading(plan: Plan, most: int) -> str:
    elements = sum(len(used) for _, used in plan.modules)
    times = sum(each.amount.times for _, used in plan.modules for each in used)
    lists = "No list of values was made." if not most else (
        f"Attributes that are made for a set of values have a list of those that occur. The list is closed where there are"
        f" at most {most}, and they are repeated; otherwise it gives examples, and other values are allowed."
    )  # fmt: skip
    return _write_division(
        "What this is",
        _write_paragraph(
            f"This customisation allows what occurs in {_describe_files(plan.files)}: {_format_count(elements, 'element')} of"
            f" TEI, {_format_count(times, 'time')}. Elements that do not occur are not taken in. An attribute that no element"
            " of a class has is taken from the class; one that only some have, from the others."
        ),
        _write_paragraph(lists),
        _write_paragraph(
            "The numbers in the comments say how often something occurs, and in how many files. To go on: say what each"
            " element is for, in its section; allow again what is missing by chance only (delete its attDef with"
            " mode=delete, or add its name to the moduleRef); close the lists that should be closed; remove the comments."
        ),
    )


def _describe_unknown(plan: Plan) -> Iterator[str]:
    """What is in the files and not in TEI."""
    if plan.strange:
        items = (f"          <item>{escape(said)}: {_describe_amount(amount)}</item>" for said, amount in plan.strange)
        said = _write_paragraph(
            "This occurs in the files, and TEI does not have it or does not allow it; the schema does not allow it"
            " either. Mend the files, or add a specification (mode=add) for what is meant. What stands inside of an"
            " element that takes in other vocabularies, such as xenoData or egXML, is allowed as it is."
        )
        yield _write_division("What is not of TEI", said, "\n".join(("        <list>", *items, "        </list>")))


def _write_classes(plan: Plan) -> Iterator[str]:
    if plan.classes:
        specs = (_write_class_spec(name, deleted) for name, deleted in plan.classes)
        said = _write_paragraph("Attributes that no element of a class uses.")
        yield _write_division("Attribute classes", said, _write_group("classes", specs))


def _write_class_spec(name: str, deleted: tuple[str, ...]) -> str:
    return (
        f'          <classSpec ident="{name}" type="atts" mode="change">\n{_write_att_list((), deleted)}          </classSpec>'
    )


def _write_module(module: str, used: Iterable[Used]) -> str:
    used = tuple(used)
    amounts = ", ".join(f"{each.ident} {_format_number(each.amount.times)}" for each in used)
    said = _write_paragraph(f"Elements of this module, with how often they occur: {amounts}.")
    specs = [_write_element_spec(each) for each in used]
    return _write_division(f"The module {module}", said, _write_group(f"{module}-specs", specs))


def _write_element_spec(used: Used) -> str:
    about = f"{used.ident}: {_describe_amount(used.amount)}"
    if used.attributes:
        shown = (
            f"@{ident} {_format_number(amount.times)}{_describe_required(used, amount)}" for ident, amount in used.attributes
        )
        about += f"; attributes: {', '.join(shown)}"
    comment = _fill_lines(f"<!-- {about} -->", 10, 15)
    if not (used.deleted or used.lists):
        return comment
    return (
        f'{comment}\n          <elementSpec ident="{used.ident}" mode="change">\n'
        f"{_write_att_list(used.lists, used.deleted)}          </elementSpec>"
    )


def _describe_required(used: Used, amount: Amount) -> str:
    return " (always)" if amount.times == used.amount.times else ""


def _write_att_list(lists: Iterable[Values], deleted: Iterable[str]) -> str:
    """Lists of values first, one below the other; deletions fill lines."""
    gone = " ".join(f'<attDef·ident="{each}"·mode="delete"/>' for each in deleted)
    filled = _fill_lines(gone, 14, 14).replace("·", " ") + "\n" if gone else ""
    return f"            <attList>\n{''.join(map(_write_values, lists))}{filled}            </attList>\n"


def _write_values(values: Values) -> str:
    kind = "closed" if values.closed else "open"
    items = "".join(
        f"{' ' * 18}<valItem ident={quoteattr(value)}/> <!-- {_describe_amount(amount)} -->\n" for value, amount in values.items
    )
    more = f"{' ' * 18}<!-- and {_format_count(values.left_out, 'other value')} -->\n" if values.left_out else ""
    return (
        f'              <attDef ident="{values.attribute}" mode="change">\n'
        f'                <valList type="{kind}" mode="{values.mode}">\n{items}{more}'
        "                </valList>\n              </attDef>\n"
    )


def _write_schema(plan: Plan, ident: str) -> str:
    number = _NUMBER.match(plan.version)  # TEI's server knows drafts (4.9.0a) by the release they became
    source = f' source="tei:{number.group()}"' if number else ""
    groups = ["classes"] * bool(plan.classes) + [f"{module}-specs" for module, used in plan.modules if used]
    lines = [
        f'        <schemaSpec ident="{ident}" start="{" ".join(plan.roots)}"{source}>',
        *(_write_module_ref(module, used) for module, used in plan.modules),
        *(f'          <classRef key="{each}"/>' for each in plan.single),
        *(f'          <specGrpRef target="#{each}"/>' for each in groups),
        "        </schemaSpec>",
    ]
    said = _write_paragraph("The modules, with the elements that are taken from each, and the changes of the sections above.")
    return _write_division("The schema", said, "\n".join(lines))


def _write_module_ref(module: str, used: tuple[Used, ...]) -> str:
    """The module tei is taken in whole: it has no elements, or hardly any, and all others rest on it."""
    if not used:
        return f'          <moduleRef key="{module}"/>'
    names = " ".join(each.ident for each in used)
    opened = f'          <moduleRef key="{module}"\n'
    return opened + _fill_lines(f'include="{names}"/>', 12, 14)


# Pieces


def _fill_lines(text: str, first: int, others: int) -> str:
    """Lines that are not too long, indented by so many spaces; names are never broken."""
    filler = TextWrapper(_WIDTH, " " * first, " " * others, break_long_words=False, break_on_hyphens=False)
    return filler.fill(text)


def _write_division(head: str, *content: str) -> str:
    return "\n".join((f"      <div>\n        <head>{escape(head)}</head>", *content, "      </div>"))


def _write_paragraph(text: str) -> str:
    return _fill_lines(f"<p>{escape(text)}</p>", 8, 10)


def _write_group(ident: str, specs: Iterable[str]) -> str:
    return "\n".join((f'        <specGrp xml:id="{ident}">', *specs, "        </specGrp>"))


def _describe_amount(amount: Amount) -> str:
    return f"{_format_number(amount.times)} in {_describe_files(amount.files)}"


def _describe_files(number: int) -> str:
    return _format_count(number, "file")


def _format_count(number: int, noun: str) -> str:
    return f"{_format_number(number)} {noun}{'' if number == 1 else 's'}"


def _format_number(number: int) -> str:
    return f"{number:,}"
