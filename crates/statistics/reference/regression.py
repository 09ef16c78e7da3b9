"""Prints the numbers of tests/regression/variance.rs.

Run with pyfixest and statsmodels from PyPI:  python regression.py
"""

import numpy as np
import pandas as pd
import pyfixest as pf
import statsmodels.formula.api as smf

rows = [(unit, period) for unit in range(12) for period in range(8) if (unit + 3 * period) % 11 != 0]
frame = pd.DataFrame(rows, columns=["unit", "period"])
frame["x"] = np.sin(1.7 * frame.unit + 0.9 * frame.period * frame.period)
frame["z"] = np.cos(0.3 * frame.unit * frame.period)
frame["w"] = 1.0 + (frame.unit + frame.period) % 3
frame["y"] = 0.5 * frame.x + 0.2 * frame.unit - 0.1 * frame.period + np.sin(5.0 * frame.unit + 3.0 * frame.period)
frame["n"] = np.floor(np.exp(frame.y) * 2.0)


def show(name, fit):
    print(name, *(f"{float(it):.12g}" for it in fit.coef()), *(f"{float(it):.12g}" for it in fit.se()))


for name, vcov in [
    ("iid", "iid"),
    ("hc1", "HC1"),
    ("unit", {"CRV1": "unit"}),
    ("crv3", {"CRV3": "unit"}),
]:
    show(name, pf.feols("y ~ x + z | unit + period", frame, vcov=vcov))
show("two_way", pf.feols("y ~ z | unit + period", frame, vcov={"CRV1": "unit + period"}))
show("weighted", pf.feols("y ~ x + z | unit + period", frame, vcov={"CRV1": "unit"}, weights="w"))
for lag in (1, 2):
    kwargs = {"time_id": "period", "panel_id": "unit", "lag": lag}
    show(f"dk{lag}", pf.feols("y ~ x + z | unit + period", frame, vcov="DK", vcov_kwargs=kwargs))
for kind in ("HC2", "HC3"):
    fit = smf.ols("y ~ x + z + C(unit) + C(period)", frame).fit(cov_type=kind)
    print(kind, *(f"{fit.params[it]:.12g}" for it in "xz"), *(f"{fit.bse[it]:.12g}" for it in "xz"))
    fit = smf.wls("y ~ x + z + C(unit)", frame, weights=frame.w).fit(cov_type=kind)
    print(kind, "weighted", *(f"{fit.params[it]:.12g}" for it in "xz"), *(f"{fit.bse[it]:.12g}" for it in "xz"))
show("poisson", pf.fepois("n ~ x + z | unit + period", frame, vcov={"CRV1": "unit"}))
frame["third"] = (frame.unit * frame.period) % 4
show("three", pf.feols("y ~ x + z | unit + period + third", frame, vcov={"CRV1": "unit"}))
