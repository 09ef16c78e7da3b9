"""Prints the numbers that `tests/duration` compares with.

Run with lifelines 0.30 and scikit-survival 0.28 from PyPI:  python duration.py
The toy data are made up here: delayed entry, ties, two causes, strata and clusters.
"""

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test, proportional_hazard_test

toy = pd.DataFrame(
    {
        "entry": [0, 0, 0, 1, 0, 2, 0, 0, 3, 0, 1, 0],
        "time": [2, 3, 3, 4, 5, 5, 6, 6, 7, 8, 9, 10],
        "cause": [1, 1, 2, 0, 1, 2, 1, 1, 0, 2, 1, 0],
        "x": [1, 0, 1, 2, 0, 1, 3, 1, 0, 2, 1, 0],
        "z": [0.5, 1.5, -0.2, 0.3, 0.9, 1.1, -0.4, 0.0, 0.7, 0.2, -1.0, 0.6],
        "stratum": ["a", "a", "b", "a", "b", "b", "a", "b", "a", "b", "a", "b"],
        "cluster": ["p", "p", "q", "q", "r", "r", "s", "s", "t", "t", "u", "u"],
        "group": ["c", "d", "e", "c", "d", "e", "c", "d", "e", "c", "d", "e"],
    }
)
toy["event"] = (toy.cause > 0).astype(int)

km = KaplanMeierFitter().fit(toy.time, toy.event, entry=toy.entry)
for t in (3, 6, 9):
    print("km", t, float(km.predict(t)))

plain = dict(duration_col="time", event_col="event")
for name, columns, options, fit in [
    ("efron", ["x", "z"], {}, {}),
    ("entry", ["x", "z", "entry"], {}, dict(entry_col="entry")),
    ("strata", ["x", "z", "stratum"], {}, dict(strata=["stratum"])),
]:
    model = CoxPHFitter(**options)
    model.fit(toy[columns + ["time", "event"]], **plain, **fit, fit_options=dict(precision=1e-12))
    print("cox", name, model.params_.tolist(), model.standard_errors_.tolist(), float(model.log_likelihood_))
    if name == "efron":
        for clock in ("identity", "log"):
            test = proportional_hazard_test(model, toy[columns + ["time", "event"]], time_transform=clock)
            print("ph", clock, np.ravel(test.test_statistic).tolist())

test = multivariate_logrank_test(toy.time, toy.group, toy.event)
print("logrank", float(test.test_statistic), float(test.p_value))


def incidence(rows, cause, until):
    """Aalen-Johansen by hand with its infinitesimal jackknife (numerical derivative)."""

    def share(weight):
        survival, total = 1.0, 0.0
        for t in sorted(set(rows.time[rows.event == 1])):
            if t > until:
                break
            risk = weight[(rows.entry < t) & (rows.time >= t)].sum()
            now = (rows.time == t) & (rows.event == 1)
            total += survival * weight[now & (rows.cause == cause)].sum() / risk
            survival *= 1 - weight[now].sum() / risk
        return total

    one, step = np.ones(len(rows)), 1e-5
    influence = [(share(one + step * e) - share(one - step * e)) / (2 * step) for e in np.eye(len(rows))]
    return share(one), float(np.sqrt(np.sum(np.square(influence))))


for cause in (1, 2):
    for until in (5, 9):
        print("cif", cause, until, *incidence(toy, cause, until))
