/* SPDX-License-Identifier: Apache-2.0 */
/* The one song whose voice sits lower than its sisters, and what the block of instruments says of
 * mix and master; on made-up audits. */
#include "check.h"
#include "judge_fixture.h"
#include "report/instruments.h"
#include "report/sister_levels.h"

#include <string.h>

enum { SONGS = 8 };

/* The voice of each song in its master; NaN: not judged there. */
static void give_voices(struct fixture *f, const double *level, size_t n)
{
    struct hs_arena *a = &f->audit.arena;
    for (size_t i = 0; i < n; i++) {
        struct hs_instrument in = {.role = HS_STEM_VOCAL,
                                   .side = HS_STEM_IN_MASTER,
                                   .name = "lead vox",
                                   .why = isnan(level[i]) ? "not found" : NULL};
        in.number[HS_INSTRUMENT_LEVEL_LU] = level[i];
        const struct hs_instruments all = {.items = hs_arena_copy(a, &in, sizeof in), .n = 1};
        f->results[i].master.instruments = hs_arena_copy(a, &all, sizeof all);
        f->results[i].master.side = HS_STEM_IN_MASTER;
    }
}

/* Which songs stand out: a bit for each. */
static unsigned standing_out(const double *level, size_t n, struct hs_sister_level *last)
{
    struct fixture f;
    struct hs_sister_levels all;
    unsigned out = 0;
    fixture_start(&f, n);
    give_voices(&f, level, n);
    hs_sister_levels_init(&all, &f.audit, &f.audit.arena);
    for (size_t i = 0; i < n; i++) {
        struct hs_sister_level x;
        if (!hs_sister_levels_differ(&all, f.results[i].master.instruments->items, &x))
            continue;
        out |= 1u << i;
        *last = x;
    }
    fixture_free(&f);
    return out;
}

/* The block of a track whose voice has these levels in mix and master. */
static struct hs_buf block_of(double mix_lu, double master_lu, const char *why, bool alike,
                              const char *separated_by)
{
    struct fixture f;
    struct hs_sister_levels none;
    struct hs_html h = {0};
    struct hs_instrument in[HS_STEM_SIDES];
    fixture_start(&f, 1);
    for (int s = 0; s < HS_STEM_SIDES; s++) {
        in[s] = hs_instrument_unread(HS_STEM_VOCAL, 0, HS_STEM_GIVEN, (enum hs_stem_side)s, why);
        in[s].name = "lead vox";
        in[s].alike = alike;
        in[s].number[HS_INSTRUMENT_LEVEL_LU] = s == HS_STEM_IN_MIX ? mix_lu : master_lu;
    }
    const struct hs_instruments all = {
        .items = in, .n = HS_STEM_SIDES, .separated_by = separated_by};
    f.results[0].mix.instruments = f.results[0].master.instruments = &all;
    hs_sister_levels_init(&none, &f.audit, &f.audit.arena);
    hs_html_instruments(&h, &f.results[0], &none);
    fixture_free(&f);
    return h.out;
}

/* Whether that block holds these words. */
static bool says(struct hs_buf block, const char *words)
{
    const bool found = block.data && strstr(block.data, words);
    hs_buf_free(&block);
    return found;
}

/* The change is that from mix to master, with its sign; where levels are not judged it stands only
 * where the same thing spoils both. */
static void test_change(void)
{
    const char *why = "the outputs leak";
    CHECK(says(block_of(-4, -5.5, NULL, false, NULL), "data-v=\"-1.5\">\xe2\x88\x92"
                                                      "1.5<"));
    CHECK(says(block_of(-5.5, -4, NULL, false, NULL), "data-v=\"1.5\">+1.5<"));
    CHECK(!says(block_of(-4, -5.5, why, false, NULL), "1.5<"));
    CHECK(says(block_of(-4, -5.5, why, true, NULL), "1.5<"));
    CHECK(!says(block_of(-4, NAN, NULL, false, NULL), "nan"));
    CHECK(says(block_of(-4, -5.5, NULL, false, "demucs <4>"), "Separated by demucs &lt;4&gt;,"));
    CHECK(!says(block_of(-4, -5.5, NULL, false, NULL), "Separated"));
}

int main(void)
{
    test_change();
    struct hs_sister_level x = {.n = 0};
    const double one_low[SONGS] = {-1.5, -1.2, -1.9, -5.4, -1.4, -1.6, -1.3, -1.7};
    CHECK(standing_out(one_low, SONGS, &x) == 1u << 3);
    CHECK(x.n == SONGS - 1);
    CHECK_NEAR(x.middle_lu, -1.5, 1e-6);
    CHECK_NEAR(x.off_lu, -3.9, 1e-6);
    CHECK(standing_out(one_low, 6, &x) == 0); /* five others are too few */
    const double near[SONGS] = {-1.5, -1.2, -1.9, -3.3, -1.4, -1.6, -1.3, -1.7};
    CHECK(standing_out(near, SONGS, &x) == 0);
    const double wide[SONGS] = {-1, -5, -2, -8, -7, -3, -4, -6}; /* songs that differ anyway */
    CHECK(standing_out(wide, SONGS, &x) == 0);
    const double unjudged[SONGS] = {-1.5, -1.2, -1.9, NAN, -1.4, -1.6, -1.3, 2.5};
    CHECK(standing_out(unjudged, SONGS, &x) == 1u << 7);
    CHECK(x.n == SONGS - 2);
    return check_done();
}
