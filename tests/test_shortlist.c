/* SPDX-License-Identifier: Apache-2.0 */
/* Actions, order, budget, plans and the CSV, on catalogues made of numbers. */
#include "catalogue/advice.h"
#include "catalogue/shortlist.h"
#include "check.h"
#include "judge/rule.h"
#include "report/csv.h"
#include "report/plan_yaml.h"
#include "report/shortlist_csv.h"
#include "synthetic.h"

static bool append(void *ctx, const char *data, size_t n)
{
    hs_buf_put(ctx, data, n);
    return true;
}

static void shortlist_csv(const struct hs_audit *audit, const char *previous, size_t n_previous,
                          struct hs_buf *out)
{
    struct hs_buf before = {0};
    if (previous)
        hs_buf_put(&before, previous, n_previous);
    hs_shortlist_csv_put(audit, &before, append, out);
}

static void analyse(struct synthetic *s)
{
    const struct hs_base_rate rules[] = {synthetic_base("bright", 8, 160),
                                         synthetic_base("boomy", 8, 160)};
    hs_catalogue_analyse_with(&s->audit, rules, 2);
}

static const struct hs_shortlist_row *row_of(const struct synthetic *s, size_t track)
{
    for (size_t i = 0; i < s->audit.n_shortlist; i++)
        if (s->audit.shortlist[i].track == track)
            return &s->audit.shortlist[i];
    return NULL;
}

static void archive(struct synthetic *s, size_t track, enum hs_recall recall)
{
    struct hs_track_result *t = &s->audit.tracks[track];
    t->mix.state = HS_FILE_OK;
    t->pair.state = HS_PAIR_ALIGNED;
    t->pair.confidence = 1;
    s->tracks[track].recall = recall;
}

static void correct(struct hs_finding *f, enum hs_place where, const struct hs_move *move)
{
    f->correction = (struct hs_correction){.where = where,
                                           .move = move,
                                           .hz = 8000,
                                           .db = -2.5,
                                           .q = .7,
                                           .after = 2,
                                           .channel = HS_CHANNEL_BOTH,
                                           .words = "a little less \"air\""};
}

/* A mix that is a little bright already, brightened by 6 dB: another mastering, session or not. */
static void test_moved(void)
{
    static const struct hs_moved away = {.change = 6, .usual = {-2.5, 2.5}, .steps = 6, .z = 4};
    static const struct hs_moved back = {.towards = true, .change = -6};
    struct synthetic s;
    synthetic_make(&s, 1, 6);
    for (size_t i = 0; i < 3; i++) {
        archive(&s, i, HS_RECALL_SESSION);
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_WORSENED);
    }
    s.audit.tracks[1].findings[0].moved = &away;
    s.audit.tracks[2].findings[0].moved = &back;
    analyse(&s);
    CHECK(row_of(&s, 0) && row_of(&s, 0)->action == HS_RE_MIX);
    CHECK(row_of(&s, 1) && row_of(&s, 1)->action == HS_RE_MASTER);
    CHECK(row_of(&s, 2) && row_of(&s, 2)->action == HS_RE_MIX);
    synthetic_free(&s);
}

/* A move whose master lies in range is told by the move, in the list and to the engineer: the fault
 * is not in the master. */
static void test_title_of_a_move(void)
{
    static const struct hs_moved away = {.change = 6, .usual = {-2.5, 2.5}, .steps = 6, .z = 4};
    static const struct {
        double limit;
        bool moved;
        const char *why, *question;
    } rows[] = {
        {20, true, "brightened by mastering: severe, moved by +6.0 dB (",
         "brightened by mastering, by +6.0 dB. Was that asked for"},
        {2, true, "too bright: severe, moved by +6.0 dB, brought in by mastering (",
         "too bright: mastering moved it by +0.8 dB (mix 7.2, master 8.0)"},
        {2, false, "too bright: severe, 8.0 dB, brought in by mastering (",
         "too bright: mastering moved it by +0.8 dB (mix 7.2, master 8.0)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct synthetic s;
        synthetic_make(&s, 1, 4);
        archive(&s, 0, HS_RECALL_SESSION);
        struct hs_finding *f = synthetic_fault(&s, 0, "bright", HS_SEVERE, HS_ORIGIN_MASTERING);
        f->expected[1] = rows[i].limit;
        f->moved = rows[i].moved ? &away : NULL;
        analyse(&s);
        struct hs_advice advice;
        const struct hs_shortlist_row *r = row_of(&s, 0);
        hs_advice_make(&s.audit, r, &s.audit.arena, &advice);
        if (!CHECK(r->why && strstr(r->why, rows[i].why) == r->why))
            fprintf(stderr, "row %zu: %s\n", i, r->why);
        if (!CHECK(advice.n_questions == 1 &&
                   strstr(advice.questions[0], rows[i].question) == advice.questions[0]))
            fprintf(stderr, "row %zu: %s\n", i, advice.questions[0]);
        synthetic_free(&s);
    }
}

/* How sure the first finding is stands beside it, and is not said of the others. */
static void test_tier_of_the_first(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 4);
    struct hs_finding *clipped = synthetic_fault(&s, 0, "clipped", HS_SEVERE, HS_ORIGIN_MASTERING);
    synthetic_fault(&s, 0, "level_jump", HS_MODERATE, HS_ORIGIN_CANNOT_SAY)->tier = HS_INFERRED;
    clipped->tier = HS_MEASURED;
    analyse(&s);
    const char *why = row_of(&s, 0)->why;
    if (!CHECK(why && strstr(why, "brought in by mastering (measured); 1 more finding; severity")))
        fprintf(stderr, "%s\n", why);
    synthetic_free(&s);
}

