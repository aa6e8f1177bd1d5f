"""An embedded pretend Slack on loopback, as strict as Slack: for the demo, for tests, for trying the bot."""
