"""A payload is read once: who did what, where and when, and none of anybody's words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.arrivals import (
    CHANNEL_CHANGES,
    ChannelChanged,
    Deleted,
    Membership,
    PersonChanged,
    Posted,
    Reacted,
    account,
    read,
    read_event,
)

Json = dict[str, Any]

SAID: Json = {
    "type": "message",
    "channel": "C0ACME",
    "user": "U0ADA",
    "ts": "1772445600.000100",
    "text": "Where is <@U0ANA>'s form? Ask <@W0LEE|lee>.",
}


def envelope(said: Json, **more: Any) -> Json:
    return {"type": "event_callback", "team_id": "T0LINDEN", "event_id": "Ev1", "event": said} | more


def posted(**more: Any) -> Posted:
    read_as = read_event(SAID | more)
    assert isinstance(read_as, Posted)
    return read_as.heard()


def test_a_message_is_read_without_its_words() -> None:
    assert posted() == Posted(
        channel="C0ACME",
        ts="1772445600.000100",
        root_ts="1772445600.000100",
        user="U0ADA",
        user_team=None,
        is_app=False,
        app_ids=(),
        mentions=("U0ANA", "W0LEE"),
        needs_reply=True,
        reason="question",
        leaves="q",
    )


@given(st.text(min_size=30, max_size=200))
def test_nobodys_words_are_in_what_was_read(words: str) -> None:
    unread = read_event(SAID | {"text": words})
    assert isinstance(unread, Posted)
    for arrival in (unread, unread.heard()):
        assert words not in map(str, arrival)
        assert words not in repr(arrival)
    assert unread.heard().words is None


WORDS = st.sampled_from(
    ["Thanks!", "I'll get back to you by 3pm", "hi <@U0ANA>, any update?", "what do you mean?", "ok"]
)


@given(st.lists(WORDS, min_size=1, max_size=3).map(" ".join))
def test_what_a_customer_says_reads_the_same_but_promises_and_leaves_nothing(words: str) -> None:
    unread = read_event(SAID | {"text": words})
    assert isinstance(unread, Posted)
    assert unread.heard(theirs=True) == unread.heard()._replace(leaves="", promise="")


NEVER_SPOKEN = [
    ("an edit", {"subtype": "message_changed", "message": SAID, "hidden": True}),
    ("a join", {"subtype": "channel_join"}),
    ("a leave", {"subtype": "channel_leave"}),
    ("a new topic", {"subtype": "channel_topic", "topic": "x"}),
    ("a pin", {"subtype": "pinned_item"}),
    ("a reply notice", {"subtype": "message_replied"}),
    ("a kind that is not invented yet", {"subtype": "message_sung"}),
    ("something hidden", {"hidden": True}),
    ("a direct message", {"channel_type": "im"}),
    ("a group's direct message", {"channel_type": "mpim"}),
    ("a message without a channel", {"channel": None}),
    ("a message without an author", {"user": None}),
    ("a message without a time", {"ts": None}),
    ("a message whose time is a word", {"ts": "yesterday"}),
]


@pytest.mark.parametrize("more", [row[1] for row in NEVER_SPOKEN], ids=[row[0] for row in NEVER_SPOKEN])
def test_what_is_no_word_of_anybodys_is_nothing(more: Json) -> None:
    assert read_event(SAID | more) is None


@pytest.mark.parametrize("subtype", ["file_share", "me_message", "thread_broadcast"])
def test_people_speak_in_other_ways_too(subtype: str) -> None:
    assert posted(subtype=subtype).user == "U0ADA"


def test_a_reply_knows_its_thread_and_a_root_does_not_answer_itself() -> None:
    assert posted(thread_ts="1772445500.000200").threaded
    assert not posted(thread_ts=SAID["ts"]).threaded


def test_a_file_needs_a_reply_whatever_is_said_beside_it() -> None:
    assert not posted(text="Thanks!").needs_reply
    assert (posted(text="Thanks!", files=[{"id": "F1"}]).needs_reply, posted(files=[{"id": "F1"}]).reason) == (
        True,
        "file",
    )


@pytest.mark.parametrize(
    ("fields", "team"),
    [
        ({}, None),
        ({"team": "T0HOST"}, "T0HOST"),
        ({"team": "T0HOST", "user_team": "T0ACME"}, "T0ACME"),
        ({"team": "T0HOST", "source_team": "T0ACME"}, "T0ACME"),
        ({"team": "T0HOST", "user_profile": {"team": "T0ACME"}}, "T0ACME"),
    ],
)
def test_whose_workspace_an_author_is_of(fields: Json, team: str | None) -> None:
    """In a shared channel `team` can be that of the channel's host."""
    assert posted(**fields).user_team == team


