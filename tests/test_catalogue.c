/* SPDX-License-Identifier: Apache-2.0 */
/* Recurrence, trend, association and what is counted, on catalogues made of numbers. */
#include "catalogue/habit_kinds.h"
#include "check.h"
#include "model/measure.h"
#include "synthetic.h"

static const char *const names[] = {"bright", "boomy", "wide", "over_limited"};
enum { N_RULES = sizeof names / sizeof *names };

static void analyse(struct synthetic *s)
{
    struct hs_base_rate rules[N_RULES];
    for (int i = 0; i < N_RULES; i++)
        rules[i] = synthetic_base(names[i], 8, 160);
    hs_catalogue_analyse_with(&s->audit, rules, N_RULES);
}

static void test_habit(void)
{
    struct synthetic s;
    synthetic_make(&s, 6, 5);
    for (size_t i = 0; i < 30; i++)
        if (i % 5 < 2)
            synthetic_fault(&s, i, "bright", HS_MODERATE,
                            i < 25 ? HS_ORIGIN_MIX : HS_ORIGIN_MASTERING);
    for (size_t i = 0; i < 5; i++)
        synthetic_fault(&s, i, "boomy", HS_SEVERE, HS_ORIGIN_MASTERING);
    synthetic_fault(&s, 9, "wide", HS_MINOR, HS_ORIGIN_MASTERING)->by_pair_only = true;
    synthetic_fault(&s, 8, "wide", HS_MINOR, HS_ORIGIN_CURED);
    synthetic_fault(&s, 7, "wide", HS_MINOR, HS_ORIGIN_MIX)->explained_by = "bright";
    synthetic_fault(&s, 6, "wide", HS_MINOR, HS_ORIGIN_MIX)->accepted = true;
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r == &s.audit.recurring[0]); /* the most important comes first */
    CHECK(r->faulty == 12 && r->judged == 30 && r->releases == 6);
    CHECK_NEAR(r->rate, .4, 1e-12);
    CHECK(r->base_rate > .02 && r->base_rate < .08);
    CHECK(r->recurring && r->verdict == HS_RECURS && r->q < .1 && !r->why_not);
    CHECK(r->interval.low > r->base_rate && r->q_count < .1 && r->strength >= HS_STRENGTH_FAIR);
    CHECK(r->evidence == HS_BY_SONGS && r->n_rows == 1);
    CHECK(r->origins[HS_ORIGIN_MIX] == 10 && r->origins[HS_ORIGIN_MASTERING] == 2);
    CHECK(r->reading == HS_PATTERN_MISTAKE);
    CHECK(r->habit == HS_HABIT_MIX);
    CHECK(strstr(r->words, "12 of 30") && strstr(r->words, "10 already in the mix"));
    r = synthetic_row(&s, "boomy"); /* five of five, but one occasion */
    CHECK(r->faulty == 5 && !r->recurring && r->releases == 1);
    CHECK(r->verdict == HS_ON_ONE_RELEASE && strstr(r->why_not, "on one release"));
    r = synthetic_row(&s, "wide");
    CHECK(r->faulty == 0 && r->by_pair_only == 1 && !r->recurring && !r->why_not);
    synthetic_free(&s);
}

/* A habit of mastering that leaves each master inside its range: the moves say it. */
static void test_moves(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 5);
    for (size_t i = 0; i < 20; i++) {
        synthetic_value(&s, i, "boomy", 1, 1.5);
        if (i < 18)
            synthetic_pair(&s, i, .2, i % 5 < 3 ? 3.2 : .1);
        synthetic_value(&s, i, "wide", 1, -.5);
        if (i < 18)
            synthetic_pair(&s, i, -1, 0);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "boomy");
    CHECK(r->habit == HS_HABIT_MASTERING);
    CHECK(r->recurring && r->evidence == HS_BY_MOVES && r->n_rows == 3);
    CHECK(r->faulty == 12 && r->judged == 18 && strstr(r->words, "mastering moved 12 of 18"));
    CHECK(r->rows[0]->evidence == HS_BY_SONGS && r->rows[0]->verdict == HS_NOT_SHOWN);
    CHECK(r->rows[1]->evidence == HS_BY_MIXES && r->rows[1]->judged == 18);
    CHECK(synthetic_row(&s, "wide")->verdict == HS_NOT_SHOWN);
    CHECK(s.audit.n_recurring == N_RULES);
    synthetic_free(&s);
}

/* A move counts though its finding is part of another, such as a fault of the mix; not on purpose.
 */
static void test_moves_that_count(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 5);
    for (size_t i = 0; i < 20; i++) {
        synthetic_value(&s, i, "boomy", 1, 1.5);
        synthetic_pair(&s, i, .2, i % 5 < 3 ? 3.2 : .1);
    }
    synthetic_fault(&s, 0, "boomy", HS_MINOR, HS_ORIGIN_MASTERING)->explained_by = "muddy";
    synthetic_fault(&s, 1, "boomy", HS_MINOR, HS_ORIGIN_MASTERING)->accepted = true;
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "boomy");
    CHECK(r->rows[2]->evidence == HS_BY_MOVES && r->rows[2]->judged == 20);
    CHECK(r->rows[2]->faulty == 11);
    synthetic_free(&s);
}

/* Of one cause that leads under another name from track to track the commonest rule counts all its
 * findings, and the others none; not so where one of them leads nearly everywhere. */
static void test_one_cause_of_many_names(void)
{
    static const char *const of[] = {"over_limited", "clipped", "over_compressed"};
    struct hs_base_rate rules[3];
    for (int often = 0; often < 2; often++) {
        struct synthetic s;
        synthetic_make(&s, 3, 8);
        for (size_t i = 0; i < 12; i++) {
            const char *lead = of[often && i < 10 ? 1 : i % 3];
            for (int k = 0; k < 3; k++) {
                bool there = k < 2 || i < 6 || !strcmp(lead, of[k]);
                struct hs_finding *f =
                    there ? synthetic_fault(&s, i, of[k], HS_MODERATE, HS_ORIGIN_CANNOT_SAY) : NULL;
                if (f && strcmp(lead, of[k]))
                    f->explained_by = lead;
            }
        }
        for (int k = 0; k < 3; k++)
            rules[k] = synthetic_base(of[k], 8, 160);
        hs_catalogue_analyse_with(&s.audit, rules, 3);
        const struct hs_recurrence *limited = synthetic_row(&s, of[0]);
        const struct hs_recurrence *clipped = synthetic_row(&s, of[1]);
        CHECK(synthetic_row(&s, of[2])->faulty == 0);
        CHECK(limited->faulty == (often ? 0 : 12) && limited->recurring == !often);
        CHECK(limited->part_of_others == (often ? 0 : 8));
        size_t as_part = 0, leads = 0; /* of over_limited, as pages count them */
        for (size_t i = 0; i < 12; i++)
            for (size_t k = 0; k < s.audit.tracks[i].n_findings; k++) {
                const struct hs_finding *f = &s.audit.tracks[i].findings[k];
                as_part += !strcmp(f->rule, of[0]) && hs_finding_counts_for_rule(f);
                leads += !strcmp(f->rule, of[0]) && hs_finding_counts(f);
            }
        CHECK((int)as_part == limited->faulty && leads == (often ? 0u : 4u));
        CHECK((strstr(limited->words, "on 8 of them another fault") != NULL) == !often);
        CHECK(clipped->faulty == (often ? 12 : 0) && clipped->recurring == often);
        synthetic_free(&s);
    }
}

