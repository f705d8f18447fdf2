"""FN001 codes and widths are the face's · FN002 Chinese, Japanese, Korean come from the folder · FN003 what cannot be
drawn rightly is an error that names it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from formwright import resources
from formwright.writers.pdf import fonts
from formwright.writers.pdf.fonts import Fonts, UndrawableError

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("FORMWRIGHT_FONTS", ROOT / ".cache/fonts"))
FACES = Fonts.packaged(FOLDER)
ALONE = Fonts.packaged(None)
needs_fallback = pytest.mark.skipif(
    not all(face.font for face in FACES.fallbacks), reason=f"the fallback fonts are not in {FOLDER}"
)


def test_codes_and_widths_are_those_of_the_packaged_file() -> None:
    face = TTFont(io.BytesIO(resources.read_bytes("templates/assets/fonts/NotoSansField-Regular.ttf")))
    names = face.getBestCmap()
    for char in "Aé ßŁЖωệ–“€":
        assert ALONE.codes[char] == b"%04x" % face.getGlyphID(names[ord(char)])
        assert ALONE.widths[char] == face["hmtx"][names[ord(char)]][0]
    assert (ALONE.em, ALONE.cap) == (1000, 714)


def test_a_tab_is_four_spaces_and_a_soft_hyphen_nothing() -> None:
    assert ALONE.codes["\t"] == ALONE.codes[" "] * 4
    assert ALONE.widths["\t"] == 4 * ALONE.widths[" "]
    assert (ALONE.codes["\u00ad"], ALONE.widths["\u200b"]) == (b"", 0)


@pytest.mark.parametrize("char", ["\u0301", "\n", "\r", "\u2028", "\u0483", "\x00"])
def test_marks_and_controls_have_no_code_even_where_the_face_has_a_glyph(char: str) -> None:
    assert char not in ALONE.codes


@pytest.mark.parametrize(
    ("char", "code", "words"),
    [
        ("\x07", "control_character", "U+0007"),
        ("\ud800", "control_character", "U+D800"),
        ("א", "needs_shaping", "U+05D0 (HEBREW LETTER ALEF) is written from right to left"),
        ("ب", "needs_shaping", "U+0628 (ARABIC LETTER BEH) is written from right to left"),
        ("\u202e", "control_character", "U+202E (RIGHT-TO-LEFT OVERRIDE) has no shape"),
        ("ि", "needs_shaping", "U+093F (DEVANAGARI VOWEL SIGN I) must be joined"),
        ("\u0323", "needs_shaping", "U+0323 (COMBINING DOT BELOW) must be joined"),
        ("\u1161", "needs_shaping", "U+1161 (HANGUL JUNGSEONG A) must be joined"),
        ("क", "no_glyph", "U+0915 (DEVANAGARI LETTER KA) is in none of our fonts"),
        ("😀", "no_glyph", "U+1F600 (GRINNING FACE) is in none of our fonts"),
        ("深", "no_font", "U+6DF1 (CJK UNIFIED IDEOGRAPH-6DF1) needs DroidSansFallbackFull.ttf"),
        ("한", "no_font", "U+D55C (HANGUL SYLLABLE HAN) needs NanumGothic.ttf"),
    ],
)
def test_what_cannot_be_drawn_is_named(char: str, code: str, words: str) -> None:
    with pytest.raises(UndrawableError) as caught:
        ALONE.widths[char]
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.fix


def test_the_cure_of_a_missing_font_says_what_to_install() -> None:
    assert "fonts-droid-fallback" in ALONE.why_not("深").fix


def test_a_font_with_another_hash_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "DroidSansFallbackFull.ttf").write_bytes(b"not the file")
    with pytest.raises(UndrawableError, match="not the file we know"):
        Fonts.packaged(tmp_path).widths["深"]


@needs_fallback
@pytest.mark.parametrize(("char", "width"), [("深", 1000), ("ア", 1000), ("。", 1000), ("한", 940)])
def test_widths_of_other_scripts_are_in_units_of_the_field_face(char: str, width: int) -> None:
    # from the files' own tables: Droid 256 of 256, Nanum 940 of 1000
    assert FACES.widths[char] == width


@needs_fallback
def test_a_subset_has_the_characters_wanted_and_no_others() -> None:
    (subset,) = FACES.subset("深圳市深", 100)
    assert set(subset.codes) == set("深圳市")
    data = subset.objects[3].split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0]
    face = TTFont(io.BytesIO(data))
    assert {chr(code) for code in face.getBestCmap()} == set("深圳市")
    for char, code in subset.codes.items():
        assert int(code, 16) == face.getGlyphID(face.getBestCmap()[ord(char)]) > 0
    assert [body.split()[0] for body in subset.objects] == [b"100", b"101", b"102", b"103", b"104"]


@needs_fallback
def test_each_script_has_its_face_and_the_same_characters_make_the_same_bytes() -> None:
    korean, chinese = FACES.subset("深한ア", 100)
    assert set(korean.codes) == {"한"}
    assert set(chinese.codes) == {"深", "ア"}
    assert FACES.subset("ア한深", 100) == (korean, chinese)


@needs_fallback
def test_what_no_face_has_is_left_out_of_subsets() -> None:
    assert FACES.subset("😀\u0301", 100) == ()


def test_texts_are_composed_and_their_lines_end_in_line_feeds() -> None:
    assert fonts.normal("Vie\u0323\u0302t\r\nNam\r") == "Việt\nNam\n"
