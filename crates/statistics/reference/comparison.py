"""Prints the numbers that the tests of `comparison` and of the charts compare with.

Run with numpy, scipy, statsmodels and scikit-learn from PyPI:  python comparison.py
"""

import numpy as np
import statsmodels.api as sm
from scipy import integrate, optimize, stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater, proportion, rates


def show(name, *values):
    print(name, *(repr(float(it)) for it in values))


def intervals():
    for x, n in [(0, 7), (15, 20), (41, 88), (250, 1000), (20, 20)]:
        show(f"beta {x}/{n}", *proportion.proportion_confint(x, n, method="beta"))
    for x in [0, 7, 1000]:
        low = stats.chi2.ppf(0.025, 2 * x) / 2 if x else 0.0
        show(f"garwood {x}", low, stats.chi2.ppf(0.975, 2 * x + 2) / 2)
    for a, b in [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((0, 12), (4, 15))]:
        args = (*a, *b)
        show(f"newcombe {args}", *proportion.confint_proportions_2indep(*args, method="newcomb", compare="diff"))
        show(f"koopman {args}",
             *proportion.confint_proportions_2indep(*args, method="score", compare="ratio", correction=False))
    for (x, e), (y, f) in [((502, 1.0), (349, 1.0)), ((12, 100.0), (3, 90.0)), ((0, 2.0), (4, 1.0))]:
        exact = stats.binomtest(x, x + y, 0.5).proportion_ci(0.95, method="exact")
        odds = [p / (1 - p) * f / e for p in exact]
        share = e / (e + f)
        p = min(1, 2 * min(stats.binom.cdf(x, x + y, share), stats.binom.sf(x - 1, x + y, share)))
        show(f"rate ratio {x}/{e} {y}/{f}", *odds, p)
        bounds = [((stats.chi2.ppf(0.025, 2 * k) / 2 if k else 0.0) / t, stats.chi2.ppf(0.975, 2 * k + 2) / 2 / t)
                  for k, t in [(x, e), (y, f)]]
        r1, r2 = x / e, y / f
        show(f"rate difference {x}/{e} {y}/{f}",
             r1 - r2 - np.hypot(r1 - bounds[0][0], bounds[1][1] - r2),
             r1 - r2 + np.hypot(bounds[0][1] - r1, r2 - bounds[1][0]))


def small_models():
    count = np.array([2.0, 5, 9, 4, 12, 7])
    size = np.array([20.0, 25, 30, 15, 24, 10])
    x = sm.add_constant(np.array([0.0, 1, 2, 2.5, 4, 5]))
    logit = sm.GLM(np.column_stack([count, size - count]), x, family=sm.families.Binomial()).fit(tol=1e-14)
    log = sm.GLM(count, x, family=sm.families.Poisson(), exposure=size).fit(tol=1e-14)
    for name, fit in [("binomial", logit), ("poisson", log)]:
        show(name, *(it for pair in zip(fit.params, fit.bse) for it in pair))


def poisson_brute():
    y = np.array([3.0, 5, 1, 0, 9, 14, 2, 4, 6, 7])
    size = np.array([1.0, 2, 1, 1, 2, 3, 1, 1, 2, 1.5])
    x = np.tile([0.0, 1.0], 5)
    group = np.repeat(np.arange(5), 2)
    u = np.linspace(-9, 9, 4001)
    weight = stats.norm.pdf(u) * (u[1] - u[0])

    def deviance(p):
        total = 0.0
        for g in range(5):
            rows = group == g
            eta = p[0] + p[1] * x[rows][:, None] + p[2] * u[None, :]
            total += np.log(np.sum(weight * np.exp(stats.poisson.logpmf(
                y[rows][:, None], size[rows][:, None] * np.exp(eta)).sum(0))))
        return -total

    at = optimize.minimize(deviance, [1.0, 0.0, 0.5], method="Nelder-Mead",
                           options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 5000}).x
    show("poisson mixed b0 b_x sd_g loglik", *at, -deviance(at))


