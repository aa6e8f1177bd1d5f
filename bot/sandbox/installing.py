"""Verbs of people who let the app into their workspace by OAuth, and take it out again."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.sandbox.enterprises import Enterprises
from bot.sandbox.installed import App
from bot.sandbox.people import Person
from bot.sandbox.refused import Refused
from bot.sandbox.tokens import Token

Json = dict[str, Any]

CODE_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address of `/oauth/v2/authorize`. `sent_uri` is None where the app left it to its manifest."""

    scopes: frozenset[str]
    redirect_uri: str
    sent_uri: str | None
    state: str | None
    team: str | None

    def answered(self, **said: str) -> str:
        """Where the browser goes with the answer; the state comes back as it was sent."""
        parts = urlsplit(self.redirect_uri)
        query = parse_qsl(parts.query, keep_blank_values=True) + list(said.items())
        query += [("state", self.state)] if self.state is not None else []
        return urlunsplit(parts._replace(query=urlencode(query)))


@dataclass(slots=True)
class Grant:
    """A code that is to be exchanged for a token, once."""

    asked: Asked
    person: Person
    org: str | None
    until: datetime


class Installing(Enterprises):
    grants: dict[str, Grant]  # by code

    def ask_to_install(self, address: str) -> Asked:
        """Read the address to which the app sent somebody's browser. Raises Refused as Slack's page would say it."""
        query = dict(parse_qsl(urlsplit(address).query))
        if query.get("client_id") != self.app.client_id:
            raise Refused("invalid_client_id")
        scopes = frozenset(filter(None, query.get("scope", "").replace(" ", ",").split(",")))
        if not scopes:
            raise Refused("no_scopes")
        if unknown := sorted(scopes - self.app.asked):
            raise Refused("invalid_scope", scopes=unknown)
        sent = query.get("redirect_uri")
        return Asked(scopes, self._redirect(sent), sent, query.get("state"), query.get("team"))

    def allow(self, user: str, address: str, *, org: bool = False) -> str:
        """Somebody allows what the app asks for in `address`; where their browser goes then.

        `org`: for the whole enterprise of their workspace, which is for its owners, and for apps that can be that.
        """
        asked, person = self.ask_to_install(address), self.active(user)
        if person.is_restricted or person.is_bot:
            raise Refused("user_not_allowed")
        if asked.team and asked.team not in (person.team_id, self.workspace(person.team_id).enterprise_id):
            raise Refused("team_mismatch")
        enterprise = self.whole_org(person) if org else None
        code = f"{self.app.client_id}.{secrets.token_hex(16)}"
        self.grants[code] = Grant(asked, person, enterprise, self.clock.now() + CODE_LIFE)
        return asked.answered(code=code)

    def cancel(self, address: str) -> str:
        """Somebody does not allow it; where their browser goes then."""
        return self.ask_to_install(address).answered(error="access_denied")

    def redeem(self, code: str, redirect_uri: str | None) -> tuple[Token, Grant]:
        """Now the app is installed. Raises Refused."""
        grant = self.grants.get(code)
        if grant is None or self.clock.now() > grant.until:
            raise Refused("invalid_code")
        if redirect_uri != grant.asked.sent_uri:
            raise Refused("bad_redirect_uri")
        del self.grants[code]
        app = self._org_app(grant) if grant.org else self._workspace_app(grant)
        app.granted = grant.asked.scopes | (app.scopes if app.installed else frozenset())
        token = self.tokens.issue(app, self.clock.now())
        self._enters(app)
        return token, grant

    def _redirect(self, sent: str | None) -> str:
        """One of those that the manifest names, or below it."""
        known = self.app.redirect_urls
        if sent is None and known:
            return known[0]
        if sent is None or not any(sent == url or sent.startswith(f"{url.rstrip('/')}/") for url in known):
            raise Refused("bad_redirect_uri", redirect_uri=sent)
        return sent

    def _workspace_app(self, grant: Grant) -> App:
        team_id = grant.person.team_id
        known = self.apps.get(team_id)
        if known is not None and known.org:
            raise Refused("cannot_install_an_org_installed_app")
        return known or self.new_app(team_id)

    def _enters(self, app: App) -> None:
        bot = self.people[app.bot_user_id]
        is_new = not app.installed and app.org is None  # that of an org is in no workspace yet
        app.installed, app.token_revoked, bot.deleted = True, False, False
        self.name_bot(app)
        if is_new:
            joined = {"type": "team_join", "user": self.shown(bot), "cache_ts": self.seconds()}
            self.tell("team_join", joined | {"event_ts": self.new_ts()}, team_id=app.team_id, only=app)

    def _org_app(self, grant: Grant) -> App:
        """In no workspace yet: the org's admins add it to them one by one."""
        org = str(grant.org)
        if org not in self.orgs:
            self.orgs[org] = self.new_app(grant.person.team_id, org)
        return self.orgs[org]
