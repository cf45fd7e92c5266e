"""Parts of the page that came along with a text: told by their words, each kind with its own rule.

In: a line, or one sentence of a line. Out: the part that it is, or None. Three kinds of part matter to what stands around them: one
stands alone between paragraphs, one opens a list of other stories, and behind one the report is over.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: the rule that tells it, and whether it opens a list or stands behind the report."""

    rule: str
    lists: bool = False
    ends: bool = False


SITE = r"(?:twitter|facebook|instagram|youtube|linkedin|pinterest|google\+?|snapchat|telegram|whatsapp)"
NOTICE = Part("copyright@1", ends=True)
PARTS: tuple[tuple[Part, str], ...] = (
    (
        Part("comment-form@1", ends=True),
        r"""leave\ a\ (?:reply|comment)|(?:post|add|write)\ (?:a\ |your\ )?comment|be\ the\ first\ to\ comment|\d*\ ?comments?\W*$|please\ enter\ your\ (?:comment|name|e-?mail)
        |join\ the\ (?:conversation|discussion)\b|(?:view|show|read|load|see)\ (?:all\ |the\ )?(?:\d+\ )?(?:more\ )?comments|comments\ (?:are|have\ been)\ (?:closed|disabled)|you\ must\ be\ logged\ in
        |(?:log|sign)\ in\ to\ (?:comment|leave|reply)|report\ (?:an?\ )?(?:error|typo|abuse)|community\ (?:standards|guidelines)|comments\ powered\ by|your\ e-?mail\ address\ will\ not\ be""",
    ),
    (
        NOTICE,
        r"""\(?(?:tm\ and\s*)?(?:(?:©|\(c\)\ |copyright\b)(?=.{0,80}(?:\d{4}|reserved))|©(?=.{0,60}$)|(?:all\ )?contents?\ (?:copyright\ )?©)|all\ rights\ reserved|.{0,60}©\s?\d{4}|this\ material\ may\ not\ be""",
    ),
    (
        Part("page-list@1", lists=True, ends=True),
        r"""(?:related|recommended|popular|trending|most\ (?:read|popular|viewed|shared|commented)|relevant|further\ reading|more\ headlines|top\ (?:stories|headlines|news|videos?|picks)|latest\ (?:stories|headlines|videos?|news)
        |(?:previous|earlier|past|more|other|similar|continuing|full|complete|ongoing|additional)\ (?:stories|coverage|headlines|links|articles|posts|videos)|editors?['’]?s?\ (?:picks|choice)
        |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested)|trending\ now|don['’]?t\ miss|also\ on|read\ next|up\ next|in\ case\ you\ missed\ it|what\ others\ are\ reading|around\ the\ web|from\ the\ web|promoted\ stories)
        (?:\ (?:stories|articles|links|content|coverage|news|posts|topics|videos?|items|reading|now|for\ further\ reading|on\ \S+|from\ \S+|you\ may\ like.*|this|to\ this(?:\ story)?|for\ you|today|searches|galleries|media))*\W*$
        |(?:related|relevant|recommended)\ (?:stories|story|articles?|links?|content|coverage|posts?|topics?|videos?)\b
        |(?:more|also)\ (?:like\ this|from|on|in)\b.{0,40}$|more\ (?:[\w.'’]+\ ){1,4}(?:stories|news|coverage|headlines|videos)$|more\ (?:reports|stories)\ (?:by|from)\b.{0,40}$|more\ stories\ you|read\ more\ top""",
    ),
    (
        Part("other-story@1"),
        r"""(?:related|read\ more|more|see\ also|also\ see|also|also\ read|read\ also|also\ watch|watch|watch\ (?:also|more|now|live|video)|most\ (?:read|popular|viewed)|must\ (?:see|watch|read)|previous(?:ly)?|earlier|previous\ (?:story|coverage)|(?:original|full|continuing|complete)\ (?:story|coverage)\ here
        |more\ (?:info|information|coverage|details)|trending|slide\ ?show|gallery|don['’]?t\ miss|full\ (?:coverage|story)|continuing\ coverage|click)\s*[:|»>](?!\d).{4,}
        |read\ (?:also|next|more|the\ (?:full|rest|original))\b|also\ read\b|must\ watch|just\ watched|replay\ more|(?:read\ or\ )?share\ this\ (?:story|article)|\d{1,2}:\d{2}\ (?!(?:[ap]\.?m|[ecmp][sd]t|gmt|utc)\b)["'‘“#@]?[A-Z].*[^.]$
        |show\ transcript|hide\ transcript""",
    ),
    (
        Part("share@1"),
        r"""share(?:\ (?:this|post|on|via|link)\b.*)?:?$|share\ (?:this|on|via|with)\b.{0,80}$|copy\ (?:link|this)|like\ this:|print\ this|e-?mail\ this|spot_img""",
    ),
    (
        Part("player@1"),
        r"""please\ (?:enable|turn\ on|activate)\ javascript|javascript\ (?:is|must|has)|you\ need\ (?:the\ latest\ version|to\ (?:enable|have))|having\ trouble\ (?:viewing|with|seeing)|(?:mobile|app)\ users?\b|on\ mobile\?|scroll\ down\ for|your\ browser|(?:view|open|enter|see)\ (?:as\ )?(?:list|gallery|slideshow|full\ gallery)
        |you\ must\ enter\ the\ char|message:\ \*|a\ friend\ wanted\ you|this\ is\ a\ modal|watch\ (?:this|the)\ (?:story|video|report|clip)\b|watch\ .{0,60}\b(?:report|video|live|newscast)\s*$|(?:click|tap)\ (?:here|on|to|the|below)\b|click\ .{0,40}\ (?:here|hereto|below)|add\ a\ location\ to\ your|when\ you\ tweet\ with\ a\ loc
        |(?:video|photos?|slideshow|gallery):?\ (?:watch|see|view|click)\b|loading|play\ video|closed\ caption""",
    ),
    (
        Part("advert@1"),
        r"""(?:advertisement|advertising|sponsored|paid\ content)\b.{0,60}$|(?:story|article)\ continues\ below|continue\ reading\b.{0,30}$|continued?\ below|(?:scroll|swipe)\ to\ continue""",
    ),
    (
        Part("sign-up@1"),
        r"""log-?in\ here|(?:sign|log)\ (?:in|up|on)(?:\W*$|\ (?:for|to|with|now|today|here|below)\b)|subscribe(?:\W*$|\ (?:to|now|today|for|here|by|via)\b)|register(?:\W*$|\ (?:now|here|to|for)\b)|already\ a\ (?:subscriber|member)|(?:you['’]ve|you\ have)\ (?:now\ )?(?:read|reached|used)|thank\ you\ for\ (?:subscrib|regist|sign|read|visit)
        |if\ you\ (?:do\ not|don['’]t)\ receive|you\ are\ the\ owner|oops\b|\d+\ of\ \d+\ (?:premium|free)|re-enter|sorry,\ (?:this|your|we|no)\b.{0,40}(?:zip|account|e-?mail|page|content|article)|we\ look\ forward\ to\ seeing\ you|your\ (?:account|e-?mail|subscription|notification|comment)\b.{0,60}\b(?:saved|confirmed|updated|sent|active|expired)
        |get\ (?:breaking|e-?mail|alert|news|local|top|our|the\ latest|the\ top|free|daily|unlimited|digital|full\ access|live|alerted|notified)\b|never\ miss|don['’]t\ miss\ (?:a|any|out|another)\b|want\ (?:more|the\ latest)|e-?mail\ (?:notifications|newsletters?|alerts?)\b|whenever\ .{3,40}\ posts\ new|(?:create|activate|set\ up)\ (?:an|your)\ (?:free\ )?(?:account|profile)|enter\ your\ e-?mail
        |we\ use\ cookies|by\ (?:continuing|signing\ up|clicking|using|submitting)\b|terms\ of\ (?:use|service)|privacy\ policy|download\ (?:our|the|it|now)\b|your\ notification|there\ was\ a\ problem\ saving|we\ have\ sent\ you\ an?\b|please\ check\ your\ e-?mail|you\ agree\ to\ receive|just\ one\ more\ thing
        |get\ the\ .{3,60}\ delivered|(?:free|mobile|news)\ apps?\b.{0,40}$|text\ ["“']?\w+["”']?\ to\ \d{4,}|(?:breaking\ )?(?:news\ )?alerts?\ (?:by|to|via)\ (?:e-?mail|text)|support\ (?:our|local|independent)\ (?:journalism|reporting)""",
    ),
    (
        Part("stay-tuned@1"),
        r"""(?:\w+\ ){0,2}(?:this|the)\ (?:(?:is\ )?(?:a|an)\ )?(?:(?:developing|breaking|ongoing)\ (?:news\ )?(?:story|event|report|news|alert)|(?:story|article|report|post|page)\ (?:will\ be|is\ being|is\ (?:still\ )?developing|is\ ongoing))\b|this\ is\ (?:a|an)\ (?:developing|breaking|ongoing|updating)\b.{0,20}(?:story|news|report|alert)
        |(?:please\ )?check\ back\b|(?:please\ )?stay\ (?:with|tuned|on|up|connected|informed|here)\b.{0,70}\b(?:for|to|online|latest|updates?|details|news|com|date)\b|stay\ (?:tuned|up\ to\ date|connected|in\ touch)\b|keep\ (?:with|up|checking|it\ here)\b.{0,60}\b(?:online|date|latest|back|updates)|tune\ in(?:to)?\b|refresh\ (?:this|the|\S+\.)|look\ for\ (?:updates|more)
        |(?:more|further)\ (?:details|information|updates|on\ this(?:\ story)?)\b.{0,20}\b(?:to\ come|as\ (?:it|they|we)|coming|soon|tonight|later)|details\ to\ (?:come|follow)|more\ to\ (?:come|follow)|we(?:['’]ll|\ will)\ (?:have|bring|post|update|pass\ along|continue\ to\ (?:update|bring|follow|provide))\b.{0,30}\b(?:more|updates?|you|this|the\ latest|details|information)
        |(?!.{0,40}\b(?:police|sheriff|officials?|authorities|department)\b).{2,40}\ will\ (?:have|bring|provide|update|post|continue\ to\ (?:update|bring|follow|provide))\b.{0,60}\b(?:this\ story|developing\ story|on[\s-]?air|newscast|online|becomes?\ available|you\ (?:updates?|the\ latest|with)|as\ (?:it|they|more|soon))\b
        |(?:get|find|see)\ (?:the\ latest|updates|more)\b|for\ (?:the\ latest|more|updates|continuing|breaking)\b.{0,60}\b(?:listen|click|visit|go\ to|log\ on|download|follow|stay|watch|tune)
        |visit\ \S+\ for|(?:like|find|join|follow|visit)\ (?:us|our|the\ conversation)\b|follow\ (?:\w+\ ){1,4}on\ """
        + SITE
        + r"""|follow\ @|follow\ [\w.]+:|stay\ up\ to\ date|(?:have|got|know)\ (?:a|any)\ (?:news\ |story\ )?(?:tip|photo)|send\ (?:us\ )?(?:your\ |a\ )?(?:news\ )?(?:tips?|photos|story\ ideas)|submit\ (?:a|your)\b|about\ us|contact\ us|skip\ to|tags?:|filed\ under|topics:|(?:original\ )?short\ url|date:?$""",
    ),
)
LEAD = r"[\s\-–—•*|+>#(\[»·]*(?:close\s+)?"
"""what may stand before the words of a part; a quotation mark may not, since people are quoted saying such things"""
FOUND = tuple((part, re.compile(f"^{LEAD}(?:{words})", re.I | re.X)) for part, words in PARTS)
LONGEST = 40
"""words; a longer line is text that begins like a part of a page"""
LONGEST_NOTICE = 120
"""words; the same for a notice of copyright"""
MOST_CHARACTERS = 1_500
"""characters; a line of fewer words than these and more characters is made to keep patterns busy"""

