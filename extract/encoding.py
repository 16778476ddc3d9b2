"""Bytes to text: which encoding a Japanese text file is in, and how sure that is.

A byte order mark or valid UTF-8 settles it. Beyond that the Japanese encodings are candidates;
each must decode strictly, and the one whose text looks most like Japanese wins. Two judges are
asked: charset-normalizer for disorder, and a count of how common the characters are.
"""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.errors import EncodingUnknownError
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The narrow codec first: the wide one of each pair adds NEC row 13 (①, ㈱) and JIS X 0213.
_EUC = ("euc_jp", "euc_jis_2004")
_SHIFT_JIS = ("cp932", "shift_jis_2004")
_ISO2022 = ("iso2022_jp", "iso2022_jp_2004", "iso2022_jp_ext")
_SAMPLE = 64 * 1024
_SHORT = 64
_CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence")
_PLAUSIBLE = 0.35
_CLEAR_MARGIN = 0.15
# Older files are far more often Shift JIS than EUC-JP; this decides only between equals.
_PRIOR = {"cp932": 0.05, "shift_jis_2004": 0.0}
_ALIASES = {"shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "ms932": "cp932"} | {
    "shift-jis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "eucjp": "euc_jp",
    "x-euc-jp": "euc_jp",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the codec that gave it.

    ``doubt`` names rivals that fit nearly as well; ``is_cut_off`` tells that the file ends in the
    middle of a character, which is left out.
    """

    text: str
    encoding: str
    doubt: str = ""
    is_cut_off: bool = False


def decode_text(data: bytes, *, name: str = "", encoding: str | None = None) -> Decoded:
    r"""Decode a text file; strict in every encoding, the byte order mark removed.

    Raises:
        EncodingUnknownError: binary, or undecodable (in ``encoding``, if one is given).

    >>> decode_text("実績 12,672人".encode("cp932")).encoding
    'cp932'
    """
    if encoding is not None:
        return _decode_as(data, encoding, name)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, codec, name)
    candidates = sorted(_score_candidates(data), key=lambda pair: -pair[0])
    if not candidates:
        raise EncodingUnknownError(name)
    (best, decoded), rest = candidates[0], candidates[1:]
    rivals = [other.encoding for score, other in rest if best - score < _CLEAR_MARGIN]
    return replace(decoded, doubt=", ".join(rivals))


def codec_for(label: str) -> str | None:
    """The Python codec for an encoding's name as pages and people write it; ``None`` if unknown."""
    key = label.strip().strip("\"'").lower()
    try:
        return _ALIASES.get(key) or codecs.lookup(key).name
    except (LookupError, ValueError):
        return None


def _decode_as(data: bytes, encoding: str, name: str) -> Decoded:
    codec = codec_for(encoding)
    if codec is None:
        raise EncodingUnknownError(name, encoding)
    text = _try_decoding(data, _family(codec))
    if text is None or _is_binary(text.text):
        raise EncodingUnknownError(name, encoding)
    return text


def _family(codec: str) -> tuple[str, ...]:
    for family in (_EUC, _SHIFT_JIS, _ISO2022):
        if codec == family[0]:
            return family
    return (codec,)


def _score_candidates(data: bytes) -> Iterator[tuple[float, Decoded]]:
    utf8 = _try_decoding(data, ("utf-8",))
    if b"\x1b$" in data and data.isascii():
        families: tuple[tuple[str, ...], ...] = (_ISO2022,)
    elif utf8 is not None and not _is_binary(utf8.text):
        yield 1.0, utf8
        return
    elif b"\0" in data:
        families = (("utf-16-le",), ("utf-16-be",))
    else:
        families = (_SHIFT_JIS, _EUC)
    for family in families:
        decoded = _try_decoding(data, family)
        if decoded is None or _is_binary(decoded.text):
            continue
        score = _plausibility(decoded.text[:_SAMPLE]) - 0.3 * _disorder(data[:_SAMPLE], family[0])
        if score >= _PLAUSIBLE:
            yield score + _PRIOR.get(decoded.encoding, 0.0), decoded


def _try_decoding(data: bytes, family: tuple[str, ...]) -> Decoded | None:
    for codec in family:
        try:
            return Decoded(data.decode(codec), codec)
        except UnicodeDecodeError as error:
            if len(data) > _SHORT and error.reason in _CUT_OFF:
                return Decoded(data[: error.start].decode(codec), codec, is_cut_off=True)
        except (UnicodeError, LookupError):
            continue
    return None


def _is_binary(text: str) -> bool:
    """Whether control characters show that this never was text (form feeds and the like are)."""
    sample = text[:_SAMPLE]
    odd = sum(1 for char in sample if char < " " and char not in "\t\n\v\f\r\x1a\x1b\x1c\x1e")
    return "\0" in sample or odd > len(sample) * 0.01


def _disorder(sample: bytes, codec: str) -> float:
    """How disordered charset-normalizer finds the text in this codec: 0 (none) to 1."""
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=[codec], threshold=1.0, enable_fallback=False)
    return min((match.chaos for match in matches), default=0.0)


def _plausibility(text: str) -> float:
    """How common the characters are in Japanese prose and tables: about 1 for real text."""
    told = [weight for weight in map(_weight, text) if weight is not None]
    return sum(told) / len(told) if told else 1.0


def _weight(char: str) -> float | None:
    """One character's vote; ``None`` for ASCII, which every candidate reads alike."""
    if char.isascii():
        return None
    if "ぁ" <= char <= "ヿ" or "！" <= char <= "～" or "　" <= char <= "】" or char == "￥":
        return 1.0
    if "｡" <= char <= "･":  # what the lead bytes of EUC kana look like in Shift JIS
        return -0.5
    if "ｦ" <= char <= "ﾟ":
        return 0.6
    return _kanji_weight(char)


def _kanji_weight(char: str) -> float:
    try:
        lead = char.encode("cp932")[0]
    except UnicodeEncodeError:
        return -1.0
    if 0x88 <= lead <= 0x97:  # JIS level 1, ordered by reading: the kanji in common use
        return 1.0
    if lead in {0x81, 0x87}:  # symbols; NEC row 13 (①, ㈱)
        return 0.7
    return -0.3 if lead < 0xF0 else -1.0
