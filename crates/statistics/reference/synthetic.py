"""Writes the numbers that the tests of `synthetic/` compare with: tests/synthetic/expected.json.

Run with numpy, scipy, pandas, statsmodels and pysyncon from PyPI:  python synthetic.py
"""

import itertools
import json
import pathlib

import numpy as np
import pandas as pd
import statsmodels.api as sm
from pysyncon import AugSynth, Dataprep
from scipy.linalg import toeplitz
from scipy.optimize import nnls
from statsmodels.regression.linear_model import yule_walker
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.stattools import durbin_watson

UNITS, PERIODS, FIRST = 12, 26, 20
YEARS = [2000 + t for t in range(PERIODS)]


def panel(effect, starts):
    """Outcomes by unit and period; `starts` gives the first treated column of a unit."""
    i, t = np.meshgrid(np.arange(UNITS), np.arange(PERIODS), indexing="ij")
    own = 10 + 1.7 * np.sin(1.3 * i) + (0.2 + 0.1 * np.cos(2.1 * i)) * t
    wave = 0.5 * np.sin(0.9 * i * t + 0.4 * i) + 0.3 * np.cos(1.1 * t)
    y = own + wave
    for unit, first in starts.items():
        y[unit, first:] += effect
    return y


def simplex(a, b, ridge=0.0):
    """Least squares on the simplex: non-negative least squares with a heavy row for the sum."""
    level = a.mean(axis=1)
    a, b = a - level[:, None], b - level
    n = a.shape[1]
    heavy = 1e4 * max(1.0, np.abs(a).max())
    stacked = np.vstack([a, np.sqrt(ridge) * np.eye(n), np.full((1, n), heavy)])
    w, _ = nnls(stacked, np.concatenate([b, np.zeros(n), [heavy]]), maxiter=100 * n)
    # Exact on the support: the sum as a constraint and not as a row.
    on = np.flatnonzero(w > 1e-9)
    k = len(on)
    kkt = np.zeros((k + 1, k + 1))
    kkt[:k, :k] = a[:, on].T @ a[:, on] + ridge * np.eye(k)
    kkt[:k, k] = kkt[k, :k] = 1
    w = np.zeros(n)
    w[on] = np.linalg.lstsq(kkt, np.concatenate([a[:, on].T @ b, [1]]), rcond=None)[0][:k]
    return w


def block(y, controls, treated, before):
    """The three estimators of Arkhangelsky et al. (2021)."""
    y0, y1 = y[controls], y[treated]
    after = y.shape[1] - before
    sigma = np.diff(y0[:, :before], axis=1).std(ddof=1)
    zeta = (len(treated) * after) ** 0.25 * sigma
    past, target = y0[:, :before].T, y1[:, :before].mean(axis=0)
    omega = simplex(past - past.mean(axis=0), target - target.mean(), before * zeta**2)
    late = y0[:, before:].mean(axis=1)
    lam = simplex(y0[:, :before] - y0[:, :before].mean(axis=0), late - late.mean(), len(controls) * (1e-6 * sigma) ** 2)
    scw = simplex(past, target, before * (1e-6 * sigma) ** 2)
    equal = np.full(len(controls), 1 / len(controls))

    def effect(w, l):
        return (y1[:, before:].mean() - y1[:, :before].mean(axis=0) @ l) - (late @ w - w @ y0[:, :before] @ l)

    return {
        "sdid": effect(omega, lam),
        "sc": effect(scw, np.zeros(before)),
        "did": effect(equal, np.full(before, 1 / before)),
        "zeta_omega": zeta,
        "omega": omega,
        "lambda": lam,
        "scw": scw,
    }


def named(fit, controls, before):
    flat = {key: float(fit[key]) for key in ("sdid", "sc", "did", "zeta_omega")}
    for key in ("omega", "scw"):
        flat |= {f"{key}_u{u}": float(w) for u, w in zip(controls, fit[key])}
    return flat | {f"lambda_{YEARS[t]}": float(w) for t, w in enumerate(fit["lambda"])}


