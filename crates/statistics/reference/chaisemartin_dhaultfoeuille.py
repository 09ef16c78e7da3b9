"""Own data with a treatment that goes on and off, and the estimator written out.

Needs numpy, pandas, scipy, moderndid 0.2.0, diff-diff 3.13. Writes chaisemartin_dhaultfoeuille.csv
and _expected.csv beside this file, for tests/did/chaisemartin_dhaultfoeuille.rs.

moderndid is asked for switches up and for switches down: where both are averaged it does not turn
the sign of the latter (estimates of both pooled differ from the paper's), so `both` is the
definition written out in numpy below, of which `up` and `down` equal moderndid to 1e-12.
"""

import csv
import pathlib
import warnings

import numpy as np
import pandas as pd
from scipy import stats

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent
T = 10


def data():
    rng = np.random.default_rng(20210101)
    rows = []
    for unit in range(60):
        start = int(unit % 3 == 2)
        first = [3, 5, 6, 8, 99][unit % 5]
        back = first + 3 if unit % 2 else 99
        level, noise = rng.normal(10, 2), 0.0
        for t in range(T):
            noise = 0.6 * noise + rng.normal(0, 0.5)
            on = start if t < first or t >= back else 1 - start
            amount = on if unit % 7 else 2 * on
            y = level + 0.1 * t + 1.2 * amount + 0.2 * on * max(0, t - first) + noise
            rows.append(dict(
                unit=f"u{unit}", period=2012 + t, region=f"r{unit // 4}", treatment=on,
                amount=amount, y=round(y, 6),
            ))
    return pd.DataFrame(rows)


def written_out(d, treatment, cluster, kind, length, keep):
    """Estimate, influence by unit, switchers, dose and exposure at one horizon, unit by unit."""
    y = d.pivot(index="unit", columns="period", values="y").to_numpy()
    x = d.pivot(index="unit", columns="period", values=treatment).to_numpy().astype(float)
    group = d.groupby("unit")[cluster].first().to_numpy()
    n = len(y)
    first = np.array([next((t for t in range(T) if r[t] != r[0]), T) for r in x])
    after = np.array([x[i, f] if f < T else x[i, 0] for i, f in enumerate(first)])
    sign = np.sign(after - x[:, 0])
    # Past the point where it has been on both sides of the baseline a unit is left out.
    end = np.array([next((t for t in range(T) if (x[i, t] - x[i, 0]) * sign[i] < 0), T) for i in range(n)])
    influence, total, count, dose, exposure = np.zeros(n), 0.0, 0, 0.0, 0.0
    for i in range(n):
        t = first[i] - 1 + length
        if first[i] == T or t >= end[i] or not keep(sign[i]) or (kind == "placebo" and t < 2 * length):
            continue
        controls = [j for j in range(n) if x[j, 0] == x[i, 0] and first[j] > t]
        if not controls:
            continue
        change = (y[:, t] if kind == "effect" else y[:, t - 2 * length]) - y[:, t - length]
        peers = [j for j in range(n) if first[j] == first[i] and x[j, 0] == x[i, 0] and keep(sign[j]) and t < end[j]]
        cohort = [j for j in peers if after[j] == after[i]]

        def centre(of):
            size = len(set(group[of]))
            if size < 2:
                of = peers + controls
                size = len(set(group[of]))
            return change[of].mean(), np.sqrt(size / (size - 1)) if size > 1 else 1.0

        total += sign[i] * (change[i] - change[controls].mean())
        middle, wider = centre(cohort)
        influence[i] += sign[i] * wider * (change[i] - middle)
        middle, wider = centre(controls)
        for j in controls:
            influence[j] -= sign[i] / len(controls) * wider * (change[j] - middle)
        above = sign[i] * (x[i] - x[i, 0])
        dose += above[t]
        exposure += above[first[i] : t + 1].sum()
        count += 1
    if count == 0:
        return None
    by_cluster = pd.Series(influence / count).groupby(group).sum().to_numpy()
    return total / count, by_cluster, count, dose / count, exposure / count


def write_out(put, section, d, treatment, cluster, keep):
    influences, sums, doses = [], 0.0, 0.0
    for kind in ("effect", "placebo"):
        placebo = []
        for length in range(1, T):
            it = written_out(d, treatment, cluster, kind, length, keep)
            if it is None:
                break
            estimate, influence, count, dose, exposure = it
            key = f"{kind}_{length}"
            put(section, key, estimate)
            put(section, f"se_{key}", np.sqrt(influence @ influence))
            put(section, f"n_{key}", count)
            put(section, f"normalized_{key}", estimate / exposure)
            if kind == "effect":
                influences.append(count * influence)
                sums, doses = sums + count * estimate, doses + count * dose
            else:
                placebo.append((estimate, influence))
        if placebo:
            b = np.array([it[0] for it in placebo])
            u = np.array([it[1] for it in placebo])
            wald = b @ np.linalg.solve(u @ u.T, b)
            put(section, "placebo_chi2", wald)
            put(section, "placebo_p", stats.chi2.sf(wald, len(b)))
    total = np.sum(influences, 0) / doses
    put(section, "total", sums / doses)
    put(section, "se_total", np.sqrt(total @ total))


def packages(put, d):
    import moderndid

    for section, switchers, sign in [("moderndid_up", "in", 1), ("moderndid_down", "out", -1)]:
        fit = moderndid.did_multiplegt(
            d.assign(id=d.unit.str[1:].astype(int)), yname="y", tname="period", idname="id",
            dname="treatment", effects=4, placebo=3, switchers=switchers,
        )
        for kind, it in [("effect", fit.effects), ("placebo", fit.placebos)]:
            for k, (b, se, n) in enumerate(zip(it.estimates, it.std_errors, it.n_switchers), 1):
                put(section, f"{kind}_{k}", sign * b)
                put(section, f"se_{kind}_{k}", se)
                put(section, f"n_{kind}_{k}", n)


if __name__ == "__main__":
    frame = data()
    frame.to_csv(HERE / "chaisemartin_dhaultfoeuille.csv", index=False)
    found = []
    put = lambda section, key, value: found.append((section, key, repr(float(value))))
    packages(put, frame)
    write_out(put, "up", frame, "treatment", "unit", lambda s: s > 0)
    write_out(put, "down", frame, "treatment", "unit", lambda s: s < 0)
    write_out(put, "both", frame, "treatment", "unit", lambda s: s != 0)
    write_out(put, "amount", frame, "amount", "unit", lambda s: s != 0)
    write_out(put, "region", frame, "treatment", "region", lambda s: s != 0)
    with open(HERE / "chaisemartin_dhaultfoeuille_expected.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("section", "key", "value"), *found])
