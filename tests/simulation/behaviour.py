"""What is assumed of people: the only numbers of the simulation that are nobody's measurement of CareCue.

| assumption | value |
|---|---|
| a customer channel begins this many conversations a working day, on average | 0.6 (Poisson) |
| after an answer the customer asks again / says thanks / falls silent | 45 % / 30 % / 25 % |
| ... and does so after | 25 minutes (median, lognormal, sigma 1) |
| whoever has the channel, at work, sees it unprompted | 65 %, after 20 minutes (median, lognormal, sigma 1) |
| a colleague sees it unprompted, where that one is away while others work | 15 %, likewise |
| a first ping about a wait is heeded | 80 %, after 6 minutes (median, lognormal, sigma 0.7) |
| each further reminder about the same wait is heeded less | by 30 % (Ancker 2017) |
| each ping of that day makes the next one less likely to be heeded | by 5 % |
| a ping that comes while its reader is off work, or away | not heeded |
| a call for a hand in the home channel is heeded by one of those at work | 40 %, after 15 minutes (median, sigma 0.7) |
| a ping of a manager brings an answer by somebody at work | as a ping, 15 minutes later |
| an answer takes | 6 minutes of one agent, one after the other |

A ping of the living list shows all that stands there. Each customer on it is heeded, or not, by itself, with the
same numbers: one who was shown before is heeded 30 % less, as if it had been a reminder of its own. That the list
can also be read without a ping, nobody is assumed to do.
"""

import math
from dataclasses import dataclass
from datetime import timedelta
from random import Random


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Shares, minutes (medians) and sigmas, as the table above has them."""

    conversations: float = 0.6
    asks_again: float = 0.45
    says_thanks: float = 0.30
    comes_back: float = 25
    notices: float = 0.65
    notices_for_another: float = 0.15
    unprompted: float = 20
    heeds: float = 0.80
    heeds_again: float = 0.70
    heeds_that_day: float = 0.95
    prompted: float = 6
    lends_hand: float = 0.40
    hand: float = 15
    answering: float = 6

    def heeded(self, shown_before: int, that_day: int) -> float:
        """How likely a reminder is heeded, after so many about the same, and so many pings on that day."""
        return self.heeds * self.heeds_again**shown_before * self.heeds_that_day**that_day


def after(random: Random, median: float, sigma: float = 1.0) -> timedelta:
    """Some minutes, by a lognormal with this median."""
    return timedelta(minutes=median * math.exp(random.gauss(0, sigma)))


def poisson(random: Random, mean: float) -> int:
    """How often something happens that happens `mean` times on average."""
    limit, count, product = math.exp(-mean), 0, random.random()
    while product > limit:
        count += 1
        product *= random.random()
    return count
