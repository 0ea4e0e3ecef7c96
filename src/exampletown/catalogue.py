"""What the town buys: section, service, unit, believable price span and how it is agreed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

RAMME, EGEN = "ramme", "egen"


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of help. Prices in kroner per unit; ``share`` is its weight among the town's grants."""

    key: str
    section: str
    service: str
    unit: str
    per: str
    quantities: tuple[str, ...]
    low: int
    high: int
    share: int
    agreement: str
    ages: tuple[int, int]
    function: str
    label: str
    supplements: bool = False
    absence: bool = False
    own_calendar: bool = False

    @property
    def framework(self) -> bool:
        """Mostly bought under a framework contract."""
        return self.agreement == RAMME


OFFERS = (
    Offer("midlertidigt", "SEL § 107", "ophold", "døgn", "dag", ("1",), 1400, 4500, 155, EGEN, (18, 66), "3852",
          "Midlertidigt ophold", supplements=True, absence=True),
    Offer("længerevarende", "SEL § 108", "ophold", "døgn", "dag", ("1",), 1800, 6000, 205, EGEN, (18, 90), "3850",
          "Længerevarende ophold", supplements=True, absence=True),
    Offer("bostøtte", "SEL § 85", "stoette", "time", "uge", ("3.5", "7", "10.5", "14", "4", "6", "8", "21"), 380, 480,
          330, RAMME, (18, 85), "3838", "Socialpædagogisk støtte", absence=True),
    Offer("bostøtte-egen", "SEL § 85", "stoette", "time", "uge", ("7", "10.5", "14", "28"), 390, 480,
          60, EGEN, (18, 85), "3838", "Støtte i eget hjem", absence=True),
    Offer("beskyttet", "SEL § 103", "beskaeftigelse", "åbningsdag", "dag", ("1",), 500, 800, 210, RAMME, (18, 64),
          "3858", "Beskyttet beskæftigelse", absence=True, own_calendar=True),
    Offer("aktivitet", "SEL § 104", "aktivitet", "åbningsdag", "dag", ("1",), 500, 800, 260, RAMME, (18, 85), "3859",
          "Aktivitets- og samværstilbud", absence=True, own_calendar=True),
    Offer("ledsager", "SEL § 97", "ledsagelse", "time", "måned", ("15",), 255, 345, 150, RAMME, (18, 66), "3853",
          "Ledsagerordning"),
    Offer("kørsel", "SEL § 105", "befordring", "tur", "måned", ("20", "24", "40", "42"), 95, 260, 110, RAMME, (18, 70),
          "3841", "Befordring til dagtilbud"),
    Offer("kørsel-km", "SEL § 105", "befordring", "km", "måned", ("240", "380", "520"), 4, 9, 25, RAMME, (18, 70),
          "3841", "Kørsel pr. kilometer"),
    Offer("misbrug", "SEL § 101", "behandling", "uge", "uge", ("1",), 2300, 4300, 40, RAMME, (18, 60), "3845",
          "Ambulant stofmisbrugsbehandling"),
    Offer("opholdssted", "BL § 46", "ophold", "døgn", "dag", ("1",), 2200, 5200, 95, EGEN, (6, 17), "2820",
          "Anbringelse på opholdssted", supplements=True, absence=True),
    Offer("plejefamilie", "BL § 46", "ophold", "måned", "måned", ("1",), 22000, 38000, 105, EGEN, (1, 17), "2822",
          "Plejefamilie gennem bureau"),
    Offer("aflastning", "BL § 32", "aflastning", "døgn", "måned", ("2", "4", "5"), 1500, 2800, 90, EGEN, (3, 17),
          "2821", "Aflastningsophold"),
    Offer("familiebehandling", "BL § 30", "behandling", "time", "uge", ("3.5", "7", "5"), 520, 760, 90, RAMME, (1, 17),
          "2821", "Familiebehandling"),
    Offer("specialdag", "BL § 82", "dagbehandling", "åbningsdag", "dag", ("1",), 900, 1500, 75, RAMME, (2, 6), "2825",
          "Særligt dagtilbud", absence=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cash:
    """A monthly amount paid to the citizen: no supplier, no contract, no invoice."""

    section: str
    low: int
    high: int
    share: int
    ages: tuple[int, int]
    function: str


CASH = (
    Cash("SEL § 100", 600, 3200, 120, (18, 66), "5703"),
    Cash("BL § 86", 400, 2600, 90, (0, 17), "5702"),
    Cash("BL § 87", 3500, 27000, 70, (0, 17), "5702"),
)

GOOD_PAIRS = {
    "midlertidigt": ("beskyttet", "aktivitet", "ledsager", "kørsel"),
    "længerevarende": ("beskyttet", "aktivitet", "ledsager", "kørsel", "kørsel-km"),
    "bostøtte": ("beskyttet", "ledsager", "misbrug", "kørsel", "aktivitet"),
    "bostøtte-egen": ("aktivitet", "ledsager"),
    "opholdssted": (),
    "plejefamilie": ("specialdag",),
    "aflastning": ("specialdag", "familiebehandling"),
    "familiebehandling": ("specialdag", "aflastning"),
}
"""Help that a citizen may have at the same time without it being a double grant."""

NIGHT_WATCH = (280, 900)
SPECIAL_HOURLY = (395, 460)
DAILY_HOURS = (Decimal("1.5"), Decimal(2), Decimal(3), Decimal(4))
