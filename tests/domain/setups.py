"""Setups of any shape, whose parts fit together."""

from datetime import time, timedelta

from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour
from bot.domain.hours import OFFICE, BadHours, Week
from bot.domain.prompt_book import Dimension, Prompt, Signal, book
from bot.domain.setup import (
    LANGUAGES,
    BoundarySetup,
    CaseWords,
    Channel,
    ChannelRule,
    CustomerSetup,
    KudosSetup,
    Override,
    PersonSetup,
    PromptSetup,
    Retention,
    Setup,
    Step,
    Targets,
    Team,
    Weekly,
)
from bot.domain.setup_channels import KINDS


def ids(letters: str) -> st.SearchStrategy[str]:
    return st.builds("{}{}".format, st.sampled_from(letters), st.text("ABYZ019", min_size=1, max_size=9))


def some(items: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, unique=True, max_size=4).map(tuple)


PEOPLE, MEMBERS, CHANNELS = ids("UW"), ids("UWS"), ids("CG")
NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=80).filter(str.strip)
LENGTHS = st.integers(1, 30 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
TARGETS = st.builds(Targets, LENGTHS, LENGTHS)
STEPS = st.builds(
    Step,
    st.integers(1, 1000),
    st.sampled_from(["owner", "home", "manager"]),
    st.sampled_from(["reply", "help", "lend_hand", "how_help"]),
)
LADDERS = st.lists(STEPS, max_size=5, unique_by=lambda step: step.at).map(
    lambda steps: tuple(sorted(steps, key=lambda step: step.at))
)
BLOCKS = st.tuples(st.times(), st.times()).map(
    lambda block: (block[0].replace(microsecond=0), block[1].replace(second=0, microsecond=0))
)
ALL_DAY = ((time(0), time(0)),)
DAYS = st.sampled_from([(), ((time(9), time(17)),), ALL_DAY]) | st.lists(BLOCKS, max_size=2).map(tuple)
CASES = st.builds(CaseWords, st.none() | NAMES, st.none() | NAMES)
BOUNDARIES = st.builds(BoundarySetup, LENGTHS | st.just(timedelta(0)), CASES, CASES, CASES)


BROUGHT = st.sampled_from([one.id for one in book()])
OWN = st.builds(
    Prompt,
    st.text("ab09", min_size=1, max_size=4).map("own-{}".format),
    *[NAMES] * 5,
    st.sampled_from(Dimension),
    st.sampled_from(Behaviour),
    st.lists(st.sampled_from(Signal), min_size=1, max_size=3, unique=True).map(tuple),
    st.booleans(),
)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    zone = draw(st.sampled_from(["UTC", "Europe/Berlin", "Australia/Lord_Howe"]))
    days = [draw(DAYS) for _ in range(7)]
    try:
        return Week(zone, (days[0], days[1], days[2], days[3], days[4], days[5], days[6]))
    except BadHours:
        return Week(zone, OFFICE.days)


@st.composite
def teams(draw: st.DrawFn) -> Team:
    """Only what fits together: who is on the rota is in the team, the steps lead to someone."""
    agents, managers = draw(some(MEMBERS)), draw(some(MEMBERS))
    home, country = draw(st.none() | CHANNELS), draw(st.sampled_from(["DE", "US"]) | st.none())
    reached = {"owner", managers and "manager", home and "home"}
    ladder = draw(st.none() | LADDERS)
    return Team(
        key=draw(st.text("az09", min_size=1, max_size=3).map(lambda key: f"{key}_-{key}")),
        name=draw(NAMES),
        agents=agents,
        managers=managers,
        deputies=draw(some(PEOPLE)),
        home=home,
        week=draw(weeks()),
        country=country,
        region=draw(st.sampled_from(["BE", "US-CA", "Augsburg"])) if country else None,
        days_off=tuple(draw(st.lists(st.dates(), unique=True, max_size=3))),
        targets=draw(st.none() | TARGETS),
        ladder=ladder and tuple(step for step in ladder if step.to in reached),
        rota=tuple(draw(st.lists(st.sampled_from(agents), unique=True))) if agents else (),
        digest=draw(st.none() | st.builds(Weekly, st.integers(0, 6), st.integers(0, 24 * 60 - 1))),
        backing=draw(some(NAMES)),
        pulse=draw(st.none() | st.integers(5, 1000)),
        boundary=draw(BOUNDARIES),
        managers_channel=draw(st.none() | CHANNELS.map("{}LEADS".format)),
        retired_prompts=draw(some(BROUGHT)),
        cap=draw(st.integers(1, 100)),
        load=draw(st.integers(1, 1000)),
        turn=draw(LENGTHS),
        language=draw(st.none() | st.sampled_from(LANGUAGES)),
    )


@st.composite
def channels(draw: st.DrawFn, teams: list[Team]) -> Channel:
    id_ = draw(CHANNELS)
    homes = [team.home for team in teams]
    return Channel(
        id=id_,
        kind=draw(st.sampled_from(["customer", "team", "ignored"])) if id_ not in homes else "team",
        team=draw(st.sampled_from([None, *(team.key for team in teams)])),
        owner=draw(st.none() | PEOPLE),
        targets=draw(st.none() | TARGETS),
        relays=draw(some(ids("BA"))),
    )


KUDOS = st.builds(
    KudosSetup,
    st.none() | st.text("ABYZ019", min_size=1, max_size=9).map("CKUDOS{}".format),
    st.none() | st.from_regex(r"(\+1|[a-z0-9_]{1,20}|größe|笑顔)", fullmatch=True),
    st.lists(CHANNELS.filter(lambda channel: "KUDOS" not in channel), unique=True, max_size=3).map(tuple),
    st.none() | st.integers(1, 1000),
    st.integers(1, 365),
)
OURS = st.builds(Override, PEOPLE, st.just("ours"), st.none() | CHANNELS)
CUSTOMERS = st.builds(Override, PEOPLE, st.just("customer"), CHANNELS)


@st.composite
def people(draw: st.DrawFn) -> PersonSetup:
    week, country = draw(weeks()), draw(st.sampled_from(["DE", "US"]) | st.none())
    return PersonSetup(
        user=draw(PEOPLE),
        zone=draw(st.sampled_from([None, week.zone])),
        days=draw(st.sampled_from([None, week.days])),
        country=country,
        region=draw(st.sampled_from([None, "BE"])) if country else None,
        days_off=tuple(draw(st.lists(st.dates(), unique=True, max_size=3))),
    )


KEPT = st.none() | st.integers(30, 3650)
RETENTIONS = st.builds(Retention, *[KEPT] * 5, st.integers(1, 365))


@st.composite
def rules(draw: st.DrawFn, teams: list[Team]) -> ChannelRule:
    prefix = draw(st.none() | st.text("azø09_-", min_size=1, max_size=9))
    shared = prefix is None or draw(st.booleans())
    keys = [None, *(team.key for team in teams)]
    kind = draw(st.sampled_from(KINDS))
    return ChannelRule(prefix, shared, kind, draw(st.sampled_from(keys)))


@st.composite
def setups(draw: st.DrawFn) -> Setup:
    some_teams = draw(st.lists(teams(), max_size=3, unique_by=lambda team: team.key))
    return Setup(
        teams=tuple(some_teams),
        channels=tuple(draw(st.lists(channels(some_teams), max_size=4, unique_by=lambda channel: channel.id))),
        overrides=tuple(draw(st.lists(OURS | CUSTOMERS, max_size=4, unique_by=lambda o: (o.user, o.channel)))),
        targets=draw(TARGETS),
        ladder=draw(LADDERS),
        admins=draw(some(PEOPLE)),
        kudos=draw(KUDOS),
        people=tuple(draw(st.lists(people(), max_size=3, unique_by=lambda one: one.user))),
        customers=tuple(
            CustomerSetup(f"{user}VIP", draw(st.none() | TARGETS))
            for user in draw(st.lists(PEOPLE, unique=True, max_size=2))
        ),
        away_emoji=draw(some(st.from_regex(r"[a-z_]{1,20}", fullmatch=True))),
        prompts=PromptSetup(
            draw(some(BROUGHT)),
            tuple(draw(st.lists(OWN, max_size=2, unique_by=lambda one: one.id))),
        ),
        rules=tuple(draw(st.lists(rules(some_teams), max_size=3, unique_by=lambda rule: (rule.prefix, rule.shared)))),
        retention=draw(RETENTIONS),
        works_council=draw(st.booleans()),
        language=draw(st.sampled_from(LANGUAGES)),
    )


# Setups of which any two have much in common.
USERS = st.lists(st.sampled_from(["U0ANA", "U0LEE"]), unique=True).map(tuple)
ONE_TARGET = st.none() | st.just(Targets(timedelta(minutes=20), timedelta(minutes=40)))
FEW_TEAMS = st.builds(
    Team,
    st.sampled_from(["care", "sales", "night"]),
    st.just("Care"),
    agents=USERS,
    targets=ONE_TARGET,
    cap=st.sampled_from([3, 6]),
    load=st.sampled_from([8, 9]),
)
FEW_CHANNELS = st.builds(
    Channel, st.sampled_from(["C0ACME", "C0BOLT"]), owner=st.none() | st.just("U0LEE"), targets=ONE_TARGET
)
FEW_RULES = st.builds(ChannelRule, st.sampled_from(["ext-", "c"]), kind=st.sampled_from(["customer", "team"]))
FEW_OVERRIDES = st.builds(Override, st.just("U0CON"), st.just("ours"), st.none() | st.just("C0ACME"))
SMALL = st.builds(
    Setup,
    teams=st.lists(FEW_TEAMS, unique_by=lambda team: team.key, max_size=3).map(tuple),
    channels=st.lists(FEW_CHANNELS, unique_by=lambda channel: channel.id).map(tuple),
    overrides=st.lists(FEW_OVERRIDES, unique_by=lambda one: one.channel).map(tuple),
    targets=st.sampled_from([Targets(), Targets(timedelta(minutes=10), timedelta(minutes=15))]),
    customers=st.sampled_from([(), (CustomerSetup("U0ADA"),)]),
    rules=st.lists(FEW_RULES, unique_by=lambda rule: rule.prefix).map(tuple),
    retention=st.sampled_from([Retention(), Retention(kudos=90)]),
    works_council=st.booleans(),
)
