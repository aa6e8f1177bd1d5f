"""Every step of the demo, in the order in which it is played."""

from bot.demo import (
    ask_steps,
    boundary_steps,
    care_steps,
    closing_steps,
    digest_steps,
    gap_steps,
    home_steps,
    kudos_steps,
    list_steps,
    load_steps,
    pause_steps,
    promise_steps,
    prompt_steps,
    pulse_steps,
    quiet_steps,
    replay_steps,
    why_steps,
    word_steps,
)
from bot.demo.proof import Act

STEPS: tuple[tuple[str, Act], ...] = (
    *care_steps.STEPS,
    *list_steps.STEPS,
    *load_steps.STEPS,
    *kudos_steps.STEPS,
    *digest_steps.STEPS,
    *home_steps.STEPS,
    *prompt_steps.STEPS,
    *ask_steps.STEPS,
    *boundary_steps.STEPS,
    *pulse_steps.STEPS,
    *closing_steps.STEPS,
    *promise_steps.STEPS,
    *why_steps.STEPS,
    *pause_steps.STEPS,
    *quiet_steps.STEPS,
    *gap_steps.STEPS,
    *word_steps.STEPS,
    *replay_steps.STEPS,
)
