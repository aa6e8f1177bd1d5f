"""`pytest --pseudo`: every text is marked and made longer, and whatever Slack gets without a mark is told.

People use Slack in different languages then, of which each has marks of its own: so it is told, too, what was drawn for
somebody in the language of somebody else. The marks are taken off at Slack's door, and are not put on what a test says
itself, so that all else holds as ever.
"""

import html
import json
import re
import sys
from collections.abc import Callable, Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any, cast

import bot.domain
import bot.views
from bot.demo.place import world
from bot.sandbox.api.call import Call
from bot.sandbox.blocks import message_problems, view_problems
from bot.sandbox.core import Core
from bot.sandbox.delivery import Answer, Deliveries, Delivery
from bot.sandbox.people import Person
from bot.sandbox.world import World
from bot.store import setup
from bot.views import language
from bot.views.words import days, numbers

Json = Any

MARKS = {"en": "⟦⟧", "de": "⦃⦄", "fr": "⦅⦆", "es": "⟪⟫", "pt": "⟬⟭"}
PADDING = "·"
SHORT = 24  # characters: as long as the title of a form may be
LONGER = 0.2
_OPEN, _CLOSE = ("".join(marks) for marks in zip(*MARKS.values(), strict=True))
_MARKED = re.compile(rf"[{_OPEN}][^{_OPEN}{_CLOSE}]*[{_CLOSE}]")
_LOCALES = ("en-GB", "de-DE", "fr-FR", "es-ES", "pt-BR")
_NO_WORDS = re.compile(r"(?m)^> .*$|<[^>]*>|`[^`]*`|:[a-z0-9_+-]+:|&\w+;|https?:\S+")
_PROSE = re.compile(r"[A-Za-z’']{2,}(?: [A-Za-z’']{2,})+")
_VIEWS = str(Path(bot.views.__file__).parent)
_SAYING = ("tests/", "bot/demo/")

_heard: list[str] = []  # what people said, and what the setup says: theirs, in their own words
_found: list[str] = []
_answers: list[Json] = []  # which were looked at, and are said by the sandbox itself
_KEPT = (json.dumps(world()), (Path(bot.domain.__file__).parent / "data" / "prompts.toml").read_text(encoding="utf-8"))


def begin() -> None:
    """A test begins."""
    _heard[:], _found[:], _answers[:] = _KEPT, (), ()


def found() -> list[str]:
    """What Slack got since then that is not marked, or does not fit."""
    return list(dict.fromkeys(_found))


class Pseudo(NullTranslations):
    """English, in the marks of a language."""

    def __init__(self, spoken: str) -> None:
        super().__init__()
        self.marks = MARKS[spoken]

    def gettext(self, message: str) -> str:
        return marked(message, self.marks)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2, self.marks)


def marked(text: str, marks: str) -> str:
    """The same between marks, and longer; plain for a test that asks."""
    if _is_tests():
        return text
    padding = PADDING * int(len(text) * LONGER) if len(text) > SHORT else ""
    return f"{marks[0]}{text}{padding}{marks[1]}"


def _is_tests() -> bool:
    """Whether it is a test, or the demo's script, that has a view say something."""
    frame: Any = sys._getframe(2)
    while frame and frame.f_code.co_filename.startswith((_VIEWS, __file__)):
        frame = frame.f_back
    return frame is not None and any(part in frame.f_code.co_filename for part in _SAYING)


def plain(said: Json) -> Json:
    """Without marks."""
    if isinstance(said, str):
        return re.sub(rf"{PADDING}*[{_CLOSE}]|[{_OPEN}]", "", said)
    if isinstance(said, list):
        return [plain(one) for one in said]
    return {name: plain(value) for name, value in said.items()} if isinstance(said, dict) else said


def unmarked(text: str) -> Iterator[str]:
    """Rows of words that are neither marked nor somebody's own."""
    before = ""
    while before != text:
        before, text = text, _MARKED.sub(" … ", text)
    for row in _PROSE.findall(_NO_WORDS.sub(" … ", html.unescape(text))):
        if not any(row in one for one in _heard):
            yield row


def texts(said: Json) -> Iterator[str]:
    """Every text of blocks, a view or an answer that people read."""
    if isinstance(said, list):
        for one in said:
            yield from texts(one)
    elif isinstance(said, dict):
        for name, value in said.items():
            if name in ("text", "alt_text") and isinstance(value, str):
                yield value
            elif name not in ("initial_value", "initial_option", "initial_options", "metadata"):
                yield from texts(value)


