/* SPDX-License-Identifier: Apache-2.0 */
/* Between knots a Catmull-Rom cubic is read, straight on beyond the ends. */
#include "pair/wow.h"

#include "core/alloc.h"

#include <math.h>

enum {
    BEYOND = 4,   /* knots that the path goes on for */
    STRETCH = 64, /* frames read at one speed */
};

void hs_wow_free(struct hs_wow *w)
{
    hs_free(w->late_s);
    *w = (struct hs_wow){0};
}

/* Catmull and Rom's cubic through the knots, straight on for a few beyond the ends. */
double hs_wow_at(const struct hs_wow *w, double master_s)
{
    if (!w || w->n < 2)
        return 0;
    const size_t last = w->n - 1;
    double at = (master_s - w->from_s) / w->step_s;
    at = fmin(fmax(at, -BEYOND), (double)last + BEYOND);
    if (at < 0)
        return w->late_s[0] + at * (w->late_s[1] - w->late_s[0]);
    if (at >= (double)last)
        return w->late_s[last] + (at - (double)last) * (w->late_s[last] - w->late_s[last - 1]);
    size_t i = (size_t)at;
    double u = at - (double)i;
    double a = w->late_s[i ? i - 1 : 0], b = w->late_s[i];
    double c = w->late_s[i < last ? i + 1 : last], d = w->late_s[i + 2 <= last ? i + 2 : last];
    return b + 0.5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
}

/* In short straight pieces. */
void hs_path_read(const struct hs_path *p, const struct hs_sinc *sinc, const float *left,
                  const float *right, double master_s, size_t n, float *out_left, float *out_right)
{
    const bool straight = !p->wow || !p->wow->n;
    double at =
        (hs_time_map_at(p->line, master_s) + hs_wow_at(p->wow, master_s) - p->mix_s) * p->mix_hz;
    double step = p->line.ratio * p->mix_hz / p->rate_hz;
    if (fabs(step - 1) < 1e-10)
        step = 1;
    for (size_t i = 0, m; i < n; i += m) {
        m = straight || n - i < STRETCH ? n - i : STRETCH;
        double next = at + step * (double)m;
        if (!straight) {
            double t = master_s + (double)(i + m) / p->rate_hz;
            next = (hs_time_map_at(p->line, t) + hs_wow_at(p->wow, t) - p->mix_s) * p->mix_hz;
        }
        hs_sinc_read(sinc, left, right, at, straight ? step : (next - at) / (double)m, m,
                     out_left + i, out_right + i);
        at = next;
    }
}
