"""What stops a page from becoming a Word file or a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from benefits.errors import BenefitsError, Parameter

if TYPE_CHECKING:
    from benefits.language import Catalogue


class ExportFailed(BenefitsError):
    """A page cannot be made into a Word file or a PDF; nothing half made is left behind.

    Attributes
    ----------
    code
        Why; the catalogues hold its words as ``export.<code>``.
    parameters
        Named values that go into the sentence.

    Examples
    --------
    >>> from benefits.language import catalogue
    >>> ExportFailed("not_a_page").words(catalogue("nb"))
    'Siden er ikke en rapport: den mangler språk, dato, tittel eller innhold.'
    """

    def __init__(self, code: str, parameters: Mapping[str, Parameter] | None = None) -> None:
        self.code = code
        self.parameters = dict(parameters or {})
        super().__init__(f"{code} {self.parameters}" if self.parameters else code)

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how it is made again in another process: an exception is else rebuilt from its message alone."""
        return type(self), (self.code, self.parameters)

    def words(self, said: Catalogue) -> str:
        """Return why, as a sentence."""
        return said.text(f"export.{self.code}", **self.parameters)
