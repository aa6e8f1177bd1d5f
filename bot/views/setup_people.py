"""Single people in the setup: where and when they work, where that is not as in their team."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain import setup_edits
from bot.domain.hours import OFFICE, Week
from bot.domain.setup import PersonSetup, Setup
from bot.domain.setup_data import gather
from bot.views import setup_forms as sheets
from bot.views import setup_team_fields as fields
from bot.views import setup_team_hours as weeks
from bot.views.blocks import context, section
from bot.views.setup_customers import whom
from bot.views.setup_forms import Carried, Read, Sheet, View
from bot.views.words import common
from bot.views.words import setup_customers as words

FORM = "setup.person"


def people(setup: Setup, start: str) -> dict[str, Any]:
    """All who have something of their own."""
    listed: list[Block] = [
        section(common.person(one.user), sheets.opens(words.CHANGE(), "person", one.user)) for one in setup.people
    ]
    top = [context(words.PEOPLE_INTRO()), sheets.adds(words.ADD(), "person")]
    return sheets.listing("people", words.PEOPLE_TITLE(), top, listed, start, words.NONE_YET())


def form(setup: Setup, carried: Carried) -> dict[str, Any] | None:
    """For one who is there, or without a key for a new one."""
    found = [one for one in setup.people if one.user == carried.key]
    if carried.key and not found:
        return None
    one = found[0] if found else PersonSetup("")
    week = weeks.written(Week(OFFICE.zone, one.days)) if one.days else ""
    days_off = " ".join(day.isoformat() for day in one.days_off)
    blocks = [
        whom(one.user),
        fields.lines_for("hours", week, words.HOURS(), words.HOURS_HINT()),
        fields.words_for("hours.zone", one.zone, 60, words.ZONE(), words.ZONE_HINT()),
        fields.words_for("country", one.country, 2, words.COUNTRY(), words.COUNTRY_HINT()),
        fields.words_for("region", one.region, 50, words.REGION(), words.REGION_HINT()),
        fields.lines_for("days_off", days_off, words.DAYS_OFF(), words.DAYS_OFF_HINT()),
    ]
    blocks += [sheets.removes(words.REMOVE(), "person")] if found else []
    return sheets.modal(FORM, words.PERSON_TITLE(), blocks, carried)


def read(view: View, carried: Carried) -> Read:
    """As the file would say it."""
    user = carried.key or sheets.person(view, "user") or ""
    zone = fields.tidied(view, "hours.zone")
    data = sheets.said(
        hours=sheets.said(zone=zone) | weeks.typed_week(fields.typed(view, "hours")),
        country=fields.tidied(view, "country").upper(),
        region=fields.tidied(view, "region"),
        days_off=list(dict.fromkeys(fields.typed(view, "days_off").replace(",", " ").split())),
    )
    part, found = gather({"person": {user: data}})
    return Read(lambda setup: setup_edits.put_person(setup, part.people[0]), found)


SHEET = Sheet(
    form,
    read,
    sheets.at(("person", "*"), {"": "hours", **sheets.same("hours", "hours.zone", "country", "region", "days_off")}),
    fields.named("hours.zone"),
    setup_edits.remove_person,
)
