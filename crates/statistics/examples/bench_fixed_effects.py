"""The question of bench_fixed_effects.rs in pyfixest, linearmodels or (through Rscript) fixest.

Called by bench_fixed_effects.rs with a peer, a folder of columns (little-endian) and a number of
runs. The data are in memory before the clock starts, and what a peer compiles at first use is
compiled on a small part first. Writes coefficient and standard error to a file in the folder.
"""

import os
import resource
import shutil
import subprocess
import sys
import time

peer, folder, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])


def answer(took, peak, estimate, error):
    print(f"  {peer:14} {took:8.3f} s  {peak / 1e6:6.2f} GB  {estimate:.10f} ({error:.10f})", flush=True)
    with open(os.path.join(folder, peer), "w") as file:
        file.write(f"{estimate!r} {error!r}")


if peer == "fixest":
    script = f"""
    suppressMessages(library(fixest))
    read <- function(name, what, size) {{
      path <- file.path("{folder}", name)
      readBin(path, what, n = file.size(path) / size, size = size, endian = "little")
    }}
    d <- data.frame(y = read("y", "numeric", 8), x = read("x", "numeric", 8),
                    unit = read("unit", "integer", 4), period = read("period", "integer", 4))
    took <- Inf
    for (run in seq_len({runs})) {{
      clock <- proc.time()[["elapsed"]]
      fit <- feols(y ~ x | unit + period, d, cluster = ~unit)
      e <- sprintf("%.15g %.15g", coef(fit)[["x"]], se(fit)[["x"]])
      took <- min(took, proc.time()[["elapsed"]] - clock)
    }}
    peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE)))
    cat("ANSWER", took, peak, e, "\\n")
    """
    found = shutil.which("Rscript")
    ran = found and subprocess.run([found, "-e", script], capture_output=True, text=True)
    if not ran or ran.returncode:
        print("  OVERGESLAGEN: R met het pakket fixest ontbreekt")
        sys.exit(0)
    line = next(it for it in ran.stdout.splitlines() if it.startswith("ANSWER"))
    answer(*(float(it) for it in line.split()[1:]))
    sys.exit(0)

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

data = pd.DataFrame(
    {
        name: np.fromfile(os.path.join(folder, name), dtype=kind)
        for name, kind in [("y", "<f8"), ("x", "<f8"), ("unit", "<u4"), ("period", "<u4")]
    }
).astype({"unit": np.int32, "period": np.int32})

if peer == "pyfixest":
    import pyfixest

    def estimate(frame):
        fit = pyfixest.feols("y ~ x | unit + period", frame, vcov={"CRV1": "unit"})
        return float(fit.coef().iloc[0]), float(fit.se().iloc[0])

else:
    from linearmodels.panel import PanelOLS

    data = data.set_index(["unit", "period"])

    def estimate(frame):
        model = PanelOLS(frame["y"], frame[["x"]], entity_effects=True, time_effects=True)
        fit = model.fit(cov_type="clustered", cluster_entity=True, debiased=True)
        return float(fit.params.iloc[0]), float(fit.std_errors.iloc[0])


estimate(data.iloc[:2000])
took, found = 1e9, None
for _ in range(runs):
    clock = time.perf_counter()
    found = estimate(data)
    took = min(took, time.perf_counter() - clock)
answer(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1.024, *found)
