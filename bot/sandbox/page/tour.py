"""The guided tour: the demo says what to try, the page shows it, the demo ticks what was done."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A click goes to `channel` as `as_user`: a user id opens the direct message, and with tab "home" an app's Home."""

    name: str
    title: str
    body: str
    as_user: str = ""
    channel: str = ""
    tab: str = ""


class Tour:
    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self.steps = tuple(steps)
        self.done: set[str] = set()
        self.revision = 0
        self.listeners: list[Callable[[], None]] = []

    def set_steps(self, steps: Iterable[Step]) -> None:
        self.steps = tuple(steps)
        self._tell()

    def tick(self, name: str) -> None:
        """Ticking again changes nothing; an unknown name is a slip in the demo: KeyError."""
        if name not in {step.name for step in self.steps}:
            raise KeyError(name)
        if name not in self.done:
            self.done.add(name)
            self._tell()

    @property
    def next_step(self) -> Step:
        """The first that is not done; an empty one when there is none."""
        return next((step for step in self.steps if step.name not in self.done), Step("", "", ""))

    def as_json(self) -> list[Json]:
        return [asdict(step) | {"done": step.name in self.done} for step in self.steps]

    def _tell(self) -> None:
        self.revision += 1
        for listener in self.listeners:
            listener()
