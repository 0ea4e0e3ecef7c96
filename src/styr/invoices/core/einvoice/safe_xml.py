"""Bytes from outside to an XML root, or a named error: nothing is fetched, expanded or repeated."""

import re
from typing import Any, Final, cast

from lxml import etree

from styr.invoices.core.einvoice.errors import ErrorCode, UnreadableInvoice

MAX_BYTES: Final = 20 * 1024 * 1024
# an element costs about 120 bytes of memory: 20 MB of "<b/>" would cost 600 MB. 25,000 lines stay far below this
MAX_TAGS: Final = 4_000_000

_PARSER: Final = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# bytes that can be read as ASCII are not UTF-16, whatever they declare
_FALSE_UTF16: Final = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']UTF-?(?:16|32)""", re.IGNORECASE)
_BLANK: Final = b" \t\r\n\x00"
_TOO_DEEP: Final = "Excessive depth"
_TOO_LONG: Final = ("Resource limit", "too big")
_CUT_SHORT: Final = frozenset({"ERR_TAG_NOT_FINISHED", "ERR_GT_REQUIRED", "ERR_LTSLASH_REQUIRED"})
_MORE_AFTER_THE_END: Final = "ERR_DOCUMENT_END"


def parse(data: bytes) -> etree._Element:
    """Parse one document.

    Args:
        data: the file's bytes, any encoding that XML knows, with or without byte order mark.

    Returns:
        The root element; comments and processing instructions are left out.

    Raises:
        UnreadableInvoice: empty, too_large, too_deep, encoding, doctype, truncated or not_xml.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInvoice("too_large")
    text = _without_mark(data)
    if not text.strip(_BLANK):
        raise UnreadableInvoice("empty")
    if text.count(b"<") > MAX_TAGS:
        raise UnreadableInvoice("too_large")
    if _FALSE_UTF16.match(text):
        raise UnreadableInvoice("encoding")
    # a DOCTYPE that is refused anyway must not get to define entities first
    if b"<!DOCTYPE" in text[:4096]:
        raise UnreadableInvoice("doctype")
    root = _parsed(text)
    # in other encodings it is seen only now: libxml2 keeps a DOCTYPE even when it loads nothing of it
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableInvoice("doctype")
    return root


def _without_mark(data: bytes) -> bytes:
    """The bytes without byte order mark; UTF-16 becomes UTF-8, since it often still declares what it was made from."""
    if data.startswith(_UTF8_MARK):
        return data.removeprefix(_UTF8_MARK)
    if not data.startswith(_UTF16_MARKS):
        return data
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        raise UnreadableInvoice("encoding") from None
    return _DECLARATION.sub("", text, count=1).encode()


def _parsed(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        # "from None": libxml2's own sentence can hold names and values out of the document
        raise UnreadableInvoice(_code(error, data), f"(linje {error.lineno})" if error.lineno else "") from None


def _code(error: etree.XMLSyntaxError, data: bytes) -> ErrorCode:
    text = error.msg or ""
    kind = str(cast("Any", error.error_log).last_error.type_name)
    if b"<!DOCTYPE" in data:
        return "doctype"
    if _TOO_DEEP in text:
        return "too_deep"
    if any(sign in text for sign in _TOO_LONG):
        return "too_large"
    if _is_cut_short(kind, data):
        return "truncated"
    return "encoding" if "ENCODING" in kind or "encoding" in text else "not_xml"


def _is_cut_short(kind: str, data: bytes) -> bool:
    """A file is cut short when it starts as XML and does not end with the end of a tag."""
    if kind == _MORE_AFTER_THE_END or not data.lstrip().startswith(b"<"):
        return False
    return kind in _CUT_SHORT or not data.rstrip(_BLANK).endswith(b">")
