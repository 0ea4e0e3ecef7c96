"""Random numbers that are the same with and without the compiler (two multiply-with-carry generators of Marsaglia)."""

from rideplan.kernels.arrays import Ints
from rideplan.kernels.compiled import inlined


@inlined
def chance(random: Ints) -> float:
    """A number in `[0, 1)`; steps the generator."""
    random[0] = 36969 * (random[0] & 65535) + (random[0] >> 16)
    random[1] = 18000 * (random[1] & 65535) + (random[1] >> 16)
    return float((((random[0] << 16) + random[1]) & 4294967295) / 4294967296.0)


@inlined
def below(random: Ints, bound: int) -> int:
    """A whole number in `[0, bound)`."""
    return int(chance(random) * bound)
