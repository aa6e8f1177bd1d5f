"""The jobs run in the office of the doors' tests."""

from tests.handlers.conftest import office, tables_at, way

__all__ = ["office", "tables_at", "way"]
