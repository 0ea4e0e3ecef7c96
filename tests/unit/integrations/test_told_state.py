"""Files that were looked at are told to be ready only when nothing is left to mend or to choose."""

import pytest

from styr.integrations.core.status import UploadState, told_state


@pytest.mark.parametrize(
    ("state", "errors", "guessed", "told"),
    [
        (UploadState.CHECKED, 0, False, "klar til at blive indlæst"),
        (UploadState.CHECKED, 3, False, "fejl skal rettes"),
        (UploadState.CHECKED, 3, True, "kolonnerne skal vælges"),
        (UploadState.DONE, 3, False, "indlæst"),
        (UploadState.CHECKING, 3, False, "gennemses"),
    ],
)
def test_how_files_stand(state: UploadState, errors: int, told: str, *, guessed: bool) -> None:
    assert told_state(state, errors=errors, guessed=guessed) == told
