"""What is wrong with a text that is not YAML, said as the slips people make."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from benefits.errors import Parameter


def syntax_fault(text: str, error: MarkedYAMLError | None) -> tuple[str, int, dict[str, Parameter]]:
    """Return a problem code, the position in the text where the slip was made, and parameters.

    Parameters
    ----------
    text
        The whole file.
    error
        What the YAML parser said; None when it did not say where.

    Examples
    --------
    >>> from ruamel.yaml import YAML
    >>> try:
    ...     _ = list(YAML(typ="safe", pure=True).parse("title: DHO: a start"))
    ... except MarkedYAMLError as error:
    ...     print(syntax_fault("title: DHO: a start", error))
    ('yaml_colon', 10, {})
    """
    if error is None or error.problem_mark is None:
        return "yaml_syntax", 0, {}
    said, index = str(error.problem), error.problem_mark.index
    begun = error.context_mark.index if error.context_mark is not None else index
    if stranger := re.match(r"found character '(.+)' that cannot start any token", said):
        if text[index : index + 1] == "\t":
            return "yaml_tab", index, {}
        return "yaml_character", index, {"character": stranger[1]}
    if "quoted scalar" in str(error.context):
        return "yaml_quote", begun, {}
    if said.startswith("mapping values are not allowed"):
        line = text[text.rfind("\n", 0, index) + 1 : index]
        return ("yaml_colon" if re.search(r":\s", line) else "yaml_indent"), index, {}
    if said.startswith("could not find expected ':'"):
        return "yaml_no_colon", begun, {}
    if "flow" in str(error.context):
        return "yaml_bracket", begun, {}
    if str(error.context).startswith("while parsing a block") or "not allowed here" in said:
        return "yaml_indent", index, {}
    return "yaml_syntax", index, {}
