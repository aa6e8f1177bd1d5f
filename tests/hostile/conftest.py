"""The office of the doors' tests at an address of its own, and somebody who posts whatever they like at it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
import pytest

from tests.handlers.conftest import office, tables_at
from tests.handlers.office import Office
from tests.handlers.test_http import OFFICE_SECRET, signed, url_of

KNOCKS = 120

__all__ = ["Poster", "office", "poster", "tables_at"]


@dataclass(frozen=True, slots=True)
class Poster:
    """At the request URL."""

    url: str
    session: aiohttp.ClientSession

    async def post(self, body: bytes | str, headers: Mapping[str, str]) -> tuple[int, str]:
        """Status and text of the answer."""
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def signed(self, body: str, kind: str = "application/json") -> tuple[int, str]:
        """As Slack does."""
        return await self.post(body, signed(body, OFFICE_SECRET, kind=kind))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make fuzz`."""
    parser.addoption("--knocks", type=int, default=KNOCKS, help="how often the fuzzer knocks at the doors, each way")


@pytest.fixture
def knocks(request: pytest.FixtureRequest) -> int:
    """How often each test of the fuzzer tries something new."""
    return int(request.config.getoption("--knocks", default=KNOCKS))


@pytest.fixture
def way() -> str:
    return "http-sqlite"


@pytest.fixture
async def poster(office: Office) -> AsyncIterator[Poster]:
    async with aiohttp.ClientSession() as session:
        yield Poster(url_of(office), session)
