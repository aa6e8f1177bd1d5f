"""Teams with every value that their forms hold, and the forms as Slack sends them back."""

from datetime import date, time, timedelta
from typing import Any

from bot.domain.hours import Week
from bot.domain.setup import BoundarySetup, CaseWords, Setup, Step, Targets, Team, Weekly
from bot.sandbox import World
from bot.sandbox.elements import chosen, initial_state, placed
from bot.views import setup_team
from bot.views import setup_team_forms as forms
from bot.views.setup_team_fields import named
from bot.views.setup_team_forms import Topic
from bot.views.setup_team_people import Known

Json = dict[str, Any]

WORLD = World.from_dict(
    {"app": {"team_id": "T1", "manifest": {}}, "workspaces": [{"team_id": "T1", "name": "N", "domain": "n"}]}
)  # in which people choose
NINE_TO_FIVE = ((time(9), time(17)),)
SHORT = ((time(9), time(12, 30)), (time(13, 15), time(15)))
CARE = Team("care", "Customer care")
FULL = Team(
    key="night",
    name="Night watch & <friends>",
    agents=("S0NIGHT", "U0ANA", "U0LEE"),
    managers=("U0MIA", "S0LEADS"),
    deputies=("U0OMAR",),
    rota=("U0LEE", "S0NIGHT", "U0ANA"),
    home="C0NIGHT",
    week=Week("Europe/Lisbon", (NINE_TO_FIVE,) * 4 + (SHORT, (), ((time(22), time(6)),))),
    country="DE",
    region="BE",
    days_off=(date(2026, 12, 24), date(2026, 12, 31)),
    targets=Targets(timedelta(minutes=20), timedelta(minutes=90)),
    ladder=(Step(80, "owner", "reply"), Step(150, "manager", "how_help")),
    digest=Weekly(4, 16 * 60 + 30),
    boundary=BoundarySetup(timedelta(0), CaseWords("Nobody has to read insults.", "Let us speak with respect.")),
    pulse=8,
    managers_channel="C0LEADS",
    cap=4,
    load=12,
    turn=timedelta(minutes=45),
    language="de",
)
QUIET = Team("quiet", "Quiet", ladder=(), digest=None, pulse=None)
LONG = Team(
    key="long",
    name="W" * 80,
    agents=tuple(f"U{number:09}" for number in range(300)),
    rota=tuple(f"U{number:09}" for number in range(99)),
    days_off=tuple(date(2026, 1, 1) + timedelta(days=day) for day in range(900)),
    boundary=BoundarySetup(abusive=CaseWords("x" * 500, "y" * 500), right=CaseWords("<!channel> " * 45)),
    backing=tuple(f"{place} " + "z" * 190 for place in range(15)),
)
TEAMS = {"plain": CARE, "full": FULL, "quiet": QUIET, "extreme": LONG}
KNOWN = Known(
    usual=Setup(teams=(CARE,)),
    groups={"S0NIGHT": "night", "S0OTHER": "others", **{f"S{number:09}": "g" * 90 for number in range(200)}},
    people={"U0ANA": "Ana", "U0LEE": "Lee", "U0MIA": "Mia <!channel>", "U0OMAR": ""},
    countries=("DE", "US", "FR", "PT", *(f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
)


def sent(view: Json, **typed: Any) -> Json:
    """A form as Slack sends it back: what stood in it, but for these fields; `of__zone` is the field `of.zone`."""
    values = initial_state(view["blocks"])
    elements = {one.block_id: one.element for one in placed(view["blocks"])}
    for key, value in typed.items():
        name = named(key.replace("__", "."))
        element = elements[name]
        shown = values[name][name]
        if "users" in element["type"] or "conversations" in element["type"]:
            (kind,) = (one for one in shown if one != "type")
            shown[kind] = value
        else:
            shown |= chosen(WORLD, element, value)
    return view | {"state": {"values": values}}


def modals() -> dict[str, Json]:
    """Every form of every team."""
    found = {
        f"{topic}, {name}": forms.form(topic, team, KNOWN, "team:care")
        for name, team in TEAMS.items()
        for topic in Topic
    }
    return found | {"new": forms.new(KNOWN, "teams"), "new, the first": forms.new(Known(), "teams")}


def pages() -> dict[str, Json]:
    """The page of every team."""
    setup = Setup(teams=tuple(TEAMS.values()))
    shown = {name: setup_team.page(team, setup, may_remove=True) for name, team in TEAMS.items()}
    return shown | {"of a manager": setup_team.page(CARE, setup, may_remove=False)}
