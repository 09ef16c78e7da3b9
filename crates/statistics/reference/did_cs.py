"""Own staggered data and what csdid 0.4 finds in it, for tests/did/callaway_santanna.rs.

`python did_cs.py` writes did_cs.csv and did_cs_expected.csv beside this file. The variants are those
that the shared reference results do not have: repeated cross-sections (every row another unit),
one period of anticipation, weights, and clusters of units.
"""

import contextlib
import io
import pathlib
import warnings

import numpy as np
import pandas as pd
from csdid.att_gt import ATTgt

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(20240501)

rows = []
for unit in range(1, 81):
    first = [0, 4, 5, 0, 6][unit % 5]
    level, weight = rng.normal(), round(rng.uniform(0.5, 2), 3)
    for period in range(1, 8):
        x = rng.normal() + 0.3 * (first > 0)
        effect = 0.4 + 0.1 * (period - first) if 0 < first <= period else 0
        y = level + 0.2 * period + 0.3 * x * period / 4 + effect + 0.5 * rng.normal()
        rows.append((unit, period, first, round(y, 6), round(x, 6), (unit + 3) // 4, weight))
data = pd.DataFrame(rows, columns=["unit", "period", "first_treat", "y", "x", "cluster", "weight"])
data.to_csv(HERE / "did_cs.csv", index=False)


def estimates(frame, formula, method, control, panel=True, weights=None, **fit):
    anticipation = fit.pop("anticipation", 0)
    with contextlib.redirect_stdout(io.StringIO()):
        it = ATTgt(
            yname="y",
            tname="period",
            idname="unit",
            gname="first_treat",
            data=frame,
            control_group=[control],
            xformla=formula,
            panel=panel,
            weights_name=weights,
            anticipation=anticipation,
        ).fit(est_method=method, base_period="varying", bstrap=False, **fit)
        for group, time, att, error in zip(*(it.results[k] for k in ("group", "year", "att", "se"))):
            yield f"attgt_g{int(group)}_t{int(time)}", att
            yield f"se_attgt_g{int(group)}_t{int(time)}", error
        for kind in ("simple", "dynamic", "group", "calendar"):
            it.aggte(typec=kind, bstrap=False, cband=False)
            yield f"agg_{kind}", it.atte["overall_att"]
            yield f"se_agg_{kind}", it.atte["overall_se"]


sections = {}
for method in ("dr", "ipw", "reg"):
    for name, formula in (("plain", None), ("x", "y~x")):
        for control in ("nevertreated", "notyettreated"):
            sections[f"cross__{name}__{method}__{control}"] = (data.assign(unit=range(len(data))), formula, method, control, False)
out = []
for section, (frame, formula, method, control, panel) in sections.items():
    out += [(section, k, v) for k, v in estimates(frame, formula, method, control, panel)]
for method in ("dr", "ipw", "reg"):
    out += [(f"anticipation__{method}", k, v) for k, v in estimates(data, "y~x", method, "notyettreated", anticipation=1)]
    out += [(f"weights__{method}", k, v) for k, v in estimates(data, "y~x", method, "nevertreated", weights="weight")]
frame = pd.DataFrame(out, columns=["section", "key", "value"])
frame["value"] = [float(np.squeeze(v)) for v in frame["value"]]
frame = frame[np.isfinite(frame["value"])]
frame.to_csv(HERE / "did_cs_expected.csv", index=False, float_format="%.12g")
print(frame.groupby("section").size())
