"""What a person fills in: the files a project begins as, and the schema an editor checks and completes them by.

Kept light, since the command line names the templates before it knows what is asked for.
"""

from __future__ import annotations

from typing import Literal, get_args

Template = Literal["dho", "blank", "light", "testarena"]
"""What a new project file begins as."""
TEMPLATES: tuple[Template, ...] = get_args(Template)

__all__ = ["TEMPLATES", "Template"]
