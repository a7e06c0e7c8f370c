/* SPDX-License-Identifier: Apache-2.0 */
/* The whole of judging on made-up audits. */
#include "judge_fixture.h"
#include "report/words.h"

#include "check.h"
#include "model/survival.h"

/* Rules of destinations that no job here asks for do not stand among them. */
static size_t n_asked(unsigned destinations)
{
    size_t n = 0;
    for (size_t i = 0; i < hs_rule_count(); i++)
        n += hs_rule_is_asked(hs_rule_at(i), destinations);
    return n;
}

static void sound_masters_are_left_alone(void)
{
    struct fixture f;
    fixture_start(&f, 3);
    hs_judge_audit(&f.audit);
    for (size_t i = 0; i < 3; i++) {
        CHECK(f.results[i].n_findings == 0);
        CHECK(f.results[i].n_judgements + f.results[i].n_not_judged == n_asked(0));
        for (size_t k = 0; k < f.results[i].n_findings; k++)
            fprintf(stderr, "%s\n", f.results[i].findings[k].rule);
    }
    CHECK_TEXT(f.audit.spectrum->target, "built-in popular");
    CHECK_NEAR(f.audit.spectrum->centre[17], hs_builtin_bands[17].centre, 1e-9);
    fixture_free(&f);
}

/* What cannot be measured is not judged, with the reason of the measure. */
static void absent_measures(void)
{
    struct fixture f;
    fixture_start(&f, 3);
    struct hs_values *v = &f.results[0].master.values;
    hs_values_absent(v, "side_mid_db", "one channel");
    hs_values_absent(v, "bands_db", "below the gate");
    f.results[1].master.state = HS_FILE_UNREADABLE;
    hs_values_number(&f.results[2].master.values, "duration_s", 5);
    hs_judge_audit(&f.audit);
    CHECK_TEXT(fixture_why_not(&f, 0, "wide"), "side_mid_db: one channel");
    CHECK_TEXT(fixture_why_not(&f, 0, "bright"), "bands_db: below the gate");
    CHECK(fixture_stand(&f, 0, "lopsided") != NULL);
    CHECK_TEXT(fixture_why_not(&f, 1, "bright"), "the master could not be read");
    CHECK(f.results[1].n_not_judged == n_asked(0));
    CHECK_TEXT(fixture_why_not(&f, 2, "bright"), "shorter than 10 s");
    fixture_free(&f);
}

/* What stands out on the air is judged where the job asks for the air, and has its origin. */
static void destinations_are_asked_for(void)
{
    struct fixture f;
    fixture_start(&f, 3);
    for (int i = 0; i < 3; i++) {
        hs_values_number(&f.results[i].master.values, "fm.regrowth_db", i ? 1.5 : 12);
        hs_values_number(&f.results[i].master.values, "phone.carried_db", -60);
    }
    hs_judge_audit(&f.audit);
    CHECK(!fixture_finding(&f, 0, "fm_regrowth") && !fixture_why_not(&f, 0, "fm_regrowth"));
    f.audit.survival = HS_TO_FM;
    hs_judge_audit(&f.audit);
    CHECK(f.results[1].n_judgements + f.results[1].n_not_judged == n_asked(HS_TO_FM));
    const struct hs_finding *found = fixture_finding(&f, 0, "fm_regrowth");
    if (CHECK(found != NULL))
        CHECK(found->tier == HS_INFERRED && found->severity >= HS_MINOR);
    CHECK(!fixture_finding(&f, 1, "fm_regrowth"));
    CHECK_TEXT(fixture_why_not(&f, 0, "fm_drive"), "fm.hf_drive_db: not measured");
    CHECK(!fixture_finding(&f, 0, "phone_bass_lost"));
    f.audit.survival = HS_TO_PHONE;
    hs_judge_audit(&f.audit);
    found = fixture_finding(&f, 0, "phone_bass_lost");
    if (CHECK(found != NULL)) /* a proxy */
        CHECK(found->tier == HS_INDICATION && found->severity <= HS_MINOR);
    fixture_free(&f);
}

static void own_references_sharpen_the_eye(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    fixture_brighten(&f.results[0].master.values, 5);
    hs_judge_audit(&f.audit);
    const struct hs_finding *blind = fixture_finding(&f, 0, "bright");
    enum hs_severity without = blind ? blind->severity : HS_NO_FAULT;
    fixture_free(&f);

    fixture_start(&f, 2);
    fixture_brighten(&f.results[0].master.values, 5);
    fixture_references(&f, 20, 0, 1);
    hs_judge_audit(&f.audit);
    const struct hs_finding *with = fixture_finding(&f, 0, "bright");
    CHECK(with && with->severity > without);
    if (with) {
        CHECK_TEXT(with->target, "references (20 tracks) 95 %, built-in popular 5 %");
        CHECK(with->value > with->expected[1] && with->steps > 4.9 && with->steps < 5.1);
        CHECK(with->tier == HS_INFERRED && with->origin == HS_ORIGIN_CANNOT_SAY);
        CHECK(with->n_times >= 1 && with->times[0].from_s > 85 && with->times[0].to_s < 101);
        CHECK(with->correction.where == HS_PLACE_MASTER);
        CHECK(with->correction.move == &hs_move_high_shelf);
        CHECK(with->correction.db < 0 && with->correction.db >= -3);
        CHECK(with->correction.after > with->centre);
    }
    CHECK(!fixture_finding(&f, 1, "bright"));
    fixture_free(&f);
}

static void the_catalogue_never_decides(void)
{
    struct fixture f;
    fixture_start(&f, 12);
    fixture_references(&f, 20, 0, 1);
    for (size_t i = 0; i < 12; i++) /* always too bright */
        fixture_brighten(&f.results[i].master.values, 6 + 0.01 * (double)i);
    hs_judge_audit(&f.audit);
    for (size_t i = 0; i < 12; i++) {
        const struct hs_finding *bright = fixture_finding(&f, i, "bright");
        CHECK(bright && bright->severity >= HS_MINOR && fabs(bright->catalogue_z) < 2);
    }
    fixture_free(&f);
    fixture_start(&f, 3); /* too few for a second view */
    fixture_brighten(&f.results[0].master.values, 20);
    hs_judge_audit(&f.audit);
    const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
    CHECK(bright && isnan(bright->catalogue_z));
    fixture_free(&f);
}

