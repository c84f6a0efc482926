"""Engines that run one SQL text: DuckDB in this process, a PostgreSQL server, a Spark session brought along."""

from benefits.activity.tables.engines.contract import Dialect, Engine, Kind
from benefits.activity.tables.engines.duck import DuckEngine
from benefits.activity.tables.engines.postgres import PostgresEngine
from benefits.activity.tables.engines.spark import SparkEngine

__all__ = ["Dialect", "DuckEngine", "Engine", "Kind", "PostgresEngine", "SparkEngine"]
