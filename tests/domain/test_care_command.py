"""What people type after /care, and how it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.care_command import LONGEST, Order, Verb, read


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("", Order(Verb.LIST)),
        ("  ", Order(Verb.LIST)),
        ("help", Order(Verb.HELP)),
        ("?", Order(Verb.HELP)),
        ("HELP", Order(Verb.HELP)),
        ("export", Order(Verb.EXPORT)),
        ("pulse", Order(Verb.PULSE)),
        ("backing", Order(Verb.BACKING)),
        ("boundary", Order(Verb.BOUNDARY)),
        ("Boundary Abusive  They Threatened me.", Order(Verb.BOUNDARY, line="Abusive  They Threatened me.")),
        ("ask May I refund?", Order(Verb.ASK, line="May I refund?")),
        ("snag\nThe export stops.", Order(Verb.SNAG, line="The export stops.")),
        ("pause", Order(Verb.PAUSE)),
        ("Pause until Friday", Order(Verb.PAUSE, line="until Friday")),
        ("pause off", Order(Verb.RESUME)),
        ("resume", Order(Verb.RESUME)),
        ("loud", Order(Verb.RESUME)),
        ("quiet", Order(Verb.QUIET)),
        ("digest-only", Order(Verb.DIGEST_ONLY)),
        ("digest only", Order(Verb.DIGEST_ONLY)),
        ("hours", Order(Verb.HOURS)),
        ("hours mon-fri 9-13", Order(Verb.HOURS, line="mon-fri 9-13")),
        ("digest", Order(Verb.SAY)),
        ("Digest Now", Order(Verb.NOW)),
        ("digest preview", Order(Verb.NOW)),
        ("digest off", Order(Verb.OFF)),
        ("digest stop", Order(Verb.OFF)),
        ("digest weekly", Order(Verb.WEEKLY)),
        ("digest on", Order(Verb.WEEKLY)),
        ("digest hour 8:30", Order(Verb.HOUR, minute=510)),
        ("digest hour fri 16:00", Order(Verb.HOUR, weekday=4, minute=960)),
        ("digest friday 4pm", Order(Verb.HOUR, weekday=4, minute=960)),
        ("digest at 7", Order(Verb.HOUR, minute=420)),
        ("digest team", Order(Verb.SAY, team=True)),
        ("digest team off", Order(Verb.OFF, team=True)),
        ("digest team weekly", Order(Verb.WEEKLY, team=True)),
        ("digest team hour mon 9:00", Order(Verb.HOUR, team=True, weekday=0, minute=540)),
        ("digest team mon 9:00", Order(Verb.HOUR, team=True, weekday=0, minute=540)),
        ("digest team night hour 22:00", Order(Verb.HOUR, team=True, key="night", minute=1320)),
        ("digest team night off", Order(Verb.OFF, team=True, key="night")),
    ],
)
def test_what_is_typed_is_read(typed: str, order: Order) -> None:
    assert read(typed) == order


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("puase until friday", "pause until friday"),
        ("quite", "quiet"),
        ("resume please", "resume"),
        ("digets", "digest"),
        ("digets now", "digest now"),
        ("exprt", "export"),
        ("puls", "pulse"),
        ("boundry abusive", "boundary abusive"),
        ("backing please", "backing"),
        ("hlep", "help"),
        ("digest wekly", "digest weekly"),
        ("digest hour", "digest hour mon 9:00"),
        ("digest hour 25:00", "digest hour mon 9:00"),
        ("digest haur 8:30", "digest hour 8:30"),
        ("digest tem off", "digest team off"),
        ("digest team of", "digest team off"),
        ("digest team hour noon", "digest team hour mon 9:00"),
        ("leader-time maybe", "leader-time on"),
        ("make coffee", ""),
        ("digest please", ""),
    ],
)
def test_a_slip_comes_with_what_was_probably_meant(typed: str, meant: str) -> None:
    order = read(typed)
    assert (order.verb, order.meant) == (Verb.UNKNOWN, meant)


@given(st.text(max_size=LONGEST * 2))
def test_anything_is_read(typed: str) -> None:
    order = read(typed)
    assert order.verb in Verb
    assert 0 <= order.minute < 24 * 60


@given(st.sampled_from(["digest", "digest team", "digest hour"]), st.text(max_size=40))
def test_what_is_meant_can_be_read_if_the_rest_can(begun: str, rest: str) -> None:
    meant = read(f"{begun} {rest}").meant
    assert not meant or meant.split()[0] in ("digest", "export", "help")