def look(method: str, args: dict[str, Json], reader: str | None = None) -> None:
    """Hold what Slack gets against what it may be, in the language of `reader` where that is known."""
    spoken = {mark for text in texts(args) for mark in text if mark in _OPEN}
    if reader and spoken not in ({MARKS[reader][0]}, {MARKS["en"][0]}, set()):  # whom CareCue has not met hear English
        _found.append(f"{method}: for whom {reader} is said, in {spoken}: {list(texts(args))}")
    _found.extend(f"{method}: “{row}” in {text!r}" for text in texts(args) for row in unmarked(text))
    blocks, view = args.get("blocks"), args.get("view")
    _found.extend(f"{method}: {one}" for one in (message_problems(blocks) if isinstance(blocks, list) else ()))
    _found.extend(f"{method}: {one}" for one in (view_problems(view) if isinstance(view, dict) else ()))


def _read(args: dict[str, Json]) -> dict[str, Json]:
    """What comes as text that is JSON, as itself."""
    named = ("blocks", "view", "attachments", "metadata")
    return {k: json.loads(v) if k in named and isinstance(v, str) and v else v for k, v in args.items()}


def _reader(world: World, args: dict[str, Json]) -> str | None:
    """What is to be spoken to whom a call of the Web API is for; None where that is not said."""
    target = str(args.get("user_id") or args.get("user") or args.get("channel") or "")
    channel = world.channels.get(target)
    if channel and channel.is_im:
        target = next(user for user in channel.members if user != world.app.bot_user_id)
    person = world.people.get(target)
    return language.understood(person.locale) if person else "en" if channel else None


def _asker(world: World, payload: dict[str, Json]) -> str | None:
    """The same of whoever pressed, typed or sent something off."""
    user = payload.get("user") or {"id": payload.get("user_id")}
    person = world.people.get(str(user["id"])) if isinstance(user, dict) else None
    return language.understood(person.locale) if person else None


def _mixed(from_dict: Callable[[dict[str, Json]], Person]) -> Callable[[dict[str, Json]], Person]:
    """People as ever, but for the language in which they use Slack."""
    return lambda data: from_dict({**data, "locale": _LOCALES[sum(map(ord, str(data.get("id")))) % len(_LOCALES)]})


def install() -> None:
    """From now on. Days and numbers stay English, so that tests know them."""
    language.catalogue = Pseudo  # type: ignore[assignment]
    vars(days)["spoken"] = vars(numbers)["spoken"] = lambda: language.ENGLISH
    Person.from_dict = _mixed(Person.from_dict)  # type: ignore[method-assign, assignment]
    make, attempt, read = Call.__init__, Deliveries._attempt, setup.read
    changes = vars(setup)["changes"]

    def called(self: Call, core: Core, method: str, args: dict[str, Json]) -> None:
        if any(one is args for one in _answers):
            make(self, core, method, args)
            return
        given = _read(args)
        look(method, given, _reader(core.world, given) if method.startswith(("chat.", "views.publish")) else None)
        args |= plain(given)
        make(self, core, method, args)

    async def attempted(self: Deliveries, delivery: Delivery) -> Answer:
        _heard.append(html.unescape(json.dumps(delivery.payload, ensure_ascii=False)).replace("\\n", " "))
        answer = await attempt(self, delivery)
        if isinstance(answer.body, dict):
            look("the answer", answer.body, _asker(cast("World", self.state), delivery.payload))
            _answers.append(plain(answer.body))
            return Answer(answer.ok, _answers[-1], answer.reason, answer.retry)
        return answer

    def understood(source: str | bytes) -> Any:
        _heard.append(source if isinstance(source, str) else source.decode())
        return read(source)

    def told(before: Any, after: Any) -> tuple[str, ...]:
        """What a change does is said as the file's reader says it: in English."""
        sentences: tuple[str, ...] = changes(before, after)
        _heard.extend(sentences)
        return sentences

    vars(setup)["changes"] = told
    Call.__init__ = called  # type: ignore[method-assign]
    Deliveries._attempt = attempted  # type: ignore[method-assign]
    setup.read = understood
