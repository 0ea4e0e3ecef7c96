"""What jobs do with files handed in on a page: look at them without writing, or land them and run the controls."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from styr.access.scope import service_scope
from styr.integrations.collecting import Collector
from styr.integrations.core.answers import Answers
from styr.integrations.core.errors import UnableToImportError
from styr.integrations.core.outcome import Found
from styr.integrations.core.status import UploadState
from styr.integrations.error_file import error_file
from styr.integrations.mappings.trying import keep_tried
from styr.integrations.models import ImportUpload
from styr.integrations.sealed_uploads import answers_of, held_files, kept_columns, put_found
from styr.integrations.services import ImportReport, import_and_control, settle_and_control
from styr.integrations.sources import Held
from styr.integrations.uploads import let_go
from styr.integrations.watching import StoppedError, UploadProgress, tell, watched
from styr.suppliers.bringing import brought_by

_UNFORESEEN = (
    "Der skete en fejl, som programmet ikke kender. Intet er gået tabt: det, der er indlæst, er indlæst. Prøv igen, og "
    "giv systemets ansvarlige besked, hvis det sker igen."
)
_Reads = Callable[[list[Held], Answers, Collector, UploadProgress, str], ImportReport]


def look(*, upload_id: UUID, municipality_id: UUID, now: datetime, today: date) -> None:
    """Read the files as if they were to land, keep what that would change, and write nothing else."""

    def reads(
        files: list[Held], answers: Answers, collects: Collector, progress: UploadProgress, who: str
    ) -> ImportReport:
        return import_and_control(
            paths=(), held=files, municipality_id=municipality_id, actor=who, now=now, today=today,
            progress=progress, dry_run=True, answers=answers, collects=collects,
        )  # fmt: skip

    begins = {UploadState.WAITING: UploadState.CHECKING, UploadState.CHECKING: UploadState.CHECKING}
    _carry_out(upload_id, municipality_id, now, reads, begins=begins, ends=UploadState.CHECKED, tries=True)


def land(*, upload_id: UUID, municipality_id: UUID, now: datetime, today: date) -> None:
    """Land the files and run matching and controls; twice, also after a kill, lands nothing twice."""

    def reads(
        files: list[Held], answers: Answers, collects: Collector, progress: UploadProgress, who: str
    ) -> ImportReport:
        try:
            return import_and_control(
                paths=(), held=files, municipality_id=municipality_id, actor=who, now=now, today=today,
                progress=progress, answers=answers, collects=collects,
            )  # fmt: skip
        except StoppedError:
            settle_and_control(municipality_id=municipality_id, today=today, now=now, registers=True)
            raise

    begins = {UploadState.QUEUED: UploadState.LANDING, UploadState.LANDING: UploadState.LANDING}
    _carry_out(upload_id, municipality_id, now, reads, begins=begins, ends=UploadState.DONE)


def _carry_out(  # noqa: PLR0913 - one job
    upload_id: UUID,
    municipality_id: UUID,
    now: datetime,
    reads: _Reads,
    *,
    begins: dict[UploadState, UploadState],
    ends: UploadState,
    tries: bool = False,
) -> None:
    """Take the upload, read it while a page may watch, and keep what came of it; an upload in another state is left.

    With `tries`, choices of columns that were to be kept are kept when their file could be read by them.
    """
    upload = _taken(upload_id, municipality_id, begins)
    if upload is None:
        return
    with service_scope(municipality_id, "import"):
        files = held_files(upload_id)
        answers = replace(answers_of(upload), kept=tuple(kept_columns()))
    collects = Collector()
    state, message, report = ends, "", None
    with watched(upload_id, municipality_id) as progress:
        try:
            with brought_by(upload.created_by_id):
                report = reads(files, answers, collects, progress, upload.created_by.name)
        except StoppedError:
            state, message = UploadState.CANCELLED, "Indlæsningen blev standset af en bruger."
        except UnableToImportError as error:
            state, message = UploadState.FAILED, str(error)
        except Exception:
            with service_scope(municipality_id, "import"):
                _keep(upload_id, UploadState.FAILED, _UNFORESEEN, None, collects, now)
            raise
    tell(progress, upload_id, municipality_id)
    with service_scope(municipality_id, "import"):
        if tries and report is not None:
            message = _kept_choices(upload, files, answers, collects.found(report), now)
        _keep(upload_id, state, message, report, collects, now)


def _taken(upload_id: UUID, municipality_id: UUID, begins: dict[UploadState, UploadState]) -> ImportUpload | None:
    """The upload in its next state, which others see; None when it is not there or in a state that does not begin."""
    with service_scope(municipality_id, "import"):
        rows = ImportUpload.objects.select_related("created_by").select_for_update(of=("self",))
        upload = rows.filter(id=upload_id).first()
        if upload is None or UploadState(upload.state) not in begins:
            return None
        upload.state = begins[UploadState(upload.state)].value
        upload.save(update_fields=["state"])
        return upload


def _kept_choices(upload: ImportUpload, files: list[Held], answers: Answers, found: Found, now: datetime) -> str:
    """Keep the choices of columns that the look has just tried, and tell what became of them."""
    told = keep_tried(
        municipality_id=upload.municipality_id,
        answers=answers,
        files=files,
        found=found,
        actor_id=upload.created_by_id,
        now=now,
    )
    return " ".join(told)


def _keep(  # noqa: PLR0913, PLR0917 - what came of one job
    upload_id: UUID,
    state: UploadState,
    message: str,
    report: ImportReport | None,
    collects: Collector,
    now: datetime,
) -> None:
    upload = ImportUpload.objects.select_for_update().get(id=upload_id)
    if report is not None:
        put_found(upload, collects.found(report), error_file(collects.wrong_tables))
        upload.run_id = report.run_id
    upload.state = state.value
    upload.message = message
    upload.changed_at = now
    upload.cancel = False
    upload.save()
    if state is UploadState.DONE:
        let_go(upload)
