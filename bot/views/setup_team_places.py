"""The forms of where a team is and what comes to it by itself, and of what it does about boundary calls."""

from slack_sdk.models.blocks import Block, TimePickerElement

from bot.domain import backing
from bot.domain.boundary import Case, own_words
from bot.domain.pulse import FLOOR
from bot.domain.setup import BoundarySetup, Team
from bot.domain.setup_hours import DAYS
from bot.domain.setup_values import MOST_ANSWERS, OFF, PARAGRAPH, breather_text
from bot.domain.weekly import Weekly
from bot.views import forms
from bot.views import setup_team_fields as fields
from bot.views.setup_team_fields import Data, View
from bot.views.setup_team_people import Known
from bot.views.words import boundary as boundary_words
from bot.views.words import days
from bot.views.words import setup_team_forms as words

AS_USUAL = "usual"
LONGEST_LENGTH = 30


def draw(team: Team, _known: Known) -> list[Block]:
    """As it stands."""
    return [
        fields.channel_for("home", team.home, words.HOME(), words.HOME_HINT()),
        fields.channel_for(
            "managers_channel", team.managers_channel, words.MANAGERS_CHANNEL(), words.MANAGERS_CHANNEL_HINT()
        ),
        *_weekly(team.digest),
        fields.number_for(
            "pulse", team.pulse, FLOOR, MOST_ANSWERS, words.PULSE(), words.pulse_hint(FLOOR), optional=True
        ),
        _language(team.language),
    ]


def read(view: View, _team: Team) -> Data:
    """As the file would say it."""
    day, language = fields.chosen(view, "digest"), fields.chosen(view, "language")
    at = forms.value(view, fields.named("digest.time"), "selected_time") or "09:00"
    pulse = fields.number(view, "pulse")
    return {
        "home": fields.chosen_channel(view, "home"),
        "managers_channel": fields.chosen_channel(view, "managers_channel"),
        "digest": OFF if day == OFF else f"{day} {at}",
        "pulse": OFF if pulse is None else pulse,
        "language": None if language == AS_USUAL else language,
    }


def _weekly(digest: Weekly | None) -> list[Block]:
    """The day, or never, and the hour."""
    shown = digest or Weekly()
    options = [forms.option(words.DIGEST_OFF(), OFF)]
    options += [forms.option(name(), day) for day, name in zip(DAYS, days.WEEKDAYS, strict=True)]
    name = fields.named("digest.time")
    picker = TimePickerElement(action_id=name, initial_time=f"{shown.clock:%H:%M}")
    chosen = DAYS[digest.weekday] if digest else OFF
    return [
        fields.choice_for("digest", options, chosen, words.DIGEST(), words.DIGEST_HINT()),
        forms.field(name, words.DIGEST_TIME(), picker, words.DIGEST_TIME_HINT()),
    ]


def _language(language: str | None) -> Block:
    options = [forms.option(words.LANGUAGE_AS_USUAL(), AS_USUAL)]
    options += fields.languages()
    return fields.choice_for("language", options, language or AS_USUAL, words.LANGUAGE(), words.LANGUAGE_HINT())


# -- what agents may decide ----------------------------------------------------------------------------------------


def draw_backing(team: Team, _known: Known) -> list[Block]:
    """As it stands."""
    return [fields.lines_for("backing", "\n".join(team.backing), words.BACKING(), words.BACKING_HINT())]


def read_backing(view: View, team: Team) -> Data:
    """A sentence a line."""
    typed = fields.typed(view, "backing")
    if not fields.has(view, "backing") or typed == "\n".join(team.backing):
        return {}
    return {"backing": list(backing.sentences(typed))}


# -- boundary calls ------------------------------------------------------------------------------------------------

CASES = {
    Case.ABUSIVE: (words.ABUSIVE, words.ABUSIVE_SENTENCE),
    Case.RIGHT: (words.RIGHT, words.RIGHT_SENTENCE),
    Case.UNREASONABLE: (words.UNREASONABLE, words.UNREASONABLE_SENTENCE),
}
PARTS = ("policy", "sentence")


def draw_boundary(team: Team, _known: Known) -> list[Block]:
    """As it stands."""
    breather = breather_text(team.boundary.breather)
    first = fields.words_for(
        "boundary.breather", breather, LONGEST_LENGTH, words.BREATHER(), words.BREATHER_HINT(), optional=False
    )
    return [first, *(block for case in CASES for block in _case(team.boundary, case))]


def _case(boundary: BoundarySetup, case: Case) -> list[Block]:
    said = own_words(boundary, case)
    drawn: list[Block] = []
    usual = boundary_words.POLICIES[case], boundary_words.SENTENCES[case]
    for part, label, otherwise in zip(PARTS, CASES[case], usual, strict=True):
        name = fields.named(f"boundary.{case}.{part}")
        box = forms.box(name, getattr(said, part) or "", PARAGRAPH)
        drawn.append(forms.field(name, label(), box, words.otherwise(otherwise()), optional=True))
    return drawn


def read_boundary(view: View, team: Team) -> Data:
    """As the file would say it."""
    said: Data = {str(case): _read_case(view, team.boundary, case) for case in CASES}
    breather = fields.tidied(view, "boundary.breather").casefold()
    return {"boundary": {key: value for key, value in said.items() if value} | {"breather": breather}}


def _read_case(view: View, boundary: BoundarySetup, case: Case) -> Data:
    before = own_words(boundary, case)
    said = {part: fields.tidied(view, f"boundary.{case}.{part}", getattr(before, part)) for part in PARTS}
    return {part: text for part, text in said.items() if text}
