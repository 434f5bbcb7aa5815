"""A letter's Word file as a page for the screen."""

from __future__ import annotations

import io
from typing import Any

import mammoth

_STYLES = """
p[style-name='Letter Title'] => h1:fresh
p[style-name='Letter Heading'] => h2:fresh
p[style-name='Letter Plain'] => p.plain:fresh
p[style-name='Letter Text'] => p.text:fresh
p[style-name='Letter Right'] => p.right:fresh
p[style-name='Letter Small'] => p.small:fresh
p[style-name='Letter Cell'] => p.cell:fresh
"""


def page_of(content: bytes) -> str:
    """HTML without scripts, outside files or pictures that have to be fetched."""
    result = mammoth.convert_to_html(
        io.BytesIO(content),
        style_map=_STYLES,
        ignore_empty_paragraphs=True,
        convert_image=mammoth.images.img_element(_no_picture),
        external_file_access=False,
    )
    return str(result.value)


def _no_picture(_image: Any) -> dict[str, str]:
    """The preview shows words; pictures of a user's own template are in the file."""
    return {"src": ""}
