"""Reads a YAML file as a model: what the model becomes when all is well, else every problem at once with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from benefits.errors import InvalidInput, Parameter, Problem
from benefits.identity_numbers import has_national_id
from benefits.project.additions import Added, with_added
from benefits.project.places import Fault, Places, Reading, known_place, read_yaml
from benefits.project.problems import blank_keys, refusals, refused
from benefits.project.pruning import Pruned
from benefits.project.rules_common import Broken
from benefits.project.rules_privacy import lines_with_national_id
from benefits.project.textfile import Unreadable, text_of

FORMAT = 1
_PASSES = 5

Model = TypeVar("Model", bound=BaseModel)
Whole = TypeVar("Whole")


def read_as(
    where: Path,
    file: str,
    *,
    model: type[Model],
    rules: Callable[[Model], Iterable[Broken]],
    made: Callable[[Model, Places, str], Whole],
    added: Iterable[Added] = (),
) -> Whole:
    """Read a YAML file as a model, with every problem of its text, its values and its rules at once.

    Parameters
    ----------
    where, file
        The file, and how it is named in messages.
    model
        What it is to become.
    rules
        Gives the rules it breaks.
    made
        Puts together what is returned, from the model, the places of its values and the file's checksum.
    added
        Parts put in beside the file.

    Raises
    ------
    InvalidInput
        With every problem; carries what ``made`` gives for the part that could be read.
    """
    content = _bytes(where, file)
    reading, text = _reading(content, file)
    reading = with_added(reading, added)
    checksum = sha256(content).hexdigest()
    return _loaded(reading, text, file, model, rules, lambda one, places: made(one, places, checksum))


def _bytes(path: Path, file: str) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        code = "file_not_found"
    except IsADirectoryError:
        code = "file_is_folder"
    except OSError:
        code = "file_is_folder" if path.is_dir() else "file_unreadable"
    raise InvalidInput((Problem(place=file, code=code),))


def _reading(content: bytes, file: str) -> tuple[Reading, str]:
    try:
        text = text_of(content)
    except Unreadable as error:
        fault = Fault(code=error.code, line=error.line, parameters=error.parameters)
        raise InvalidInput(_problems([fault], file)) from None
    return read_yaml(text), text


def _loaded(
    reading: Reading,
    text: str,
    file: str,
    model: type[Model],
    rules: Callable[[Model], Iterable[Broken]],
    loaded: Callable[[Model, Places], Whole],
) -> Whole:
    faults = [Fault(code="national_id_in_text", line=line) for line in lines_with_national_id(text)]
    if _is_newer(reading.data):
        _, place = known_place(reading.places, ("format",))
        newer = Fault(code="newer_format", line=place.line, value=place.raw, parameters={"known": FORMAT})
        raise InvalidInput(_problems([newer], file))
    faults += reading.faults
    faults += blank_keys(reading, model)
    if reading.data is None:
        raise InvalidInput(_problems(faults, file))
    pruned = Pruned(whole=reading.data, model=model, dropped=set(reading.dropped))
    whole = _validated(pruned, reading, faults, model)
    if whole is not None:
        faults += _rule_faults(rules(whole), pruned, reading.places)
    if faults:
        # What is left after pruning has other positions than the file: its places are those it came from.
        places = {new: reading.places[old] for new, old in pruned.origins.items() if old in reading.places}
        partial = loaded(whole, places) if whole is not None else None
        raise InvalidInput(_problems(faults, file), partial=partial)
    assert whole is not None
    return loaded(whole, reading.places)


def _is_newer(data: Mapping[str | int, Any] | None) -> bool:
    version = data.get("format") if data is not None else None
    return type(version) is int and version > FORMAT


def _validated(pruned: Pruned, reading: Reading, faults: list[Fault], model: type[Model]) -> Model | None:
    """Validate; on the first pass report what is refused, on the next ones only leave it out."""
    for number in range(_PASSES):
        try:
            return model.model_validate(pruned.data())
        except ValidationError as error:
            errors = error.errors(include_url=False)
        if number == 0:
            faults += [refusal.fault for refusal in refusals(errors, reading, model=model)]
        for loc, missing in [(pruned.origin(loc), missing) for loc, missing in refused(errors)]:
            written = loc if missing else known_place(reading.places, loc)[0]
            if not pruned.leave_out(written, missing=missing):
                return None
    return None


def _rule_faults(broken: Iterable[Broken], pruned: Pruned, places: Places) -> Iterator[Fault]:
    for rule in broken:
        loc = pruned.origin(rule.loc)
        needs = tuple(pruned.origin(need) for need in rule.needs)
        if pruned.touched(needs):
            continue
        _, place = known_place(places, loc)
        parameters: dict[str, Parameter] = dict(rule.parameters)
        if rule.first is not None:
            parameters["first_line"] = known_place(places, pruned.origin(rule.first))[1].line
        yield Fault(code=rule.code, line=place.line, value=place.raw, parameters=parameters)


def _problems(faults: list[Fault], file: str) -> tuple[Problem, ...]:
    """Return the problems in the order of their lines, never one that would repeat a national identity number."""
    return tuple(
        Problem(
            place=f"{file}:{fault.line}",
            code=fault.code,
            value=" ".join(fault.value.split()),
            parameters={
                name: "…" if isinstance(value, str) and has_national_id(value) else value
                for name, value in fault.parameters.items()
            },
        )
        for fault in sorted(faults, key=lambda fault: fault.line)
        if not has_national_id(fault.value)
    )
