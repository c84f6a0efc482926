"""The same workbook as the same bytes: without the time it was saved at."""

from __future__ import annotations

import io
import re
import zipfile

_NEVER = (1980, 1, 1, 0, 0, 0)
"""The first day a zip file can tell."""
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")


def same_bytes(content: bytes) -> bytes:
    """Return a workbook with every time in it set to one that never changes.

    Parameters
    ----------
    content
        Of an .xlsx file.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = zipfile.ZipInfo(name, date_time=_NEVER)
            part.compress_type = zipfile.ZIP_DEFLATED
            written = old.read(name)
            if name == "docProps/core.xml":
                written = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", written)
            new.writestr(part, written)
    return stream.getvalue()
