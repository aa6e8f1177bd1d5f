"""Numbers as they are written in the language that is spoken."""

from decimal import Decimal

from babel.numbers import format_decimal, format_percent

from bot.views.language import ENGLISH, spoken


def whole(count: int) -> str:
    """12,345."""
    return f"{count:,}" if spoken() == ENGLISH else format_decimal(count, locale=spoken())


def tenths(number: float) -> str:
    """3.5, and 4.0."""
    written = f"{number:.1f}"
    return written if spoken() == ENGLISH else format_decimal(Decimal(written), "0.0", locale=spoken())


def short(number: float) -> str:
    """3.5, and 4."""
    written = f"{number:g}"
    return written if spoken() == ENGLISH else format_decimal(Decimal(written), "0.######", locale=spoken())


def percent(share: float) -> str:
    """83%."""
    # Rounded as in English first, whatever the language.
    return f"{share:.0%}" if spoken() == ENGLISH else format_percent(Decimal(f"{share:.2f}"), locale=spoken())