def test_an_app_is_known_by_its_bot_whoever_is_named_beside_it() -> None:
    app = posted(bot_id="B0MAIL", app_id="A0MAIL")
    assert (app.user, app.is_app, app.app_ids) == ("B0MAIL", True, ("B0MAIL", "A0MAIL"))
    old = posted(subtype="bot_message", bot_id="B0OLD", user=None)
    assert (old.user, old.is_app) == ("B0OLD", True)


def test_a_deletion_names_what_is_gone_and_when() -> None:
    gone = {"subtype": "message_deleted", "deleted_ts": "1.000001", "ts": "9.000001", "hidden": True}
    assert read_event(SAID | gone) == Deleted("C0ACME", "1.000001", "9.000001")


def test_a_tombstone_is_a_deletion() -> None:
    left = SAID | {"subtype": "tombstone", "ts": "1.000001", "user": "USLACKBOT"}
    changed = {"subtype": "message_changed", "message": left, "ts": "9.000001", "hidden": True}
    assert read_event(SAID | changed) == Deleted("C0ACME", "1.000001", "9.000001")


ITEM = {"type": "message", "channel": "C0ACME", "ts": "1.000001"}
REACTION: Json = {"type": "reaction_added", "user": "U0LEE", "reaction": "eyes", "item": ITEM, "event_ts": "9.000001"}


def test_a_reaction_is_the_same_in_every_skin_tone_and_can_be_taken_back() -> None:
    assert read_event(REACTION) == Reacted("C0ACME", "1.000001", "9.000001", "U0LEE", "eyes", False)
    removed = read_event(REACTION | {"type": "reaction_removed", "reaction": "+1::skin-tone-3"})
    assert removed == Reacted("C0ACME", "1.000001", "9.000001", "U0LEE", "+1", True)


@pytest.mark.parametrize(
    "more", [{"item": {"type": "file", "file": "F1"}}, {"item": None}, {"user": ""}, {"reaction": 1}, {"event_ts": "x"}]
)
def test_a_reaction_to_something_else_is_nothing(more: Json) -> None:
    assert read_event(REACTION | more) is None


def test_coming_and_going() -> None:
    came = {"type": "member_joined_channel", "user": "U0LEE", "channel": "C0ACME", "team": "T1", "inviter": "U0ANA"}
    assert read_event(came) == Membership("C0ACME", "U0LEE", "T1", True, "U0ANA")
    left = {"type": "member_left_channel", "user": "U0LEE", "channel": "C0ACME"}
    assert read_event(left) == Membership("C0ACME", "U0LEE", None, False, None)


@pytest.mark.parametrize("kind", CHANNEL_CHANGES)
@pytest.mark.parametrize("channel", ["C0ACME", {"id": "C0ACME", "name": "acme"}])
def test_whatever_changes_about_a_channel_is_asked_for_again(kind: str, channel: object) -> None:
    assert read_event({"type": kind, "channel": channel}) == ChannelChanged("C0ACME")


def test_an_account_is_read_the_same_from_an_event_and_from_an_answer() -> None:
    user = {"id": "U0LEE", "team_id": "T1", "tz": "Europe/Lisbon", "profile": {"display_name": "Lee"}}
    assert read_event({"type": "user_change", "user": user}) == PersonChanged(account(user))
    assert (account(user).name, account(user).zone, account(user).is_guest) == ("Lee", "Europe/Lisbon", False)


