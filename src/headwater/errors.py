"""Every error that Headwater raises: each has a code, the thing at fault and what to do next.

    HeadwaterError
    ├── CaseError            HW1xx  the case file: missing, not a case, from a newer release
    │   ├── NoSuchCase       HW101
    │   ├── NotACase         HW102
    │   ├── NewerCase        HW103
    │   ├── DamagedCase      HW104
    │   ├── BusyCase         HW105
    │   └── DiskFull         HW106
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
    └── MissingExtra         HW501  an optional package that is not installed

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
    code = "HW101"


class NotACase(CaseError):
    code = "HW102"


class NewerCase(CaseError):
    code = "HW103"


class DamagedCase(CaseError):
    code = "HW104"


class BusyCase(CaseError):
    code = "HW105"


class DiskFull(CaseError):
    code = "HW106"


class IntakeError(HeadwaterError):
    code = "HW200"


class NoSuchPath(IntakeError):
    code = "HW201"


class UnknownShape(IntakeError):
    code = "HW202"


class BadRow(IntakeError):
    code = "HW203"


class EmptyReport(IntakeError):
    code = "HW204"


class UndecodableText(IntakeError):
    code = "HW205"


class TooLarge(IntakeError):
    code = "HW206"


class TooHungry(IntakeError):
    code = "HW207"


class TooSlow(IntakeError):
    code = "HW208"


class BrokenReader(IntakeError):
    code = "HW209"


class BrokenShape(IntakeError):
    code = "HW210"


class Unreachable(IntakeError):
    code = "HW211"


class ForbiddenAddress(IntakeError):
    code = "HW212"


class RobotsForbid(IntakeError):
    code = "HW213"


class BadAnswer(IntakeError):
    code = "HW214"


class LeftUnread(IntakeError):
    code = "HW215"


class RunError(HeadwaterError):
    code = "HW300"


class NoSuchStage(RunError):
    code = "HW301"


class StaleStage(RunError):
    code = "HW302"


class AskError(HeadwaterError):
    code = "HW400"


class NoSuchId(AskError):
    code = "HW401"


class NoSuchTable(AskError):
    code = "HW402"


class NoSuchSpeaker(AskError):
    code = "HW403"


class NoSuchCorrection(AskError):
    code = "HW404"


class BadAliases(AskError):
    code = "HW405"


class BadTime(AskError):
    code = "HW406"


class MissingExtra(HeadwaterError):
    code = "HW501"
