"""How dates are printed: patterns that the stages of texts and dates share."""

import re

MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?"
CLOCK = r"(?:,?\s*(?:at\s+)?\d{1,2}:?\d{2}(?::\d{2})?\s*+(?:[AaPp]\.?[Mm]\.?)?(?:\s*\(?(?:GMT|UTC|KSA|E[SD]T|C[SD]T|M[SD]T|P[SD]T|BST|CET)\)?(?:\s?[+-]\s?\d{1,2})?)?)?"
DAY = (
    rf"(?:(?:{WEEKDAY}\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s?\d{{4}})"
    r"|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}(?:T[\d:]+Z?)?)"
)
PRINTED = re.compile(
    rf"(?:(?:Published|Posted|Date of publication|Last updated|Updated|Created|Date|First published)(?:\s+(?:on|at))?:?\s+)?{DAY}{CLOCK}"
)
