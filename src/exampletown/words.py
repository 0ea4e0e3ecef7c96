"""The invented town's own lists of names and places. No list is taken from a register of real people or firms."""

TOWN = "Vesterhav Kommune"
TOWN_CODE = "899"
NEIGHBOUR_CODES = ("897", "898")

FIRST_NAMES = (
    *("Agnethe", "Ahmed", "Aksel", "Albana", "Alfred", "Anders", "Anne-Grethe", "Asbjørn", "Astrid", "Ayşe"),
    *("Bente", "Birgit", "Bjørn", "Bo", "Børge", "Carl-Emil", "Caroline", "Cecilie", "Dagny", "Dorte", "Ebbe"),
    *("Elżbieta", "Esben", "Eva", "Fatima", "Finn", "Freja", "Frida", "Frøya", "Gerda", "Gorm", "Grethe", "Gunvør"),
    *("Hanne", "Hassan", "Helle", "Henny", "Holger", "Ida", "Inge-Lise", "Ingrid", "Jeppe", "Jens", "Jytte", "Jørgen"),
    *("Kaj", "Karla", "Kirsten", "Kjeld", "Knud", "Käthe", "Lærke", "Leif", "Lilian", "Liv", "Magnus", "Malthe"),
    *("Maren", "Mikkel", "Mohammed", "Märta", "Nanna", "Niels", "Nikolaj", "Oda", "Olga", "Oluf", "Otto", "Palle"),
    *("Per", "Pernille", "Poul", "Rasmus", "René", "Rigmor", "Rosa", "Rune", "Saga", "Signe", "Sigurd", "Silas"),
    *("Sofie", "Stig", "Storm", "Susanne", "Svend-Åge", "Søren", "Thøger", "Thora", "Tove", "Troels", "Ulla"),
    *("Valborg", "Vagn", "Vibeke", "Victor", "Viggo", "Yrsa", "Zainab", "Zoë", "Åge", "Åse", "Ørnulf", "Østen"),
)

LAST_NAMES = (
    *("Abildtrup", "Agersted", "Asmild", "Bakkegård", "Balsby", "Bjergager", "Blåbjerg", "Brøndlund", "Bysted"),
    *("Clitgaard", "Dalsbro", "Degnemose", "Egebjærg", "Ejsinghave", "Engkær", "Fladholm", "Fruensgård", "Fårup"),
    *("Gammelby", "Gettrup", "Grønhave", "Győrffy", "Havbro", "Hedelykke", "Hjelmsted", "Holmsø", "Højvang", "Ildved"),
    *("Jernhat", "Kaczyńska", "Kirkemose", "Klitmark", "Knarreby", "Kornmod", "Kærsig", "Langtoft", "Lindskov"),
    *("Lyngmark", "Løgstrand", "Marskland", "Mejlhede", "Mølbro", "Nissum", "Nørrekær", "Odderskær", "Overdam"),
    *("Pilegreen", "Præstø", "Quistholm", "Ravnkilde", "Rishøj", "Rørkær", "Sandvig", "Sejlflod", "Skarregaard"),
    *("Skovbølling", "Stenløkke", "Strandby", "Sædding", "Søndermark", "Tangmose", "Thyholm", "Tornskade", "Tværmose"),
    *(
        "Uldjyde",
        "Vadsted",
        "Vestergrav",
        "Viborghus",
        "Vrågum",
        "Yding",
        "Özdemirel",
        "Ærtebjerg",
        "Østermand",
        "Åkirke",
    ),
)

STREETS = (
    *("Klitvejen", "Havnegade", "Fyrbakken", "Strandengen", "Marehalmsvej", "Tangvej", "Redningsvejen", "Mågevej"),
    *(
        "Hedelyngen",
        "Kirkestien",
        "Skolevænget",
        "Møllebakken",
        "Engdraget",
        "Rørsangervej",
        "Ålekistevej",
        "Østre Allé",
    ),
    *(
        "Søndre Kystvej",
        "Bådebyggervej",
        "Ternevej",
        "Præstemarken",
        "Lærkesporet",
        "Brogade",
        "Torvestræde",
        "Digevej",
    ),
)

PLACES = (
    *(("9731", "Vesterhavn"), ("9733", "Klitrup"), ("9736", "Fyrby"), ("9738", "Sønder Tange"), ("9739", "Åmølle")),
    *(("9742", "Hedesogn"), ("9744", "Øster Dige"), ("9747", "Rævehuse")),
)

UNIT_NAMES = (
    *("Voksenhandicap", "Socialpsykiatri", "Børn og familie", "Udsatte voksne", "Beskæftigelse og aktivitet"),
    *("Ungeenheden", "Befordring og hjælpemidler", "Myndighed Vest"),
)

SUPPLIER_STEMS = (
    *("Fyrtårnet", "Klitgården", "Havblik", "Lyngbo", "Solsiden", "Egetræet", "Kompasset", "Ankerpladsen", "Broen"),
    *("Marehalm", "Nordstjernen", "Pejlemærket", "Rævegraven", "Skibshøj", "Strandhuset", "Tidevand", "Vindrosen"),
    *("Ærespris", "Østerled", "Åhuset", "Birkelunden", "Drivtømmer", "Fjordglimt", "Gåsehøjen", "Hyldehaven"),
    *("Isfuglen", "Kernehuset", "Lærkereden", "Morgenrøden", "Nøddehegnet", "Pileskoven", "Ravklumpen", "Stævnen"),
    *("Tranehøj", "Uldspinderiet", "Vadefuglen"),
)

SUPPLIER_ENDINGS = {
    "privat": ("ApS", "A/S", "I/S"),
    "fond": ("Fonden", "S/I"),
    "kommunal": ("Kommune",),
    "regional": ("Region",),
}

CASEWORKERS = (
    *("Bodil Havbro", "Jannik Fårup", "Merete Lyngmark", "Süheyla Aksoyhan", "Torben Kærsig", "Vivi Rishøj"),
    *("Åse Engkær", "Kåre Brøndlund", "Lotte Nissum", "Dines Holmsø"),
)

ABSENCE_REASONS = ("indlæggelse", "ferie", "ophold hos familie", "afsoning", "sygdom")

SPECIAL_PURPOSES = (
    "ekstra bemanding ved aktiviteter ude af huset",
    "en til en-støtte om aftenen",
    "skærmning i perioder med uro",
    "støtte til genoptræning efter fald",
    "indkøring af ny medicin",
)