/* A song that is meant to be dark, or quiet, is meant to be darker and softer than its neighbours,
 * and not brighter or louder. */
static void intended_beside_its_release(void)
{
    static const struct {
        const char *intended, *rule;
        double treble_db, louder_lu;
        bool accepted;
    } rows[] = {
        {"dark", "tone_jump", -60, 0, true},       {"bright", "tone_jump", -60, 0, false},
        {"bright", "tone_jump", 60, 0, true},      {"dark", "tone_jump", 60, 0, false},
        {"quiet", "level_jump", 0, -12, true},     {"loud", "level_jump", 0, -12, false},
        {"quiet", "level_jump", 0, 12, false},     {"too quiet", "level_jump", 0, 12, false},
        {"loud", "level_jump", 0, 12, true},       {"dark", "level_jump", 0, -12, false},
        {"level_jump", "level_jump", 0, 12, true}, {"lo-fi", "level_jump", 0, 12, false}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 8);
        fixture_lift(&f.results[3].master.values, 17, 30, rows[r].treble_db);
        hs_values_number(&f.results[3].master.values, "integrated_lufs", -12 + rows[r].louder_lu);
        f.tracks[3].intended = &rows[r].intended;
        f.tracks[3].n_intended = 1;
        hs_judge_audit(&f.audit);
        const struct hs_finding *jump = fixture_finding(&f, 3, rows[r].rule);
        if (!CHECK(jump && jump->severity >= HS_MINOR && jump->accepted == rows[r].accepted &&
                   (!jump->accepted || !hs_finding_counts(jump))))
            fprintf(stderr, "row %zu: %s\n", r, rows[r].intended);
        fixture_free(&f);
    }
}

static void settings_of_the_job(void)
{
    static const struct hs_accept accept[] = {{"lopsided", "on purpose"}};
    static const struct hs_rule_setting off[] = {{"bright", true, NAN}};
    static const struct hs_rule_setting limit[] = {{"bright", false, 15}};
    struct fixture f;
    fixture_start(&f, 2);
    fixture_brighten(&f.results[0].master.values, 12);
    hs_values_number(&f.results[0].master.values, "balance_db", 6);
    f.tracks[0].accept = accept;
    f.tracks[0].n_accept = 1;
    f.job.rules = off;
    f.job.n_rules = 1;
    hs_judge_audit(&f.audit);
    CHECK(!fixture_finding(&f, 0, "bright"));
    CHECK_TEXT(fixture_why_not(&f, 0, "bright"), "switched off in the job file");
    const struct hs_finding *lopsided = fixture_finding(&f, 0, "lopsided");
    CHECK(lopsided && lopsided->accepted && !hs_finding_counts(lopsided));
    CHECK_TEXT(lopsided ? lopsided->accepted_why : NULL, "on purpose");
    CHECK_TEXT(lopsided ? lopsided->direction : NULL, "left");
    f.job.rules = limit;
    hs_judge_audit(&f.audit);
    CHECK(!fixture_finding(&f, 0, "bright") && fixture_stand(&f, 0, "bright"));
    f.job.n_rules = 0;
    hs_judge_audit(&f.audit);
    CHECK(fixture_finding(&f, 0, "bright") != NULL);
    fixture_free(&f);
}

/* Harsh and bright by one shelf: one lead. */
static void one_cause_one_finding(void)
{
    struct fixture f;
    fixture_start(&f, 2);
    fixture_references(&f, 20, 0, 0.5);
    fixture_lift(&f.results[0].master.values, 22, 23, 4); /* the skirt */
    fixture_lift(&f.results[0].master.values, 24, 30, 6);
    fixture_lift(&f.results[1].master.values, 5, 9, 20);
    fixture_lift(&f.results[1].master.values, 1, 4, 30);
    hs_judge_audit(&f.audit);
    CHECK(f.results[0].n_findings > 0);
    for (size_t i = 0; i < f.results[0].n_findings; i++)
        CHECK(!f.results[0].findings[i].explained_by ==
              !strcmp(f.results[0].findings[i].rule, "bright"));
    const struct hs_finding *sub = fixture_finding(&f, 1, "sub_heavy");
    const struct hs_finding *boomy = fixture_finding(&f, 1, "boomy");
    CHECK(boomy && !boomy->explained_by);
    CHECK(sub && sub->explained_by && !strcmp(sub->explained_by, "boomy"));
    CHECK(&f.results[1].findings[0] == boomy); /* leads first */
    /* who accepts the cause has accepted what comes of it, and not the other way round */
    static const struct hs_accept accept[] = {{"boomy", "on purpose"}, {"sub_heavy", "on purpose"}};
    for (int k = 0; k < 2; k++) {
        f.tracks[1].accept = accept + k;
        f.tracks[1].n_accept = 1;
        hs_judge_audit(&f.audit);
        boomy = fixture_finding(&f, 1, "boomy");
        sub = fixture_finding(&f, 1, "sub_heavy");
        CHECK(boomy && hs_finding_counts(boomy) == (k == 1) && !boomy->explained_by);
        CHECK(sub && !hs_finding_counts(sub) && !sub->explained_by == (k == 1));
    }
    fixture_free(&f);
}