/* A mechanism leads wherever it is: what it explains is told as it, and nowhere else. */
static void test_a_mechanism_leads(void)
{
    struct synthetic s;
    synthetic_make(&s, 3, 8);
    for (size_t i = 0; i < 20; i++) {
        struct hs_finding *f =
            synthetic_fault(&s, i, "out_of_phase", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        if (i < 9) {
            f->explained_by = "channel_delay";
            synthetic_fault(&s, i, "channel_delay", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        }
    }
    struct hs_base_rate rules[] = {synthetic_base("out_of_phase", 8, 160),
                                   synthetic_base("channel_delay", 8, 160)};
    hs_catalogue_analyse_with(&s.audit, rules, 2);
    CHECK(synthetic_row(&s, "out_of_phase")->faulty == 11);
    CHECK(synthetic_row(&s, "channel_delay")->faulty == 9);
    synthetic_free(&s);
}

/* One move, however large, is a bad day and no habit. */
static void test_one_outlier(void)
{
    for (size_t per_release = 6; per_release <= 24; per_release *= 2) {
        struct synthetic s;
        synthetic_make(&s, 2, per_release);
        for (size_t i = 0; i < 2 * per_release; i++) {
            synthetic_value(&s, i, "bright", 1, -1);
            synthetic_pair(&s, i, -1, i == 4 ? 6.5 : .4 + .1 * (double)(i % 5));
        }
        analyse(&s);
        const struct hs_recurrence *r = synthetic_row(&s, "bright");
        CHECK(r->rows[2]->evidence == HS_BY_MOVES && r->rows[2]->faulty == 1);
        CHECK(r->rows[2]->verdict == HS_NOT_SHOWN && r->verdict == HS_NOT_SHOWN);
        synthetic_free(&s);
    }
}

/* A fault of another kind here and there is no habit, however large it is: the others were not
 * moved that way. */
static void test_few_moves(void)
{
    struct synthetic s;
    synthetic_make(&s, 3, 8);
    for (size_t i = 0; i < 24; i++) {
        synthetic_value(&s, i, "bright", 1, -1);
        synthetic_pair(&s, i, -1, i % 8 == 3 ? 3.6 : .2 * (double)(i % 3) - .2);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->evidence == HS_BY_MOVES && r->faulty == 3 && !(r->log_odds > 0));
    CHECK(r->verdict == HS_NOT_SHOWN);
    synthetic_free(&s);
}

/* One song that was limited as others do it, among many that were hardly touched: no habit of
 * limiting, however alike those are. */
static void test_one_note_in_a_tight_crowd(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 6);
    for (size_t i = 0; i < 24; i++) {
        synthetic_value(&s, i, "over_limited", -1, 0);
        synthetic_pair(&s, i, -.5, i == 9 ? 1.4 : -1.5 + .02 * (double)(i % 5));
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "over_limited");
    CHECK(r->n_rows == 3 && r->rows[2]->evidence == HS_BY_MOVES && r->rows[2]->faulty == 0);
    CHECK(r->verdict == HS_NOT_SHOWN && r->rows[2]->verdict == HS_NOT_SHOWN);
    synthetic_free(&s);
}

/* An engineer who brightens everything: dull mixes that needed it say nothing of the others, and
 * nothing ended where they come. */
static void test_moves_called_for(void)
{
    struct synthetic s;
    synthetic_make(&s, 6, 4);
    for (size_t i = 0; i < 24; i++) {
        synthetic_value(&s, i, "bright", 1, i < 16 ? 1.5 : -1.5);
        synthetic_pair(&s, i, i < 16 ? -.5 : -2.5, i < 16 ? 3 : 0);
        struct hs_judgement *j = &s.audit.tracks[i].judgements[0];
        if (i >= 16) { /* what of the move was called for is left out of its z */
            j->called_for = true;
            j->mix_value = (float)(j->value - 3);
        }
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->verdict == HS_RECURS && r->evidence == HS_BY_MOVES);
    CHECK(r->faulty == 16 && r->judged == 16 && r->called_for == 8);
    CHECK(strstr(r->words, "8 more went that way and needed it") != NULL);
    CHECK(!hs_since_shown(&r->since) && r->origins[HS_ORIGIN_MASTERING] == 16);
    synthetic_free(&s);
}

/* A habit of some releases that then ended recurs there, and is counted there; one that began, the
 * same. */
static void test_stretch(void)
{
    for (int began = 0; began < 2; began++) {
        struct synthetic s;
        synthetic_make(&s, 8, 4);
        for (size_t i = 0; i < 32; i++) {
            synthetic_value(&s, i, "bright", 1, -1);
            synthetic_pair(&s, i, -.6, (i < 12) == !began ? 3.2 : .1 * (double)(i % 3));
        }
        for (size_t i = 12; began && i < 24; i++)
            s.audit.tracks[i].judgements[0].move_z = .1F;
        struct hs_judgement *needed[] = {&s.audit.tracks[0].judgements[0],
                                         &s.audit.tracks[31].judgements[0]};
        for (size_t k = 0; k < 2; k++) { /* one of the releases that have it, one of the others */
            needed[k]->called_for = true;
            needed[k]->mix_value = (float)(needed[k]->value - 3);
        }
        analyse(&s);
        const struct hs_recurrence *r = synthetic_row(&s, "bright");
        CHECK(r->verdict == HS_RECURS && r->of_stretch && r->evidence == HS_BY_MOVES);
        CHECK(r->faulty == (began ? 7 : 11) && r->judged == r->faulty && r->interval.low > .05);
        CHECK(r->called_for == 1 && r->habit == HS_HABIT_MASTERING);
        CHECK(hs_since_shown(&r->since) && r->since.began == began &&
              r->since.at == (began ? 6 : 3));
        const char *said = began ? "those from 2006 on" : "those before 2003";
        CHECK(strstr(r->words, said) != NULL);
        /* and the others beside them, none of which has it */
        int others = (began ? 24 : 20) - 1;
        CHECK(r->faulty_outside == 0 && r->judged_outside == others);
        CHECK(strstr(r->words, began ? "of the others 0 of 23" : "of the others 0 of 19") != NULL);
        CHECK(r->origins[HS_ORIGIN_MASTERING] == r->faulty);
        synthetic_free(&s);
    }
}

/* What to listen to: a song that mastering moved, and not the worst of those it left alone. */
static void test_examples_of_moves(void)
{
    struct synthetic s;
    static const struct hs_moved moved[] = {{.steps = 3}, {.steps = 4}};
    synthetic_make(&s, 4, 5);
    for (size_t i = 0; i < 20; i++) {
        synthetic_value(&s, i, "boomy", 1, 1.5);
        synthetic_pair(&s, i, .2, i % 5 < 3 ? 3.2 : .1);
    }
    synthetic_fault(&s, 4, "boomy", HS_SEVERE, HS_ORIGIN_EASED);
    synthetic_fault(&s, 5, "boomy", HS_MINOR, HS_ORIGIN_MASTERING)->moved = &moved[0];
    synthetic_fault(&s, 6, "boomy", HS_MINOR, HS_ORIGIN_MASTERING)->moved = &moved[1];
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "boomy");
    CHECK(r->evidence == HS_BY_MOVES && r->n_worst == 2);
    CHECK(r->worst[0].track == 6 && r->worst[1].track == 5);
    synthetic_free(&s);
}

