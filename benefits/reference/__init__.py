"""Dated, cited values, published evidence, and specifications of what is uncertain.

Values are looked up by name and date (``load_library().at(id, date)``), evidence by name (``load_evidence()[id]``).
Importing this room imports neither numpy, scipy nor a YAML reader; they are imported where they are used.
"""

from benefits.reference.citation import Disagreement, Source, Texts
from benefits.reference.dated import EmptyReference, NoValueYet, ReferenceValue, UnknownReference
from benefits.reference.distributions import (
    Beta,
    Distribution,
    Fixed,
    LogNormal,
    Mixture,
    Normal,
    Triangular,
    Uniform,
    UnusableDistribution,
    from_interval,
    from_low_likely_high,
    from_mean_se,
    latin_hypercube,
)
from benefits.reference.evidence import (
    Evidence,
    EvidenceLibrary,
    EvidenceNeedsBaselineRisk,
    NoDistribution,
    load_evidence,
    risk_ratio_from_odds_ratio,
)
from benefits.reference.values import Entry, Library, load_library, read_library

__all__ = [
    "Beta",
    "Disagreement",
    "Distribution",
    "EmptyReference",
    "Entry",
    "Evidence",
    "EvidenceLibrary",
    "EvidenceNeedsBaselineRisk",
    "Fixed",
    "Library",
    "LogNormal",
    "Mixture",
    "NoDistribution",
    "NoValueYet",
    "Normal",
    "ReferenceValue",
    "Source",
    "Texts",
    "Triangular",
    "Uniform",
    "UnknownReference",
    "UnusableDistribution",
    "from_interval",
    "from_low_likely_high",
    "from_mean_se",
    "latin_hypercube",
    "load_evidence",
    "load_library",
    "read_library",
    "risk_ratio_from_odds_ratio",
]
