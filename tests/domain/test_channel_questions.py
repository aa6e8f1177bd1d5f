"""What a channel probably is, told by looking at it."""

from typing import Any

import pytest

from bot.domain.channel_questions import Look, Poster, posters, team_of
from bot.domain.setup import Setup, Team

Json = dict[str, Any]
MAIL = Poster("B0MAIL", "Mailbox", relays=True)
CI = Poster("B0CI", "Build", relays=False)


@pytest.mark.parametrize(
    ("look", "kind"),
    [
        (Look(), "ignored"),
        (Look(shared=True), "customer"),
        (Look(pending=True), "customer"),
        (Look(guests=1), "customer"),
        (Look(apps=(MAIL,)), "customer"),
        (Look(apps=(CI,)), "ignored"),
    ],
)
def test_where_somebody_from_outside_writes_customers_do(look: Look, kind: str) -> None:
    assert look.kind == kind


def by(app: str, name: str = "", **more: Any) -> Json:
    return {"ts": "1.000001", "text": "…", "bot_id": app, "bot_profile": {"name": name}, **more}


def by_person(**more: Any) -> Json:
    return {"ts": "1.000001", "text": "…", "user": "U0ANA", **more}


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([], ()),
        ([by_person()], ()),
        ([by("B0CARECUE")], ()),
        ([by("B0CI", "Build"), by_person(), by_person()], (CI,)),
        ([by("B0CI", "Build")] * 3 + [by_person()], (Poster("B0CI", "Build", relays=True),)),
        ([by("B0MAIL", "Mailbox"), by_person(), by_person()], (MAIL,)),
        ([by("B0ONE", "Support tickets")], (Poster("B0ONE", "Support tickets", relays=True),)),
        ([by("B0CI", "Build", thread_ts="0.000001")], ()),
        ([by("B0CI", "Build", subtype="channel_join")], ()),
        ([{"ts": "1.000001", "bot_id": "B0OLD", "username": "Ada Obi"}], (Poster("B0OLD", "", relays=False),)),
    ],
)
def test_which_apps_begin_conversations_and_whether_that_is_mail(messages: list[Json], found: tuple[Poster]) -> None:
    """Never by the name under which an app writes: that may be a customer's."""
    assert posters(messages, "B0CARECUE") == found


def test_no_more_apps_are_asked_about_than_can_be_answered() -> None:
    messages = [by(f"B{number}") for number in range(9)]
    assert len(posters(messages, None)) == 3


@pytest.mark.parametrize(
    ("keys", "mine", "likely"),
    [((), (), None), (("care",), (), "care"), (("care", "north"), (), None), (("care", "north"), ("north",), "north")],
)
def test_whose_it_probably_is(keys: tuple[str, ...], mine: tuple[str, ...], likely: str | None) -> None:
    assert team_of(Setup(teams=tuple(Team(key, key) for key in keys)), mine) == likely
