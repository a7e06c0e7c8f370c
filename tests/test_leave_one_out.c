/* SPDX-License-Identifier: Apache-2.0 */
/* Leaving one out by look-up gives what leaving it out by hand gives. */
#include "check.h"
#include "core/num.h"
#include "judge/leave_one_out.h"
#include "judge/shrinkage.h"

#include <math.h>
#include <string.h>

enum { MOST = 60 };

static void same(const double *x, size_t n)
{
    struct hs_arena arena = {0};
    struct hs_leave_one_out o = hs_leave_one_out_new(x, n, &arena);
    for (size_t i = 0; i < n; i++) {
        double rest[MOST], centre, wanted;
        size_t m = hs_compact(x, n, i, rest);
        if (isnan(x[i]) || m < 2)
            continue;
        double spread = hs_robust_spread(rest, m, &wanted);
        CHECK_NEAR(hs_leave_one_out_spread(&o, x[i], &centre), spread, 1e-9 * fmax(1, spread));
        CHECK_NEAR(centre, wanted, 1e-12 * fmax(1, fabs(wanted)));
    }
    hs_arena_free(&arena);
}

int main(void)
{
    struct hs_rng rng = {5};
    double x[MOST];
    for (size_t n = 3; n < MOST; n++) {
        for (size_t i = 0; i < n; i++)
            x[i] = 40 + hs_rng_uniform(&rng) + hs_rng_uniform(&rng);
        same(x, n);
        x[n / 2] = NAN; /* one that was not judged */
        x[0] = 900;     /* a stranger */
        same(x, n);
        for (size_t i = 0; i < n; i++)
            x[i] = floor(4 * hs_rng_uniform(&rng)); /* many alike */
        same(x, n);
        for (size_t i = 0; i < n; i++)
            x[i] = -3; /* all alike */
        x[n - 1] = 8;
        same(x, n);
    }
    double few[] = {1, 2}, centre;
    struct hs_arena arena = {0};
    struct hs_leave_one_out o = hs_leave_one_out_new(few, 2, &arena);
    CHECK(isnan(hs_leave_one_out_spread(&o, 1, &centre)) && isnan(centre));
    hs_arena_free(&arena);
    return check_done();
}
