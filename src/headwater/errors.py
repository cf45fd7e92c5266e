"""Every error that Headwater raises: each has a code, the thing at fault and what to do next.

    HeadwaterError
    ├── CaseError            HW1xx  the case file: missing, not a case, from a newer release
    │   ├── NoSuchCase       HW101
    │   ├── NotACase         HW102
    │   ├── NewerCase        HW103
    │   ├── DamagedCase      HW104
    │   ├── BusyCase         HW105
    │   ├── DiskFull         HW106
    │   ├── NotPlain         HW107  a link, a folder or a device where a file is to be
    │   ├── StrayFile        HW108  a file beside the case that is none of ours
    │   ├── ForeignSchema    HW109  tables, views or triggers that no release makes
    │   ├── BadRecord        HW110  a row that no run makes
    │   ├── EndlessCase      HW111  takes longer than a case of its size can need
    │   ├── OlderCase        HW112  an earlier release made it
    │   ├── UnwritableCase   HW113  it, or its folder, may not be written
    │   └── CaseThere        HW114  a case of this name is there already
    ├── IntakeError          HW2xx  a report that cannot be read; becomes a row in `problems`
    │   ├── NoSuchPath       HW201
    │   ├── UnknownShape     HW202
    │   ├── BadRow           HW203
    │   ├── EmptyReport      HW204
    │   ├── UndecodableText  HW205
    │   ├── TooLarge         HW206
    │   ├── TooHungry        HW207  reading it needs more memory than is allowed
    │   ├── TooSlow          HW208  reading or fetching it takes longer than is allowed
    │   ├── BrokenReader     HW209  the reader died of it
    │   ├── BrokenShape      HW210  not what its name or type says: a damaged PDF, archive, page
    │   ├── Unreachable      HW211  no connection, no such host, a certificate that does not hold
    │   ├── ForbiddenAddress HW212  an address of this machine or network, or a scheme other than http(s)
    │   ├── RobotsForbid     HW213  the site asks not to be read by programs
    │   ├── BadAnswer        HW214  an answer that holds no page: 404, 500, cut short, too many redirects
    │   └── LeftUnread       HW215  a part of an item that was not read, such as an attachment
    ├── RunError             HW3xx  a run that cannot go on
    │   ├── NoSuchStage      HW301
    │   └── StaleStage       HW302
    ├── AskError             HW4xx  a question that has no answer in this case
    │   ├── NoSuchId         HW401
    │   ├── NoSuchTable      HW402
    │   ├── NoSuchSpeaker    HW403
    │   ├── NoSuchCorrection HW404
    │   ├── BadAliases       HW405
    │   └── BadTime          HW406
    ├── MissingExtra         HW501  an optional package that is not installed
    ├── UnwritableFolder     HW502  an export that cannot be written where it was to be
    └── RequestError         HW6xx  a request that the page does not answer
        ├── RequestTooLarge  HW601  a path, a head, a form or a number of values beyond measure
        ├── RequestTooSlow   HW602  it takes longer to come in, or to be worked on, than is allowed
        ├── PageBusy         HW603  as many requests as are taken are waiting
        └── RequestForbidden HW604  without the token, from another page, by another name or in another way

Exceptions of other libraries stop where they are called: the modules of `intake` and `store` turn them into these.
"""


class HeadwaterError(Exception):
    """Base of all errors of ours; `str()` gives one line that a person can act on."""

    code = "HW000"

    def __init__(self, thing: str, message: str, *, hint: str = "") -> None:
        super().__init__(thing, message, hint)
        self.thing, self.message, self.hint = thing, message, hint

    def __str__(self) -> str:
        return f"{self.code} {self.thing}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class CaseError(HeadwaterError):
    code = "HW100"


class NoSuchCase(CaseError):
    """There is no case file of this name. `headwater read CASE PATH…` makes one."""

    code = "HW101"


class NotACase(CaseError):
    """The file is something else, or no SQLite file at all."""

    code = "HW102"


class NewerCase(CaseError):
    """A newer release made this case. Install that release."""

    code = "HW103"


class DamagedCase(CaseError):
    """The case file is damaged. Take a copy from before; `headwater verify` says whether one is whole."""

    code = "HW104"


class BusyCase(CaseError):
    """Another process reads into the case or runs it. It can be looked at meanwhile; do this when that is done."""

    code = "HW105"


class DiskFull(CaseError):
    """The disk is full. What was read is kept: make room, and the same command goes on from there."""

    code = "HW106"


class NotPlain(CaseError):
    """A case is a file by itself, no link, folder, pipe or device. Name the file; what leads elsewhere may be made to harm."""

    code = "HW107"


class StrayFile(CaseError):
    """A file beside the case would make SQLite change or delete files. `headwater import CASE NEW` takes what the case itself holds."""

    code = "HW108"


class ForeignSchema(CaseError):
    """The case has tables, views, triggers or indexes that no release makes. `headwater import CASE NEW` takes the rows that are ours."""

    code = "HW109"


class BadRecord(CaseError):
    """A row is not as any run makes it. `headwater verify` says what is wrong, `headwater import CASE NEW` takes the right rows."""

    code = "HW110"


