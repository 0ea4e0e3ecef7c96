"""The codes of the catalogue."""

from styr.kernel.codes import DanishCode


class Phase(DanishCode):
    """How far an analysis has come (fase), and what each phase delivers."""

    MAPPING = "mapping", "kortlægningsrapport"
    POTENTIAL = "potential", "potentialekatalog"
    PRIORITISED = "prioritised", "prioriteret indsatskatalog"


class Effect(DanishCode):
    """What an initiative is to bring (effekt)."""

    ECONOMY = "economy", "økonomi"
    BALANCE = "balance", "balance mellem service og lovgivning"
    PROCESS = "process", "processer og arbejdsgange"
    CLIMATE = "climate", "miljø og klima"


class Political(DanishCode):
    """Whether politicians must approve (politisk godkendelse), and what they said."""

    NOT_NEEDED = "not_needed", "ikke nødvendig"
    NEEDED = "needed", "afventer"
    GIVEN = "given", "givet"
    REFUSED = "refused", "afvist"


class Service(DanishCode):
    """Whether the citizen's service level is touched (serviceniveau)."""

    UNKNOWN = "unknown", "ikke vurderet"
    SAME = "same", "uændret"
    BETTER = "better", "højere"
    LOWER = "lower", "lavere"


class Status(DanishCode):
    """How far an initiative has come (status)."""

    IDEA = "idea", "idé"
    PLANNED = "planned", "planlagt"
    RUNNING = "running", "i gang"
    DONE = "done", "gennemført"
    STOPPED = "stopped", "standset"


class Measure(DanishCode):
    """What shows whether an initiative brought what was hoped (måling)."""

    NONE = "none", "måles ikke endnu"
    SAVINGS = "savings", "besparelser, der er aftalt og set på fakturaerne"
    RECOVERED = "recovered", "penge tilbage gennem fakturakontrollen"
    TRANSPORT = "transport", "udgiften til befordring"


class Level(DanishCode):
    """How likely or how grave a risk is."""

    LOW = "low", "lav"
    MIDDLE = "middle", "middel"
    HIGH = "high", "høj"
