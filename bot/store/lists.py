"""Many values as one parameter: a JSON list that the database opens.

An IN of row values makes SQLite read the whole workspace and PostgreSQL guess, and an IN of so many parameters is
another statement for every length. With a list, a statement is made once, and uses its index on both.
"""

import json
from collections.abc import Iterable

from sqlalchemy import JSON, BigInteger, Select, Text, bindparam, cast, func, select


def packed(values: Iterable[str | int | tuple[str, str]]) -> str:
    """The parameter: these values, each once and in order."""
    return json.dumps(sorted(set(values)))


def texts(on_sqlite: bool, name: str) -> Select[str]:
    """The texts in the parameter `name`."""
    given = bindparam(name, type_=Text)
    if on_sqlite:
        return select(func.json_each(given).table_valued("value").c.value)
    each = func.json_array_elements_text(cast(given, JSON)).table_valued("value").render_derived()
    return select(each.c.value)


def numbers(on_sqlite: bool, name: str) -> Select[int]:
    """The numbers in the parameter `name`."""
    return select(cast(texts(on_sqlite, name).subquery().c.value, BigInteger))


def pairs(on_sqlite: bool, name: str) -> Select[str, str]:
    """The pairs of texts in the parameter `name`."""
    given = bindparam(name, type_=Text)
    if on_sqlite:
        value = func.json_each(given).table_valued("value").c.value
        return select(func.json_extract(value, "$[0]"), func.json_extract(value, "$[1]"))
    each = func.json_array_elements(cast(given, JSON)).table_valued("value").render_derived()
    return select(each.c.value.op("->>")(0), each.c.value.op("->>")(1))
