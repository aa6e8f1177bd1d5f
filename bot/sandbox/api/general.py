"""auth.*, api.test, team.info, bots.info, usergroups.*, dnd.*, apps.connections.open."""

from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.installed import App
from bot.sandbox.people import Person, Workspace
from bot.sandbox.refused import Refused

Json = dict[str, Any]

MOST_DND = 50  # people of whom dnd.teamInfo tells at once


def auth_test(call: Call) -> Json:
    app, home = call.world.app, call.world.home
    if app.org:
        return _auth_test_of_org(call, app, home)
    answer: Json = {
        "url": f"https://{home.domain}.slack.com/",
        "team": home.name,
        "user": call.world.bot.name,
        "team_id": home.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }
    if home.enterprise_id:
        answer["enterprise_id"] = home.enterprise_id
    return answer


def _auth_test_of_org(call: Call, app: App, home: Workspace) -> Json:
    name = home.enterprise_name or ""
    return {
        "url": f"https://{name.lower()}.enterprise.slack.com/",
        "team": name,
        "user": call.world.bot.name,
        "team_id": app.org,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "enterprise_id": app.org,
        "is_enterprise_install": True,
    }


def api_test(call: Call) -> Json:
    if error := call.text("error"):
        raise Refused(error, args=call.args)
    return {"args": call.args} if call.args else {}


def connections_open(call: Call) -> Json:
    app = call.world.app
    if not app.socket_mode:
        raise Refused("not_allowed_token_type")
    where = call.core.url.replace("http", "ws", 1)
    return {"url": f"{where}/link/?ticket={call.core.sockets.ticket()}&app_id={app.app_id}"}


def team_info(call: Call) -> Json:
    team_id = call.text("team") or call.world.app.team_id
    if (
        not any(team_id in channel.teams for channel in call.world.channels.values())
        and team_id != call.world.app.team_id
    ):
        raise Refused("team_not_found")
    workspace = call.world.workspace(team_id)
    shown: Json = {"id": team_id, "name": workspace.name, "domain": workspace.domain, "email_domain": ""}
    shown |= {"url": f"https://{workspace.domain}.slack.com/", "icon": {"image_default": True}}
    if workspace.enterprise_id:
        shown |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.enterprise_name}
    return {"team": shown}


def bots_info(call: Call) -> Json:
    bot_id = call.need("bot")
    for person in call.world.people.values():
        if person.bot_id == bot_id:
            shown = {"id": bot_id, "deleted": person.deleted, "name": person.real_name, "updated": person.updated}
            return {"bot": shown | {"app_id": person.app_id, "user_id": person.id, "icons": {}}}
    raise Refused("bot_not_found")


def usergroups_list(call: Call) -> Json:
    home = call.world.app.team_id
    groups = [group for group in call.world.user_groups.values() if group.team_id == home]
    if not call.flag("include_disabled"):
        groups = [group for group in groups if not group.deleted]
    rows = []
    for group in groups:
        row: Json = {"id": group.id, "team_id": home, "is_usergroup": True, "name": group.name, "handle": group.handle}
        row |= {"description": group.description, "is_external": False, "date_delete": int(group.deleted)}
        row["user_count"] = len(group.users)
        if call.flag("include_users"):
            row["users"] = list(group.users)
        rows.append(row)
    return {"usergroups": rows}


def usergroups_users(call: Call) -> Json:
    group = call.world.user_groups.get(call.need("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": list(group.users)}


def dnd_info(call: Call) -> Json:
    user = call.text("user") or call.world.app.bot_user_id
    return _dnd(call, call.world.person(user), with_snooze=True)


def dnd_team_info(call: Call) -> Json:
    users = call.words("users")
    if not users:
        raise Refused("no_users_provided")
    if len(users) > MOST_DND:
        raise Refused("too_many_users")
    if any(user not in call.world.people for user in users):
        raise Refused("user_not_visible")
    return {"users": {user: _dnd(call, call.world.person(user), with_snooze=False) for user in users}}


def _dnd(call: Call, person: Person, *, with_snooze: bool) -> Json:
    rest = person.dnd
    shown: Json = {"dnd_enabled": rest.enabled, "next_dnd_start_ts": rest.next_start_ts}
    shown["next_dnd_end_ts"] = rest.next_end_ts
    left = rest.snooze_until - call.world.seconds()
    if with_snooze:
        shown["snooze_enabled"] = left > 0
        if left > 0:
            shown |= {"snooze_endtime": rest.snooze_until, "snooze_remaining": left}
    return shown