/* What mastering made of a small fault of the mix is mended by mastering anew, although the mix can
 * be opened again. */
static void test_small_in_mix(void)
{
    for (int small = 0; small < 2; small++) {
        struct synthetic s;
        synthetic_make(&s, 1, 4);
        archive(&s, 0, HS_RECALL_SESSION);
        struct hs_finding *f = synthetic_fault(&s, 0, "bright", HS_SEVERE, HS_ORIGIN_WORSENED);
        f->small_in_mix = small;
        analyse(&s);
        const struct hs_shortlist_row *r = row_of(&s, 0);
        CHECK(r->action == (small ? HS_RE_MASTER : HS_RE_MIX));
        synthetic_free(&s);
    }
}

static void test_actions(void)
{
    struct synthetic s;
    synthetic_make(&s, 2, 6);
    /* 0: nothing; 1: one moderate inference; 2: severe in the mix with a session */
    archive(&s, 1, HS_RECALL_SESSION);
    synthetic_fault(&s, 1, "bright", HS_MODERATE, HS_ORIGIN_MIX);
    archive(&s, 2, HS_RECALL_SESSION);
    synthetic_fault(&s, 2, "bright", HS_SEVERE, HS_ORIGIN_MIX);
    /* 3: the same, heard though only moderate; 4: brought in by mastering */
    archive(&s, 3, HS_RECALL_STEMS);
    synthetic_fault(&s, 3, "bright", HS_MODERATE, HS_ORIGIN_MIX)->heard = true;
    archive(&s, 4, HS_RECALL_SESSION);
    synthetic_fault(&s, 4, "bright", HS_MODERATE, HS_ORIGIN_MASTERING);
    /* 5: technical; 6: any number of indications; 7: small things */
    synthetic_fault(&s, 5, "dc_offset", HS_MODERATE, HS_ORIGIN_CANNOT_SAY)->tier = HS_MEASURED;
    for (int i = 0; i < 4; i++)
        synthetic_fault(&s, 6, "vocal_low", HS_SEVERE, HS_ORIGIN_MIX)->tier = HS_INDICATION;
    archive(&s, 6, HS_RECALL_SESSION);
    for (int i = 0; i < 4; i++)
        synthetic_fault(&s, 7, "bright", HS_MINOR, HS_ORIGIN_MIX);
    archive(&s, 7, HS_RECALL_SESSION);
    /* 8: severe but accepted; 9: part of another; 10: cured; 11: no file */
    synthetic_fault(&s, 8, "bright", HS_SEVERE, HS_ORIGIN_MIX)->accepted = true;
    synthetic_fault(&s, 9, "bright", HS_SEVERE, HS_ORIGIN_MIX)->explained_by = "boomy";
    synthetic_fault(&s, 10, "bright", HS_SEVERE, HS_ORIGIN_CURED);
    s.audit.tracks[11].master.state = HS_FILE_MISSING;
    analyse(&s);
    static const enum hs_action expected[12] = {HS_LEAVE,     HS_LEAVE,     HS_RE_MIX, HS_RE_MIX,
                                                HS_RE_MASTER, HS_RE_UPLOAD, HS_LEAVE,  HS_LEAVE,
                                                HS_LEAVE,     HS_LEAVE,     HS_LEAVE,  HS_LEAVE};
    for (size_t i = 0; i < 12; i++)
        if (!CHECK(row_of(&s, i)->action == expected[i]))
            fprintf(stderr, "track %zu: %s\n", i, hs_action_name(row_of(&s, i)->action));
    CHECK(strstr(row_of(&s, 6)->why, "listen first") && strstr(row_of(&s, 1)->why, "listen"));
    CHECK_TEXT(row_of(&s, 0)->why, "nothing stands out");
    CHECK_TEXT(row_of(&s, 11)->why, "the master could not be judged");
    CHECK(row_of(&s, 2)->hours == 8 && row_of(&s, 3)->hours == 5);
    CHECK(s.audit.shortlist[0].rank == 1 && s.audit.shortlist[3].rank == 4);
    CHECK(s.audit.shortlist[4].rank == 0 && s.audit.n_shortlist == 12);
    synthetic_free(&s);
}

/* A master that cannot be decoded is listed, from its mix where there is one; one that is not
 * there today is not, nor is one that nothing shows to be damaged. */
static void test_damaged(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 5);
    for (size_t i = 0; i < 2; i++) {
        s.audit.tracks[i].master.state = HS_FILE_UNREADABLE;
        s.audit.tracks[i].master.error = "damaged at 33.23 s";
    }
    s.audit.tracks[1].mix.state = HS_FILE_OK;
    s.audit.tracks[2].master.state = HS_FILE_MISSING;
    s.audit.tracks[4].master.state = HS_FILE_NOT_READ;
    synthetic_fault(&s, 3, "dc_offset", HS_MODERATE, HS_ORIGIN_CANNOT_SAY)->tier = HS_MEASURED;
    analyse(&s);
    CHECK(row_of(&s, 0)->action == HS_RE_UPLOAD && row_of(&s, 1)->action == HS_RE_MASTER);
    CHECK(row_of(&s, 2)->action == HS_LEAVE && row_of(&s, 4)->action == HS_LEAVE);
    CHECK(strstr(row_of(&s, 4)->why, "convert it") != NULL);
    CHECK(strstr(row_of(&s, 0)->why, "damaged at 33.23 s") && row_of(&s, 1)->rank == 1);
    CHECK(row_of(&s, 0)->in_budget && row_of(&s, 0)->tier == HS_MEASURED);
    synthetic_free(&s);
}

