"""From the bytes of a project file to its text: size, encoding, line ends, and characters it may not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from benefits.errors import Parameter

MAX_BYTES = 2_000_000
_UNWANTED = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Control characters, lone halves of a pair, line separators only some programs see, and marks that turn the text."""


class Unreadable(Exception):
    """The file is not a text this package reads: a problem code, the line, and parameters."""

    def __init__(self, *, code: str, line: int, parameters: Mapping[str, Parameter] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.parameters = parameters or {}


def unwanted(text: str) -> int | None:
    r"""Return the position of the first character a project file may not hold, or None.

    Examples
    --------
    >>> unwanted("blåbær 🫐"), unwanted("a\x00")
    (None, 1)
    """
    found = _UNWANTED.search(text)
    return found.start() if found else None


def text_of(content: bytes) -> str:
    r"""Return the text of a file, with ``\n`` as its only line end and without a byte order mark.

    Raises
    ------
    Unreadable
        When it is larger than 2 MB, is not UTF-8, or holds control characters.

    Examples
    --------
    >>> text_of(b"\xef\xbb\xbfid: dho\r\n")
    'id: dho\n'
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(code="file_too_large", line=1, parameters={"limit": MAX_BYTES // 1_000_000})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(code="not_utf8", line=content.count(b"\n", 0, error.start) + 1) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    position = unwanted(text)
    if position is not None:
        raise Unreadable(code="control_character", line=text.count("\n", 0, position) + 1)
    return text
