"""The demo: sandbox, bot and page in one process, with a small care team, three customers and a lived-in week."""
