"""The addresses of TEI's customisations: on its site, in the Vault of releases, on its build server."""

from __future__ import annotations

import re

from siglum.text.frozen import frozen

CARRIED = ("tei_all", "tei_bare", "tei_drama", "tei_lite", "tei_minimal")
"""The customisations that siglum can compile from `tables`; tei_all needs no table."""
CURRENT = "current"
_SITE = r"(?:https?:)?//(?:(?:www|vault|jenkins\d*)\.)?tei-c\.(?:org|de)(?::\d+)?/"
_FOLDER = r"(?:.*/)?(?:custom|exemplars)/(?:schema/relaxng|odd)/"
_ADDRESS = re.compile(rf"{_SITE}(?P<path>{_FOLDER}(?P<name>[A-Za-z][\w-]*)\.(?:rng|rnc|odd))(?:[?#].*)?", re.IGNORECASE)
_VERSION = re.compile(r"(?:^|/)p5/(\d[^/]*)/", re.IGNORECASE)


@frozen
class CustomisationAddress:
    """A TEI customisation and the release in its address; `current` means the newest release."""

    name: str
    version: str = CURRENT

    @property
    def is_carried(self) -> bool:
        return self.name in CARRIED

    @property
    def odd(self) -> str:
        """The address of its ODD."""
        return f"https://www.tei-c.org/Vault/P5/{self.version}/xml/tei/custom/odd/{self.name}.odd"

    @property
    def remedy(self) -> str:
        """The way to get the named release; siglum can compile only tei_all from any release."""
        if self.name == "tei_all":
            at = f"https://www.tei-c.org/Vault/P5/{self.version}/xml/tei/odd/p5subset.xml"
            return f"fetch {at} and add it with `siglum p5 add p5subset.xml`"
        return f"fetch {self.odd} and name that with --schema"


def find_customisation(address: str) -> CustomisationAddress | None:
    """Recognise an address of TEI's: with or without www, below release/, in the Vault or on the build server."""
    match = _ADDRESS.fullmatch(address.strip())
    if match is None:
        return None
    version = _VERSION.search(f"/{match['path']}")
    return CustomisationAddress(match["name"], version[1] if version else CURRENT)
