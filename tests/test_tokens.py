"""`carecue tokens`, and the settings of many workspaces, as the engineer meets them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import NotSetUp, Settings
from bot.store import installations, migrate
from bot.store.db import Db
from bot.store.installations import Grant, Tokens
from bot.store.token_box import TokenBox, new_key
from bot.store.workspaces import Installation

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OLD, NEW = new_key(), new_key()
MANY = {"client_id": "1.2", "client_secret": SecretStr("s"), "token_keys": SecretStr(OLD)}


def carecue(*command: str, **env: str) -> "subprocess.CompletedProcess[str]":
    given = {**os.environ, **env}  # noqa: TID251
    return subprocess.run([sys.executable, "-m", "bot", *command], capture_output=True, text=True, env=given)


def test_keys_are_printed_changed_and_let_go(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/carecue.db"
    db = Db(url)
    migrate.upgrade(db.engine)
    facts = Installation("T1", "Northwind", "https://northwind.slack.com/")
    with db.begin() as tx:
        grant = Grant(Tokens("xoxb-1"), "T1", False, "chat:write", None, "A1")
        installations.save(tx, TokenBox([OLD]), grant, facts, NOON)
    lost = carecue("tokens", "rotate", DATABASE_URL=url, CARECUE_TOKEN_KEYS=NEW)
    assert (lost.returncode, lost.stdout) == (2, "")
    assert "No key of CARECUE_TOKEN_KEYS opens the token of T1. Nothing was changed." in lost.stderr
    done = carecue("tokens", "rotate", DATABASE_URL=url, CARECUE_TOKEN_KEYS=f"{NEW}, {OLD}")
    assert done.stdout.startswith("1 of 1 installations were encrypted anew.")
    with db.begin() as tx:
        (kept,) = installations.every(tx)
    db.close()
    assert TokenBox([NEW]).open("T1", kept.token) == "xoxb-1"


def test_a_printed_key_is_one() -> None:
    printed = carecue("tokens", "key").stdout.strip()
    assert TokenBox([printed]).open("T1", TokenBox([printed]).seal("T1", "t")) == "t"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"bot_token": SecretStr("xoxb-1")}, "with both it is not clear which"),
        ({"client_id": None}, "CARECUE_CLIENT_ID"),
        ({"client_secret": None}, "CARECUE_CLIENT_SECRET"),
        ({"token_keys": None}, "carecue tokens key"),
        ({"token_keys": SecretStr(" , ")}, "carecue tokens key"),
    ],
)
def test_half_of_it_is_told_before_anything_starts(changed: Mapping[str, object], told: str) -> None:
    with pytest.raises(NotSetUp, match=told):
        assert Settings.stated(**{**MANY, **changed}).many


def test_two_tokens_are_one_workspace() -> None:
    assert not Settings.stated(bot_token=SecretStr("xoxb-1"), app_token=SecretStr("xapp-1")).many
    assert Settings.stated(**MANY).many


def test_a_manifest_for_many_needs_an_address() -> None:
    refused = carecue("manifest", "--many")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--http" in refused.stderr
