"""From the address of a database to an engine; an address with a password in it is refused, and never repeated."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from benefits.activity.tables.engines import DuckEngine, PostgresEngine
from benefits.activity.tables.engines.contract import Engine, invalid
from benefits.activity.tables.relations import Relation, relation_of
from benefits.project.rules_files import stays_inside

KNOWN = ("duckdb:", "postgresql://")
_PLACE = "database"
_ALLOWED = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs", "gssencmode"})
"""What may stand after the question mark: how the connection is secured, never by which secret."""


def open_database(address: str, table: str | None, *, root: Path) -> Relation:
    """Return a table of a database.

    Parameters
    ----------
    address
        ``duckdb:file.duckdb``, below ``root``, or ``postgresql://user@host:port/base``.
    table
        Its name, with its schema before a full stop where it is not in the usual one.
    root
        The project's folder.

    Raises
    ------
    InvalidInput
        When the address is of no known kind, holds a password or leads outside the folder; when the database cannot be
        reached or refuses; when it has no such table.
    """
    if address.startswith("duckdb:"):
        file = address.removeprefix("duckdb:")
        engine: Engine = DuckEngine(database=_inside(file, root=root))
        base = file
    elif address.startswith(("postgresql://", "postgres://")):
        settings = _settings(address)
        engine, base = PostgresEngine(settings=settings), settings.get("dbname", "postgresql")
    else:
        raise invalid(_PLACE, "database_unknown", known=", ".join(KNOWN))
    if not table:
        raise invalid(base, "table_missing")
    return relation_of(engine, table, name=f"{base}:{table}")


def _inside(file: str, *, root: Path) -> Path:
    if not file or not stays_inside(file):
        raise invalid(_PLACE, "data_file_outside")
    found = (root / file).resolve()
    if not found.is_relative_to(root.resolve()):
        raise invalid(file, "data_file_outside")
    if not found.is_file():
        raise invalid(file, "file_not_found")
    return found


def _settings(address: str) -> dict[str, str]:
    """Return what libpq is told; nothing of an address that cannot be read is shown, for it may hold a password."""
    try:
        parts = urlsplit(address)
        port = parts.port
        asked = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise invalid(_PLACE, "database_address_unreadable") from None
    if _has_password(parts, asked):
        raise invalid(_PLACE, "database_with_password")
    if parts.fragment or set(asked) - _ALLOWED or not unquote(parts.path.lstrip("/")):
        raise invalid(_PLACE, "database_address_unreadable")
    named = {
        "host": _host(parts),
        "port": str(port or ""),
        "dbname": unquote(parts.path.lstrip("/")),
        "user": unquote(parts.username or ""),
    }
    return {**{name: value for name, value in named.items() if value}, **asked}


def _host(parts: SplitResult) -> str:
    """Return the host as written: that of a socket is a path, in which capitals count."""
    written = parts.netloc.rpartition("@")[2]
    if written.startswith("["):
        return parts.hostname or ""
    return unquote(written if parts.port is None else written.rpartition(":")[0]).rstrip(":")


def _has_password(parts: SplitResult, asked: dict[str, str]) -> bool:
    return parts.password is not None or any("pass" in name.lower() for name in asked)
