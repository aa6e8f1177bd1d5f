"""How long what is kept is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after which what is over is deleted; None keeps it.

    `conversations` are their moves, waits, promises and nudges; `answers` what people answered to asks, weekly prompts
    and the pulse; `statistics` the figures of weeks past, which name nobody; `changes` who changed the setup.
    `grace` is after CareCue was taken out of the workspace: until then all comes back with it.
    """

    conversations: int | None = 400
    kudos: int | None = None
    answers: int | None = 400
    statistics: int | None = None
    changes: int | None = 400
    grace: int = 30