/* Of what only the mix shows the list tells the value that it is judged by. */
static void test_eased(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 2);
    archive(&s, 0, HS_RECALL_SESSION);
    struct hs_finding *f = synthetic_fault(&s, 0, "clipped", HS_SEVERE, HS_ORIGIN_EASED);
    f->tier = HS_MEASURED;
    f->unit = "ppm";
    f->value = 0;
    f->mix_value = 65267;
    f->expected[0] = NAN;
    f->expected[1] = 10;
    analyse(&s);
    CHECK(strstr(row_of(&s, 0)->why, "6.5 %, in the mix, eased since") != NULL);
    synthetic_free(&s);
}

/* The same bytes on an album and on a collection are worked on once; a file of the same measures
 * that is another one, and one that has an update, keep their rows. */
static void test_one_file_on_two_releases(void)
{
    struct synthetic s;
    static const uint64_t hash[] = {7, 8, 7, 7, 9, 9};
    synthetic_make(&s, 3, 2);
    for (size_t i = 0; i < 6; i++) {
        s.audit.tracks[i].master.hash[0] = hash[i];
        archive(&s, i, HS_RECALL_NONE);
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MASTERING)->tier = HS_MEASURED;
    }
    s.tracks[5].update.path = "new.flac";
    analyse(&s);
    const struct hs_shortlist_row *lead = row_of(&s, 0), *again = row_of(&s, 2);
    CHECK(lead->rank && lead->hours == 2 && strstr(lead->why, "; also on Release 2") &&
          strstr(lead->why, "Release 2; also on Release 2"));
    CHECK(again->action == HS_LEAVE && !again->rank && again->hours == 0 && !again->n_plan);
    CHECK_TEXT(again->why, "the same file as Song 1 on Release 1: it is replaced there");
    CHECK(row_of(&s, 3)->action == HS_LEAVE && row_of(&s, 1)->rank && row_of(&s, 4)->rank &&
          row_of(&s, 5)->rank);
    CHECK(s.audit.release_rows[0].n_listed == 2 && s.audit.release_rows[1].n_listed == 0);
    synthetic_free(&s);
}

/* A file that is out of line with one of its releases keeps its own plan there. */
static void test_one_file_in_other_company(void)
{
    struct synthetic s;
    synthetic_make(&s, 2, 2);
    for (size_t i = 0; i < 4; i += 2) {
        s.audit.tracks[i].master.hash[0] = 7;
        archive(&s, i, HS_RECALL_NONE);
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MASTERING)->tier = HS_MEASURED;
    }
    synthetic_fault(&s, 2, "level_jump", HS_SEVERE, HS_ORIGIN_MASTERING);
    analyse(&s);
    CHECK(row_of(&s, 0)->rank && row_of(&s, 2)->rank);
    CHECK(!strstr(row_of(&s, 0)->why, "also on") && !strstr(row_of(&s, 2)->why, "same file"));
    synthetic_free(&s);
}

/* No step that cannot be done: what only the first copy mends and the mix has too, and what the
 * file to be changed does not show. */
static void test_what_can_be_done(void)
{
    static const struct {
        const char *rule;
        enum hs_origin origin;
        double value, mix_value;
        enum hs_recall recall;
        size_t steps;
    } rows[] = {{"lossy_source", HS_ORIGIN_MIX, 0, 3, HS_RECALL_NONE, 0},
                {"lossy_source", HS_ORIGIN_MIX, 3, 3, HS_RECALL_NONE, 0},
                {"lossy_source", HS_ORIGIN_MASTERING, 3, 0, HS_RECALL_NONE, 1},
                {"clipped", HS_ORIGIN_EASED, 0, 5000, HS_RECALL_NONE, 0},
                {"clipped", HS_ORIGIN_EASED, 0, 5000, HS_RECALL_SESSION, 1},
                {"clipped", HS_ORIGIN_MASTERING, 5000, 0, HS_RECALL_NONE, 1},
                {"clipped", HS_ORIGIN_MASTERING, 8, 0, HS_RECALL_NONE, 1}}; /* by its distortion */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct synthetic s;
        synthetic_make(&s, 1, 2);
        archive(&s, 0, rows[i].recall);
        struct hs_finding *f = synthetic_fault(&s, 0, rows[i].rule, HS_SEVERE, rows[i].origin);
        f->tier = HS_MEASURED;
        f->value = rows[i].value;
        f->mix_value = rows[i].mix_value;
        f->correction = (struct hs_correction){
            .where = rows[i].recall == HS_RECALL_SESSION ? HS_PLACE_MIX : HS_PLACE_MASTER,
            .move = rows[i].mix_value > 1000 ? &hs_move_less_clipping : &hs_move_another_copy,
            .db = NAN,
            .after = NAN};
        analyse(&s);
        if (!CHECK(row_of(&s, 0)->n_plan == rows[i].steps))
            fprintf(stderr, "row %zu: %zu steps\n", i, row_of(&s, 0)->n_plan);
        synthetic_free(&s);
    }
}

