/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test-labels: once
 * Simulated catalogues of artists that honestly differ, some with habits: how many of those
 * called recurring are none, how many of the habits are found, and that no page contradicts its
 * verdict. The long table is that of tests/bench/end_to_end.c.
 */
#include "check.h"
#include "simulated.h"

/* The interval on the page is the one that decides, and the words follow. */
static void check_page(const struct hs_recurrence *r)
{
    for (size_t i = 0; i < r->n_rows; i++) {
        const struct hs_evidence_row *x = r->rows[i];
        bool more = x->interval.low > x->base_rate;
        if (!x->judged)
            continue;
        CHECK(more == (x->q_count < .10));
        CHECK(x->interval.low <= x->rate + 1e-6 && x->rate <= x->interval.high + 1e-6);
        CHECK(x->verdict != HS_RECURS || (more && x->q < .10 && x->releases >= 2));
        CHECK(x->verdict != HS_NOT_SHOWN || (!more && !(x->q < .10)));
        CHECK(x->verdict != HS_ON_ONE_RELEASE || x->releases <= 1 || x->releases_judged == 1);
    }
    CHECK(r->recurring == (r->verdict == HS_RECURS));
    CHECK(r->verdict > HS_NOT_SHOWN || !strstr(r->words, "odds"));
    CHECK(r->faulty || !strstr(r->words, "could be"));
    CHECK(!isfinite(r->trend.span_interval.low) || r->trend.span_by_value ||
          (r->trend.span_interval.low >= -1 && r->trend.span_interval.high <= 1));
    CHECK(r->recurring ? !r->why_not : r->why_not || r->faulty == 0);
}

static void test_power(void)
{
    struct design d = {4, 6, .1, RULES, false, 0};
    struct result r = simulate_many(&d, 12);
    CHECK(r.found_clear / r.clear > .35);
    CHECK(r.share_false / r.runs < .2);
}

/* With mixes at hand more is found and no more of it is false. */
static void test_pairs(void)
{
    struct design d = {4, 6, .1, RULES, true, 0};
    struct result r = simulate_many(&d, 14);
    CHECK(r.found_clear / r.clear > .5);
    CHECK(r.share_false / r.runs < .2);
    CHECK(r.hidden == 0);
}

/* A thousand small catalogues of all shapes: no verdict contradicts its page. */
static void test_pages(void)
{
    struct result r = {0};
    for (size_t i = 0; i < 1000; i++) {
        struct design d = {1 + i % 4, 2 + i % 7, .1 * (double)(i % 4), 1 + (int)(i % 3), i % 2, 0};
        simulate(&d, i, check_page, &r);
    }
    CHECK(r.runs == 1000 && r.found > 0);
}

int main(void)
{
    test_power();
    test_pairs();
    test_pages();
    return check_done();
}