STRONG = frozenset(
    "share tweet email e-mail mail print pin facebook twitter google+ linkedin pinterest reddit whatsapp instagram youtube rss sms tumblr flipboard"
    " copy embed bookmark comments comment views shares likes loading size font menu search login subscribe register newsletter newsletters"
    " advertisement close save enlarge fullscreen mute pause playback gallery tweets url".split()
)
WEAK = frozenset(
    "a it this to on via by with of or and the in up sign log us link links open play like view list text plus google more show hide all"
    " now free app apps iphone ipad android alerts news weather sports home video videos photos next previous prev back top live related get short"
    " current time stream type loaded progress remaining rate chapters settings expand collapse page story article post continue reading below".split()
)
COUNTED = frozenset("views comments comment shares likes tweets tweet share url facebook twitter".split())
"""words behind which a number is theirs"""
ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|@\w+|\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}|\d{3}-\d{4}|\b(?:e-?mail|twitter|facebook|phone|tel|or|and|at|on)\b|[\W_]",
    re.I,
)
WRITER = re.compile(
    rf"^{LEAD}(?:(?:contact|reach|e-?mail|follow|call|tweet)\ (?:him|her|them|me|the\ (?:writer|reporter|author)|(?-i:[A-Z][\w.'’-]+\ (?:[A-Z][\w.'’-]++\ ?+){{1,3}}))(?:\ ?(?:at|on|via|by)\b|:)"
    rf"|(?-i:[A-Z][\w.'’-]+(?:\ [A-Z][\w.'’-]+){{1,3}}):\ (?=.{{0,30}}\S@)"
    rf"|(?:(?-i:[A-Z][\w.'’-]+(?:\ [A-Z][\w.'’-]+){{0,3}})|(?:she|he|they|you))\ (?:can|may)\ (?:also\ )?(?:be\ (?:reached|contacted|followed|found)|e-?mail|follow|reach)\b"
    rf"|to\ (?:contact|reach|e-?mail)\ (?:the\ )?(?:writer|reporter|author|columnist|editor)"
    rf"|.{{3,80}}\ (?:is|are)\ (?:an?\ |the\ )?.{{0,50}}(?:reporter|writer|columnist|editor|correspondent|journalist)s?\b)",
    re.I | re.X,
)
REACHED = re.compile(
    r"\S@\S|@\s?\w|\btwitter\b|\bfacebook\b|\breach (?:him|her|them)\b|\bsign up\b|\bstaff (?:writer|reporter|photographer)s?\b|\bcall \d",
    re.I,
)
OFFICERS = re.compile(
    r"\b(?:police|detectives?|sheriff|crime|tips?|stoppers|investigators?|information|department|office|officers?|sgt|lt|det|fbi)\b",
    re.I,
)


