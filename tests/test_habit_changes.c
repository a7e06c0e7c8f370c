/* SPDX-License-Identifier: Apache-2.0 */
/* Since when mixing or mastering is another than before: places, intervals, and how often chance
 * alone is taken for a change. */
#include "catalogue/habit_changes.h"
#include "catalogue/stats_counts.h"
#include "catalogue/step.h"
#include "check.h"
#include "simulated.h"

#include "core/fs.h"
#include "fixture_dir.h"
#include "report/anonymous.h"
#include "report/report.h"

enum { MOST_TRACKS = 96, MOST_RELEASES = 12 };

/* Values of releases that hang together by icc; from `from` on they are `more` higher. */
static struct hs_sample draw(size_t releases, size_t each, double icc, size_t from, double more,
                             struct hs_rng *rng, double *value, size_t *release)
{
    double of_release = 0;
    for (size_t i = 0; i < releases * each; i++) {
        of_release = i % each ? of_release : normal(rng);
        release[i] = i / each;
        value[i] = sqrt(icc) * of_release + sqrt(1 - icc) * normal(rng);
        value[i] += release[i] >= from ? more : 0;
    }
    return (struct hs_sample){value, release, releases * each};
}

static struct hs_step find(const double *value, const size_t *release, size_t n, const int *year)
{
    struct hs_step x;
    hs_steps_find(&(struct hs_sample){value, release, n}, 1, year, &x);
    return x;
}

/* By hand: two releases of 1, 3 and two of 5, 7. Sums of squares within: 8, between the releases of
 * a side: 0. So the change is 4, and for a ratio s its variance is 8 / 6 times s^2 + 1/2 for each
 * side's mean of two, that is together. */
static void by_hand(void)
{
    const double value[] = {1, 3, 3, 1, 5, 7, 7, 5};
    const size_t release[] = {3, 3, 1, 1, 0, 0, 2, 2};
    const int year[] = {2006, 2002, 2008, 2000};
    struct hs_step x = find(value, release, 8, year);
    double p = 0, all = 0;
    CHECK(x.at == 0 && x.places == 1);
    CHECK_NEAR(x.change, 4, 1e-12);
    CHECK_NEAR(x.error.df, 6, 1e-12);
    for (size_t i = 0; i < HS_RATIOS; i++) {
        double s = hs_between_ratio(i), variance = 8. / 6 * (s * s + .5);
        CHECK_NEAR(x.error.variance[i], variance, 1e-9 * variance);
        all += x.error.weight[i];
        p += x.error.weight[i] * hs_student_p(4 / sqrt(variance), 6);
    }
    CHECK_NEAR(all, 1, 1e-12);
    CHECK_NEAR(x.p, p, .002);
    struct hs_interval i = hs_step_interval(&x, x.p);
    CHECK_NEAR(i.low, 0, 1e-6); /* at the level of its own p it ends at no change */
    /* nothing varies: another value from there on is sure, the same throughout is no question */
    const double flat[] = {0, 0, 0, 0, 3, 3, 3, 3}, same[8] = {0};
    x = find(flat, release, 8, year);
    CHECK(x.at == 0 && x.p < 1e-6 && x.change > 2.9);
    CHECK(isnan(find(same, release, 8, year).p));
    const int undated[] = {2006, 0, 2008, 2000}, one_year[] = {2001, 2001, 2001, 2001};
    CHECK(find(value, release, 8, undated).at == SIZE_MAX);
    CHECK(find(value, release, 8, one_year).at == SIZE_MAX);
    CHECK(find(value, release, 0, year).at == SIZE_MAX);
}

/* Tracks that are equal within releases, which wander: as with a little noise on them. */
static void equal_tracks(void)
{
    enum { N = 24, EACH = 4 };
    const double mean[] = {0, -2.3, -4.6, 5.1, 2.8, .5};
    const int year[] = {2000, 2001, 2002, 2003, 2004, 2005};
    double value[N];
    size_t release[N];
    for (size_t i = 0; i < N; i++)
        value[i] = mean[release[i] = i / EACH];
    double exactly = find(value, release, N, year).p;
    for (size_t i = 0; i < N; i++)
        value[i] += i % 2 ? 1e-6 : -1e-6;
    CHECK(exactly > .02);
    CHECK_NEAR(exactly, find(value, release, N, year).p, 1e-3);
}

/* Seven values side by side of one catalogue, as the page asks them: how often any is called. Of a
 * motley catalogue every second value hangs together by twice as much as said, the others by
 * nothing.
 */
