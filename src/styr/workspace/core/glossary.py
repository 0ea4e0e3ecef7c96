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
_RIDES: Final = (
    (
        "Befordringsbevilling",
        "En bevilling af kørsel: hvem, hvortil, hvilke dage og efter hvilket tildelingskriterium.",
    ),
    ("Tildelingskriterium", "Reglen, kørsel bevilges efter, med hjemmel, målgruppe og vilkår."),
    ("Operatør", "Den, der kører: Movia, en vognmand, kommunens egne vogne eller borgeren selv mod godtgørelse."),
    ("Godtgørelse", "Penge til borgeren for selv at sørge for kørslen."),
    ("Vognmand", "En privat operatør, der kører efter aftale med kommunen."),
    ("Flexrute", "En fast rute med faste tider og en pris pr. dag, uanset hvor mange der kører med."),
    ("Enkelttur", "En tur, der bestilles og betales for sig, fx Flexkommune."),
    ("Samkørsel", "Flere borgere i samme vogn på samme tid."),
    ("Solokørsel", "En borger, der efter bevillingen køres alene."),
    ("Ruteplan", "En dags kørsel regnet igennem: hvilken vogn henter hvem hvornår."),
    ("Ændringsark", "De ændringer af faste ture, der sendes til operatøren på én gang."),
    ("Afregning", "Operatørens opgørelse af kørte ture. Fakturaen skal lyde på summen af dem."),
    ("Udeblivelse", "En bestilt tur, som borgeren ikke mødte op til. Aftalen siger, hvad den må koste."),
    ("Prisaftale", "Operatørens priser for et produkt: start, km, minutter, ventetid og administration."),
    ("Udbud", "Kørsel, som flere kan give tilbud på efter de samme vilkår."),
    ("Delaftale", "En del af et udbud, der kan vindes for sig."),
    ("Underkriterium", "Noget, tilbud bedømmes efter ud over prisen, med sin vægt."),
    ("Unormalt lavt tilbud", "En pris så langt under de andre, at den skal forklares, før den kan vinde."),
    ("Standstill", "Ventetiden mellem beslutning og aftale, hvor andre kan klage."),
    ("Habilitet", "At den, der bedømmer et tilbud, ikke har en egen interesse i, hvem der vinder."),
)
_MONEY: Final = (
    ("Korrigeret budget", "Årets budget med de ændringer, der er besluttet siden."),
    ("Forbrug", "Det, der er bogført på året indtil nu."),
    ("Periodisering", "Udgiften flyttet til den måned, hjælpen blev givet i, også når regningen kommer senere."),
    ("Disponering", "Det, der er lovet borgere og endnu ikke er bogført."),
    ("Helårsperson", "Én borger med hjælp hele året. To i et halvt år hver er også én."),
    ("Prisafvigelse", "Den del af en afvigelse fra budgettet, der skyldes en anden pris end forudsat."),
    (
        "Mængdeafvigelse",
        "Den del af en afvigelse fra budgettet, der skyldes flere eller færre dage, timer eller borgere.",
    ),
    (
        "Sammensætning",
        "Den del af afvigelsen, der skyldes, at borgere får dyrere eller billigere hjælp end budgetteret.",
    ),
    (
        "Tidsforskydning",
        "Den del af en afvigelse, der skyldes, at hjælp begynder eller slutter på et andet tidspunkt end forudsat.",
    ),
    ("Omkostningssted", "Det sted i regnskabet, en udgift hører til, fx en institution eller afdeling."),
    ("Postering", "Én linje i regnskabet: et beløb på en konto en bestemt dag."),
    ("Bilag", "Papiret eller filen bag en postering."),
    ("Betalingsfil", "Filen med det, der skal betales, som økonomisystemet indlæser og kvitterer for."),
    ("Fire øjne", "At to forskellige personer skal have set på noget, før det gælder."),
    ("Beløbsgrænse", "Hvor meget en rolle må godkende. Over grænsen skal en anden godkende."),
    ("Husstand", "Søskende i samme hjem, hvis udgifter regnes sammen i central refusion efter barnets lov."),
    ("Folkepensionsalder", "Den alder, hjælp kan gå over til anden lovgivning og anden refusion ved."),
    ("Kommunens egen regel", "En dateret regel, kommunen har sat, og som gælder i stedet for programmets."),
)
_RESULTS: Final = (
    ("Forhandlingspotentiale", "Skønnet over, hvad en forhandling kan give om året, med et lavt og et højt tal."),
    ("Smertegrænse", "Den pris, forhandleren ikke vil gå over. Kun forhandlere kan se den."),
    ("Besparelse", "Forskellen mellem den gamle og den aftalte pris. Den er realiseret, når fakturaerne viser den."),
    ("Udgangspunkt", "Prisen og mængden, en besparelse regnes fra."),
    ("Undgået udgift", "En højere pris, der blev forlangt og aldrig betalt."),
    ("Indsats", "Et tiltag i kataloget med tovholder, plan og det, det kan spare."),
    ("Tovholder", "Den, der har ansvaret for, at en indsats bliver gennemført."),
    ("Beslutningsoplæg", "Papiret, som ledelse eller politikere tager stilling til en indsats på."),
    ("Ledelsesoverblik", "Siden, der viser, hvor året ender, hvad der er ændret, og hvad der er i fare."),
)
_RULES: Final = (
    ("Klausul", "Et vilkår, som det står i en kontrakts tekst."),
    ("Tillæg", "Et papir, der ændrer en kontrakt, der er underskrevet."),
    ("Opsigelsesvarsel", "Tiden fra en kontrakt siges op, til den er slut."),
    ("Sagsspærring", "En medarbejder, der ikke må se en bestemt borger, fx egen familie."),
    ("Opslag", "At nogen har set en borgers oplysninger. Det logges med tid, side og formål."),
    ("Indsigt", "Borgerens ret til at få alt, hvad der står om vedkommende."),
    ("Opbevaringsfrist", "Hvor længe oplysninger gemmes, før de arkiveres og slettes."),
    ("Jobfunktionsrolle", "Kommunens egen rolle i den fælles login, som giver roller her."),
    ("Kladde", "Noget, der er skrevet og endnu ikke gælder."),
    ("Faglig og økonomisk begrundelse", "Hvorfor netop den hjælp er valgt, og hvorfor til den pris (SEL § 1, stk. 3)."),
)
_ORDER: Final = str.maketrans("æøå", "{|}")


def glossary() -> tuple[Term, ...]:
    """The terms in Danish alphabetical order."""
    terms = (Term(word, meaning) for word, meaning in (*_WORDS, *_RIDES, *_MONEY, *_RESULTS, *_RULES))
    return tuple(sorted(terms, key=lambda term: term.word.casefold().translate(_ORDER)))
