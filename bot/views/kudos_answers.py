"""What /kudos answers to the one who typed it, and what a form turns into when it was sent off."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.kudos import Behaviour, Code, Refused, Where
from bot.views import forms
from bot.views.blocks import ask_again, context, quoted, section
from bot.views.kudos import Story, body
from bot.views.kudos_form import Filled
from bot.views.message import Message, one_line, read_id
from bot.views.words import common
from bot.views.words import kudos as words
from bot.views.words import kudos_form as form_words

COMMAND = "/kudos"
SHORTCUT = "kudos.give"
MEND = "kudos.mend"
EDIT = "kudos.edit"
TAKE_BACK = "kudos.take_back"
ADD = "kudos.add"
SHARE_KUDOS = "kudos.share_kudos"
SHARE_TEAM = "kudos.share_team"

VALUE_MAX = 2000  # Slack's, of what a button carries
CARRIED_PEOPLE = 60
SHOWN = 2500  # characters of a text that was refused
_SHARES = {SHARE_KUDOS: Where.KUDOS, SHARE_TEAM: Where.TEAM}


def read_where(text: str) -> tuple[Where, str]:
    """Where it shall be heard, if what was typed begins with that; and the rest."""
    word, _, rest = text.partition(" ")
    where = words.WHERE_SAID.get(word.casefold())
    return (where, rest) if where and rest.strip() else (Where.PRIVATE, text)


def refusal(refused: Refused, typed: Filled) -> Message:
    """A no that keeps what was typed, with a button to the form filled in."""
    sentence = words.refused(refused, common.people(refused.who))
    if refused.code is Code.CHANNEL_OFF:
        return Message(sentence, tuple(_refused(sentence, typed)))
    return mendable(sentence, typed)


def mendable(sentence: str, typed: Filled) -> Message:
    """The same, for a sentence."""
    blocks = _refused(sentence, typed)
    button = ButtonElement(text=words.EDIT(), action_id=MEND, value=_carried(typed), style="primary")
    return Message(sentence, (*blocks, ActionsBlock(elements=[button])))


def read_typed(action: Mapping[str, Any]) -> Filled:
    """What the button above carries; nothing for a value that is none of ours."""
    try:
        carried = json.loads(str(action.get("value")))
        return Filled(
            receivers=tuple(map(str, carried["r"])),
            behaviours=tuple(map(Behaviour, carried["b"])),
            reason=str(carried["t"]),
            where=Where(carried["w"]),
        )
    except (ValueError, KeyError, TypeError):
        return Filled()


def given(story: Story, hint: Behaviour | None = None, offered: Collection[Where] = ()) -> Message:
    """To the giver: it is on its way, what it sounds like, who else might hear of it, and the ways to change it."""
    headline = words.given(common.people(story.receivers), story.where)
    blocks = [section(headline), *body(story), *_hint(story.id, hint), *_shares(story.id, offered)]
    return Message(headline, (*blocks, ActionsBlock(elements=changes(story.id)), context(words.FOR_A_DAY())))


def given_view(story: Story, hint: Behaviour | None = None) -> dict[str, Any]:
    """The same, in the place of the form that was sent off."""
    headline = section(words.given(common.people(story.receivers), story.where))
    return forms.shown(
        form_words.FORM_TITLE(), [headline, *body(story), *_hint(story.id, hint), context(words.FOUND_IN_MINE())]
    )


def told_view(sentence: str) -> dict[str, Any]:
    """A sentence in the place of the form that was sent off."""
    return forms.told(form_words.FORM_TITLE(), sentence)


def read_added(action: Mapping[str, Any]) -> tuple[int | None, Behaviour]:
    """The kudos and the behaviour that was suggested for them. Raises ValueError for one that there is not."""
    kudos_id, _, behaviour = str(action.get("value")).partition(":")
    return read_id(kudos_id), Behaviour(behaviour)


def read_share(action: Mapping[str, Any]) -> Where:
    """Where the giver wants it heard as well."""
    return _SHARES[str(action["action_id"])]


def usage() -> Message:
    """What the command understands."""
    return one_line(words.usage(COMMAND))


def changes(kudos_id: int) -> list[ButtonElement]:
    """The giver's two ways to think again."""
    sure = ask_again(words.TAKE_BACK_TITLE(), words.TAKE_BACK_TEXT(), words.TAKE_BACK())
    return [
        ButtonElement(text=words.EDIT(), action_id=EDIT, value=str(kudos_id)),
        ButtonElement(text=words.TAKE_BACK(), action_id=TAKE_BACK, value=str(kudos_id), confirm=sure),
    ]


def _refused(sentence: str, typed: Filled) -> list[Block]:
    said = typed.reason[:SHOWN].strip()
    return [section(sentence), section(quoted(said))] if said else [section(sentence)]


def _hint(kudos_id: int, hint: Behaviour | None) -> list[Block]:
    if hint is None:
        return []
    name = words.BEHAVIOURS[hint]()
    button = ButtonElement(text=words.add(name), action_id=ADD, value=f"{kudos_id}:{hint}")
    return [section(words.sounds_like(name)), ActionsBlock(elements=[button])]


def _shares(kudos_id: int, offered: Collection[Where]) -> list[Block]:
    buttons = [
        ButtonElement(text=words.SHARES[where](), action_id=action, value=str(kudos_id))
        for action, where in _SHARES.items()
        if where in offered
    ]
    return [section(words.SHARE_TOO()), ActionsBlock(elements=buttons)] if buttons else []


def _carried(typed: Filled) -> str:
    """What fits into a button; the longest words are cut, and stand whole in the message above it."""
    kept: dict[str, Any] = {"r": typed.receivers[:CARRIED_PEOPLE], "b": typed.behaviours, "w": typed.where}
    reason = typed.reason[:VALUE_MAX]
    while (excess := _length(value := json.dumps(kept | {"t": reason}, ensure_ascii=False)) - VALUE_MAX) > 0:
        reason = reason[: -max(1, excess // 6)]  # no character takes more than six
    return value


def _length(text: str) -> int:
    """In the units in which clients count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
