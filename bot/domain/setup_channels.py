"""Channels in the setup, one by one and by rules, as plain data."""

from typing import get_args

from bot.domain import setup_values as values
from bot.domain.channel_rules import ChannelRule, Kind
from bot.domain.setup import Channel
from bot.domain.setup_targets import read_targets, targets_data
from bot.domain.setup_values import Table, Wrong, shown

KINDS: tuple[Kind, ...] = get_args(Kind)


def read_channel(key: str, table: Table) -> Channel:
    """One that is listed."""
    table.check(values.channel_id, key)
    channel = Channel(
        id=key,
        kind=table.take("kind", values.one_of(KINDS), "customer"),
        team=table.take("team", values.words, None),
        owner=table.take("owner", values.person, None),
        targets=read_targets(table),
        relays=table.each("relays", values.app_id),
    )
    table.close()
    return channel


def channel_data(channel: Channel) -> dict[str, object]:
    found: dict[str, object] = {"kind": channel.kind}
    found |= {"team": channel.team} if channel.team else {}
    found |= {"owner": channel.owner} if channel.owner else {}
    found |= {"targets": targets_data(channel.targets)} if channel.targets else {}
    return found | ({"relays": list(channel.relays)} if channel.relays else {})


def read_rule(row: Table) -> ChannelRule:
    """For those that are not."""
    rule = ChannelRule(
        prefix=row.take("prefix", prefix, None),
        shared=row.take("shared", values.flag, default=False),
        kind=row.take("kind", values.one_of(KINDS), "customer"),
        team=row.take("team", values.words, None),
    )
    row.close()
    return rule


def prefix(value: object) -> str:
    """How names of channels begin; as Slack has them, a leading # may be left out."""
    begin = value.removeprefix("#") if isinstance(value, str) else ""
    if not begin or len(begin) > 79 or begin != begin.lower() or any(one.isspace() for one in begin):
        raise Wrong(f'{shown(value)} begins no channel\'s name: small letters are needed, without spaces, like "ext-"')
    return values.words(begin)


def rule_data(rule: ChannelRule) -> dict[str, object]:
    """What `read_rule` reads back."""
    found: dict[str, object] = {"prefix": rule.prefix} if rule.prefix else {}
    found |= {"shared": True} if rule.shared else {}
    found |= {"kind": rule.kind}
    return found | ({"team": rule.team} if rule.team else {})