static void origins_of_pairs(void)
{
    struct fixture f;
    fixture_start(&f, 5);
    fixture_references(&f, 20, 0, 1);
    for (size_t i = 0; i < 5; i++)
        fixture_pair(&f, i);
    fixture_brighten(&f.results[0].master.values, 8); /* in the mix and kept */
    fixture_brighten(&f.results[0].mix.values, 7.8);
    fixture_brighten(&f.results[1].master.values, 8);  /* brought in */
    fixture_brighten(&f.results[2].mix.values, 8);     /* cured */
    fixture_brighten(&f.results[3].master.values, 12); /* worsened */
    fixture_brighten(&f.results[3].mix.values, 7);
    fixture_brighten(&f.results[4].master.values, 8);
    f.results[4].pair.state = HS_PAIR_CANNOT_SAY;
    hs_judge_audit(&f.audit);
    static const enum hs_origin expected[] = {HS_ORIGIN_MIX, HS_ORIGIN_MASTERING, HS_ORIGIN_CURED,
                                              HS_ORIGIN_WORSENED, HS_ORIGIN_CANNOT_SAY};
    for (size_t i = 0; i < 5; i++) {
        const struct hs_finding *bright = fixture_finding(&f, i, "bright");
        if (!CHECK(bright && bright->origin == expected[i]))
            fprintf(stderr, "track %zu: %s\n", i, bright ? hs_origin_name(bright->origin) : "none");
    }
    const struct hs_finding *kept = fixture_finding(&f, 0, "bright");
    const struct hs_finding *brought = fixture_finding(&f, 1, "bright");
    const struct hs_finding *cured = fixture_finding(&f, 2, "bright");
    CHECK(kept && kept->correction.where == HS_PLACE_MIX);
    CHECK_NEAR(kept ? kept->change : NAN, 0.2, 1e-9);
    CHECK(brought && brought->correction.where == HS_PLACE_MASTER);
    CHECK(cured && !hs_finding_counts(cured) && !cured->correction.where);
    f.tracks[0].recall = HS_RECALL_STEREO; /* the session is gone */
    hs_judge_audit(&f.audit);
    kept = fixture_finding(&f, 0, "bright");
    CHECK(kept && kept->correction.where == HS_PLACE_MASTER);
    fixture_free(&f);
}

/* An offset that was only made louder with the rest was in the mix. */
static void an_offset_goes_with_the_level(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_pair(&f, 0);
    hs_values_number(&f.results[0].master.values, "dc_offset", 0.05);
    hs_values_number(&f.results[0].mix.values, "dc_offset", 0.05 * pow(10, -4.0 / 20));
    hs_judge_audit(&f.audit);
    const struct hs_finding *dc = fixture_finding(&f, 0, "dc_offset");
    CHECK(dc && dc->origin == HS_ORIGIN_MIX && fabs(dc->change) < 1e-9);
    fixture_free(&f);
}

/* From eight pairs on, what mastering usually does here is no fault and no origin. */
static void the_usual_move(void)
{
    struct fixture f;
    fixture_start(&f, 10);
    fixture_references(&f, 20, 0, 1);
    for (size_t i = 0; i < 10; i++) {
        fixture_pair(&f, i);
        fixture_brighten(&f.results[i].mix.values, -3); /* mixes are duller here */
    }
    fixture_brighten(&f.results[0].master.values, 6);
    fixture_brighten(&f.results[0].mix.values, 6);
    hs_judge_audit(&f.audit);
    const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
    CHECK(bright && bright->origin == HS_ORIGIN_WORSENED);
    /* that it had to brighten them is told of the mixes, and counts for no master */
    const struct hs_finding *dull = fixture_finding(&f, 1, "dull");
    CHECK(!fixture_finding(&f, 1, "bright"));
    CHECK(dull && dull->origin == HS_ORIGIN_CURED && dull->moved && dull->moved->towards &&
          !hs_finding_counts(dull));
    fixture_free(&f);
    /* A catalogue that mastering spoils again and again must not excuse itself. */
    fixture_start(&f, 20);
    fixture_references(&f, 20, 0, 1);
    for (size_t i = 0; i < 20; i++) {
        fixture_pair(&f, i);
        if (i < 12)
            fixture_brighten(&f.results[i].master.values, 7);
    }
    hs_judge_audit(&f.audit);
    bright = fixture_finding(&f, 0, "bright");
    CHECK(bright && bright->origin == HS_ORIGIN_MASTERING);
    fixture_free(&f);
    /* Nor one that it takes off the centre everywhere, though no master is out of range. */
    fixture_start(&f, 20);
    fixture_references(&f, 20, 0, 8);
    for (size_t i = 0; i < 20; i++) {
        fixture_pair(&f, i);
        fixture_brighten(&f.results[i].master.values, 5);
    }
    hs_judge_audit(&f.audit);
    bright = fixture_finding(&f, 0, "bright");
    CHECK(bright && bright->origin == HS_ORIGIN_MASTERING && bright->by_pair_only);
    fixture_free(&f);
}

/* A mono mix has no side: a wide master was made so by mastering. */
static void a_mono_mix(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_pair(&f, 0);
    hs_values_number(&f.results[0].master.values, "side_mid_db", 6);
    hs_values_absent(&f.results[0].mix.values, "side_mid_db", "both channels are equal");
    hs_values_flag(&f.results[0].mix.values, "channels_equal", true);
    hs_judge_audit(&f.audit);
    const struct hs_finding *wide = fixture_finding(&f, 0, "wide");
    CHECK(wide && wide->origin == HS_ORIGIN_MASTERING && wide->mix_value < -50);
    fixture_free(&f);
}

/* What mastering left of a fault of the mix is a note: the fault of the mix is told, as cured. */
static void cured_to_a_note(void)
{
    static const double master_db[] = {12.5, 10.2, 3};
    for (int i = 0; i < 3; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        fixture_brighten(&f.results[0].mix.values, 13);
        fixture_brighten(&f.results[0].master.values, master_db[i]);
        hs_judge_audit(&f.audit);
        const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
        CHECK(bright && bright->severity == HS_MINOR);
        CHECK(bright && bright->origin == (i ? HS_ORIGIN_CURED : HS_ORIGIN_MIX));
        fixture_free(&f);
    }
}

/* Opposite rules have zones of their own. Bass that is raised towards the middle of 63 to 125 Hz is
 * mended where 63 to 160 Hz was short of it as well, and is a move where that had enough. */
