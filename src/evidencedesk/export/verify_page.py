"""Writes VERIFY.html: one page that checks the folder it lies in, offline, in any browser."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from evidencedesk.wording.verify_page import page_texts

# One script made of these, in this order: what a file uses while it is read stands in one before it.
_LIBRARY = (
    "bytes.js",
    "sha256.js",
    "strict_json.js",
    "names.js",
    "bag.js",
    "hashes.js",
    "schema.js",
    "journal.js",
    "fold.js",
    "facts.js",
    "pulses.js",
    "recordings.js",
    "redaction.js",
    "der.js",
    "certificate.js",
    "cms.js",
    "ssh.js",
    "signature_files.js",
    "checkpoints.js",
    "signature.js",
    "stamps.js",
    "beside.js",
    "bounds.js",
    "verify.js",
    "chosen.js",
    "worker.js",
    "words.js",
    "commands.js",
    "report.js",
    "page.js",
)
_START = "start.js"


def verify_page_html(language: Language) -> str:
    """The page, opening in ``language``; the other one is a click away. Always the same bytes."""
    texts = {name: page_texts(Words(name, resource("locale"))) for name in ("zh", "en")}
    style = _text("page.css")
    script = f'"use strict";\n(() => {{\n{verify_library()}\n{_text(_START)}}})();\n'
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    html = environment.from_string(_text("page.html.j2")).render(
        language={"zh": "zh-CN"}.get(language, language),
        zh=texts["zh"]["page"],
        en=texts["en"]["page"],
        title=texts[language]["page"]["title"],
        texts=_embedded(texts),
        schema=_embedded(json.loads(resource("schemas", "event.schema.json").read_bytes())),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file; a test refuses a closing tag in it
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
    )
    return html.lstrip()


def verify_library() -> str:
    """The script without its start: what the page can do, for tests that call it piece by piece."""
    return "\n".join(_text(name) for name in _LIBRARY)


def _text(name: str) -> str:
    # Reading as text makes newlines one kind, as a browser does before it hashes.
    return resource("verify", name).read_text(encoding="utf-8")


def _embedded(value: Any) -> Markup:
    """JSON inside a page: nothing in it can end its element or begin another."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 - it has no markup left


def _csp_hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
