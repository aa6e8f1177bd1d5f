"""The forms of how fast customers hear from a team, whom CareCue tells meanwhile, and how much of that people bear."""

import re
from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.setup import Step, Targets, Team
from bot.domain.setup_targets import SAYS
from bot.domain.setup_values import duration_text
from bot.views import forms
from bot.views import setup_team_fields as fields
from bot.views.setup_team_fields import Data, View
from bot.views.setup_team_people import Known
from bot.views.words import setup_team_forms as words

AS_USUAL, OF_ITS_OWN, NOBODY = "usual", "own", "nobody"
LONGEST_LENGTH = 30
_BETWEEN = re.compile(r"[\s,;:%]+")


def draw(team: Team, known: Known) -> list[Block]:
    """As it stands; where the workspace's apply, they stand there to begin with."""
    usual = known.usual
    first, later = _written_targets(team.targets) if team.targets else (None, None)
    options = [
        forms.option(words.LADDER_AS_USUAL(), AS_USUAL),
        forms.option(words.LADDER_OF_ITS_OWN(), OF_ITS_OWN),
        forms.option(words.LADDER_NONE(), NOBODY),
    ]
    which = AS_USUAL if team.ladder is None else OF_ITS_OWN if team.ladder else NOBODY
    return [
        fields.words_for("targets.first", first, LONGEST_LENGTH, words.FIRST()),
        fields.words_for(
            "targets.next",
            later,
            LONGEST_LENGTH,
            words.NEXT_ANSWER(),
            words.targets_hint(", ".join(_written_targets(usual.targets))),
        ),
        fields.choice_for("ladder.which", options, which, words.LADDER()),
        fields.lines_for("ladder", written(team.ladder or usual.ladder), words.STEPS(), words.STEPS_HINT()),
    ]


def read(view: View, _team: Team) -> Data:
    """As the file would say it. A target alone is none: the other one's field says so."""
    spans = {key: fields.tidied(view, f"targets.{key}") for key in ("first", "next")}
    said: Data = {"targets": spans if any(spans.values()) else None}
    which = fields.chosen(view, "ladder.which")
    if which == OF_ITS_OWN or _only_typed(view):
        return said | ({"ladder": typed_steps(fields.typed(view, "ladder"))} if fields.has(view, "ladder") else {})
    return said | {"ladder": [] if which == NOBODY else None}


def _only_typed(view: View) -> bool:
    """Whoever writes steps means them, also where the choice above was left as it was."""
    return fields.has(view, "ladder") and fields.touched(view, "ladder") and not fields.touched(view, "ladder.which")


def written(ladder: Sequence[Step]) -> str:
    """ "75% owner reply", a line a step."""
    return "\n".join(f"{step.at}% {step.to} {step.say}" for step in ladder)


def typed_steps(typed: str) -> list[Data]:
    """What the file would say of them; a step that says nothing where there is none at all."""
    lines = [list(filter(None, _BETWEEN.split(line.casefold()))) for line in typed.splitlines()]
    return [_step(parts) for parts in lines if parts] or [{}]


def _step(parts: Sequence[str]) -> Data:
    """Its share, whom, and what; "lend a hand" is as good as lend_hand."""
    at: Any = int(parts[0]) if parts[0].isdecimal() and len(parts[0]) < 10 else parts[0]
    say = "_".join(part for part in parts[2:] if part != "a")
    likely = [one for one in SAYS if say and one.startswith(say)]
    step: Data = {"at": at} | ({"to": parts[1]} if len(parts) > 1 else {})
    return step | ({"say": likely[0] if likely and say not in SAYS else say} if say else {})


def _written_targets(targets: Targets) -> tuple[str, str]:
    return duration_text(targets.first), duration_text(targets.next)


# -- attention budget ----------------------------------------------------------------------------------------------


def draw_budget(team: Team, _known: Known) -> list[Block]:
    """As it stands."""
    return [
        fields.number_for("cap", team.cap, 1, 100, words.CAP(), words.CAP_HINT()),
        fields.number_for("load", team.load, 1, 1000, words.LOAD(), words.LOAD_HINT()),
        fields.words_for(
            "turn", duration_text(team.turn), LONGEST_LENGTH, words.TURN(), words.TURN_HINT(), optional=False
        ),
    ]


def read_budget(view: View, _team: Team) -> Data:
    """As the file would say it."""
    turn = fields.tidied(view, "turn")
    return {"cap": fields.number(view, "cap"), "load": fields.number(view, "load"), "turn": turn or None}
