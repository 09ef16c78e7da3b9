"""Own staggered data and what Python packages find in it: did_imputation*.csv beside this file.

Needs numpy, pandas, pyfixest 0.60, diff-diff 3.13, statsmodels. Writes the data (seeded) and
section,key,value for tests/did/{imputation,two_stage,etwfe,etwfe_poisson}.rs.
"""

import csv
import pathlib
import warnings

import diff_diff
import numpy as np
import pandas as pd
import pyfixest as pf

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent
LEADS = [-6, -5, -4, -3, -2]


def data():
    rng = np.random.default_rng(20240917)
    rows = []
    for unit in range(40):
        first = [0, 4, 5, 7][unit % 4] if unit < 36 else 0
        level, size, base = rng.normal(3, 1), rng.integers(800, 4000), rng.normal(0, 1)
        noise = 0.0
        for period in range(1, 10):
            noise = 0.5 * noise + rng.normal(0, 0.4)
            x = base * 0.3 * period + rng.normal(0, 1)
            on = first > 0 and period >= first
            effect = (0.4 + 0.1 * (period - first)) * (1.5 if first == 4 else 1) if on else 0
            y = level + 0.2 * period + 0.3 * x + effect + noise
            rate = np.exp(-4.5 + 0.3 * (unit % 3) + 0.05 * period + 0.4 * effect)
            rows.append(
                dict(
                    unit=f"u{unit}", region=f"r{unit // 4}", period=period, first_treat=first,
                    treated=int(on), y=round(y, 6), x=round(x, 6), z=round(base, 6),
                    count=rng.poisson(size * rate), population=size,
                )
            )
    return pd.DataFrame(rows)


def by_horizon(effects, out, rename=lambda key: key):
    for horizon, it in sorted(effects.items()):
        if horizon >= 0:
            out(rename(f"dyn_{horizon}"), it["effect"])
            out(rename(f"se_dyn_{horizon}"), it["se"])


def imputation(d, put):
    for section, rows, covariates in [
        ("imputation", d, None),
        ("imputation_x", d, ["x"]),
        ("imputation_gaps", d[np.arange(len(d)) % 17 != 5], None),
    ]:
        args = dict(outcome="y", unit="unit", time="period", first_treat="first_treat")
        fit = diff_diff.ImputationDiD().fit(rows, covariates=covariates, aggregate="all", **args)
        out = lambda key, value: put(section, key, value)
        out("att", fit.overall_att)
        out("se_att", fit.overall_se)
        by_horizon(fit.event_study_effects, out)
        for cohort, it in sorted(fit.group_effects.items()):
            out(f"group_{cohort}", it["effect"])
            out(f"se_group_{cohort}", it["se"])
        if section == "imputation":
            fit = diff_diff.ImputationDiD(leave_one_out=True).fit(rows, aggregate="all", **args)
            put("imputation_leave_one_out", "se_att", fit.overall_se)
            two = diff_diff.TwoStageDiD().fit(rows, aggregate="all", **args)
            out = lambda key, value: put("two_stage", key, value)
            out("att", two.overall_att)
            out("se_att", two.overall_se)
            by_horizon(two.event_study_effects, out)


def leads(d, put):
    rows = d[d.treated == 0].copy()
    horizon = np.where(rows.first_treat > 0, rows.period - rows.first_treat, -99)
    for it in LEADS + [-1]:
        rows[f"lead{-it}"] = (horizon == it).astype(float)
    formula = "y ~ " + " + ".join(f"lead{-it}" for it in LEADS) + " | unit + period"
    tight = dict(fixef_tol=1e-12)
    clustered = pf.feols(formula, rows, vcov={"CRV1": "unit"}, **tight)
    iid = pf.feols(formula, rows, vcov="iid", **tight)
    for it in LEADS:
        name = f"lead{-it}"
        put("leads", f"dyn_{it}", clustered.coef()[name])
        put("leads", f"cluster_se_dyn_{it}", clustered.se()[name])
        put("leads", f"se_dyn_{it}", iid.se()[name])
    b, v = clustered.coef().to_numpy(), clustered._vcov
    put("leads_wald", "f", b @ np.linalg.solve(v, b) / len(b))
    last = pf.feols("y ~ lead2 + lead1 | unit + period", rows, **tight)
    put("last_leads", "dyn_-2", last.coef()["lead2"])
    put("last_leads", "dyn_-1", last.coef()["lead1"])


if __name__ == "__main__":
    frame = data()
    frame.to_csv(HERE / "did_imputation.csv", index=False)
    found = []
    put = lambda section, key, value: found.append((section, key, repr(float(value))))
    imputation(frame, put)
    leads(frame, put)
    with open(HERE / "did_imputation_expected.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("section", "key", "value"), *found])
