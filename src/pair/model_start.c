/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A filter that was fitted without a moving gain has learned some of it: the notes of loud moments,
 * and where few sounds recur (drums alone) the reduction of each, for each has its own spectrum.
 * Rounds that begin there come away slowly. So they begin with the first 5 ms of its response,
 * which is too short for notes; or with the mix as it is where that explains more, which is the
 * simpler of the two.
 */
#include "pair/model_start.h"

#include "core/num.h"
#include "pair/model_gain.h"

/* A longer one learns the notes that sound at loud moments. */
static const double short_reach_s = 0.005;

/* One gain of all bins. */
static double one_gain(const struct hs_transfer *t)
{
    double xx = 1e-300, xy = 0;
    for (int part = 0; part < 2; part++)
        for (size_t k = 0; k < t->bins; k++) {
            xx += t->at.xx[part][k];
            xy += t->at.xy[part][part][0][k];
        }
    return xy / xx;
}

static void set_plain(struct hs_filter *f, double gain)
{
    for (size_t k = 0; k < f->n / 2 + 1; k++)
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                f->h[i][j][k] = i == j ? (float)gain : 0;
}

/* What a moving gain leaves of the master behind the filter as it is. */
static double left_by_gain(struct hs_work *w)
{
    hs_work_run_filter(w);
    hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_work_find_gain(w, HS_SAMPLES_ALL);
    return hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y));
}

void hs_model_start_gain(struct hs_work *w)
{
    const double gain = one_gain(w->transfer);
    set_plain(w->filter, gain);
    const double plain = left_by_gain(w);
    hs_filter_set(w->filter, w->transfer, short_reach_s);
    if (!(plain < left_by_gain(w)))
        return;
    set_plain(w->filter, gain);
    hs_work_run_filter(w);
}

void hs_model_start_plain(struct hs_work *w)
{
    set_plain(w->filter, one_gain(&w->first));
    hs_work_run_filter(w);
}
