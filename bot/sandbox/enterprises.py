"""Verbs of an enterprise's admins: the app is let into all of it, and then into its workspaces one by one."""

from dataclasses import replace

from bot.sandbox.installed import App
from bot.sandbox.people import Person
from bot.sandbox.refused import Refused
from bot.sandbox.staff import Staff


class Enterprises(Staff):
    def add_to_workspaces(self, org: str, *team_ids: str) -> None:
        """The app that the enterprise has may now be used in these of its workspaces."""
        app = self._app_of(org)
        for team_id in team_ids:
            if self.workspace(team_id).enterprise_id != org:
                raise Refused("team_not_in_enterprise", team_id=team_id)
            self.apps[team_id] = replace(app, team_id=team_id)
        self._tell_access("team_access_granted", app, team_ids)

    def remove_from_workspaces(self, org: str, *team_ids: str) -> None:
        app = self._app_of(org)
        for team_id in team_ids:
            if team_id not in self.apps or self.apps[team_id].org != org:
                raise Refused("app_not_installed", team_id=team_id)
            del self.apps[team_id]
        self._tell_access("team_access_revoked", app, team_ids)

    def new_app(self, team_id: str, org: str | None = None) -> App:
        """With a bot of its own, not yet installed."""
        app = App(team_id, self.app.registered, self.new_id("U"), self.new_id("B"), "", installed=False, org=org)
        if org is None:
            self.apps[team_id] = app
        self.people[app.bot_user_id] = app.bot_person()
        return app

    def whole_org(self, person: Person) -> str:
        """The enterprise for which this person may decide."""
        enterprise = self.workspace(person.team_id).enterprise_id
        if enterprise is None:
            raise Refused("org_login_required")
        if not (person.is_owner or person.is_primary_owner):
            raise Refused("user_not_allowed")
        if not self.app.deploys_to_orgs:
            raise Refused("not_an_enterprise_app")
        return enterprise

    def _app_of(self, org: str) -> App:
        app = self.orgs.get(org)
        if app is None or not app.installed:
            raise Refused("app_not_installed")
        return app

    def _tell_access(self, kind: str, app: App, team_ids: tuple[str, ...]) -> None:
        event = {"type": kind, "team_ids": list(team_ids), "event_ts": self.new_ts()}
        self.tell(kind, event, team_id=app.team_id, only=app)
