"""Verbs of people coming, changing and going, and of the app's own standing."""

import json
from typing import Any

from bot.sandbox.installed import App
from bot.sandbox.manifest import ManifestError
from bot.sandbox.people import Person, UserGroup, user_json
from bot.sandbox.places import Places
from bot.sandbox.refused import Refused

Json = dict[str, Any]


class Staff(Places):
    def add_person(self, **fields: Any) -> Person:
        """`name` and `team_id` at least; an id is given if none is stated."""
        person = Person.from_dict({"id": self.new_id("U"), "updated": self.seconds()} | fields)
        self.workspace(person.team_id)
        if person.id in self.people:
            raise Refused("user_already_exists")
        self.people[person.id] = person
        if self.same_company(person.team_id, self.app.team_id):
            event = {"type": "team_join", "user": self.shown(person), "cache_ts": person.updated}
            event["event_ts"] = self.new_ts()
            self.tell("team_join", event, team_id=person.team_id)
        return person

    def change_person(self, user: str, **fields: Any) -> Person:
        """Becomes a guest (`is_restricted`), is deactivated (`deleted`), moves (`tz`), sets a status ..."""
        person = self.person(user)
        for name, value in fields.items():
            if name in ("id", "team_id") or name not in Person.__slots__:
                raise Refused("invalid_arguments", field=name)
            setattr(person, name, value)
        person.updated = self.seconds()
        event = {
            "type": "user_change",
            "user": self.shown(person),
            "cache_ts": person.updated,
            "event_ts": self.new_ts(),
        }
        self.tell("user_change", event, team_id=person.team_id, everyone=True)
        return person

    def set_dnd(self, user: str, **fields: Any) -> None:
        """`enabled`, `next_start_ts`, `next_end_ts`, `snooze_until`: epoch seconds of the sandbox."""
        person = self.person(user)
        for name, value in fields.items():
            setattr(person.dnd, name, value)
        status: Json = {"dnd_enabled": person.dnd.enabled, "next_dnd_start_ts": person.dnd.next_start_ts}
        status["next_dnd_end_ts"] = person.dnd.next_end_ts
        event = {"type": "dnd_updated_user", "user": user, "dnd_status": status, "event_ts": self.new_ts()}
        self.tell("dnd_updated_user", event, team_id=person.team_id)

    def add_group(self, handle: str, name: str, users: list[str], team_id: str | None = None) -> UserGroup:
        group = UserGroup(self.new_id("S"), team_id or self.app.team_id, handle, name, list(users))
        self.user_groups[group.id] = group
        return group

    def create_app(self, manifest: str) -> Json:
        """An app from its manifest (JSON), in the place of the one that there was; to be installed anew."""
        try:
            declared = json.loads(manifest)
            App.from_dict({"team_id": self.app.team_id, "manifest": declared})
            if not declared["display_information"]["name"]:
                raise ManifestError("an app needs a name")
        except (ValueError, AttributeError, TypeError, LookupError) as error:
            raise Refused("invalid_manifest", message=str(error)) from None
        self.app.manifest = declared
        for app in self.apps.values():
            app.installed, app.token_revoked = False, True
        self.name_bot(self.app)
        return self._credentials()

    def name_bot(self, app: App) -> None:
        """As the manifest has it by now."""
        bot, named = self.people[app.bot_user_id], app.bot_person()
        bot.name, bot.real_name, bot.display_name = named.name, named.real_name, named.display_name

    def _credentials(self) -> Json:
        """What the app's own pages show; `many`: it is to be installed by OAuth."""
        app = self.app
        shown = {"app_id": app.app_id, "name": app.name, "app_token": app.app_token, "many": bool(app.redirect_urls)}
        secrets = {"client_secret": app.client_secret, "signing_secret": app.signing_secret}
        return shown | {"client_id": app.client_id} | secrets

    def install(self) -> Json:
        """The admin lets the app in: its bot is there, and may do what its manifest says."""
        if not self.app.manifest:
            raise Refused("no_app")
        self.app.installed, self.app.token_revoked, self.bot.deleted = True, False, False
        joined = {"type": "team_join", "user": self.shown(self.bot), "cache_ts": self.seconds()}
        self.tell("team_join", joined | {"event_ts": self.new_ts()})
        return {"bot_token": self.app.bot_token}

    def uninstall(self, team_id: str | None = None) -> None:
        """The admin removes the app: its token dies, its bot leaves, and it is told.

        `team_id`: a workspace, or an enterprise into the whole of which it was let; else the first workspace.
        """
        where = team_id or self.app.team_id
        app = self.orgs.get(where) or self.apps.get(where)
        if app is None or not app.installed:
            raise Refused("app_not_installed")
        tokens = {"oauth": [], "bot": [app.bot_user_id]}
        revoked = {"type": "tokens_revoked", "tokens": tokens, "event_ts": self.new_ts()}
        self.tell("tokens_revoked", revoked, team_id=app.team_id, only=app)
        gone = {"type": "app_uninstalled", "event_ts": self.new_ts()}
        self.tell("app_uninstalled", gone, team_id=app.team_id, only=app)
        self.tokens.end(app, "account_inactive")
        for one in (app, *(one for one in self.apps.values() if app.org and one.org == app.org)):
            one.installed, one.token_revoked = False, True
        self.people[app.bot_user_id].deleted = True

    def shown(self, person: Person, *, with_locale: bool = True) -> Json:
        """As the app sees this person."""
        with_email = "users:read.email" in self.app.scopes
        shown = user_json(person, self.app.team_id, self.clock.now(), with_email=with_email, with_locale=with_locale)
        enterprise = self.workspaces[person.team_id].enterprise_id
        if enterprise and not person.deleted:
            shown["enterprise_user"] = {"id": person.id, "enterprise_id": enterprise, "teams": [person.team_id]}
            if self.same_company(person.team_id, self.app.team_id):
                shown.pop("is_stranger", None)
        return shown
