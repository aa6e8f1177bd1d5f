"""The setup as a file: what is read is what was written, and every mistake has its line and says what to do."""

from dataclasses import fields
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.care_file import BadSetup, Problem, read, write
from bot.domain.hours import OFFICE, Day
from bot.domain.prompt_book import Prompt
from bot.domain.setup import (
    BoundarySetup,
    CaseWords,
    Channel,
    ChannelRule,
    CustomerSetup,
    Finding,
    KudosSetup,
    PersonSetup,
    PromptSetup,
    Retention,
    Setup,
    Step,
    Targets,
    Team,
)

EXAMPLE = Path(__file__).parents[2] / "docs" / "care.example.toml"

ALL_DAY = ((time(0), time(0)),)


@pytest.mark.parametrize("source", ["", "\n\n", "# nothing yet\n", b"", "\ufeff", b"\xef\xbb\xbf# from Windows\r\n"])
def test_an_empty_file_says_that_all_is_as_usual(source: str | bytes) -> None:
    assert read(source) == Setup()


def test_the_example_in_the_docs_is_right_and_uses_every_word_there_is() -> None:
    setup = read(EXAMPLE.read_bytes())
    assert read(write(setup)) == setup
    assert "days_off = [2026-12-24, 2026-12-31]\n" in write(setup)
    night, care = setup.team("night"), setup.team("care")
    assert night is not None
    assert care is not None
    assert night.ladder == (Step(80, "owner", "reply"), Step(150, "manager", "how_help"))
    assert care.days_off == (date(2026, 12, 24), date(2026, 12, 31))
    assert care.week.zone == "Europe/Berlin"
    assert care.week.days[4] == ((time(9), time(15)),)
    assert care.week.days[5] == ()
    assert (care.cap, care.load, care.turn) == (5, 10, timedelta(minutes=45))
    assert setup.person("U01BEN0AGT").country == "US"
    assert setup.targets_for("C01ACMECUS", "U01VIP0CUS").first == timedelta(minutes=10)
    assert night.week.days == (((time(22), time(6)),),) * 7
    said = EXAMPLE.read_text(encoding="utf-8")
    nouns = (Team, PersonSetup, CustomerSetup, BoundarySetup, CaseWords, Channel, KudosSetup, PromptSetup, Prompt)

    for key in (field.name for noun in (*nouns, ChannelRule, Retention) for field in fields(noun)):
        assert key in ("key", "id", "week", "user", "days") or f"{key} = " in said or f".{key}]" in said, key


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        ("", OFFICE.days),
        ('zone = "UTC"', OFFICE.days),
        ("mon-sun = []", ((), (), (), (), (), (), ())),
        ('mon-fri = ["9:00-17:00"]', OFFICE.days),
        ('tue-fri = ["09:00 - 17:00"]\nmon = ["09:00-17:00"]', OFFICE.days),
        ('fri-mon = ["00:00-24:00"]', (ALL_DAY, (), (), (), ALL_DAY, ALL_DAY, ALL_DAY)),
    ],
)
def test_hours_are_written_by_day_or_by_a_row_of_days(hours: str, days: tuple[Day, ...]) -> None:
    assert read(f"[team.care.hours]\n{hours}").teams[0].week.days == days


@pytest.mark.parametrize(
    ("text", "minutes"), [("60m", 60), ("1h30m", 90), ("2h", 120), ("1h 5m", 65), ("90s", 1.5), ("720h", 43200)]
)
def test_targets_are_written_as_people_say_them(text: str, minutes: float) -> None:
    assert read(f'targets = {{ first = "{text}" }}').targets.first == timedelta(minutes=minutes)


def test_a_targets_other_half_stays_as_usual() -> None:
    assert read('[targets]\nnext = "3h"').targets == Targets(timedelta(hours=1), timedelta(hours=3))


