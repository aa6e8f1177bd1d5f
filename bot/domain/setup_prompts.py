"""Weekly prompts in the setup: which ones are retired, and those of people's own."""

from collections.abc import Iterator

from bot.domain import setup_values as values
from bot.domain.behaviours import Behaviour
from bot.domain.prompt_book import Dimension, Prompt, Signal, book
from bot.domain.setup import Finding, Path, PromptSetup, Setup
from bot.domain.setup_values import Table, Wrong, meant, shown

DIMENSIONS, SIGNALS, FEEDS = tuple(Dimension), tuple(Signal), tuple(Behaviour)


def prompt_id(value: object) -> str:
    """What names a prompt in the file and in the tables."""
    if not isinstance(value, str) or not values.KEY.fullmatch(value):
        raise Wrong(f"{shown(value)} cannot name a prompt: use small letters, digits, - and _, like `a-walk`")
    return value


def read_prompts(table: Table) -> PromptSetup:
    """What the file says; what it leaves out is as usual."""
    prompts = PromptSetup(retired=table.each("retired", prompt_id), own=tuple(_own(row) for row in table.rows("own")))
    table.close()
    return prompts


def prompts_data(prompts: PromptSetup) -> dict[str, object]:
    """What `read_prompts` reads back; nothing where all is as usual."""
    found: dict[str, object] = {}
    if prompts.retired:
        found["retired"] = list(prompts.retired)
    if prompts.own:
        found["own"] = [own_data(one) for one in prompts.own]
    return found


def findings(setup: Setup) -> Iterator[Finding]:
    """What names a prompt or a team that is not there, or a prompt twice."""
    known = [*(one.id for one in book()), *(one.id for one in setup.prompts.own)]
    keys = [team.key for team in setup.teams]
    lists: list[tuple[Path, tuple[str, ...]]] = [(("prompts", "retired"), setup.prompts.retired)]
    lists += [(("team", team.key, "retired_prompts"), team.retired_prompts) for team in setup.teams]
    for path, retired in lists:
        for place, name in enumerate(retired):
            if name not in known:
                yield Finding((*path, place), f"there is no prompt `{name}`{meant(name, known)}")
    for place, one in enumerate(setup.prompts.own):
        if known.count(one.id) > 1:
            yield Finding(
                ("prompts", "own", place, "id"), f"another prompt is called `{one.id}` already: choose another"
            )
        if not one.anytime and not one.signals:
            yield Finding(("prompts", "own", place, "anytime"), "nothing calls it either: name some `signals`")
        if one.team and one.team not in keys:
            yield Finding(("prompts", "own", place, "team"), f"there is no team `{one.team}`{meant(one.team, keys)}")


def _own(row: Table) -> Prompt:
    prompt = Prompt(
        id=row.need("id", prompt_id, "own"),
        title=row.need("title", values.words, "?"),
        why=row.need("why", values.sentence, "?"),
        act=row.need("act", values.sentence, "?"),
        question=row.need("question", values.sentence, "?"),
        notice=row.need("notice", values.sentence, "?"),
        dimension=row.need("dimension", values.one_of(DIMENSIONS), Dimension.HEALING),
        feeds=row.take("feeds", values.one_of(FEEDS), Behaviour.KINDNESS),
        signals=row.each("signals", values.one_of(SIGNALS)),
        anytime=row.take("anytime", values.flag, default=True),
        team=row.take("team", values.team_key, None),
    )
    row.close()
    return prompt


def own_data(one: Prompt) -> dict[str, object]:
    """One of people's own, key for key as in the file."""
    told: dict[str, object] = {name: getattr(one, name) for name in ("id", "title", "why", "act", "question", "notice")}
    told |= {"dimension": str(one.dimension), "feeds": str(one.feeds), "signals": list(map(str, one.signals)) or None}
    told |= {"anytime": None if one.anytime else False, "team": one.team}
    return {name: value for name, value in told.items() if value is not None}
