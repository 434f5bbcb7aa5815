"""EvidenceDesk (取证台): record what debt collectors say, and hand it over as evidence."""

__version__ = "0.1.0"
