"""By which token a workspace is spoken to."""

from typing import Protocol

from bot.slack.client import Slack


class Clients(Protocol):
    """Every workspace's view of Slack. A Slack of one token is one of these too: it answers for its one workspace."""

    async def of(self, team_id: str) -> Slack:
        """Cheap: it asks nobody, as a rule. Raises SlackError as Slack would for a token that is not good."""
        ...
