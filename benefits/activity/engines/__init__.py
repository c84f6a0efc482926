"""Engines that run one SQL text: DuckDB in this process, a PostgreSQL server, a Spark session brought along."""

from benefits.activity.engines.contract import Dialect, Engine, Kind
from benefits.activity.engines.duck import DuckEngine
from benefits.activity.engines.postgres import PostgresEngine
from benefits.activity.engines.spark import SparkEngine

__all__ = ["Dialect", "DuckEngine", "Engine", "Kind", "PostgresEngine", "SparkEngine"]
