"""Number fields and drop-downs in a notebook, with the numbers and a picture that follow them.

Fields and lists, no sliders: a number can be typed, heard and reached by the keyboard. Each has its label tied to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets  # type: ignore[import-untyped]

from benefits.report.explore.names import number_names, number_value, plain
from benefits.report.explore.picture import numbers_html, picture_html

if TYPE_CHECKING:
    from benefits.report.explore.explorer import Explorer

_WIDE = {"width": "100%", "max_width": "52rem"}
_LABEL = {"description_width": "9rem"}


class Panel:
    """A drop-down of what can be changed, a field for its new value, and what comes of it.

    Without a browser it is shown as it stands: the numbers and the picture of ``explorer``.

    Attributes
    ----------
    explorer
        The project with the changes made so far; analyses and explanations go on from it.
    number, value, reset
        The list of numbers, the field, and the button that takes every change back.
    numbers, picture
        What follows: a table, and a picture with its alternative text.
    """

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        voice = explorer.voice
        names = tuple(explorer.model.numbers)
        called = number_names(names, explorer.results, voice)
        options = [(plain(voice.say("explore.choice", title=called[name], name=name)), name) for name in names]
        self.number = widgets.Dropdown(
            options=options, description=plain(voice.say("explore.number")), style=_LABEL, layout=_WIDE
        )
        self.value = widgets.FloatText(
            description=plain(voice.say("explore.value")), style=_LABEL, layout={"width": "24rem"}
        )
        self.usual = widgets.HTML()
        self.reset = widgets.Button(description=plain(voice.say("explore.reset")), layout={"width": "auto"})
        self.numbers, self.picture = widgets.HTML(), widgets.HTML()
        self.box = widgets.VBox(
            [self.number, self.usual, self.value, self.reset, self.numbers, self.picture]
            if names
            else [widgets.HTML(value=plain(voice.say("explore.no_numbers")))]
        )
        self._showing = False
        if names:
            self._show_number()
            self.number.observe(self._number_chosen, names="value")
            self.value.observe(self._value_set, names="value")
            self.reset.on_click(self._reset)
        self._show()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The fields where there is a browser, and the table and picture where there is none."""
        bundle = self.box._repr_mimebundle_(**kwargs)
        data = dict(bundle[0] if isinstance(bundle, tuple) else bundle or {})
        return {**data, "text/html": f"{self.numbers.value}\n{self.picture.value}"}

    def _number_chosen(self, _: Any) -> None:
        self._show_number()

    def _show_number(self) -> None:
        """Put the number that is chosen in the field, which is no change of it."""
        name, voice = self.number.value, self.explorer.voice
        mean = float(self.explorer.model.numbers[name].mean)
        shown = number_value(name, self.explorer.results)
        amount = voice.plain_interval(shown) if shown is not None else voice.numbers.decimal(mean, digits=4)
        self._showing = True
        try:
            self.value.value = self.explorer.changes.get(name, mean)
        finally:
            self._showing = False
        self.usual.value = str(voice.say("explore.usual.value", amount=amount))

    def _value_set(self, change: Any) -> None:
        if not self._showing:
            self.explorer = self.explorer.with_number(self.number.value, change["new"])
            self._show()

    def _reset(self, _: Any) -> None:
        self.explorer = self.explorer.without_changes()
        self._show_number()
        self._show()

    def _show(self) -> None:
        # The numbers first: they are there before the picture is drawn.
        self.numbers.value = str(numbers_html(self.explorer))
        self.picture.value = str(picture_html(self.explorer))
