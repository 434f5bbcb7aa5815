"""What the program says about itself."""

from __future__ import annotations

from evidencedesk.wording.language import mark

WHAT_IT_IS = mark(
    "Records what debt collectors say at the door or on the phone, and hands it over as a case folder that "
    "anyone can check."
)
LICENCE = mark("Free software under the Apache License 2.0, without warranty.")
PRIVACY = mark(
    "Nothing leaves this computer unless you hand it over yourself, or turn outside time stamps "
    "on: then a hash does, never content."
)
NO_ADVICE = mark("Nothing it says is legal advice. Police, regulators and courts decide what is unlawful.")
REPLACE_QT = mark(
    "Qt and Qt for Python (PySide6, Shiboken6) are used unchanged under the LGPL version 3; so are soxr, "
    "libsndfile and docxtpl under the LGPL version 2.1. You may replace them with versions of your own: they "
    "are separate files beside the program (in an installed package the folders PySide6, shiboken6, soxr and "
    "_soundfile_data, else the packages of the same names that pip installs). Put yours in their place, with "
    "the same version before the first point, and start the program again; nothing checks or prevents it. "
    "Taking the program apart to do so is allowed. Their source: https://download.qt.io/official_releases/QtForPython/"
)
