"""The addresses of TEI's customisations: on its site, in the Vault of its releases, at its build server."""

from __future__ import annotations

import re

from siglum.text.frozen import frozen

CARRIED = ("tei_all", "tei_bare", "tei_drama", "tei_lite", "tei_minimal")
"""The customisations that can be had; their tables are in `tables`, all of TEI needs none."""
CURRENT = "current"
_SITE = r"(?:https?:)?//(?:(?:www|vault|jenkins\d*)\.)?tei-c\.(?:org|de)(?::\d+)?/"
_FOLDER = r"(?:.*/)?(?:custom|exemplars)/(?:schema/relaxng|odd)/"
_ADDRESS = re.compile(rf"{_SITE}(?P<path>{_FOLDER}(?P<name>[A-Za-z][\w-]*)\.(?:rng|rnc|odd))(?:[?#].*)?", re.IGNORECASE)
_VERSION = re.compile(r"(?:^|/)p5/(\d[^/]*)/", re.IGNORECASE)


@frozen
class Named:
    """A customisation of TEI's, and the release that the address names: `current` where that is the newest, whichever it is."""

    name: str
    version: str = CURRENT

    @property
    def is_carried(self) -> bool:
        return self.name in CARRIED

    @property
    def odd(self) -> str:
        """Where its ODD can be had."""
        return f"https://www.tei-c.org/Vault/P5/{self.version}/xml/tei/custom/odd/{self.name}.odd"

    @property
    def remedy(self) -> str:
        """What to do to have the release that the address names: only all of TEI can be made of any."""
        if self.name == "tei_all":
            at = f"https://www.tei-c.org/Vault/P5/{self.version}/xml/tei/odd/p5subset.xml"
            return f"fetch {at} and add it with `siglum p5 add p5subset.xml`"
        return f"fetch {self.odd} and name that with --schema"


def named(address: str) -> Named | None:
    """What an address of TEI's means: with or without www, below release/, in the Vault or at the build server."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return None
    version = _VERSION.search(f"/{found['path']}")
    return Named(found["name"], version[1] if version else CURRENT)
