# Makes oracle.txt, against which the tests of drift are checked: Rscript oracle.R > oracle.txt
# One case a line: test, name, first sample, second sample, then what R says (NA: R has no answer). Tabs between, commas within.
options(warn = -1)
set.seed(13)

number <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
list_of <- function(x) paste(number(x), collapse = ",")
case <- function(test, name, x, y, ...) {
  expected <- if (...length() > 0) number(c(...)) else character(0)
  cat(paste(c(test, name, list_of(x), list_of(y), expected), collapse = "\t"), "\n", sep = "")
}

welch <- function(name, x, y) {
  r <- tryCatch(t.test(x, y), error = function(e) NULL)
  if (is.null(r) || !is.finite(r$p.value)) case("welch", name, x, y, NA, NA, NA)
  else case("welch", name, x, y, unname(r$statistic), unname(r$parameter), r$p.value)
}
a <- round(rnorm(40, 10, 2), 3)
welch("one distribution", a, round(rnorm(35, 10, 2), 3))
welch("another mean", a, round(rnorm(35, 13, 2), 3))
welch("unequal variances", a, round(rnorm(12, 10, 20), 3))
welch("unequal sizes", round(rnorm(400, 0, 1), 4), round(rnorm(7, 1, 3), 4))
welch("two against two", c(1, 2), c(4, 9))
welch("two against many", c(1, 2), a)
welch("one against many", 3, a)
welch("none against many", numeric(0), a)
welch("no variance in one", rep(5, 10), c(5, 6, 7, 4, 5.5))
welch("no variance in both, one mean", rep(5, 10), rep(5, 4))
welch("no variance in both, two means", rep(5, 10), rep(6, 4))
welch("the same twice", a, a)
welch("a mean far above the deviation", 1e9 + c(1, 2, 3, 4, 5), 1e9 + c(2, 3, 4, 5, 7))
welch("tiny numbers", c(1, 2, 3, 5) * 1e-200, c(3, 4, 5, 9) * 1e-200)
welch("numbers of which the squares overflow", c(1, 2, 3, 5) * 1e200, c(3, 4, 5, 9) * 1e200)
welch("the largest numbers", c(1, 1.5, 1.7) * 1e308, c(1, 1.6, 1.2) * 1e308)
welch("far apart", rnorm(200, 0, 1), rnorm(200, 4, 1))
welch("heavy tails", round(rexp(100)^3, 4), round(rexp(80)^3 * 2, 4))
welch("counts", rpois(300, 2), rpois(100, 2.6))
welch("one outlier", c(rep(1, 50), 1000), c(rep(1, 49), 2, 3))

# Many rows, by their moments alone: n, mean and variance of each.
moments <- function(name, n, m, va, k, o, vb) {
  se <- sqrt(va / n + vb / k); t <- (m - o) / se
  df <- se^4 / ((va / n)^2 / (n - 1) + (vb / k)^2 / (k - 1))
  case("moments", name, c(n, m, va), c(k, o, vb), t, df, 2 * pt(-abs(t), df))
}
moments("a million rows, nothing", 1e6, 0, 1, 1e6, 0.001, 1.01)
moments("a million rows, a little", 1e6, 0, 1, 1e6, 0.004, 1)
moments("a million rows, plainly", 1e6, 0, 1, 1e6, 0.02, 1)
moments("a hundred thousand against a thousand", 111068, 0.12, 0.002, 1000, 0.131, 0.003)
moments("three thousand degrees", 2000, 1, 4, 1500, 1.2, 3)
moments("nine thousand degrees", 9000, 1, 4, 9000, 1.1, 4)
moments("sixty thousand degrees", 40000, 1, 4, 30000, 1.03, 4)
moments("far out in the tail", 1000, 0, 1, 1000, 1, 1)

