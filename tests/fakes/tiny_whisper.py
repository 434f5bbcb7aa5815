"""A real Whisper model of a few megabytes, made when a test asks for it, that always says the same.

Its layers pass everything through; which word follows which is written into its words. So the real
library loads it, searches with its real beam and gives times, and a test knows what must come out.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from ctranslate2.specs import WhisperSpec
from faster_whisper.tokenizer import _LANGUAGE_CODES

_WIDTH = 64
_POSITIONS = 448
_TEXT_TOKENS = 50_257
_LANGUAGES = ("en", "zh")
_LANGUAGE_COUNT = 99
_TIMES = 1501
_WORDS = ("请", "您", "还", "款")
_SPEAKS_MS = 1_000
_STRENGTH = 8.0


def tiny_whisper(folder: Path, *, english_only: bool = False) -> Path:
    """Write the model: it hears Chinese, in every stretch of speech ``请您还款`` within a second."""
    folder.mkdir(parents=True)
    tokens = _tokens(english_only=english_only)
    (folder / "vocabulary.json").write_text(json.dumps(tokens), encoding="utf-8")
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(tokens)), encoding="utf-8")
    place = {token: number for number, token in enumerate(tokens)}
    spec = WhisperSpec(1, 1, 1, 1)
    _fill(spec, len(tokens), _answers(place, english_only=english_only))
    languages = [place[f"<|{name}|>"] for name in _LANGUAGES] if not english_only else []
    spec.config.lang_ids = languages
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.alignment_heads = [[0, 0]]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.save(str(folder))
    return folder


def _answers(place: dict[str, int], *, english_only: bool) -> list[tuple[int, int]]:
    """Which token follows which: a time, the words, a time, the end."""
    said = ["<|0.00|>", *_WORDS, f"<|{_SPEAKS_MS / 1000:.2f}|>", "<|endoftext|>"]
    begin = "<|startoftranscript|>" if english_only else "<|transcribe|>"
    pairs = list(pairwise([begin, *said]))
    if not english_only:
        pairs.append(("<|startoftranscript|>", "<|zh|>"))
    return [(place[token], place[following]) for token, following in pairs]


def _tokens(*, english_only: bool) -> list[str]:
    tokens = [*_WORDS, *(f"w{number}" for number in range(_TEXT_TOKENS - 1 - len(_WORDS)))]
    if not english_only:
        tokens.append("")  # by this the library tells it from one for English only
    names = [*_LANGUAGES, *(name for name in _LANGUAGE_CODES if name not in _LANGUAGES)][:_LANGUAGE_COUNT]
    tokens += ["<|endoftext|>", "<|startoftranscript|>", *(f"<|{name}|>" for name in names)]
    tokens += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nocaptions|>"]
    tokens += ["<|notimestamps|>", *(f"<|{number * 0.02:.2f}|>" for number in range(_TIMES))]
    return tokens


def _tokenizer(tokens: list[str]) -> dict[str, object]:
    special = [
        {
            "id": number,
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for number, token in enumerate(tokens)
        if token.startswith("<|") and "." not in token
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": special,
        "normalizer": None,
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {"type": "Fuse"},
        "model": {
            "type": "WordLevel",
            "vocab": {token: number for number, token in enumerate(tokens)},
            "unk_token": "w0",
        },
    }


def _fill(spec: WhisperSpec, words: int, answers: list[tuple[int, int]]) -> None:
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = _zeros(_WIDTH, 80, 3), _zeros(_WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(_WIDTH, _WIDTH, 3), _zeros(_WIDTH)
    encoder.position_encodings.encodings = _zeros(1500, _WIDTH)
    embeddings, projection = _zeros(words, _WIDTH), _zeros(words, _WIDTH)
    for step, (token, following) in enumerate(answers):
        embeddings[token, step] = 1.0
        projection[following, step] = _STRENGTH
    decoder.embeddings.weight = embeddings
    decoder.position_encodings.encodings = _zeros(_POSITIONS, _WIDTH)
    decoder.projection.weight = projection
    for layer in encoder.layer:
        _attention(layer.self_attention, linears=2)
        _feed_forward(layer.ffn)
    for layer in decoder.layer:
        _attention(layer.self_attention, linears=2)
        _attention(layer.attention, linears=3)
        _feed_forward(layer.ffn)
    for norm in (encoder.layer_norm, decoder.layer_norm):
        norm.gamma, norm.beta = np.ones(_WIDTH, np.float32), _zeros(_WIDTH)


def _attention(attention: object, *, linears: int) -> None:
    shapes = {2: (3, 1), 3: (1, 2, 1)}[linears]
    for linear, times in zip(attention.linear, shapes, strict=True):  # type: ignore[attr-defined]
        linear.weight, linear.bias = _zeros(_WIDTH * times, _WIDTH), _zeros(_WIDTH * times)
    _norm(attention.layer_norm)  # type: ignore[attr-defined]


def _feed_forward(ffn: object) -> None:
    for linear in (ffn.linear_0, ffn.linear_1):  # type: ignore[attr-defined]
        linear.weight, linear.bias = _zeros(_WIDTH, _WIDTH), _zeros(_WIDTH)
    _norm(ffn.layer_norm)  # type: ignore[attr-defined]


def _norm(norm: object) -> None:
    norm.gamma, norm.beta = np.ones(_WIDTH, np.float32), _zeros(_WIDTH)  # type: ignore[attr-defined]


def _zeros(*shape: int) -> npt.NDArray[np.float32]:
    return np.zeros(shape, dtype=np.float32)