/* A better copy is only proposed where the pair shows that there is one. */
static void test_better_copy(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 3);
    for (size_t i = 0; i < 3; i++)
        synthetic_fault(&s, i, "lossy_source", i == 2 ? HS_SEVERE : HS_MODERATE,
                        i == 1 ? HS_ORIGIN_MASTERING : HS_ORIGIN_CANNOT_SAY)
            ->tier = HS_MEASURED;
    analyse(&s);
    CHECK(row_of(&s, 0)->action == HS_LEAVE);
    CHECK(row_of(&s, 1)->action == HS_RE_UPLOAD && row_of(&s, 2)->action == HS_RE_UPLOAD);
    synthetic_free(&s);
}

static void test_verified(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 2);
    for (size_t i = 0; i < 2; i++) {
        archive(&s, i, HS_RECALL_SESSION);
        correct(synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX), HS_PLACE_MIX,
                &hs_move_high_shelf);
        s.audit.tracks[i].update_verified = true;
        s.audit.tracks[i].update_kind = i ? HS_UPDATE_MIX : HS_UPDATE_MASTER;
    }
    analyse(&s);
    CHECK(row_of(&s, 0)->action == HS_RE_UPLOAD && row_of(&s, 1)->action == HS_RE_MASTER);
    CHECK(row_of(&s, 0)->hours == .5);
    synthetic_free(&s);
}

/* What was planned first, with what a person changed in it, stays until the track is closed. */
static void test_first_plan(void)
{
    static const struct hs_source update = {.path = "new.flac"};
    static const struct hs_planned steps[] = {
        {"bright",
         HS_PLACE_MASTER,
         {.where = HS_PLACE_MASTER, .move = &hs_move_high_shelf, .hz = 7000, .db = -1.25},
         6,
         3.5,
         2,
         .5},
        {"gone_since", HS_PLACE_MASTER, {.move = &hs_move_tilt}, 1, 2, 3, 1},
    };
    static const struct hs_plan first = {.text = "", .steps = steps, .n_steps = 2};
    for (int verified = 0; verified < 2; verified++) {
        struct synthetic s;
        synthetic_make(&s, 1, 2);
        archive(&s, 0, HS_RECALL_SESSION);
        struct hs_finding *f = synthetic_fault(&s, 0, "bright", HS_MODERATE, HS_ORIGIN_MIX);
        correct(f, HS_PLACE_MIX, &hs_move_high_shelf);
        f->value = verified ? 6 : 7; /* read as 7 since, by another version */
        s.tracks[0].update = update;
        s.audit.tracks[0].update_kind = HS_UPDATE_MASTER;
        s.audit.tracks[0].first_plan = &first;
        s.audit.tracks[0].update_verified = verified;
        analyse(&s);
        const struct hs_shortlist_row *row = row_of(&s, 0);
        CHECK(row->action == (verified ? HS_RE_UPLOAD : HS_RE_MASTER) && row->rank == 1);
        if (!CHECK(row->n_plan == 1))
            continue;
        const double now = verified ? 6 : 7;
        CHECK(row->plan[0].now == now && row->plan[0].planned == now - 2.5 &&
              row->plan[0].planned_most == now - 4 && row->plan[0].where == HS_PLACE_MASTER);
        CHECK(s.audit.tracks[0].findings[row->plan[0].finding].correction.db == -1.25);
        synthetic_free(&s);
    }
}

/* Of two that are severe the worse one comes first, though both are as severe as a fault gets; one
 * that is not severe is never lifted. */
static void test_beyond_severe(void)
{
    static const double steps[] = {6, 60, 5, 10, 4000, 40};
    static const int rank[] = {4, 2, 5, 3, 1, 6};
    struct synthetic s;
    synthetic_make(&s, 1, 6);
    for (size_t i = 0; i < 6; i++) {
        archive(&s, i, HS_RECALL_SESSION);
        struct hs_finding *f =
            synthetic_fault(&s, i, "clipped", i < 5 ? HS_SEVERE : HS_MODERATE, HS_ORIGIN_MASTERING);
        f->tier = HS_MEASURED;
        f->steps = steps[i];
        f->z = NAN; /* fixed thresholds */
    }
    analyse(&s);
    for (size_t i = 0; i < 6; i++) {
        if (!CHECK(row_of(&s, i)->rank == rank[i]))
            fprintf(stderr, "%g steps: rank %d\n", steps[i], row_of(&s, i)->rank);
        CHECK(row_of(&s, i)->severity >= (i < 5 ? 4 : 3) && row_of(&s, i)->severity <= 6);
    }
    CHECK_NEAR(row_of(&s, 5)->severity, 3, 0);
    synthetic_free(&s);
}

/* Less than a decibel would reach the edge: a whole one is planned, where the centre lies beyond
 * it; else nothing. */
static void test_small_moves(void)
{
    static const double centre[] = {4.9, 5.75}; /* of a value of 6, expected up to 5.8 */
    for (int i = 0; i < 2; i++) {
        struct synthetic s;
        synthetic_make(&s, 1, 2);
        archive(&s, 0, HS_RECALL_SESSION);
        struct hs_finding *f = synthetic_fault(&s, 0, "bright", HS_MODERATE, HS_ORIGIN_MIX);
        f->expected[1] = 5.8;
        f->value = 6;
        f->centre = centre[i];
        f->heard = true;
        correct(f, HS_PLACE_MIX, &hs_move_high_shelf);
        f->correction.hz = 7000;
        f->correction.q = .7;
        f->correction.db = -.2;
        f->correction.after = 5.8;
        f->correction.db_most = i ? -.2 : -1.1;
        f->correction.after_most = i ? 5.8 : 4.9;
        analyse(&s);
        const struct hs_shortlist_row *row = row_of(&s, 0);
        CHECK(row->n_plan == (i ? 0u : 1u));
        CHECK_NEAR(f->correction.db, i ? -.2 : -1, 1e-9);
        CHECK(i || fabs(f->correction.db_most) >= 1);
        synthetic_free(&s);
    }
}