ks <- function(name, x, y) {
  r <- tryCatch(ks.test(x, y), error = function(e) NULL)
  if (is.null(r)) case("ks", name, x, y, NA, NA) else case("ks", name, x, y, unname(r$statistic), r$p.value)
}
# Kolmogorov's limit itself, for R's p has six digits and none in the tail.
tail <- function(z) { k <- 1:200; case("kstail", paste("z", z), z, numeric(0), 2 * sum((-1)^(k - 1) * exp(-2 * k^2 * z^2))) }
for (z in c(0.4, 0.6, 0.9, 0.999, 1, 1.2, 2, 3, 5, 10)) tail(z)
ks("one distribution, exact", round(rnorm(30), 4), round(rnorm(25), 4))
ks("another mean, exact", round(rnorm(30), 4), round(rnorm(25, 1), 4))
ks("another spread, exact", round(rnorm(40, 0, 1), 4), round(rnorm(50, 0, 3), 4))
ks("ties, exact", sample(1:6, 30, TRUE), sample(1:6, 40, TRUE))
ks("many ties and a shift, exact", sample(1:4, 50, TRUE), sample(2:5, 60, TRUE))
ks("two values, exact", c(0, 0, 0, 1), c(0, 1, 1, 1, 1))
ks("one against one, apart", 1, 2)
ks("one against many", 3, a)
ks("apart, exact", 1:8, 11:20)
ks("the same twice, exact", 1:9, 1:9)
ks("none against many", numeric(0), a)
ks("constants apart, exact", rep(5, 10), rep(6, 4))
ks("one distribution, limit", round(rnorm(300), 4), round(rnorm(200), 4))
ks("another mean, limit", round(rnorm(300), 4), round(rnorm(200, 0.4), 4))
ks("far apart, limit", round(rnorm(300), 4), round(rnorm(200, 3), 4))
ks("the largest numbers", c(-1.7e308, 1e308, 5, 6), c(1.7e308, 1e308, 7))

# R takes no exact p of more pairs, but for ties counts on; the limit is told beside it.
limit <- function(name, x, y) {
  r <- ks.test(x, y, exact = FALSE)
  case("kslimit", name, x, y, unname(r$statistic), r$p.value)
}
limit("ties, limit", sample(1:20, 300, TRUE), sample(1:20, 250, TRUE))
limit("ties and a shift, limit", sample(1:20, 300, TRUE), sample(3:22, 250, TRUE))
limit("small gap, limit", 1:200, (1:200) + 0.5)

proportion <- function(name, x, n, y, m) {
  r <- prop.test(c(x, y), c(n, m), correct = FALSE)
  case("proportion", name, c(x, n), c(y, m), sign(x / n - y / m) * sqrt(unname(r$statistic)), r$p.value)
}
proportion("the same", 30, 100, 60, 200)
proportion("a little apart", 30, 100, 75, 200)
proportion("far apart", 300, 1000, 900, 2000)
proportion("just enough", 10, 20, 6, 20)
proportion("large", 50000, 1000000, 51000, 1000000)
proportion("nearly all", 980, 1000, 9700, 10000)
proportion("none of one", 0, 1000, 100, 10000)
fisher <- function(name, x, n, y, m) {
  r <- fisher.test(matrix(c(x, n - x, y, m - y), 2))
  case("fisher", name, c(x, n), c(y, m), r$p.value)
}
fisher("few", 2, 5, 4, 6)
fisher("none against some", 0, 1000, 3, 100)
fisher("rare in many", 3, 111068, 4, 1000)
fisher("one of two", 1, 1, 0, 1)
fisher("all against none", 3, 3, 0, 4)
fisher("a tie of two tables", 3, 10, 1, 6)
fisher("few in each", 1, 1000, 8, 1000)

# Levels of which fewer than 5 are expected in the smaller sample together, joined by the next rarest until 5 are.
pool <- function(x, y) {
  keep <- x + y > 0; x <- x[keep]; y <- y[keep]
  o <- order(x + y); x <- x[o]; y <- y[o]
  share <- min(sum(x), sum(y)) / (sum(x) + sum(y))
  rare <- sum(cumprod((x + y) * share < 5))
  if (rare == 0) return(rbind(x, y))
  while (rare < length(x) - 1 && sum((x + y)[1:rare]) * share < 5) rare <- rare + 1
  rare <- min(rare, length(x) - 1)
  rbind(c(sum(x[1:rare]), x[-(1:rare)]), c(sum(y[1:rare]), y[-(1:rare)]))
}
chisq <- function(name, x, y) {
  t <- pool(x, y)
  if (ncol(t) < 2 || any(rowSums(t) == 0)) return(case("chisq", name, x, y, NA, NA, NA))
  if (ncol(t) == 2 && min(outer(rowSums(t), colSums(t)) / sum(t)) < 5)
    return(case("chisq", name, x, y, NA, NA, fisher.test(t)$p.value))
  r <- chisq.test(t, correct = FALSE)
  case("chisq", name, x, y, unname(r$statistic), unname(r$parameter), r$p.value)
}
chisq("alike", c(100, 200, 300), c(52, 98, 150))
chisq("apart", c(100, 200, 300), c(80, 90, 130))
chisq("two levels", c(60, 40), c(45, 55))
chisq("one level", c(60), c(45))
chisq("one level that occurs", c(60, 0, 0), c(45, 0, 0))
chisq("no row in one", c(60, 40), c(0, 0))
chisq("a level new to the second", c(500, 300, 200, 0), c(40, 30, 20, 10))
chisq("a level new and rare", c(5000, 3000, 2000, 0), c(520, 290, 188, 2))
chisq("rare levels", c(5000, 3000, 2, 1, 4), c(520, 290, 3, 1, 0))
chisq("rare levels alone", c(3, 2, 4), c(1, 0, 2))
chisq("rare against many", c(10000, 3), c(1000, 4))
chisq("tiny", c(1, 0), c(0, 1))
chisq("levels never met again", c(0, 0, 50), c(40, 30, 0))
chisq("thousands", c(111068, 5000, 420, 77, 31, 2), c(950, 40, 6, 3, 0, 1))

