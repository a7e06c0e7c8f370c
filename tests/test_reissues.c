/* SPDX-License-Identifier: Apache-2.0 */
/* Songs on several records: which of their masters count, and a crushed remaster of a few. */
#include "check.h"
#include "model/measure.h"
#include "synthetic.h"

static const char *const names[] = {"over_limited", "lossy_source", "bright"};
enum { N_NAMED = sizeof names / sizeof *names, N_OTHERS = 37 };

/* With as many rules as the program has: what is corrected for all of them. */
static void analyse(struct synthetic *s)
{
    struct hs_base_rate rules[N_NAMED + N_OTHERS];
    for (int i = 0; i < N_NAMED + N_OTHERS; i++)
        rules[i] = synthetic_base(
            i < N_NAMED ? names[i] : hs_arena_printf(&s->audit.arena, "rule%02d", i), 13, 288);
    hs_catalogue_analyse_with(&s->audit, rules, N_NAMED + N_OTHERS);
}

/* The measures of a master: `crest` and `treble` tell masterings of one song apart. */
static void measure(struct synthetic *s, size_t track, double crest, double treble)
{
    struct hs_values *v = &s->audit.tracks[track].master.values;
    double bands[HS_BANDS];
    for (size_t b = 0; b < HS_BANDS; b++)
        bands[b] = (b > 20 ? treble : 0) - fabs((double)b - 8);
    hs_values_init(v, &s->audit.arena);
    hs_values_number(v, "duration_s", 200);
    hs_values_number(v, "loudness_range_lu", 6);
    hs_values_number(v, "plr_db", crest - 2);
    hs_values_number(v, "crest_3s_db", crest);
    hs_values_number(v, "side_mid_db", -8);
    hs_values_number(v, "balance_db", 0);
    hs_values_array(v, "bands_db", bands, HS_BANDS);
}

static void same_song(struct synthetic *s, size_t a, size_t b)
{
    const char *isrc = hs_arena_printf(&s->audit.arena, "AUXX104%05zu", a);
    s->tracks[a].isrc = s->tracks[b].isrc = isrc;
}

/* An album, and a compilation with copies of four of its masters, encoded anew, and with new
 * masterings of two more. */
