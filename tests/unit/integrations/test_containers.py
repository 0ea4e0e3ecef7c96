import io
import stat
import struct
import zipfile

import pytest

from styr.integrations.core.containers import (
    ARCHIVE_LIMITS,
    Limits,
    Member,
    UnsafeContainerError,
    leads_out,
    members,
    open_container,
    read_member,
)
from styr.integrations.core.problems import Problem


def archive(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files:
            target.writestr(name, content)
    return stream.getvalue()


def listed(data: bytes, limits: Limits = ARCHIVE_LIMITS) -> list[str]:
    with open_container(data, file="a.zip", limits=limits) as opened:
        return [
            entry.name if isinstance(entry, Member) else entry.code
            for entry in members(opened, file="a.zip", limits=limits)
        ]


def test_members_are_listed_in_order_and_folders_are_not_files() -> None:
    assert listed(archive(("m/", b""), ("m/b.xml", b"b"), ("a.xml", b"a"))) == ["m/b.xml", "a.xml"]


@pytest.mark.parametrize("name", ["../a.xml", "x/../../a.xml", "/etc/passwd", "C:\\a.xml", "..\\a.xml", "\\a.xml"])
def test_a_name_that_leads_out_of_the_archive_is_a_problem_and_the_others_are_read(name: str) -> None:
    assert leads_out(name)
    assert listed(archive((name, b"x"), ("fin.xml", b"y"))) == ["archive_path", "fin.xml"]


def test_a_symbolic_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert listed(archive((link, b"/etc/passwd"))) == ["archive_link"]


def test_an_encrypted_member_is_a_problem() -> None:
    data = bytearray(archive(("a.xml", b"x")))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)
    assert listed(bytes(data)) == ["archive_encrypted"]


def test_a_member_that_swells_is_refused_by_its_ratio_and_by_its_size() -> None:
    bomb = archive(("bombe.xml", b" " * 5_000_000))
    assert listed(bomb) == ["archive_bomb"]
    assert listed(bomb, Limits(member_bytes=1_000)) == ["archive_bomb"]


def test_a_member_that_lies_about_its_size_is_cut_off() -> None:
    data = bytearray(archive(("a.xml", b"x" * 5_000)))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    with (
        open_container(bytes(data), file="a.zip", limits=ARCHIVE_LIMITS) as opened,
        pytest.raises(UnsafeContainerError) as refused,
    ):
        read_member(opened, opened.infolist()[0], file="a.zip/a.xml", limits=ARCHIVE_LIMITS)
    assert refused.value.problem.code in {"archive_bomb", "archive_member"}


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"", ARCHIVE_LIMITS, "archive_broken"),
        (archive(("a", b"x"))[:-10], ARCHIVE_LIMITS, "archive_broken"),
        (archive(("a", b"x"), ("b", b"x"), ("c", b"x")), Limits(members=2), "archive_count"),
        (archive(("a", b"x" * 600), ("b", b"x" * 600)), Limits(total_bytes=1_000), "archive_bomb"),
    ],
    ids=["empty", "cut-short", "too-many-members", "too-much-in-all"],
)
def test_a_container_beyond_the_limits_is_not_opened(data: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(UnsafeContainerError) as refused:
        open_container(data, file="a.zip", limits=limits)
    assert refused.value.problem.code == code


def test_a_damaged_member_is_a_problem_with_its_own_name() -> None:
    data = bytearray(archive(("a.xml", b"abcdefgh" * 500), ("b.xml", b"hel")))
    data[40] ^= 0xFF
    with open_container(bytes(data), file="a.zip", limits=ARCHIVE_LIMITS) as opened:
        first, second = opened.infolist()
        with pytest.raises(UnsafeContainerError) as refused:
            read_member(opened, first, file="a.zip/a.xml", limits=ARCHIVE_LIMITS)
        assert read_member(opened, second, file="a.zip/b.xml", limits=ARCHIVE_LIMITS) == b"hel"
    assert isinstance(refused.value.problem, Problem)
    assert "a.zip/a.xml" in refused.value.problem.sentence()
