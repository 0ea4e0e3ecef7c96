"""How the jobs of the economy are done, step by step."""

from typing import Final

from styr.workspace.core.guide import Guide

ECONOMY_GUIDES: Final = (
    Guide(
        "prognose",
        "Følg årets økonomi",
        "Fra kommunens tal ned til den enkelte bevilling.",
        "economy",
        "chart-column",
        (
            "Åbn Økonomi. Øverst står, hvor året ventes at ende, og hvad der flytter det fra budgettet.",
            "Vælg en enhed for at se dens borgere, konti og måneder. Hvert tal fører ned til rækkerne bag det.",
            "Koncentration viser, hvor få borgere og leverandører der tegner sig for det meste.",
            "Historik viser tidligere prognoser, og hvor tæt de kom på.",
            "Under Forudsætninger står prisudviklingen og de puljer, som ingen bevilling dækker endnu.",
        ),
        ("Månedsrapporten og regnearket hentes øverst på siden.", "Prognosen beregnes på ny efter hver indlæsning."),
    ),
    Guide(
        "budgetopfoelgning",
        "Hold en budgetopfølgning",
        "Enhed for enhed, med tal, der ikke flytter sig bagefter.",
        "rounds",
        "list-checks",
        (
            "Åbn Økonomi, Opfølgning, og opret en runde for enheden. Tallene fryses, som de er den dag.",
            "Gå de største afvigelser igennem, og skriv et notat der, hvor noget skal forklares.",
            "Skriv aftaler med ansvarlig og frist. De står på Start hos den ansvarlige, til de er udført.",
            "Afslut runden, og skriv eller udskriv referatet. Næste runde begynder med det, der stod åbent.",
        ),
    ),
    Guide(
        "naeste-budget",
        "Læg næste års budget",
        "På CPR-niveau, og godkendt af en anden.",
        "budget_versions",
        "file-text",
        (
            "Prøv antagelser af i et scenarie: andre takster, færre timer, et andet tilbud, nye borgere.",
            "Lav en budgetversion. Den begynder med bevillingerne, fremskrivningen og overgange ved alder.",
            "Ret linjer med en begrundelse, og tilføj det, ingen bevilling dækker.",
            "Send den til godkendelse. En anden end dem, der har lavet eller ændret den, godkender.",
            "Hent den som regneark eller som fil til økonomisystemet.",
        ),
        ("To versioner kan sammenlignes linje for linje.",),
    ),
)
