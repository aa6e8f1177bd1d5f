"""Changes of a setup at random: what somebody fills into a form, and what somebody else writes into the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, GENERAL, GITA, GUESTS, KUDOS, LEE, MIA, NIA, OMAR
from bot.domain.setup import LANGUAGES
from bot.domain.setup_channels import KINDS
from bot.domain.setup_data import gather
from bot.views import setup_channels, setup_forms, setup_rules, setup_team
from bot.views.setup_forms import said
from bot.views.setup_team_people import key_of

Data = dict[str, Any]

CHANNELS = (EXT_ACME, EXT_BLUEBIRD, GUESTS, GENERAL, KUDOS)
STAFF = (ANA, LEE, MIA, OMAR)
LENGTHS = ("10m", "45m", "1h", "1h30m", "8h")


@dataclass(frozen=True, slots=True)
class Edit:
    """From a page a button leads to a form that is filled in, or whose thing is taken away; `file` is as it is then."""

    page: str
    button: tuple[str, str]
    values: Mapping[str, Any] | None
    file: Data


def any_edit(rng: Random, file: Data) -> Edit:
    """One of all that there are; `file` is its own to change."""
    return rng.choice(EDITS)(rng, file)


def _targets(rng: Random) -> tuple[Data, Data]:
    """Both or none, for the file and for a form."""
    pair = {"first": rng.choice(LENGTHS), "next": rng.choice(LENGTHS)}
    return rng.choice([(pair, pair), ({}, {"first": "", "next": ""})])


def _some(rng: Random, things: tuple[str, ...]) -> list[str]:
    return rng.sample(things, rng.randint(0, len(things)))


def _kept(before: list[str], after: list[str]) -> list[str]:
    """Whoever stays, where they stood."""
    return [one for one in before if one in after] + [one for one in after if one not in before]


def _open(form: str, key: str = "") -> tuple[str, str]:
    return setup_forms.OPEN, f"{form}:{key}"


def _channel(rng: Random, file: Data) -> Edit:
    channel, kind, team = rng.choice(CHANNELS), rng.choice(KINDS), rng.choice(["", *file["team"]])
    owner, relays = rng.choice(["", *STAFF]), _some(rng, ("B01MAIL", "A02MAIL"))
    targets, typed = _targets(rng)
    file["channel"][channel] = said(kind=kind, team=team, owner=owner, targets=targets, relays=relays)
    values = {
        "kind": kind,
        "team": team or "-",
        "owner": [owner] if owner else [],
        "relays": ", ".join(relays),
        **typed,
    }
    return Edit("channels", (setup_channels.PICK, channel), values, file)


def _no_channel(rng: Random, file: Data) -> Edit:
    if not file["channel"]:
        return _channel(rng, file)
    channel = rng.choice([*file["channel"]])
    del file["channel"][channel]
    return Edit("channels", (setup_channels.PICK, channel), None, file)


def _rule(rng: Random, file: Data) -> Edit:
    rules: list[Data] = file["rule"]
    place = rng.randint(0, len(rules))
    key = _rule_key(rules[place]) if place < len(rules) else ""
    prefix, shared, kind = rng.choice(["", "ext-", "cust-"]), rng.random() < 0.5, rng.choice(KINDS)
    team = rng.choice(["", *file["team"]])
    others = rules[:place] + rules[place + 1 :]
    to = rng.randint(0, len(others))
    rule = said(prefix=prefix, shared=shared or None, kind=kind, team=team)
    file["rule"] = [*others[:to], rule, *others[to:]]
    values = {"prefix": prefix, "shared": ["yes"] if shared else [], "kind": kind, "team": team or "-", "place": to + 1}
    return Edit("rules", _open("rule", key), values, file)


def _no_rule(rng: Random, file: Data) -> Edit:
    if not file["rule"]:
        return _rule(rng, file)
    rule = file["rule"].pop(rng.randrange(len(file["rule"])))
    return Edit("rules", _open("rule", _rule_key(rule)), None, file)


def _rule_key(rule: Data) -> str:
    return setup_rules.key_of(gather({"rule": [rule]})[0].rules[0])


def _override(rng: Random, file: Data) -> Edit:
    rows: list[Data] = file["override"]
    place = rng.randint(0, len(rows))
    key = f"{rows[place]['user']}/{rows[place].get('channel', '')}" if place < len(rows) else ""
    user, side, channel = (
        rng.choice([ADA, BOB, GITA, ANA]),
        rng.choice(["ours", "customer"]),
        rng.choice(["", *CHANNELS]),
    )
    row = said(user=user, channel=channel, **{"is": side})
    file["override"] = [*rows[:place], row, *rows[place + 1 :]]
    values = {"user": [user], "is": side, "channel": [channel] if channel else []}
    return Edit("overrides", _open("override", key), values, file)


def _no_override(rng: Random, file: Data) -> Edit:
    if not file["override"]:
        return _override(rng, file)
    row = file["override"].pop(rng.randrange(len(file["override"])))
    return Edit("overrides", _open("override", f"{row['user']}/{row.get('channel', '')}"), None, file)


def _customer(rng: Random, file: Data) -> Edit:
    user, pair = rng.choice([ADA, BOB, GITA]), {"first": rng.choice(LENGTHS), "next": rng.choice(LENGTHS)}
    known = user in file["customer"]
    file["customer"][user] = {"targets": pair}
    return Edit("customers", _open("customer", user if known else ""), pair | ({} if known else {"user": [user]}), file)


def _no_customer(rng: Random, file: Data) -> Edit:
    if not file["customer"]:
        return _customer(rng, file)
    user = rng.choice([*file["customer"]])
    del file["customer"][user]
    return Edit("customers", _open("customer", user), None, file)


def _person(rng: Random, file: Data) -> Edit:
    user, known = rng.choice(STAFF), [*file["person"]]
    zone, days = rng.choice(["", "America/New_York", "Europe/Bonn"]), rng.choice(["", "09:00-13:00"])
    country, region = rng.choice(["", "DE", "US"]), rng.choice(["", "BE"])
    hours = said(zone=zone) | ({"mon-wed": [days]} if days else {})
    off = _some(rng, ("2026-12-24", "2026-11-27"))
    file["person"][user] = said(country=country, region=region, days_off=off, hours=hours)
    values: Data = {"hours__zone": zone, "hours": f"mon-wed {days}" if days else "", "days_off": " ".join(off)}
    values |= {"country": country, "region": region} | ({} if user in known else {"user": [user]})
    return Edit("people", _open("person", user if user in known else ""), values, file)


def _workspace_targets(rng: Random, file: Data) -> Edit:
    pair = {"first": rng.choice([*LENGTHS, "soon"]), "next": rng.choice(LENGTHS)}
    steps = [
        {"at": rng.randint(1, 300), "to": rng.choice(["owner", "home", "manager", "friend"][: rng.randint(1, 4)])}
        for _ in range(rng.randint(0, 3))
    ]
    file |= {"targets": pair, "ladder": steps}
    typed = "\n".join(f"{step['at']}% {step['to']}" for step in steps)
    return Edit("main", _open("targets"), pair | {"ladder": typed}, file)


def _kudos(rng: Random, file: Data) -> Edit:
    channel, emoji, off = rng.choice(["", KUDOS, GENERAL]), rng.choice(["", "tada", "eyes"]), _some(rng, CHANNELS[2:])
    cap, days = rng.choice([None, 1, 25, 2000]), rng.choice([None, 7, 45])
    file["kudos"] = said(channel=channel, emoji=emoji, off=off, manager_day_cap=cap, unthanked_after_days=days)
    numbers = {"manager_day_cap": cap or "", "unthanked_after_days": days or ""}
    return Edit(
        "main", _open("kudos"), {"channel": [channel] if channel else [], "emoji": emoji, "off": off} | numbers, file
    )


def _workspace(rng: Random, file: Data) -> Edit:
    language, admins = rng.choice(LANGUAGES), _some(rng, (NIA, MIA, LEE))
    council, emoji = rng.random() < 0.5, _some(rng, ("away", "ooo", "nap time"))
    file |= {"language": language, "works_council": council, "admins": _kept(file.get("admins", []), admins)}
    file["away_emoji"] = " ".join(emoji).split()
    ticked = {"works_council": ["yes"] if council else []}
    values = {"language": language, "admins": admins, "away_emoji": ", ".join(emoji), **ticked}
    return Edit("main", _open("workspace"), values, file)


def _retention(rng: Random, file: Data) -> Edit:
    kinds = ("conversations", "kudos", "answers", "statistics", "changes")
    days = {kind: rng.choice([None, 30, 90, 400, 29]) for kind in rng.sample(kinds, 2)}
    grace = rng.choice([1, 30, 365])
    usual = file.get("retention", {}) | {kind: number or "kept" for kind, number in days.items()}
    file["retention"] = usual | {"grace": grace}
    return Edit(
        "main", _open("retention"), {kind: number or "" for kind, number in days.items()} | {"grace": grace}, file
    )


def _team_people(rng: Random, file: Data) -> Edit:
    key = rng.choice([*file["team"]])
    team: Data = file["team"][key]
    now = {kind: _kept(team.get(kind, []), _some(rng, STAFF)) for kind in ("agents", "managers", "deputies")}
    name = rng.choice(["Care", "Customer care", "Nights & days"])
    file["team"][key] = {**team, "name": name, **now}
    return Edit(f"team:{key}", (setup_team.CHANGE, f"people:{key}"), {"name": name, **now}, file)


def _team_budget(rng: Random, file: Data) -> Edit:
    key, cap, load, turn = rng.choice([*file["team"]]), rng.choice([3, 6]), rng.choice([8, 20]), rng.choice(LENGTHS)
    file["team"][key] |= {"cap": cap, "load": load, "turn": turn}
    return Edit(f"team:{key}", (setup_team.CHANGE, f"budget:{key}"), {"cap": cap, "load": load, "turn": turn}, file)


def _team_hours(rng: Random, file: Data) -> Edit:
    key, zone, country = rng.choice([*file["team"]]), rng.choice(["UTC", "Europe/Berlin"]), rng.choice(["", "DE", "US"])
    opens, region = rng.choice(["08:00-12:00", "10:00-09:00"]), rng.choice(["", "BE", "CA"])
    team: Data = {name: one for name, one in file["team"][key].items() if name not in ("country", "region")}
    file["team"][key] = team | said(hours={"zone": zone, "mon-thu": [opens]}, country=country, region=region)
    values = {"hours": f"mon-thu {opens}", "hours__zone": zone, "country": country or "none", "region": region}
    return Edit(f"team:{key}", (setup_team.CHANGE, f"hours:{key}"), values, file)


def _new_team(rng: Random, file: Data) -> Edit:
    name, agents = rng.choice(["Night watch", "Größe"]), _some(rng, STAFF)
    file["team"][key_of(name, [*file["team"]])] = {"name": name} | said(agents=agents)
    return Edit("main", (setup_team.NEW, ""), {"name": name, "agents": agents, "managers": [], "home": []}, file)


EDITS: tuple[Callable[[Random, Data], Edit], ...] = (
    _channel,
    _channel,
    _no_channel,
    _rule,
    _rule,
    _no_rule,
    _override,
    _override,
    _no_override,
    _customer,
    _no_customer,
    _person,
    _workspace_targets,
    _kudos,
    _workspace,
    _retention,
    _team_people,
    _team_budget,
    _team_hours,
    _new_team,
)
