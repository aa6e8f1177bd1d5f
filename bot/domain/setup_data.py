"""A setup as plain data: what JSON stores and what the file says, key for key."""

from collections.abc import Iterator, Mapping
from typing import get_args

from bot.domain import setup_values as values
from bot.domain.pulse import FLOOR
from bot.domain.setup import (
    AWAY_EMOJI,
    DEFAULT_LADDER,
    LANGUAGES,
    BoundarySetup,
    CaseWords,
    CustomerSetup,
    Finding,
    KudosSetup,
    Override,
    Setup,
    Side,
    Team,
    Weekly,
)
from bot.domain.setup_channels import channel_data, read_channel, read_rule, rule_data
from bot.domain.setup_hours import read_week, week_data
from bot.domain.setup_people import person_data, read_customer, read_person
from bot.domain.setup_prompts import prompt_id, prompts_data, read_prompts
from bot.domain.setup_retention import read_retention, retention_data
from bot.domain.setup_targets import ladder_data, read_ladder, read_targets, read_usual_targets, targets_data
from bot.domain.setup_values import Table

SIDES: tuple[Side, ...] = get_args(Side)
USUAL_DIGEST: Weekly | None = Weekly()
USUAL_PULSE: int | None = FLOOR
USUAL_TEAM = Team("", "")


def from_dict(data: Mapping[str, object]) -> Setup:
    """What `to_dict` made. Raises ValueError that names every value that cannot stand."""
    setup, found = gather(data)
    if found:
        raise ValueError("; ".join(map(str, found)))
    return setup


def gather(data: Mapping[str, object]) -> tuple[Setup, list[Finding]]:
    """The setup as far as it can be read, and what is wrong with its values one by one.

    Whether they fit together is for `setup_rules.findings` to say.
    """
    found: list[Finding] = []
    top = Table(data, (), found)
    ladder = read_ladder(top)
    setup = Setup(
        admins=top.each("admins", values.person),
        targets=read_usual_targets(top),
        ladder=DEFAULT_LADDER if ladder is None else ladder,
        kudos=_kudos(top.table("kudos")),
        prompts=read_prompts(top.table("prompts")),
        teams=tuple(_team(key, table) for key, table in _named(top, "team", "care")),
        people=tuple(read_person(key, table) for key, table in _named(top, "person", "U01AB2CD3EF")),
        customers=tuple(
            read_customer(key, table, read_targets(table)) for key, table in _named(top, "customer", "U01AB2CD3EF")
        ),
        away_emoji=_away_emoji(top),
        channels=tuple(read_channel(key, table) for key, table in _named(top, "channel", "C01AB2CD3EF")),
        overrides=tuple(_override(row) for row in top.rows("override")),
        rules=tuple(read_rule(row) for row in top.rows("rule")),
        retention=read_retention(top.table("retention")),
        works_council=top.take("works_council", values.flag, default=False),
        language=top.take("language", values.one_of(LANGUAGES), Setup().language),
    )
    top.close()
    return setup, found


def _named(top: Table, noun: str, example: str) -> Iterator[tuple[str, Table]]:
    every = top.table(noun, f"a table of its own for each {noun}, [{noun}.{example}],")
    for key in every.data:
        yield key, every.table(key)


def _team(key: str, table: Table) -> Team:
    table.check(values.team_key, key)
    team = Team(
        key=key,
        name=table.take("name", values.words, key.capitalize()),
        agents=table.each("agents", values.person_or_group),
        managers=table.each("managers", values.person_or_group),
        deputies=table.each("deputies", values.person),
        rota=table.each("rota", values.person_or_group),
        home=table.take("home", values.channel_id, None),
        week=read_week(table.table("hours")),
        country=table.take("country", values.country, None),
        region=table.take("region", values.region, None),
        days_off=table.each("days_off", values.day),
        targets=read_targets(table),
        ladder=read_ladder(table),
        digest=table.take("digest", values.weekly, USUAL_DIGEST),
        pulse=table.take("pulse", values.pulse, USUAL_PULSE),
        managers_channel=table.take("managers_channel", values.channel_id, None),
        retired_prompts=table.each("retired_prompts", prompt_id),
        backing=table.each("backing", values.sentence),
        boundary=_boundary(table.table("boundary")),
        cap=table.take("cap", values.whole("pings a day", 1, 100), USUAL_TEAM.cap),
        load=table.take("load", values.whole("open waits", 1, 1000), USUAL_TEAM.load),
        turn=table.take("turn", values.duration, USUAL_TEAM.turn),
        language=table.take("language", values.one_of(LANGUAGES), None),
    )
    table.close()
    return team


def _override(row: Table) -> Override:
    override = Override(
        user=row.need("user", values.person, ""),
        is_=row.need("is", values.one_of(SIDES), "ours"),
        channel=row.take("channel", values.channel_id, None),
    )
    row.close()
    return override


