"""What is drawn without templates is what the templates draw."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template, engines
from django_cotton.compiler_regex import CottonCompiler

from styr.ui.loading import plain
from styr.ui.rendering import Fields


class Everything(forms.Form):
    """Each kind of field that a page draws, with words that must be escaped."""

    words = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search", "data-x": "<b>&'\""}))
    count = forms.IntegerField(min_value=3, required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"autocomplete": False, "autofocus": True}))
    secret = forms.CharField(widget=forms.PasswordInput)
    kept = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False)
    choice = forms.ChoiceField(choices=[("", "Alle"), ("a&b", "A <og> B"), ("Gruppe <1>", [("x", "X"), (2, "To")])])
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.SelectMultiple)
    boxes = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(widget=forms.Textarea)
    address = forms.EmailField()


def squeezed(html: str) -> str:
    return re.sub(r">\s+", ">", re.sub(r"\s+<", "<", html))


@pytest.mark.parametrize("name", list(Everything.base_fields))
@pytest.mark.parametrize(
    "data",
    [None, {"words": "a<b>", "count": "7", "day": "2026-01-02", "sure": "on", "choice": "x", "several": ["a", "b"]}],
    ids=["empty", "filled"],
)
def test_a_field_is_drawn_as_django_draws_it(name: str, data: dict[str, object] | None) -> None:
    quick, slow = Everything(data, renderer=Fields()), Everything(data, renderer=DjangoTemplates())
    assert squeezed(str(quick[name])) == squeezed(str(slow[name]))


@pytest.mark.parametrize(
    "text",
    [
        '<c-icon name="check" />',
        '<c-icon name="ban" label="Stoppet" />',
        '<c-icon :name="picture" />',
        '<c-tag tone="good">Godkendt</c-tag>',
        "<c-tag>Kladde</c-tag>",
        '<c-tag tone="warning" icon="clock">{{ words }}</c-tag>',
        '<c-tag :tone="tone" :icon="picture">{{ words }}</c-tag>',
        '<c-tag :tone="nothing" :icon="nothing">{% if words %}<c-icon name="check" />{{ words }}{% endif %}</c-tag>',
        '<c-tag tone="danger" icon="ban" />',
        '<c-tag tone="{% if words %}good{% endif %}">{{ words }}</c-tag><c-tag tone="info">b</c-tag>',
    ],
)
def test_icons_and_tags_are_drawn_as_their_components_draw_them(text: str) -> None:
    given = {"words": "<æ>", "tone": "info", "picture": "clock", "nothing": ""}

    def drawn(source: str) -> str:
        compiled = CottonCompiler().process(source) if "<c-" in source else source
        return Template(compiled, engine=engines["django"].engine).render(Context(given))

    assert squeezed(drawn(plain(text))) == squeezed(drawn(text))


def test_what_has_words_of_its_own_is_left_to_its_component() -> None:
    text = '<c-icon name="{{ name }}" /><c-tag class="x">a</c-tag>'
    assert plain(text) == text
