"""What a person or an app may not do in the sandbox, by Slack's error name."""


class Refused(Exception):
    """`code` is Slack's error name; `details` go beside it in the answer (`needed`, `response_metadata` ...)."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