/* A gain that peaks limit says so where a filter of the plan lifts them. */
static void test_peaks_of_the_plan(void)
{
    for (int lifts = 0; lifts < 2; lifts++) {
        struct synthetic s;
        synthetic_make(&s, 1, 2);
        archive(&s, 0, HS_RECALL_SESSION);
        correct(synthetic_fault(&s, 0, "dull", HS_SEVERE, HS_ORIGIN_MASTERING), HS_PLACE_MASTER,
                &hs_move_high_shelf);
        struct hs_finding *level =
            synthetic_fault(&s, 0, "level_jump", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        correct(level, HS_PLACE_MASTER, &hs_move_gain);
        level->correction.hz = NAN;
        level->correction.db = level->correction.db_most = 2;
        struct hs_finding *tone =
            synthetic_fault(&s, 0, "tone_jump", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        correct(tone, HS_PLACE_MASTER, &hs_move_tilt);
        tone->correction.hz = 1000;
        tone->correction.db = tone->correction.db_most = lifts ? 2 : -2;
        s.audit.tracks[0].findings[0].correction.db = lifts ? 5 : -5;
        analyse(&s);
        CHECK(row_of(&s, 0)->n_plan == 3);
        CHECK(!strstr(tone->correction.words, "lift its peaks")); /* it is a filter, and no level */
        const char *words = strstr(level->correction.words, "lift its peaks");
        CHECK((words != NULL) == lifts);
        hs_shortlist_make(&s.audit); /* as for an anonymous report */
        words = strstr(level->correction.words, "lift its peaks");
        CHECK((words != NULL) == lifts && !(words && strstr(words + 1, "lift its peaks")));
        synthetic_free(&s);
    }
}

/* Another song under the title: on the list in its own words, whatever else was found, unless that
 * is accepted; a fault that is proven beside it keeps its rank. */
static void test_wrong_file(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 4);
    for (size_t i = 2; i < 4; i++)
        synthetic_fault(&s, i, "clipped", HS_SEVERE, HS_ORIGIN_CANNOT_SAY)->tier = HS_MEASURED;
    for (size_t i = 0; i < 3; i++) {
        archive(&s, i, HS_RECALL_SESSION);
        s.audit.tracks[i].pair.state = HS_PAIR_DIFFERENT;
        s.audit.tracks[i].pair.confidence = .97;
        struct hs_finding *f = synthetic_fault(&s, i, "damaged", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        f->tier = HS_MEASURED;
        f->accepted = i == 1;
    }
    analyse(&s);
    const struct hs_shortlist_row *wrong = row_of(&s, 0), *clipped = row_of(&s, 2);
    CHECK(wrong->action == HS_RE_UPLOAD && wrong->rank && wrong->tier == HS_MEASURED);
    CHECK(strstr(wrong->why, "not a master of this mix: wrong file?") && !wrong->lead);
    CHECK(row_of(&s, 1)->action == HS_LEAVE);
    CHECK(strstr(clipped->why, "wrong file?") && strstr(clipped->why, "then: clipped: severe"));
    CHECK(clipped->rank == 1 && clipped->priority >= row_of(&s, 3)->priority);
    synthetic_free(&s);
}

/* A broken file is told by what is broken, not by seconds. */
static void test_broken(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 2);
    archive(&s, 0, HS_RECALL_SESSION);
    struct hs_finding *f = synthetic_fault(&s, 0, "damaged", HS_SEVERE, HS_ORIGIN_MASTERING);
    f->unit = "s";
    f->value = 33.3;
    f->evidence = "8.8 % faster than the mix: 44.1 kHz played as 48 kHz. 2 clicks.";
    analyse(&s);
    CHECK(row_of(&s, 0)->rank == 1);
    CHECK(strstr(row_of(&s, 0)->why, "severe: 8.8 % faster than the mix: 44.1 kHz played as 48 "
                                     "kHz, brought in by mastering") != NULL);
    CHECK(!strstr(row_of(&s, 0)->why, "33.3"));
    synthetic_free(&s);
}

static void test_factors(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 4);
    for (size_t i = 0; i < 4; i++) {
        archive(&s, i, i == 3 ? HS_RECALL_STEMS : HS_RECALL_SESSION);
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX);
        synthetic_fault(&s, i, "boomy", HS_MINOR, HS_ORIGIN_MIX);
        s.tracks[i].plays = i == 0 ? NAN : i == 1 ? 1000 : i == 2 ? 10000 : 1000;
    }
    analyse(&s);
    const struct hs_shortlist_row *r = row_of(&s, 0);
    CHECK_NEAR(r->severity, 4 + .3 * 2, 1e-12);
    CHECK_NEAR(r->fixability, 1, 1e-12);
    CHECK_NEAR(r->reach, 1, 1e-12);
    CHECK_NEAR(r->confidence, .8, 1e-12);
    CHECK_NEAR(r->priority, 4.6 * .8, 1e-12);
    CHECK_NEAR(row_of(&s, 2)->reach, 2, 1e-12); /* ten times the middle one */
    CHECK(row_of(&s, 2)->rank == 1 && row_of(&s, 2)->rank_low == 1);
    CHECK(row_of(&s, 3)->rank == 4 && row_of(&s, 3)->rank_low == 4);
    CHECK(row_of(&s, 3)->rank_high == 4);
    synthetic_free(&s);
}

