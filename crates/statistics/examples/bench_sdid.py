"""The question of bench_sdid.rs by scipy's NNLS, by diff-diff and by synthdid-py.

Called by bench_sdid.rs with a folder with the outcomes (little-endian), the numbers of units,
periods, treated units and untreated periods, and a number of placebo draws. synthdid-py is slow: it
gets a few draws, and its time per draw is scaled up.
"""

import os
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd
from scipy.optimize import nnls

folder = sys.argv[1]
units, periods, treated, before, draws = (int(it) for it in sys.argv[2:7])
y = np.fromfile(os.path.join(folder, "outcome"), dtype="<f8").reshape(units, periods)
controls = units - treated
warnings.simplefilter("ignore")


def simplex(a, b, ridge):
    """Non-negative least squares with a heavy row for the sum of the weights."""
    a, b = a - a.mean(axis=0), b - b.mean()
    n = a.shape[1]
    heavy = 1e3 * max(1.0, np.abs(a).max())
    stacked = np.vstack([a, np.sqrt(ridge) * np.eye(n), np.full((1, n), heavy)])
    w, _ = nnls(stacked, np.concatenate([b, np.zeros(n), [heavy]]), maxiter=50 * n)
    return w / w.sum()


def effect(y0, y1):
    after = y0.shape[1] - before
    sigma = np.diff(y0[:, :before], axis=1).std(ddof=1)
    zeta = (len(y1) * after) ** 0.25 * sigma
    omega = simplex(y0[:, :before].T, y1[:, :before].mean(axis=0), before * zeta**2)
    late = y0[:, before:].mean(axis=1)
    lam = simplex(y0[:, :before], late, len(y0) * (1e-6 * sigma) ** 2)
    return (y1[:, before:].mean() - y1[:, :before].mean(axis=0) @ lam) - omega @ (late - y0[:, :before] @ lam)


def by_nnls():
    random = np.random.default_rng(1)
    estimate = effect(y[:controls], y[controls:])
    placebos = []
    for _ in range(draws):
        order = random.permutation(controls)
        placebos.append(effect(y[order[:-treated]], y[order[-treated:]]))
    return estimate, np.std(placebos)


def report(peer, took, estimate, error):
    print(f"  {peer:14} {took:9.4f} s  estimate {estimate:.6f}  standard error {error:.5f}", flush=True)


def timed(run, times):
    best, found = np.inf, None
    for _ in range(times):
        clock = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - clock)
    return best, found


took, (estimate, error) = timed(by_nnls, 3)
report("scipy nnls", took, estimate, error)
with open(os.path.join(folder, "exact"), "w") as file:
    file.write(repr(float(estimate)))

try:
    from diff_diff import SyntheticDiD

    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), periods),
            "time": np.tile(np.arange(periods), units),
            "y": y.ravel(),
            "treated": np.repeat((np.arange(units) >= controls).astype(int), periods),
        }
    )
    late = list(range(before, periods))

    def by_diff_diff():
        model = SyntheticDiD(variance_method="placebo", n_bootstrap=draws, seed=1)
        fit = model.fit(frame, outcome="y", treatment="treated", unit="unit", time="time", post_periods=late)
        return fit.att, fit.se

    took, (estimate, error) = timed(by_diff_diff, 3)
    report("diff-diff", took, estimate, error)
except ImportError:
    print("  OVERGESLAGEN: diff-diff")

try:
    import synthdid

    few = 3
    took_estimate, fit = timed(lambda: synthdid.synthdid_estimate(y, controls, before), 1)
    took_few, error = timed(lambda: synthdid.placebo_se(fit, few), 1)
    report("synthdid-py *", took_estimate + took_few * draws / few, float(getattr(fit, "estimate", fit)), error)
    print(f"  * time of {few} draws, scaled to {draws}")
except ImportError:
    print("  OVERGESLAGEN: synthdid-py")
print(f"  peak memory of the peers {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9:.3f} GB", flush=True)
