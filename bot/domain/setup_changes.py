"""What differs between two setups, in sentences for the people who change them."""

from collections.abc import Iterator, Mapping

from bot.domain.setup import Override, Setup
from bot.domain.setup_channels import channel_data, rule_data
from bot.domain.setup_data import customer_data, kudos_data, team_data
from bot.domain.setup_people import person_data
from bot.domain.setup_prompts import own_data
from bot.domain.setup_retention import every_day
from bot.domain.setup_targets import ladder_data, targets_data

Data = Mapping[str, object]
ONE_OF = {
    "admins": "admin",
    "agents": "agent",
    "managers": "manager",
    "deputies": "deputy",
    "days_off": "day off",
    "relays": "relay",
    "off": "switched-off channel",
    "retired": "retired prompt",
    "retired_prompts": "retired prompt",
    "away_emoji": "emoji of who is away",
}  # lists whose order means nothing; that of a rota does


def changes(before: Setup, after: Setup) -> tuple[str, ...]:
    """Empty when nothing differs but an order that means nothing."""
    old, new = _things(before), _things(after)
    return (*(sentence for name in {**old, **new} for sentence in _thing(name, old, new)), *_order(before, after))


def _things(setup: Setup) -> dict[str, Data]:
    own: Data = {
        "admins": setup.admins,
        "targets": targets_data(setup.targets),
        "ladder": ladder_data(setup.ladder),
        "away_emoji": setup.away_emoji,
        "language": setup.language,
        "works_council": setup.works_council,
    }
    return {
        "workspace": own,
        "retention": every_day(setup.retention),
        "kudos": kudos_data(setup.kudos),
        "prompts": {"retired": setup.prompts.retired},
        **{f"prompt {one.id}": own_data(one) for one in setup.prompts.own},
        **{f"team {team.key}": team_data(team) for team in setup.teams},
        **{f"channel {channel.id}": channel_data(channel) for channel in setup.channels},
        **{f"rule for {rule.which}": rule_data(rule) for rule in setup.rules},
        **{f"person {person.user}": person_data(person) for person in setup.people},
        **{f"customer {customer.user}": customer_data(customer) for customer in setup.customers},
        **{_override(override): {} for override in setup.overrides},
    }


def _order(before: Setup, after: Setup) -> Iterator[str]:
    """The first channel rule that fits holds: those that stay may have changed places."""
    old, new = ([rule.which for rule in setup.rules] for setup in (before, after))
    if [which for which in old if which in new] != [which for which in new if which in old]:
        yield f"rules are now asked in this order: {', '.join(new)}"


def _override(override: Override) -> str:
    place = f"in {override.channel}" if override.channel else "everywhere"
    return f"override of {override.user} as {override.is_} {place}"


def _thing(name: str, old: Mapping[str, Data], new: Mapping[str, Data]) -> Iterator[str]:
    if name not in old:
        yield f"{name} added"
    elif name not in new:
        yield f"{name} removed"
    else:
        for key in {**old[name], **new[name]}:
            for sentence in _value(key, old[name].get(key), new[name].get(key)):
                yield f"{name}: {sentence}"


def _value(key: str, old: object, new: object) -> Iterator[str]:
    if key in ONE_OF:
        yield from _items(ONE_OF[key], _list(old), _list(new))
    elif old == new:
        return
    elif new is None:
        yield f"{key} no longer {_text(old)}"
    else:
        yield f"{key} is now {_text(new)}" + ("" if old is None else f", was {_text(old)}")


def _items(noun: str, old: list[object], new: list[object]) -> Iterator[str]:
    for item in new:
        if item not in old:
            yield f"{noun} {item} added"
    for item in old:
        if item not in new:
            yield f"{noun} {item} removed"


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_text(item)}" for key, item in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        between = "; " if any(isinstance(item, Mapping) for item in value) else " and "
        return between.join(map(_text, value)) or "empty"
    return str(value)
