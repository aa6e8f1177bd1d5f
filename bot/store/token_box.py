"""Tokens at rest: encrypted with keys that are not in the database."""

import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class BadKeys(Exception):
    """CARECUE_TOKEN_KEYS holds something else than keys; the message is a sentence for the engineer."""


class Unreadable(Exception):
    """No key opens it, or it was sealed for another workspace; the message names the workspace, never the token."""


class TokenBox:
    """The first key seals, all open: so keys can be changed while every process runs. Raises BadKeys."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError:
            raise BadKeys("CARECUE_TOKEN_KEYS is no list of keys. `carecue tokens key` prints one.") from None
        if not fernets:
            raise BadKeys("There is no key for tokens. Set CARECUE_TOKEN_KEYS to what `carecue tokens key` prints.")
        self._newest, self._all = fernets[0], MultiFernet(fernets)

    def seal(self, team_id: str, token: str) -> str:
        """Whose it is is sealed with it: a row that is moved to another workspace opens nothing there."""
        return self._newest.encrypt(json.dumps([team_id, token]).encode()).decode()

    def open(self, team_id: str, sealed: str) -> str:
        """The token. Raises Unreadable."""
        try:
            whose, token = json.loads(self._all.decrypt(sealed))
        except (InvalidToken, ValueError):
            raise Unreadable(f"No key of CARECUE_TOKEN_KEYS opens the token of {team_id}.") from None
        if whose != team_id:
            raise Unreadable(f"What stands as the token of {team_id} was sealed for another workspace.")
        return str(token)

    def is_newest(self, sealed: str) -> bool:
        """Whether the first key opens it."""
        try:
            self._newest.decrypt(sealed)
        except (InvalidToken, ValueError):
            return False
        return True


def new_key() -> str:
    """A key for CARECUE_TOKEN_KEYS."""
    return Fernet.generate_key().decode()
