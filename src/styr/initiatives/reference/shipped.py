"""The catalogue that comes with the program as an example: transport of citizens, 2023, as its source printed it."""

from functools import cache
from importlib.resources import files
from typing import Final

from styr.initiatives.core.interval import read
from styr.initiatives.core.reading import Readout, read_catalogue
from styr.initiatives.core.remarks import Stated

NAME: Final = "Visiteret befordring, indsatser 2023"
YEAR: Final = 2021
STATED: Final = Stated(baseline=read("22,0"), saving=read("1,4-2,0"), number=14)
NOTE: Final = (
    "Et eksempel: et prioriteret indsatskatalog om visiteret befordring. De tre indsatser, der er mærket P, sænker "
    "serviceniveauet og kræver politisk godkendelse; kilden siger, at to blev godkendt, men ikke hvilke. I teksten "
    "ventes der ca. 1,5 mio. kr. om året, i tabellen 1,4-2,0."
)


@cache
def shipped() -> Readout:
    """The rows of the example."""
    return read_catalogue(files("styr.initiatives.reference").joinpath("initiatives_2023.csv").read_text("utf-8"))
