"""reports, captures, candidates → versions: reports that are one page at different times.

A page keeps its address while its text changes: two reports of one address are versions of one report, whatever each says. They are
put in order by when they were captured, where that is known of all of them, else by the dates that they give themselves; where neither
is, the order stays unknown. Addresses are compared without what does not lead elsewhere: scheme, www, fragment, tracking words.
"""

VERSION = 1
_TRACKING = r"(utm_[a-z]+|fbclid|gclid|mc_[ce]id|ocid|cmpid|igshid|smid|ref|ref_src|amp)"
_STEPS = (
    (r"^https?://((www|m|amp|mobile)\.)?", ""),
    (r"#.*$", ""),
    (rf"([?&]){_TRACKING}(=[^&]*)?(&|$)", r"\1"),
    (rf"([?&]){_TRACKING}(=[^&]*)?(&|$)", r"\1"),
    (r"[?&]+$", ""),
    (r"(/index\.html?|/amp)?/*$", ""),
)


def page(column: str) -> str:
    """Return the SQL that makes of a column of addresses what is compared."""
    column = f"lower({column})"
    for pattern, put in _STEPS:
        column = f"regexp_replace({column}, '{pattern}', '{put}')"
    return column


SELECT = f"""
WITH pages AS (SELECT id AS report, {page("url")} AS page FROM reports WHERE url IS NOT NULL),
several AS (SELECT page, count(*) AS many FROM pages WHERE contains(page, '/') OR contains(page, '?') GROUP BY page HAVING many > 1),
caught AS (SELECT report, min(captured) AS moment FROM captures WHERE way IN ('link', 'archive') GROUP BY report),
told AS (SELECT report, max(value) AS moment FROM candidates WHERE field = 'modified' AND place <> 'http' GROUP BY report),
times AS (
    SELECT report, page, many, try_cast(c.moment AS TIMESTAMPTZ) AS caught,
        try_cast(coalesce(t.moment, r.published) AS TIMESTAMPTZ) AS told
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
