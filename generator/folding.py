"""Which characters the search box takes as one: one table, applied by the worker to pages and to queries alike.

The worker replaces each character by its entry; nothing else is known of characters there. What is printed stays as
printed: folded text is only compared, never shown.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc

from generator.radicals import RADICALS

_LOOK_ALIKES = {
    "": "\"'＂＇`“”„‟‘’‚‛「」『』﹁﹂﹃﹄〝〞〟′″\u00ad\u200b\u200c\u200d\u2060\ufeff",  # quotes; what has no width
    " ": "\t\n\r\u00a0\u2002\u2003\u2009\u202f\u3000",
    "-": "‐‑‒–—―─－−~～〜﹣",
    "·": "•・･‧∙⋅‣",
    ",": "、，､﹐﹑",
    ".": "。．｡﹒",
    ";": "；﹔",
    ":": "：﹕∶",
    "!": "！﹗",
    "?": "？﹖",
    "(": "（〔【［﹙〖[",
    ")": "）〕】］﹚〗]",
    "<": "《〈＜",
    ">": "》〉＞",
    "%": "％﹪",
    "&": "＆﹠",
    "x": "×",
    "〇": "○◯",
    "2": "²",
    "3": "³",
    "平方米": "㎡",
    "公里": "㎞",
    "着": "著",
    "咨": "谘",
}
"""What a reader would type → what may stand in a text. Quotes go: nobody types them as they are printed."""

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
_COMPATIBLE = (*range(0x2160, 0x2180), *range(0xF900, 0xFB00))  # Ⅲ as III; Han characters encoded twice


@cache
def fold_table() -> dict[str, str]:
    """Each character that is not compared as it stands → what it is compared as: Simplified, half-width, lower case.

    Characters beyond the basic plane are left out on both sides: a browser sees each of them as two.
    """
    table = {chr(code): chr(code - 0xFEE0).lower() for code in _FULL_WIDTH}
    table |= {chr(code): unicodedata.normalize("NFKC", chr(code)).lower() for code in _COMPATIBLE}
    table |= {chr(code): chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {chr(code): chr(code).translate(RADICALS) for code in RADICALS}
    table |= {like: typed for typed, likes in _LOOK_ALIKES.items() for like in likes}
    simplified = _simplified()
    table = simplified | table
    # until nothing changes: ｀ is a full-width quote, and quotes go; ⾺ is 馬, and 馬 is 马
    while (again := {old: "".join(table.get(char, char) for char in new) for old, new in table.items()}) != table:
        table = again
    return {old: new for old, new in sorted(table.items()) if old != new and max(map(ord, old + new)) < 0x10000}


def _simplified() -> dict[str, str]:
    """OpenCC's Traditional → Simplified, character for character."""
    characters = [chr(code) for code in _HAN]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}