def sdid():
    y = panel(2.0, {0: FIRST, 1: FIRST})
    controls = list(range(2, UNITS))
    flat = named(block(y, controls, [0, 1], FIRST), controls, FIRST)
    estimates = {key: [] for key in ("sdid", "sc", "did")}
    for pair in itertools.combinations(controls, 2):
        rest = [u for u in controls if u not in pair]
        for key, found in estimates.items():
            found.append(block(y, rest, list(pair), FIRST)[key])
    flat["n_pairs"] = len(estimates["did"])
    for key, found in estimates.items():
        found = np.array(found)
        flat[f"se_allpairs_{key}"] = float(found.std())
        flat[f"p_two_sided_{key}"] = float((1 + (np.abs(found) >= abs(flat[key])).sum()) / (1 + len(found)))
    return flat


def staggered():
    """Two cohorts, each against the never treated, averaged by treated cells."""
    starts = {0: FIRST, 1: 15}
    y = panel(2.0, starts)
    controls = list(range(2, UNITS))
    flat, cells = {}, 0
    total = dict.fromkeys(("sdid", "sc", "did"), 0.0)
    for unit, first in starts.items():
        fit = block(y, controls, [unit], first)
        for key in total:
            flat[f"{key}_g{YEARS[first]}"] = float(fit[key])
            total[key] += (PERIODS - first) * float(fit[key])
        cells += PERIODS - first
    return flat | {key: value / cells for key, value in total.items()}


def augmented():
    y = panel(2.0, {0: FIRST})
    rows = [(f"u{u}", YEARS[t], y[u, t]) for u in range(UNITS) for t in range(PERIODS)]
    frame = pd.DataFrame(rows, columns=["unit", "period", "y"])
    prepared = Dataprep(
        foo=frame,
        predictors=[],
        special_predictors=[("y", YEARS[:1], "mean")],
        predictors_op="mean",
        dependent="y",
        unit_variable="unit",
        time_variable="period",
        treatment_identifier="u0",
        controls_identifier=[f"u{u}" for u in range(1, UNITS)],
        time_predictors_prior=YEARS[:FIRST],
        time_optimize_ssr=YEARS[:FIRST],
    )
    fit = AugSynth()
    fit.fit(prepared, use_covariates=False)
    gaps = y[0] - fit.W @ y[1:]
    flat = {"lambda": float(fit.lambda_), "ascm": float(gaps[FIRST:].mean())}
    flat |= {f"w_u{u + 1}": float(w) for u, w in enumerate(fit.W)}
    flat |= {f"scw_u{u + 1}": float(w) for u, w in enumerate(fit.synw)}
    flat |= {f"gap_{YEARS[t]}": float(gap) for t, gap in enumerate(gaps)}
    flat["scaled_imbalance"] = float(fit.scaled_l2_imbalance)
    return flat


def conformal(alpha=0.1):
    y = panel(2.0, {0: FIRST})

    def p(columns, effect):
        target = y[0, columns].copy()
        target[FIRST:] -= effect
        residual = np.abs(target - y[1:, columns].T @ simplex(y[1:, columns].T, target))
        tested, n = len(columns) - FIRST, len(columns)
        own = residual[FIRST:].sum()
        shifts = [sum(residual[(FIRST + k + s) % n] for k in range(tested)) for s in range(n)]
        return float(np.mean([s >= own * (1 - 1e-9) for s in shifts]))

    def ends(columns, centre, step=1e-3):
        """The outermost points of a fine grid that are not rejected."""
        grid = centre + step * np.arange(-3000, 3001)
        held = [at for at in grid if p(columns, at) > alpha]
        return float(min(held)), float(max(held))

    every = list(range(PERIODS))
    gaps = y[0] - simplex(y[1:, :FIRST].T, y[0, :FIRST]) @ y[1:]
    flat = {"p_conformal": p(every, 0.0), "sc": float(gaps[FIRST:].mean())}
    flat["ci_low"], flat["ci_high"] = ends(every, gaps[FIRST:].mean(), 4e-3)
    for t in range(FIRST, PERIODS):
        columns = list(range(FIRST)) + [t]
        year = YEARS[t]
        flat[f"gap_{year}"], flat[f"p_{year}"] = float(gaps[t]), p(columns, 0.0)
        if t in (FIRST, PERIODS - 1):
            flat[f"ci_low_{year}"], flat[f"ci_high_{year}"] = ends(columns, gaps[t])
    return flat


