"""The codes of route plans, and the Danish words for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class PlanState(DanishCode):
    """How far a plan has come."""

    DRAFT = "draft", "kladde"
    ASKED = "asked", "beregnes"
    PLANNED = "planned", "beregnet"
    FAILED = "failed", "kunne ikke beregnes"
    PUBLISHED = "published", "i drift"
    ENDED = "ended", "afløst"
    DROPPED = "dropped", "lagt væk"


class Way(DanishCode):
    """Which way a ride goes: to where the citizen spends the day, or home again."""

    OUT = "out", "ud"
    BACK = "back", "hjem"


class LeftOut(DanishCode):
    """Why nobody drives a ride: the planner's word, or what was missing before it could be asked."""

    FEATURE = "feature", "ingen vogn har den lift, som borgeren skal bruge"
    CAPACITY = "capacity", "ingen vogn har plads til det, borgeren har med"
    WINDOW = "window", "tiderne kan ikke nås"
    RIDE_TIME = "ride_time", "køretiden bliver længere end bevilget"
    SHIFT = "shift", "uden for den tid, vognene kører"
    DURATION = "duration", "ruten bliver for lang"
    BREAK = "break", "chaufførens pause kan ikke holdes"
    LOCK = "lock", "turen er låst til en vogn, der ikke kan køre den"
    TOGETHER = "together", "skal køre sammen med en, der ikke kan køres"
    FLEET = "fleet", "der er ikke vogne nok; alene kunne turen køres"
    PENALTY = "penalty", "det er dyrere at køre turen end at lade være"
    OUTSIDE = "outside", "billigere som enkelttur"
    NO_PLACE = "no_place", "hjemmet eller målet er ikke på kortet"
    NO_TIME = "no_time", "bevillingen siger ikke hvornår"
