-- Written by `python -m geo.store.compiling` from the expressions of geo/store/queries.py. Do not edit.

-- name: between_latitudes
SELECT
  "t0"."row",
  "t0"."lon",
  "t0"."lat"
FROM "records" AS "t0"
WHERE
  "t0"."record" = 'event' AND "t0"."lat" BETWEEN $south AND $north;

-- name: census_date_basis
SELECT
  "t1"."date_basis" AS "value",
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."date_basis" IS NOT NULL
) AS "t1"
GROUP BY
  1;

-- name: census_date_precision
SELECT
  "t1"."date_precision" AS "value",
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."date_precision" IS NOT NULL
) AS "t1"
GROUP BY
  1;

-- name: census_kind
SELECT
  "t1"."kind" AS "value",
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."kind" IS NOT NULL
) AS "t1"
GROUP BY
  1;

-- name: census_place_basis
SELECT
  "t1"."place_basis" AS "value",
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event'
    AND "t0"."lon" IS NOT NULL
    AND "t0"."place_basis" IS NOT NULL
) AS "t1"
GROUP BY
  1;

-- name: census_place_precision
SELECT
  "t1"."place_precision" AS "value",
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."place_precision" IS NOT NULL
) AS "t1"
GROUP BY
  1;

-- name: count_all
SELECT
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event'
) AS "t1";

-- name: count_by_editor
SELECT
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event'
    AND "t0"."lon" IS NOT NULL
    AND "t0"."place_basis" = 'editor'
) AS "t1";

-- name: count_unplaced
SELECT
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."lon" IS NULL
) AS "t1";

-- name: date_codes
SELECT
  "t1"."date_precision" AS "value",
  ARRAY_AGG(DISTINCT "t1"."acled_time") FILTER(WHERE
    "t1"."acled_time" IS NOT NULL) AS "acled",
  ARRAY_AGG(DISTINCT "t1"."ucdp_date") FILTER(WHERE
    "t1"."ucdp_date" IS NOT NULL) AS "ucdp"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event'
) AS "t1"
GROUP BY
  1;

-- name: days
SELECT
  *
FROM (
  SELECT
    CAST(FLOOR(
      (
        "t1"."first" - (
          (
            (
              "t1"."first" % 1440
            ) + 1440
          ) % 1440
        )
      ) / (
        1440
      )
    ) AS BIGINT) AS "value",
    COUNT(*) AS "number"
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'update'
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
ORDER BY
  "t2"."value" DESC;

-- name: events_of_rows
SELECT
  "t0"."row",
  "t0"."id",
  "t0"."json"
FROM "records" AS "t0"
WHERE
  "t0"."record" = 'event'
  AND "t0"."row" BETWEEN $first AND $last
  AND ARRAY_CONTAINS($rows, "t0"."row");

-- name: events_with_word
SELECT
  "t0"."row"
FROM "records" AS "t0"
WHERE
  "t0"."record" = 'event' AND CONTAINS("t0"."search", $word);

-- name: newest_of_precision
SELECT
  MAX("t1"."row") AS "row"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."date_precision" = $precision
) AS "t1";

-- name: radii
SELECT
  "t1"."place_precision" AS "value",
  MIN("t1"."uncertainty_km") AS "least",
  MAX("t1"."uncertainty_km") AS "most"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."uncertainty_km" > 0
) AS "t1"
GROUP BY
  1;

-- name: rows_of_events
SELECT
  "t4"."row",
  "t4"."id"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'event'
  ) AS "t2"
  WHERE
    "t2"."id" IN (
      SELECT
        *
      FROM (
        SELECT
          UNNEST($ids) AS "value"
      ) AS "t1"
    )
) AS "t4";

-- name: rows_of_updates
SELECT
  "t4"."row",
  "t4"."id"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'update'
  ) AS "t2"
  WHERE
    "t2"."id" IN (
      SELECT
        *
      FROM (
        SELECT
          UNNEST($ids) AS "value"
      ) AS "t1"
    )
) AS "t4";

-- name: sample_all
SELECT
  "t2"."row"
FROM (
  SELECT
    "t1"."row",
    ROW_NUMBER() OVER (ORDER BY "t1"."row" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 1 AS "place"
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'event'
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."place" < $most
ORDER BY
  "t2"."place" ASC;

-- name: sample_by_editor
SELECT
  "t2"."row"
FROM (
  SELECT
    "t1"."row",
    ROW_NUMBER() OVER (ORDER BY "t1"."row" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 1 AS "place"
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'event'
      AND "t0"."lon" IS NOT NULL
      AND "t0"."place_basis" = 'editor'
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."place" < $most
ORDER BY
  "t2"."place" ASC;

-- name: sample_most_counted
SELECT
  "t2"."row"
FROM (
  SELECT
    "t1"."row",
    ROW_NUMBER() OVER (
      ORDER BY "t1"."counted" DESC, "t1"."row" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "place"
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'event'
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."place" < $most
ORDER BY
  "t2"."place" ASC;

-- name: sample_most_told
SELECT
  "t2"."row"
FROM (
  SELECT
    "t1"."row",
    ROW_NUMBER() OVER (
      ORDER BY ARRAY_LENGTH("t1"."updates") DESC, "t1"."row" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "place"
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'event'
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."place" < $most
ORDER BY
  "t2"."place" ASC;

-- name: sample_unplaced
SELECT
  "t2"."row"
FROM (
  SELECT
    "t1"."row",
    ROW_NUMBER() OVER (ORDER BY "t1"."row" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 1 AS "place"
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'event' AND "t0"."lon" IS NULL
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."place" < $most
ORDER BY
  "t2"."place" ASC;

-- name: sources
SELECT
  "t2"."source",
  "t2"."url",
  "t2"."number"
FROM (
  SELECT
    "t1"."source",
    "t1"."url",
    COUNT(*) AS "number",
    MIN("t1"."row") AS "row"
  FROM (
    SELECT
      *
    FROM "records" AS "t0"
    WHERE
      "t0"."record" = 'update'
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
ORDER BY
  "t2"."number" DESC,
  "t2"."row" ASC;

-- name: told_at_all
SELECT
  COUNT(*) AS "number"
FROM (
  SELECT
    *
  FROM "records" AS "t0"
  WHERE
    "t0"."record" = 'event' AND "t0"."told" IS NOT NULL
) AS "t1";

-- name: told_by
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t2"."row",
      UNNEST("t2"."updates") AS "update"
    FROM (
      SELECT
        *
      FROM "records" AS "t0"
      WHERE
        "t0"."record" = 'event'
    ) AS "t2"
  ) AS "t4"
  WHERE
    "t4"."update" IN (
      SELECT
        *
      FROM (
        SELECT
          UNNEST($ids) AS "value"
      ) AS "t1"
    )
) AS "t5"
ORDER BY
  "t5"."row" ASC;

-- name: updates_of_rows
SELECT
  "t0"."row",
  "t0"."id",
  "t0"."json"
FROM "records" AS "t0"
WHERE
  "t0"."record" = 'update'
  AND "t0"."row" BETWEEN $first AND $last
  AND ARRAY_CONTAINS($rows, "t0"."row");

-- name: updates_with_word
SELECT
  "t0"."row"
FROM "records" AS "t0"
WHERE
  "t0"."record" = 'update' AND CONTAINS("t0"."search", $word);
