"""The words that attribute: reporting verbs by what they say of the content, and the nouns that can be speakers.

The verbs are the usual reporting verbs of English news prose; Newell et al. (2018, PolNeAR) describe how such cues are used.
"""

import re

from headwater.stages.words import fold, stem

SAYING = frozenset(
    """said says say added adds told tells announced announces stated states reported reports confirmed confirms
    claimed claims noted notes declared declares explained explains insisted insists argued argues stressed
    stresses wrote writes tweeted posted recalled revealed reveals disclosed estimated estimates alleged alleges
    asserted asserts acknowledged admitted admits conceded maintained remarked commented concluded concludes
    described describes replied responded quipped testified suggested suggests indicated indicates pointed
    emphasized emphasised underlined underscored reiterated vowed pledged promised threatened urged cautioned
    complained lamented observed documented counted counts recorded believes believed thinks thought hopes hoped
    fears feared accused accuses blamed blames denounced condemned condemns decried welcomed slammed praised
    quoted informed briefed called calls demanded demands appealed asked""".split()
)
DENYING = frozenset(
    """denied denies deny rejected rejects dismissed dismisses refuted refutes disputed disputes contradicted""".split()
)
DOUBTING = frozenset(["doubted", "doubts", "questioned", "questions"])
FORECASTING = frozenset(
    """predicted predicts forecast forecasts warned warns expects expected anticipates anticipated""".split()
)
ALSO_SAYING = frozenset(
    """accept affirm allege announce appeal argue assess assert attribute blame broadcast caution charge cite claim
    clarify complain conclude condemn confirm consider contend criticise criticize decide declare demand deny
    describe determine disclose document emphasise emphasize estimate express find forecast hear highlight hint
    imply insist interpret list mention note offer pledge point portray praise predict proclaim prove quote rate
    recall reckon recount refer reiterate relate remark repeat reply report retract reveal say show signal specify
    speculate state stress suggest surmise suspect swear testify think threaten tweet underline urge verify view vow
    warn welcome wonder write admit acknowledge accuse add believe doubt explain expect fear hope indicate reject
    dismiss refute tell put gave give heard found spoke spoken speak continue raise lower revise set hold maintain""".split()
)
"""more verbs that report, by their plain form; the model's cues are believed when one of these, or of CUES, stands in them"""
CUES = SAYING | DENYING | DOUBTING | FORECASTING
REPORTING = frozenset(stem(verb) for verb in ALSO_SAYING)
WORD = re.compile(r"[\w’'-]+")
MARKS = re.compile(r"[:\"“”„«»‘`—–]|''")
AUXILIARY = frozenset(
    """now has have had was were is are been be also later earlier then repeatedly previously publicly reportedly""".split()
)
NOUN_TOO = frozenset(
    """reports claims states fears hopes calls counts questions demands estimates doubts forecasts posted""".split()
)
SPEECH_NEEDS_CONTENT = frozenset(
    """called calls asked demanded demands appealed condemned condemns welcomed praised slammed described describes
    posted""".split()
)

ROLES = frozenset(
    """master engineer engineers trader traders farmer farmers owner owners surgeon veterinarian priest keeper
    negotiator negotiators board bank firm operator brigade front tribunal inquiry shopkeeper shopkeepers
    neighbours neighbour deputies councillor academic lecturer activist activists adviser advisor agency aide
    aides alliance ambassador analyst analysts army article assembly attorney authorities authority body
    broadcaster bulletin bureau cabinet captain center centre channel chief cleric clerics coalition colonel
    command commander commanders commission committee committees communique company congress correspondent
    council coroner court defense defence department deputy detective detectives diplomat diplomats directorate
    director doctor doctors document documents embassy envoy eyewitness eyewitnesses faction federation fighter
    fighters firefighters force forces foundation governor governorate government group groups head hospital
    inspector inspectors institute institution investigators journalist journalists judge leader leaders letter
    lawmaker lawmakers lawyer lawyers lieutenant major marshal mayor media medic medics member members memo
    message militants military militia minister ministers ministry mission monitor monitors mother father
    brother sister movement nation neighbor neighbors network news newspaper nurse observatory observers office
    officer officers official officials opponents opposition organisation organisations organization
    organizations paper parliament parliamentarian party people pilot police policeman politician post president
    presidency press prosecutor prosecutors protesters radio rebel rebels refugee refugees regime report
    reporter reporters reports representative rescuer rescuers researcher resident residents responders rights
    sailors scientist secretary senator sergeant sheriff side source sources speaker spokesman spokesmen
    spokesperson spokespeople spokeswoman staff state statement station student study superintendent supporters
    survivor survivors team teacher television troops tv union unit victim video villager villagers volunteer
    volunteers war website white witness witnesses woman worker workers chairman premier chancellor king prince
    sheikh imam bishop archbishop pope general soldier soldiers driver coordinator manager executive ombudsman
    lieutenants writer economist expert experts author scholar family relatives wife husband man men women
    others accounts figures account feed twitter websites campaigners sites helmets companies""".split()
)
UNNAMED_ROLES = frozenset(
    """engineer engineers trader traders farmer farmers owner owners surgeon veterinarian shopkeeper shopkeepers
    neighbour neighbours negotiator negotiators academic activist activists aide aides analyst analysts diplomat
    diplomats doctor doctors eyewitness eyewitnesses fighter fighters investigators journalist journalists
    lawmakers lawyer medic medics nurse officer officers official officials opponents people pilot policeman
    politician protesters rebel rebels refugee refugees report reporter reporters reports rescuer rescuers
    resident residents source sources staff student supporters survivor survivors teacher victim villager
    villagers volunteer volunteers witness witnesses woman worker workers man men women others accounts account
    commander commanders soldier soldiers driver neighbors neighbor correspondent correspondents observers
    experts expert member members militants spokesman spokeswoman spokesperson family relatives detective
    detectives responders writer lawmaker adviser advisers advisor advisors lawyers attorneys friend friends allies ally
    colleagues colleague mother father parents brother sister daughter cousin uncle aunt""".split()
)
DOCUMENTS = frozenset(
    """statement report document documents letter memo study article bulletin communique video message videos footage
    image images photo photos photograph photographs picture pictures estimate estimates figures data evidence record
    records survey poll investigation results resolution note findings documentary file files post posts tweet clip
    clips reports accounts allegations text texts complaint complaints affidavit affidavits warrant warrants indictment
    indictments filing filings lawsuit testimony obituary release transcript transcripts""".split()
)
ROLES |= DOCUMENTS | UNNAMED_ROLES
PRONOUNS = frozenset("he she they it i we who".split())
PLURAL_PEOPLE = frozenset(
    """people men women others family relatives victims fighters rebels members forces militants soldiers troops
    civilians volunteers residents""".split()
)
NAMED_AFTER = frozenset(
    """claimed claims accused accuses blamed blames denied denies deny rejected rejects condemned condemns
    denounced""".split()
)
PASSIVE = frozenset("""given claimed denied reported confirmed announced rejected dismissed""".split())
TITLES = frozenset(
    """group agency monitor organisation organization network newspaper channel broadcaster watchdog head director
    spokesman spokeswoman leader chief minister""".split()
)


def may_attribute(text: str) -> bool:
    """Tell whether any cue in a text could be believed: a word that reports stands in it, or a mark that can be a cue itself."""
    if MARKS.search(text):
        return True
    words = {fold(word) for word in WORD.findall(text)}
    return "according" in words or any(word in CUES or stem(word) in REPORTING for word in words)
