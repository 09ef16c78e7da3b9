"""One peer of bench_callaway_santanna.rs on the same data.

Called with a folder of columns (little-endian), the peer, a number of draws (0 is analytic), a
number of runs and our own estimate, which must be equal. The data frame is in memory before the
clock starts. A peer that is not installed is skipped; differences and moderndid run only up to
100,000 units.
"""

import contextlib
import io
import os
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd

folder, peer, draws, runs, ours = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
warnings.filterwarnings("ignore")


def column(name, kind):
    return np.fromfile(os.path.join(folder, name), dtype=kind)


data = pd.DataFrame(
    {
        "unit": column("unit", "<i8"),
        "period": column("period", "<i8"),
        "first": column("first", "<i8"),
        "y": column("y", "<f8"),
    }
)


def diff_diff():
    from diff_diff import CallawaySantAnna

    def run():
        it = CallawaySantAnna(control_group="never_treated", estimation_method="dr", n_bootstrap=draws, seed=1)
        return it.fit(data, outcome="y", unit="unit", time="period", first_treat="first").overall_att

    return run


def csdid():
    from csdid.att_gt import ATTgt

    def run():
        it = ATTgt(yname="y", tname="period", idname="unit", gname="first", control_group=["nevertreated"], data=data, biters=draws or 1000, cband=draws > 0)
        it = it.fit(est_method="dr", base_period="varying", bstrap=draws > 0)
        it.aggte(typec="simple", bstrap=draws > 0, biters=draws or 1000, cband=False)
        return it.atte["overall_att"]

    return run


def differences():
    from differences import ATTgt

    frame = data.assign(first=data["first"].where(data["first"] > 0)).set_index(["unit", "period"])

    def run():
        it = ATTgt(data=frame, cohort_column="first")
        it.fit("y", boot_iterations=draws, random_state=1, progress_bar=False)
        return it.aggregate("simple", boot_iterations=draws, random_state=1).iloc[0, 0]

    return run


def moderndid():
    from moderndid import aggte, att_gt

    def run():
        it = att_gt(
            data=data,
            yname="y",
            tname="period",
            idname="unit",
            gname="first",
            control_group="nevertreated",
            est_method="dr",
            boot=draws > 0,
            biters=draws or 1000,
            cband=False,
        )
        return aggte(it, type="simple").overall_att

    return run


PEERS = {"diff-diff": diff_diff, "csdid": csdid, "differences": differences, "moderndid": moderndid}


def main():
    if peer in ("differences", "moderndid") and data["unit"].nunique() > 100_000:
        return 0
    try:
        run = PEERS[peer]()
    except ImportError:
        print(f"  {peer:10} not installed")
        return 0
    took, found = 1e9, float("nan")
    try:
        for _ in range(runs):
            with contextlib.redirect_stdout(io.StringIO()):
                clock = time.perf_counter()
                found = float(run())
                took = min(took, time.perf_counter() - clock)
    except Exception as error:  # the versions of some peers do not fit together
        print(f"  {peer:10} failed: {type(error).__name__}: {str(error)[:80]}")
        return 0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(f"  {peer:10} {took:9.4f} s  {memory:5.2f} GB  {found:.8f}", flush=True)
    if abs(found - ours) > 1e-8:
        print(f"  {peer} has another estimate: {found} against {ours}")
        return 1
    return 0


sys.exit(main())