def _away_emoji(top: Table) -> tuple[str, ...]:
    """An empty list is one: then no status says that somebody is away."""
    named = top.each("away_emoji", values.emoji)
    return named if "away_emoji" in top.data else AWAY_EMOJI


def _kudos(table: Table) -> KudosSetup:
    usual = KudosSetup()
    kudos = KudosSetup(
        channel=table.take("channel", values.channel_id, usual.channel),
        emoji=table.take("emoji", values.emoji, usual.emoji),
        off=table.each("off", values.channel_id),
        manager_day_cap=table.take("manager_day_cap", values.whole("people", 1, 1000), usual.manager_day_cap),
        unthanked_after_days=table.take(
            "unthanked_after_days", values.whole("days", 1, 365), usual.unthanked_after_days
        ),
    )
    table.close()
    return kudos


def _boundary(table: Table) -> BoundarySetup:
    boundary = BoundarySetup(
        breather=table.take("breather", values.breather, BoundarySetup().breather),
        abusive=_case(table.table("abusive")),
        right=_case(table.table("right")),
        unreasonable=_case(table.table("unreasonable")),
    )
    table.close()
    return boundary


def _case(table: Table) -> CaseWords:
    words = CaseWords(table.take("policy", values.paragraph, None), table.take("sentence", values.paragraph, None))
    table.close()
    return words


def to_dict(setup: Setup) -> dict[str, object]:
    """Ready for JSON; `from_dict` makes the same setup of it."""
    return _said(
        admins=list(setup.admins) or None,
        targets=targets_data(setup.targets),
        ladder=ladder_data(setup.ladder),
        away_emoji=None if setup.away_emoji == AWAY_EMOJI else list(setup.away_emoji),
        language=None if setup.language == Setup().language else setup.language,
        works_council=setup.works_council or None,
        retention=retention_data(setup.retention) or None,
        kudos=kudos_data(setup.kudos) or None,
        prompts=prompts_data(setup.prompts) or None,
        team={team.key: team_data(team) for team in setup.teams} or None,
        channel={channel.id: channel_data(channel) for channel in setup.channels} or None,
        rule=[rule_data(rule) for rule in setup.rules] or None,
        person={person.user: person_data(person) for person in setup.people} or None,
        customer={customer.user: customer_data(customer) for customer in setup.customers} or None,
        override=[override_data(override) for override in setup.overrides] or None,
    )


def kudos_data(kudos: KudosSetup) -> dict[str, object]:
    """Nothing where all is as usual."""
    days = kudos.unthanked_after_days
    return _said(
        channel=kudos.channel,
        emoji=kudos.emoji,
        off=list(kudos.off) or None,
        manager_day_cap=kudos.manager_day_cap,
        unthanked_after_days=None if days == KudosSetup().unthanked_after_days else days,
    )


def team_data(team: Team) -> dict[str, object]:
    return _said(
        name=team.name,
        agents=list(team.agents) or None,
        managers=list(team.managers) or None,
        deputies=list(team.deputies) or None,
        rota=list(team.rota) or None,
        home=team.home,
        country=team.country,
        region=team.region,
        days_off=[day.isoformat() for day in team.days_off] or None,
        targets=team.targets and targets_data(team.targets),
        ladder=None if team.ladder is None else ladder_data(team.ladder),
        digest=values.weekly_text(team.digest),
        pulse=None if team.pulse == USUAL_PULSE else values.pulse_data(team.pulse),
        managers_channel=team.managers_channel,
        retired_prompts=list(team.retired_prompts) or None,
        backing=list(team.backing) or None,
        cap=None if team.cap == USUAL_TEAM.cap else team.cap,
        load=None if team.load == USUAL_TEAM.load else team.load,
        turn=None if team.turn == USUAL_TEAM.turn else values.duration_text(team.turn),
        language=team.language,
        boundary=boundary_data(team.boundary) or None,
        hours=week_data(team.week),
    )


def boundary_data(boundary: BoundarySetup) -> dict[str, object]:
    """Nothing where all is as usual."""
    breather = boundary.breather
    return _said(
        breather=None if breather == BoundarySetup().breather else values.breather_text(breather),
        abusive=_case_data(boundary.abusive) or None,
        right=_case_data(boundary.right) or None,
        unreasonable=_case_data(boundary.unreasonable) or None,
    )


def _case_data(words: CaseWords) -> dict[str, object]:
    return _said(policy=words.policy, sentence=words.sentence)


def customer_data(customer: CustomerSetup) -> dict[str, object]:
    return _said(targets=customer.targets and targets_data(customer.targets))


def override_data(override: Override) -> dict[str, object]:
    return _said(user=override.user, **{"is": override.is_}, channel=override.channel)


def _said(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}