static double called(size_t releases, size_t each, double icc, bool motley, double more,
                     size_t runs)
{
    double value[HS_ZONE_CHANGES][MOST_TRACKS], n = 0;
    size_t release[MOST_TRACKS];
    int year[MOST_RELEASES];
    for (int r = 0; r < MOST_RELEASES; r++)
        year[r] = 2000 + r;
    for (size_t run = 0; run < runs; run++) {
        struct hs_rng rng = {run * 7919 + 13};
        struct hs_sample s[HS_ZONE_CHANGES];
        struct hs_step x[HS_ZONE_CHANGES];
        double p[HS_ZONE_CHANGES], q[HS_ZONE_CHANGES];
        bool any = false;
        for (size_t w = 0; w < HS_ZONE_CHANGES; w++)
            s[w] = draw(releases, each,
                        !motley ? icc
                        : w % 2 ? 0
                                : 2 * icc,
                        releases / 2, w ? 0 : more, &rng, value[w], release);
        hs_steps_find(s, HS_ZONE_CHANGES, year, x);
        for (size_t w = 0; w < HS_ZONE_CHANGES; w++)
            p[w] = x[w].p;
        hs_benjamini_hochberg(p, HS_ZONE_CHANGES, q);
        for (size_t w = 0; w < HS_ZONE_CHANGES; w++)
            any = any || (q[w] < .1 && (more <= 0 || w == 0));
        n += any;
    }
    return n / (double)runs;
}