def linear_mixed():
    y = np.array([5.1, 4.8, 6.0, 7.2, 7.9, 6.8, 3.1, 2.9, 3.6, 5.5, 5.2, 6.9, 4.4, 4.1, 5.0, 8.8, 9.1])
    x = np.array([0.0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 3, 0, 1, 2, 0.5, 1.5])
    group = np.array(list("aaabbbcccdddeeeff"))
    design = sm.add_constant(x)
    same = (group[:, None] == group[None, :]).astype(float)
    for reml in (False, True):
        def deviance(log):
            v = np.exp(2 * log[0]) * same + np.exp(2 * log[1]) * np.eye(len(y))
            inverse = np.linalg.inv(v)
            a = design.T @ inverse @ design
            beta = np.linalg.solve(a, design.T @ inverse @ y)
            left = y - design @ beta
            value = np.linalg.slogdet(v)[1] + left @ inverse @ left
            value += (len(y) - (2 if reml else 0)) * np.log(2 * np.pi) + (np.linalg.slogdet(a)[1] if reml else 0)
            return value / 2, beta, np.sqrt(np.diag(np.linalg.inv(a))), left, v, inverse

        best = optimize.minimize(lambda it: deviance(it)[0], [0.5, -0.5], method="Nelder-Mead",
                                 options={"xatol": 1e-11, "fatol": 1e-14, "maxiter": 5000})
        value, beta, se, left, _, inverse = deviance(best.x)
        sd = np.exp(best.x)
        mode = sd[0] ** 2 * (group == "a").astype(float) @ inverse @ left
        share = sd[0] ** 2 / (sd[0] ** 2 + sd[1] ** 2 / 3)
        print("lmm", "reml" if reml else "ml")
        for key, it in [("b0", beta[0]), ("b_x", beta[1]), ("se_b0", se[0]), ("se_b_x", se[1]),
                        ("sd_team", sd[0]), ("sd_residual", sd[1]), ("loglik", -value),
                        ("re_team_a", mode), ("se_re_team_a", sd[0] * np.sqrt(1 - share))]:
            show(f"  {key}", it)
        other = sm.MixedLM(y, design, group).fit(reml=reml, method=["powell", "bfgs"])
        show("  statsmodels sd_team sd_residual loglik", np.sqrt(other.cov_re[0, 0]), np.sqrt(other.scale), other.llf)


def kappas():
    table = np.array([[20, 5, 1], [4, 18, 6], [2, 7, 25]])
    for kind in (None, "linear", "quadratic"):
        it = inter_rater.cohens_kappa(table, wt=kind)
        show(f"kappa {kind}", it.kappa, it.std_kappa, it.std_kappa0, it.kappa_low, it.kappa_upp)
        first = np.repeat(np.repeat(np.arange(3), 3), table.ravel())
        second = np.repeat(np.tile(np.arange(3), 3), table.ravel())
        show("  sklearn", cohen_kappa_score(first, second, weights=kind))
    cases = np.array([[0, 0, 5], [1, 4, 0], [5, 0, 0], [2, 2, 1], [0, 3, 2], [4, 1, 0], [0, 0, 5], [3, 1, 1]])
    show("fleiss", inter_rater.fleiss_kappa(cases))
    # The standard error under chance, by giving every rater a category at random.
    random = np.random.default_rng(1)
    share = cases.sum(0) / cases.sum()
    draws = [inter_rater.fleiss_kappa(random.multinomial(5, share, size=200)) for _ in range(2000)]
    show("  sd of 2000 draws of 200 cases under chance", np.std(draws))


def chain(step, size):
    """Brook and Evans: mean steps to leave `size` states, from the first; `step(i, j)` is the chance."""
    q = np.array([[step(i, j) for j in range(size)] for i in range(size)])
    return np.linalg.solve(np.eye(size) - q, np.ones(size))


