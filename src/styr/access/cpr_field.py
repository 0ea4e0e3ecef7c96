"""A model field that keeps a CPR number encrypted and gives it back masked."""

from typing import Any, NoReturn, Self, cast, overload

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import BaseExpression

from styr.access.crypto import decrypt, encrypt
from styr.kernel.cpr import Cpr

_ANSWERED = frozenset({"isnull", "df", "ndf"})  # the last two are pgtrigger's IS (NOT) DISTINCT FROM


class EncryptedCprField(models.BinaryField):  # type: ignore[type-arg]  # the stubs leave BinaryField without arguments
    """Stores a `Cpr` as AES-GCM-SIV bytes bound to table, column and primary key.

    The attribute gives a `kernel.cpr.Cpr`, whose `str` and `repr` are masked, decrypted when asked for. Find
    rows by a column of `crypto.blind_index(cpr.digits)`; the field itself answers no lookup but `isnull`. Since the
    primary key is bound in, `QuerySet.update` cannot set it: save the object, or use `seal` for bulk loads.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        """Put the decrypting descriptor on the model."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _CprAttribute(self))

    def seal(self, cpr: Cpr, pk: object) -> bytes:
        """The bytes to store for the row of that primary key (for bulk loads)."""
        return encrypt(cpr.digits, place=self._place(self.model, pk))

    def place_of(self, instance: models.Model) -> str:
        """Where the instance's value belongs; an event keeps the place of the row it tells about."""
        tracked = getattr(type(instance), "pgh_tracked_model", None)
        if tracked is None:
            return self._place(type(instance), instance.pk)
        return self._place(tracked, getattr(instance, "pgh_obj_id"))  # noqa: B009 -- a column of event models only

    def _place(self, model: type[models.Model], pk: object) -> str:
        if pk is None:
            raise ValueError("Et CPR-nummer kan ikke krypteres, før rækken har sin nøgle.")
        return f"{model._meta.db_table}|{self.column}|{pk}"  # noqa: SLF001 -- Django's public name

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:  # noqa: ARG002, FBT001 -- Django's signature
        """Encrypt for this row, once: a value that was not changed since goes back as it was, and makes no event."""
        held = model_instance.__dict__.get(self.attname)
        if held is not None and not isinstance(held, bytes):
            held = encrypt(_as_cpr(held).digits, place=self.place_of(model_instance))
            model_instance.__dict__[self.attname] = held
        return held

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Django's signature
        """Let encrypted bytes through, and nothing in clear."""
        if value is None or isinstance(value, bytes):
            return super().get_db_prep_value(value, connection, prepared)
        raise FieldError("Et CPR-nummer gemmes gennem rækken (save, bulk_create) eller som EncryptedCprField.seal.")

    def from_db_value(
        self,
        value: bytes | memoryview | None,
        expression: BaseExpression,  # noqa: ARG002 -- Django's signature
        connection: object,  # noqa: ARG002 -- Django's signature
    ) -> bytes | None:
        """Leave it encrypted until it is asked for."""
        return None if value is None else bytes(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Answer `isnull`, and the triggers' "has it changed": encryptions differ, so nothing else would ever hold."""
        return super().get_lookup(lookup_name) if lookup_name in _ANSWERED else None

    def value_to_string(self, obj: models.Model) -> NoReturn:  # noqa: ARG002 -- Django's signature
        """Refuse: serialised rows leave the house."""
        raise FieldError("Et CPR-nummer skrives ikke ud med rækken.")


class _CprAttribute:
    """Decrypts on every read (some µs), so the number in clear stays nowhere."""

    def __init__(self, field: EncryptedCprField) -> None:
        self.field = field

    @overload
    def __get__(self, instance: None, owner: type[models.Model]) -> Self: ...
    @overload
    def __get__(self, instance: models.Model, owner: type[models.Model]) -> Cpr | None: ...
    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Self | Cpr | None:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        held = instance.__dict__.get(name)
        if isinstance(held, bytes):
            return Cpr(decrypt(held, place=self.field.place_of(instance)))
        return cast("Cpr | None", held)

    def __set__(self, instance: models.Model, value: Cpr | str | bytes | None) -> None:
        instance.__dict__[self.field.attname] = value if value is None or isinstance(value, bytes) else _as_cpr(value)


def _as_cpr(value: object) -> Cpr:
    if isinstance(value, Cpr):
        return value
    if isinstance(value, str):
        return Cpr.parse(value)
    raise TypeError("Et CPR-felt tager en Cpr.")
