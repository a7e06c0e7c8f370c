/* SPDX-License-Identifier: Apache-2.0 */
/* What is verified is what the short list plans, and with the same figures. */
#include "catalogue/plan.h"
#include "catalogue/shortlist.h"
#include "made_update.h"

static const struct hs_shortlist_row *row_of(const struct hs_audit *audit, size_t track)
{
    for (size_t i = 0; i < audit->n_shortlist; i++)
        if (audit->shortlist[i].track == track)
            return &audit->shortlist[i];
    return NULL;
}

/* A track that is left alone has no plan: nothing of an update is missed. What its page names is no
 * stray where it is done; anything else is. */
static void left_alone(void)
{
    static const struct {
        enum hs_severity severity;
        double treble_db;
        bool planned, told, failed;
    } rows[] = {{HS_SEVERE, -4, true, true, false}, /* as planned */
                {HS_SEVERE, 0, true, true, true},   /* not done */
                {HS_MINOR, 0, false, false, false}, /* nobody asked for it */
                {HS_MINOR, -4, false, true, false}, /* as the page says */
                {HS_MINOR, 4, false, false, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, rows[i].treble_db);
        fixture_make(&x, change);
        x.s.audit.tracks[0].findings[0].severity = rows[i].severity;
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        hs_shortlist_make(&x.s.audit);
        const struct hs_shortlist_row *row = row_of(&x.s.audit, 0);
        if (!CHECK(row && (row->action != HS_LEAVE) == rows[i].planned &&
                   (row->n_plan > 0) == rows[i].planned &&
                   (x.v.n_corrections > 0) == rows[i].told && x.v.failed == rows[i].failed))
            fprintf(stderr, "row %zu: %zu planned, %zu verified, failed %d\n", i,
                    row ? row->n_plan : 0, x.v.n_corrections, x.v.failed);
        synthetic_free(&x.s);
    }
}

/* Filters that eat each other, a move of less than a decibel and a defect that is to be gone: plan
 * and verification have one pair of figures. */
static void same_figures(void)
{
    struct fixture x;
    double change[HS_BANDS];
    shelf(change, -1.2);
    fixture_make(&x, change);
    struct hs_finding *bright = &x.s.audit.tracks[0].findings[0];
    bright->expected[1] = bright->value - 0.6;
    bright->expected[0] = bright->value - 20;
    bright->centre = bright->value - 10;
    bright->jnd = 1;
    bright->correction.db = -0.6;
    bright->correction.db_most = -3;
    bright->correction.after = bright->value - 0.6;
    bright->correction.after_most = bright->value - 3;
    fault_without_number(&x, "clipped", HS_SEVERE, 5000);
    hs_values_number(&x.s.audit.tracks[0].master.values, "clipped_ppm", 5000);
    hs_values_number(&x.s.audit.tracks[0].update.values, "clipped_ppm", 0);
    hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
    hs_shortlist_make(&x.s.audit);
    const struct hs_shortlist_row *row = row_of(&x.s.audit, 0);
    if (!CHECK(row && row->n_plan == 2 && x.v.n_corrections == 2)) {
        synthetic_free(&x.s);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        const struct hs_verified *c = &x.v.corrections[i];
        const struct hs_plan_step *s = &row->plan[i];
        CHECK_NEAR(c->before, s->now, 1e-6);
        CHECK_NEAR(c->planned, s->planned, 1e-6);
        CHECK(c->outcome == HS_DONE);
    }
    synthetic_free(&x.s);
}

/* Of a defect that is gone there is no too far: a channel that was upside down is turned round,
 * more or less far past where a fault begins. */
