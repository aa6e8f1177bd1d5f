"""What the engineer who runs CareCue sets, from the environment and `.env`; the only place that reads either."""

from typing import Any, cast

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Frozen. Raises pydantic's ValidationError with the name of the setting that is wrong."""

    model_config = SettingsConfigDict(
        env_prefix="CARECUE_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    bot_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("CARECUE_BOT_TOKEN", "SLACK_BOT_TOKEN")
    )
    app_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("CARECUE_APP_TOKEN", "SLACK_APP_TOKEN")
    )
    signing_secret: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("CARECUE_SIGNING_SECRET", "SLACK_SIGNING_SECRET")
    )
    slack_url: str = "https://slack.com/api/"
    database_url: str = Field(
        default="sqlite:///carecue.db", validation_alias=AliasChoices("CARECUE_DATABASE_URL", "DATABASE_URL")
    )
    host: str = "0.0.0.0"  # noqa: S104  # a web process is meant to be reached
    port: int = Field(default=3000, validation_alias=AliasChoices("CARECUE_PORT", "PORT"))
    log_level: str = "INFO"
    installer: str | None = None  # who is greeted in Slack and sets up the first team (U…); else its primary owner
    dry_run: bool = False  # a quiet start: everything is seen, nobody is told
    slow_history: bool = False  # Slack lets this app read one page of 15 messages a minute, as it does with sold apps

    @classmethod
    def stated(cls, **values: Any) -> "Settings":
        """Settings from `values`, whatever a `.env` says: for the demo, tests and benchmarks."""
        make: Any = cls
        return cast(Settings, make(_env_file=None, **values))

    @property
    def socket_mode(self) -> bool:
        """An app token means that Slack is listened to over a WebSocket, and no public address is needed."""
        return self.app_token is not None
