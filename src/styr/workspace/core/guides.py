"""How the main jobs are done, step by step."""

from typing import Final

from styr.workspace.core.contract_guides import CONTRACT_GUIDES
from styr.workspace.core.economy_guides import ECONOMY_GUIDES
from styr.workspace.core.guide import Guide
from styr.workspace.core.transport_guides import RESULT_GUIDES, TRANSPORT_GUIDES

_JOBS: Final = (
    Guide(
        "kom-i-gang",
        "Den første dag",
        "Fra tom installation til de første afvigelser.",
        "imports",
        "inbox",
        (
            "Gå til Indlæsninger, og hent skabelonen. Den har de kolonner, programmet kender.",
            (
                "Udfyld den med bevillinger, borgere og leverandører, eller brug jeres eget udtræk: kolonnerne "
                "gættes, og du kan rette dem."
            ),
            "Læg regnearket og en mappe med e-fakturaer på siden, og se forhåndsvisningen igennem.",
            "Ret de rækker, der er fejl i, eller hent dem som regneark og ret dem der.",
            "Godkend indlæsningen. Kontrollerne kører med det samme, og de første afvigelser står på Start.",
        ),
        ("En fil læses ind helt eller slet ikke, så intet bliver halvt.", "En indlæsning kan fortrydes."),
    ),
    Guide(
        "fakturaer",
        "Kontrollér fakturaer",
        "Køen fra ende til anden, uden musen.",
        "invoices",
        "file-check",
        (
            "Åbn Fakturakontrol. Køen viser det, der ligger hos dig, med den tidligste frist først.",
            (
                "Gå med J og K. Bevilling, kontrakt og faktura står side om side, og alt, der afviger, er mærket og "
                "forklaret."
            ),
            (
                "Godkend, afvis eller send et spørgsmål med tasten, der står på knappen. Du kommer selv videre til "
                "den næste."
            ),
            "Afviser du, ligger et udkast til brev til leverandøren klar. Ret det, og send det.",
            "Fakturaer, hvor alt stemmer, godkendes samlet fra fanen »Klar«.",
        ),
        (
            "Et fuldt stop har ingen hurtigtast: det kræver en begrundelse og en person til.",
            "Originalen kan vise hele CPR-numre. Vælg, hvorfor du skal se den; det logges.",
            "Det seneste kan fortrydes med Z.",
        ),
    ),
    Guide(
        "afvigelser",
        "Afgør afvigelser",
        "Tag stilling, begrund, og gå videre.",
        "findings",
        "list-checks",
        (
            "Åbn Afvigelser, og filtrér til din rolle. Gem filteret, hvis du bruger det hver dag.",
            "Åbn den dyreste med Enter. Sætningen øverst forklarer, hvad der er galt; grundlaget står nedenunder.",
            "Vælg din afgørelse, og skriv hvorfor. En standardtekst kan indsættes og rettes.",
            "Gem. Du kommer videre til den næste på listen.",
            "Mange af samme type kan vælges med X og afgøres med én begrundelse.",
        ),
        (
            "Det, der stopper betalingen af en faktura, afgøres på fakturaen: to personer skal godkende den.",
            "»Bestridt« og »Rettes« er ikke i orden: fakturaen betales først, når den selv er godkendt.",
            "Ændrer grundlaget sig, bortfalder afgørelsen, og afvigelsen åbnes igen.",
            "Har en anden ændret noget, mens du skrev, får du det at se, før noget gemmes.",
        ),
    ),
    Guide(
        "bevilling",
        "Opret en bevilling",
        "Med prisen på skærmen, før du gemmer.",
        "grants",
        "coins",
        (
            "Find borgeren med Ctrl K, og vælg »Opret bevilling«.",
            "Vælg paragraf, periode, tilbud og ydelser. Skriv den faglige og den økonomiske begrundelse.",
            "Se, hvad bevillingen koster i år, næste år og på et helt år, og læs advarslerne.",
            "Gem. Er beløbet over din grænse, går bevillingen til en, der må godkende den.",
        ),
        ("Du kan gemme trods advarsler, men de bliver stående på bevillingen.",),
    ),
    Guide(
        "borger",
        "Find en borger",
        "Og se, hvad året kommer til at koste.",
        "citizens",
        "users",
        (
            "Tryk Ctrl K, og skriv begyndelsen af for- eller efternavnet.",
            "Et helt CPR-nummer skrives på siden Søg, aldrig i en adresse.",
            "På borgerens side viser fanen Økonomi budget, forbrug og forventning måned for måned.",
        ),
        (
            "Hvert opslag på en borger logges med, hvem der så hvad.",
            "CPR-nummeret er skjult, til du beder om det med en grund.",
        ),
    ),
    Guide(
        "afstemning",
        "Stem fagsystem og regnskab af",
        "Når to systemer ikke er enige.",
        "reconciliation",
        "scale",
        (
            "Indlæs fagsystemets udtræk under Indlæsninger. Har det egne overskrifter, vælger du kolonner én gang.",
            "Åbn Økonomi, Afstemning. Det, der er dyrest, står øverst.",
            "Åbn en forskel. De to sider står ved siden af hinanden, og det, der afviger, er mærket.",
            (
                "Har fagsystemet ret, overtager du prisen, omfanget, perioden, kontoen eller leverandøren. Virkningen "
                "vises først, og din beløbsgrænse gælder."
            ),
            "Har vi ret, afgør du forskellen uden at ændre, eller retter den i fagsystemet.",
        ),
        (
            "Et udtræk ændrer aldrig noget af sig selv.",
            "Start, konto og leverandør kan fortrydes fra forskellens side.",
        ),
    ),
    Guide(
        "betalinger",
        "Betal og få svar",
        "Én fil pr. bankdag, aldrig to gange.",
        "payments",
        "banknote",
        (
            "Åbn Økonomi, Betalinger, og lav den første fil. Derefter dannes der automatisk en hver bankdag.",
            "Hent filen og bilagene, og indlæs dem i økonomisystemet.",
            "Indlæs kvitteringen på filens side. En afvist linje sendes igen, når du trykker »Send igen«.",
            "Indlæs posteringerne. Så bliver fakturaerne betalt, og månederne står som betalt.",
            "Se Efterreguleringer: det, der betales eller gives tilbage senere, udligner dem.",
        ),
        (
            "Layoutet vælges under Opsætning, Daterede regler. Prøv det i jeres eget system først.",
            "Er en faktura bogført anderledes, end den skal betales, kommer den ikke med i en fil.",
        ),
    ),
    Guide(
        "refusion",
        "Refusion og andre kommuner",
        "Central refusion, krav med frist og betalingskommune.",
        "refunds",
        "coins",
        (
            "Slå årets grænser op, og indtast dem under Grænser og regler. Programmet gætter dem ikke.",
            "Beregn, og se de sager, der er over en grænse, kommer over eller er tæt på.",
            "Hjemtag til og med en måned. Rettelser kommer med i den næste af sig selv.",
            "Under Mellemkommunalt rejses krav, mens fristen løber. Dagen efter fristen skal du skrive hvorfor.",
            "Har borgeren skiftet betalingskommune, angiver du, fra hvilken måned. Månederne før bliver, hvor de er.",
        ),
        ("Indberetning til Danmarks Statistik er uden for programmet for nu.",),
    ),
    Guide(
        "daterede-regler",
        "Sæt jeres egne regler",
        "Grænser, satser og frister med dato.",
        "rules",
        "clock",
        (
            "Åbn Opsætning, Daterede regler. Rækker mærket »kontrollér« følger med programmet.",
            "Slå en række op ved kilden, og bekræft den. Dit navn og datoen bliver stående.",
            "Er noget anderledes hos jer, så vælg reglen, ret den, og sæt den dag, den gælder fra.",
            "Lad jeres egen ophøre, når programmets skal gælde igen.",
        ),
        (
            "Den seneste ændring af en regel kan fortrydes; alt det gamle bliver stående.",
            "Regler for hele kommunen ændres af en, der har rollen for alle enheder.",
        ),
    ),
    Guide(
        "frister",
        "Hold styr på frister",
        "Milepæle og opfølgninger, også i din egen kalender.",
        "deadlines",
        "calendar",
        (
            "Åbn Frister fra Start. Det overskredne står øverst.",
            "Vælg »Få dem i din kalender«, og sæt adressen ind i dit kalenderprogram.",
            "Slå den daglige mail til, hvis du vil mindes om det, der venter.",
        ),
    ),
)
GUIDES: Final = (*_JOBS, *ECONOMY_GUIDES, *TRANSPORT_GUIDES, *RESULT_GUIDES, *CONTRACT_GUIDES)
"""Every guide, the jobs that everybody has first."""
