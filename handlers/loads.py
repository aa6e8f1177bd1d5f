"""Too much for one person: those who lead them take something off."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import taking_off as store
from bot.views import loads as views
from handlers.doors import Knock, Turned, Wrong, open_form


async def take_off(deps: Deps, knock: Knock) -> str | None:
    """*Take off…* asks which, and who takes them, at once: what opens a modal is good for three seconds."""

    def draw(tx: Connection) -> dict[str, object]:
        burden = store.burden(tx, knock.workspace, views.read_press(knock.action), knock.user, deps.now())
        return views.not_now(burden) if isinstance(burden, str) else views.form(burden)

    return await open_form(deps, knock, await deps.db.run(draw))


async def hand_over(deps: Deps, knock: Knock) -> Wrong | Turned:
    """What was picked goes to whoever takes it, and the form says so in one line."""
    pick = views.read(knock.body["view"])
    moved = await deps.db.run(store.take_off, knock.workspace, pick, knock.user, deps.now())
    deps.sender.wake()
    return views.beside(moved) if isinstance(moved, str) else Turned(views.done(pick.user, moved))