static void disputed_repair(void)
{
    for (int enough = 0; enough < 2; enough++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *v[] = {&f.results[0].mix.values, &f.results[0].master.values};
        for (int i = 0; i < 2; i++) {
            fixture_lift(v[i], 5, 8, -3.5);
            fixture_lift(v[i], 9, 9, enough ? 7 : -3.5);
        }
        fixture_lift(v[1], 5, 9, 5);
        hs_judge_audit(&f.audit);
        const struct hs_finding *boomy = fixture_finding(&f, 0, "boomy");
        const struct hs_finding *thin = fixture_finding(&f, 0, "thin");
        if (enough)
            CHECK(boomy && boomy->origin == HS_ORIGIN_MASTERING && boomy->moved && !thin &&
                  !boomy->moved->towards);
        else
            CHECK(!boomy && thin && thin->origin == HS_ORIGIN_CURED);
        fixture_free(&f);
    }
}

/* Tails and ducking of a pair are believed only where it was lined up. */
static void tails_of_a_pair(void)
{
    static const enum hs_pair_state states[] = {HS_PAIR_ALIGNED, HS_PAIR_CANNOT_SAY,
                                                HS_PAIR_ALIGNED, HS_PAIR_ALIGNED};
    for (int i = 0; i < 4; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_track_result *t = &f.results[0];
        t->pair.state = states[i];
        hs_values_number(&t->master.values, "wetness", 0.2);
        hs_values_number(&t->mix.values, "wetness", 0.1);
        /* neither file has decays to be read, or the drowned one has none: the pair knows */
        if (i >= 2)
            hs_values_absent(&t->master.values, "wetness", "no free decays");
        if (i == 2)
            hs_values_absent(&t->mix.values, "wetness", "no free decays");
        hs_values_number(&t->master.values, "pumping_db", 0);
        hs_values_number(&t->pair.values, "tail_change_db", 2);
        hs_values_number(&t->pair.values, "ducking_db", 4);
        hs_judge_audit(&f.audit);
        const struct hs_finding *wet = fixture_finding(&f, 0, "wet");
        const struct hs_finding *pumping = fixture_finding(&f, 0, "pumping");
        CHECK((wet == NULL) == (i == 1) && (pumping == NULL) == (i == 1));
        CHECK(i == 1 || (wet && wet->origin == HS_ORIGIN_MASTERING && wet->severity > HS_MINOR));
        fixture_free(&f);
    }
}

/* Reverberation by mastering that is louder on one side: told with it, unless a channel was turned
 * up as well; without reverberation the loudness of the channels is the move. */
static void lean_of_reverberation(void)
{
    static const struct {
        double tails_db, channel_gain_db;
        bool moved, is_part_of_wet;
    } rows[] = {{2, -0.2, false, true}, {2, -2.5, true, false}, {0.1, -0.2, true, false}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_track_result *t = &f.results[0];
        hs_values_number(&t->mix.values, "balance_db", 0);
        hs_values_number(&t->master.values, "balance_db", -2.5);
        hs_values_number(&t->pair.values, "tail_change_db", rows[r].tails_db);
        hs_values_number(&t->pair.values, "balance_change_db", rows[r].channel_gain_db);
        hs_judge_audit(&f.audit);
        const struct hs_finding *lean = fixture_finding(&f, 0, "lopsided");
        if (!CHECK(lean && lean->origin == HS_ORIGIN_MASTERING && !lean->moved != rows[r].moved &&
                   !lean->explained_by != rows[r].is_part_of_wet))
            fprintf(stderr, "row %zu\n", r);
        CHECK(!lean || !rows[r].is_part_of_wet || !strcmp(lean->explained_by, "wet"));
        fixture_free(&f);
    }
}

/* A limiter holds the louder channel's loud moments down and turns neither channel: the lean of the
 * mix is kept, not eased, whatever the loudness of both says. */
static void lean_behind_a_limiter(void)
{
    for (int turned = 0; turned <= 1; turned++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_track_result *t = &f.results[0];
        hs_values_number(&t->mix.values, "balance_db", 7.5);
        hs_values_number(&t->master.values, "balance_db", 5.7);
        hs_values_number(&t->pair.values, "balance_change_db", turned ? -1.8 : 0.02);
        hs_judge_audit(&f.audit);
        const struct hs_finding *lean = fixture_finding(&f, 0, "lopsided");
        CHECK(lean && lean->origin == (turned ? HS_ORIGIN_EASED : HS_ORIGIN_MIX));
        fixture_free(&f);
    }
}

/* What lifts hats that stand to one side turns no channel, yet the lean of the mix grows by it: the
 * master has more of it than the mix, which is not told as the mix's own. So it is with sides that
 * narrow by a bass that is put into the middle. */
static void worse_than_told(void)
{
    for (int width = 0; width <= 1; width++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_track_result *t = &f.results[0];
        const char *value = width ? "side_mid_db" : "balance_db";
        hs_values_number(&t->mix.values, value, width ? -30 : 2.4);
        hs_values_number(&t->master.values, value, width ? -36 : 4.2);
        hs_values_number(&t->pair.values, width ? "width_change_db" : "balance_change_db", 0.02);
        hs_judge_audit(&f.audit);
        const struct hs_finding *found = fixture_finding(&f, 0, width ? "narrow" : "lopsided");
        CHECK(found && found->origin == HS_ORIGIN_WORSENED);
        fixture_free(&f);
    }
}

/* A shelf on both channels lifts what stands to one side: no channel was turned up, so the lean is
 * part of the brightness. Beside a channel that was, it is a move. */
static void lean_of_tone(void)
{
    for (int turned = 0; turned <= 1; turned++) {
        struct fixture f;
        double bright[HS_BANDS] = {0};
        for (size_t b = 24; b < HS_BANDS; b++)
            bright[b] = 14;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_track_result *t = &f.results[0];
        hs_values_array(&t->master.values, "bands_db", bright, HS_BANDS);
        hs_values_array(&t->pair.values, "eq_db", bright, HS_BANDS);
        hs_values_number(&t->mix.values, "balance_db", 0);
        hs_values_number(&t->master.values, "balance_db", -2.5);
        hs_values_number(&t->pair.values, "balance_change_db", turned ? -2.5 : 0);
        hs_judge_audit(&f.audit);
        const struct hs_finding *lean = fixture_finding(&f, 0, "lopsided");
        CHECK(lean && lean->origin == HS_ORIGIN_MASTERING && (lean->moved != NULL) == turned);
        CHECK_TEXT(lean && lean->explained_by ? lean->explained_by : "itself",
                   turned ? "itself" : "bright");
        fixture_free(&f);
    }
}

