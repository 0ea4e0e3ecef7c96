"""Copy the chosen third-party front-end files into the static folder of `styr.ui`.

`npm ci` has put the packages into `frontend/node_modules`; this script takes the few files that the pages use, strips
`sourceMappingURL` comments (their missing maps break WhiteNoise's manifest) and the comments of style sheets, keeps
each licence beside them and makes one SVG sprite of the icons named in `icons.txt`. Of the fonts it keeps the letters
and weights that pages use: whole, the second file alone weighs 85 kB, and one name with a "Š" in it fetches it. It
writes a folder whole or not at all.
"""

import re
import shutil
import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
TARGET = HERE.parent / "src" / "styr" / "ui" / "static" / "ui" / "vendor"
LEAFLET_IMAGES = ("layers", "layers-2x", "marker-icon")  # those that its style sheet names
FILES = {
    "designsystemet-theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.js": "leaflet/dist/leaflet.js",
    **{f"images/{name}.png": f"leaflet/dist/images/{name}.png" for name in LEAFLET_IMAGES},
}
FONTS = {
    "inter-latin.woff2": ("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", ()),
    # Latin Extended-A, and Romanian's letters and the German capital ß: the names of Europe. Others are the machine's.
    "inter-latin-ext.woff2": (
        "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
        (*range(0x0100, 0x0180), *range(0x0218, 0x021C), 0x1E9E),
    ),
}
WEIGHTS = (400, 700)
FEATURES = ["kern", "tnum", "ccmp", "locl", "cv05"]  # figures of one width, and an l that is no I
LICENCES = {
    "designsystemet.LICENSE": "@digdir/designsystemet-css/LICENSE",
    "htmx.LICENSE": "htmx.org/LICENSE",
    "inter.LICENSE": "@fontsource-variable/inter/LICENSE",
    "leaflet.LICENSE": "leaflet/LICENSE",
    "lucide.LICENSE": "lucide-static/LICENSE",
}
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)\s*")
INNER_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def sprite(names: list[str]) -> str:
    """Return one SVG document with a `<symbol>` per icon name; a missing icon is an error."""
    symbols = []
    for name in names:
        found = INNER_SVG.search((MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text("utf-8"))
        if found is None:
            raise ValueError(f"icon {name} holds no drawing")
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{found.group(1).strip()}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"


def without_comments(sheet: str) -> str:
    """Return the style sheet without comments (but licences, `/*!`) and indents: they weigh at a first visit."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*(?!!).*?\*/", "", sheet, flags=re.DOTALL))


def font(source: Path, letters: tuple[int, ...]) -> bytes:
    """Return the font with the letters (all where none are named) and the weights that pages use, as WOFF2."""
    held = TTFont(source)
    chosen = Subsetter(Options(layout_features=FEATURES))
    chosen.populate(unicodes=letters or held.getBestCmap())
    chosen.subset(held)
    held = instantiateVariableFont(held, {"wght": WEIGHTS})
    held.flavor = "woff2"
    written = BytesIO()
    held.save(written)
    return written.getvalue()


def build() -> None:
    """Fill the vendor folder; the old one is replaced only when the new one is whole."""
    fresh = TARGET.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, source in (FILES | LICENCES).items():
        data = (MODULES / source).read_bytes()
        if name.endswith((".css", ".js")):
            data = SOURCE_MAP.sub("", data.decode("utf-8")).encode("utf-8")
        if name.endswith(".css"):
            data = without_comments(data.decode("utf-8")).encode("utf-8")
        (fresh / name).parent.mkdir(exist_ok=True)
        (fresh / name).write_bytes(data)
    for name, (source, letters) in FONTS.items():
        (fresh / name).write_bytes(font(MODULES / source, letters))
    icons = (HERE / "icons.txt").read_text("utf-8").split()
    (fresh / "icons.svg").write_text(sprite(icons), "utf-8")
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    sys.stdout.write(f"Front-end files: {len(FILES) + len(FONTS)} files and {len(icons)} icons\n")


if __name__ == "__main__":
    build()
