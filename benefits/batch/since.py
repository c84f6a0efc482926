"""Whether the earlier reports that were named can be held against those to be made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benefits.batch.run import Order, Outcome
from benefits.batch.subjects import Subject
from benefits.errors import InvalidInput, Problem
from benefits.project.load import shown
from benefits.results import stem


def check_since(subjects: Iterable[Subject | Outcome], order: Order) -> None:
    """Refuse earlier reports that are not there, or lie where the new ones are to be written.

    A report in a second language would else be held against the first, and the earlier one be lost.

    Parameters
    ----------
    subjects
        What reports are to be made of.
    order
        What is asked for.

    Raises
    ------
    InvalidInput
        When the file or folder does not exist, or would be written over.
    """
    if not order.since:
        return
    since, name = Path(order.since), f"{stem(order.kind, order.audience)}.json"
    if not since.exists():
        raise InvalidInput((Problem(place=shown(since), code="file_not_found"),))
    written = {order.out.resolve()}
    written |= {(order.out / one.id / name).resolve() for one in subjects if isinstance(one, Subject)}
    if since.resolve() in written:
        raise InvalidInput((Problem(place=shown(since), code="since_is_written_over"),))
