import pytest
from django.core.exceptions import ImproperlyConfigured

from styr.access.proxies import trusted_proxies


@pytest.mark.parametrize(("text", "count"), [("", 0), ("0", 0), (" 1 ", 1), ("5", 5)])
def test_the_number_of_proxies_is_read(text: str, count: int) -> None:
    assert trusted_proxies(text) == count


@pytest.mark.parametrize("text", ["-1", "6", "1,5", "ja", "١", "1e0"])
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="STYR_TRUSTED_PROXIES"):
        trusted_proxies(text)
