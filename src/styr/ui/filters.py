"""Filters of lists: a Django form over the address. Words that mean nothing are dropped, so an old link still opens.

What somebody writes freely may be a citizen's name, so it stands in an address sealed (`sealed_words`), wherever the
form writes one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from styr.kernel.danish import danish_date
from styr.ui.sealed_words import is_sealed, opened, seal


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, as a small button: its words, and the address of the list without it."""

    text: str
    address: str


class FilterForm(forms.Form):
    """The fields of a list's filter; make one by subclassing, every field with `required=False`.

    The form is always valid: a field whose word means nothing counts as empty. `hidden` fields (e.g. a tab) live in the
    address but make no chip. `offered` gives the choices of fields that depend on who asks; the class itself is shared
    by every request and is never changed.
    """

    def __init__(
        self, data: QueryDict | None = None, *, offered: Mapping[str, Iterable[Any]] | None = None, **options: Any
    ) -> None:
        options.setdefault("use_required_attribute", False)
        super().__init__(data if data is not None else QueryDict(), **options)
        self._sealed: dict[str, list[str]] = {}
        if isinstance(self.data, QueryDict):
            self.data = self._opened(self.data)
        for name, choices in (offered or {}).items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field
        for field in self.fields.values():
            field.required = False
        self.full_clean()
        for name in list(self.errors):
            self.cleaned_data[name] = None
        self._dropped = set(self.errors)
        self._errors = forms.utils.ErrorDict()

    @property
    def values(self) -> dict[str, Any]:
        """What is asked for: the cleaned value of every field, None where nothing (or nonsense) is written."""
        return {name: value if _filled(value) else None for name, value in self.cleaned_data.items()}

    def wanted(self) -> Any:
        """What the list's `fetch` is given. Override it to give the domain's own filter instead of the values."""
        return self.values

    @property
    def address(self) -> dict[str, list[str]]:
        """The filter as words of the address, without the empty and the meaningless."""
        words: dict[str, list[str]] = {}
        for name in self.fields:
            if _filled(self.cleaned_data.get(name)):
                kept = [word for word in self._words(name) if word]
                if kept:
                    words[self.add_prefix(name)] = kept
        return words

    @property
    def free(self) -> list[str]:
        """The names of the fields in which somebody writes freely, as the address has them."""
        return [self.add_prefix(name) for name, field in self.fields.items() if _is_free(field)]

    @property
    def active(self) -> bool:
        """Whether anything is filtered away (tabs and other hidden fields apart)."""
        return any(True for _ in self._told())

    def told(self) -> list[tuple[str, str]]:
        """The filter in words, (name, value), for the second sheet of the Excel file and the head of the paper."""
        return [(label, text) for _, label, text in self._told()]

    def chips(self, kept: dict[str, list[str]]) -> list[Chip]:
        """One chip for each filter in force; `kept` are the words of the address that do not belong to the form."""
        chips = []
        for name, label, text in self._told():
            words = {key: value for key, value in self.address.items() if key != self.add_prefix(name)}
            chips.append(Chip(f"{label}: {text}", "?" + urlencode(words | kept, doseq=True)))
        return chips

    def _words(self, name: str) -> list[str]:
        prefixed = self.add_prefix(name)
        if prefixed in self._sealed:
            return self._sealed[prefixed]
        return [str(word) for word in self.data.getlist(prefixed)] if isinstance(self.data, QueryDict) else []

    def _opened(self, data: QueryDict) -> QueryDict:
        """The words as they were written; how they stand in an address is kept beside."""
        copied = data.copy()
        for name in self.free:
            given = data.getlist(name)
            self._sealed[name] = [word if is_sealed(word) else word and seal(word) for word in given]
            copied.setlist(name, [opened(word) for word in given])
        return copied

    def _told(self) -> Iterator[tuple[str, str, str]]:
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if _filled(value) and not field.widget.is_hidden:
                yield name, str(field.label or name.capitalize()), _text(field, value)


def _is_free(field: forms.Field) -> bool:
    return type(field) is forms.CharField and not field.widget.is_hidden


def _filled(value: object) -> bool:
    return value is not None and value is not False and value not in ("", [])


def _text(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        titles = {str(key): str(title) for key, title in _flat(field.choices)}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(titles.get(str(one), str(one)) for one in chosen)
    if isinstance(value, bool):
        return "ja"
    if isinstance(value, date):
        return danish_date(value)
    return str(value)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, title in choices:
        if isinstance(title, list | tuple):
            yield from title
        else:
            yield key, title