/* Opposite rules have centres of their own: a move across both is a fault or a repair, not both. */
static void no_move_is_both(void)
{
    struct fixture f;
    size_t n = 0;
    fixture_start(&f, 20);
    fixture_references(&f, 20, 0, 6);
    for (size_t i = 0; i < 20; i++) {
        fixture_pair(&f, i);
        fixture_brighten(&f.results[i].master.values, 4 - 0.2 * (double)i);
        fixture_brighten(&f.results[i].mix.values, -2 - 0.2 * (double)i);
    }
    hs_judge_audit(&f.audit);
    for (size_t i = 0; i < 20; i++) {
        const struct hs_finding *bright = fixture_finding(&f, i, "bright");
        const struct hs_finding *dull = fixture_finding(&f, i, "dull");
        const bool is_fault = bright && hs_finding_counts(bright);
        const bool is_repair = dull && dull->origin == HS_ORIGIN_CURED;
        CHECK(is_fault != is_repair);
        n += is_fault;
    }
    CHECK(n > 5 && n < 20);
    fixture_free(&f);
}

/* A rule with two sides counts of a move what led away from the centre: nothing of a repair. */
static void repairs_of_a_lean(void)
{
    static const struct {
        double mix_db, master_db, away_db;
    } of[] = {{1.4, 0, 0}, {-1.4, -.1, 0}, {0, 1.5, 1.5}, {.5, 2, 1.5}, {1.4, -.9, .9}, {1, 1, 0}};
    enum { N = sizeof of / sizeof *of };
    struct fixture f;
    fixture_start(&f, N);
    for (size_t i = 0; i < N; i++) {
        fixture_pair(&f, i);
        hs_values_number(&f.results[i].master.values, "balance_db", of[i].master_db);
        hs_values_number(&f.results[i].mix.values, "balance_db", of[i].mix_db);
    }
    hs_judge_audit(&f.audit);
    const struct hs_rule *rule = hs_rule_find("lopsided");
    for (size_t i = 0; i < N; i++) {
        const struct hs_judgement *j = fixture_stand(&f, i, "lopsided");
        CHECK_NEAR((double)j->move_z, of[i].away_db / rule->moves.spread, 1e-5);
    }
    fixture_free(&f);
}

/* A low shelf moves the bass by as much where it takes the very third octave with it that the
 * spectrum has its level from. */
static void a_shelf_under_the_level(void)
{
    enum { HZ_200 = 10, HZ_250, HZ_500 = 14, HZ_2000 = 20 };
    struct fixture f;
    fixture_start(&f, 4);
    fixture_pair(&f, 0);
    struct hs_values *mix = &f.results[0].mix.values, *master = &f.results[0].master.values;
    double bands[HS_BANDS], eq[HS_BANDS] = {0};
    memcpy(bands, hs_values_doubles(mix, "bands_db", HS_BANDS), sizeof bands);
    for (size_t b = HZ_200; b <= HZ_2000; b++) /* 250 Hz in the middle of eleven */
        bands[b] = b == HZ_250 ? 0 : b <= HZ_500 + 1 ? 3 : -9;
    hs_values_array(mix, "bands_db", bands, HS_BANDS);
    for (size_t b = 0; b <= HZ_250; b++) {
        eq[b] = -4;
        bands[b] -= 4;
    }
    hs_bands_centre(bands);
    hs_values_array(master, "bands_db", bands, HS_BANDS);
    hs_values_array(&f.results[0].pair.values, "eq_db", eq, HS_BANDS);
    hs_judge_audit(&f.audit);
    const struct hs_finding *thin = fixture_finding(&f, 0, "thin");
    CHECK(thin && thin->moved && thin->severity >= HS_MINOR);
    CHECK_NEAR(thin && thin->moved ? thin->moved->change : NAN, -4, 1e-6);
    fixture_free(&f);
}

/* Most masters were brightened; those that were left alone are as dull as their mixes, and
 * mastering has brought nothing in. */
static void what_was_left_alone(void)
{
    enum { N = 20, ALONE = 6 };
    struct fixture f;
    size_t n = 0;
    fixture_start(&f, N);
    fixture_references(&f, 20, 0, 4);
    for (size_t i = 0; i < N; i++) {
        double dull = i < ALONE ? -4 - 1.5 * (double)i : 0;
        fixture_pair(&f, i);
        fixture_brighten(&f.results[i].mix.values, dull);
        fixture_brighten(&f.results[i].master.values, i < ALONE ? dull : 2.4);
    }
    hs_judge_audit(&f.audit);
    for (size_t i = 0; i < ALONE; i++) {
        const struct hs_finding *dull = fixture_finding(&f, i, "dull");
        CHECK(!dull || dull->origin == HS_ORIGIN_MIX);
        /* and the mix is as much at fault as the master */
        CHECK(!dull || fixture_stand(&f, i, "dull")->mix_level == dull->severity);
        n += dull != NULL;
    }
    CHECK(n >= 3);
    fixture_free(&f);
}