/* The same where no song is at fault by itself: the moves are heard. */
static void test_examples_of_moves_alone(void)
{
    struct synthetic s;
    static const struct hs_moved moved = {.steps = 3};
    synthetic_make(&s, 4, 5);
    for (size_t i = 0; i < 20; i++) {
        synthetic_value(&s, i, "boomy", 1, -1);
        synthetic_pair(&s, i, -1, i % 5 < 3 ? 3.2 : .1);
        if (i % 5 >= 3)
            continue;
        struct hs_finding *f = synthetic_fault(&s, i, "boomy", HS_MINOR, HS_ORIGIN_MASTERING);
        f->by_pair_only = true;
        f->moved = &moved;
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "boomy");
    CHECK(r->recurring && r->evidence == HS_BY_MOVES && r->n_worst == 3);
    CHECK(r->worst[0].track == 0);
    synthetic_free(&s);
}

/* Faults of one release of several: neither a habit nor no more than elsewhere. */
static void test_all_on_one_release(void)
{
    struct synthetic s;
    synthetic_make(&s, 2, 4);
    for (size_t i = 0; i < 8; i++)
        synthetic_value(&s, i, "bright", 1, i == 1 || i == 2 ? 2.2 : 0);
    synthetic_fault(&s, 1, "bright", HS_MINOR, HS_ORIGIN_MIX);
    synthetic_fault(&s, 2, "bright", HS_MINOR, HS_ORIGIN_MIX);
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->faulty == 2 && r->verdict == HS_NOT_SHOWN);
    CHECK(r->why_not && strstr(r->why_not, "all of them on one release"));
    synthetic_free(&s);
}

/* Moves of up to 4.5 spreads. Where they go by where the mixes lie they even out, and nobody has a
 * habit; where as many lift mixes of all kinds it is one. */
static void test_evening_out(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 6);
    for (size_t i = 0; i < 24; i++) {
        double mix = ((double)(i * 7 % 24) - 11.5) / 7.67, move = -3 * mix;
        synthetic_value(&s, i, "boomy", 1, 0);
        synthetic_pair(&s, i, mix, move);
        synthetic_value(&s, i, "bright", 1, 0);
        synthetic_pair(&s, i, i % 2 ? mix : -mix, fabs(move));
    }
    analyse(&s);
    const struct hs_recurrence *even = synthetic_row(&s, "boomy");
    const struct hs_recurrence *lifted = synthetic_row(&s, "bright");
    CHECK(even->n_rows == 3 && even->rows[2]->evidence == HS_BY_MOVES);
    CHECK(even->rows[2]->judged == 24 && even->rows[2]->faulty == 0);
    CHECK(even->verdict == HS_NOT_SHOWN);
    CHECK(lifted->rows[2]->faulty >= 12 && lifted->rows[2]->verdict == HS_RECURS);
    synthetic_free(&s);
}

/* Mixes that all lie to one side of the centre, none at fault: lifting them all alike is a habit of
 * mastering, whatever it does to those songs. */
static void test_off_the_centre(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 6);
    for (size_t i = 0; i < 24; i++) {
        double mix = -.9 + ((double)(i * 7 % 24) - 11.5) / 23, wobble = (double)(i * 5 % 24) / 40;
        synthetic_value(&s, i, "boomy", 1, 0);
        synthetic_pair(&s, i, mix, (i % 5 < 3 ? 2.2 : -.3) + wobble);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "boomy");
    CHECK(r->rows[2]->evidence == HS_BY_MOVES && r->rows[2]->faulty == 15);
    CHECK(r->recurring && r->evidence == HS_BY_MOVES);
    synthetic_free(&s);
}

/* A channel that is a little louder on most masters: no song stands out among songs, but the files
 * tell. On purpose on one of them: there it is none. */
static void test_physics(void)
{
    struct synthetic s;
    static const char *const rule = "lopsided";
    const struct hs_base_rate base = synthetic_base(rule, 8, 160);
    synthetic_make(&s, 4, 6);
    for (size_t i = 0; i < 24; i++) {
        synthetic_value(&s, i, rule, 0, .4);
        struct hs_judgement *j = &s.audit.tracks[i].judgements[0];
        j->by_physics = i < 20;
        j->physics_level = i % 5 ? HS_MINOR : HS_NO_FAULT;
    }
    synthetic_fault(&s, 1, rule, HS_MINOR, HS_ORIGIN_CANNOT_SAY)->accepted = true;
    hs_catalogue_analyse_with(&s.audit, &base, 1);
    const struct hs_recurrence *r = synthetic_row(&s, rule);
    CHECK(r->n_rows == 2 && r->rows[0]->evidence == HS_BY_SONGS && !r->rows[0]->faulty);
    CHECK(r->recurring && r->evidence == HS_BY_PHYSICS && r->judged == 20 && r->faulty == 15);
    CHECK(strstr(r->words, "one channel is louder in all that both share on 15 of 20 tracks") !=
          NULL);
    CHECK_NEAR(r->base_rate, .05, .02);
    synthetic_free(&s);
}

/* Unlike things that are broken are no habit: those of the commonest kind count. */
static void test_unlike_damage(void)
{
    static const char *const rule = "damaged";
    static const double foreign[] = {10, 11, -9}, drop[] = {10, 16, 60, 1}, at_s[] = {3, 4, 5};
    const struct hs_base_rate base = synthetic_base(rule, 0, 160);
    for (int alike = 0; alike < 2; alike++) {
        struct synthetic s;
        synthetic_make(&s, 5, 4);
        for (size_t i = 0; i < 20; i++)
            synthetic_value(&s, i, rule, 0, NAN);
        for (size_t i = 0; i < 10; i++) {
            struct hs_track_result *t = &s.audit.tracks[2 * i];
            synthetic_fault(&s, 2 * i, rule, HS_MODERATE, HS_ORIGIN_MASTERING);
            hs_values_init(&t->master.values, &s.audit.arena);
            hs_values_init(&t->pair.values, &s.audit.arena);
            t->pair.state = HS_PAIR_ALIGNED;
            hs_values_number(&t->master.values, "lost_s", 0);
            hs_values_number(&t->master.values, "duration_s", 60);
            if (!alike && i % 4 == 0)
                hs_values_array(&t->pair.values, "foreign", foreign, 3);
            else if (!alike && i % 4 == 1)
                hs_values_array(&t->pair.values, "drops", drop, 4);
            else if (!alike && i % 4 == 2)
                hs_values_number(&t->pair.values, "drift_ppm", 88435);
            else {
                hs_values_array(&t->pair.values, "clicks", at_s, 3);
                hs_values_number(&t->pair.values, "clicks_n", 9);
                hs_values_number(&t->pair.values, "clicks_db", -9);
            }
        }
        hs_catalogue_analyse_with(&s.audit, &base, 1);
        const struct hs_recurrence *r = synthetic_row(&s, rule);
        CHECK(r && r->judged == 20 && r->faulty == (alike ? 10 : 3) &&
              r->recurring == (alike == 1));
        synthetic_free(&s);
    }
}

