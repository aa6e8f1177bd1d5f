"""What a setup says of time, as plain data: in which working time customers hear from us, and the ladder's steps."""

from collections.abc import Mapping
from typing import get_args

from bot.domain import setup_values as values
from bot.domain.setup import Say, Step, Targets, To
from bot.domain.setup_values import Table

TOS: tuple[To, ...] = get_args(To)
SAYS: tuple[Say, ...] = get_args(Say)
USUAL: Mapping[To, Say] = {"owner": "reply", "home": "lend_hand", "manager": "how_help"}


def read_usual_targets(top: Table) -> Targets:
    """The workspace's, each of which may be left out."""
    usual = Targets()
    table = top.table("targets")
    targets = Targets(
        first=table.take("first", values.duration, usual.first),
        next=table.take("next", values.duration, usual.next),
    )
    table.close()
    return targets


def read_targets(parent: Table) -> Targets | None:
    """Both or none: with one alone it would be open whose the other is once the workspace's change."""
    table = parent.table("targets")
    if "targets" not in parent.data:
        return None
    usual = Targets()
    targets = Targets(
        first=table.need("first", values.duration, usual.first),
        next=table.need("next", values.duration, usual.next),
    )
    table.close()
    return targets


def read_ladder(parent: Table) -> tuple[Step, ...] | None:
    """None where none is named; one without steps is one."""
    steps = tuple(_step(row) for row in parent.rows("ladder"))
    return steps if "ladder" in parent.data else None


def _step(row: Table) -> Step:
    usual: To = "owner"
    to = row.need("to", values.one_of(TOS), usual)
    step = Step(
        at=row.need("at", values.percent, 100),
        to=to,
        say=row.take("say", values.one_of(SAYS), USUAL[to]),
    )
    row.close()
    return step


def targets_data(targets: Targets) -> dict[str, object]:
    return {"first": values.duration_text(targets.first), "next": values.duration_text(targets.next)}


def ladder_data(ladder: tuple[Step, ...]) -> list[dict[str, object]]:
    return [{"at": step.at, "to": step.to, "say": step.say} for step in ladder]
