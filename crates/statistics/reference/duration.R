# Robust standard errors with ties, for `tests/duration/toy.rs`: lifelines handles tied events in
# its score residuals another way than Efron's likelihood asks.  Rscript duration.R (survival 3.5)
library(survival)
toy <- data.frame(
  entry = c(-1, -1, -1, 1, -1, 2, -1, -1, 3, -1, 1, -1),
  time = c(2, 3, 3, 4, 5, 5, 6, 6, 7, 8, 9, 10),
  cause = c(1, 1, 2, 0, 1, 2, 1, 1, 0, 2, 1, 0),
  x = c(1, 0, 1, 2, 0, 1, 3, 1, 0, 2, 1, 0),
  z = c(0.5, 1.5, -0.2, 0.3, 0.9, 1.1, -0.4, 0.0, 0.7, 0.2, -1.0, 0.6),
  cluster = strsplit("ppqqrrssttuu", "")[[1]])
toy$row <- seq_len(nrow(toy))
for (ties in c("efron", "breslow")) {
  for (late in c(FALSE, TRUE)) for (cluster in c("row", "cluster")) {
    toy$by <- toy[[cluster]]
    response <- if (late) with(toy, Surv(entry, time, cause > 0)) else with(toy, Surv(time, cause > 0))
    fit <- coxph(response ~ x + z, toy, ties = ties, cluster = by)
    cat(ties, late, cluster, format(c(coef(fit), sqrt(diag(vcov(fit)))), digits = 15), "\n")
  }
}
