"""The nouns and small words by which a speaker phrase is read: what can be a body, an office, a medium, a name."""

PARTICLES = frozenset("al el bin ibn abu abd de la le van von der den da dos ben".split())
PREPOSITIONS = frozenset("of for from in at with near inside on to by close behind under against across around".split())
DEFINITE = frozenset("the its his her their this that these those".split())
INDEFINITE = frozenset(
    """a an one two three four five several some many other another numerous various multiple most both all any
    dozens hundreds""".split()
)
BODY_NOUNS = frozenset(
    """observatory council committee committees coalition commission network center centre organisation organization
    authority watch helmets defence defense ministry army force forces front union association party movement agency
    group nations cross crescent command institute foundation service department police patrol sheriffs brigade brigades battalion
    bureau cabinet congress parliament senate court tribunal embassy university hospital government administration
    federation league guard guards corps house office board bank company directorate municipality militia battalions
    unit units assembly alliance secretariat""".split()
)
BY_BODY = frozenset(  # lower-case nouns that make an organisation of the words before them
    """ministry army military police government coalition council parliament opposition authorities authority
    administration presidency embassy group network monitor observatory agency media television tv radio newspaper
    channel website websites broadcaster party militia command forces court judiciary directorate municipality office
    hospital department union organisation organization committee commission board company firm secretariat alliance
    regime embassy watchdog service committees""".split()
)
PERSONAL = frozenset(  # offices whose holder may be named right behind them
    """head director chief founder leader spokesman spokeswoman spokesperson president minister premier secretary
    ambassador envoy general colonel major captain lieutenant commander sergeant marshal governor mayor senator
    deputy doctor dr professor judge sheikh imam bishop pope king prince queen chancellor coordinator
    manager member activist analyst expert journalist reporter lawyer nurse medic resident officer official
    adviser advisor representative lawmaker mp chairman chairwoman editor researcher witness teacher engineer
    pilot diplomat inspector prosecutor superintendent sheriff coroner detective surgeon veterinarian priest
    farmer trader shopkeeper writer economist scholar author correspondent mr mrs ms sir lord gen col maj capt
    lt sgt sen rep gov prof rev master owner keeper councillor fighter veteran volunteer rescuer worker
    negotiator academic lecturer neighbour neighbor survivor driver politician vice speaker attorney emir
    patriarch rabbi cleric mufti archbishop cardinal congressman congresswoman brigadier admiral""".split()
)
SPEAKING_FOR = frozenset("spokesman spokeswoman spokesperson spokesmen spokespeople".split())
HEADING = frozenset("head director chief founder coordinator manager chairman chairwoman secretary".split())
TITLES = frozenset("mr mrs ms dr sir lord gen col maj capt lt sgt sen rep gov prof rev sheikh".split())
MEDIA = frozenset(
    "media television tv radio newspaper channel broadcaster website websites newswire daily weekly".split()
)
NO_NAMES = frozenset(
    """state house white street avenue road county sheriff sheriffs highway patrol city district school medical airport
    river lake mountain times post news press records record north south east west northern southern eastern western
    central national international federal republican democratic islamic christian muslim jewish catholic monday
    tuesday wednesday thursday friday saturday sunday president-elect""".split()
)
"""capitalised words that are never part of a person's name, though they stand in names of places and bodies"""
ANYBODY = frozenset(
    "anyone anybody everyone everybody somebody someone you one nobody nothing everything something".split()
)
PLURAL = frozenset("many some others several most both one those".split())
