"""Prints the numbers that `tests/credibility/honest.rs` compares with: scipy 1.17.

Roth (2022) by quadrature: power of two single tests against a line, and the bias after passing.
"""

import numpy as np
from scipy import stats
from scipy.integrate import dblquad
from scipy.optimize import brentq

cov = np.array([[1.0, 0.5, 0.4], [0.5, 0.8, 0.6], [0.4, 0.6, 1.2]])
beta = np.array([0.3, -0.2])
pre = cov[:2, :2]
limit = stats.norm.ppf(0.975) * np.sqrt(np.diag(pre))


def moments(slope):
    mean = -slope * np.array([2.0, 1.0])
    density = stats.multivariate_normal(mean, pre).pdf
    box = (-limit[1], limit[1], -limit[0], limit[0])
    part = [dblquad(lambda x, y, f=f: f(x, y) * density([x, y]), *box, epsabs=1e-9)[0]
            for f in (lambda x, y: 1.0, lambda x, y: x, lambda x, y: y)]
    passed = part[0]
    shift = np.array(part[1:]) / passed - mean
    return 1 - passed, slope + cov[2, :2] @ np.linalg.solve(pre, shift)


print("wald", float(beta @ np.linalg.solve(pre, beta)))
print("power, bias after passing", *moments(0.7))
for power in (0.5, 0.8):
    print("slope", power, brentq(lambda it: moments(it)[0] - power, 1e-3, 5, xtol=1e-6))