static void gone_is_done(void)
{
    static const struct {
        double before, after;
        enum hs_outcome outcome;
    } rows[] = {{-0.7, 0.7, HS_DONE}, {-0.7, 0.95, HS_DONE}, {-0.7, -0.2, HS_PARTLY}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture x;
        double change[HS_BANDS];
        shelf(change, -4);
        fixture_make(&x, change);
        struct hs_track_result *t = &x.s.audit.tracks[0];
        fault_without_number(&x, "out_of_phase", HS_SEVERE, rows[i].before);
        hs_values_number(&t->master.values, "correlation", rows[i].before);
        hs_values_number(&t->update.values, "correlation", rows[i].after);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_verified *c = NULL;
        for (size_t k = 0; k < x.v.n_corrections; k++)
            c = strcmp(x.v.corrections[k].rule, "out_of_phase") ? c : &x.v.corrections[k];
        if (!CHECK(c && c->outcome == rows[i].outcome && !c->past_centre))
            fprintf(stderr, "row %zu: outcome %d, measured %g\n", i, c ? (int)c->outcome : -1,
                    c ? c->measured : NAN);
        synthetic_free(&x.s);
    }
}

/* What a clipper put above the music is gone with it; what a filter took is not its doing. */
static void distortion_is_no_tone(void)
{
    for (int clipped = 0; clipped < 2; clipped++)
        for (int filtered = 0; filtered < 2; filtered++) {
            struct fixture x;
            double change[HS_BANDS], coherence[HS_BANDS];
            shelf(change, -4);
            for (size_t b = 0; b < HS_BANDS; b++)
                coherence[b] = 1;
            change[30] -= 5.2; /* of 55 % of the power at 20 kHz, which the new file has */
            coherence[30] = filtered ? 1 : 0.55;
            fixture_make(&x, change);
            if (clipped) {
                fault_without_number(&x, "clipped", HS_SEVERE, 5000);
                hs_values_number(&x.s.audit.tracks[0].master.values, "clipped_ppm", 5000);
                hs_values_number(&x.s.audit.tracks[0].update.values, "clipped_ppm", 0);
            }
            hs_values_array(&x.v.pair.values, "coherence", coherence, HS_BANDS);
            hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
            CHECK((stray(&x.v, "tone") != NULL) == !(clipped && !filtered));
            synthetic_free(&x.s);
        }
}

/* Distortion in many bands that goes with clipping is not taken for more of the planned filter:
 * that would leave a rise beneath it. A filter that did something else is told all the same. */
static void distortion_is_no_filter(void)
{
    for (int other = 0; other < 2; other++) {
        struct fixture x;
        double change[HS_BANDS], coherence[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++) {
            change[b] = hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 2000, -4, .7, hs_band_hz(b));
            coherence[b] = b < 26 ? 1 : 0.51; /* from 8 kHz on */
            change[b] += b < 26 ? 0 : 20 * log10(0.51);
            change[b] += other && b > 5 && b < 11 ? 3 : 0;
        }
        hs_bands_centre(change);
        fixture_make(&x, change);
        x.s.audit.tracks[0].findings[0].correction.hz = 2000;
        fault_without_number(&x, "clipped", HS_SEVERE, 5000);
        hs_values_number(&x.s.audit.tracks[0].master.values, "clipped_ppm", 5000);
        hs_values_number(&x.s.audit.tracks[0].update.values, "clipped_ppm", 0);
        hs_values_array(&x.v.pair.values, "coherence", coherence, HS_BANDS);
        hs_verify_update(&x.s.audit, &x.s.audit.arena, &x.v);
        const struct hs_side_effect *tone = stray(&x.v, "tone");
        if (!CHECK((tone != NULL) == other))
            fprintf(stderr, "%s\n", tone ? tone->words : "nothing");
        synthetic_free(&x.s);
    }
}

