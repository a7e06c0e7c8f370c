/* SPDX-License-Identifier: Apache-2.0 */
/* What is under way counts at the pace of what is done, and never for more than the task is. */
#include "check.h"
#include "pool/progress.h"

int main(void)
{
    struct hs_progress p = {.total_weight = 40};
    CHECK(hs_progress_under_way(&p, 10, 5) == 0); /* nothing is done: no pace */
    hs_progress_done(&p, 10, 4);
    CHECK(p.n_done == 1);
    CHECK_NEAR(hs_progress_under_way(&p, 10, 2), 5, 1e-12);
    CHECK_NEAR(hs_progress_under_way(&p, 10, 4), 10, 1e-12);
    CHECK_NEAR(hs_progress_under_way(&p, 10, 400), 10, 1e-12);
    hs_progress_done(&p, 10, 12); /* slower: 20 in 16 s of the worker */
    CHECK_NEAR(hs_progress_under_way(&p, 10, 4), 5, 1e-12);
    return check_done();
}
