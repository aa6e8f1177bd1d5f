"""Whether the values of a setup fit together; each rule yields what is wrong and says what to do."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bot.domain import setup_prompts
from bot.domain.conversations import CLOSING_EMOJI, OWNING_EMOJI
from bot.domain.setup import Finding, Path, Setup, Step, Team
from bot.domain.setup_values import meant


def findings(setup: Setup) -> list[Finding]:
    """Empty when all is well. Whether countries and regions exist is known to `bot.store.calendars`."""
    found = [*_keys(setup), *_ascending(setup.ladder, ("ladder",))]
    for team in setup.teams:
        found += [*_team(setup, team), *_ladder(team)]
    return [
        *found,
        *_people(setup),
        *_kudos(setup),
        *_prompts(setup),
        *_channels(setup),
        *_rules(setup),
        *_overrides(setup),
    ]


def _keys(setup: Setup) -> Iterator[Finding]:
    """A file cannot have a key twice, a setup made elsewhere can."""
    keys: list[Path] = [("team", team.key) for team in setup.teams]
    keys += [("channel", channel.id) for channel in setup.channels]
    keys += [("person", person.user) for person in setup.people]
    keys += [("customer", customer.user) for customer in setup.customers]
    for path, times in Counter(keys).items():
        if times > 1:
            yield Finding(path, "stands here twice: put the two together")


def _ascending(ladder: tuple[Step, ...], path: Path) -> Iterator[Finding]:
    for place, (before, after) in enumerate(pairwise(ladder), 1):
        if after.at <= before.at:
            sentence = f"{after.at} % does not come after the {before.at} % of the step above: put them in order"
            yield Finding((*path, place, "at"), sentence)


def _team(setup: Setup, team: Team) -> Iterator[Finding]:
    path: Path = ("team", team.key)
    home = setup.channel(team.home) if team.home else None
    if home and home.kind != "team":
        sentence = f"{home.id} is a channel of kind `{home.kind}`: what is meant for the team must not go there"
        yield Finding((*path, "home"), sentence)
    if team.region and not team.country:
        yield Finding((*path, "region"), "a region needs its `country` as well")
    if any(agent.startswith("S") for agent in team.agents):
        return  # who is in a user group is known to Slack only
    for place, user in enumerate(team.rota):
        if user not in team.people:
            yield Finding((*path, "rota", place), f"{user} is on the rota, but not among the team's agents")


def _people(setup: Setup) -> Iterator[Finding]:
    for person in setup.people:
        if person.region and not person.country:
            yield Finding(("person", person.user, "region"), "a region needs its `country` as well")
    for customer in setup.customers:
        for team in setup.teams_of(customer.user):
            yield Finding(("customer", customer.user), f"{customer.user} is of the team `{team.key}`, and no customer")


def _ladder(team: Team) -> Iterator[Finding]:
    """A step to nobody is a mistake where the team wrote it; of the workspace's ladder it is left out."""
    path: Path = ("team", team.key, "ladder")
    yield from _ascending(team.ladder or (), path)
    for place, step in enumerate(team.ladder or ()):
        if step.to == "manager" and not team.managers:
            yield Finding((*path, place, "to"), "this step goes to a manager, but the team has none")
        if step.to == "home" and not team.home:
            yield Finding((*path, place, "to"), "this step goes to the home channel, but the team has none")


def _kudos(setup: Setup) -> Iterator[Finding]:
    kudos = setup.kudos
    home = setup.channel(kudos.channel) if kudos.channel else None
    if home and home.kind != "team":
        sentence = f"{home.id} is a channel of kind `{home.kind}`: kudos are announced where only the team reads"
        yield Finding(("kudos", "channel"), sentence)
    if kudos.channel and kudos.channel in kudos.off:
        sentence = f"{kudos.channel} is the kudos channel: take it out here, or name another"
        yield Finding(("kudos", "off", kudos.off.index(kudos.channel)), sentence)
    if kudos.emoji and kudos.emoji in OWNING_EMOJI | CLOSING_EMOJI:
        yield Finding(("kudos", "emoji"), f"{kudos.emoji} owns or closes a conversation already: choose another")


def _prompts(setup: Setup) -> Iterator[Finding]:
    yield from setup_prompts.findings(setup)
    for team in setup.teams:
        known = setup.channel(team.managers_channel) if team.managers_channel else None
        if known and known.kind != "team":
            sentence = f"{known.id} is a channel of kind `{known.kind}`: what is meant for managers must not go there"
            yield Finding(("team", team.key, "managers_channel"), sentence)


def _channels(setup: Setup) -> Iterator[Finding]:
    keys = [team.key for team in setup.teams]
    for channel in setup.channels:
        if channel.team and channel.team not in keys:
            sentence = f"there is no team `{channel.team}`{meant(channel.team, keys)}"
            yield Finding(("channel", channel.id, "team"), sentence)


def _rules(setup: Setup) -> Iterator[Finding]:
    keys = [team.key for team in setup.teams]
    seen: set[tuple[str | None, bool]] = set()
    for place, rule in enumerate(setup.rules):
        path: Path = ("rule", place)
        if rule.prefix is None and not rule.shared:
            yield Finding((*path, "prefix"), "this rule fits no channel: it needs a `prefix`, or `shared = true`")
        if (rule.prefix, rule.shared) in seen:
            yield Finding((*path, "prefix"), f"another rule is for {rule.which} already: keep one of them")
        seen.add((rule.prefix, rule.shared))
        if rule.team and rule.team not in keys:
            yield Finding((*path, "team"), f"there is no team `{rule.team}`{meant(rule.team, keys)}")


def _overrides(setup: Setup) -> Iterator[Finding]:
    """One of ours may play the customer in one channel, to try things out, but not everywhere."""
    seen: set[tuple[str, str | None]] = set()
    for place, override in enumerate(setup.overrides):
        path: Path = ("override", place, "user")
        if (override.user, override.channel) in seen:
            yield Finding(path, f"{override.user} is overridden here twice: keep one of them")
        seen.add((override.user, override.channel))
        if override.is_ == "customer" and override.channel is None:
            yield from (Finding(path, sentence) for sentence in _ours(setup, override.user))


def _ours(setup: Setup, user: str) -> Iterator[str]:
    for team in setup.teams_of(user):
        yield f"{user} is of the team `{team.key}` and cannot be a customer everywhere: name a `channel`"
    if user in setup.admins:
        yield f"{user} is an admin and cannot be a customer everywhere: name a `channel`"
