"""The sandbox's browser page: a small Slack to click in. The files in `static/` are served as they are."""

from bot.sandbox.page.routes import Page
from bot.sandbox.page.tour import Step, Tour

__all__ = ["Page", "Step", "Tour"]
