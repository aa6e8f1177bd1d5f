"""A change of the setup value by value, so that it can be put back later, where nobody has changed the same since."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.domain.setup import Setup
from bot.domain.setup_data import from_dict, to_dict

Values = dict[str, Any]  # "team care agents", "channel C01AB2CD3EF kind", "targets", … and what stands there
NAMED = ("team", "channel", "person", "customer")  # tables of things, each a value of its own, as its keys are
THINGS = (*NAMED, "override")
TABLES = ("kudos", "prompts", "retention")
ORDER = "order "  # of things: it decides nothing
EVERYWHERE = "everywhere"


class Difference(NamedTuple):
    """What was there before and after a change, each without what the other has as well. Ready for JSON."""

    before: Values
    after: Values


def difference(before: Setup, after: Setup) -> Difference:
    """Of two setups."""
    old, new = _values(before), _values(after)
    return Difference(_without(old, new), _without(new, old))


def changed_since(now: Setup, change: Difference) -> tuple[str, ...]:
    """What is neither as the change left it nor as it was before, in words; empty where it can be put back."""
    found = _values(now)
    touched = [key for key in {**change.before, **change.after} if not key.startswith(ORDER)]
    other = [key for key in touched if found.get(key) not in (change.after.get(key), change.before.get(key))]
    wanted = _put_back(found, change)
    orphans = [
        key for key in wanted if key.startswith(tuple(f"{noun} " for noun in NAMED)) and _thing(key) not in wanted
    ]
    return tuple(map(_named, dict.fromkeys((*other, *orphans))))


def put_back(now: Setup, change: Difference) -> Setup:
    """The setup without the change, where nothing of it was `changed_since`; what has been changed besides stays."""
    return from_dict(_nested(_put_back(_values(now), change)))


def _put_back(found: Values, change: Difference) -> Values:
    wanted = {key: value for key, value in found.items() if key not in change.after} | change.before
    for noun in THINGS:
        names = [key.removeprefix(f"{noun} ") for key in wanted if key.startswith(f"{noun} ") and key == _thing(key)]
        before = change.before.get(ORDER + noun) or found.get(ORDER + noun, [])
        wanted[ORDER + noun] = [one for one in before if one in names] + [one for one in names if one not in before]
    return wanted


def _values(setup: Setup) -> Values:
    return dict(_flat(to_dict(setup)))


def _flat(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for noun, value in data.items():
        if noun in NAMED:
            yield ORDER + noun, list(value)
            for name, thing in value.items():
                yield f"{noun} {name}", True
                yield from ((f"{noun} {name} {key}", one) for key, one in thing.items())
        elif noun in TABLES:
            yield from ((f"{noun} {key}", one) for key, one in value.items())
        elif noun == "override":
            rows = {f"{row['user']} {row.get('channel', EVERYWHERE)}": row for row in value}
            yield ORDER + noun, list(rows)
            yield from ((f"{noun} {name}", row) for name, row in rows.items())
        else:
            yield noun, value


def _nested(found: Values) -> Values:
    """What `_flat` was made of."""
    data: Values = {noun: {name: {} for name in found[ORDER + noun]} for noun in NAMED}
    data["override"] = [found[f"override {name}"] for name in found[f"{ORDER}override"]]
    for key, value in found.items():
        noun, *names = key.split(" ", 2)
        if noun in NAMED and len(names) > 1:
            data[noun][names[0]][names[1]] = value
        elif noun in TABLES:
            data.setdefault(noun, {})[names[0]] = value
        elif not names:
            data[noun] = value
    return data


def _without(some: Values, others: Values) -> Values:
    return {key: value for key, value in some.items() if key not in others or others[key] != value}


def _thing(key: str) -> str:
    """What a value belongs to: "team care" for "team care agents"."""
    return key if key.startswith("override ") else " ".join(key.split(" ")[:2])


def _named(key: str) -> str:
    thing = _thing(key)
    return thing if thing == key else f"{thing}: {key.removeprefix(thing).strip()}"
