"""The pulse: an answer is counted and not kept, and whoever asks sees what everybody sees."""

from bot.deps import Deps
from bot.store import pulse as store
from bot.store.pulse import Taken
from bot.views import pulse as views
from bot.views.message import Message
from bot.views.words import pulse as words
from handlers.doors import Knock


async def answer(deps: Deps, knock: Knock) -> str | Message:
    """A step was pressed, or *Skip*. What stands in the question's place is not stored: only its reader sees it."""
    press = views.read_press(knock.action)
    if press is None:
        return words.OVER()
    match await deps.db.run(store.answer, knock.workspace, press, knock.user, deps.now()):
        case Taken.COUNTED:
            return views.answered(press.step)
        case Taken.ALREADY:
            return views.already()
        case Taken.OVER:
            return views.over()
        case _:
            return words.NOT_ASKED()


async def trend(deps: Deps, knock: Knock) -> Message:
    """/care pulse: how it went, in the words that the whole team was told."""
    teams = knock.workspace.teams_of(knock.user)[: views.MOST_TEAMS]
    return views.page(await deps.db.run(store.page, knock.workspace, teams, deps.now()))