/* Mixes that lean, each mended by mastering: the songs are clean, the mixes speak. A mix that was
 * mastered twice counts once; what the ear was to accept counts in neither. */
static void test_mixes(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 5);
    for (size_t i = 0; i < 20; i++) {
        synthetic_value(&s, i, "boomy", 1, .2);
        synthetic_pair(&s, i, i % 5 < 4 ? 3.1 : 0, -2.9);
    }
    s.tracks[6].isrc = s.tracks[0].isrc = "AUXX10400001";
    synthetic_fault(&s, 1, "boomy", HS_SEVERE, HS_ORIGIN_MIX)->accepted = true;
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "boomy");
    CHECK(r->recurring && r->evidence == HS_BY_MIXES && r->rows[0]->faulty == 0);
    CHECK(r->judged == 19 && r->faulty == 14 && strstr(r->words, "14 of 19 mixes"));
    synthetic_free(&s);
}

/* What was read from stems has a row of its own. */
static void test_stems(void)
{
    struct synthetic s;
    synthetic_make(&s, 3, 6);
    for (size_t i = 0; i < 18; i++) {
        synthetic_value(&s, i, "boomy", 1, i % 3 ? 6.4 : 0);
        s.audit.tracks[i].judgements[0].by_stem = i < 12;
        if (i % 3)
            synthetic_fault(&s, i, "boomy", HS_SEVERE, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "boomy");
    CHECK(r->n_rows == 2 && r->rows[1]->evidence == HS_BY_STEMS && r->rows[1]->judged == 12);
    CHECK(r->rows[1]->faulty == 8 && r->recurring);
    synthetic_free(&s);
}

/* The same fault, all on one of ten releases: the tracks alone would call it a habit. */
static void test_clusters(void)
{
    struct synthetic s;
    synthetic_make(&s, 10, 8);
    for (size_t i = 0; i < 8; i++)
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX);
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(!r->recurring && r->faulty == 8 && r->releases == 1);
    CHECK(r->verdict != HS_RECURS && r->why_not);
    synthetic_free(&s);
}

static void test_not_judged(void)
{
    struct synthetic s;
    synthetic_make(&s, 2, 4);
    struct hs_track_result *t = s.audit.tracks;
    t[0].not_judged[t[0].n_not_judged++] = (struct hs_not_judged){"wide", "one channel"};
    t[1].master.state = HS_FILE_UNREADABLE;
    s.job.rules = (const struct hs_rule_setting[]){{.rule = "boomy", .off = true}};
    s.job.n_rules = 1;
    analyse(&s);
    CHECK(synthetic_row(&s, "wide")->judged == 6);
    CHECK(synthetic_row(&s, "bright")->judged == 7);
    CHECK(synthetic_row(&s, "boomy")->judged == 0);
    CHECK(isnan(synthetic_row(&s, "boomy")->rate));
    synthetic_free(&s);
}

static void add_course(struct synthetic *s, size_t track, unsigned seed)
{
    float x[120];
    struct hs_rng rng = {seed};
    struct hs_track_result *t = &s->audit.tracks[track];
    double level = -14;
    for (int i = 0; i < 120; i++)
        x[i] = (float)(level += 2 * hs_rng_uniform(&rng) - 1);
    hs_values_init(&t->master.values, &s->audit.arena);
    hs_values_series(&t->master.values, "short_term_lufs", x, 120, 1.5, 1);
}

static void test_songs(void)
{
    struct synthetic s;
    synthetic_make(&s, 3, 4);
    /* one song three times: by ISRC, by title in other dress, by the mix that was used
     */
    s.tracks[0].isrc = "AU-XX1-04-00001";
    s.tracks[4].isrc = "auxx10400001";
    s.tracks[5].title = "Song: 1";
    s.audit.tracks[0].mix.state = s.audit.tracks[8].mix.state = HS_FILE_OK;
    s.audit.tracks[0].mix.hash[0] = s.audit.tracks[8].mix.hash[0] = 99;
    for (size_t i = 0; i < 3; i++)
        synthetic_fault(&s, (size_t[]){0, 4, 8}[i], "bright", HS_MODERATE, HS_ORIGIN_MIX);
    for (size_t i = 0; i < 3; i++)
        synthetic_fault(&s, (size_t[]){0, 4, 8}[i], "wide", HS_MODERATE, HS_ORIGIN_MASTERING);
    /* the very same file twice is one master, whatever is wrong with it */
    s.audit.tracks[2].master.hash[0] = s.audit.tracks[3].master.hash[0] = 7;
    synthetic_fault(&s, 2, "boomy", HS_MODERATE, HS_ORIGIN_MASTERING);
    synthetic_fault(&s, 3, "boomy", HS_MODERATE, HS_ORIGIN_MASTERING);
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->faulty == 1 && r->judged == 8 && r->releases == 1);
    r = synthetic_row(&s, "wide"); /* each master, and the clean one of the song */
    CHECK(r->faulty == 3 && r->judged == 11 && r->releases == 3);
    CHECK(synthetic_row(&s, "boomy")->faulty == 1);
    synthetic_free(&s);
}

/* An album and its remaster: what belongs to the mix counts by the first version, whatever the
 * other is like; of what belongs to the master both count. Neither goes by which of them is at
 * fault. */