def run_lengths():
    for weight, limit, shift in [(0.1, 2.7, 0.0), (0.1, 2.7, 1.0), (0.25, 2.998, 0.0), (0.25, 2.998, 1.0)]:
        h = limit * np.sqrt(weight / (2 - weight))
        arl = []
        for n in (401, 801):
            width = 2 * h / n
            middle = -h + (np.arange(n) + 0.5) * width
            edge = (middle[None, :] - (1 - weight) * middle[:, None]) / weight - shift
            q = stats.norm.cdf(edge + width / 2 / weight) - stats.norm.cdf(edge - width / 2 / weight)
            arl.append(np.linalg.solve(np.eye(n) - q, np.ones(n))[n // 2])
        # The error of the chain falls with the square of the number of states.
        show(f"ewma {weight} {limit} {shift}", arl[1] + (arl[1] - arl[0]) * 401**2 / (801**2 - 401**2))
    for mean, k, h in [(4.0, 5.0, 10.0), (8.0, 5.0, 10.0), (2.0, 3.0, 5.0)]:
        size = int(h) + 1

        def step(i, j, mean=mean, k=k):
            return stats.poisson.cdf(k - i, mean) if j == 0 else stats.poisson.pmf(j - i + k, mean)

        show(f"poisson cusum {mean} {k} {h}", chain(step, size)[0])
    random = np.random.default_rng(7)
    lengths = []
    for _ in range(20000):
        s, t = 0.0, 0
        while s <= 10.0:
            s, t = max(0.0, s + random.poisson(8.0) - 5.0), t + 1
        lengths.append(t)
    show("  by simulation, mean 8", np.mean(lengths))


def rare():
    gaps = np.array([12, 30, 5, 44, 9, 61, 23, 8, 17, 35])
    mean = gaps.mean()
    show("g mean and 3 sigma", mean, mean + 3 * np.sqrt(mean * (mean + 1)))
    p = 1 / (mean + 1)
    show("g quantiles", stats.geom.ppf(0.00135, p) - 1, stats.geom.ppf(0.5, p) - 1, stats.geom.ppf(0.99865, p) - 1)
    root = gaps ** (1 / 3.6)
    spread = np.abs(np.diff(root)).mean() / (2 / np.sqrt(np.pi))
    show("t centre and limits", root.mean() ** 3.6, max(root.mean() - 3 * spread, 0) ** 3.6,
         (root.mean() + 3 * spread) ** 3.6)


def laney():
    count = np.array([12.0, 18, 9, 25, 14, 30, 11, 22])
    size = np.array([100.0, 120, 90, 150, 110, 160, 95, 130])
    for name, variance in [("p", lambda c: c * (1 - c)), ("u", lambda c: c)]:
        centre = count.sum() / size.sum()
        error = np.sqrt(variance(centre) / size)
        z = (count / size - centre) / error
        spread = np.abs(np.diff(z)).mean() / 1.128
        show(f"laney {name} centre sigma_z lcl_1 ucl_8", centre, spread, max(centre - 3 * spread * error[0], 0),
             centre + 3 * spread * error[7])


def risk_adjusted():
    risk, happened, ratio = np.array([0.1, 0.3, 0.05, 0.2]), np.array([0, 1, 1, 1]), 2.0
    # The likelihood ratio itself: the odds of each outcome times two.
    odds = ratio * risk / (1 - risk)
    worse = odds / (1 + odds)
    weight = np.log(np.where(happened, worse / risk, (1 - worse) / (1 - risk)))
    s, path = 0.0, []
    for it in weight:
        s = max(0.0, s + it)
        path.append(s)
    show("risk-adjusted cusum", *path)
    # With one risk the sum moves on two steps; here the run length by simulation in numpy.
    random = np.random.default_rng(3)
    up, down = np.log(2) - np.log(1 + 0.2), -np.log(1 + 0.2)
    lengths = []
    for _ in range(20000):
        s, t = 0.0, 0
        while s <= 2.0:
            s, t = max(0.0, s + (up if random.random() < 0.2 else down)), t + 1
        lengths.append(t)
    show("  run length at h = 2, risk .2, and its standard error", np.mean(lengths), np.std(lengths) / 20000**0.5)


for part in (intervals, small_models, poisson_brute, linear_mixed, kappas, run_lengths, rare, laney, risk_adjusted):
    part()
