"""The way of every change of the setup in Slack: checked, its effect shown, and then saved or not.

The stack of modals: a page (setup, a team, channels), over it a form, over that the effect. A form's handler hands its
change to `proposed`, a button that changes something to `pressed`; *Save* of the effect is handlers.setup's.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.setup import Finding, Path, Setup
from bot.store import roles, setup, setup_drafts
from bot.views import setup_effect as views
from bot.views.setup_effect import Proposal
from bot.views.words import setup_effect as words
from handlers.doors import Knock, Pushed, Turned, Wrong

Edit = Callable[[Setup], Setup]
Fields = Callable[[Path], str | None]  # the block of the form in which the value of this path stands
Outcome = list[Finding] | str | dict[str, Any]  # what is wrong, why not, or the view of the effect


async def proposed(
    deps: Deps, knock: Knock, edit: Edit, fields: Fields, page: str = "", found: Iterable[Finding] = ()
) -> Wrong | Turned | Pushed:
    """What a form turns into that was sent off; its change waits for *Save*.

    `found` is what is wrong with what was typed already. `page` is what is drawn anew beneath once it is saved.
    """
    if wrong := list(found):
        return beside(knock, wrong, fields)
    outcome = await deps.db.run(_propose, deps, knock, edit, page)
    if isinstance(outcome, list):
        return beside(knock, outcome, fields)
    if isinstance(outcome, str):
        return {_first(knock): outcome}
    return Pushed(outcome) if outcome.get("callback_id") else Turned(outcome)


async def pressed(deps: Deps, knock: Knock, edit: Edit, page: str = "") -> None:
    """The same for a button of a page; what is wrong with it is told in the effect's place."""
    outcome = await deps.db.run(_propose, deps, knock, edit, page)
    if isinstance(outcome, list):
        outcome = " ".join(map(str, outcome))
    view = views.not_saved(outcome) if isinstance(outcome, str) else outcome
    await (await knock.slack(deps)).push_view(str(knock.body["trigger_id"]), view)


def beside(knock: Knock, found: Iterable[Finding], fields: Fields) -> Wrong:
    """Each finding beside its field; one without a field stands beside the first."""
    told: dict[str, list[str]] = {}
    for finding in found:
        field = fields(finding.path)
        told.setdefault(field or _first(knock), []).append(finding.sentence if field else str(finding))
    return {field: " ".join(dict.fromkeys(sentences)) for field, sentences in told.items()}


def _propose(tx: Connection, deps: Deps, knock: Knock, edit: Edit, page: str) -> Outcome:
    workspace = knock.workspace_now(tx, deps)
    before, now = workspace.setup, deps.now()
    after = edit(before)
    if not roles.may_make(tx, workspace, knock.user, after):
        return words.NOT_YOURS()
    if found := list(setup.wrong(before, after)):
        return found
    sentences = setup.preview(tx, workspace.team_id, after, now)
    if not sentences:
        return views.nothing()
    draft = setup_drafts.propose(tx, workspace, knock.user, after, now)
    return views.form(Proposal(draft, page), sentences)


def _first(knock: Knock) -> str:
    """The first field of the form that was sent off."""
    return next(str(block["block_id"]) for block in knock.body["view"]["blocks"] if block["type"] == "input")