static void findings_of_the_pair_alone(void)
{
    struct fixture f;
    fixture_start(&f, 5);
    fixture_references(&f, 20, 0, 6);
    for (size_t i = 0; i < 5; i++)
        fixture_pair(&f, i);
    fixture_brighten(&f.results[4].master.values, 7);
    fixture_brighten(&f.results[0].master.values, 4); /* out of the middle by mastering */
    fixture_brighten(&f.results[1].mix.values, -4);   /* towards the middle */
    fixture_brighten(&f.results[2].master.values, 4); /* was like that before */
    fixture_brighten(&f.results[2].mix.values, 4);
    hs_values_number(&f.results[3].master.values, "psr_p10_db", 9.7); /* exempt */
    hs_judge_audit(&f.audit);
    const struct hs_finding *moved = fixture_finding(&f, 0, "bright");
    CHECK(moved && moved->by_pair_only && moved->origin == HS_ORIGIN_MASTERING);
    /* 4 steps and 2.7 spreads of moves, though the master is inside the range of songs */
    CHECK(moved && moved->severity == HS_MODERATE && moved->value < moved->expected[1]);
    CHECK(moved && moved->tier == HS_MEASURED && moved->moved && !moved->moved->towards);
    CHECK_NEAR(moved && moved->moved ? moved->moved->change : NAN, 4, 1e-9);
    CHECK_NEAR(moved && moved->moved ? moved->moved->usual[1] : NAN, 1.645 * 1.5, 1e-9);
    CHECK_TEXT(moved && moved->moved ? hs_finding_title(moved) : NULL, "brightened by mastering");
    CHECK(moved && moved->correction.db < 0 && moved->correction.db_most < moved->correction.db);
    CHECK(moved && moved->correction.db_most >= -3); /* what a master should be given */
    /* Mastered by 7: enough is back to what is usual, more than a master should be given */
    const struct hs_finding *far = fixture_finding(&f, 4, "bright");
    CHECK(far && far->correction.db < -3 && far->correction.db_most <= far->correction.db);
    CHECK_NEAR(far ? far->value - far->correction.after : NAN, 7 - 1.645 * 1.5, 0.1);
    CHECK(!fixture_finding(&f, 1, "bright"));
    const struct hs_finding *mended = fixture_finding(&f, 1, "dull");
    CHECK(mended && mended->origin == HS_ORIGIN_CURED && mended->correction.where == 0);
    CHECK(mended && !hs_finding_cured(mended)); /* the mix was in range */
    CHECK(!fixture_finding(&f, 2, "bright"));
    CHECK(!fixture_finding(&f, 3, "over_limited"));
    fixture_free(&f);
}

/* What is mended is told of both sides; the bass in the middle narrows nothing. */
static void moves_of_stereo(void)
{
    struct fixture f;
    fixture_start(&f, 3);
    for (size_t i = 0; i < 3; i++)
        fixture_pair(&f, i);
    hs_values_number(&f.results[0].mix.values, "balance_db", -1.3);
    hs_values_number(&f.results[0].master.values, "balance_db", 0.1);
    for (size_t i = 1; i < 3; i++) {
        hs_values_number(&f.results[i].mix.values, "side_mid_db", -8);
        hs_values_number(&f.results[i].master.values, "side_mid_db", -13);
        hs_values_number(&f.results[i].pair.values, "width_change_db", i == 1 ? -0.1 : -5);
    }
    hs_judge_audit(&f.audit);
    const struct hs_finding *balance = fixture_finding(&f, 0, "lopsided");
    CHECK(balance && balance->origin == HS_ORIGIN_CURED && balance->severity >= HS_MINOR);
    const struct hs_finding *bass = fixture_finding(&f, 1, "narrow");
    CHECK(!bass || (!bass->moved && bass->severity < HS_MINOR));
    const struct hs_finding *all = fixture_finding(&f, 2, "narrow");
    CHECK(all && all->moved && all->severity >= HS_MINOR && all->origin == HS_ORIGIN_MASTERING);
    fixture_free(&f);
}

static void mix_references(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_references(&f, 10, 0, 1);
    fixture_pair(&f, 0);
    /* Mixes of this kind are 5 dB duller; so is this one, and its master is too bright. */
    for (size_t i = 0; i < 10; i++) {
        f.mix_references[i] = (struct hs_file){.state = HS_FILE_OK, .source = &f.source};
        fixture_measure(&f.mix_references[i].values, &f.audit.arena);
        fixture_brighten(&f.mix_references[i].values, -5 + (i % 2 ? 0.3 : -0.3));
    }
    f.audit.mix_references = f.mix_references;
    f.job.n_mix_references = 10;
    fixture_brighten(&f.results[0].master.values, 7);
    fixture_brighten(&f.results[0].mix.values, 2);
    hs_judge_audit(&f.audit);
    const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
    /* leaning already in the mix, as such mixes go; and moved by 5 dB */
    CHECK(bright && bright->origin == HS_ORIGIN_WORSENED);
    fixture_free(&f);
}

static void the_tick_list(void)
{
    static const struct hs_heard heard[] = {
        {.note = "too bright", .in_master = HS_ANSWER_YES, .in_mix = HS_ANSWER_NO},
        {.note = "the drummer rushes"},
        {.note = "too dull"},
        {.note = "silent"}};
    struct fixture f;
    fixture_start(&f, 1);
    fixture_references(&f, 20, 0, 1);
    fixture_pair(&f, 0);
    fixture_brighten(&f.results[0].master.values, 8);
    fixture_brighten(&f.results[0].mix.values, 8);
    hs_values_number(&f.results[0].master.values, "balance_db", 5);
    f.tracks[0].heard = heard;
    f.tracks[0].n_heard = 4;
    hs_judge_audit(&f.audit);
    const struct hs_track_result *r = &f.results[0];
    CHECK(r->n_ticks == 5);
    CHECK(r->ticks[0].in_master == HS_ANSWER_YES && r->ticks[0].in_mix == HS_ANSWER_YES);
    CHECK(r->ticks[0].heard_master == HS_ANSWER_YES && r->ticks[0].heard_mix == HS_ANSWER_NO);
    CHECK(!r->ticks[1].rule && r->ticks[1].in_master == HS_ANSWER_NULL);
    CHECK_TEXT(r->ticks[1].note, "the drummer rushes");
    CHECK(r->ticks[2].in_master == HS_ANSWER_NO && r->ticks[2].in_mix == HS_ANSWER_NO);
    CHECK(r->ticks[3].in_mix == HS_ANSWER_NOT_APPLICABLE);
    CHECK(!r->ticks[4].note && !strcmp(r->ticks[4].rule, "lopsided"));
    const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
    CHECK(bright && bright->heard);
    fixture_free(&f);
}