def part_of_page(line: str) -> Part | None:
    """Return what part of a page a line is, or None."""
    if len(line) > MOST_CHARACTERS:
        return None
    count = len(line.split())
    for part, words in FOUND:
        if count < (LONGEST_NOTICE if part is NOTICE else LONGEST) and words.match(line):
            return part
    if not any(character.isalpha() for character in line):
        return Part("no-letters@1")
    if only_page_words(line):
        return Part("only-page-words@1")
    if count < LONGEST and _is_address(line):
        return Part("address@1")
    return None


def only_page_words(line: str) -> bool:
    """Tell whether a line is made of the words on buttons and of numbers, such as `Print Tweet Views 7`."""
    found = [word.strip(".,:;|()[]·•-–—!?").lower() for word in line.split()]
    words = [word for word in found if word and not word.isdigit()]
    known = all(word in STRONG or word in WEAK for word in words)
    return known and (any(word in STRONG for word in words) or (len(words) > 1 and set(words) == {"a"}))


def _is_address(line: str) -> bool:
    """Tell whether a line is nothing but addresses, or says how its writer is reached."""
    if not ADDRESS.sub("", line).strip():
        return True
    return bool(WRITER.match(line) and REACHED.search(line) and not OFFICERS.search(line))


def words_in_front(text: str) -> int:
    """Return how many characters at the front are words on buttons, glued to a sentence; 0 for fewer than two of them."""
    end, strong, last = 0, 0, ""
    for found in re.finditer(r"\S+\s*", text[:400]):
        word = found.group().strip().strip(":|·•").lower()
        if word.isdigit():
            if last in COUNTED and text[found.end() : found.end() + 1].isupper():
                end = found.end()
        elif word in STRONG:
            end, strong = found.end(), strong + 1
        elif word and word not in WEAK:
            break
        last = word or last
    return end if strong >= 2 and text[end : end + 1] else 0
