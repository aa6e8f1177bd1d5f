"""What the engineer who runs CareCue sets, from the environment and `.env`; the only place that reads either."""

from collections.abc import Iterator
from logging import getLevelNamesMapping
from typing import Annotated, Any, Literal, cast

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DATABASES = ("sqlite", "postgresql", "postgres")

Port = Annotated[int, Field(ge=0, le=65535)]  # 0: any that is free


class NotSetUp(Exception):
    """A setting is missing; the message is a sentence for the engineer who runs CareCue."""


class Settings(BaseSettings):
    """Frozen. Raises pydantic's ValidationError with the name of the setting that is wrong."""

    model_config = SettingsConfigDict(
        env_prefix="CARECUE_",
        env_file=".env",
        env_ignore_empty=True,  # `SLACK_APP_TOKEN=` in a file that was copied is no token
        extra="ignore",
        frozen=True,
        populate_by_name=True,
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
    # By OAuth into many workspaces, in the place of the bot token.
    client_id: str | None = None
    client_secret: SecretStr | None = None
    token_keys: SecretStr | None = None  # with commas: the first encrypts tokens, all decrypt
    allowed: Annotated[tuple[str, ...], NoDecode] = ()  # workspaces (T…) and organizations (E…); none: all are
    slack_url: str = "https://slack.com/api/"
    database_url: str = Field(
        default="sqlite:///carecue.db", validation_alias=AliasChoices("CARECUE_DATABASE_URL", "DATABASE_URL")
    )
    host: str = "0.0.0.0"  # noqa: S104  # a web process is meant to be reached
    port: Port = Field(default=3000, validation_alias=AliasChoices("CARECUE_PORT", "PORT"))
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"
    metrics_port: Port | None = None  # /metrics on a port of its own, for workers too; else it is beside the events
    metrics_token: SecretStr | None = None  # without it /metrics answers whoever can reach it
    traces: bool | None = None  # spans of OpenTelemetry; unless said, on where an address for them is given
    otlp_endpoint: str | None = Field(
        default=None, validation_alias=AliasChoices("CARECUE_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
    )
    installer: str | None = None  # who is greeted in Slack and sets up the first team (U…); else its primary owner
    dry_run: bool = False  # a quiet start: everything is seen, nobody is told
    slow_history: bool = False  # Slack lets this app read one page of 15 messages a minute, as it does with sold apps

    @classmethod
    def stated(cls, **values: Any) -> "Settings":
        """Settings from `values`, whatever a `.env` says: for the demo, tests and benchmarks."""
        make: Any = cls
        return cast(Settings, make(_env_file=None, **values))

    @field_validator("allowed", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        return tuple(_parts(value)) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _reachable(cls, url: str) -> str:
        from sqlalchemy.engine import make_url  # it takes a while to load, and not every command needs it
        from sqlalchemy.exc import ArgumentError

        try:
            known = make_url(url).get_backend_name() in DATABASES
        except (ArgumentError, ValueError):  # the latter of a port that is no number
            known = False
        if not known:
            raise ValueError("It has to be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
        return url

    @field_validator("log_level")
    @classmethod
    def _known(cls, level: str) -> str:
        if level.upper() not in getLevelNamesMapping():
            raise ValueError("It has to be DEBUG, INFO, WARNING or ERROR")
        return level

    @property
    def many(self) -> bool:
        """Whether CareCue is installed by OAuth, into any number of workspaces. Raises NotSetUp for half of it."""
        if self.client_id is None:
            if self.client_secret is not None and self.bot_token is None:
                raise NotSetUp("There is no client id. Set CARECUE_CLIENT_ID, or take CARECUE_CLIENT_SECRET away.")
            return False
        if self.bot_token is not None:
            raise NotSetUp(
                "Set SLACK_BOT_TOKEN for one workspace, or CARECUE_CLIENT_ID for many: with both it is not clear which."
            )
        if self.client_secret is None:
            raise NotSetUp("There is no client secret. Set CARECUE_CLIENT_SECRET, or take CARECUE_CLIENT_ID away.")
        if not self.keys:
            raise NotSetUp("There is no key for tokens. Set CARECUE_TOKEN_KEYS to what `carecue tokens key` prints.")
        return True

    @property
    def keys(self) -> tuple[str, ...]:
        """Of tokens in the database."""
        return tuple(_parts(self.token_keys.get_secret_value())) if self.token_keys else ()

    @property
    def socket_mode(self) -> bool:
        """An app token means that Slack is listened to over a WebSocket, and no public address is needed."""
        return self.app_token is not None

    @property
    def traced(self) -> bool:
        """Whether spans are made and sent."""
        return self.otlp_endpoint is not None if self.traces is None else self.traces


def troubles(wrong: ValidationError) -> Iterator[str]:
    """A sentence for each setting that is wrong, by the name that the documentation gives it; never its value."""
    named = {_blamed(name): _documented(name) for name in Settings.model_fields}
    for error in wrong.errors(include_input=False, include_url=False):
        blamed = str(error["loc"][0])
        yield f"The setting {named.get(blamed, blamed)} is wrong: {error['msg'].removeprefix('Value error, ')}."


def _blamed(field: str) -> str:
    """By the first of its names, whichever it was set by."""
    alias = Settings.model_fields[field].validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else field


def _documented(field: str) -> str:
    alias = Settings.model_fields[field].validation_alias
    return str(alias.choices[-1]) if isinstance(alias, AliasChoices) else f"CARECUE_{field.upper()}"


def _parts(text: str) -> Iterator[str]:
    return filter(None, (part.strip() for part in text.split(",")))
