"""How the jobs around contracts are done, step by step; and what takes two people."""

from typing import Final

from styr.workspace.core.guide import Guide

CONTRACT_GUIDES: Final = (
    Guide(
        "kontrakt-fra-fil",
        "Indlæs en kontrakt",
        "Fra PDF, Word, mail eller et skannet papir til registret.",
        "agreement_documents",
        "scan-search",
        (
            "Åbn Kontrakter, Dokumenter, og indlæs filen. Skannede sider læses bagefter; det tager et øjeblik.",
            "Bekræft oplysningerne én for én. Stedet i teksten vises ved siden af.",
            "Se vilkårene igennem: hvad der er en risiko, hvad den kan koste, og hvad der mangler.",
            "Opret kontrakten som kladde, eller sammenlign filen med kontrakten i registret.",
        ),
        ("Programmet foreslår; intet skrives i registret, før du har bekræftet det.",),
    ),
    Guide(
        "indsamling",
        "Find de kontrakter, der mangler",
        "Find hver leverandør, der får penge uden en underskrevet kontrakt.",
        "collection",
        "inbox",
        (
            "Åbn Kontrakter, Indsamling, og tryk »Find manglende kontrakter«.",
            "Tag en sag. Brevet er skrevet; send det med jeres egen sikre post, og notér, at det er sendt.",
            "Er fristen gået, vises sagen på Start, og påmindelsen er skrevet.",
            "Læg de modtagne filer på sagen. Når kontrakten er underskrevet i registret, afsluttes sagen.",
        ),
    ),
    Guide(
        "kontraktudkast",
        "Skriv en kontrakt",
        "Fra jeres egen skabelon til underskrift.",
        "drafts",
        "pencil",
        (
            "Vælg en kontrakt i kladde eller en bevilling uden kontrakt, og dan udkastet af skabelonen.",
            "Send det til leverandøren, og indlæs svaret. Hver ændring er mærket og vurderet.",
            "Send til godkendelse. Beløbet godkendes inden for en grænse, afvigelser fra vilkårene med en begrundelse.",
            "Gå kvalitetssikringen igennem, og send til underskrift.",
            "Indlæs den underskrevne PDF. Underskrifterne efterprøves, og kontrakten gælder i registret.",
        ),
        ("Ingen godkender sit eget udkast.", "Kommer der en ny udgave, skal den godkendes på ny."),
    ),
    Guide(
        "vilkaar",
        "Find et vilkår i alle kontrakter",
        "I selve teksten, eller ét vilkår på tværs.",
        "contract_clauses",
        "search",
        (
            "Søg i teksten efter ord; bøjninger findes også, og gåseøjne holder ord sammen.",
            "Vilkår på tværs viser ét vilkår i alle kontrakter: hvad der er registreret, og hvad der står.",
            "Filtrér på vurdering eller dage, og åbn kontrakten på det sted, hvor vilkåret står.",
            "Listen hentes som Excel, og de åbne data (OCDS) uden oplysninger om borgere.",
        ),
    ),
    Guide(
        "leverancer",
        "Sammenlign leverancer med det lovede",
        "Kontrollér, om der er leveret det, der er betalt for.",
        "deliveries",
        "clock",
        (
            "Bed leverandøren om leverede timer og døgn pr. måned, og indlæs filen, eller notér dem én for én.",
            "Leverancer viser måned for måned, hvad der er lovet, leveret og betalt.",
            "Er der betalt for mere, end der er leveret, er det en afvigelse hos kontraktforhandleren.",
            "Planlæg et opfølgningsmøde på leverandørens side. Dagsordenen skrives ud fra det, der er åbent.",
            "Skriv aftaler med ansvarlig og frist. De står på Start og under Frister.",
        ),
    ),
    Guide(
        "to-personer",
        "Det, der kræver to",
        "Hvad der venter på en anden end dig, og hvor det ligger.",
        "start",
        "users-round",
        (
            "Bevillinger over din grænse sendes til en, hvis grænse rækker.",
            (
                "En ny kontraktpris eller et nyt vilkår, der gør bevillinger dyrere, end de er godkendt til, tager "
                "samme grænse. Prisen venter imens på kontrakten og under Nye kontraktpriser."
            ),
            "Udkast: beløbet godkendes inden for en grænse, afvigelser af den, der bestemmer over vilkårene.",
            "Fakturaer over grænsen for to, fulde stop og fakturaer, som ingen kontrol har set, godkendes af to.",
            "Grænserne står under Opsætning, Beløbsgrænser. En kollega med en højere grænse godkender resten.",
            "Budgetter og sletninger godkendes af andre end dem, der har lavet dem.",
            "Roller gives af én administrator og bekræftes af en anden; også når en lukket adgang åbnes igen.",
        ),
        ("Det, der venter på dig, står på Start, under klokken og i den daglige mail.",),
    ),
)
