"""oauth.v2.access, auth.revoke, auth.teams.list, apps.uninstall, apps.event.authorizations.list."""

from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.api.paging import page
from bot.sandbox.installed import App
from bot.sandbox.installing import Grant
from bot.sandbox.refused import Refused
from bot.sandbox.tokens import LIFE, Token

Json = dict[str, Any]


def access(call: Call) -> Json:
    """A code for a token, or with `grant_type=refresh_token` a refresh token for the next one."""
    _check_client(call)
    kind = call.text("grant_type") or "authorization_code"
    if kind == "refresh_token":
        now = call.world.clock.now()
        return _shown(call, call.world.tokens.exchange(call.text("refresh_token") or "", now), None)
    if kind != "authorization_code":
        raise Refused("invalid_grant_type")
    token, grant = call.world.redeem(call.text("code") or "", call.text("redirect_uri") or None)
    return _shown(call, token, grant)


def revoke(call: Call) -> Json:
    """The only token of an installation: without it the app is out."""
    if call.flag("test"):
        return {"revoked": False}
    app = _root(call)
    call.world.uninstall(app.org or app.team_id)
    call.world.tokens.end(app, "token_revoked")
    return {"revoked": True}


def uninstall(call: Call) -> Json:
    _check_client(call)
    app = _root(call)
    call.world.uninstall(app.org or app.team_id)
    return {}


def teams_list(call: Call) -> Json:
    """The workspaces that the token opens."""
    app, world = call.world.app, call.world
    own = [
        one.team_id for one in world.apps.values() if one.installed and (one is app or (app.org and one.org == app.org))
    ]
    rows, metadata = page(call, [world.workspace(team_id) for team_id in own])
    teams = [{"id": one.team_id, "name": one.name} for one in rows]
    return {"teams": teams, "response_metadata": metadata}


def event_authorizations(call: Call) -> Json:
    """Every installation that an event is for; the event itself names one."""
    context = call.need("event_context")
    if context not in call.core.deliveries.contexts:
        raise Refused("invalid_event_context")
    apps = [app for app in call.core.deliveries.contexts[context] if app.installed]
    rows, metadata = page(call, apps)
    shown = [call.core.deliveries.authorization(app) for app in rows]
    return {"authorizations": shown, "response_metadata": metadata}


def _check_client(call: Call) -> None:
    app = call.world.app
    if call.text("client_id") != app.client_id:
        raise Refused("invalid_client_id")
    if call.text("client_secret") != app.client_secret:
        raise Refused("bad_client_secret")


def _root(call: Call) -> App:
    """The installation itself, of which an enterprise's workspaces have a share each."""
    app = call.world.app
    return call.world.orgs[app.org] if app.org else app


def _shown(call: Call, token: Token, grant: Grant | None) -> Json:
    app = token.app
    workspace = call.world.workspace(app.team_id)
    team = None if app.org else {"id": workspace.team_id, "name": workspace.name}
    enterprise = {"id": workspace.enterprise_id, "name": workspace.enterprise_name or ""}
    shown: Json = {
        "app_id": app.app_id,
        "scope": ",".join(sorted(app.scopes)),
        "token_type": "bot",
        "access_token": token.value,
        "bot_user_id": app.bot_user_id,
        "team": team,
        "enterprise": enterprise if workspace.enterprise_id else None,
        "is_enterprise_install": app.org is not None,
    }
    shown |= {"authed_user": {"id": grant.person.id}} if grant else {}
    if token.refresh:
        shown |= {"expires_in": int(LIFE.total_seconds()), "refresh_token": token.refresh}
    return shown
