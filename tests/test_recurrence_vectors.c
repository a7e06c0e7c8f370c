/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two questions of recurrence against a second implementation in Python (numpy, scipy),
 * whose figures stand here with twelve digits: ten catalogues of one rule, and the parts.
 */
#include "catalogue/fault_count.h"
#include "catalogue/habit_likelihood.h"
#include "check.h"
#include "core/num.h"

#include <math.h>

enum { RELEASES = 6 };

struct vector {
    const char *name;
    int n, count[RELEASES][HS_CLASSES];
    double fired[HS_LEVELS], artist_share, icc;
    bool fixed_thresholds;
    double p_count, low, high, odds, change_odds;
    size_t change_at;
    bool change_began;
};

#define SOUND_A                                                                                    \
    {                                                                                              \
        1, 1, 1, 2, 4, 2, 1, 0, 0, 0, 0                                                            \
    }
#define CLEAN                                                                                      \
    {                                                                                              \
        6, 0, 0, 0, 0                                                                              \
    }
#define MONO                                                                                       \
    {                                                                                              \
        0, 0, 0, 6, 0                                                                              \
    }

static const struct vector vectors[] = {
    {"lopsided",
     2,
     {{0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 4}, {0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 3}},
     {19, 12, 8, 3},
     .06,
     .1,
     false,
     0.000195693850826,
     0.126445415067,
     0.941646710722,
     1365.95753139,
     0.00358235439837,
     1,
     false},
    {"over_limited",
     1,
     {{0, 0, 0, 0, 1, 1, 0, 0, 3, 6, 1}},
     {9, 6, 4, 1},
     .25,
     .1,
     false,
     2.17285014306e-09,
     0.32590477929,
     0.994603303969,
     8.35627750241,
     0,
     0,
     false},
    {"nothing",
     1,
     {SOUND_A},
     {16, 8, 4, 1},
     .2,
     .1,
     false,
     1,
     0,
     0.452084636932,
     0.283505468389,
     0,
     0,
     false},
    {"hollow",
     2,
     {{1, 1, 1, 1, 3, 2, 1, 0, 2, 0, 0}, {1, 1, 1, 1, 3, 2, 0, 0, 2, 1, 0}},
     {6, 3, 2, 0},
     .3,
     .1,
     false,
     0.0064423755125,
     0.0193024219666,
     0.693595386504,
     1.18176382332,
     0.504845521629,
     1,
     true},
    {"bright",
     2,
     {{0, 1, 1, 1, 3, 0, 0, 0, 3, 3, 0}, {0, 1, 1, 1, 3, 0, 0, 0, 3, 2, 1}},
     {8, 5, 3, 1},
     .12,
     .1,
     false,
     7.81724599234e-06,
     0.120172595199,
     0.879827404801,
     36.9903192294,
     0.0288664755708,
     1,
     true},
    {"one of four",
     4,
     {SOUND_A, {1, 1, 1, 2, 3, 2, 1, 0, 1, 0, 0}, {0, 0, 0, 1, 2, 0, 0, 0, 2, 6, 1}, SOUND_A},
     {16, 8, 4, 1},
     .2,
     .1,
     false,
     0.0067029365073,
     0.0398844284467,
     0.568400989469,
     0.225522077957,
     0.362803742861,
     2,
     true},
    {"dual_mono",
     6,
     {CLEAN, CLEAN, CLEAN, MONO, MONO, MONO},
     {28, 20, 18, 1},
     .4,
     .5,
     true,
     0.000665529156965,
     0.138815179775,
     0.861184820225,
     0.415896990742,
     53936.6887738,
     3,
     true},
    {"alternating",
     6,
     {CLEAN, MONO, CLEAN, MONO, CLEAN, MONO},
     {28, 20, 18, 1},
     .4,
     .5,
     true,
     0.000665529156965,
     0.138815179775,
     0.861184820225,
     0.415896990742,
     0.773359086642,
     1,
     true},
    {"bright from the third",
     5,
     {{1, 0, 1, 2, 1, 2, 1, 0, 0, 0, 0},
      {0, 1, 1, 1, 2, 1, 1, 1, 0, 0, 0},
      {0, 0, 0, 0, 0, 1, 1, 2, 1, 2, 1},
      {0, 0, 0, 0, 1, 0, 1, 1, 2, 2, 1},
      {0, 0, 0, 1, 0, 1, 0, 2, 1, 2, 1}},
     {8, 5, 3, 1},
     .1,
     .1,
     false,
     5.53806028716e-05,
     0.0773150384602,
     0.707350163582,
     2.84164591484,
     6.35562568074,
     2,
     true},
    {"engineer",
     4,
     {{1, 0, 1, 2, 1, 2, 1, 0, 0, 0, 0},
      {0, 0, 0, 0, 0, 1, 1, 2, 1, 2, 1},
      {0, 1, 1, 1, 2, 1, 1, 1, 0, 0, 0},
      {0, 0, 0, 0, 1, 0, 1, 1, 2, 2, 1}},
     {8, 5, 3, 1},
     .1,
     .1,
     false,
     0.000556539627633,
     0.0525144482831,
     0.690468777713,
     1.62252713572,
     1.12533702966,
     1,
     true},
};
enum { N_VECTORS = sizeof vectors / sizeof *vectors };

static bool near_relative(double got, double wanted, double relative)
{
    if (fabs(got - wanted) <= relative * fabs(wanted))
        return true;
    fprintf(stderr, "got %.12g, wanted %.12g\n", got, wanted);
    return false;
}

