"""Siglum's own models for users to read, copy and change: `default.odd`, whole or for some elements, as it is written."""

from __future__ import annotations

import re
from collections.abc import Collection

from siglum.convert.reading.editorial import CLAUSES
from siglum.convert.reading.processing_model.default import FOLDER
from siglum.text.files import read_packaged
from siglum.text.spelling import suggest

_PART = re.compile(
    r'^ *<moduleRef key="(?P<module>[\w-]+)"/>|^(?P<spec> *<elementSpec ident="(?P<name>[^"]+)".*?</elementSpec>)$',
    re.MULTILINE | re.DOTALL,
)
_ODD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>How siglum renders {names}</title></titleStmt>
      <publicationStmt><p>Part of siglum, under its licence.</p></publicationStmt>
      <sourceDesc><p>The models that siglum has of its own.</p></sourceDesc>
    </fileDesc>
  </teiHeader>
  <text>
    <body>
      <p>Change what is to be otherwise, and put it into the ODD of the edition.{apart}</p>
      <schemaSpec ident="siglum" start="TEI">
{specs}
      </schemaSpec>
    </body>
  </text>
</TEI>
"""
_APART = (
    " Of {names} this is not all: signs, sides and readings are printed as they are asked for, until the edition has models"
    " for them."
)


class UnknownElementError(LookupError):
    """TEI has no such element (`name`); `near` are names that it might be."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        super().__init__(name)
        self.name = name
        self.near = tuple(suggest(name, sorted(known)))


def odd(elements: Collection[str] = ()) -> str:
    """The ODD with the models of these elements in the order of TEI's modules; of all if none is named.

    Raises UnknownElementError.
    """
    written = read_packaged(*FOLDER, "default.odd")
    if not elements:
        return written
    found: dict[str, list[str]] = {}
    known: dict[str, str] = {}
    module = ""
    for part in _PART.finditer(written):
        module = part["module"] or module
        if part["name"]:
            known[part["name"]] = module
        if part["name"] in elements:
            found.setdefault(module, []).append(part["spec"])
    for element in elements:
        if element not in known:
            raise UnknownElementError(element, known)
    specs = [line for key, those in found.items() for line in (f'        <moduleRef key="{key}"/>', *those)]
    apart = [element for element in elements if element in CLAUSES]
    said = _APART.format(names=", ".join(apart)) if apart else ""
    return _ODD.format(names=", ".join(dict.fromkeys(elements)), apart=said, specs="\n".join(specs))
