"""The keys of Info.plist for the bundle that the spec makes. UNTESTED on a Mac.

By "Information Property List" (developer.apple.com/documentation/bundleresources/information_property_list)
and PyInstaller's "BUNDLE". The sentence about the microphone stands in each language in ``*.lproj``.
"""

from __future__ import annotations

IDENTIFIER = "org.evidencedesk.EvidenceDesk"
# Qt 6.11 and Python 3.11 need it.
OLDEST = "13.0"


def info_plist(version: str) -> dict[str, object]:
    """What ``BUNDLE(info_plist=…)`` takes."""
    return {
        "CFBundleName": "EvidenceDesk",
        "CFBundleDisplayName": "EvidenceDesk",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": OLDEST,
        # One program for each user: a second start raises the first, as everywhere.
        "LSMultipleInstancesProhibited": False,
        "NSHighResolutionCapable": True,
        # Light or dark as the system says.
        "NSRequiresAquaSystemAppearance": False,
        # Ends in good order at logout: a recording is sealed first.
        "NSSupportsSuddenTermination": False,
        "NSSupportsAutomaticTermination": False,
        "NSMicrophoneUsageDescription": (
            "EvidenceDesk records what debt collectors say through the microphone. "
            "Recordings stay on this computer."
        ),
        "NSHumanReadableCopyright": "Apache-2.0",
    }