static void test_remaster(void)
{
    for (int first = 0; first < 2; first++) {
        struct synthetic s;
        synthetic_make(&s, 2, 8);
        for (size_t i = 0; i < 16; i++) {
            bool remaster = (i >= 8) == !first; /* the job may have it first: years count */
            s.tracks[i].isrc = hs_arena_printf(&s.audit.arena, "AUXX104000%02zu", i % 8);
            if (remaster && i % 8 < 5) {
                synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
                synthetic_fault(&s, i, "over_limited", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
            } else if (!remaster && i % 8 == 6) {
                synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
                synthetic_fault(&s, i, "over_limited", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
            }
        }
        for (size_t r = 0; first && r < 2; r++)
            s.releases[r].year = 2010 - 5 * (int)r;
        analyse(&s);
        const struct hs_recurrence *r = synthetic_row(&s, "bright");
        CHECK(r->judged == 8 && r->faulty == 1 && r->once_a_song &&
              strstr(r->words, "1 of 8 songs"));
        r = synthetic_row(&s, "over_limited");
        CHECK(r->judged == 16 && r->faulty == 6 && !r->once_a_song);
        synthetic_free(&s);
    }
}

static void test_same_title(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 1);
    for (size_t i = 0; i < 4; i++)
        s.tracks[i].title = "Intro";
    add_course(&s, 0, 1);
    add_course(&s, 1, 1);
    add_course(&s, 2, 2);
    add_course(&s, 3, 2);
    s.tracks[3].version_title = "Live"; /* said to be another version */
    analyse(&s);
    CHECK(synthetic_row(&s, "bright")->judged == 3);
    synthetic_free(&s);
}

/* A leaning that no single track shows, and one that is no more than chance. */
static void test_house_sound(void)
{
    struct synthetic s;
    struct hs_rng rng = {4};
    synthetic_make(&s, 5, 4);
    for (size_t i = 0; i < 20; i++) {
        double noise = 2.4 * hs_rng_uniform(&rng) - 1.2;
        synthetic_value(&s, i, "bright", 1, 1.5 + noise);
        synthetic_value(&s, i, "wide", 1, noise);
        synthetic_value(&s, i, "boomy", 1, -1.5 + noise); /* leans, but away from boomy */
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->reading == HS_PATTERN_HOUSE_SOUND);
    CHECK(!r->recurring && r->shift > 1 && r->shift < 2 && r->shift_p < .001);
    CHECK(r->shift_interval.low > 0 && r->shift_interval.low < r->shift);
    CHECK(synthetic_row(&s, "wide")->reading == HS_PATTERN_WITHIN_RANGE);
    CHECK(synthetic_row(&s, "boomy")->reading == HS_PATTERN_WITHIN_RANGE);
    CHECK(synthetic_row(&s, "over_limited")->reading == HS_PATTERN_WITHIN_RANGE);
    CHECK(isnan(synthetic_row(&s, "over_limited")->shift));
    synthetic_free(&s);
}

static void test_trend(void)
{
    struct synthetic s;
    struct hs_rng rng = {8};
    synthetic_make(&s, 8, 4);
    for (size_t i = 0; i < 32; i++) {
        double noise = hs_rng_uniform(&rng) - .5, year = (double)(i / 4);
        synthetic_value(&s, i, "bright", 1, .4 * year + noise);
        synthetic_value(&s, i, "over_limited", -1, 8 - .3 * year + noise);
        synthetic_value(&s, i, "wide", 1, noise);
        synthetic_value(&s, i, "boomy", 1, 7 * noise);
        if (.4 * year + noise > 1.5)
            synthetic_fault(&s, i, "bright", HS_MINOR, HS_ORIGIN_MIX);
        if (i % 4 == 0)
            synthetic_fault(&s, i, "over_limited", HS_MINOR, HS_ORIGIN_MASTERING);
        if (i % 8 == 3)
            synthetic_fault(&s, i, "wide", HS_MINOR, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_trend *t = &synthetic_row(&s, "bright")->trend;
    CHECK(t->direction == HS_WORSE);
    CHECK(t->n_releases == 8 && t->p < .01 && t->q < .1);
    CHECK_NEAR(t->slope_per_year, .4, .1);
    CHECK(t->slope_interval.low > 0 && t->slope_interval.low < t->slope_per_year);
    CHECK(isnan(t->industry_slope_per_year));
    t = &synthetic_row(&s, "over_limited")->trend; /* low is the fault: falling is worse */
    CHECK(t->direction == HS_WORSE);
    CHECK(t->basis == HS_BASIS_VALUE);
    CHECK_NEAR(t->slope_per_year, -.3, .1);
    CHECK_NEAR(t->industry_slope_per_year, -5 / 23., .01); /* the course of 2000 to 2007 */
    /* within half a step of the same all the way: shown to be steady, and within seven not */
    t = &synthetic_row(&s, "wide")->trend;
    CHECK(t->direction == HS_STEADY && !t->why && t->span_years > 6.9);
    CHECK(t->span_interval.low > -1 && t->span_interval.high < 1);
    t = &synthetic_row(&s, "boomy")->trend;
    CHECK(!t->direction && t->span_interval.low < 0 && t->span_interval.high > 0);
    CHECK(strstr(t->why, "fewer than 3 tracks have it") != NULL);
    synthetic_free(&s);
    synthetic_make(&s, 4, 4);
    analyse(&s);
    CHECK_TEXT(synthetic_row(&s, "bright")->trend.why, "fewer than 5 dated releases");
    synthetic_free(&s);
}

/* From the fourth release on, as a note that is no fault: still the release is named. */
static void test_since(void)
{
    struct synthetic s;
    synthetic_make(&s, 6, 4);
    for (size_t i = 0; i < 24; i++) {
        synthetic_value(&s, i, "bright", 1, i < 12 ? -.5 : 5);
        if (i >= 12)
            synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_MIX);
        if (i % 8 == 5)
            synthetic_fault(&s, i, "wide", HS_MODERATE, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_since *since = &synthetic_row(&s, "bright")->since;
    CHECK(hs_since_shown(since) && since->at == 3 && since->began && since->q < .01);
    CHECK(since->with == 12 && since->with_of == 12 && !since->without && since->without_of == 12);
    CHECK(!hs_since_shown(&synthetic_row(&s, "wide")->since));
    for (size_t r = 0; r < 6; r++) /* the order of the years counts, not that of the job */
        s.releases[r].year = 2010 - (int)r;
    analyse(&s);
    since = &synthetic_row(&s, "bright")->since;
    CHECK(hs_since_shown(since) && since->at == 2 && !since->began);
    CHECK(since->with == 12 && since->with_of == 12 && !since->without && since->without_of == 12);
    s.releases[1].year = 0; /* undated: nothing is said */
    analyse(&s);
    CHECK(!hs_since_shown(&synthetic_row(&s, "bright")->since));
    synthetic_free(&s);
}

/* Mono from the third release on, which is no more than a note: no fault is counted, and the
 * release is named; nothing about it is steady. */
static void test_since_note(void)
{
    struct synthetic s;
    synthetic_make(&s, 7, 5);
    for (size_t i = 10; i < 35; i++)
        synthetic_fault(&s, i, "bright", HS_NOTE, HS_ORIGIN_MIX);
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->faulty == 0 && !r->recurring);
    CHECK(hs_since_shown(&r->since) && r->since.at == 2 && r->since.began);
    CHECK(r->since.with == 25 && r->since.with_of == 25); /* notes are counted */
    CHECK(!r->since.without && r->since.without_of == 10);
    /* no fault, and values that are not known: the direction and its p are those of the change */
    CHECK(r->trend.direction == HS_WORSE && r->trend.basis == HS_BASIS_CHANGE);
    CHECK(r->trend.p == r->since.p && r->trend.q == r->since.q && r->trend.p < .01);
    synthetic_free(&s);
}

/* Values that stand still on the earlier releases, with a note or two on the later ones: nothing
 * ended, for nobody ever had it. */
static void test_nothing_ended(void)
{
    struct synthetic s;
    synthetic_make(&s, 8, 4);
    for (size_t i = 0; i < 32; i++)
        synthetic_value(&s, i, "bright", 1, i == 30 ? 2.8 : i == 31 ? -.4 : i < 16 ? 1 : -1);
    synthetic_fault(&s, 30, "bright", HS_NOTE, HS_ORIGIN_MIX);
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(!hs_since_shown(&r->since) && r->trend.direction != HS_WORSE);
    CHECK(isnan(r->rows[0]->since.p)); /* one track has it: nothing is asked */
    synthetic_free(&s);
}

/* Values that fall by less than anybody hears, in every release by as much: no trend. */
static void test_unheard_trend(void)
{
    struct synthetic s;
    synthetic_make(&s, 12, 4);
    for (size_t i = 0; i < 48; i++) {
        double release = (double)(i / 4);
        synthetic_value(&s, i, "bright", 1, 6 - .01 * release + (i % 4 == 0 ? .001 : 0));
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_trend *t = &synthetic_row(&s, "bright")->trend;
    CHECK(t->slope_p < .01 && t->direction != HS_BETTER && t->direction != HS_WORSE);
    synthetic_free(&s);
}

/* Values that creep across the limit, too little to be heard but in every release: the share of
 * faulty tracks still tells it. */
static void test_creeping_rate(void)
{
    struct synthetic s;
    synthetic_make(&s, 12, 4);
    for (size_t i = 0; i < 48; i++) {
        size_t release = i / 4;
        synthetic_value(&s, i, "bright", 1, 2 + .01 * (double)release);
        if (release >= 6 && (release + i) % 3 == 0)
            synthetic_fault(&s, i, "bright", HS_MINOR, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_trend *t = &synthetic_row(&s, "bright")->trend;
    CHECK(t->slope_p < .01 && t->basis == HS_BASIS_RATE);
    CHECK(t->direction == HS_WORSE && t->q < .05);
    synthetic_free(&s);
}

static const struct hs_association *association(const struct hs_recurrence *r, const char *factor,
                                                const char *level)
{
    for (size_t i = 0; i < r->n_associations; i++)
        if (!strcmp(r->associations[i].factor, factor) && !strcmp(r->associations[i].level, level))
            return &r->associations[i];
    return NULL;
}

static void test_association(void)
{
    struct synthetic s;
    synthetic_make(&s, 10, 4);
    for (size_t i = 0; i < 40; i++) {
        size_t release = i / 4;
        s.tracks[i].mixed_by = release % 2 ? "A. Mixer" : "B. Mixer";
        s.tracks[i].studio = release % 2 ? "Red Room" : "Blue Room"; /* always together */
        s.tracks[i].mastered_by = release == 3 ? "C. Master" : release % 3 ? "D." : "E.";
        if (release % 2 && i % 4 < 3)
            synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    const struct hs_association *a = association(r, "mixed_by", "A. Mixer");
    if (!CHECK(a != NULL))
        return;
    CHECK(a->faulty == 15 && a->judged == 20 && a->faulty_else == 0 && a->judged_else == 20);
    CHECK(a->releases == 5 && a->q < .05 && a->odds_ratio > 50 && a->more && a->log_odds > log(12));
    CHECK_TEXT(a->aliased_with, "studio");
    a = association(r, "mastered_by", "C. Master");
    CHECK(a && isnan(a->p) && isnan(a->q));
    CHECK_TEXT(a->why, "one release only");
    a = association(r, "mastered_by", "D.");
    CHECK(a && a->q > .1 && !a->aliased_with);
    CHECK_TEXT(a->why, "cannot be told apart");
    CHECK(synthetic_row(&s, "wide")->n_associations == 0);
    synthetic_free(&s);
}

/* Two artists of one label: what one of them does is his, and the house's where both do. */
static void test_groups(void)
{
    struct synthetic s;
    synthetic_make(&s, 8, 6);
    for (size_t i = 0; i < 48; i++) {
        s.tracks[i].artist = i < 24 ? "First" : "Second";
        s.tracks[i].mastered_by = "B. Master";
        synthetic_value(&s, i, "bright", 1, i < 24 && i % 3 ? 6.4 : -1);
        if (i < 24 && i % 3)
            synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->n_groups == 1); /* the other artist has none, and the engineer did all */
    if (CHECK(r->n_groups == 1)) {
        CHECK(r->groups[0].by == HS_BY_ARTIST && !strcmp(r->groups[0].name, "First"));
        CHECK(r->groups[0].row->faulty == 16 && r->groups[0].row->judged == 24);
        CHECK(r->groups[0].row->verdict == HS_RECURS);
    }
    CHECK(synthetic_row(&s, "wide")->n_groups == 0);
    synthetic_free(&s);
}

static const struct hs_group *group(const struct hs_recurrence *r, const char *name)
{
    for (size_t i = 0; i < r->n_groups; i++)
        if (!strcmp(r->groups[i].name, name))
            return &r->groups[i];
    return NULL;
}

/* Both artists of a label went to one engineer, then to another, and by songs alone one of the
 * artists would be at fault: the moves of mastering say that it was the first engineer, and the
 * change over the years is told to be his. */
static void test_house(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 4);
    for (size_t i = 0; i < 16; i++) {
        bool bob = i < 8, second = i / 4 % 2;
        s.tracks[i].artist = second ? "Second" : "First";
        s.tracks[i].mastered_by = bob ? "Bob" : "Ann";
        synthetic_value(&s, i, "bright", 1, second && i % 2 ? 4.4 : -1);
        synthetic_pair(&s, i, -.6, bob ? 3.2 : .1);
        if (second && i % 2)
            synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    const struct hs_group *g = group(r, "Bob");
    if (CHECK(g != NULL)) {
        CHECK(g->by == HS_BY_MASTERING_ENGINEER && g->row->evidence == HS_BY_MOVES);
        CHECK(g->row->faulty == 8 && g->row->judged == 8 && g->row->verdict == HS_RECURS);
    }
    CHECK(!group(r, "First") && !group(r, "Second") && !group(r, "Ann"));
    const struct hs_association *a = association(r, "mastered_by", "Bob");
    CHECK(a && a->evidence == HS_BY_MOVES && a->faulty == 8 && a->faulty_else == 0);
    CHECK(a && a->q < .10 && a->more && a->pooled > 2);
    CHECK_TEXT(a ? a->aliased_with : NULL, "year");
    CHECK(hs_since_shown(&r->since) && !r->since.began && r->since.at == 2);
    CHECK_TEXT(r->since.factor, "mastered_by");
    CHECK_TEXT(r->since.level, "Bob");
    synthetic_free(&s);
}

/* A fault that began goes with the engineer who came, not with the one who left; where several
 * came, with nobody but the one who left. */
static void test_began_with(void)
{
    for (int several = 0; several < 2; several++) {
        struct synthetic s;
        synthetic_make(&s, 6, 4);
        for (size_t i = 0; i < 24; i++) {
            s.tracks[i].mastered_by = i < 12 ? "Ann" : several && i % 2 ? "Cid" : "Bob";
            synthetic_value(&s, i, "bright", 1, i < 12 ? -.5 : 5);
            if (i >= 12)
                synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_MIX);
        }
        analyse(&s);
        const struct hs_since *since = &synthetic_row(&s, "bright")->since;
        CHECK(hs_since_shown(since) && since->began && since->at == 3);
        CHECK_TEXT(since->factor, "mastered_by");
        CHECK_TEXT(since->level, several ? "Ann" : "Bob");
        CHECK(since->level_of_others == several);
        synthetic_free(&s);
    }
}

/* One album that is wholly at fault says so, also beside a clean one. */
static void test_whole_album(void)
{
    for (size_t releases = 1; releases <= 3; releases++) {
        struct synthetic s;
        synthetic_make(&s, releases, 6);
        for (size_t i = 0; i < s.job.n_tracks; i++) {
            synthetic_value(&s, i, "bright", 1, i < 6 ? 6.4 : -1);
            if (i < 6)
                synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MASTERING);
        }
        analyse(&s);
        const struct hs_recurrence *r = synthetic_row(&s, "bright");
        CHECK(r->verdict == HS_ON_ONE_RELEASE && r->faulty == 6);
        CHECK(r->why_not && strstr(r->why_not, "one record cannot tell"));
        synthetic_free(&s);
    }
}

/* What one of two engineers does on every record of his leans as a whole, and it is said with whom
 * it recurs; what both do alike does not. */
static void test_one_engineer(void)
{
    for (int alike = 0; alike < 2; alike++) {
        struct synthetic s;
        synthetic_make(&s, 8, 3);
        for (size_t i = 0; i < 24; i++) {
            bool ann = i / 3 % 2, bad = alike ? i % 3 == 0 : ann;
            s.tracks[i].mastered_by = ann ? "Ann" : "Bob";
            synthetic_value(&s, i, "bright", 1, bad ? 3.6 : -1);
            if (bad)
                synthetic_fault(&s, i, "bright", HS_MINOR, HS_ORIGIN_CANNOT_SAY);
        }
        analyse(&s);
        const struct hs_recurrence *r = synthetic_row(&s, "bright");
        const struct hs_group *g = hs_group_that_recurs(r);
        CHECK((g != NULL) == !alike);
        if (g) {
            CHECK_TEXT(g->name, "Ann");
            CHECK(g->by == HS_BY_MASTERING_ENGINEER && g->row->faulty == 12);
        }
        CHECK(r->verdict >= HS_LEANS || alike);
        synthetic_free(&s);
    }
}

/* Every artist of a label has an engineer of its own, or two artists share one: by songs what
 * differs between the engineers cannot be told from the artists, and is not asked. What mastering
 * moved is no artist's, and is. */
static void test_own_engineers(void)
{
    static const char *const engineers[] = {"Ann", "Bob", "Ann", "Bob"};
    for (size_t k = 0; k < 4; k++) {
        struct synthetic s;
        size_t artists = 2 + 2 * (k % 2);
        bool pairs = k >= 2;
        synthetic_make(&s, 8, 4);
        for (size_t i = 0; i < 32; i++) {
            size_t artist = i / 4 % artists;
            s.tracks[i].artist = hs_arena_printf(&s.audit.arena, "Artist %zu", artist);
            s.tracks[i].mastered_by = engineers[artist];
            synthetic_value(&s, i, "bright", 1, artist % 2 ? 6.4 : -1);
            if (pairs)
                synthetic_pair(&s, i, -.6, artist % 2 ? 3.2 : .1);
            if (artist % 2)
                synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_CANNOT_SAY);
        }
        analyse(&s);
        const struct hs_association *a =
            association(synthetic_row(&s, "bright"), "mastered_by", "Bob");
        CHECK(a && a->faulty == 16 && a->judged == 16 && isnan(a->q) == !pairs);
        CHECK(a && a->releases == (pairs ? 4 : (int)artists / 2));
        CHECK(a && (pairs ? a->q < .10 && a->evidence == HS_BY_MOVES
                          : strstr(a->why, "cannot be told from the artists") != NULL));
        if (artists == 2)
            CHECK_TEXT(a ? a->aliased_with : NULL, "artist");
        synthetic_free(&s);
    }
}

/* Catalogues of other shapes: one long release, six of one track, and a label whose habit is that
 * of one of its three artists. */
static void test_shapes(void)
{
    static const size_t shape[][2] = {{1, 30}, {6, 1}, {6, 5}};
    static const enum hs_verdict expected[] = {HS_ON_ONE_RELEASE, HS_RECURS, HS_RECURS};
    static const char *const artists[] = {"First", "Second", "Third"};
    for (size_t k = 0; k < 3; k++) {
        struct synthetic s;
        synthetic_make(&s, shape[k][0], shape[k][1]);
        for (size_t i = 0; i < s.job.n_tracks; i++) {
            bool label = k == 2, bad = label ? i % 3 == 1 : i % 6 != 2;
            s.tracks[i].artist = label ? artists[i % 3] : "First";
            synthetic_value(&s, i, "over_limited", 1, bad ? 6.4 : -1);
            if (bad)
                synthetic_fault(&s, i, "over_limited", HS_SEVERE, HS_ORIGIN_MASTERING);
        }
        analyse(&s);
        const struct hs_recurrence *r = synthetic_row(&s, "over_limited");
        CHECK(r->verdict == expected[k]);
        CHECK(r->n_groups == (k == 2));
        if (k == 2 && CHECK(r->n_groups == 1)) {
            CHECK_TEXT(r->groups[0].name, "Second");
            CHECK(r->groups[0].row->faulty == 10 && r->groups[0].row->judged == 10);
            CHECK(r->groups[0].row->verdict == HS_RECURS);
        }
        synthetic_free(&s);
    }
}

static void add_eq(struct synthetic *s, size_t track, double treble_db, double gain_db)
{
    struct hs_track_result *t = &s->audit.tracks[track];
    double eq[HS_BANDS] = {0};
    for (size_t b = 24; b < HS_BANDS; b++)
        eq[b] = treble_db;
    t->pair.state = HS_PAIR_ALIGNED;
    hs_values_init(&t->pair.values, &s->audit.arena);
    hs_values_array(&t->pair.values, "eq_db", eq, HS_BANDS);
    hs_values_number(&t->pair.values, "gain_db", gain_db);
}

/* Twelve pairs on three releases by two engineers: one always raises the treble. */
static void test_habits(void)
{
    struct synthetic s;
    struct hs_rng rng = {3};
    synthetic_make(&s, 6, 4);
    for (size_t i = 0; i < 24; i++) {
        bool b = i < 12;
        s.tracks[i].mastered_by = b ? "B. Master" : "C. Master";
        add_eq(&s, i, (b ? 2.1 : 0) + hs_rng_uniform(&rng) - .5, 4);
    }
    analyse(&s);
    CHECK(s.audit.n_mastering == 3 + 6); /* all, by engineer, by year */
    const struct hs_habits *h = &s.audit.mastering[1];
    CHECK_TEXT(h->engineer, "B. Master");
    CHECK(h->n == 12 && h->releases == 3 && h->n_words == 1);
    CHECK(strstr(h->words[0], "mastering by B. Master raises the treble in 12 of 12 pairs") !=
          NULL);
    const struct hs_usual *treble = &h->zone[HS_ZONES - 1];
    CHECK(treble->interval.low < 2.1 && treble->interval.high > 2.1 && treble->interval.low > 1);
    CHECK_NEAR(h->gain.median, 4, 1e-12);
    CHECK(s.audit.mastering[2].n_words == 0);
    CHECK(s.audit.n_mixing == 0);
    /* of both together no habit is said, but who has it */
    const struct hs_habits *all = &s.audit.mastering[0];
    CHECK(all->zone[HS_ZONES - 1].differs && !hs_usual_is_told(&all->zone[HS_ZONES - 1]));
    CHECK(all->n_words == 1 && !all->zone[0].differs && !all->by_whom[0]);
    CHECK(
        strstr(all->words[0], "mastering: B. Master raises the treble in 12 of 12 pairs, by 2.") &&
        strstr(all->words[0], " dB; C. Master leaves it"));
    CHECK(!treble->differs && !h->by_whom[HS_ZONES - 1]);
    synthetic_free(&s);
}

/* One record of each engineer: the whole says nothing that lies between them. */
static void test_two_engineers(void)
{
    struct synthetic s;
    struct hs_rng rng = {5};
    synthetic_make(&s, 2, 5);
    for (size_t i = 0; i < 10; i++) {
        s.tracks[i].mastered_by = i < 5 ? "Ann" : "Bob";
        add_eq(&s, i, (i < 5 ? 0 : 4.8) + .1 * (hs_rng_uniform(&rng) - .5), 4);
    }
    analyse(&s);
    const struct hs_habits *all = &s.audit.mastering[0];
    const struct hs_usual *treble = &all->zone[HS_ZONES - 1];
    CHECK(treble->interval.low <= 0 && treble->interval.high >= 4.8 && treble->differs);
    CHECK(all->n_words == 2); /* 5 kHz is of the presence */
    CHECK_TEXT(all->words[1],
               "mastering: Bob raises the treble in 5 of 5 pairs, by 4.8 dB; Ann leaves it");
    for (size_t b = 25; b < 30; b++)
        CHECK(all->band[b].interval.low <= 0 && all->band[b].interval.high >= 4.8);
    CHECK_NEAR(s.audit.mastering[2].zone[HS_ZONES - 1].median, 4.8, .1);
    CHECK(hs_usual_is_told(&s.audit.mastering[2].zone[HS_ZONES - 1]));
    synthetic_free(&s);
}

/* Records of one song each are independent: what is done to all of them is a habit. */
static void test_singles(void)
{
    struct synthetic s;
    struct hs_rng rng = {9};
    synthetic_make(&s, 24, 1);
    for (size_t i = 0; i < 24; i++)
        add_eq(&s, i, 3 + hs_rng_uniform(&rng) - .5, 4);
    analyse(&s);
    const struct hs_usual *treble = &s.audit.mastering[0].zone[HS_ZONES - 1];
    CHECK(hs_usual_is_told(treble) && treble->interval.low > 2.7 && treble->interval.high < 3.3);
    CHECK(!hs_usual_is_told_here(treble));
    synthetic_free(&s);
}

/* One album, most of it moved: true of the album, and no habit yet. */
static void test_one_album(void)
{
    struct synthetic s;
    static const double db[] = {2.7, 3.3, 0, 2.9, 3.0, 2.8, 0, 3.1};
    synthetic_make(&s, 1, 8);
    for (size_t i = 0; i < 8; i++)
        add_eq(&s, i, db[i], 4);
    analyse(&s);
    const struct hs_habits *h = &s.audit.mastering[0];
    CHECK(!hs_usual_is_told(&h->zone[HS_ZONES - 1]));
    CHECK(hs_usual_is_told_here(&h->zone[HS_ZONES - 1]) && !hs_usual_is_told_here(&h->zone[0]));
    CHECK_TEXT(h->words[h->n_words - 1],
               "mastering raises the treble in 6 of 8 pairs of one release, median +2.8 dB: other "
               "releases would tell whether it is a habit");
    synthetic_free(&s);
}

/* Of one record nothing is called a house curve: that would be of others, too. */
static void test_one_album_has_no_house_curve(void)
{
    struct hs_arena a = {0};
    struct hs_habits h = {.n = 8, .releases = 1};
    for (size_t z = 0; z < HS_ZONES; z++)
        h.zone[z] = (struct hs_usual){.median = 3, .interval = {-1, 7}, .q = 1, .q_here = 1};
    h.zone[0].q_here = .01;
    h.zone[0].n = 8;
    h.zone[0].same = 7;
    hs_habit_say_zones(&a, &hs_habit_mixing.saying, &h);
    CHECK(h.n_words == 1);
    CHECK_TEXT(h.words[0],
               "mixing has more of the sub in 7 of 8 mixes of one release, median +3.0 dB against "
               "what is expected: other releases would tell whether it is a habit");
    h.zone[0].q = .01;
    h.n_words = 0;
    hs_habit_say_zones(&a, &hs_habit_mixing.saying, &h);
    CHECK(strstr(h.words[0], "against what is expected: a house curve") != NULL);
    hs_arena_free(&a);
}

/* A mix under two masters counts once, in large catalogues as well; one without a mark of its bytes
 * is one of its own. */
static void test_twin_mixes(void)
{
    struct synthetic s;
    synthetic_make(&s, 10, 20);
    for (size_t i = 0; i < 200; i++) {
        struct hs_file *mix = &s.audit.tracks[i].mix;
        mix->state = HS_FILE_OK;
        hs_values_init(&mix->values, &s.audit.arena);
        mix->hash[0] = i < 190 ? 1 + i % 95 : 0;
    }
    analyse(&s);
    CHECK(s.audit.n_mixing > 0 && s.audit.mixing[0].n == 95 + 10);
    synthetic_free(&s);
}

static void test_lessons(void)
{
    struct synthetic s;
    static const struct hs_heard heard[1] = {{.note = "too bright"}};
    static const struct hs_passage times[1] = {{63, 71.5}};
    struct hs_ear_note row = {.note = "too bright",
                              .rule = "bright",
                              .heard_mix = HS_ANSWER_YES,
                              .in_mix = HS_ANSWER_YES};
    synthetic_make(&s, 3, 4);
    for (size_t i = 0; i < 12; i++) {
        synthetic_value(&s, i, "bright", 1, i < 5 ? 4 + (double)i : .1 * (double)i - .8);
        if (i < 5) {
            struct hs_finding *f = synthetic_fault(&s, i, "bright", HS_MINOR, HS_ORIGIN_MIX);
            f->steps = 4 + (double)i, f->times = times, f->n_times = 1;
        }
        s.tracks[i].heard = heard, s.tracks[i].n_heard = 1;
        if (i < 4 || i == 11) { /* four of five found by both, one by the ear alone */
            s.audit.tracks[i].ticks = &row;
            s.audit.tracks[i].n_ticks = 1;
        }
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->n_worst == 3 && r->worst[0].track == 4 && r->worst[2].track == 2);
    CHECK(r->worst[0].times == times && r->worst[0].n_times == 1);
    CHECK(r->n_best == 3 && r->best[0].track == 8 && fabs(r->best[0].steps) < 1e-9);
    const struct hs_agreement *a = &r->in_master;
    CHECK(a->both == 4 && a->ear_only == 1 && a->machine_only == 1 && a->neither == 6);
    CHECK_NEAR(a->kappa, (10 / 12. - (25 + 49) / 144.) / (1 - (25 + 49) / 144.), 1e-12);
    CHECK(a->agreed.low > .5 && a->agreed.high < 1);
    CHECK(r->in_mix.both == 5 && isnan(r->in_mix.kappa));
    CHECK(isnan(synthetic_row(&s, "wide")->in_mix.kappa));
    synthetic_free(&s);
}

int main(void)
{
    test_habit();
    test_moves();
    test_moves_that_count();
    test_one_cause_of_many_names();
    test_a_mechanism_leads();
    test_one_outlier();
    test_few_moves();
    test_one_note_in_a_tight_crowd();
    test_moves_called_for();
    test_stretch();
    test_examples_of_moves();
    test_examples_of_moves_alone();
    test_all_on_one_release();
    test_evening_out();
    test_off_the_centre();
    test_physics();
    test_unlike_damage();
    test_mixes();
    test_stems();
    test_clusters();
    test_not_judged();
    test_songs();
    test_remaster();
    test_same_title();
    test_house_sound();
    test_trend();
    test_since();
    test_since_note();
    test_began_with();
    test_nothing_ended();
    test_unheard_trend();
    test_creeping_rate();
    test_association();
    test_groups();
    test_house();
    test_own_engineers();
    test_whole_album();
    test_one_engineer();
    test_shapes();
    test_habits();
    test_two_engineers();
    test_singles();
    test_one_album();
    test_one_album_has_no_house_curve();
    test_twin_mixes();
    test_lessons();
    return check_done();
}
