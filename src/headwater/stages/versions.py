"""reports, captures, candidates → versions: reports that are one page at different times.

A page keeps its address while its text changes: two reports of one address are versions of one report, whatever each says. They are
put in order by when they were last captured, where that is known of all of them, else by the dates that they give themselves; where neither
is, the order stays unknown. The newest is the one that was seen last: pages are put back as well. An entry of a feed is no version: it says what
it likes of pages that are not its own, and leaves out most of them. Addresses are compared without what does not lead elsewhere: scheme, www, fragment, tracking words.
"""

from collections.abc import Iterable, Sequence

from headwater.records import Version

VERSION = 2
_TRACKING = r"(utm_[a-z]+|fbclid|gclid|mc_[ce]id|ocid|cmpid|igshid|smid|ref|ref_src)"
_STEPS = (
    (r"^(?i)https?://((www|m|amp|mobile)\.)?", ""),
    (r"#([^!].*)?$", ""),  # behind #! some sites keep what leads to the page
    (r"\?", "?&"),
    (rf"&(?i){_TRACKING}=[^&]*", ""),
    (r"\?&", "?"),
    (r"\?$", ""),
    (r"(?i)(/index\.html?|/amp)?/*$", ""),
)


def page(column: str) -> str:
    """Return the SQL that makes of a column of addresses what is compared: hosts in lower case, paths as they are."""
    for pattern, put in _STEPS:
        column = f"regexp_replace({column}, '{pattern}', '{put}', 'g')"
    return f"lower(regexp_extract({column}, '^[^/?#]*')) || regexp_replace({column}, '^[^/?#]*', '')"


SELECT = f"""
WITH ways_in AS (SELECT report, bool_and(way = 'feed') AS only_told FROM captures GROUP BY report),
pages AS (
    SELECT id AS report, {page("url")} AS page FROM reports LEFT JOIN ways_in w ON w.report = id
    WHERE url IS NOT NULL AND NOT coalesce(w.only_told, false)
),
several AS (SELECT page, count(*) AS many FROM pages WHERE contains(page, '/') OR contains(page, '?') GROUP BY page HAVING many > 1),
caught AS (SELECT report, max(try_cast(captured AS TIMESTAMPTZ)) AS moment FROM captures WHERE way IN ('link', 'archive') GROUP BY report),
told AS (SELECT report, max(try_cast(value AS TIMESTAMPTZ)) AS moment FROM candidates WHERE field = 'modified' AND place <> 'http' GROUP BY report),
times AS (
    SELECT report, page, many, c.moment AS caught,
        coalesce(t.moment, try_cast(r.published AS TIMESTAMPTZ)) AS told
    FROM pages JOIN several USING (page) JOIN reports r ON r.id = report LEFT JOIN caught c USING (report) LEFT JOIN told t USING (report)
),
ways AS (
    SELECT page, count(DISTINCT caught) = any_value(many) AS by_capture, count(DISTINCT told) = any_value(many) AS by_date
    FROM times GROUP BY page
),
ordered AS (
    SELECT report, page, many, by_capture, by_date,
        row_number() OVER (PARTITION BY page ORDER BY CASE WHEN by_capture THEN caught WHEN by_date THEN told END, report) AS place
    FROM times JOIN ways USING (page)
)
SELECT 've-' || substr(md5(report), 1, 16) AS id, report, page, CASE WHEN by_capture OR by_date THEN place END AS number, many AS "of",
    CASE WHEN by_capture OR by_date THEN place = many END AS newest,
    CASE WHEN by_capture THEN 'captured@1' WHEN by_date THEN 'dated@1' ELSE 'order-unknown@1' END AS rule
FROM ordered ORDER BY id
"""


class Pages:
    """Which reports are versions of one page, and which of them the pile has a newer version of."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._of = {each.report: each for each in versions}
        self._newest: dict[str, int] = {}
        for each in versions:
            self._newest[each.page] = max(each.number or 0, self._newest.get(each.page, 0))

    def page(self, report: str) -> str:
        """Return what stands for a report: the address of its page where it is one of several versions."""
        return self._of[report].page if report in self._of else report

    def has_newer(self, report: str, others: Iterable[str]) -> bool:
        """Tell whether one of these other reports is a newer version of a report's page."""
        its = self._of.get(report)
        found = (self._of[each] for each in others if each in self._of)
        return its is not None and any(
            each.page == its.page and (each.number or 0) > (its.number or 0) > 0 for each in found
        )

    def is_older(self, report: str) -> bool:
        """Tell whether there is a newer version; where nothing tells their order, none is older."""
        its = self._of.get(report)
        return its is not None and its.number is not None and its.number < self._newest[its.page]
