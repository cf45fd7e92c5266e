"""What derivations are made from, as selects whose column `key` is the report that may be the child."""

from headwater.stages.versions import page

PAIRS = f"""
    WITH body AS (SELECT report, sum("end" - start) AS length FROM texts WHERE kind = 'body' GROUP BY report),
    passages AS (
        SELECT a AS report, b AS other, a_end - a_start AS length, b_end - b_start AS other_length, a_start AS start, b_start AS other_start, * FROM reuse
        UNION ALL SELECT b, a, b_end - b_start, a_end - a_start, b_start, a_start, * FROM reuse
    ),
    gaps AS (
        SELECT report, other, start - lag(start + length) OVER before AS gap, other_start - lag(other_start + other_length) OVER before AS other_gap
        FROM passages WHERE kind IN ('text', 'agency') WINDOW before AS (PARTITION BY report, other ORDER BY start)
    ),
    edits AS (
        SELECT report, other, count(*) FILTER (gap BETWEEN 0 AND 3 AND other_gap BETWEEN 4 AND 300) AS dropped,
            count(*) FILTER (other_gap BETWEEN 0 AND 3 AND gap BETWEEN 4 AND 300) AS added
        FROM gaps GROUP BY report, other
    ),
    copied AS (
        SELECT report, other,
            coalesce(sum(words - quoted) FILTER (kind IN ('text', 'agency')), 0)::BIGINT AS words, coalesce(sum(quoted) FILTER (kind IN ('text', 'agency', 'quotation')), 0)::BIGINT AS quoted,
            coalesce(max(words) FILTER (kind IN ('text', 'agency')), 0)::BIGINT AS longest,
            coalesce(sum(length) FILTER (kind IN ('text', 'agency', 'quotation')), 0) AS length,
            coalesce(sum(other_length) FILTER (kind IN ('text', 'agency', 'quotation')), 0) AS other_length,
            sum(length) AS all_length, sum(other_length) AS all_other_length, list(id ORDER BY id) AS passages
        FROM passages GROUP BY report, other
    ),
    tolls AS (
        SELECT report, arg_min(value::BIGINT, start) AS toll FROM readings WHERE kind = 'killed' AND value::BIGINT > 1 GROUP BY report
    ),
    sentences AS (
        SELECT a AS report, b AS other, a_end - a_start AS length, b_end - b_start AS other_length, * FROM rewordings
        UNION ALL SELECT b, a, b_end - b_start, a_end - a_start, * FROM rewordings
    ),
    reworded AS (
        SELECT report, other, count(*) AS sentences, max(mean) AS mean, sum(len(words))::BIGINT AS stems, sum(length) AS length, sum(other_length) AS other_length,
            list(id ORDER BY id) AS passages, arg_max(words, likeness) AS common
        FROM sentences GROUP BY report, other
    ),
    pairs AS (
        SELECT report, other, c.words, c.quoted, c.longest, c.passages AS copies, r.sentences, r.mean, r.stems, r.passages AS rewordings, r.common,
            c.length / x.length AS share, c.other_length / y.length AS other_share,
            c.all_length / x.length AS whole, c.all_other_length / y.length AS other_whole,
            r.length / x.length AS reworded, r.other_length / y.length AS other_reworded
        FROM copied c FULL JOIN reworded r USING (report, other) JOIN body x ON x.report = report JOIN body y ON y.report = other
    ),
    called AS (
        SELECT DISTINCT c.report, o.id AS other FROM candidates c JOIN reports r ON r.id = c.report JOIN reports o ON {page("c.value")} = {page("o.url")}
        WHERE c.field = 'canonical' AND r.url IS NOT NULL AND {page("r.url")} <> {page("o.url")}
    )
    SELECT p.report AS key, p.* EXCLUDE (report), coalesce(h.dropped, 0) AS dropped, coalesce(h.added, 0) AS added, o.outlet AS other_outlet, d.first AS day, e.first AS other_day,
        coalesce(k.joined, false) AS one_happening, t.toll, u.toll AS other_toll,
        w.report IS NOT NULL AS one_page, v.number - w.number AS newer, a.report IS NOT NULL AS calls, b.report IS NOT NULL AS is_called,
        coalesce((SELECT list(name ORDER BY name) FROM credits c WHERE c.report = p.other AND c.kind NOT IN ('photo', 'possible')), []) AS other_credits
    FROM pairs p JOIN reports o ON o.id = p.other
    LEFT JOIN edits h ON h.report = p.report AND h.other = p.other
    LEFT JOIN dates d ON d.report = p.report LEFT JOIN dates e ON e.report = p.other
    LEFT JOIN tolls t ON t.report = p.report LEFT JOIN tolls u ON u.report = p.other
    LEFT JOIN versions v ON v.report = p.report LEFT JOIN versions w ON w.report = p.other AND w.page = v.page
    LEFT JOIN called a ON a.report = p.report AND a.other = p.other LEFT JOIN called b ON b.report = p.other AND b.other = p.report
    LEFT JOIN likenesses k ON k.a = least(p.report, p.other) AND k.b = greatest(p.report, p.other)
    WHERE p.words >= getvariable('kin_least') OR p.whole >= 0.5 OR p.other_whole >= 0.5 OR p.sentences IS NOT NULL
    ORDER BY p.report, p.other
"""
MARKS = """
    SELECT c.*, c.name AS key FROM corrections c WHERE c.kind IN ('copied', 'one-text', 'apart')
    UNION ALL SELECT c.*, c.into AS key FROM corrections c WHERE c.kind IN ('copied', 'one-text', 'apart')
    UNION ALL SELECT c.*, c.name AS key FROM corrections c WHERE c.kind IN ('from', 'not-from')
"""
KNOWN_HERE = """
    SELECT DISTINCT s.report AS key, c.name, min(s.id) AS statement
    FROM statements s JOIN reports r ON r.id = s.report JOIN (SELECT DISTINCT name FROM credits WHERE kind = 'line') c
        ON list_contains(s.chain[2:], c.name)
    WHERE lower(substr(r.text, s.cue_start + 1, 12)) = 'according to' GROUP BY ALL ORDER BY s.report, c.name
"""
NAMED = """
    WITH pairs AS (SELECT a, b FROM reuse UNION SELECT a, b FROM rewordings),
    ways AS (SELECT a AS report, b AS other FROM pairs UNION SELECT b, a FROM pairs),
    links AS (SELECT DISTINCT report, lower(regexp_replace(link, '^(?i)the ', '')) AS name FROM (SELECT report, unnest(chain[2:]) AS link FROM statements)),
    naming AS (
        SELECT p.report, p.other FROM ways p JOIN reports r ON r.id = p.other
        JOIN links l ON l.report = p.report AND l.name = lower(regexp_replace(r.outlet, '^(?i)the ', ''))
    )
    SELECT report AS key, other, true AS names FROM naming
    UNION SELECT other, report, false FROM naming ORDER BY ALL
"""
LENT_CREDITS = """
    WITH sides AS (SELECT a AS report, b AS other, * FROM reuse UNION ALL SELECT b AS report, a AS other, * FROM reuse),
    retold AS (SELECT a AS report, b AS other, id FROM rewordings UNION ALL SELECT b AS report, a AS other, id FROM rewordings),
    shared AS (
        SELECT report, other, sum(words)::BIGINT AS words, 0::BIGINT AS sentences FROM sides WHERE kind IN ('text', 'agency', 'quotation') GROUP BY report, other
        UNION ALL SELECT report, other, 0::BIGINT, count(*) FROM retold GROUP BY report, other
    )
    SELECT s.report AS key, s.other, c.name, min(c.id) AS credit, max(s.words) AS words, max(s.sentences) AS sentences
    FROM shared s JOIN credits c ON c.report = s.other AND c.kind = 'line'
    GROUP BY s.report, s.other, c.name ORDER BY s.report, s.other, c.name
"""
"""agencies that reports with shared text are credited to, with how much they share: words as they are, and sentences in other words"""
TOLD_BESIDE = f"""
    SELECT c.report AS key, c.id, c.field, c.value FROM candidates c JOIN reports r ON r.id = c.report
    WHERE c.field = 'credit' OR (c.field = 'canonical' AND NOT EXISTS (SELECT 1 FROM reports o WHERE {page("o.url")} = {page("c.value")}))
    ORDER BY c.report, c.id
"""
"""what a page, mail or feed says beside the text of where it has it from; an address that the pile has is a report, not an unseen text"""
