"""What Python finds for many tests, equivalence, power, placebo dates and leaving one out.

Needs numpy, pandas, scipy, statsmodels, diff-diff 3.13, and did_imputation.csv beside this file.
Writes credibility_checks_expected.csv for tests/credibility/.
"""

import csv
import pathlib

import diff_diff
import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_ind

HERE = pathlib.Path(__file__).parent
P = [0.001, 0.2, 0.012, 0.04, 0.03, 0.9, 0.04, 0.013]
T = [3.4, -2.9, 0.4, 2.1, -1.2]


def many(put):
    for name, method in [("bonferroni", "bonferroni"), ("holm", "holm"), ("bh", "fdr_bh")]:
        for at, p in enumerate(multipletests(P, method=method)[1]):
            put("many", f"{name}_{at}", p)
    # Romano & Wolf (2016), algorithm 4.1 and 4.2, literally, on draws that a formula makes.
    draws = np.array([[2.5 * np.sin(1.3 * (b + 1) * (s + 1)) for s in range(len(T))] for b in range(400)])
    t, left, p = np.abs(T), list(range(len(T))), {}
    before = 0.0
    while left:
        at = max(left, key=lambda it: t[it])
        largest = np.abs(draws[:, left]).max(1)
        before = max(before, (1 + (largest >= t[at]).sum()) / (len(draws) + 1))
        p[at] = before
        left.remove(at)
    for at in range(len(T)):
        put("many", f"rw_{at}", p[at])


def equivalence(put):
    rng = np.random.default_rng(3)
    a, b = np.round(rng.normal(0.1, 1, 40), 3), np.round(rng.normal(0, 1, 35), 3)
    p, lower, upper = ttost_ind(a, b, -0.5, 0.5, usevar="pooled")
    n = len(a) + len(b)
    pooled = (((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()) / (n - 2)
    se = np.sqrt(pooled * (1 / len(a) + 1 / len(b)))
    for key, value in [
        ("estimate", a.mean() - b.mean()), ("se_estimate", se), ("df", n - 2), ("p", p),
        ("p_lower", lower[1]), ("p_upper", upper[1]),
    ]:
        put("equivalence", key, value)


def power(put):
    """The variance of a change from the whole covariance matrix; power by the shifted t."""
    for at, (units, treated, m, r, variance, rho) in enumerate(
        [(40, 2, 24, 12, 0.04, 0.6), (342, 100, 4, 3, 1.0, 0.9), (24, 6, 1, 1, 2.0, 0.0), (60, 30, 5, 8, 1.5, -0.4)]
    ):
        lags = np.abs(np.subtract.outer(np.arange(m + r), np.arange(m + r)))
        sigma = variance * rho ** lags.astype(float)
        w = np.r_[-np.ones(m) / m, np.ones(r) / r]
        change = w @ sigma @ w
        off = lambda block: (block.sum() - np.trace(block)) / max(1, len(block) * (len(block) - 1))
        put("power", f"before_{at}", off(sigma[:m, :m]))
        put("power", f"after_{at}", off(sigma[m:, m:]))
        put("power", f"across_{at}", sigma[:m, m:].mean())
        put("power", f"change_{at}", change)
        share = treated / units
        se = np.sqrt(change / (share * (1 - share) * units))
        df = units - 2
        put("power", f"mde_{at}", (stats.t.ppf(0.975, df) + stats.t.ppf(0.8, df)) * se)
        crit, away = stats.t.ppf(0.975, df), 1.5
        put("power", f"of_{at}", stats.t.sf(crit - away, df) + stats.t.cdf(-crit - away, df))


def refits(put):
    d = pd.read_csv(HERE / "did_imputation.csv")
    args = dict(outcome="y", unit="unit", time="period", first_treat="first_treat")

    def run(section, key, rows):
        fit = diff_diff.ImputationDiD().fit(rows, **args)
        put(section, key, fit.overall_att)
        put(section, f"se_{key}", fit.overall_se)

    for shift in (1, 2):
        rows = d[d.treated == 0].copy()
        rows.loc[rows.first_treat > 0, "first_treat"] -= shift
        run("placebo_dates", f"placebo_{shift}", rows)
    run("leave_one_out", "full", d)
    for cohort in (4, 5, 7):
        run("leave_one_out", f"without_{cohort}", d[d.first_treat != cohort])


if __name__ == "__main__":
    found = []
    put = lambda section, key, value: found.append((section, key, repr(float(value))))
    many(put)
    equivalence(put)
    power(put)
    refits(put)
    with open(HERE / "credibility_checks_expected.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("section", "key", "value"), *found])
