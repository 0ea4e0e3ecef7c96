"""How soon a job is taken up: the higher the number, the sooner."""

from typing import Final

AWAITED: Final = 10
"""What somebody at a screen waits for goes before what the clock began and what follows a change."""