/* Masters without a mix: what is spoilt for good and severe stands beside what can be mended, and
 * before what is half as bad. */
static void test_spoilt(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 3);
    static const char *const rules[] = {"lopsided", "clipped", "lopsided"};
    for (size_t i = 0; i < 3; i++)
        synthetic_fault(&s, i, rules[i], i == 2 ? HS_SEVERE : HS_MODERATE + (i == 1),
                        HS_ORIGIN_CANNOT_SAY)
            ->tier = HS_MEASURED;
    analyse(&s);
    CHECK(row_of(&s, 0)->action == HS_RE_MASTER && row_of(&s, 1)->action == HS_RE_MASTER);
    CHECK(row_of(&s, 1)->rank < row_of(&s, 0)->rank);
    CHECK_NEAR(row_of(&s, 1)->priority, row_of(&s, 2)->priority, 1e-9);
    synthetic_free(&s);
}

/* Reach against severity: which comes first hangs on the weights, and is said. */
static void test_sensitivity(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 3);
    for (size_t i = 0; i < 3; i++) {
        archive(&s, i, HS_RECALL_SESSION);
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX);
        s.tracks[i].plays = i == 1 ? 2500 : 1000;
    }
    for (int i = 0; i < 3; i++)
        synthetic_fault(&s, 0, "boomy", HS_MINOR, HS_ORIGIN_MIX);
    analyse(&s);
    const struct hs_shortlist_row *severe = row_of(&s, 0), *played = row_of(&s, 1);
    CHECK(severe->rank == 1 && severe->rank_low == 1 && severe->rank_high == 2);
    CHECK(played->rank == 2 && played->rank_low == 1 && played->rank_high == 2);
    CHECK(row_of(&s, 2)->rank_low == 3);
    synthetic_free(&s);
}

static void test_budget(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 4);
    for (size_t i = 0; i < 4; i++)
        archive(&s, i, i == 0 ? HS_RECALL_SESSION : HS_RECALL_STEMS);
    for (size_t i = 0; i < 4; i++)
        synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX);
    s.job.budget_hours = 10; /* 8 of the first, or 5 + 5 */
    analyse(&s);
    CHECK(row_of(&s, 0)->rank == 1 && !row_of(&s, 0)->in_budget);
    CHECK(row_of(&s, 1)->in_budget && row_of(&s, 2)->in_budget && !row_of(&s, 3)->in_budget);
    s.job.budget_hours = 23;
    analyse(&s);
    CHECK(row_of(&s, 0)->in_budget && row_of(&s, 3)->in_budget);
    s.job.budget_hours = 4;
    analyse(&s);
    CHECK(!row_of(&s, 0)->in_budget && !row_of(&s, 1)->in_budget);
    synthetic_free(&s);
}

/* The knapsack against all subsets. */
static void test_budget_exactly(void)
{
    struct hs_rng rng = {77};
    for (int run = 0; run < 20; run++) {
        struct synthetic s;
        synthetic_make(&s, 1, 10);
        for (size_t i = 0; i < 10; i++) {
            archive(&s, i, hs_rng_below(&rng, 2) ? HS_RECALL_SESSION : HS_RECALL_STEMS);
            synthetic_fault(&s, i, "bright", HS_SEVERE,
                            hs_rng_below(&rng, 3) ? HS_ORIGIN_MIX : HS_ORIGIN_MASTERING);
            s.tracks[i].plays = 1 + (double)hs_rng_below(&rng, 100000);
        }
        s.job.budget_hours = 5 + (double)hs_rng_below(&rng, 30);
        analyse(&s);
        double best = 0, got = 0, hours = 0;
        for (int set = 0; set < 1024; set++) {
            double sum = 0, cost = 0;
            for (int i = 0; i < 10; i++)
                if (set >> i & 1) {
                    sum += s.audit.shortlist[i].priority;
                    cost += s.audit.shortlist[i].hours;
                }
            best = cost <= s.job.budget_hours && sum > best ? sum : best;
        }
        for (int i = 0; i < 10; i++)
            if (s.audit.shortlist[i].in_budget) {
                got += s.audit.shortlist[i].priority;
                hours += s.audit.shortlist[i].hours;
            }
        CHECK_NEAR(got, best, 1e-9);
        CHECK(hours <= s.job.budget_hours);
        synthetic_free(&s);
    }
}

/* What an equaliser on one channel cured is no move to keep where the plan takes that equaliser
 * back; what it does not reach is. */
static void test_plan_of_one_channel(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 1);
    struct hs_finding *f = synthetic_fault(&s, 0, "channel_tone", HS_SEVERE, HS_ORIGIN_MASTERING);
    f->tier = HS_MEASURED;
    f->value = 6;
    f->span[0] = 22;
    f->span[1] = HS_BANDS - 1;
    correct(f, HS_PLACE_MASTER, &hs_move_high_shelf);
    synthetic_fault(&s, 0, "dull", HS_MINOR, HS_ORIGIN_CURED)->change = 2.7;
    synthetic_fault(&s, 0, "boomy", HS_MINOR, HS_ORIGIN_CURED)->change = -2.7;
    analyse(&s);
    struct hs_advice advice;
    CHECK(row_of(&s, 0)->n_plan == 1);
    hs_advice_make(&s.audit, row_of(&s, 0), &s.audit.arena, &advice);
    CHECK(advice.n_leave_alone == 1 && strstr(advice.leave_alone[0], "too much bass"));
    synthetic_free(&s);
}

