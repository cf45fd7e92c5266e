"""Every number that tunes quality, in one frozen object that is handed in and stored with each run.

Each says what it was calibrated on. Dev gold is small, so these were chosen where a curve is flat, not at its peak, and they
move only with the gate (`make gate`).
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field

UNFELT = frozenset(
    "workers reader_seconds reader_memory fetch_bytes fetch_seconds fetch_tries fetch_pause fetch_longest_pause fetch_hops"
    " fetch_hosts fetch_again follow_most reach".split()
)
"""settings that no stage feels: they change speed, or what is read"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one run; equal settings on equal reports give equal bytes."""

    # reading
    largest_file: int = 200_000_000
    """bytes; a larger file becomes a problem, so that one file cannot exhaust memory"""
    largest_report: int = 2_000_000
    """characters; a longer report becomes a problem"""

    reader_seconds: float = 20.0
    """wall time that one page, document or archive record may take to be read before its process is ended"""
    reader_memory: int = 1_500_000_000
    """bytes of address space that a process may take on top of what it begins with"""
    fetch_bytes: int = 20_000_000
    """bytes of one answer as they come over the wire; what is longer becomes a problem"""
    fetch_seconds: float = 60.0
    """wall time for one address with all its redirects, however slowly it drips"""
    fetch_tries: int = 3
    """times that an address is asked when it answers 429, 5xx or not at all"""
    fetch_pause: float = 1.0
    """seconds between two requests to one host; a robots.txt may ask for more"""
    fetch_longest_pause: float = 120.0
    """seconds; who asks for a longer pause before the next try is not asked again in this run"""
    fetch_hops: int = 10
    """redirects that are followed"""
    fetch_hosts: int = 8
    """hosts that are asked at the same time"""
    fetch_again: float = 300.0
    """seconds after which a link that was read is asked for again, so that a reading that was cut off goes on where it was"""
    follow_most: int = 500
    """pages of one feed that are followed at once; the others wait for the next time, so that one feed cannot take a day"""
    reach: tuple[str, ...] = ()
    """`host:port` of this machine or network that links may lead to all the same, such as a newsroom's own mirror"""

    # reuse
    gram: int = 5
    """words in a fingerprint (Schleimer et al. 2003; 5 found every kind of copy in 100,000 synthetic reports)"""
    window: int = 3
    """fingerprints in a winnowing window: any shared run of gram + window - 1 = 7 words shares one"""
    shortest_passage: int = 7
    """words; shorter shared runs are common phrases more often than copying (syria-reports, read by hand)"""
    crowd: int = 24
    """reports that may share a fingerprint before each is joined to the earliest holder instead of to each other"""
    stock_days: int = 12
    """a fingerprint in three reports of one outlet, or four of all, this many days apart is stock, not news"""

    # derivations: log-odds that two reports have text from one another or from a third. Logistic regression on pairs marked by hand
    # of the unlabelled piles (training/fit_kinship.py)
    kin_least: int = 12
    """words of shared own text from which a pair is looked at"""
    kin_bias: float = -4.0
    kin_words: float = 0.82
    """times the logarithm of words of shared own text, or of stems that reworded sentences share, plus one"""
    kin_longest: float = 0.75
    """times the logarithm of the longest run of them plus one"""
    kin_whole: float = 0.23
    """times the logarithm of the share of the report that shares more, in the same or other words, plus 0.02"""
    kin_days: float = -0.44
    """times the logarithm of the days between them plus one"""
    kin_apart: float = -0.76
    """they tell of different happenings"""
    kin_house: float = -1.7
    """one outlet's reports of days more than one apart"""
    kin_alike: float = 1.0
    """times the mean likeness of sentences that stand in one order in other words"""
    kin_throughout: float = 1.45
    """these make up much of either report"""
    kin_page: float = 6.0
    """they have one address: versions of one page have text from one another however much of it was rewritten; not calibrated"""
    kin_score: float = 0.0
    """log-odds from which two reports are kindred"""
    kin_sure: float = 0.5
    """log-odds from which a derivation is sure: of the marked pairs above it nine in ten are kindred, each scored by a fit without it"""
    way_credit: float = 5.0
    """log-odds of a direction: one credits the other's outlet"""
    way_named: float = 4.0
    """or names it as where somebody's words come from"""
    way_house: float = 1.5
    """one outlet, of a later day"""
    way_later: float = 0.8
    """of a later day: so are 8 of the 11 children of another day whose parent a credit tells (training/direction.py)"""
    way_more: float = 0.8
    """more of it stands in the other than the other way round: so it is with 3 of the 4 such children; alone neither is enough"""
    way_toll: float = 0.3
    """its toll is higher: so it is with 11 of the 19 later ones among kindred pairs of different days and tolls"""
    way_cut: float = 0.8
    """it drops words inside the text they share: so do the later ones of 7 families, and 1 of 2 children whose parent a credit tells"""
    way_certain: float = 3.0
    """log-odds from which a direction is certain"""
    way_likely: float = 1.0
    """from which it is likely; below, it is undecidable"""
    verbatim_share: float = 0.80
    partial_share: float = 0.20
    """shares of the child that separate verbatim, partial and paraphrase (definition of the gold)"""

    # rewordings (origins-gold and the newsroom: kin from .37 up, others up to .35)
    reworded_opening: float = 0.35
    """cosine of two openings from which their sentences are compared"""
    reworded_sentence: float = 0.30
    """Dice coefficient of significant words from which two sentences are counterparts"""
    reworded_mean: float = 0.36
    """mean likeness of the sentences of one report to their counterparts from which it can be the other's text reworded"""
    reworded_ordered: int = 2
    """counterparts that must stand in one order"""
    reworded_shared: float = 33.0
    """weight of the words that counterparts share: two short reports of one event share a handful anyway"""

    # stories: log-odds that two reports tell of one happening, each a column of `likenesses`. Logistic regression on the pairs
    # of origins-gold and (at a fiftieth of its weight a pair) incident-reports, rounded; training/fit_stories.py shows them beside a fit.
    story_bias: float = 1.6
    story_words: float = 1.7
    """times the logarithm of the cosine of words plus 0.03, so that sharing nothing weighs heavily"""
    story_names: float = 0.6
    """the same for names"""
    story_headline: float = 1.6
    """times the weight of a word that stands in the headline"""
    story_counts: float = 0.9
    story_copied: float = 0.5
    story_same_day: float = 2.9
    story_next_day: float = 2.2
    story_near: float = 1.2
    """two or three days apart"""
    story_week: float = 0.4
    """four to ten days apart"""
    story_far: float = -2.4
    """further apart than that"""
    story_undated: float = 1.0
    """either report without a date"""
    story_named_day: float = 1.1
    """their openings name a common day"""
    story_other_day: float = -1.5
    """both name days, and none in common"""
    story_rarity: float = 0.3
    """times the rarity of the rarest town that both openings name: little for the town that half of the pile is about"""
    story_same_town: float = -0.8
    """added to it"""
    story_one_region: float = -0.6
    """they name other towns of one region"""
    story_other_town: float = -1.2
    """or of no common region; these five by a coarse search over incident-reports, origins-gold and the marked pairs"""
    story_same_region: float = 0.2
    story_other_region: float = -0.8
    story_told: float = 1.5
    """in place of the days apart: the opening of one names the day on which the other appeared (chosen like the five before)"""
    story_told_later: float = -1.0
    """or what follows the opening does"""
    story_told_days: float = -1.0
    """or a time of up to ten days"""
    story_told_weeks: float = -1.5
    """or of up to five weeks"""
    story_score: float = 0.28
    """mean probability from which reports are one story"""
    story_faint: float = 0.05
    """probability below which a pair is not even kept"""
    opening_words: int = 120
    """words of headline and opening that are compared; what follows is background more often than news"""

    # claims: log-odds that two statements of a story say the same. Logistic regression on 614 hand-marked pairs of the unlabelled piles
    # (training/fit_claims.py), then a coarse search over origins-gold, the newsroom, ECB+ and the same pairs raised dice and names
    claim_bias: float = -8.8
    claim_meaning: float = 10.0
    """times the cosine of their vectors"""
    claim_dice: float = 5.0
    """times the Dice coefficient of their words without names, rare words weighing more"""
    claim_overlap: float = 1.0
    """times the overlap coefficient of the same"""
    claim_names: float = 0.6
    """times the Dice coefficient of their names"""
    claim_number: float = 1.4
    """they name a common number"""
    claim_clash: float = -0.5
    """both name numbers, and none in common"""
    claim_same_value: float = 5.0
    """the same doer or means, so that deeds of one doer are told apart"""
    claim_least: float = 1.6
    """log-odds that words must add before the vectors are asked for, which cost milliseconds each"""
    claim_least_named: float = 0.7
    """the same where the doer or the means is the same, so that two deeds of one doer are not one for the name's sake; from 0.5 to 0.8
    origins-gold and the newsroom score the same, above lower and higher ones"""
    claim_score: float = 0.20
    """mean probability from which statements say the same"""
    claim_context: float = 0.02
    """mean share of pairs with words in common from which equal counts are of one happening"""

    workers: int = field(default_factory=lambda: min(8, os.cpu_count() or 1))
    """processes for row and group functions; changes speed, never a result"""

    def fingerprint(self) -> str:
        """Return a hash of every setting that can change what stages make of what was read."""
        kept = {name: value for name, value in asdict(self).items() if name not in UNFELT}
        return hashlib.blake2b(json.dumps(kept, sort_keys=True).encode(), digest_size=8).hexdigest()