/* "Too quiet" heard of a song that is too loud is not in the master, and what is was not heard. */
static void heard_on_its_side(void)
{
    static const struct hs_heard heard[] = {{.note = "too quiet"},
                                            {.note = "louder than the rest"}};
    static const double louder_lu[] = {-12, 12};
    for (size_t n = 0; n < 2; n++)
        for (size_t l = 0; l < 2; l++) {
            struct fixture f;
            fixture_start(&f, 8);
            hs_values_number(&f.results[3].master.values, "integrated_lufs", -12 + louder_lu[l]);
            f.tracks[3].heard = &heard[n];
            f.tracks[3].n_heard = 1;
            hs_judge_audit(&f.audit);
            const struct hs_track_result *r = &f.results[3];
            const struct hs_finding *jump = fixture_finding(&f, 3, "level_jump");
            CHECK(jump && jump->heard == (n == l));
            CHECK(r->ticks[0].in_master == (n == l ? HS_ANSWER_YES : HS_ANSWER_NO));
            size_t unheard = 0;
            for (size_t i = 1; i < r->n_ticks; i++)
                unheard += !strcmp(r->ticks[i].rule, "level_jump");
            CHECK(unheard == (n != l));
            fixture_free(&f);
        }
}

static void base_rates_of_references(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_references(&f, 20, 0, 1);
    fixture_brighten(&f.references[7].values, 15); /* a stranger among them */
    struct hs_reference_count counts[128];
    size_t bright = hs_rule_index(hs_rule_find("bright"));
    hs_judge_references(&f.audit, counts);
    CHECK(counts[bright].judged == 20 && counts[bright].at_least[HS_MINOR] == 1);
    for (int s = HS_MINOR; s <= HS_SEVERE; s++)
        CHECK(counts[bright].at_least[s] <= counts[bright].at_least[s - 1]);
    CHECK_NEAR(hs_reference_artists(&f.audit), 5, 1e-9); /* nobody is named */
    for (int i = 0; i < 12; i++)                         /* two artists, written in two ways */
        hs_values_text(&f.references[i].values, "tag_artist",
                       i % 3   ? "One"
                       : i % 2 ? "two"
                               : "Two");
    CHECK_NEAR(hs_reference_artists(&f.audit), 4, 1e-9);
    fixture_free(&f);
}

static void a_pair_without_a_job(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_pair(&f, 0);
    fixture_brighten(&f.results[0].master.values, 14);
    struct hs_audit audit = {0};
    f.results[0].track = NULL;
    hs_judge_pair(&audit, &f.results[0]);
    const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
    CHECK(bright && bright->origin == HS_ORIGIN_MASTERING);
    CHECK_TEXT(bright ? bright->target : NULL, "built-in popular");
    hs_arena_free(&audit.arena);
    fixture_free(&f);
}

/* Loudness of the tracks of one release, and what is said of each. */
static void jumps_of_level(void)
{
    static const struct {
        double lufs[12];
        size_t n;
        enum hs_severity severity[12];
    } rows[] = {
        {{-12, -12.5, -11.5, -12, -12.2}, 5, {0}},
        {{-12, -12.5, -20.3, -12, -12.2}, 5, {0, 0, HS_MODERATE, 0, 0}},
        /* eight from one track to the next, four from the middle: of both */
        {{-14, -18, -10, -14, -14}, 5, {0, HS_MODERATE, HS_MODERATE, 0, 0}},
        {{-14, -14.3, -13.8, -14, -26}, 5, {0, 0, 0, 0, HS_SEVERE}},
        {{-10, -12, -14, -12, -13}, 5, {0}},
        /* two that jump do not excuse each other */
        {{-12, -12.8, -11.5, -20, -12.6, -11, -13, -12, -4, -12.1, -13, -11.2},
         12,
         {[3] = HS_MODERATE, [8] = HS_MODERATE}},
        /* a soundtrack: steps of 4 to 12 LU are ordinary there, a note or minor ... */
        {{-21, -14, -18, -24, -12, -16, -22, -13, -23, -17}, 10, {[3] = HS_MINOR, [4] = HS_MINOR}},
        /* ... and what is far off even there is not */
        {{-21, -14, -18, -24, -12, -40, -22, -13, -23, -17}, 10, {[5] = HS_SEVERE}},
        /* it falls slowly: its range excuses no step that is unlike the others */
        {{-10, -10.6, -11.2, -12, -12.6, -21, -13.7, -14.4, -15, -15.7}, 10, {[5] = HS_MODERATE}},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, rows[r].n);
        for (size_t i = 0; i < rows[r].n; i++)
            hs_values_number(&f.results[i].master.values, "integrated_lufs", rows[r].lufs[i]);
        hs_judge_audit(&f.audit);
        for (size_t i = 0; i < rows[r].n; i++) {
            const struct hs_finding *j = fixture_finding(&f, i, "level_jump");
            enum hs_severity found = j && j->severity >= HS_MINOR ? j->severity : HS_NO_FAULT;
            if (!CHECK(found == rows[r].severity[i]))
                fprintf(stderr, "release %zu, track %zu: severity %d\n", r, i, (int)found);
        }
        fixture_free(&f);
    }
}

/* A clipper of mastering: by its distortion where the master alone says less, and never less than
 * the master alone says. */
static void clipped_by_the_pair(void)
{
    static const struct {
        double distortion_db, runs_ppm;
        enum hs_severity severity;
    } rows[] = {{-50, 0, 0},
                {-40, 0, HS_NOTE},
                {-33, 0, HS_MINOR},
                {-25, 0, HS_MODERATE},
                {-18.9, 0, HS_SEVERE},
                {-7, 0, HS_SEVERE},
                {-40, 400, HS_MODERATE},
                {-30, 5000, HS_SEVERE},
                {NAN, 400, HS_MODERATE}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        hs_values_number(&f.results[0].master.values, "clipped_ppm", rows[r].runs_ppm);
        if (isfinite(rows[r].distortion_db)) {
            hs_values_number(&f.results[0].pair.values, "distortion_db", rows[r].distortion_db);
            hs_values_number(&f.results[0].pair.values, "cut_ppm", 4000);
        }
        hs_judge_audit(&f.audit);
        const struct hs_finding *c = fixture_finding(&f, 0, "clipped");
        if (!CHECK((c ? c->severity : HS_NO_FAULT) == rows[r].severity))
            fprintf(stderr, "row %zu: severity %d\n", r, c ? (int)c->severity : 0);
        CHECK(!c || (c->origin == HS_ORIGIN_MASTERING && c->tier == HS_MEASURED));
        /* both counts are told where the waveform is as severe and shows less */
        const bool both = rows[r].distortion_db == -40 && rows[r].runs_ppm > 0;
        CHECK(!c || (strstr(c->evidence, "Held against the mix it is 0.4 %.") != NULL) == both);
        fixture_free(&f);
    }
}

