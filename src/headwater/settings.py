"""Every number that tunes quality, in one frozen object that is handed in and stored with each run.

Each says what it was calibrated on. Dev gold is small, so these were chosen where a curve is flat, not at its peak, and they
move only with the gate (`make gate`).
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one run; equal settings on equal reports give equal bytes."""

    # reading
    largest_file: int = 200_000_000
    """bytes; a larger file becomes a problem, so that one file cannot exhaust memory"""
    largest_report: int = 2_000_000
    """characters; a longer report becomes a problem"""

    # reuse
    gram: int = 5
    """words in a fingerprint (Schleimer et al. 2003; 5 found every kind of copy in 100,000 synthetic reports)"""
    window: int = 5
    """fingerprints in a winnowing window: any shared run of gram + window - 1 = 9 words shares one"""
    shortest_passage: int = 7
    """words; shorter shared runs are common phrases more often than copying (syria-reports, read by hand)"""
    crowd: int = 60
    """reports that may share a fingerprint before each is joined to the earliest holder instead of to each other"""
    stock_days: int = 12
    """a fingerprint in three reports of one outlet, or four of all, this many days apart is stock, not news"""

    # derivations
    kin_words: int = 24
    """words of shared own text that make a derivation likely (origins-gold, flat from 18 to 30)"""
    kin_share: float = 0.10
    """or this share of the shorter report"""
    sure_share: float = 0.30
    """share of the shorter report from which a derivation is sure"""
    verbatim_share: float = 0.80
    partial_share: float = 0.20
    """shares of the child that separate verbatim, partial and paraphrase (definition of the gold)"""

    # stories
    story_days: int = 3
    """days between two reports on one happening; follow-ups are rarer after that (incident-reports)"""
    story_score: float = 0.30
    """evidence at which two reports tell of one happening"""
    story_faint: float = 0.12
    """likeness of words below which a pair is not even kept"""
    opening_words: int = 120
    """words of headline and opening that are compared; what follows is background more often than news"""

    # claims
    claim_score: float = 0.42
    """likeness of two event readings from which they say the same"""

    workers: int = field(default_factory=lambda: min(8, os.cpu_count() or 1))
    """processes for row and group functions; changes speed, never a result"""

    def fingerprint(self) -> str:
        """Return a hash of every setting that can change a result."""
        kept = {name: value for name, value in asdict(self).items() if name != "workers"}
        return hashlib.blake2b(json.dumps(kept, sort_keys=True).encode(), digest_size=8).hexdigest()