static struct hs_base base_of(const struct vector *v)
{
    struct hs_base_levels l = {.judged = 164, .artists = 6};
    for (int i = 0; i < HS_LEVELS; i++)
        l.fired[i] = v->fired[i];
    return hs_base_of(&l);
}

static struct hs_habit_odds *odds_of(const struct vector *v)
{
    int count[RELEASES][HS_CLASSES];
    memcpy(count, v->count, sizeof count);
    struct hs_habit_model m = {.base = base_of(v),
                               .artist_share = v->artist_share,
                               .artists = 6,
                               .icc = v->icc,
                               .fixed_thresholds = v->fixed_thresholds};
    return hs_habit_odds_new(&m, &(struct hs_class_counts){count, (size_t)v->n}, true);
}

static void test_count(const struct vector *v)
{
    int judged[RELEASES] = {0};
    struct hs_base base = base_of(v);
    struct hs_fault_count c = {judged, (size_t)v->n, 0, v->n > 1 ? v->icc : 0, base.variance};
    int first = (v->fixed_thresholds ? HS_THRESHOLD_CLASSES : HS_CLASSES) - 3;
    for (int j = 0; j < v->n; j++)
        for (int k = 0; k < HS_CLASSES; k++) {
            judged[j] += v->count[j][k];
            c.faulty += k >= first && k < first + 3 ? v->count[j][k] : 0;
        }
    CHECK(near_relative(hs_fault_count_tail(&c, base.rate[1]), v->p_count, 1e-6));
    struct hs_interval i = hs_fault_count_interval(&c, .1 / 36);
    CHECK_NEAR(i.low, v->low, 1e-6);
    CHECK_NEAR(i.high, v->high, 1e-6);
    /* the page and the decision are one */
    CHECK((i.low > base.rate[1]) == (hs_fault_count_tail(&c, base.rate[1]) < .1 / 36));
}

static void test_odds(const struct vector *v)
{
    struct hs_habit_odds *o = odds_of(v);
    if (!CHECK(near_relative(exp(hs_habit_odds_log(o)), v->odds, 1e-3)))
        fprintf(stderr, "%s\n", v->name);
    struct hs_habit_change c = hs_habit_odds_change(o);
    CHECK(v->n > 1 || c.log_odds == -INFINITY);
    if (v->n > 1) {
        CHECK(near_relative(exp(c.log_odds), v->change_odds, 1e-3));
        CHECK(c.at == v->change_at && c.began == v->change_began);
        CHECK(c.from <= c.at && c.at <= c.to);
    }
    hs_habit_odds_free(o);
}

static void test_split(void)
{
    struct hs_habit_odds *o = odds_of(&vectors[N_VECTORS - 1]);
    bool on;
    double odds = exp(hs_habit_odds_split(o, (const bool[]){false, true, false, true}, &on));
    CHECK(near_relative(odds, 22.0528831319, 1e-3) && on);
    CHECK(near_relative(hs_habit_p(log(odds)), 0.00544146537586, 1e-3));
    odds = exp(hs_habit_odds_split(o, (const bool[]){true, true, false, false}, &on));
    CHECK(near_relative(odds, 0.36869065563, 1e-3) && !on);
    hs_habit_odds_free(o);
}

static void test_base(void)
{
    static const double rate[] = {0.111341372913, 0.0681038961039, 0.0438070500928,
                                  0.0151113172542};
    struct hs_base b = base_of(&vectors[0]);
    for (int i = 0; i < HS_LEVELS; i++)
        CHECK_NEAR(b.rate[i], rate[i], 1e-9);
    CHECK_NEAR(b.variance, 0.0434292383539, 1e-9);
    const int judged[] = {6, 6};
    struct hs_fault_count c = {judged, 2, 7, .1, .0434};
    CHECK(near_relative(hs_fault_count_tail(&c, .0681), 0.000195496367287, 1e-6));
    struct hs_interval i = hs_fault_count_interval(&c, .0028);
    CHECK_NEAR(i.low, 0.126701473717, 1e-6);
    CHECK_NEAR(i.high, 0.941498344621, 1e-6);
}

/* What is used beyond 500 tracks against the exact sum just below. */
static void test_many_tracks(void)
{
    int judged[51];
    for (int j = 0; j < 51; j++)
        judged[j] = 10;
    for (int k = 40; k <= 120; k += 20) {
        struct hs_fault_count c = {judged, 50, k, .1, .02};
        double exact = hs_fault_count_tail(&c, .1);
        judged[50] = 1; /* one track more, and not exact any more */
        c.n = 51;
        double about = hs_fault_count_tail(&c, .1);
        CHECK(fabs(hs_normal_quantile(about) - hs_normal_quantile(exact)) < .05);
        judged[50] = 10;
    }
}

static void test_strength(void)
{
    CHECK(hs_habit_strength(log(31)) == HS_STRENGTH_STRONG);
    CHECK(hs_habit_strength(log(8.4)) == HS_STRENGTH_SOME);
    CHECK(hs_habit_strength(log(2.9)) == HS_STRENGTH_NONE);
    CHECK(hs_track_class(-1.7, 0, false) == 0 && hs_track_class(1.1, 0, false) == 6);
    CHECK(hs_track_class(9, 4, false) == 10 && hs_track_class(0, 3, true) == 3);
}

int main(void)
{
    for (int i = 0; i < N_VECTORS; i++) {
        test_count(&vectors[i]);
        test_odds(&vectors[i]);
    }
    test_split();
    test_base();
    test_many_tracks();
    test_strength();
    return check_done();
}