/* What is known best of what weighs stands first, as on the short list. */
static void measured_before_inferred(void)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_lift(&f.results[0].master.values, 27, HS_BANDS - 1, 30);
    hs_values_number(&f.results[0].master.values, "clipped_ppm", 400);
    hs_judge_audit(&f.audit);
    const struct hs_track_result *t = &f.results[0];
    const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
    CHECK(bright && bright->severity == HS_SEVERE && bright->tier == HS_INFERRED);
    if (CHECK(t->n_findings > 1)) {
        CHECK_TEXT(t->findings[0].rule, "clipped");
        CHECK(t->findings[0].severity == HS_MODERATE);
    }
    fixture_free(&f);
}

/* A master that no limiter touched was moved by none, and counts as such; without a device that
 * was told, or where the bound may hide one, nothing is known. */
static void limited_by_nothing(void)
{
    static const struct {
        const char *reducer;
        double p95, bound, limited; /* in spreads of moves */
    } rows[] = {{"none", 0, 0.2, -1.5}, {"compressor", 4, 0.6, -1.5}, {"limiter", 9, 1, 3},
                {"none", 0, 9, NAN},    {"compressor", 4, 9, NAN},    {"multiband", 4, 0.6, NAN},
                {NULL, 1, 0.2, NAN}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *pair = &f.results[0].pair.values;
        if (rows[r].reducer)
            hs_values_text(pair, "reducer", rows[r].reducer);
        hs_values_number_bound(pair, "gain_reduction_db.p95", rows[r].p95, rows[r].bound);
        hs_judge_audit(&f.audit);
        const struct hs_judgement *l = fixture_stand(&f, 0, "over_limited");
        double z = l ? (double)l->move_z : INFINITY;
        CHECK(isnan(rows[r].limited) ? isnan(z) : fabs(z - rows[r].limited) < 1e-6);
        fixture_free(&f);
    }
}

/* Where the middle has a gap, its median stands on either side of it by a band or two: what hangs
 * on that is minor at most. A bell of the same height makes no gap, and a move is measured by the
 * pair. */
static void few_notes(void)
{
    static const struct {
        size_t low; /* of the bands 200 Hz to 2 kHz so many are 12 dB down */
        double bell_db, moved_db;
        enum hs_severity most, least;
    } rows[] = {{6, 0, 0, HS_MINOR, HS_NO_FAULT},
                {7, 0, 0, HS_MINOR, HS_NO_FAULT},
                {0, 12, 0, HS_SEVERE, HS_MODERATE},
                {7, 0, 9, HS_SEVERE, HS_MODERATE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        double bands[HS_BANDS], eq[HS_BANDS];
        fixture_start(&f, 1);
        struct hs_values *master = &f.results[0].master.values;
        for (size_t b = 0; b < HS_BANDS; b++) {
            bands[b] = hs_builtin_bands[b].centre;
            bands[b] += hs_move_eq_db(HS_SHAPE_BELL, 280, rows[i].bell_db, .9, hs_band_hz(b));
            bands[b] -= b <= 20 && b + rows[i].low > 20 ? 12 : 0;
            eq[b] = b >= 10 && b <= 13 ? rows[i].moved_db : 0;
        }
        hs_bands_centre(bands);
        hs_values_array(master, "bands_db", bands, HS_BANDS);
        if (rows[i].moved_db > 0) {
            fixture_pair(&f, 0);
            for (size_t b = 0; b < HS_BANDS; b++)
                bands[b] -= eq[b];
            hs_values_array(&f.results[0].mix.values, "bands_db", bands, HS_BANDS);
            hs_values_array(&f.results[0].pair.values, "eq_db", eq, HS_BANDS);
        }
        hs_judge_audit(&f.audit);
        const struct hs_finding *muddy = fixture_finding(&f, 0, "muddy");
        const enum hs_severity severity = muddy ? muddy->severity : HS_NO_FAULT;
        if (!CHECK(severity <= rows[i].most && severity >= rows[i].least &&
                   (!muddy || muddy->value > 8) &&
                   (!muddy || !rows[i].low || muddy->moved || strstr(muddy->evidence, "apart"))))
            fprintf(stderr, "row %zu: %s, %g dB\n", i, hs_severity_name(severity),
                    muddy ? muddy->value : NAN);
        fixture_free(&f);
    }
}

int main(void)
{
    few_notes();
    jumps_of_level();
    limited_by_nothing();
    clipped_by_the_pair();
    measured_before_inferred();
    sound_masters_are_left_alone();
    absent_measures();
    destinations_are_asked_for();
    own_references_sharpen_the_eye();
    the_catalogue_never_decides();
    settings_of_the_job();
    intended_beside_its_release();
    one_cause_one_finding();
    origins_of_pairs();
    an_offset_goes_with_the_level();
    the_usual_move();
    a_mono_mix();
    cured_to_a_note();
    disputed_repair();
    tails_of_a_pair();
    repairs_of_a_lean();
    a_shelf_under_the_level();
    what_was_left_alone();
    findings_of_the_pair_alone();
    lean_behind_a_limiter();
    worse_than_told();
    lean_of_tone();
    no_move_is_both();
    moves_of_stereo();
    lean_of_reverberation();
    mix_references();
    the_tick_list();
    heard_on_its_side();
    base_rates_of_references();
    a_pair_without_a_job();
    return check_done();
}
