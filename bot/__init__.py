"""CareCue: a Slack bot for teams that look after customers in Slack."""
