"""openings, dates, reuse, texts → likenesses: pairs of reports that may tell of one happening, each kind of evidence by itself.

Words, names and counts of two openings are compared; a term's weight is its rarity in the pile (equal openings counted once, so
that publishing a report again changes no other pair) together with the background statistics that ship with the release,
which keep a pile of five from calling every word common. With copied text and the days between the dates they add up to
log-odds, as in Fellegi and Sunter (1969): each column can be taken out of the sum and looked at.

Where both name a town, a common one speaks for one happening the more the rarer it is in the pile, and none in common against it. Days
apart say little where one tells when it happened and the other appeared then: a trial, an anniversary, a follow-up.
"""

VERSION = 8

SELECT = """
WITH numbered AS (SELECT report, row_number() OVER (ORDER BY report)::INTEGER AS n FROM openings),
once AS (SELECT DISTINCT words, names FROM openings),
terms AS (
    SELECT n, 'word' AS kind, term, CASE WHEN list_contains(headline, term) THEN getvariable('story_headline') ELSE 1.0 END AS times
    FROM (SELECT n, headline, unnest(words) AS term FROM openings JOIN numbered USING (report))
    UNION ALL SELECT n, 'name', unnest(names), 1.0 FROM openings JOIN numbered USING (report)
),
held AS (
    SELECT 'word' AS kind, term, count(*) AS held FROM (SELECT unnest(words) AS term FROM once) GROUP BY term
    UNION ALL SELECT 'name', term, count(*) FROM (SELECT unnest(names) AS term FROM once) GROUP BY term
),
size AS (SELECT (SELECT count(*) FROM once) AS pile, (SELECT max(reports) FROM background) AS shipped),
vectors AS (
    SELECT t.n, t.kind, t.term, h.held,
        t.times * greatest(ln((size.pile + size.shipped) / (h.held + coalesce(b.reports, 0) + 0.5)), 0.01) AS weight
    FROM terms t JOIN held h USING (kind, term) CROSS JOIN size LEFT JOIN background b ON b.word = t.term AND t.kind = 'word'
),
norms AS (SELECT n, kind, sqrt(sum(weight * weight)) AS norm FROM vectors GROUP BY n, kind),
sharp AS (SELECT v.* FROM vectors v, size WHERE held <= greatest(25, 0.2 * size.pile)),
dots AS (
    SELECT p.n AS a, q.n AS b, p.kind, sum(p.weight * q.weight) AS dot
    FROM sharp p JOIN sharp q ON p.kind = q.kind AND p.term = q.term AND p.n < q.n
    GROUP BY ALL
),
cosines AS (
    SELECT d.a, d.b,
        coalesce(max(d.dot / (x.norm * y.norm)) FILTER (d.kind = 'word'), 0.0) AS words,
        coalesce(max(d.dot / (x.norm * y.norm)) FILTER (d.kind = 'name'), 0.0) AS names
    FROM dots d JOIN norms x ON x.n = d.a AND x.kind = d.kind JOIN norms y ON y.n = d.b AND y.kind = d.kind
    GROUP BY ALL
),
bodies AS (SELECT report, sum("end" - start) AS length FROM texts WHERE kind = 'body' GROUP BY report),
copies AS (
    SELECT m.n AS a, o.n AS b, least(1.0, greatest(sum(u.a_end - u.a_start) / any_value(x.length), sum(u.b_end - u.b_start) / any_value(y.length))) AS copied
    FROM reuse u JOIN bodies x ON x.report = u.a JOIN bodies y ON y.report = u.b JOIN numbered m ON m.report = u.a JOIN numbered o ON o.report = u.b
    WHERE u.kind IN ('text', 'agency', 'quotation') GROUP BY m.n, o.n
    HAVING sum(u.words) FILTER (u.kind IN ('text', 'agency')) >= getvariable('kin_least')
),
crowds AS (
    SELECT town, ln((any_value(size.pile) + any_value(size.shipped)) / (count(*) + 0.5)) AS rarity
    FROM (SELECT DISTINCT words, names, unnest(towns) AS town FROM openings) CROSS JOIN size GROUP BY town
),
told_towns AS (
    SELECT report, list(printf('%012.6f', rarity) || town) AS towns, max(rarity) AS rarest FROM (SELECT report, unnest(towns) AS town FROM openings) JOIN crowds USING (town)
    GROUP BY report
),
known AS (
    SELECT m.n, o.report, o.counts, o.days, o.towns, o.regions, o.whens, d.first::DATE AS day, t.towns AS told, t.rarest
    FROM openings o JOIN numbered m USING (report) LEFT JOIN dates d ON d.report = o.report LEFT JOIN told_towns t ON t.report = o.report
),
hopeful AS (
    SELECT c.*, coalesce(k.copied, 0.0) AS copied FROM cosines c JOIN known o ON o.n = c.a JOIN known u ON u.n = c.b LEFT JOIN copies k ON k.a = c.a AND k.b = c.b
    WHERE c.words >= 0.349999 OR getvariable('story_bias') + getvariable('story_words') * ln(c.words + 0.03) + getvariable('story_names') * ln(c.names + 0.03)
        + greatest(getvariable('story_copied'), 0) * coalesce(k.copied, 0.0)
        + CASE WHEN len(o.counts) > 0 AND len(u.counts) > 0 THEN 2 * greatest(getvariable('story_counts'), 0) ELSE 0 END
        + CASE WHEN len(o.days) > 0 AND len(u.days) > 0 THEN greatest(getvariable('story_named_day'), getvariable('story_other_day')) ELSE 0 END
        + greatest(0, getvariable('story_one_region'), getvariable('story_same_region'), getvariable('story_other_town'), getvariable('story_other_region'),
            coalesce(greatest(getvariable('story_rarity'), 0) * least(o.rarest, u.rarest), 0) + getvariable('story_same_town'))
        + CASE WHEN o.day IS NULL OR u.day IS NULL THEN getvariable('story_undated')
            WHEN abs(date_diff('day', o.day, u.day)) <= 3 THEN greatest(getvariable('story_same_day'), getvariable('story_next_day'), getvariable('story_near'))
            ELSE greatest(getvariable('story_week'), getvariable('story_far'), 0,
                CASE WHEN len(o.whens) + len(u.whens) > 0 THEN getvariable('story_told') ELSE getvariable('story_far') END) END
        >= ln(getvariable('story_faint') / (1 - getvariable('story_faint'))) - 0.001
),
columns AS (
    SELECT o.report AS a, u.report AS b, round(c.words, 6) AS words, round(c.names, 6) AS names,
        least(len(list_intersect(o.counts, u.counts)), 2)::BIGINT AS counts, round(c.copied, 6) AS copied,
        abs(date_diff('day', o.day, u.day)) AS days,
        CASE WHEN len(o.days) > 0 AND len(u.days) > 0 THEN len(list_intersect(o.days, u.days)) > 0 END AS same_day,
        substr(list_max(list_intersect(o.told, u.told)), 1, 12)::DOUBLE AS rarity,
        CASE WHEN list_has_any(o.towns, u.towns) THEN 'same town'
            WHEN len(o.towns) > 0 AND len(u.towns) > 0 THEN CASE WHEN list_has_any(o.regions, u.regions) THEN 'one region' ELSE 'other town' END
            WHEN len(o.regions) > 0 AND len(u.regions) > 0 THEN CASE WHEN list_has_any(o.regions, u.regions) THEN 'same region' ELSE 'other region' END
        END AS place
    FROM hopeful c JOIN known o ON o.n = c.a JOIN known u ON u.n = c.b
),
summed AS (
    SELECT *, round(getvariable('story_bias') + getvariable('story_words') * ln(words + 0.03)
        + getvariable('story_names') * ln(names + 0.03)
        + getvariable('story_counts') * counts + getvariable('story_copied') * copied
        + CASE same_day WHEN true THEN getvariable('story_named_day') WHEN false THEN getvariable('story_other_day') ELSE 0.0 END
        + CASE place WHEN 'same town' THEN getvariable('story_rarity') * rarity + getvariable('story_same_town')
            WHEN 'one region' THEN getvariable('story_one_region') WHEN 'other town' THEN getvariable('story_other_town')
            WHEN 'same region' THEN getvariable('story_same_region') WHEN 'other region' THEN getvariable('story_other_region') ELSE 0.0 END,
        6) AS evidence,
        CASE WHEN days IS NULL THEN getvariable('story_undated') WHEN days = 0 THEN getvariable('story_same_day')
            WHEN days = 1 THEN getvariable('story_next_day') WHEN days <= 3 THEN getvariable('story_near')
            WHEN days <= 10 THEN getvariable('story_week') WHEN copied > 0.9 THEN 0.0 ELSE getvariable('story_far') END AS apart
    FROM columns
),
worthwhile AS (
    SELECT a, b FROM summed WHERE days > 3 AND evidence + getvariable('story_told') > ln(getvariable('story_faint') / (1 - getvariable('story_faint')))
),
timed AS (SELECT o.report, d.first::DATE AS day, o.whens FROM openings o JOIN dates d ON d.report = o.report WHERE d.first IS NOT NULL),
tellings AS (
    SELECT w.a, w.b, unnest(list_concat(
        list_filter(x.whens, lambda each: substr(each, 1, 10) <= (y.day + 1)::VARCHAR AND substr(each, 12, 10) >= (y.day - 2)::VARCHAR),
        list_filter(y.whens, lambda each: substr(each, 1, 10) <= (x.day + 1)::VARCHAR AND substr(each, 12, 10) >= (x.day - 2)::VARCHAR))) AS told
    FROM worthwhile w JOIN timed x ON x.report = w.a JOIN timed y ON y.report = w.b
),
weighed AS (
    SELECT *, getvariable('story_told') + CASE WHEN told_first THEN 0.0 ELSE getvariable('story_told_later') END
        + CASE WHEN told_days <= 1 THEN 0.0 WHEN told_days <= 10 THEN getvariable('story_told_days') ELSE getvariable('story_told_weeks') END AS telling
    FROM (SELECT a, b, date_diff('day', substr(told, 1, 10)::DATE, substr(told, 12, 10)::DATE) AS told_days, substr(told, 23) = 'opening' AS told_first
        FROM tellings)
),
best AS (
    SELECT a, b, max(telling) AS telling, arg_max(told_days, (telling, -told_days)) AS told_days, arg_max(told_first, (telling, -told_days)) AS told_first
    FROM weighed GROUP BY a, b
),
both_times AS (
    SELECT s.* REPLACE (round(evidence + greatest(apart, coalesce(t.telling, apart)), 6) AS evidence), t.told_days, t.told_first
    FROM summed s LEFT JOIN best t ON t.a = s.a AND t.b = s.b
),
scored AS (SELECT *, round(1 / (1 + exp(-evidence)), 6) AS score FROM both_times)
SELECT 'k-' || substr(md5(a || b), 1, 16) AS id, a, b, words, names, counts, copied, days, same_day, place, rarity, told_days, told_first, evidence, score,
    score >= getvariable('story_score') AS joined, 'log-odds@5' AS rule
FROM scored WHERE score >= getvariable('story_faint') OR words >= 0.35 ORDER BY id
"""