static void test_plan(void)
{
    struct synthetic s;
    synthetic_make(&s, 1, 4);
    archive(&s, 0, HS_RECALL_SESSION);
    struct hs_finding *f = synthetic_fault(&s, 0, "boomy", HS_SEVERE, HS_ORIGIN_MASTERING);
    correct(f, HS_PLACE_MASTER, &hs_move_low_shelf); /* value 8 -> 2 */
    f = synthetic_fault(&s, 0, "bright", HS_SEVERE, HS_ORIGIN_MIX);
    correct(f, HS_PLACE_MIX, &hs_move_high_shelf); /* mix 7.2 -> 1.2, master 8 -> 2 */
    synthetic_fault(&s, 0, "wide", HS_MINOR, HS_ORIGIN_MIX)->accepted = true;
    for (size_t i = 1; i < 4; i++)
        synthetic_value(&s, i, "bright", 1, 8);
    analyse(&s);
    const struct hs_shortlist_row *r = row_of(&s, 0);
    if (!CHECK(r->n_plan == 2))
        return;
    CHECK(r->plan[0].where == HS_PLACE_MIX);
    CHECK_NEAR(r->plan[0].now, 7.2, 1e-12);
    CHECK_NEAR(r->plan[0].planned, 1.2, 1e-12);
    CHECK_NEAR(r->plan[0].tolerance, 1.8, 1e-12);
    CHECK(r->plan[1].where == HS_PLACE_MASTER);
    CHECK_NEAR(r->plan[1].planned, 2, 1e-12);
    struct hs_advice advice;
    hs_advice_make(&s.audit, r, &s.audit.arena, &advice);
    CHECK(advice.n_leave_alone == 1 && strstr(advice.leave_alone[0], "wide: accepted"));
    CHECK(advice.n_questions == 1 && strstr(advice.questions[0], "too much bass"));
    /* all its neighbours are as bright: alone it would stand apart */
    CHECK(s.audit.release_rows[0].n_listed == 1 && s.audit.release_rows[0].hours == 8);
    CHECK(strstr(s.audit.release_rows[0].fit, "6.0 audible steps") != NULL);
    struct hs_buf yaml = {0};
    hs_plan_yaml(&s.audit, r, &yaml);
    CHECK(strstr(yaml.data, "hindsight_plan: 1\ntrack: \"track-1\"\n") != NULL);
    CHECK(strstr(yaml.data, "    planned: 1.2") != NULL);
    CHECK(strstr(yaml.data, "words: \"a little less \\\"air\\\"\"") != NULL);
    hs_buf_free(&yaml);
    synthetic_free(&s);
}

/* A song that is only mastered again: a filter for its mix is put on the master, within half of
 * what a mix may be given, and its words say so. What only a mix can be given stays there. */
static void test_plan_without_mix(void)
{
    const double cap_db = hs_rule_find("bright")->fix.cap_db;
    struct synthetic s;
    synthetic_make(&s, 1, 4);
    archive(&s, 0, HS_RECALL_SESSION);
    correct(synthetic_fault(&s, 0, "boomy", HS_SEVERE, HS_ORIGIN_MASTERING), HS_PLACE_MASTER,
            &hs_move_low_shelf);
    struct hs_finding *shelf = synthetic_fault(&s, 0, "bright", HS_MINOR, HS_ORIGIN_MIX);
    correct(shelf, HS_PLACE_MIX, &hs_move_high_shelf);
    shelf->correction.db = -2 * cap_db;
    const double before = shelf->value, all_of_it = shelf->correction.after - before;
    const size_t at = (size_t)(shelf - s.audit.tracks[0].findings);
    struct hs_finding *fader = synthetic_fault(&s, 0, "vocal_loud", HS_MINOR, HS_ORIGIN_MIX);
    correct(fader, HS_PLACE_MIX, &hs_move_fader);
    analyse(&s);
    const struct hs_shortlist_row *r = row_of(&s, 0);
    const struct hs_correction *c = &s.audit.tracks[0].findings[at].correction;
    CHECK(r->action == HS_RE_MASTER && c->where == HS_PLACE_MASTER);
    CHECK_NEAR(c->db, -cap_db, 1e-12);
    CHECK_NEAR(c->after, before + all_of_it / 2, 1e-12);
    CHECK(fabs(c->db_most) <= cap_db);
    CHECK(!strncmp(c->words, "In the master: high shelf at 8 kHz", 34));
    c = &s.audit.tracks[0].findings[at + 1].correction;
    CHECK(c->where == HS_PLACE_MIX && strstr(c->words, "air"));
    synthetic_free(&s);
}

