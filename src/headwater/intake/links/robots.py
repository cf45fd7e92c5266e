"""What a site's robots.txt asks of programs (RFC 9309), read so that no robots.txt can wear this program out.

Protego keeps each rule once for each agent that its group names; so agents that are not this one are given one name before.
"""

import re
from dataclasses import dataclass

from protego import Protego

from headwater.errors import BadAnswer, ForbiddenAddress, HeadwaterError, RobotsForbid, Unreachable
from headwater.intake.codings import decoded
from headwater.intake.links.addresses import Address
from headwater.intake.links.wire import AGENT, Answer, Limit

LIMIT = Limit(500_000, beginning=True)  # what RFC 9309 has everybody read; the rest may be left
HOPS = 5
LONGEST_LINE, MOST_LINES = 2_000, 10_000
_AGENT_LINE = re.compile(r"\s*user[\s-]?agent\s*:?\s*(\*(?![\w*-])|[a-z_-]*)", re.I)


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin allows; where its robots.txt could not be had, why not."""

    known: Protego | None = None
    failed: HeadwaterError | None = None

    @property
    def delay(self) -> float:
        """Seconds between two requests that it asks for; 0 where it says nothing."""
        return (self.known.crawl_delay(AGENT) or 0.0) if self.known else 0.0

    def refuse(self, address: Address) -> None:
        """Raise RobotsForbid where the address is not to be read, and what kept robots.txt from being read where that is it."""
        if self.failed:
            raise _not_had(address, self.failed)
        if self.known and not self.known.can_fetch(address.url, AGENT):
            hint = "if you may read it all the same, open it in a browser, save the page and read the file"
            raise RobotsForbid(
                address.url, "is one of the pages that the site's robots.txt asks programs not to read", hint=hint
            )


def _not_had(address: Address, failed: HeadwaterError) -> HeadwaterError:
    if isinstance(failed, (Unreachable, ForbiddenAddress)) and failed.thing == address.sibling("/robots.txt").url:
        return type(failed)(address.url, failed.message, hint=failed.hint)  # so it is with the whole site
    message = f"is of a site whose robots.txt cannot be read for now: it {failed.message}"
    hint = (
        "as long as nobody knows what it forbids, nothing is read there; try again later, or save the page in a browser"
    )
    return RobotsForbid(address.url, message, hint=hint)


def rules(answer: Answer) -> Rules:
    """Return what an answer for robots.txt comes to. No robots.txt allows everything; a server in trouble allows nothing for now."""
    if answer.status == 429 or answer.status >= 500:
        return Rules(failed=BadAnswer(answer.address.url, f"was answered with status {answer.status}"))
    if answer.status < 200 or answer.status >= 300:
        return Rules()
    try:
        text = decoded(
            answer.content, answer.headers.get("content-encoding", ""), place=answer.address.url, limit=LIMIT.size
        )
    except HeadwaterError as error:
        return Rules(failed=error)
    return Rules(Protego.parse(ours(text.decode("utf-8-sig", "replace"))))


def ours(text: str) -> str:
    """Return a robots.txt in which all agents but this one and `*` are one; over-long lines are left out, and those past a number."""
    lines = [line for line in text.splitlines()[:MOST_LINES] if len(line) <= LONGEST_LINE]
    return "\n".join(map(_agent_line, lines))


def _agent_line(line: str) -> str:
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    token = found[1].lower()
    return f"User-agent: {token if token in ('*', AGENT) else 'another'}"
