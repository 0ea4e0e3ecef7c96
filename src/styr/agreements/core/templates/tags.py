"""The tags (fletfelter) that a contract template may hold, and the draft that fills them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

TAGS: Final[dict[str, str]] = {
    "kontrakt.nummer": "Kontraktens eller rammeaftalens nummer",
    "kontrakt.underskrevet": "Dagen, hvor kontrakten blev underskrevet (til tillæg)",
    "tillæg.nummer": "Tillæggets nummer",
    "tillæg.fra": "Første dag, tillægget gælder",
    "tillæg.ændring": "Hvad tillægget ændrer",
    "tillæg.ydelse": "Ydelsen, der får en ny pris (tom, når ingen gør)",
    "tillæg.pris": "Den nye pris uden enhed",
    "tillæg.enhed": "Enheden, fx »pr. døgn«",
    "kommune.navn": "Kommunens navn",
    "kommune.cvr": "Kommunens CVR-nummer",
    "kommune.ean": "EAN-nummer, fakturaen sendes til",
    "leverandør.navn": "Leverandørens navn",
    "leverandør.cvr": "Leverandørens CVR-nummer",
    "tilbud.navn": "Tilbuddets navn",
    "tilbud.p_nummer": "Tilbuddets P-nummer",
    "borger.navn": "Borgerens navn",
    "borger.cpr": "Borgerens CPR-nummer",
    "bevilling.nummer": "Bevillingens nummer",
    "bevilling.paragraf": "Bevillingens paragraf",
    "periode.fra": "Første dag",
    "periode.til": "Sidste dag (tom, når den er åben)",
    "ydelse.beskrivelse": "Hvad der er bestilt",
    "ydelse.timer": "Timer om ugen",
    "ydelse.nattevagt": "Nattevagt: vågen, sovende eller ingen",
    "pris.beløb": "Prisen uden enhed",
    "pris.enhed": "Enheden, fx »pr. døgn«",
    "linjer": "Alle priser, én ad gangen",
    "linje.ydelse": "Linjens ydelse",
    "linje.beløb": "Linjens pris",
    "linje.enhed": "Linjens enhed",
    "særtakster": "Alle særtakster, én ad gangen",
    "særtakst.formål": "Formålet med særtaksten",
    "særtakst.timer": "Timer om ugen",
    "særtakst.timepris": "Timepris",
    "særtakst.slut": "Sidste dag",
    "vilkår.varsel_dage": "Dage ud over løbende måned",
    "vilkår.prøvetid": "Prøvetidens længde (tom, når der ingen er)",
    "vilkår.fravær_dage": "Fraværsdage, før prisen nedsættes",
    "vilkår.fravær_nedsættelse": "Nedsættelse ved fravær i procent",
    "vilkår.dage_efter_død": "Dage, der betales efter dødsfald",
}
"""Every tag with what it stands for (Danish, shown to whoever edits a template)."""

LISTS: Final = {"linjer": "linje", "særtakster": "særtakst"}
"""Tags that are lists, with the name their members have in a template."""


@dataclass(frozen=True, slots=True)
class Line:
    """One price (linje): service, amount in kr. as it is written, and unit."""

    ydelse: str
    beløb: str  # noqa: PLC2401 - the name of a tag
    enhed: str


@dataclass(frozen=True, slots=True)
class SpecialRate:
    """One special rate (særtakst) as it is written in a contract."""

    formål: str  # noqa: PLC2401 - the name of a tag
    timer: str
    timepris: str
    slut: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What fills a template: each tag's text by its name, and the lists. A tag without a text is "" and told apart."""

    texts: dict[str, str]
    lines: tuple[Line, ...] = ()
    special_rates: tuple[SpecialRate, ...] = ()

    def context(self) -> dict[str, Any]:
        """The draft as nested names: "borger.navn" → {"borger": {"navn": …}}."""
        nested: dict[str, Any] = {"linjer": self.lines, "særtakster": self.special_rates}
        for tag in TAGS:
            group, _, name = tag.partition(".")
            if name and group not in LISTS.values():
                nested.setdefault(group, {})[name] = self.texts.get(tag, "")
        return nested

    def empty_tags(self, used: frozenset[str]) -> tuple[str, ...]:
        """The tags in use that have no text, in the order of `TAGS`; those that may be empty are left out."""
        return tuple(tag for tag in TAGS if tag in used and tag not in _MAY_BE_EMPTY and not self._has(tag))

    def _has(self, tag: str) -> bool:
        group = tag.partition(".")[0]
        return tag in LISTS or group in LISTS.values() or bool(self.texts.get(tag))


_MAY_BE_EMPTY: Final = frozenset(
    {"periode.til", "vilkår.prøvetid", "linjer", "særtakster", "tillæg.ydelse", "tillæg.pris", "tillæg.enhed"}
)

EXAMPLE: Final = Draft(
    texts={tag: f"[{text}]" for tag, text in TAGS.items() if tag not in LISTS},
    lines=(Line("[ydelse]", "[beløb]", "[enhed]"), Line("[ydelse]", "[beløb]", "[enhed]")),
    special_rates=(SpecialRate("[formål]", "[timer]", "[timepris]", "[slut]"),),
)
"""A draft with every tag filled, for trying a template out."""
