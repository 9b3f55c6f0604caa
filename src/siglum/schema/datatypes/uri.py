"""`anyURI` (XML Schema Part 2, section 3.2.17): RFC 2396 as amended by RFC 2732, after the escaping of XLink 5.4.

Every character without a meaning in URI syntax counts as escaped: spaces, quotes, braces, all of non-ASCII. Few faults
remain: a bad `%xx`, a second `#`, brackets outside a query or an IPv6 address, a bad scheme, or nothing after a scheme.
"""

from __future__ import annotations

from siglum.schema.datatypes.lazy_regex import match_whole, search_in

_ESCAPE = "%[0-9A-Fa-f]{2}"
_bad_escape = search_in("%(?![0-9A-Fa-f]{2})")
_scheme = match_whole(r"[A-Za-z][A-Za-z0-9+.\-]*")
_colon = search_in("^[^:/?#]*:")
_hierarchy = search_in(r"^(?://([^/?#]*))?([^?#]*)")
_bracketed = match_whole(rf"(?:(?:[^%\[\]@]|{_ESCAPE})*@)?\[([^\[\]%]*)(?:%[A-Za-z0-9_.]+)?\](?::([0-9]*))?")
_hextet = match_whole("[0-9A-Fa-f]{1,4}")
_octets = match_whole(r"[0-9]+(?:\.[0-9]+){3}")
_GREATEST_PORT = 2**31 - 1


def is_uri(text: str) -> bool:
    return not find_fault(text)


def find_fault(text: str) -> str:
    """Describe the fault in this URI reference; "" if it has none."""
    main, mark, fragment = text.partition("#")
    if "#" in fragment:
        return "a second # is not allowed"
    return _find_main_fault(main, more=bool(mark)) or _find_escape_fault(fragment)


def _find_main_fault(text: str, *, more: bool) -> str:
    """Check the part before the fragment; `more`: a fragment follows."""
    if _colon(text) is None:
        return _find_hierarchy_fault(text, more=more)
    scheme, _, rest = text.partition(":")
    if not scheme:
        return "nothing stands before the colon"
    if not _scheme(scheme):
        return f'"{scheme}" before the colon is not a scheme (such as https)'
    if not rest:
        return "nothing follows the colon"
    return _find_hierarchy_fault(rest, more=more) if rest.startswith("/") else _find_escape_fault(rest)


def _find_hierarchy_fault(text: str, *, more: bool) -> str:
    """Check an authority, a path and a query."""
    found = _hierarchy(text)
    assert found is not None  # every group of the expression may be empty
    authority, path = found.groups()
    if authority == "" and not path and found.end() == len(text) and not more:
        return "nothing follows the //"
    if "[" in path or "]" in path:
        return "square brackets are not allowed in a path"
    return (_find_authority_fault(authority) if authority else "") or _find_escape_fault(text[found.start(2) :])


def _find_authority_fault(text: str) -> str:
    if "[" not in text and "]" not in text:
        return _find_escape_fault(text)
    found = _bracketed(text)
    if found is None or not _is_ipv6(found[1]):
        return "square brackets may only hold an IPv6 address"
    port = (found[2] or "").lstrip("0")
    return "the port is too large" if len(port) > 10 or int(port or "0") > _GREATEST_PORT else ""


def _find_escape_fault(text: str) -> str:
    found = _bad_escape(text)
    return f'"{text[found.start() :][:3]}" is not an escape: two hexadecimal digits must follow %' if found else ""


def _is_ipv6(text: str) -> bool:
    """Test for eight groups of hexadecimal digits, or fewer around one `::`; an IPv4 address may replace the last two."""
    head, gap, tail = text.partition("::")
    groups = [group for part in (head, tail) if part for group in part.split(":")]
    last = groups[-1] if groups else ""
    size = len(groups)
    if _is_ipv4(last) and (tail or not gap):
        groups.pop()
        size += 1
    return all(map(_hextet, groups)) and (size < 8 if gap else size == 8)


def _is_ipv4(text: str) -> bool:
    return _octets(text) is not None and all(len(octet) < 10 and int(octet) < 256 for octet in text.split("."))
