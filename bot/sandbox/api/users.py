"""users.*: who is there."""

from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.api.paging import page
from bot.sandbox.people import profile
from bot.sandbox.refused import Refused

Json = dict[str, Any]


def info(call: Call) -> Json:
    return {"user": call.world.shown(call.person(), with_locale=call.flag("include_locale"))}


def list_(call: Call) -> Json:
    """The app's own workspace, the deactivated and bots too; other companies' people are not in it."""
    home = call.world.app.team_id
    people = [person for person in call.world.people.values() if person.team_id == home]
    rows, metadata = page(call, people, default=len(people) or 1)
    members = [call.world.shown(person, with_locale=call.flag("include_locale")) for person in rows]
    return {"members": members, "cache_ts": call.world.seconds(), "response_metadata": metadata}


def lookup_by_email(call: Call) -> Json:
    email = call.need("email")
    for person in call.world.people.values():
        if person.email == email and person.team_id == call.world.app.team_id and not person.deleted:
            return {"user": call.world.shown(person, with_locale=False)}
    raise Refused("users_not_found")


def profile_get(call: Call) -> Json:
    person = call.person()
    return {"profile": profile(person, with_email="users:read.email" in call.world.app.scopes)}