static void copies(void)
{
    struct synthetic s;
    synthetic_make(&s, 2, 8);
    for (size_t i = 0; i < 16; i++) {
        bool old = i < 8 || i % 8 < 4;
        measure(&s, i, i < 8 ? 14 : old ? 14.1 : i % 8 < 5 ? 12 : 14, !old && i % 8 == 5 ? 1 : .1);
        if (i >= 8 && i % 8 < 6)
            same_song(&s, i - 8, i);
        if (i % 8 < 3) {
            synthetic_fault(&s, i, "over_limited", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
            synthetic_fault(&s, i, "lossy_source", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        }
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "over_limited");
    CHECK(r->judged == 12 && r->faulty == 3 && r->releases == 1 && r->copies == 4);
    CHECK(strstr(r->words, "copies of a mastering that counts: 4") != NULL);
    /* what comes with the file is each one's own */
    r = synthetic_row(&s, "lossy_source");
    CHECK(r->judged == 16 && r->faulty == 6 && r->copies == 0);
    /* of the mix a song counts once: two new masterings are left out as well */
    r = synthetic_row(&s, "bright");
    CHECK(r->judged == 10 && r->later_masters == 2 && r->copies == 4);
    synthetic_free(&s);
}

/* Of copies the one that was lined up with its mix stands for the others: more is known of it. */
static void copy_with_mix(void)
{
    struct synthetic s;
    synthetic_make(&s, 2, 8);
    for (size_t i = 0; i < 16; i++) {
        measure(&s, i, 14, .1);
        same_song(&s, i % 8, i);
        synthetic_value(&s, i, "bright", 1, 1);
        if (i >= 8)
            synthetic_pair(&s, i, -.5, 3);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->evidence == HS_BY_MOVES && r->judged == 8 && r->faulty == 8 && r->copies == 8);
    synthetic_free(&s);
}

/* A rule that was not judged on the one that stands for its copies is read from the first copy on
 * which it was; the others stay copies. */
static void copy_that_was_judged(void)
{
    struct synthetic s;
    synthetic_make(&s, 3, 8);
    for (size_t i = 0; i < 24; i++) {
        struct hs_track_result *t = &s.audit.tracks[i];
        measure(&s, i, 14, .1);
        if (i >= 8)
            same_song(&s, i % 8, i);
        if (i < 6) /* the first six of the first record cannot be judged */
            t->not_judged[t->n_not_judged++] = (struct hs_not_judged){.rule = "bright"};
        else if (i % 8 < 6)
            synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->judged == 8 && r->faulty == 6 && r->copies == 10 && r->releases == 1);
    r = synthetic_row(&s, "over_limited");
    CHECK(r->judged == 8 && r->copies == 16);
    synthetic_free(&s);
}

/* Twelve songs, and four of them crushed on a later record: true of that record, and told as a
 * change. */
static void crushed(void)
{
    struct synthetic s;
    synthetic_make(&s, 2, 12);
    s.job.n_tracks = 16;
    s.releases[1].n_tracks = 4;
    for (size_t i = 0; i < 16; i++) {
        bool crush = i >= 12;
        measure(&s, i, crush ? 6 : 14, .1);
        synthetic_value(&s, i, "over_limited", -1, crush ? -5 : 1.5 - .3 * (double)(i % 7));
        synthetic_pair(&s, i, .3, crush ? 3.5 : -1.5);
        if (crush) {
            same_song(&s, i - 12, i);
            synthetic_fault(&s, i, "over_limited", HS_SEVERE, HS_ORIGIN_MASTERING);
        }
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "over_limited");
    CHECK(r->verdict == HS_ON_ONE_RELEASE && r->faulty == 4 && r->judged == 16);
    CHECK(hs_since_shown(&r->since) && r->since.began && r->since.at == 1);
    synthetic_free(&s);
}

/* Three records, and a crushed remaster of four of the songs: of its moves two alone are more than
 * engineers do, so that a record at fault throughout is told by its masters. */
static void crushed_among_many(void)
{
    static const double move[] = {1.4, 1.5, 2.05, 2.3};
    struct synthetic s;
    synthetic_make(&s, 4, 4);
    for (size_t i = 0; i < 16; i++) {
        bool crush = i >= 12;
        measure(&s, i, crush ? 6 : 14 + .5 * (double)(i % 5), .1);
        synthetic_value(&s, i, "over_limited", -1, crush ? -5 : 1.5 - .3 * (double)(i % 7));
        synthetic_pair(&s, i, .3, crush ? move[i - 12] : -1.5 + .1 * (double)(i % 3));
        if (crush) {
            same_song(&s, i - 12, i);
            synthetic_fault(&s, i, "over_limited", HS_MODERATE, HS_ORIGIN_MASTERING);
        }
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "over_limited");
    for (size_t i = 0; i < r->n_rows; i++)
        CHECK(r->rows[i]->evidence != HS_BY_MOVES ||
              (r->rows[i]->verdict == HS_LEANS && r->rows[i]->faulty == 2));
    CHECK(r->evidence == HS_BY_SONGS && r->verdict == HS_ON_ONE_RELEASE);
    CHECK(r->faulty == 4 && r->judged == 16 && r->strength);
    synthetic_free(&s);
}

/* Mixes that lean, brought back to the middle or left: of a rule with two sides only the former
 * needed what was done. */
static void led_back(void)
{
    struct synthetic s;
    synthetic_make(&s, 3, 8);
    for (size_t i = 0; i < 24; i++) {
        double mix = i % 2 ? 4 : -4;
        synthetic_value(&s, i, "bright", 0, i < 6 ? 0 : i < 10 ? 1.5 * mix : 0);
        synthetic_pair(&s, i, 0, 0);
        struct hs_judgement *j = &s.audit.tracks[i].judgements[0];
        j->mix_value = (float)(i < 10 ? mix : 0);
        j->called_for = i < 10;
        if (i >= 10)
            j->move_z = 3;
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->evidence == HS_BY_MOVES && r->judged == 14 && r->called_for == 6);
    synthetic_free(&s);
}

/* Mixes that are read only where their master shows a fault: those behind sound masters count as
 * sound, one for each song. */
static void mixes_behind_masters(void)
{
    struct synthetic s;
    synthetic_make(&s, 3, 6);
    for (size_t i = 0; i < 18; i++) {
        bool fault = i % 3 == 0 && i < 12;
        synthetic_value(&s, i, "lossy_source", 1, fault ? 5 : 0);
        synthetic_pair(&s, i, fault ? 2.5 : 0, 0);
        if (fault)
            synthetic_fault(&s, i, "lossy_source", HS_MODERATE, HS_ORIGIN_MIX);
        else
            s.audit.tracks[i].judgements[0].mix_value = NAN;
    }
    same_song(&s, 1, 12); /* sound on both records */
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "lossy_source");
    int rows = 0;
    for (size_t i = 0; i < r->n_rows; i++)
        if (r->rows[i]->evidence == HS_BY_MIXES && ++rows)
            CHECK(r->rows[i]->faulty == 4 && r->rows[i]->judged == 17);
    CHECK(rows == 1);
    synthetic_free(&s);
}

int main(void)
{
    mixes_behind_masters();
    copies();
    copy_with_mix();
    copy_that_was_judged();
    crushed();
    crushed_among_many();
    led_back();
    return check_done();
}
