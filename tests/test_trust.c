/* SPDX-License-Identifier: Apache-2.0 */
/* An ear that never hears what is inferred, in twenty blind trials, takes a severity off it in the
 * list; what is measured never loses any, and nor does recurrence. */
#include "catalogue/trust.h"
#include "check.h"
#include "synthetic.h"

enum { RELEASES = 6, TRACKS = 4, N = RELEASES * TRACKS };

/* The same fault on every track, inferred or measured, and answers to the first `trials` of them,
 * the first `heard` of which say yes. */
static void answer(struct synthetic *s, enum hs_tier tier, size_t trials, size_t heard, bool blind)
{
    synthetic_make(s, RELEASES, TRACKS);
    struct hs_said *said = HS_ARENA_ARRAY(&s->audit.arena, struct hs_said, trials + 1);
    for (size_t i = 0; i < N; i++) {
        synthetic_fault(s, i, "bright", HS_MODERATE, HS_ORIGIN_MIX)->tier = tier;
        synthetic_value(s, i, "bright", 1, 6);
    }
    for (size_t i = 0; i < trials; i++)
        said[i] = (struct hs_said){.track = i,
                                   .rule = "bright",
                                   .reply = i < heard ? HS_REPLY_YES : HS_REPLY_NO,
                                   .blind = blind,
                                   .decides = true};
    s->job.said = said;
    s->job.n_said = trials;
    hs_catalogue_analyse(&s->audit);
}

static const struct hs_finding *first(const struct synthetic *s)
{
    return &s->audit.tracks[N - 1].findings[0];
}

static double priority(const struct synthetic *s)
{
    double sum = 0;
    for (size_t i = 0; i < s->audit.n_shortlist; i++)
        sum += s->audit.shortlist[i].severity;
    return sum;
}

static void test_inferred(void)
{
    struct synthetic none, few, all, one, seen;
    answer(&none, HS_INFERRED, 0, 0, true);
    answer(&few, HS_INFERRED, HS_TRUST_TRIALS - 1, 0, true);
    answer(&all, HS_INFERRED, HS_TRUST_TRIALS, 0, true);
    answer(&one, HS_INFERRED, HS_TRUST_TRIALS, 1, true);
    answer(&seen, HS_INFERRED, HS_TRUST_TRIALS, 0, false);
    CHECK(!first(&none)->doubted && !first(&few)->doubted && !first(&one)->doubted);
    CHECK(!first(&seen)->doubted); /* the verdict was seen first: no trial */
    CHECK(first(&all)->doubted);   /* also where nobody was asked */
    CHECK(hs_trust_severity(first(&few)) == HS_MODERATE);
    CHECK(hs_trust_severity(first(&all)) == HS_MINOR);
    CHECK(first(&all)->severity == HS_MODERATE); /* what was found stays what it is */
    CHECK(priority(&all) < priority(&few));
    if (CHECK(all.audit.n_trust == 1)) {
        CHECK(all.audit.trust[0].trials == HS_TRUST_TRIALS && !all.audit.trust[0].confirmed);
        CHECK(all.audit.trust[0].interval.low <= 0 + 1e-9 && all.audit.trust[0].interval.high < .2);
        CHECK(all.audit.trust[0].doubted && !one.audit.trust[0].doubted);
    }
    CHECK(synthetic_row(&all, "bright")->faulty == synthetic_row(&none, "bright")->faulty);
    CHECK(synthetic_row(&all, "bright")->verdict == synthetic_row(&none, "bright")->verdict);
    struct synthetic *const made[] = {&none, &few, &all, &one, &seen};
    for (size_t i = 0; i < 5; i++)
        hs_arena_free(&made[i]->audit.arena);
}

static void test_measured(void)
{
    struct synthetic s;
    answer(&s, HS_MEASURED, HS_TRUST_TRIALS, 0, true);
    CHECK(!first(&s)->doubted);
    CHECK(hs_trust_severity(first(&s)) == HS_MODERATE);
    hs_arena_free(&s.audit.arena);
}

int main(void)
{
    test_inferred();
    test_measured();
    return check_done();
}