@pytest.mark.parametrize(
    ("profile", "more", "name"),
    [
        ({"display_name": "", "real_name": "Lee Park"}, {}, "Lee Park"),
        ({}, {"real_name": "Lee Park", "name": "lee"}, "Lee Park"),
        ({}, {"name": "lee"}, "lee"),
        ({}, {}, "U0LEE"),
    ],
)
def test_everybody_has_a_name(profile: Json, more: Json, name: str) -> None:
    assert account({"id": "U0LEE", "profile": profile} | more).name == name


@pytest.mark.parametrize(
    ("more", "flag"),
    [
        ({"is_restricted": True}, "is_guest"),
        ({"is_ultra_restricted": True}, "is_guest"),
        ({"is_bot": True}, "is_app"),
        ({"id": "USLACKBOT"}, "is_app"),
        ({"is_stranger": True}, "is_stranger"),
        ({"is_owner": True}, "is_admin"),
        ({"deleted": True}, "is_gone"),
    ],
)
def test_what_slack_says_of_an_account(more: Json, flag: str) -> None:
    flags = ("is_guest", "is_app", "is_stranger", "is_admin", "is_gone")
    found = account({"id": "U0LEE"} | more)
    assert [name for name in flags if getattr(found, name)] == [flag]


def test_the_workspace_is_the_one_where_careCue_is_installed() -> None:
    """In a shared channel `team_id` can be the other company's."""
    authorized = [{"team_id": "T0LINDEN", "is_bot": True}]
    delivery = read(envelope(SAID, team_id="T0ACME", authorizations=authorized, is_ext_shared_channel=True))
    assert delivery
    assert (delivery.team_id, delivery.ext_shared, delivery.event_id) == ("T0LINDEN", True, "Ev1")
    org_wide = read(envelope(SAID, authorizations=[{"team_id": None, "is_enterprise_install": True}]))
    assert org_wide
    assert org_wide.team_id == "T0LINDEN"


ORG = {"team_id": None, "enterprise_id": "E0GRID", "is_bot": True, "is_enterprise_install": True}


@pytest.mark.parametrize(
    ("more", "whose"),
    [
        ({"authorizations": [ORG], "team_id": "T0ACME", "context_team_id": "T0OURS"}, ("T0OURS", "E0GRID")),
        ({"authorizations": [ORG | {"team_id": "T0OURS"}], "team_id": "T0ACME"}, ("T0OURS", "E0GRID")),
        ({"authorizations": [ORG], "team_id": "T0OURS"}, ("T0OURS", "E0GRID")),
        ({"authorizations": [ORG | {"is_enterprise_install": False}], "team_id": "T0OURS"}, ("T0OURS", None)),
        ({"team_id": "T0OURS", "context_team_id": "T0ACME"}, ("T0OURS", None)),
    ],
)
def test_of_an_organizations_app_the_event_says_through_which_workspace_it_came(
    more: Json, whose: tuple[str, str | None]
) -> None:
    delivery = read(envelope(SAID, is_ext_shared_channel=True, **more))
    assert delivery
    assert (delivery.team_id, delivery.org) == whose


@pytest.mark.parametrize(
    "body",
    [{}, {"event": SAID}, envelope(SAID, event_id=None), envelope(SAID) | {"event": []}, envelope(SAID, team_id=None)],
)
def test_an_envelope_that_cannot_be_told_apart_is_nothing(body: Json) -> None:
    assert read(body) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SAID, *REACTION, "id"]), inner),
    max_leaves=8,
)
KINDS = st.sampled_from(["message", "reaction_added", "member_joined_channel", "channel_rename", "user_change"])


@given(KINDS, st.dictionaries(st.sampled_from([*SAID, *REACTION, "subtype", "message", "deleted_ts"]), JSON))
def test_no_shape_of_payload_breaks_the_reading(kind: str, event: Json) -> None:
    read(envelope(event | {"type": kind}))
