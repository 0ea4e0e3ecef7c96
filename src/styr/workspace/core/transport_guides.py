"""How the jobs of citizen transport and of results are done, step by step."""

from typing import Final

from styr.workspace.core.guide import Guide

TRANSPORT_GUIDES: Final = (
    Guide(
        "befordring",
        "Bevilg og bestil kørsel",
        "Fra vurderingen af retten til listen til vognmanden.",
        "ride_grants",
        "bus",
        (
            "Åbn Befordring, Bevillinger, og vælg bevillingen. Udfyld kriterium, fra og til, dage, tider og behov.",
            "Vurderingen viser reglen og oplysningerne, betingelse for betingelse. Udfyld det, registrene ikke ved.",
            "Afgør, og skriv begrundelsen. Den gemmes sammen med det, der stod på siden.",
            "Under Bestillinger laves listen til operatøren. Ændringer samles på et ændringsark.",
            "Ugen viser, hvad der skal køres, og hvad der er ændret siden sidst.",
        ),
        ("En skønnet vej afgør aldrig noget tæt på en grænse: mål vejen.",),
    ),
    Guide(
        "koerselsregninger",
        "Kontrollér kørslens regninger",
        "Tur for tur, før fakturaen betales.",
        "settlements",
        "receipt",
        (
            "Indlæs operatørens fil med ture. Hver tur holdes op mod bevilling, fravær, lukkedage, vej og pris.",
            "Åbn Befordring, Ture, Afregninger. Her står, hvad hver afregning lyder på, og hvad der er galt med den.",
            "Godkend afregningen, eller notér, hvad operatøren er spurgt om. En ny version skal afgøres igen.",
            "Fakturaen holdes op mod summen af turene i Fakturakontrol.",
            "Egenbetaling viser, hvad hver borger skal betale for kørslen. Ture med en åben afvigelse venter.",
        ),
    ),
    Guide(
        "ruteplan",
        "Planlæg fælles kørsel",
        "Samme ture med færre vogne, regnet igennem før I ændrer noget.",
        "route_plans",
        "map-pin",
        (
            "Åbn Befordring, Ruteplaner, og vælg en dag, stederne og de vogne, der må bruges.",
            "Sammenlign prisen pr. dag med i dag, og se, hvem det ændrer noget for.",
            "Vælg en borger i en rute for at prøve en anden vogn. Virkningen vises, før du gemmer.",
            "Sæt planen i drift, når alle har fået besked, og udskriv chaufførlisterne.",
        ),
        ("Egne vogne viser, hvilke vogne der kører halvt tomme. »Planlæg om« udfylder en ny ruteplan.",),
    ),
    Guide(
        "udbud",
        "Send kørsel i udbud",
        "Delaftaler, forseglede tilbud og point fra to personer.",
        "tenders",
        "scale",
        (
            "Opret udbuddet, og vælg turene. Delaftaler og mængder tælles op af et års ture og kan ændres.",
            "Vælg, hvad der lægges vægt på, og stil krav. Hent prisskema og materiale, og offentliggør på portalen.",
            "Besvar spørgsmål til alle. Efter fristen åbner to personer uden interessekonflikt tilbuddene.",
            "To giver point hver for sig. Se, om lidt mere eller mindre kørsel giver en anden vinder.",
            "Tildel, underret, og indgå aftalen efter standstill. Så gælder vinderens priser fra aftalens første dag.",
        ),
    ),
)
RESULT_GUIDES: Final = (
    Guide(
        "forhandling",
        "Forhandl med en leverandør",
        "Fra skønnet til den nye pris på kontrakten.",
        "potential",
        "handshake",
        (
            "Åbn Resultater, Potentiale. Hver linje har et lavt og et højt skøn, og begrundelsen kan foldes ud.",
            "Tryk Forhandl. Sæt mål og smertegrænse; smertegrænsen ses kun af dem, der forhandler.",
            "Skriv tilbud, modtilbud og møder i forløbet. Oplægget hentes som PDF eller Word.",
            "Registrér aftalen. Besparelsen skrives, og den nye pris sættes på kontrakten inden for din grænse.",
        ),
        ("En flytning kræver, at borgeren eller værgen har givet samtykke.",),
    ),
    Guide(
        "besparelser",
        "Følg en besparelse til fakturaerne",
        "Aftalt er ikke det samme som hentet.",
        "savings",
        "trending-down",
        (
            "Åbn Resultater, Besparelser. Hver har udgangspunkt, aftalt pris, første dag og dokumentation.",
            "Tryk Efterprøv. Besparelsen bliver realiseret, når fakturaerne viser den nye pris.",
            "Fakturerer leverandøren stadig den gamle pris, bliver det en afvigelse.",
        ),
        ("Besparelser, der handler om de samme kroner, lægges ikke sammen.",),
    ),
    Guide(
        "indsatser",
        "Arbejd med indsatskataloget",
        "Fra analyse til beslutning og virkning.",
        "initiatives",
        "flag",
        (
            "Åbn Resultater, Indsatser, og opret et katalog, eller indlæs det som fil.",
            "Giv hver indsats tovholder, plan, risici og det interval, den kan spare.",
            "Hent beslutningsoplægget i Word. Det, politikerne skal godkende, begynder først, når de har gjort det.",
            "Virkningen måles på udgiften, efter at indsatsen er i gang.",
        ),
        ("Et ukendt beløb regnes aldrig som nul: summen får »mindst« foran.",),
    ),
)
