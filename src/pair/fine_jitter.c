/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Eighths of up to six windows are set against the mix by themselves. The median of the lags of a
 * window is taken off them.
 */
#include "pair/fine_jitter.h"

#include "core/num.h"
#include "pair/fine_match.h"

#include <string.h>

enum { PARTS = 8, WINDOWS = 6 };

/* Lags of the eighths of a window that stand out, less their median; how many. */
static size_t lags_of(const struct hs_fine *f, struct hs_matcher *m, const struct hs_window *w,
                      double away[PARTS])
{
    static const struct hs_basis plain = {.from = {0, 1}, .sign = {1, 1}};
    double lag[PARTS], work[PARTS];
    size_t n = 0;
    for (size_t part = 0; part < PARTS; part++) {
        const size_t from = part * w->n / PARTS + (size_t)m->reach;
        double late_s =
            hs_fine_windows_read(f, w, (double)m->reach / f->rate_hz * f->line.ratio, from,
                                 m->gcc.fft.n, HS_FINE_READ_WHOLE, m->left, m->right);
        hs_basis_apply(&plain, m->left, m->right, m->gcc.fft.n);
        struct hs_gcc_peak p =
            hs_matcher_lag(m, f->basis.from[0] ? m->right : m->left, w->mid + from);
        if (p.z > HS_FINE_STANDS_OUT)
            lag[n++] = p.lag + (double)m->reach - late_s * f->rate_hz;
    }
    if (n <= PARTS / 2)
        return 0;
    memcpy(work, lag, n * sizeof *work);
    const double middle = hs_median(work, n);
    for (size_t part = 0; part < n; part++)
        away[part] = lag[part] - middle;
    return n;
}

/* How much lags vary within a window: what wow does and a drift does not. */
double hs_fine_lag_jitter(const struct hs_fine *f)
{
    const size_t step = f->n_windows > WINDOWS ? 2 : 1;
    double away[PARTS * HS_FINE_WINDOWS];
    size_t n_away = 0;
    struct hs_matcher m;
    if (f->window[0].n < 1 << 14)
        return 0;
    hs_matcher_init(&m, f->rate_hz, f->window[0].n / PARTS);
    hs_matcher_reach(&m, f->rate_hz, 0.004);
    for (size_t k = 0; k < f->n_windows; k += step)
        if (f->window[k].good)
            n_away += lags_of(f, &m, &f->window[k], away + n_away);
    hs_matcher_free(&m);
    return n_away > 2 * PARTS ? hs_mad(away, n_away, 0) : 0;
}
