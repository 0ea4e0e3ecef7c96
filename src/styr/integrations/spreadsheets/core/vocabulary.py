"""The Danish words of register files: values with our codes, and other headings that mean the same column."""

from styr.kernel.units import Per, Unit

UNITS = {unit.danish: unit.value for unit in Unit} | {
    "dag": Unit.DAY.value,
    "timer": Unit.HOUR.value,
    "kilometer": Unit.KM.value,
}
PERS = {per.danish: per.value for per in Per}
SERVICES = {
    "ophold": "ophold",
    "støtte": "stoette",
    "aktivitet": "aktivitet",
    "beskæftigelse": "beskaeftigelse",
    "ledsagelse": "ledsagelse",
    "nattevagt": "nattevagt",
    "tillæg": "tillaeg",
    "særtakst": "saertakst",
    "befordring": "befordring",
    "behandling": "behandling",
    "aflastning": "aflastning",
    "dagbehandling": "dagbehandling",
}
CITIZEN_NUMBER = ("borgerid", "borger", "borgernummer")
SUPPLIER_NUMBER = ("leverandørnummer", "leverandørid", "kreditornr", "leverandør")
PLACE_NUMBER = ("tilbudsnr", "tilbudsnummer", "tilbudnummer", "tilbudsid", "tilbudsportal id")
CONTRACT_NUMBER = ("kontraktnummer", "kontraktid", "aftalenr")
GRANT_NUMBER = ("bevillingsnr", "bevillingsnummer", "bevillingnummer", "bevillingsid")
UNIT_NUMBER = ("enhedsnr", "enhedsnummer", "organisationsenhed")
VALID_FROM, VALID_TO = ("gyldig fra dato", "fra", "fra dato"), ("gyldig til dato", "til", "til dato", "til og med")
START, END = (
    ("startdato", "fra", "fra dato", "bevilget fra"),
    ("slutdato", "til", "til dato", "til og med", "bevilget til"),
)