CARE = '[team.care]\nagents = ["U0ANA"]\nmanagers = ["U0MIA"]\nhome = "C0HOME"\n'
WRONG = {
    # each text marks the lines that are wrong by what has to be said of them
    "words": """
admin = ["U0ADA"] # `admin` is not known here: did you mean `admins`?
[team.care]
agent = ["U0ANA"] # team care, agent: `agent` is not known here: did you mean `agents`?
colour = "red" # team care, colour: `colour` is not known here
[chanel.C0ACME] # `chanel` is not known here: did you mean `channel`?
[channel.C0NORD]
knid = "team" # did you mean `kind`?
""",
    "people": """
admins = ["ada"] # admins: "ada" is not the id of a person, like U01AB2CD3EF (in their profile
[team.care]
agents = [
  "U0ANA",
  "@ben", # team care, agents: "@ben" is not the id of a person,
  "U0ANA", # "U0ANA" stands here twice: take one out
  7, # 7 is not the id
  "S0NIGHT",
]
managers = "U0MIA" # team care, managers: a list is needed: ["U0MIA"]
deputies = ["S0GROUP"] # "S0GROUP" is not the id of a person
home = "#care" # "#care" is not the id of a channel, like C01AB2CD3EF (at the bottom
name = "" # a short text on one line is needed, not ""
pulse = 4 # team care, pulse: 4 is not a number of answers: 5 at least are needed, or "off"
""",
    "rota": """
[team.care]
agents = ["U0ANA"]
rota = [
  "U0ANA",
  "U0BEN", # team care, rota: U0BEN is on the rota, but not among the team's agents
]
""",
    "teams": """
[team.Care] # team Care: "Care" cannot be a team's key: use small letters, digits, - and _, like `care`
[team]
night = 3 # team night: a table is needed, not 3
""",
    "channels": """
[team.care]
[channel.C0ACME]
kind = "costumer" # channel C0ACME, kind: "costumer" is not possible: it may be `customer`, `team` or `ignored`
team = "cara" # channel C0ACME, team: there is no team `cara`: did you mean `care`?
owner = "S0GROUP" # is not the id of a person
relays = ["U0APP"] # channel C0ACME, relays: "U0APP" is not the id of an app
[channel.acme] # channel acme: "acme" is not the id of a channel
""",
    "home": """
[team.care]
home = "C0ACME" # team care, home: C0ACME is a channel of kind `customer`: what is meant for the team must not go there
[channel.C0ACME]
""",
    "hours": """
[team.care.hours]
zone = "Europe/Berlim" # team care, hours, zone: 'Europe/Berlim' is not a time zone
mon-thu = ["09:00-12:30", "12:00-17:00"] # Monday: 09:00–12:30 overlaps 12:00–17:00
fri = [
  "09:00-12:00",
  "25:00-26:00", # "25:00-26:00" is not a block of hours: write it like "09:00-12:30"
  "noon", # "noon" is not a block
]
thu = ["09:00-10:00"] # thu stands here twice: put all its hours in one line
saturday = [] # `saturday` is not known here: did you mean `sat`?
home = "C0HOME" # `home` is not known here: it is the team's, so it goes above the hours
""",
    "overnight": """
[team.care.hours] # Tuesday: 22:00–06:00 overlaps 05:00–09:00
mon = ["22:00-06:00"]
tue = ["05:00-09:00"]
""",
    "days off": """
[team.care]
region = "BE" # team care, region: a region needs its `country` as well
days_off = [
  2026-12-24,
  "2026-02-30", # "2026-02-30" is not a day: write it like 2026-12-24
  2026-12-24T09:00:00, # is not a day
]
[team.night]
country = "Germany" # team night, country: "Germany" is not a country: its two capital letters are needed
region = 5 # 5 is not a region
""",
    "targets": """
targets = { first = 60, nxt = "2h" } # first: 60 is not a working time: write it like "45m" # did you mean `next`?
[team.care.targets] # team care, targets: `next` is missing
first = "0m" # "0m" is not possible: a target is more than nothing and at most 720h
[channel.C0ACME]
targets = "1h" # channel C0ACME, targets: a table is needed, not "1h" # `first` is missing # `next` is missing
[channel.C0NORD.targets]
first = "721h" # is not possible
next = "1 day" # is not a working time
""",
    "ladder": """
[[ladder]]
at = 75
to = "owner"
[[ladder]]
at = 75 # ladder 2, at: 75 % does not come after the 75 % of the step above: put them in order
to = "boss" # ladder 2, to: "boss" is not possible: it may be `owner`, `home` or `manager`
[team.care]
ladder = [
  { at = 0, to = "owner" }, # team care, ladder 1, at: 0 is not a share of the target
  { at = 110, to = "home" }, # this step goes to the home channel, but the team has none
  { at = 120, to = "manager", say = "hi" }, # this step goes to a manager, but the team has none # "hi" is not possible
  { to = "owner", when = 3 }, # `at` is missing # `when` is not known here # 100 % does not come after
]
""",
    "kudos": """
[kudos]
channel = "C0ACME" # kudos, channel: C0ACME is a channel of kind `customer`: kudos are announced where only the team
emoji = ":eyes:" # kudos, emoji: eyes owns or closes a conversation already: choose another
off = [
  "C0LUNCH",
  "C0ACME", # kudos, off: C0ACME is the kudos channel: take it out here, or name another
  "#lunch", # kudos, off: "#lunch" is not the id of a channel
]
manager_day_cap = 0 # 0 is not a number of people: a whole number from 1 to 1000 is needed
unthanked_after_days = "30" # "30" is not a number of days: a whole number from 1 to 365 is needed
points = 5 # kudos, points: `points` is not known here
[channel.C0ACME]
""",
    "single people": """
away_emoji = ["palm tree"] # away_emoji: "palm tree" is not the name of an emoji
[team.care]
agents = ["U0ANA"]
cap = 0 # team care, cap: 0 is not a number of pings a day: a whole number from 1 to 100 is needed
load = "8" # team care, load: "8" is not a number of open waits
turn = "soon" # team care, turn: "soon" is not a working time
[person.ana] # person ana: "ana" is not the id of a person
[person.U0ANA]
region = "BE" # person U0ANA, region: a region needs its `country` as well
role = "agent" # person U0ANA, role: `role` is not known here
[person.U0ANA.hours]
zone = "Berlin" # person U0ANA, hours, zone: 'Berlin' is not a time zone
mon-fri = ["9-13"] # person U0ANA, hours, mon-fri: "9-13" is not a block of hours
country = "DE" # `country` is not known here: it is the person's, so it goes above the hours
[customer.U0ANA] # customer U0ANA: U0ANA is of the team `care`, and no customer
[customer.U0VIP]
targets = { first = "5m" } # customer U0VIP, targets: `next` is missing
""",
    "rules": """
language = "nl" # language: "nl" is not possible: it may be `en`, `de`, `fr`, `es` or `pt`
works_council = "yes" # works_council: "yes" is not possible: it may be true or false
[retention]
conversations = 7 # retention, conversations: 7 is not a number of days: a whole number from 30 to 3650 is needed
kudos = "kept"
grace = "kept" # retention, grace: "kept" is not a number of days: a whole number from 1 to 365 is needed
[team.care]
language = "xx" # team care, language: "xx" is not possible
[[rule]]
prefix = "#ext-"
[[rule]] # rule 2, prefix: this rule fits no channel: it needs a `prefix`, or `shared = true`
kind = "team"
[[rule]]
prefix = "Ext " # rule 3, prefix: "Ext " begins no channel's name
shared = true
team = "cara" # rule 3, team: there is no team `cara`: did you mean `care`?
[[rule]]
prefix = "ext-" # rule 4, prefix: another rule is for channels that begin with ext- already: keep one of them
""",
    "overrides": """
admins = ["U0ADA"]
[team.care]
agents = ["U0ANA"]
[[override]]
user = "U0ANA" # override 1, user: U0ANA is of the team `care` and cannot be a customer everywhere: name a `channel`
is = "customer"
[[override]]
user = "U0ANA"
is = "customer"
channel = "C0ACME"
[[override]]
user = "U0ADA" # U0ADA is an admin and cannot be a customer everywhere
is = "customer"
[[override]]
user = "U0ANA" # override 4, user: U0ANA is overridden here twice: keep one of them
is = "ours"
channel = "C0ACME"
[[override]] # override 5: `is` is missing
user = "U0BEN"
[[override]]
user = "U0CON"
is = "guest" # "guest" is not possible: it may be `customer` or `ours`
""",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_every_mistake_has_its_line_and_says_what_to_do(text: str) -> None:
    with pytest.raises(BadSetup) as caught:
        read(text)
    expected = [(line, part) for line, row in enumerate(text.split("\n"), 1) for part in row.split(" # ")[1:]]
    problems = list(caught.value.problems)
    for line, part in expected:
        hit = next((problem for problem in problems if problem.line == line and part in problem.sentence), None)
        assert hit, (line, part, problems)
        problems.remove(hit)
    assert problems == []


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("a = 1\nb = \n", 2, "a value cannot start like this"),
        ("[team.care]\nhome = C0HOME\n", 2, 'texts stand in straight quotes, like "U01AB2CD3EF" (column 8)'),
        ("[team.care]\nname = “Care”\n", 2, "straight quotes"),
        ("[team.care]\n[team.night]\n[team.care]\n", 3, "`team.care` stands here a second time"),
        ("[team.care]\nhome = 'C0A'\nhome = 'C0B'\n", 3, "this key stands here a second time"),
        ("[team.care]\n\nagents = ['U0ANA'", 3, "Unclosed array"),
        ("\n[team.care\n", 2, "this is not TOML"),
        ("day = 2026-02-30\n", 1, "this is not TOML: Invalid date or datetime"),
        ("a = " + "[" * 5000, 1, "too deep"),
        ("a = " + "9" * 5000, 1, "this is not TOML"),
        (b"admins = []\n# caf\xe9\n", 2, "save the file as UTF-8"),
        ("admins = []\n".encode("utf-16"), 1, "save the file as UTF-8"),
    ],
)
def test_what_is_no_toml_at_all_is_one_problem_with_its_line(text: str | bytes, line: int, sentence: str) -> None:
    with pytest.raises(BadSetup) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert problem.line == line
    assert sentence in problem.sentence


