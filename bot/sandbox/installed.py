"""The one app that is installed in the sandbox, as its manifest declares it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.manifest import SHORTCUTS_MAX, ManifestError, check_subscriptions
from bot.sandbox.people import Person

Json = dict[str, Any]


@dataclass(slots=True)
class App:
    """What the manifest does not declare is not delivered, or refused. Request URLs stay unused in Socket Mode."""

    team_id: str
    manifest: Json
    app_id: str = "A0SANDBOX"
    bot_user_id: str = "U0SANDBOXBOT"
    bot_id: str = "B0SANDBOX"
    bot_token: str = "xoxb-sandbox-bot"  # noqa: S105 - opens nothing but the sandbox
    app_token: str = "xapp-1-A0SANDBOX-sandbox"  # noqa: S105
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105
    verification_token: str = "sandbox-verification"  # noqa: S105
    client_id: str = "1.1"
    client_secret: str = "sandbox-client-secret"  # noqa: S105
    installed: bool = True
    token_revoked: bool = False

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "App":
        """Raises ManifestError where Slack would refuse to save the manifest."""
        app = cls(**data)
        check_subscriptions(app.events, app.scopes)
        if len(app.shortcuts) > SHORTCUTS_MAX:
            raise ManifestError(f"an app has {SHORTCUTS_MAX} shortcuts at most")
        if app.shortcuts and not app.interactive:
            raise ManifestError("shortcuts need interactivity")
        return app

    def _part(self, *path: str) -> Any:
        found: Any = self.manifest
        for key in path:
            found = (found or {}).get(key)
        return found

    @property
    def name(self) -> str:
        return str(self._part("display_information", "name") or "App")

    @property
    def bot_name(self) -> str:
        return str(self._part("features", "bot_user", "display_name") or self.name)

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self._part("oauth_config", "scopes", "bot") or ())

    @property
    def events(self) -> frozenset[str]:
        return frozenset(self._part("settings", "event_subscriptions", "bot_events") or ())

    @property
    def commands(self) -> dict[str, Json]:
        return {command["command"]: command for command in self._part("features", "slash_commands") or ()}

    @property
    def shortcuts(self) -> dict[str, Json]:
        return {shortcut["callback_id"]: shortcut for shortcut in self._part("features", "shortcuts") or ()}

    @property
    def socket_mode(self) -> bool:
        return bool(self._part("settings", "socket_mode_enabled"))

    @property
    def interactive(self) -> bool:
        return bool(self._part("settings", "interactivity", "is_enabled"))

    @property
    def events_url(self) -> str | None:
        return self._part("settings", "event_subscriptions", "request_url")  # type: ignore[no-any-return]

    @property
    def interactivity_url(self) -> str | None:
        return self._part("settings", "interactivity", "request_url")  # type: ignore[no-any-return]

    @property
    def options_url(self) -> str | None:
        return self._part("settings", "interactivity", "message_menu_options_url") or self.interactivity_url

    @property
    def home_tab(self) -> bool:
        return bool(self._part("features", "app_home", "home_tab_enabled"))

    @property
    def messages_tab_writable(self) -> bool:
        home = self._part("features", "app_home") or {}
        return bool(home.get("messages_tab_enabled")) and not home.get("messages_tab_read_only_enabled")

    def bot_person(self) -> Person:
        return Person(
            id=self.bot_user_id,
            team_id=self.team_id,
            name=self.bot_name.lower().replace(" ", ""),
            real_name=self.bot_name,
            display_name=self.bot_name,
            is_bot=True,
            bot_id=self.bot_id,
            app_id=self.app_id,
        )

    def bot_profile(self) -> Json:
        return {
            "id": self.bot_id,
            "app_id": self.app_id,
            "user_id": self.bot_user_id,
            "name": self.bot_name,
            "icons": {},
            "deleted": False,
            "updated": 0,
            "team_id": self.team_id,
        }