static void test_csv_cells(void)
{
    static const char *const cells[] = {"plain",  "comma, quote \" and\nline",
                                        "=1+1",   "-3",
                                        "@x",     "+49",
                                        "'=kept", "'twas",
                                        "\tTab",  " blank ",
                                        "''=two", "'''-9",
                                        "Größe",  ""};
    enum { N = sizeof cells / sizeof *cells };
    struct hs_buf out = {0};
    struct hs_csv w = {.out = &out};
    struct hs_arena a = {0};
    struct hs_csv_table t;
    for (int i = 0; i < N; i++)
        hs_csv_text(&w, cells[i]);
    hs_csv_number(&w, -9.875);
    hs_csv_number(&w, NAN);
    hs_csv_end_row(&w);
    CHECK(strstr(out.data, "plain,\"comma, quote \"\" and\nline\",'=1+1,'-3,'@x,'+49,") != NULL);
    CHECK(strstr(out.data, ",-9.875,\r\n") != NULL);
    hs_csv_parse(out.data, out.len, &a, &t);
    CHECK(t.n == 1 && t.rows[0].n == N + 2);
    for (size_t i = 0; i < N; i++)
        CHECK_TEXT(hs_csv_cell(&t, 0, i), cells[i]);
    static const char saved[] = "id;notes\n7;\"a;b\"\n8;Gr\xf6\xdf"
                                "e\n";
    hs_csv_parse(saved, sizeof saved - 1, &a, &t); /* semicolons, line feeds, Latin */
    CHECK(t.n == 3 && hs_csv_column(&t, "notes") == 1);
    CHECK_TEXT(hs_csv_cell(&t, 1, 1), "a;b");
    CHECK_TEXT(hs_csv_cell(&t, 2, 1), "Größe");
    CHECK_TEXT(hs_csv_cell(&t, 2, 9), "");
    hs_csv_parse("\"open", 5, &a, &t);
    CHECK_TEXT(hs_csv_cell(&t, 0, 0), "open");
    hs_buf_free(&out);
    hs_arena_free(&a);
}

static const char *cell(const struct hs_buf *csv, struct hs_arena *a, const char *id,
                        const char *column)
{
    struct hs_csv_table t;
    hs_csv_parse(csv->data, csv->len, a, &t);
    for (size_t r = 1; r < t.n; r++)
        if (!strcmp(hs_csv_cell(&t, r, hs_csv_column(&t, "id")), id))
            return hs_csv_cell(&t, r, hs_csv_column(&t, column));
    return NULL;
}

static void test_csv(void)
{
    struct synthetic s;
    struct hs_arena a = {0};
    struct hs_buf first = {0}, second = {0};
    synthetic_make(&s, 1, 3);
    s.job.artist = "=HYPERLINK(\"evil\")";
    s.tracks[1].title = "Größe, \"zwei\"";
    archive(&s, 2, HS_RECALL_SESSION);
    correct(synthetic_fault(&s, 2, "bright", HS_SEVERE, HS_ORIGIN_MIX), HS_PLACE_MIX,
            &hs_move_high_shelf);
    hs_values_init(&s.audit.tracks[2].master.values, &s.audit.arena);
    hs_values_number(&s.audit.tracks[2].master.values, "integrated_lufs", -9.123456789);
    s.tracks[2].artist = "A Guest";
    analyse(&s);
    shortlist_csv(&s.audit, NULL, 0, &first);
    CHECK_TEXT(cell(&first, &a, "track-3", "artist"), "A Guest");
    CHECK(!strncmp(first.data,
                   "\xef\xbb\xbf"
                   "rank,priority,action,",
                   24));
    CHECK_TEXT(cell(&first, &a, "track-3", "rank"), "1");
    CHECK_TEXT(cell(&first, &a, "track-3", "action"), "re-mix");
    CHECK_TEXT(cell(&first, &a, "track-3", "integrated_lufs"), "-9.123456789");
    CHECK_TEXT(cell(&first, &a, "track-3", "mix_available"), "yes");
    CHECK_TEXT(cell(&first, &a, "track-3", "multitrack_available"), "session");
    CHECK_TEXT(cell(&first, &a, "track-2", "title"), "Größe, \"zwei\"");
    CHECK_TEXT(cell(&first, &a, "track-2", "action"), "leave");
    CHECK_TEXT(cell(&first, &a, "track-2", "rank"), "");
    CHECK(strstr(first.data, "\"'=HYPERLINK(\"\"evil\"\")\"") != NULL);
    static const char edited[] = "notes,id,decision\r\n\"keep, \"\"as is\"\"\",track-3,no\r\n"
                                 "gone too,track-99,\r\n,track-98,\r\n";
    shortlist_csv(&s.audit, edited, sizeof edited - 1, &second);
    CHECK_TEXT(cell(&second, &a, "track-3", "notes"), "keep, \"as is\"");
    CHECK_TEXT(cell(&second, &a, "track-3", "decision"), "no");
    CHECK_TEXT(cell(&second, &a, "track-1", "notes"), "");
    CHECK_TEXT(cell(&second, &a, "track-99", "notes"), "gone too");
    CHECK_TEXT(cell(&second, &a, "track-99", "why"), "no longer in the job");
    CHECK(cell(&second, &a, "track-98", "notes") == NULL);
    hs_buf_clear(&first); /* a third run keeps what the second one kept */
    shortlist_csv(&s.audit, second.data, second.len, &first);
    CHECK(first.len == second.len && !memcmp(first.data, second.data, first.len));
    hs_buf_free(&first);
    hs_buf_free(&second);
    hs_arena_free(&a);
    synthetic_free(&s);
}

int main(void)
{
    test_actions();
    test_small_in_mix();
    test_moved();
    test_title_of_a_move();
    test_tier_of_the_first();
    test_damaged();
    test_eased();
    test_better_copy();
    test_what_can_be_done();
    test_one_file_on_two_releases();
    test_one_file_in_other_company();
    test_spoilt();
    test_verified();
    test_first_plan();
    test_beyond_severe();
    test_peaks_of_the_plan();
    test_wrong_file();
    test_broken();
    test_small_moves();
    test_factors();
    test_sensitivity();
    test_budget();
    test_budget_exactly();
    test_plan_of_one_channel();
    test_plan();
    test_plan_without_mix();
    test_csv_cells();
    test_csv();
    return check_done();
}
