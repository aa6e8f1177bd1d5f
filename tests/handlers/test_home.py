"""CareCue's Home tab, opened by everybody who can: each sees what is theirs, and whoever is not of ours nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.demo.place import ACME, ADA, ANA, BOB, CARE, EXT_ACME, GITA, LEE, MIA, NIA, OMAR, OURS
from bot.sandbox import Fault
from bot.views import home as views
from bot.views import kudos_answers as answers
from bot.views import kudos_pages
from bot.views.words import home as words
from bot.views.words import kudos as kudos_words
from bot.views.words import kudos_pages as page_words
from jobs import homes
from tests.handlers.office import CARE_FILE, Office, is_about
from tests.handlers.thanking import FOR, Thanking

Json = dict[str, Any]

both_ways = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])

INTERNAL = ("waiting", "team", "kudos", "target", "week", "setting", "slack", "agent", "manager", "Care", "<@", "<#")


def headers(view: Json) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


def texts(view: Json) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False)


def published(office: Office, user: str) -> list[Json]:
    return [shown.view for shown in office.sandbox.record.views(user)]


async def press(team: Thanking, user: str, action_id: str) -> Json:
    """A button of the Home that somebody looks at; what it shows then."""
    await team.sandbox.press_view(user, published(team, user)[-1]["id"], action_id)
    await team.settle()
    return published(team, user)[-1]


@both_ways
async def test_an_agent_sees_who_waits_and_their_own_week_and_kudos(team: Thanking) -> None:
    await team.kudos(MIA, f"@ana #kindness {FOR}")
    ts = await team.say(ADA, EXT_ACME, "Where is the form?")
    await team.wait(minutes=20, seconds=1)
    view = await team.home(ANA)
    assert headers(view) == ["1 customer is waiting for you", words.MY_WEEK(), words.KUDOS(), words.SETTINGS()]
    assert "*Ada* in <#C0ACME>: 20 minutes of 1 hour" in texts(view)
    assert is_about(view, ts)
    assert "until their booking worked" in texts(view)
    assert words.ONLY_YOU() in texts(view)


async def test_nobody_sees_who_waits_for_somebody_else(team: Thanking) -> None:
    ts = await team.say(ADA, EXT_ACME, "Where is the form?")
    await team.wait(minutes=20, seconds=1)
    view = await team.home(LEE)
    assert headers(view)[0] == words.CAUGHT_UP()
    assert not is_about(view, ts)


@both_ways
async def test_a_manager_sees_the_team_and_who_has_gone_unthanked(team: Thanking) -> None:
    await team.say(ADA, EXT_ACME, "Where is the form?")
    await team.wait(minutes=20, seconds=1)
    view = await team.home(MIA)
    assert headers(view)[0] == words.team("Care")
    assert "*Now:* 1 customer is waiting, for 20 minutes." in texts(view)
    assert page_words.unthanked(30) in texts(view)
    assert f"<@{OMAR}>" in texts(view)
    assert words.MY_WEEK() not in headers(view)


async def test_an_agent_sees_nothing_that_is_for_managers_or_admins(team: Thanking) -> None:
    view = await team.home(ANA)
    assert words.team("Care") not in headers(view)
    assert words.HEALTH() not in headers(view)
    assert page_words.unthanked(30) not in texts(view)


async def test_an_admin_sees_how_carecue_is_doing(team: Thanking) -> None:
    await team.say(ADA, EXT_ACME, "Where is the form?")
    view = await team.home(NIA)
    assert headers(view) == [words.HEALTH(), words.KUDOS(), words.SETTINGS()]
    assert "Last heard from Slack" in texts(view)
    assert f"at home in <#{CARE}>" in texts(view)


async def test_who_is_named_an_admin_in_the_setup_is_one(team: Thanking) -> None:
    await team.set_up(f'admins = ["{LEE}"]\n{CARE_FILE}')
    assert words.HEALTH() in headers(await team.home(LEE))
    assert words.HEALTH() not in headers(await team.home(OMAR))


async def test_who_is_all_in_one_sees_all_in_one(team: Thanking) -> None:
    await team.set_up(CARE_FILE.replace(f'agents = ["{ANA}"', f'agents = ["{MIA}", "{ANA}"'))
    team.sandbox.world.change_person(MIA, is_admin=True)
    await team.settle()
    found = headers(await team.home(MIA))
    assert found == [
        words.CAUGHT_UP(),
        words.MY_WEEK(),
        words.team("Care"),
        words.KUDOS(),
        words.SETTINGS(),
        words.HEALTH(),
    ]


async def test_a_colleague_of_no_team_sees_kudos_and_whom_to_ask(team: Thanking) -> None:
    user = team.sandbox.world.add_person(team_id=OURS, name="ike").id
    await team.settle()
    view = await team.home(user)
    assert headers(view) == [words.KUDOS(), words.SETTINGS()]
    assert words.NO_TEAM() in texts(view)


OUTSIDE: dict[str, Callable[[Office], str]] = {
    "a customer of another company": lambda _: ADA,
    "another customer": lambda _: BOB,
    "a guest": lambda _: GITA,
    "a guest nobody has met": lambda o: o.sandbox.world.add_person(team_id=OURS, name="gus", is_restricted=True).id,
    "a colleague of a customer": lambda o: _joined(o, o.sandbox.world.add_person(team_id=ACME, name="al").id),
}


def _joined(office: Office, user: str) -> str:
    office.sandbox.world.invite(ADA, EXT_ACME, user)
    return user


@pytest.mark.parametrize("who", OUTSIDE.values(), ids=OUTSIDE)
async def test_who_is_not_of_ours_sees_a_friendly_nothing(team: Thanking, who: Callable[[Office], str]) -> None:
    await team.say(ADA, EXT_ACME, "Where is the form?")
    view = await team.home(who(team))
    assert headers(view) == [words.WELCOME()]
    assert not any(word.casefold() in texts(view).casefold() for word in INTERNAL)
    assert "action_id" not in texts(view)


async def test_who_is_gone_is_shown_nothing(team: Thanking) -> None:
    """Slack would not let them in; should an event come late, it draws nothing."""
    team.sandbox.world.change_person(OMAR, deleted=True)
    await team.settle()
    event = {"type": "app_home_opened", "user": OMAR, "channel": "D0OMAR", "tab": "home", "event_ts": "1.2"}
    team.sandbox.world.tell("app_home_opened", event, everyone=True)
    await team.settle()
    assert published(team, OMAR) == []


async def news(team: Thanking, user: str) -> int:
    """How many times their Home has been published by now, each tick's turn included."""
    await homes.follow(team.bot.deps)
    return len(published(team, user))


