"""The question of bench_spells.rs in DuckDB and in Polars.

Called by bench_spells.rs with a folder of columns (little-endian), a number of threads and a
number of runs. The data
are in memory, with dates as the peer's own type, before the clock starts. Unique clients
are counted by each peer's fastest known way: stretches of months merged by a running maximum, not
one row per client and month.
"""

import os
import resource
import sys
import time

folder, threads, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ["POLARS_MAX_THREADS"] = str(threads)

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402

TEAMS, MONTHS = 200, 120


def column(name, kind):
    return np.fromfile(os.path.join(folder, name), dtype=kind)


# Days count from 1 January 2000, dates from 1 January 1970; the largest number means no end.
def dates(days, missing):
    return pa.array((days.astype(np.int64) + 10957).clip(max=2_000_000).astype(np.int32), pa.date32(), mask=missing)


client, team = column("client", "<u4"), column("team", "<u2")
van, tot = column("van", "<i4"), column("tot", "<i4")
spells = pa.table(
    {
        "client": client,
        "team": team,
        "start": dates(van, np.zeros(len(van), dtype=bool)),
        "end": dates(tot, tot == np.iinfo(np.int32).max),
    }
)
del client, team, van, tot


def best(peer, question, run):
    took, result = (1e9, 1e9), None
    for _ in range(runs):
        clock, cpu = time.perf_counter(), time.process_time()
        result = run()
        took = min(took, (time.perf_counter() - clock, time.process_time() - cpu))
    grid = np.zeros((TEAMS, MONTHS), dtype="<u4")
    team, m, n = (np.asarray(it) for it in result)
    change = np.zeros((TEAMS, MONTHS + 1), dtype=np.int64)
    np.add.at(change, (team.astype(int), m.astype(int)), n.astype(np.int64))
    grid[:] = change.cumsum(axis=1)[:, :MONTHS]
    grid.tofile(os.path.join(folder, f"{peer}-{question}"))
    what = {"active": "active spells", "unique": "unique clients"}[question]
    print(f"  {peer:9} {what:14} {took[0]:8.4f} s  processor {took[1]:8.4f} s", flush=True)


# --- DuckDB: changes per team and month; the running sum over 200 x 120 cells is not timed.
db = duckdb.connect()
db.execute(f"SET threads={threads}")
db.execute("SET enable_progress_bar=false")
db.register("arrow_spells", spells)
db.execute("CREATE TABLE s AS SELECT * FROM arrow_spells")
STRETCHES = """
WITH a AS (SELECT team, client, datediff('month', DATE '2015-01-01', start) AS ms,
             COALESCE(LEAST(datediff('month', DATE '2015-01-01', "end"), 119), 119) AS me FROM s)"""
ACTIVE = (
    STRETCHES
    + """
SELECT team, m, SUM(n) AS n FROM (
  SELECT team, ms AS m, COUNT(*) AS n FROM a GROUP BY 1, 2
  UNION ALL SELECT team, me + 1, -COUNT(*) FROM a GROUP BY 1, 2) GROUP BY 1, 2"""
)
UNIQUE = (
    STRETCHES
    + """,
 b AS (SELECT team, ms, me, MAX(me) OVER (PARTITION BY team, client ORDER BY ms
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p FROM a),
 k AS (SELECT team, GREATEST(ms, COALESCE(p + 1, 0)) AS ms, me FROM b WHERE p IS NULL OR me > p)
SELECT team, m, SUM(n) AS n FROM (
  SELECT team, ms AS m, COUNT(*) AS n FROM k GROUP BY 1, 2
  UNION ALL SELECT team, me + 1, -COUNT(*) FROM k GROUP BY 1, 2) GROUP BY 1, 2"""
)


def ask(sql):
    it = db.execute(sql).fetchnumpy()
    return it["team"], it["m"], it["n"]


best("duckdb", "active", lambda: ask(ACTIVE))
best("duckdb", "unique", lambda: ask(UNIQUE))
db.close()

frame = pl.from_arrow(spells)
del spells


def changes(stretches):
    """Plus one where a stretch starts, minus one after it ends."""
    enter = stretches.group_by("team", pl.col("ms").alias("m")).agg(pl.len().cast(pl.Int64).alias("n"))
    leave = stretches.group_by("team", (pl.col("me") + 1).alias("m")).agg((-pl.len().cast(pl.Int64)).alias("n"))
    it = pl.concat([enter, leave]).group_by("team", "m").agg(pl.col("n").sum()).collect()
    return it["team"].to_numpy(), it["m"].to_numpy(), it["n"].to_numpy()


def month(day):
    return (day.dt.year().cast(pl.Int16) - 2015) * 12 + day.dt.month().cast(pl.Int16) - 1


def stretches():
    me = month(pl.col("end")).fill_null(MONTHS - 1).clip(upper_bound=MONTHS - 1)
    return frame.lazy().select("team", "client", month(pl.col("start")).alias("ms"), me.alias("me"))


def unique():
    ordered = stretches().sort("team", "client", "ms")
    same = (pl.col("team") == pl.col("team").shift(1)) & (pl.col("client") == pl.col("client").shift(1))
    # The running maximum within a person is that of one key that grows from person to person.
    person = (~same.fill_null(False)).cast(pl.Int64).cum_sum() * 1024
    merged = ordered.with_columns(person.alias("person")).with_columns(
        ((pl.col("person") + pl.col("me")).cum_max().shift(1) - pl.col("person")).alias("p")
    )
    own = pl.col("p").is_not_null() & (pl.col("p") >= 0)
    kept = merged.filter(~own | (pl.col("me") > pl.col("p"))).with_columns(
        pl.when(own).then(pl.max_horizontal("ms", pl.col("p") + 1)).otherwise("ms").alias("ms")
    )
    return changes(kept.select("team", "ms", pl.col("me").cast(pl.Int64)))


def active():
    return changes(stretches().with_columns(pl.col("ms").cast(pl.Int64), pl.col("me").cast(pl.Int64)))


best("polars", "active", active)
best("polars", "unique", unique)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
print(f"  peak memory of the peers {peak:.2f} GB", flush=True)
