"""What Slack has not signed, or not lately, is neither read nor kept nor logged."""

import json
import logging

import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.settings import Settings
from handlers.ingest import SignedEvents
from tests.handlers.office import Office
from tests.handlers.test_http import EVENT, OFFICE_SECRET, signed
from tests.hostile.conftest import Poster

WORDS = "the customer's own words"
BODY = json.dumps(EVENT | {"event": {**EVENT["event"], "text": WORDS}})
PRESS = "payload=%7B%22type%22%3A%22block_actions%22%2C%22text%22%3A%22the+customer%27s+own+words%22%7D"
BOMB = "[" * 200_000

FORGED = {
    "without a signature": {},
    "with half of one": {"X-Slack-Request-Timestamp": "1"},
    "at a moment that is none": {"X-Slack-Request-Timestamp": "noon", "X-Slack-Signature": "v0=00"},
    "at a moment beyond all": {"X-Slack-Request-Timestamp": "9" * 5_000, "X-Slack-Signature": "v0=00"},
    "with letters that no signature has": signed(BODY, OFFICE_SECRET) | {"X-Slack-Signature": "v0=\xe9\xe8"},
    "with another app's secret": signed(BODY, "another secret"),
    "of another body": signed("{}", OFFICE_SECRET),
}


@pytest.mark.parametrize("body", [BODY, PRESS, BOMB, b"\xff\xfe" * 50, "payload=" + BOMB], ids=len)
async def test_a_forgery_is_refused_unread_whatever_it_says(
    office: Office, poster: Poster, body: str | bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """Bolt itself reads all of it first, and logs it at INFO: with a wrong secret, that was every customer's words."""
    before = office.tables()
    for what, headers in FORGED.items():
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            status, said = await poster.post(body, headers | {"Content-Type": kind})
            assert (status, said) == (401, ""), what
    assert office.tables() == before
    assert WORDS not in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


class At(Clock):
    """Stands still."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def now(self) -> float:
        return self._seconds


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (300, True), (301, False), (-300, True), (-301, False)])
def test_a_signature_is_good_for_five_minutes(seconds: float, taken: bool) -> None:
    """Who listened in on a request cannot send it again tomorrow; nor sign one for tomorrow today."""
    headers = {name.lower(): value for name, value in signed(BODY, OFFICE_SECRET).items()}
    stamp, signature = headers["x-slack-request-timestamp"], headers["x-slack-signature"]
    verifier = SignatureVerifier(OFFICE_SECRET, At(int(stamp) + seconds))
    assert verifier.is_valid(BODY, stamp, signature) is taken


async def test_what_is_replayed_within_them_changes_nothing_more(office: Office, poster: Poster) -> None:
    headers = signed(BODY, OFFICE_SECRET)
    assert (await poster.post(BODY, headers))[0] == 200
    await office.settle()
    once = office.tables()
    assert len(office.waits()) == 1
    for _ in range(3):
        assert (await poster.post(BODY, headers))[0] == 200
    await office.settle()
    assert office.tables() == once


async def test_slacks_look_at_the_certificate_is_answered_without_a_signature(poster: Poster) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert await poster.post("ssl_check=1&token=x", form) == (200, "")
    assert (await poster.post("x_ssl_check=1&token=x", form))[0] == 401
    assert (await poster.post("payload=" + "x" * 600 + "&ssl_check=1", form))[0] == 401


async def test_without_a_secret_nothing_is_taken(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """A process of Socket Mode may have a web page for its figures: its secret is none that stands in the source."""
    from bot.app import _signing_secret

    assert _signing_secret(Settings.stated()) != _signing_secret(Settings.stated())
    events = SignedEvents(office.bot.deps.writer, _signing_secret(Settings.stated()))
    for guess in ("socket mode needs none", "carecue", "None"):
        headers = {name.lower(): value for name, value in signed(BODY, guess).items()}
        assert await events.taken(BODY.encode(), headers) == 401