class EndlessCase(CaseError):
    """Asking takes longer than a case of this size can need: it may be made to harm. `headwater import CASE NEW` works it out anew."""

    code = "HW111"


class OlderCase(CaseError):
    """An earlier release made this case, and a question changes nothing. `headwater run CASE` brings it up to date."""

    code = "HW112"


class UnwritableCase(CaseError):
    """The case or its folder may not be written. Questions can be asked of it; to change it, take a copy."""

    code = "HW113"


class CaseThere(CaseError):
    """A case of this name is there already. Choose another name."""

    code = "HW114"


class IntakeError(HeadwaterError):
    code = "HW200"


class NoSuchPath(IntakeError):
    """There is no such file or folder, or it cannot be opened. A link begins with https:// or http://."""

    code = "HW201"


class UnknownShape(IntakeError):
    """Files of this kind are not read: pictures, films, packed folders. Unpack or convert it."""

    code = "HW202"


class BadRow(IntakeError):
    """A row of a table or of JSON Lines is broken or has no text; the other rows are read."""

    code = "HW203"


class EmptyReport(IntakeError):
    """There is no text in it: an empty file, a scan without text, a page that shows something only to scripts."""

    code = "HW204"


class UndecodableText(IntakeError):
    """The bytes are text in no known encoding. Save it as UTF-8."""

    code = "HW205"


class TooLarge(IntakeError):
    """It has, or unpacks to, more bytes or characters than is allowed. Split it; what unpacks beyond measure is made to harm."""

    code = "HW206"


class TooHungry(IntakeError):
    """Reading it needs more memory than is allowed (`reader_memory`), or it is nested too deeply. It may be made to harm."""

    code = "HW207"


class TooSlow(IntakeError):
    """Reading it (`reader_seconds`) or fetching it (`fetch_seconds`) takes longer than is allowed. Fetching may work later."""

    code = "HW208"


class BrokenReader(IntakeError):
    """The process that read it died of it. It may be made to harm; everything else was read."""

    code = "HW209"


class BrokenShape(IntakeError):
    """It is damaged, cut short, encrypted, or not what its name or type says."""

    code = "HW210"


class Unreachable(IntakeError):
    """There is no such host, no connection, or a certificate that does not hold. Try later, or save the page and read the file."""

    code = "HW211"


class ForbiddenAddress(IntakeError):
    """The link, or a redirect, leads to this machine or network, or is no http(s). For a mirror of yours: `--reach HOST:PORT`."""

    code = "HW212"


class RobotsForbid(IntakeError):
    """The site asks programs not to read this, or its robots.txt cannot be had. Save the page and read the file."""

    code = "HW213"


class BadAnswer(IntakeError):
    """The server gave no page: an error, an answer that is cut short, redirects without end, or a wish to be asked later."""

    code = "HW214"


class LeftUnread(IntakeError):
    """A part was left unread, such as an attachment. Save it and read that file."""

    code = "HW215"


class RunError(HeadwaterError):
    code = "HW300"


class NoSuchStage(RunError):
    """There is no such stage. `headwater flow` lists them."""

    code = "HW301"


class StaleStage(RunError):
    """A stage before the one asked for is out of date. Run from there, or without `--from`."""

    code = "HW302"


class AskError(HeadwaterError):
    code = "HW400"


class NoSuchId(AskError):
    """The case has no such id. A correction or a new report gives claims and stories other ids."""

    code = "HW401"


class NoSuchTable(AskError):
    """There is no such table. `headwater flow` names them."""

    code = "HW402"


class NoSuchSpeaker(AskError):
    """Nobody of this name speaks in the case."""

    code = "HW403"


class NoSuchCorrection(AskError):
    """There is no such correction. `headwater corrections CASE` lists them."""

    code = "HW404"


class BadAliases(AskError):
    """What was to be corrected is put wrongly, or names nothing in the case."""

    code = "HW405"


class BadTime(AskError):
    """It is no day and no time. Write 2024-03-14 or 2024-03-14T18:00."""

    code = "HW406"


class MissingExtra(HeadwaterError):
    """An optional package is needed: `pip install 'headwater[office]'` for PDF and Word."""

    code = "HW501"


class UnwritableFolder(HeadwaterError):
    """An export cannot be written there: no folder, a link, no room, no right to. What was there before is as it was."""

    code = "HW502"


class RequestError(HeadwaterError):
    code = "HW600"


class RequestTooLarge(RequestError):
    """An address, a head, a form or a number of values is beyond what any page here sends. Ask for less at once."""

    code = "HW601"


class RequestTooSlow(RequestError):
    """The request takes too long to come in, or to be answered. Ask for less: fewer words, one report, one story."""

    code = "HW602"


class PageBusy(RequestError):
    """So many requests are waiting that no more are taken, or the page is being closed. Try again in a moment."""

    code = "HW603"


class RequestForbidden(RequestError):
    """The page answers this machine, by its own address, with its token. Open the address that `headwater serve` printed."""

    code = "HW604"
