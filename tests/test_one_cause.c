/* SPDX-License-Identifier: Apache-2.0 */
/* One cause counts under one name over a catalogue, and what is not the song counts for nothing but
 * that. */
#include "check.h"
#include "synthetic.h"

enum { N_RULES = 3, TRACKS = 12 };
static const char *const names[N_RULES] = {"over_limited", "over_compressed", "clipped"};

static void analyse(struct synthetic *s, const char *const *rule)
{
    struct hs_base_rate rules[N_RULES];
    for (int k = 0; k < N_RULES; k++)
        rules[k] = synthetic_base(rule[k], 8, 160);
    hs_catalogue_analyse_with(&s->audit, rules, N_RULES);
}

/* How many of the findings of a track count for their rules. */
static int counted_on(const struct hs_track_result *t)
{
    int n = 0;
    for (size_t k = 0; k < t->n_findings; k++)
        n += hs_finding_counts_for_rule(&t->findings[k]);
    return n;
}

/* Twelve crushed masters, as twelve songs driven 14 dB into a limiter were found: over-compressed
 * on eleven, on six of them as part of `clipped`, on one as part of `over_limited`. */
static void test_crushed(bool slightly_more)
{
    static const char lead[] = "CCOLCCCOCOCL", slightly[] = "CCCCCCCCCCCO";
    struct synthetic s;
    synthetic_make(&s, 2, TRACKS / 2);
    for (size_t i = 0; i < TRACKS; i++) {
        char by = slightly_more ? slightly[i] : lead[i];
        bool limited_alone = !slightly_more && i == 3;
        if (by == 'C')
            synthetic_fault(&s, i, "clipped", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        if (by == 'L')
            synthetic_fault(&s, i, "over_limited", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        if (!limited_alone)
            synthetic_fault(&s, i, "over_compressed", HS_MODERATE, HS_ORIGIN_CANNOT_SAY)
                ->explained_by = by == 'C'   ? "clipped"
                                 : by == 'L' ? "over_limited"
                                             : NULL;
    }
    analyse(&s, names);
    const struct hs_recurrence *compressed = synthetic_row(&s, "over_compressed");
    const struct hs_recurrence *clipped = synthetic_row(&s, "clipped");
    const struct hs_recurrence *limited = synthetic_row(&s, "over_limited");
    /* nearly as many under the name that leads them all keep that name */
    CHECK(compressed->faulty == (slightly_more ? 1 : 11));
    CHECK(compressed->recurring == !slightly_more);
    CHECK(clipped->faulty == (slightly_more ? 11 : 0) && clipped->recurring == slightly_more);
    CHECK(limited->faulty == (slightly_more ? 0 : 1));
    for (size_t i = 0; i < TRACKS; i++)
        CHECK(counted_on(&s.audit.tracks[i]) == 1);
    synthetic_free(&s);
}

/* Of sixteen masters four are other songs, at fault more often than the artist. */
static void test_another_song(bool accepted)
{
    static const char *const rules[N_RULES] = {"bright", "boomy", "damaged"};
    struct synthetic s;
    synthetic_make(&s, 4, 4);
    for (size_t i = 0; i < 16; i++) {
        synthetic_value(&s, i, "bright", 1, .1);
        if (i % 4 && i != 1)
            continue;
        synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        if (i == 1)
            continue;
        synthetic_fault(&s, i, "damaged", HS_MODERATE, HS_ORIGIN_CANNOT_SAY)->accepted = accepted;
        s.audit.tracks[i].pair.state = HS_PAIR_DIFFERENT;
    }
    analyse(&s, rules);
    const struct hs_recurrence *bright = synthetic_row(&s, "bright");
    CHECK(bright->faulty == (accepted ? 5 : 1) && bright->judged == (accepted ? 16 : 12));
    CHECK(bright->of_another_song == (accepted ? 0 : 4));
    CHECK((strstr(bright->words, "not the song of the title: 4") != NULL) == !accepted);
    CHECK(synthetic_row(&s, "boomy")->judged == (accepted ? 16 : 12));
    const struct hs_recurrence *damaged = synthetic_row(&s, "damaged");
    CHECK(damaged->judged == 16 && damaged->faulty == (accepted ? 0 : 4));
    CHECK(counted_on(&s.audit.tracks[4]) == 1 && counted_on(&s.audit.tracks[1]) == 1);
    /* the page of the track lists them all the same */
    CHECK(hs_finding_counts(&s.audit.tracks[4].findings[0]));
    synthetic_free(&s);
}

int main(void)
{
    test_crushed(false);
    test_crushed(true);
    test_another_song(false);
    test_another_song(true);
    return check_done();
}