ranks <- function(name, x, y) {
  r <- wilcox.test(rep(seq_along(x), x), rep(seq_along(y), y), exact = FALSE, correct = TRUE)
  if (!is.finite(r$p.value)) case("ranks", name, x, y, NA, NA) else case("ranks", name, x, y, unname(r$statistic), r$p.value)
}
ranks("alike", c(10, 20, 30, 20), c(5, 11, 14, 10))
ranks("higher", c(10, 20, 30, 20), c(2, 8, 14, 30))
ranks("lower", c(10, 20, 30, 20), c(30, 14, 8, 2))
ranks("two ranks", c(10, 20), c(15, 15))
ranks("tiny", c(1, 0, 1), c(0, 1, 0))
ranks("one against one", c(1, 0), c(0, 1))
ranks("one rank", c(0, 7, 0), c(0, 9, 0))
ranks("the same twice", c(4, 5, 6), c(4, 5, 6))
ranks("thousands", c(1000, 4000, 2500, 2500), c(90, 380, 270, 260))
ranks("far out", c(1000, 4000, 2500, 2500), c(20, 180, 300, 500))
ranks("empty ranks between", c(10, 0, 0, 12), c(3, 0, 1, 15))

adjust <- function(name, p) {
  m <- length(p)
  for (how in c("none", "bonferroni", "holm", "BH")) case("adjust", paste(name, how), p, p.adjust(p, how))
  case("adjust", paste(name, "sidak"), p, -expm1(m * log1p(-p)))
}
adjust("few", c(0.01, 0.04, 0.03, 0.2))
adjust("equal", c(0.02, 0.02, 0.02))
adjust("one", 0.03)
adjust("tiny", c(1e-300, 1e-18, 1e-9, 0.5, 1))
adjust("twenty", round(runif(20)^3, 6))

effect <- function(name, x, y) {
  smooth <- function(v) (v + 0.5) / (sum(v) + 0.5 * length(v))
  p <- smooth(x); q <- smooth(y)
  psi <- sum((q - p) * log(q / p))
  # As many rows in both: then V of the counts is V of the shares.
  equal <- rbind(x / sum(x), y / sum(y)) * 1e6
  equal <- equal[, colSums(equal) > 0, drop = FALSE]
  v <- sqrt(unname(chisq.test(equal, correct = FALSE)$statistic) / sum(equal))
  s <- outer(rep(seq_along(y), y), rep(seq_along(x), x), function(b, a) sign(b - a))
  case("effect", name, x, y, psi, v, mean(s))
}
effect("alike", c(10, 20, 30, 20), c(5, 11, 14, 10))
effect("apart", c(10, 20, 30, 20), c(30, 14, 8, 2))
effect("an empty bin", c(10, 20, 30, 0), c(0, 14, 8, 2))
effect("nothing shared", c(10, 20, 0, 0), c(0, 0, 8, 2))
effect("the same twice", c(4, 5, 6), c(4, 5, 6))
effect("unequal sizes", c(400, 500, 600), c(4, 5, 9))

difference <- function(name, x, y) {
  case("difference", name, x, y, (mean(y) - mean(x)) / sqrt((var(x) + var(y)) / 2))
}
difference("means", a, round(rnorm(35, 13, 3), 3))
difference("unequal sizes", a, c(1, 2, 9))