static void how_often(void)
{
    static const struct {
        size_t releases, each;
        double icc;
        bool motley;
    } rows[] = {{4, 6, 0, false},  {4, 6, .1, false}, {4, 6, .3, false}, {4, 6, .3, true},
                {6, 4, .1, false}, {6, 4, .3, false}, {6, 4, .3, true},  {6, 4, .5, false},
                {8, 6, .1, false}, {8, 6, .5, false}, {12, 8, .3, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double none = called(rows[i].releases, rows[i].each, rows[i].icc, rows[i].motley, 0, 400);
        printf("%zux%zu %.1f%s: chance %.3f, 1.5 spreads %.2f, 3 spreads %.2f\n", rows[i].releases,
               rows[i].each, rows[i].icc, rows[i].motley ? " motley" : "", none,
               called(rows[i].releases, rows[i].each, rows[i].icc, rows[i].motley, 1.5, 200),
               called(rows[i].releases, rows[i].each, rows[i].icc, rows[i].motley, 3, 200));
        CHECK(none <= .13);
    }
    CHECK(called(6, 4, .1, false, 1.5, 200) > .25); /* .11 while a correlation of .35 was taken */
    CHECK(called(6, 4, .1, false, 3, 200) > .9);
}

/* Six records: from the fourth on mastering leaves 3 dB more treble, and mixes are 4 dB wider. Each
 * record may be another artist's: then nothing is asked of the mixes. */
static void make(struct synthetic *s, bool artists)
{
    struct hs_rng rng = {17};
    synthetic_make(s, 6, 4);
    s->job.name = s->job.artist = "Band";
    for (size_t i = 0; i < 24; i++) {
        struct hs_track_result *t = &s->audit.tracks[i];
        double eq[HS_BANDS] = {0};
        for (size_t b = 25; b < HS_BANDS; b++)
            eq[b] = (i < 12 ? 0 : 3) + .8 * normal(&rng);
        t->pair.state = HS_PAIR_ALIGNED;
        hs_values_init(&t->pair.values, &s->audit.arena);
        hs_values_array(&t->pair.values, "eq_db", eq, HS_BANDS);
        t->mix.state = HS_FILE_OK;
        t->mix.hash[0] = i + 1;
        hs_values_init(&t->mix.values, &s->audit.arena);
        hs_values_number(&t->mix.values, "side_mid_db", (i < 12 ? -12 : -8) + normal(&rng));
        s->tracks[i].mixed_by = i < 12 ? "Ann" : "Bob";
        s->tracks[i].artist = artists ? s->releases[i / 4].title : NULL;
    }
    const struct hs_base_rate base = synthetic_base("bright", 8, 160);
    hs_catalogue_analyse_with(&s->audit, &base, 1);
}

static void of_a_catalogue(void)
{
    enum { TREBLE = HS_ZONES - 1, WIDTH = HS_ZONES };
    for (int artists = 0; artists < 2; artists++) {
        struct synthetic s;
        make(&s, artists);
        const struct hs_zone_change *treble = &s.audit.mastering[0].change[TREBLE];
        const struct hs_zone_change *width = &s.audit.mixing[0].change[WIDTH];
        CHECK(hs_zone_change_is_shown(treble) && treble->at == 3 && treble->q < .1);
        CHECK(treble->interval.low > 0 && treble->interval.low < 3 && treble->interval.high > 3);
        CHECK(!hs_zone_change_is_shown(&s.audit.mastering[0].change[0]));
        CHECK(hs_zone_change_is_shown(width) == !artists);
        CHECK(artists || (width->at == 3 && width->interval.low > 0 && width->change < 5));
        synthetic_free(&s);
    }
}

/* Masters alone, with 4 dB more treble from the fourth record on, by one artist or six. */
static void of_masters(void)
{
    for (int artists = 0; artists < 2; artists++) {
        struct synthetic s;
        struct hs_rng rng = {5};
        char dir[] = P_tmpdir "/hs_habit-masters-XXXXXX";
        struct hs_buf text = {0};
        struct hs_arena a = {0};
        synthetic_make(&s, 6, 4);
        s.job.name = s.job.artist = "Band";
        for (size_t i = 0; i < 24; i++) {
            double bands[HS_BANDS] = {0};
            for (size_t b = 0; b < HS_BANDS; b++)
                bands[b] = -20 + (b >= 25 && i >= 12 ? 4 : 0) + .8 * normal(&rng);
            hs_values_init(&s.audit.tracks[i].master.values, &s.audit.arena);
            hs_values_array(&s.audit.tracks[i].master.values, "bands_db", bands, HS_BANDS);
            s.tracks[i].artist = artists ? s.releases[i / 4].title : NULL;
        }
        const struct hs_base_rate base = synthetic_base("bright", 8, 160);
        hs_catalogue_analyse_with(&s.audit, &base, 1);
        if (CHECK(s.audit.masters && !s.audit.n_mixing)) {
            const struct hs_zone_change *treble = &s.audit.masters->change[HS_ZONES - 1];
            CHECK(hs_zone_change_is_shown(treble) == !artists);
            CHECK(artists || (treble->at == 3 && treble->interval.low > 2));
        }
        CHECK(mkdtemp(dir) != NULL);
        CHECK(hs_report_write(&s.audit, &(struct hs_report_options){.dir = dir}, NULL) == HS_OK);
        CHECK(hs_fs_read(hs_path_join(&a, dir, "index.html"), 64 << 20, &text, NULL) == HS_OK);
        CHECK((strstr(text.data, "Masters have more of the treble since 2003.") != NULL) ==
              !artists);
        CHECK(remove_tree(dir));
        hs_arena_free(&a);
        hs_buf_free(&text);
        synthetic_free(&s);
    }
}

static void on_the_page(void)
{
    char dir[] = P_tmpdir "/hs_habit-changes-XXXXXX";
    struct synthetic s;
    struct hs_buf text = {0};
    struct hs_arena a = {0};
    make(&s, false);
    CHECK(mkdtemp(dir) != NULL);
    CHECK(hs_report_write(&s.audit, &(struct hs_report_options){.dir = dir}, NULL) == HS_OK);
    CHECK(hs_fs_read(hs_path_join(&a, dir, "habits.html"), 64 << 20, &text, NULL) == HS_OK);
    CHECK(strstr(text.data, "<strong>From Release 4 (2003) on</strong> mastering leaves ") != NULL);
    CHECK(strstr(text.data, " more of the treble than before (+") != NULL);
    CHECK(strstr(text.data, "<strong>From Release 4 (2003) on</strong> mixes have ") != NULL);
    CHECK(strstr(text.data, " more width than before (+") != NULL);
    CHECK(strstr(text.data, "Mixes have more width since 2003.") != NULL);
    CHECK(strstr(text.data, "go with another change, ") != NULL &&
          strstr(text.data, "mixed by: Bob.") != NULL);
    hs_buf_clear(&text);
    CHECK(hs_fs_read(hs_path_join(&a, dir, "index.html"), 64 << 20, &text, NULL) == HS_OK);
    CHECK(strstr(text.data, ">What changed with a release</h2>") &&
          strstr(text.data, "Mixes have more width since 2003. ") &&
          strstr(text.data, "Mastering leaves more of the treble since 2003. "));
    hs_audit_anonymise(&s.audit); /* of the place that was found no name is left */
    CHECK_TEXT(s.audit.mixing[0].change[HS_ZONES].level, s.tracks[12].mixed_by);
    CHECK(strcmp(s.tracks[12].mixed_by, "Bob") != 0);
    CHECK(remove_tree(dir));
    hs_arena_free(&a);
    hs_buf_free(&text);
    synthetic_free(&s);
}

int main(void)
{
    of_a_catalogue();
    of_masters();
    on_the_page();
    by_hand();
    equal_tracks();
    how_often();
    return check_done();
}
