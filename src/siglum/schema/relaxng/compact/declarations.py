"""The declarations at the head of a file: `namespace`, `default namespace`, `datatypes` (Annex C.3, C.4)."""

from __future__ import annotations

from siglum.schema.relaxng.compact.cursor import COMPATIBILITY, XML, XSD, Cursor
from siglum.schema.relaxng.compact.lexer import CNAME, Token

_TWICE = "keep one of the two declarations"


def read_declarations(cursor: Cursor, inherited: str) -> tuple[str, ...]:
    """Fill the cursor's scope; return the comments before the declarations, which apply to the whole file."""
    scope = cursor.scope
    scope.inherited = scope.default = inherited
    comments: tuple[str, ...] = ()
    default_seen = False
    while cursor.kind in _DECLARED and cursor.ahead() not in ("=", "|=", "&="):
        comments += cursor.comments()
        token = cursor.take()
        if token.kind == "default":
            if default_seen:
                raise cursor.error(token, "the default namespace is declared twice", _TWICE)
            default_seen = True
        _DECLARED[token.kind](cursor)
    _complete(cursor)
    return comments


def _read_namespace(cursor: Cursor) -> None:
    prefix = cursor.name("a prefix")
    _bind(cursor, prefix, _read_namespace_name(cursor))


def _read_default(cursor: Cursor) -> None:
    cursor.expect("namespace", "`default`")
    prefix = None if cursor.kind == "=" else cursor.name("a prefix or `=`")
    cursor.scope.default = _read_namespace_name(cursor)
    if prefix:
        _bind(cursor, prefix, cursor.scope.default)


def _read_datatypes(cursor: Cursor) -> None:
    prefix = cursor.name("a prefix")
    cursor.expect("=", "the prefix")
    address = cursor.literal("the address of a datatype library")
    if prefix.text in cursor.scope.libraries:
        raise cursor.error(prefix, f"the datatypes prefix `{prefix.text}` is declared twice", _TWICE)
    if prefix.text == "xsd" and address != XSD:
        message = "the datatypes prefix `xsd` stands for XML Schema's datatypes and nothing else"
        raise cursor.error(prefix, message, "choose another prefix")
    cursor.scope.libraries[prefix.text] = address


_DECLARED = {"namespace": _read_namespace, "default": _read_default, "datatypes": _read_datatypes}


def _read_namespace_name(cursor: Cursor) -> str:
    cursor.expect("=", "the prefix" if cursor.kind != "=" else "`namespace`")
    return cursor.scope.inherited if cursor.accept("inherit") else cursor.literal("a namespace name, or `inherit`,")


def _bind(cursor: Cursor, prefix: Token, name: str) -> None:
    if prefix.text in cursor.scope.namespaces:
        raise cursor.error(prefix, f"the prefix `{prefix.text}` is declared twice", _TWICE)
    if prefix.text == "xmlns":
        raise cursor.error(prefix, "`xmlns` cannot be a prefix", "choose another prefix")
    if (prefix.text == "xml") != (name == XML):
        message = f"the prefix `xml` and the namespace {XML} belong together"
        raise cursor.error(prefix, message, "choose another prefix, or remove the declaration: `xml` needs none")
    cursor.scope.namespaces[prefix.text] = name


def _complete(cursor: Cursor) -> None:
    """Add implicit declarations and compute what depends on all of them."""
    scope = cursor.scope
    scope.context = tuple(sorted({**scope.namespaces, "xml": XML, "": scope.default}.items()))
    scope.namespaces.setdefault("xml", XML)
    scope.libraries.setdefault("xsd", XSD)
    declared = [prefix for prefix, name in scope.namespaces.items() if name == COMPATIBILITY]
    while scope.compatibility_prefix in scope.namespaces:
        scope.compatibility_prefix += "a"
    if declared:
        scope.compatibility_prefix = declared[-1]


def resolve_datatype(cursor: Cursor, token: Token) -> tuple[str, str]:
    """Return the library and the local name of a datatype name: `string`, `token`, or `prefix:name`."""
    if token.kind != CNAME:
        return "", token.text
    prefix, _, local = token.text.partition(":")
    library = cursor.scope.libraries.get(prefix)
    if library is None:
        message = f"the datatypes prefix `{prefix}` is not declared"
        raise cursor.error(token, message, f'declare it: datatypes {prefix} = "..."')
    return library, local