def test_further_checks_get_their_lines_too() -> None:
    with pytest.raises(BadSetup) as caught:
        read(CARE, lambda setup: [Finding(("team", setup.teams[0].key, "home"), "is full")])
    assert caught.value.problems == (Problem(4, "team care, home: is full"),)
    assert str(caught.value) == "line 4: team care, home: is full"


def test_one_of_ours_may_play_the_customer_in_a_channel() -> None:
    text = f'{CARE}[[override]]\nuser = "U0ANA"\nis = "customer"\nchannel = "C0TRY"'
    assert read(text).override("U0ANA", "C0TRY") == "customer"


def test_who_is_on_the_rota_through_a_user_group_is_left_to_slack() -> None:
    assert read('[team.care]\nagents = ["S0CARE"]\nrota = ["U0ANA"]').teams[0].rota == ("U0ANA",)


@given(st.text("[]{}=.\"'#,\n \t\r\\-:", max_size=80) | st.text(max_size=80) | st.binary(max_size=40))
def test_any_file_is_read_or_refused_with_lines(source: str | bytes) -> None:
    problems: tuple[Problem, ...] = (Problem(1, "none"),)
    try:
        read(source)
    except BadSetup as bad:
        problems = bad.problems
    assert problems
    assert all(problem.line >= 1 and problem.sentence for problem in problems)