def series(n=60, start=36):
    t = np.arange(n)
    late = t >= start
    y = 20 + 0.3 * t - 4 * late - 0.25 * np.where(late, t - start, 0)
    y = y + 1.5 * np.sin(2 * np.pi * t / 12) + 0.8 * np.sin(1.7 * t) + 0.6 * np.cos(0.45 * t)
    x = np.column_stack([np.ones(n), t, late, np.where(late, t - start, 0)])
    season = np.column_stack([np.sin(2 * np.pi * t / 12), np.cos(2 * np.pi * t / 12)])
    return y, x, np.hstack([x, season]), start


NAMES = ["const", "trend", "level", "slope", "sin1", "cos1"]


def terms(fit, residual, start):
    n = len(residual)
    flat = {}
    for name, value, error, p in zip(NAMES, fit.params, fit.bse, fit.pvalues):
        flat |= {name: value, f"se_{name}": error, f"p_{name}": p}
    last = n - start - 1
    for name, weight in (("mean_change", last / 2), ("last_change", last)):
        contrast = np.zeros(len(fit.params))
        contrast[2], contrast[3] = 1, weight
        test = fit.t_test(contrast)
        flat |= {name: test.effect[0], f"se_{name}": np.ravel(test.sd)[0]}
    box = acorr_ljungbox(residual, lags=[10])
    flat |= {"ljung_box": box["lb_stat"].iloc[0], "p_ljung_box": box["lb_pvalue"].iloc[0]}
    flat["durbin_watson"] = durbin_watson(residual)
    return {key: float(value) for key, value in flat.items()}


def newey_west(season):
    y, plain, full, start = series()
    fit = sm.OLS(y, full if season else plain).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True
    )
    return terms(fit, fit.resid, start)


def autoregressive(order, season):
    """Generalised least squares, iterated; the covariance of the autoregression is exact."""
    y, plain, full, start = series()
    x = full if season else plain
    estimate = sm.OLS(y, x).fit().params
    for _ in range(2000):
        rho, _ = yule_walker(y - x @ estimate, order=order, method="mle", demean=False, result_object=False)
        # Autocorrelations of the process: the sample's up to its order, then the recursion.
        residual = y - x @ estimate
        r = [float(residual[k:] @ residual[: len(y) - k] / (residual @ residual)) for k in range(order + 1)]
        while len(r) < len(y):
            r.append(sum(rho[j] * r[-1 - j] for j in range(order)))
        fit = sm.GLS(y, x, sigma=toeplitz(r)).fit()
        moved = np.abs(fit.params - estimate).max()
        estimate = fit.params
        if moved < 1e-13:
            break
    # Whitened forwards, so that the first observation stays the first.
    white = np.linalg.solve(np.linalg.cholesky(toeplitz(r)), fit.resid)
    flat = terms(fit, white, start)
    return flat | {f"rho_{k + 1}": float(value) for k, value in enumerate(rho)}


expected = {
    "sdid": sdid(),
    "staggered": staggered(),
    "augmented": augmented(),
    "conformal": conformal(),
    "newey_west": newey_west(False),
    "newey_west_season": newey_west(True),
    "prais_winsten": autoregressive(1, False),
    "autoregressive_2_season": autoregressive(2, True),
}
path = pathlib.Path(__file__).parent.parent / "tests/synthetic/expected.json"
path.write_text(json.dumps(expected, indent=1) + "\n")
print({key: len(value) for key, value in expected.items()})
