"""Key rotation: move encrypted values to the newest key."""

from django.db import models, transaction

from styr.access.cpr_field import EncryptedCprField
from styr.access.crypto import key_version
from styr.access.keys import keys

_BATCH = 2000


@transaction.atomic
def rotate(model: type[models.Model], field_name: str, *, batch: int = _BATCH) -> int:
    """Re-encrypt the model's values that are under an older key; gives their number. Runs in a scope that may write.

    Afterwards the older key may be taken out of `STYR_CPR_KEYS`, once the history's copies are past their keeping.
    """
    field = model._meta.get_field(field_name)  # noqa: SLF001 -- Django's public name
    if not isinstance(field, EncryptedCprField):
        raise TypeError(f"{field_name} er ikke et krypteret felt.")
    newest, moved = keys().cpr_version, 0
    rows = model._default_manager.exclude(**{f"{field.attname}__isnull": True})  # noqa: SLF001 -- Django's public name
    for row in rows.only("pk", field.attname).iterator(chunk_size=batch):
        if key_version(row.__dict__[field.attname]) < newest:
            sealed = field.seal(getattr(row, field.attname), row.pk)
            model._default_manager.filter(pk=row.pk).update(**{field.attname: sealed})  # noqa: SLF001 -- as above
            moved += 1
    return moved
