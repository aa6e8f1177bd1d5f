"""The step of the demo about a team's past: what CareCue would have done with it, as a page to show."""

import re
from datetime import time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo import exported
from bot.demo.place import ANA, LEE, MIA, OMAR, OURS, ZONE
from bot.demo.proof import Act, expect
from bot.demo.stage import Stage
from bot.domain.hours import Week
from bot.domain.setup import Targets
from bot.replay import Options, Result, page, replay

NINE_TO_FIVE = Week(ZONE.key, (((time(9), time(17)),),) * 5 + ((), ()))
URL = "https://linden.slack.com"


async def report(stage: Stage) -> str:
    """The demo's weeks, exported and replayed with three targets, as a page that names nobody of ours."""
    targets = tuple(Targets(timedelta(minutes=m), timedelta(minutes=2 * m)) for m in (30, 60, 120))
    options = Options(NINE_TO_FIVE, targets[1], OURS, (targets[0], targets[2]), URL)
    with TemporaryDirectory(prefix="carecue-export-") as folder:
        said = exported.write(stage.sandbox.world, Path(folder))
        result = replay(Path(folder), options, lambda _done, _total: None)
    drawn = page.draw(result, page.of_export("linden", options))
    expect(result.messages == said, f"{result.messages} of {said} messages were read")
    expect(result.answered > 0, "nobody was answered")
    _holds_back(stage, drawn)
    _leads_to_customers(stage, result)
    kept = sorted((tried.first_s or 0, tried.kept or 0, tried.nudges) for tried in result.tried)
    expect([one[1] for one in kept] == sorted(one[1] for one in kept), f"a longer target was kept less: {kept}")
    expect([one[2] for one in kept] == sorted((one[2] for one in kept), reverse=True), f"and nudged more: {kept}")
    return "; ".join(f"{first / 60:.0f} min: kept {share:.0%}, {nudges} nudges" for first, share, nudges in kept)


def _holds_back(stage: Stage, drawn: str) -> None:
    """No agent is named, and nothing is loaded: the only addresses are those that a person may follow."""
    for user in (ANA, LEE, OMAR, MIA):
        person = stage.sandbox.world.people[user]
        expect(user not in drawn and person.real_name not in drawn, f"{person.real_name} is named")
    addresses = re.findall(r'(\w+)="(https?:[^"]*)', drawn)
    expect(all(name == "href" and url.startswith(URL) for name, url in addresses), f"it leads to {addresses}")
    expect("<script" not in drawn and "url(" not in drawn and "@import" not in drawn, "it loads something")


def _leads_to_customers(stage: Stage, result: Result) -> None:
    """Every wait that nobody ended is a message of a customer, as Slack has it."""
    world = stage.sandbox.world
    ours = {ANA, LEE, OMAR, MIA}
    asked = {message.ts: message.user for channel in world.channels.values() for message in channel.messages.values()}
    wrong = [one.from_ts for one in result.latest_unanswered if asked.get(one.from_ts) in {None, *ours}]
    expect(not wrong, f"these are no customers' messages: {wrong}")


STEPS: tuple[tuple[str, Act], ...] = (("replay.report", report),)
