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
            by_region = rows.assign(region=rows.region.str[1:].astype(int))
            fit = diff_diff.ImputationDiD(cluster="region").fit(by_region, aggregate="all", **args)
            put("imputation_region", "att", fit.overall_att)
            put("imputation_region", "se_att", fit.overall_se)
            by_horizon(fit.event_study_effects, lambda k, v: put("imputation_region", k, v))
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


def average(put, section, cells, b, v, size):
    """Averages over cells with fixed shares: att, dyn, group, calendar, and every cell."""
    def one(key, chosen):
        w = np.array([size[c] if c in chosen else 0 for c in cells], float)
        w /= w.sum()
        put(section, key, w @ b)
        put(section, f"se_{key}", np.sqrt(w @ v @ w))
    treated = [(g, t) for g, t in cells if t >= g]
    one("att", treated)
    for h in sorted({t - g for g, t in cells}):
        one(f"dyn_{h}", [c for c in cells if c[1] - c[0] == h])
    for g in sorted({g for g, _ in cells}):
        one(f"group_{g}", [c for c in treated if c[0] == g])
    for t in sorted({t for _, t in treated}):
        one(f"calendar_{t}", [c for c in treated if c[1] == t])
    for g, t in cells:
        one(f"attgt_g{g}_t{t}", [(g, t)])


def cells_of(d, never=False):
    keep = lambda g, t: t != g - 1 if never else t >= g
    cells = [(g, t) for g in (4, 5, 7) for t in range(1, 10) if keep(g, t)]
    for g, t in cells:
        d[f"c{g}_{t}"] = ((d.first_treat == g) & (d.period == t)).astype(float)
    return cells, d.groupby(["first_treat", "period"]).size().to_dict()


def etwfe(d, put):
    """The saturated regressions written out, with pyfixest and cluster-robust errors."""
    for section, never, x in [
        ("etwfe", False, None), ("etwfe_never", True, None), ("etwfe_z", False, "z"), ("etwfe_x", False, "x"),
    ]:
        rows = d.copy()
        cells, size = cells_of(rows, never)
        terms = [f"c{g}_{t}" for g, t in cells]
        if x:
            centred = rows[x] - rows.groupby("first_treat")[x].transform("mean")
            own = [] if x == "z" else [x]
            for t in range(2, 10):
                rows[f"{x}_t{t}"] = rows[x] * (rows.period == t)
                own.append(f"{x}_t{t}")
            for g in (4, 5, 7) if x == "x" else ():
                rows[f"{x}_g{g}"] = rows[x] * (rows.first_treat == g)
                own.append(f"{x}_g{g}")
            for c in list(terms):
                rows[f"{x}_{c}"] = centred * rows[c]
                own.append(f"{x}_{c}")
            terms = terms + own
        fit = pf.feols(
            "y ~ " + " + ".join(terms) + " | unit + period", rows, vcov={"CRV1": "unit"}, fixef_tol=1e-13
        )
        names = list(fit.coef().index)
        at = [names.index(f"c{g}_{t}") for g, t in cells]
        average(put, section, cells, fit.coef().to_numpy()[at], fit._vcov[np.ix_(at, at)], size)


def etwfe_poisson(d, put):
    """Poisson with cohort and period effects by statsmodels; margins by the delta method."""
    import statsmodels.api as sm

    for section, exposure in [("etwfe_poisson", None), ("etwfe_poisson_rate", "population")]:
        rows = d.copy()
        cells, size = cells_of(rows)
        design = pd.DataFrame({"one": 1.0}, index=rows.index)
        for g in (4, 5, 7):
            design[f"g{g}"] = (rows.first_treat == g).astype(float)
        for t in range(2, 10):
            design[f"t{t}"] = (rows.period == t).astype(float)
        names = [f"c{g}_{t}" for g, t in cells]
        design[names] = rows[names]
        offset = np.log(rows[exposure]) if exposure else None
        codes = rows.unit.astype("category").cat.codes
        fit = sm.GLM(rows["count"], design, family=sm.families.Poisson(), offset=offset).fit(
            tol=1e-14, maxiter=200, cov_type="cluster", cov_kwds=dict(groups=codes, use_correction=False)
        )
        z = design.to_numpy()
        free = z.copy()
        free[:, -len(cells):] = 0
        base = np.zeros(len(rows)) if offset is None else offset.to_numpy()
        beta = fit.params.to_numpy()
        m1, m0 = np.exp(base + z @ beta), np.exp(base + free @ beta)
        n, g = len(rows), rows.unit.nunique()
        v = fit.cov_params().to_numpy() * g / (g - 1) * (n - 1) / (n - z.shape[1])
        b, jacobian = [], []
        for g0, t0 in cells:
            inside = ((rows.first_treat == g0) & (rows.period == t0)).to_numpy()
            b.append((m1 - m0)[inside].mean())
            jacobian.append((m1[:, None] * z - m0[:, None] * free)[inside].mean(0))
        jacobian = np.array(jacobian)
        average(put, section, cells, np.array(b), jacobian @ v @ jacobian.T, size)
        treated = (rows.treated == 1).to_numpy()
        ratio = m1[treated].sum() / m0[treated].sum()
        slope = (m1[:, None] * z)[treated].sum(0) / m1[treated].sum()
        slope -= (m0[:, None] * free)[treated].sum(0) / m0[treated].sum()
        put(section, "log_ratio", np.log(ratio))
        put(section, "se_log_ratio", np.sqrt(slope @ v @ slope))


if __name__ == "__main__":
    frame = data()
    frame.to_csv(HERE / "did_imputation.csv", index=False)
    found = []
    put = lambda section, key, value: found.append((section, key, repr(float(value))))
    imputation(frame, put)
    leads(frame, put)
    etwfe(frame, put)
    etwfe_poisson(frame, put)
    with open(HERE / "did_imputation_expected.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("section", "key", "value"), *found])
