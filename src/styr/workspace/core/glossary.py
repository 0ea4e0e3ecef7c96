"""The glossary (ordliste): what the words on the pages mean, each in a sentence or two."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means here."""

    word: str
    meaning: str


_WORDS: Final = (
    (
        "Afvigelse",
        (
            "Noget, en kontrol har fundet, og som en person skal tage stilling til. Den har altid en "
            "kilde, et grundlag og en rolle, der ejer den."
        ),
    ),
    (
        "Afgørelse",
        (
            "Det, en person har besluttet om en afvigelse, en faktura eller en bevilling, med "
            "begrundelse. En afgørelse slettes aldrig; den kan tages tilbage med en ny."
        ),
    ),
    ("Afgørelse bortfaldet", "Grundlaget er ændret, siden der blev afgjort, så nogen skal se på det igen."),
    ("Bevilling", "Et løfte til en borger om hjælp efter en bestemt paragraf, med periode og ydelser."),
    (
        "Bevillingsnummer",
        (
            "Kommunens eget korte nummer, fx B1234567-8. Det sidste ciffer afslører tastefejl. "
            "Leverandøren skriver det på fakturaen."
        ),
    ),
    ("Betalingskommune", "Den kommune, der skal betale for borgerens hjælp. Den kan være en anden end handlekommunen."),
    ("Handlekommune", "Den kommune, der træffer afgørelser om borgerens hjælp."),
    ("Befordring", "Kørsel, som kommunen bevilger: til skole, dagtilbud, behandling eller beskæftigelse."),
    ("Central refusion", "Statens medfinansiering af særligt dyre sager, regnet måned for måned pr. borger."),
    ("Døgntakst", "Prisen for ét døgn på et botilbud eller opholdssted."),
    ("Dobbeltbevilling", "To bevillinger til samme borger, der dækker det samme på samme tid."),
    ("Efterregulering", "Forskellen mellem det, der er betalt for en måned, og det, måneden burde have kostet."),
    ("Enhed", "En del af kommunens organisation. Du ser de borgere og sager, der hører til dine enheder."),
    ("Aftalt vilkår", "Det, der er aftalt ud over prisen: dage efter dødsfald og flytning, varsel, indeksering."),
    ("Afstemning", "Fagsystem, registre og regnskab holdt op mod hinanden, så forskelle opdages."),
    ("Budgetversion", "Et forslag til et års budget på CPR-niveau. Det gælder, når en anden har godkendt det."),
    ("Egenbetaling", "Det, borgeren selv betaler for sit ophold efter en afgørelse."),
    ("Forudsætning", "Noget, prognosen regner med ud over registrene: prisudvikling, puljer, forventet tilgang."),
    ("Hjemtagning", "Den refusion, kommunen søger hjem fra staten for en periode."),
    ("Indsamlingssag", "Sagen om at få en leverandørs manglende kontrakter ind."),
    ("Kontraktudkast", "En kontrakt under arbejde, dannet af en skabelon, i udgaver fra os og fra leverandøren."),
    ("Kvalitetssikring", "Punkterne, der skal være i orden, før en kontrakt sendes til underskrift."),
    ("Leverance", "Det, leverandøren faktisk har leveret i en måned, i timer eller døgn."),
    ("Mellemkommunalt krav", "Et krav på den kommune, der skal betale for en borger, rejst inden fristen."),
    ("Opfølgningsrunde", "Et møde om en enheds økonomi, med tallene, som de var den dag, og det, der blev aftalt."),
    (
        "Prognose",
        "Hvad året ventes at koste: det, der er bogført, og det, bevillingerne ventes at koste resten af året.",
    ),
    ("Plombe", "Et mærke, der afslører, om en fil eller en log er ændret, siden den blev lavet."),
    ("Pulje", "Et beløb, prognosen regner med, selv om ingen bevilling dækker det endnu."),
    ("Scenarie", "Et regnestykke over, hvad noget ville betyde, uden at noget ændres."),
    ("Vilkårshåndbog", "Kommunens holdning til vilkår: hvad der kan accepteres, og hvad der skal forhandles."),
    (
        "Forventet betaling",
        "Det beløb, en faktura burde lyde på: kontraktens pris gange de bevilgede dage eller timer, fratrukket fravær.",
    ),
    ("Fravær", "Dage, hvor borgeren ikke bruger tilbuddet. Kontrakten fastsætter, hvornår prisen så nedsættes."),
    ("Fremskrivning", "Den årlige regulering af priser, op eller ned."),
    (
        "Fuldt stop",
        (
            "En afvigelse, der gør, at en faktura ikke må betales, før to personer har godkendt den med "
            "begrundelse. Det afgøres på fakturaen."
        ),
    ),
    ("Grundlag", "De oplysninger, en afvigelse bygger på: datoer, beløb og numre, som de står i registrene."),
    ("Individuel kontrakt", "En aftale om én borgers ophold eller støtte."),
    ("Rammeaftale", "En aftale om priser og vilkår, som flere borgere kan henvises under."),
    (
        "Klar uden gennemsyn",
        (
            "En faktura, hvor alt stemmer med bevilling og kontrakt, og som ikke er over grænsen for to godkendere, "
            "så ingen behøver at se på den."
        ),
    ),
    ("Kontostreng", "De 16 cifre, der viser, hvor udgiften hører til i regnskabet."),
    ("Kreditnota", "En negativ faktura, hvor leverandøren retter for meget betalt."),
    ("Leverandør", "Den, der sender regningen og er part i kontrakten."),
    ("Milepæl", "En dato i en kontrakt, der kræver handling: udløb, sidste dag for opsigelse eller evaluering."),
    (
        "Opfølgning",
        "Dagen, hvor en bevilling skal vurderes igen; også en forkert faktura, der følges, indtil pengene er tilbage.",
    ),
    ("Paragraf", "Den bestemmelse i loven, hjælpen gives efter, fx SEL § 107."),
    ("Samtykke", "Borgerens eller værgens ja til noget bestemt. Flytning kræver altid et samtykke."),
    ("Særtakst", "En ekstra pris for én borger. Den skal bygge på timer, timepris, formål og en dato for evaluering."),
    ("Takst", "Prisen pr. enhed: døgn, dag, time, uge, måned, gang, tur eller km."),
    ("Tilbud", "Det sted, der giver hjælpen, med eget P-nummer og godkendelse."),
    ("Tilbudsportalen", "Det landsdækkende register over godkendte tilbud og deres takster."),
    ("Tillægsydelse", "En ydelse ud over grundtaksten, fx nattevagt eller ledsagelse. Den skal stå i kontrakten."),
    ("Tomgang", "En plads, der betales for, selv om ingen bor på den."),
    ("Værge", "En person, der handler for borgeren i en periode."),
    ("Ydelse", "Det, der leveres og betales for: ophold, støtte, aktivitet, kørsel."),
    ("Åbningsdag", "En dag, hvor et dagtilbud holder åbent efter sin kalender."),
)
_ORDER: Final = str.maketrans("æøå", "{|}")


def glossary() -> tuple[Term, ...]:
    """The terms in Danish alphabetical order."""
    terms = (Term(word, meaning) for word, meaning in _WORDS)
    return tuple(sorted(terms, key=lambda term: term.word.casefold().translate(_ORDER)))
