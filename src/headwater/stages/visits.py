"""stories, openings, readings, dates, corrections → visits: statements of a report that tell what another story is about.

A round-up tells of several happenings, and stands in the story of the one that it opens with. What it says of the others belongs to
their claims all the same. A statement visits a story when it tells the toll with which one of the story's reports opens: the same
number killed or wounded, in the same town, at a time that is not another, and two words in common that are neither names nor of every toll.
The report itself stays where it is: telling in passing of another happening does not make it a report of that. Who recalls it more than a few days
later repeats what is known, and adds no evidence. What a person took out of a story does not visit it.
"""

from headwater.stages.claims import BEFORE, ENOUGH, TOLL
from headwater.stages.stories import MEMBERS

VERSION = 2
SOON = 3  # days between two reports of which one can tell in passing what the other is about
LEAST = 2  # killed or wounded; of one, too many happenings tell
_STEMS = ", ".join(f"'{stem}'" for stem in sorted(TOLL))

SELECT = f"""
WITH members AS ({MEMBERS}),
tolls AS (
    SELECT g.id, g.report, g.statement, g.kind, g.value, g.place, m.story, d.first::DATE AS day,
        coalesce(g.first, CASE WHEN g.last IS NULL THEN (d.first::DATE - {BEFORE})::VARCHAR ELSE '' END) AS first, coalesce(g.last, d.last) AS last,
        list_filter(g.words, lambda word: NOT regexp_full_match(word, '[0-9]+') AND NOT list_contains([{_STEMS}], word) AND NOT list_contains(g.names, word)) AS words,
        list_contains(o.counts, g.kind || ' ' || g.value) AS opens
    FROM readings g JOIN members m ON m.report = g.report JOIN dates d ON d.report = g.report JOIN openings o ON o.report = g.report
    WHERE g.kind IN ('killed', 'wounded') AND try_cast(g.value AS BIGINT) >= {LEAST} AND g.bound <> 'vaguely' AND regexp_full_match(g.place, '[0-9]+') AND d.first IS NOT NULL AND d.last IS NOT NULL
),
visiting AS (
    SELECT DISTINCT t.story, r.report, r.statement, r.id AS reading
    FROM tolls t JOIN tolls r ON r.kind = t.kind AND r.value = t.value AND r.place = t.place AND r.story <> t.story
    WHERE NOT EXISTS (
        SELECT 1 FROM corrections c JOIN members m ON m.report = c."into"
        WHERE c.kind = 'other-story' AND c.name = r.report AND m.story = t.story)
    AND t.opens AND abs(date_diff('day', t.day, r.day)) <= {SOON} AND r.first <= (t.last::DATE + 1)::VARCHAR AND t.first <= (r.last::DATE + 1)::VARCHAR
        AND len(list_intersect(t.words, r.words)) >= {ENOUGH}
)
SELECT 'z-' || substr(md5(story || reading), 1, 16) AS id, story, report, statement, reading, 'same-toll@1' AS rule FROM visiting ORDER BY id
"""
