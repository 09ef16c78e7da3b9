"""Prints the numbers that the tests of this crate compare with.

Run with numpy, scipy and statsmodels from PyPI:  python reference.py
"""

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

for successes, trials in [(15, 20), (0, 7), (250, 1000)]:
    print("wilson", successes, trials, *proportion_confint(successes, trials, method="wilson"))

for (before, n0), (after, n1) in [((349, 1), (502, 1)), ((349, 41), (502, 42))]:
    # The Wald interval on the log scale is that of a Poisson regression with an offset.
    fit = sm.GLM(
        [before, after], sm.add_constant([0.0, 1.0]), family=sm.families.Poisson(), offset=np.log([n0, n1])
    ).fit(tol=1e-12)
    print("growth", before, after, *(float(np.exp(it) - 1) for it in fit.conf_int()[1]))

y = np.array([393, 394, 401, 406, 409, 407, 412], dtype=float)
changes = np.diff(y)
fit = sm.OLS(changes, np.ones_like(changes)).fit()
h = 5
centre = y[-1] + h * fit.params[0]
reach = stats.norm.ppf(0.975) * np.sqrt(h * fit.mse_resid + (h * fit.bse[0]) ** 2)
print("drift", *(float(it) for it in (centre, centre - reach, centre + reach)))

days = [3, 8, 12, 20, 41, 42, 60]
print("quantile", [float(np.quantile(days, p, method="linear")) for p in (0, 0.25, 0.5, 0.9, 1)])

for n in (5, 6, 9, 20, 100, 3000):
    rank = int(stats.binom.ppf(0.025, n, 0.5))
    # The largest rank whose lower tail does not exceed 2.5%.
    while rank >= 0 and stats.binom.cdf(rank, n, 0.5) > 0.025:
        rank -= 1
    print("rank", n, rank)
