"""The one app of the sandbox, as its manifest declares it, and how it is installed in a workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.manifest import SHORTCUTS_MAX, ManifestError, check_subscriptions
from bot.sandbox.people import Person

Json = dict[str, Any]


@dataclass(slots=True)
class Registered:
    """What is the app's own, wherever it is installed."""

    manifest: Json
    app_id: str = "A0SANDBOX"
    app_token: str = "xapp-1-A0SANDBOX-sandbox"  # noqa: S105 - opens nothing but the sandbox
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105
    verification_token: str = "sandbox-verification"  # noqa: S105
    client_id: str = "1.1"
    client_secret: str = "sandbox-client-secret"  # noqa: S105


@dataclass(slots=True)
class App:
    """The app in one workspace. What its manifest does not declare is not delivered, or refused.

    `granted`: the scopes of an installation by OAuth; None where all that the manifest asks for were granted.
    `org`: the enterprise by whose installation it is there; its other workspaces share the token and the bot.
    Request URLs stay unused in Socket Mode.
    """

    team_id: str
    registered: Registered
    bot_user_id: str = "U0SANDBOXBOT"
    bot_id: str = "B0SANDBOX"
    bot_token: str = "xoxb-sandbox-bot"  # noqa: S105
    installed: bool = True
    token_revoked: bool = False
    granted: frozenset[str] | None = None
    org: str | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "App":
        """Raises ManifestError where Slack would refuse to save the manifest."""
        own = {name: value for name, value in data.items() if name in Registered.__slots__}
        app = cls(registered=Registered(**own), **{name: data[name] for name in data if name not in own})
        check_subscriptions(app.events, app.scopes)
        if len(app.shortcuts) > SHORTCUTS_MAX:
            raise ManifestError(f"an app has {SHORTCUTS_MAX} shortcuts at most")
        if app.shortcuts and not app.interactive:
            raise ManifestError("shortcuts need interactivity")
        return app

    @property
    def manifest(self) -> Json:
        return self.registered.manifest

    @manifest.setter
    def manifest(self, manifest: Json) -> None:
        self.registered.manifest = manifest

    @property
    def app_id(self) -> str:
        return self.registered.app_id

    @property
    def app_token(self) -> str:
        return self.registered.app_token

    @property
    def signing_secret(self) -> str:
        return self.registered.signing_secret

    @property
    def verification_token(self) -> str:
        return self.registered.verification_token

    @property
    def client_id(self) -> str:
        return self.registered.client_id

    @property
    def client_secret(self) -> str:
        return self.registered.client_secret

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
    def asked(self) -> frozenset[str]:
        """The bot scopes of the manifest."""
        return frozenset(self._part("oauth_config", "scopes", "bot") or ())

    @property
    def scopes(self) -> frozenset[str]:
        return self.asked if self.granted is None else self.granted

    @property
    def redirect_urls(self) -> tuple[str, ...]:
        return tuple(self._part("oauth_config", "redirect_urls") or ())

    @property
    def rotates(self) -> bool:
        """Tokens of an installation by OAuth expire, and are refreshed."""
        return bool(self._part("settings", "token_rotation_enabled"))

    @property
    def deploys_to_orgs(self) -> bool:
        return bool(self._part("settings", "org_deploy_enabled"))

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

    def shares_bot(self, other: "App") -> bool:
        """Whether these are one installation: that of an enterprise has a share in each of its workspaces."""
        return self.bot_user_id == other.bot_user_id

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