/* Two filters that undo each other: what the plan leaves out is promised nowhere. */
static void left_out(void)
{
    struct fixture x;
    double change[HS_BANDS] = {0};
    fixture_make(&x, change);
    struct hs_track_result *t = x.s.audit.tracks;
    for (int i = 0; i < 2; i++) {
        struct hs_finding *f =
            synthetic_fault(&x.s, 0, i ? "muddy" : "thin", HS_SEVERE, HS_ORIGIN_MASTERING);
        f->value = reading(&x, f->rule, &t->master);
        f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                               .move = &hs_move_bell,
                                               .channel = HS_CHANNEL_BOTH,
                                               .hz = 280,
                                               .db = i ? -3 : 3,
                                               .db_most = i ? -3 : 3,
                                               .q = .9,
                                               .after = f->value + (i ? -2 : 2),
                                               .after_most = f->value + (i ? -2 : 2)};
    }
    hs_shortlist_make(&x.s.audit);
    const struct hs_shortlist_row *row = row_of(&x.s.audit, 0);
    size_t promised = 0, told = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        promised += t->findings[i].correction.where != HS_PLACE_NONE;
        told += t->findings[i].correction.where == HS_PLACE_NONE && t->findings[i].correction.words;
    }
    if (!CHECK(row && row->n_plan == promised && promised < t->n_findings && told > 0))
        fprintf(stderr, "%zu planned, %zu promised of %u\n", row ? row->n_plan : 0, promised,
                (unsigned)t->n_findings);
    synthetic_free(&x.s);
}

/* A tilt that was planned, and what was done instead: a tilt, shelves that make one, a bell that no
 * plan asked for. */
static void another_filter(void)
{
    for (int done = 0; done < 3; done++) {
        struct fixture x;
        double change[HS_BANDS], bands[HS_BANDS];
        for (size_t b = 0; b < HS_BANDS; b++) {
            const double hz = hs_band_hz(b);
            change[b] = done == 0   ? hs_move_eq_db(HS_SHAPE_TILT, 1000, 3, NAN, hz)
                        : done == 1 ? hs_move_eq_db(HS_SHAPE_LOW_SHELF, 300, -1.5, .5, hz) +
                                          hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 3300, 1.5, .5, hz)
                                    : hs_move_eq_db(HS_SHAPE_BELL, 280, -3, .9, hz);
        }
        hs_bands_centre(change);
        fixture_make_of(&x, change, 5);
        struct hs_track_result *t = x.s.audit.tracks;
        for (size_t b = 0; b < HS_BANDS; b++)
            bands[b] = x.old[b] + 1.5 * ((double)b - 17);
        for (size_t i = 1; i < 5; i++)
            file_fill(&x.s.audit.arena, &t[i].master, bands);
        t->n_findings = 0;
        struct hs_finding *f =
            synthetic_fault(&x.s, 0, "tone_jump", HS_SEVERE, HS_ORIGIN_MASTERING);
        f->value = -30;
        f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                               .move = &hs_move_tilt,
                                               .channel = HS_CHANNEL_BOTH,
                                               .hz = 1000,
                                               .db = 3,
                                               .db_most = 3,
                                               .q = NAN,
                                               .after = -27,
                                               .after_most = -27};
        verify(&x);
        if (!CHECK((stray(&x.v, "tone") != NULL) == (done == 2) && x.v.failed == (done == 2) &&
                   (x.v.corrections[0].outcome == HS_DONE || done == 2)))
            fprintf(stderr, "row %d: %s, %g\n", done, hs_outcome_name(x.v.corrections[0].outcome),
                    x.v.corrections[0].measured);
        synthetic_free(&x.s);
    }
}

/* A value that is where it was planned to be, without the filter that was planned. */
static void filter_not_set(void)
{
    struct fixture x;
    double change[HS_BANDS];
    const double none[HS_BANDS] = {0};
    shelf(change, -4);
    fixture_make(&x, change);
    hs_values_array(&x.v.pair.values, "eq_db", none, HS_BANDS);
    verify(&x);
    CHECK(x.v.corrections[0].outcome == HS_NOT_DONE && x.v.failed);
    CHECK(x.v.corrections[0].fader && strstr(x.v.corrections[0].fader, "not set"));
    synthetic_free(&x.s);
}

int main(void)
{
    left_out();
    another_filter();
    filter_not_set();
    distortion_is_no_filter();
    left_alone();
    same_figures();
    gone_is_done();
    distortion_is_no_tone();
    return check_done();
}
