"""openings, dates, derivations → likenesses: pairs of reports that may tell of one happening, each kind of evidence by itself.

The words of two openings are compared by cosine, each word weighted by its rarity in the pile (exact copies counted once, so
that publishing a report again changes no other pair) and in the background statistics that ship with the release, which keep
a pile of five from calling every word common. Copied text speaks for one happening, days between the dates against it.
"""

VERSION = 1

SELECT = """
WITH once AS (SELECT min(report) AS report, words, any_value(names) AS names FROM openings GROUP BY words),
spoken AS (SELECT unnest(words) AS word FROM once),
size AS (SELECT (SELECT count(*) FROM once) + (SELECT max(reports) FROM background) AS reports),
rare AS (
    SELECT s.word, s.held, ln((SELECT reports FROM size) / (s.held + coalesce(b.reports, 0) + 0.5)) AS weight
    FROM (SELECT word, count(*) AS held FROM spoken GROUP BY word) s LEFT JOIN background b USING (word)
),
vectors AS (
    SELECT o.report, o.word, r.held, r.weight * CASE WHEN list_contains(o.names, o.word) THEN 1.3 ELSE 1.0 END AS weight
    FROM (SELECT report, names, unnest(words) AS word FROM openings) o JOIN rare r USING (word) WHERE r.weight > 0
),
norms AS (SELECT report, sqrt(sum(weight * weight)) AS norm FROM vectors GROUP BY report),
sharp AS (SELECT * FROM vectors WHERE held <= greatest(25, 0.2 * (SELECT count(*) FROM once))),
near AS (
    SELECT p.report AS a, q.report AS b, sum(p.weight * q.weight) AS dot
    FROM sharp p JOIN sharp q ON p.word = q.word AND p.report < q.report GROUP BY ALL
),
copies AS (
    SELECT least(child, parent) AS a, greatest(child, parent) AS b, max(share) AS copied
    FROM derivations WHERE parent IS NOT NULL GROUP BY ALL
),
measured AS (
    SELECT n.a, n.b, n.dot / (x.norm * y.norm) AS words, coalesce(c.copied, 0.0) AS copied,
        abs(date_diff('day', d.first::DATE, e.first::DATE)) AS days
    FROM near n JOIN norms x ON x.report = n.a JOIN norms y ON y.report = n.b LEFT JOIN copies c ON c.a = n.a AND c.b = n.b
    LEFT JOIN dates d ON d.report = n.a LEFT JOIN dates e ON e.report = n.b
    WHERE n.dot / (x.norm * y.norm) >= getvariable('story_faint')
),
scored AS (
    SELECT *, round(words + 0.4 * copied - CASE
        WHEN days IS NULL THEN 0.0 WHEN words + copied > 1.2 THEN 0.01 * least(days, 10)
        WHEN days <= 1 THEN 0.0 WHEN days <= getvariable('story_days') THEN 0.03 * days ELSE 0.5 END, 6) AS score
    FROM measured
)
SELECT 'k-' || substr(md5(a || b), 1, 16) AS id, a, b, round(words, 6) AS words, round(copied, 6) AS copied, days, score,
    score >= getvariable('story_score') AS joined, 'words-copies-days@1' AS rule
FROM scored ORDER BY id
"""