@both_ways
async def test_a_home_follows_what_happens_while_it_is_open(team: Thanking) -> None:
    await team.home(ANA)
    ts = await team.say(ADA, EXT_ACME, "Where is the form?")
    assert await news(team, ANA) == 2
    assert is_about(published(team, ANA)[-1], ts)
    await team.say(ANA, EXT_ACME, "Here it is.", ts)
    assert await news(team, ANA) == 3
    assert headers(published(team, ANA)[-1])[0] == words.CAUGHT_UP()
    assert await news(team, ANA) == 3


async def test_minutes_that_pass_are_no_news(team: Thanking) -> None:
    await team.say(ADA, EXT_ACME, "Where is the form?")
    await team.wait(minutes=11, seconds=1)
    await team.home(ANA)
    await team.wait(minutes=2)
    assert await news(team, ANA) == 1
    await team.wait(minutes=3)
    assert await news(team, ANA) == 2
    assert "16 minutes of 1 hour" in texts(published(team, ANA)[-1])


async def test_a_home_that_was_opened_long_ago_is_left_alone_until_it_is_opened_again(team: Thanking) -> None:
    await team.home(ANA)
    await team.wait(minutes=31)
    ts = await team.say(ADA, EXT_ACME, "Where is the form?")
    assert await news(team, ANA) == 1
    assert is_about(await team.home(ANA), ts)


async def test_a_home_that_shows_what_is_true_is_not_published_again_when_it_is_opened(team: Thanking) -> None:
    await team.home(ANA)
    await team.home(ANA)
    assert len(published(team, ANA)) == 1


async def test_the_messages_tab_is_not_the_home_tab(team: Thanking) -> None:
    team.sandbox.open_home(ANA, tab="messages")
    await team.settle()
    assert published(team, ANA) == []


async def test_who_becomes_a_guest_keeps_no_page_of_ours_however_long_ago_it_was_opened(team: Thanking) -> None:
    await team.home(OMAR)
    await team.wait(hours=5)
    team.sandbox.world.change_person(OMAR, is_restricted=True)
    await team.settle()
    assert await news(team, OMAR) == 2
    assert headers(published(team, OMAR)[-1]) == [words.WELCOME()]
    assert await news(team, OMAR) == 2


async def test_my_kudos_are_a_page_of_the_home_with_a_way_back(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee #kindness {FOR}")
    await team.home(ANA)
    page = await press(team, ANA, views.ALL_KUDOS)
    assert headers(page) == [page_words.MINE(), page_words.GIVEN()]
    assert await news(team, ANA) == 2
    page = await press(team, ANA, answers.TAKE_BACK)
    assert team.notes(LEE)[0]["text"] == kudos_words.taken_back(f"<@{ANA}>")
    assert page_words.GIVEN_NONE() in texts(page)
    assert headers(await press(team, ANA, views.BACK))[-1] == words.SETTINGS()


async def test_kudos_are_given_from_the_home(team: Thanking) -> None:
    view = await team.home(ANA)
    await team.sandbox.press_view(ANA, view["id"], kudos_pages.BEGIN)
    assert (await team.send_off(ANA, receivers=[LEE], reason=FOR)).ok
    assert len(team.notes(LEE)) == 1
    await team.home(LEE)
    assert "until their booking worked" in texts(published(team, LEE)[-1])


async def test_opening_the_home_anew_leads_out_of_the_kudos_page(team: Thanking) -> None:
    await team.home(ANA)
    await press(team, ANA, views.ALL_KUDOS)
    assert headers(await team.home(ANA))[-1] == words.SETTINGS()


async def test_of_two_who_publish_at_the_same_time_the_newer_page_stays(team: Thanking) -> None:
    """Another process has put something else there since."""
    await team.home(ANA)
    await (await team.bot.deps.slack.of(OURS)).publish_home(ANA, views.nothing().view())
    ts = await team.say(ADA, EXT_ACME, "Where is the form?")
    assert await news(team, ANA) == 3
    assert is_about(published(team, ANA)[-1], ts)


async def test_a_home_that_slack_refuses_holds_up_nobody_elses(team: Thanking) -> None:
    for user in (ANA, LEE):
        await team.home(user)
    team.sandbox.faults.add(Fault("error", method="views.publish", error="user_not_found", times=1))
    await team.kudos(MIA, f"@ana @lee {FOR}")
    assert sorted([await news(team, ANA), await news(team, LEE)]) == [1, 2]


async def test_where_slack_wants_to_be_left_alone_homes_follow_later(team: Thanking) -> None:
    await team.home(ANA)
    team.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    await team.sandbox.settled()
    team.sandbox.faults.add(Fault("ratelimited", method="views.publish", retry_after=30, times=1))
    assert await homes.follow(team.bot.deps) == 0
    assert await homes.follow(team.bot.deps) == 1
