/* SPDX-License-Identifier: Apache-2.0 */
/* A master with a plan, its new version, and what the pair of both says: made of numbers. */
#ifndef HS_TESTS_MADE_UPDATE_H
#define HS_TESTS_MADE_UPDATE_H

#include "catalogue/verify.h"
#include "check.h"
#include "core/num.h"
#include "judge/rule.h"
#include "model/measure.h"
#include "synthetic.h"

enum { OLD_LUFS = -10 };

/* A track that is too bright by a high shelf, planned back by 4 dB, and its update
 * whose spectrum differs from the old one by change[]. */
struct fixture {
    struct synthetic s;
    struct hs_verification v;
    double old[HS_BANDS], now[HS_BANDS];
};

/* As measured: relative to the median of 200 Hz to 2 kHz. */
__attribute__((unused)) static void file_fill(struct hs_arena *a, struct hs_file *f,
                                              const double *spectrum)
{
    double middle[11], bands[HS_BANDS];
    memcpy(middle, spectrum + HS_BAND_1KHZ - 7, sizeof middle);
    double reference = hs_median(middle, 11);
    for (size_t b = 0; b < HS_BANDS; b++)
        bands[b] = spectrum[b] - reference;
    f->state = HS_FILE_OK;
    hs_values_init(&f->values, a);
    hs_values_number(&f->values, "duration_s", 200);
    hs_values_array(&f->values, "bands_db", bands, HS_BANDS);
    hs_values_number(&f->values, "integrated_lufs", OLD_LUFS);
}

__attribute__((unused)) static double reading(struct fixture *x, const char *rule,
                                              const struct hs_file *file)
{
    struct hs_reading r;
    struct hs_case c = {.role = HS_ROLE_MASTER,
                        .values = &file->values,
                        .file = file,
                        .audit = &x->s.audit,
                        .arena = &x->s.audit.arena};
    hs_rule_read(hs_rule_find(rule), &c, &r);
    return r.judged ? r.value : NAN;
}

__attribute__((unused)) static void fixture_make_of(struct fixture *x,
                                                    const double change[HS_BANDS], size_t n_tracks)
{
    static const struct hs_source source = {.path = "new.flac"};
    synthetic_make(&x->s, 1, n_tracks);
    struct hs_arena *a = &x->s.audit.arena;
    struct hs_track_result *t = x->s.audit.tracks;
    for (size_t b = 0; b < HS_BANDS; b++) {
        x->old[b] = -0.2 * fabs((double)b - 15);
        x->now[b] = x->old[b] + change[b];
    }
    file_fill(a, &t->master, x->old);
    file_fill(a, &t->update, x->now);
    x->s.tracks[0].update = source;
    x->s.tracks[0].update_kind = HS_UPDATE_MASTER;
    struct hs_finding *f = synthetic_fault(&x->s, 0, "bright", HS_SEVERE, HS_ORIGIN_MASTERING);
    f->value = reading(x, "bright", &t->master);
    f->centre = f->value - 6;
    f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                           .move = &hs_move_high_shelf,
                                           .hz = 5000,
                                           .db = -4,
                                           .q = .7,
                                           .channel = HS_CHANNEL_BOTH};
    /* what that shelf does to the rule's value */
    struct hs_file planned = {0};
    double bands[HS_BANDS];
    for (size_t b = 0; b < HS_BANDS; b++)
        bands[b] = x->old[b] + hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 5000, -4, .7, hs_band_hz(b));
    file_fill(a, &planned, bands);
    f->correction.after = reading(x, "bright", &planned);
    x->v = (struct hs_verification){.track = t, .kind = HS_UPDATE_MASTER};
    x->v.pair.state = HS_PAIR_ALIGNED;
    hs_values_init(&x->v.pair.values, a);
    hs_values_array(&x->v.pair.values, "eq_db", change, HS_BANDS);
    hs_values_number(&x->v.pair.values, "delay_s", 0);
    hs_values_number(&x->v.pair.values, "drift_ppm", 0);
    hs_values_number(&x->v.pair.values, "polarity", 1);
    hs_values_flag(&x->v.pair.values, "swapped", false);
}

__attribute__((unused)) static void fixture_make(struct fixture *x, const double change[HS_BANDS])
{
    fixture_make_of(x, change, 1);
}

__attribute__((unused)) static void verify(struct fixture *x)
{
    hs_verify_update(&x->s.audit, &x->s.audit.arena, &x->v);
    CHECK(x->v.n_corrections == 1);
}

__attribute__((unused)) static const struct hs_side_effect *stray(const struct hs_verification *v,
                                                                  const char *what)
{
    for (size_t i = 0; i < v->n_side_effects; i++)
        if (!strcmp(v->side_effects[i].what, what))
            return &v->side_effects[i];
    return NULL;
}

__attribute__((unused)) static void shelf(double change[HS_BANDS], double db)
{
    for (size_t b = 0; b < HS_BANDS; b++)
        change[b] = hs_move_eq_db(HS_SHAPE_HIGH_SHELF, 5000, db, .7, hs_band_hz(b));
}

/* A new master that is the old one behind a shelf of -4 dB. */
__attribute__((unused)) static void fixture_dulled(struct fixture *x)
{
    double change[HS_BANDS];
    shelf(change, -4);
    fixture_make(x, change);
}

/* A fault of mastering whose correction has no number: that it is gone. */
__attribute__((unused)) static struct hs_finding *
fault_without_number(struct fixture *x, const char *rule, enum hs_severity severity, double value)
{
    struct hs_finding *f = synthetic_fault(&x->s, 0, rule, severity, HS_ORIGIN_MASTERING);
    f->value = value;
    f->correction = (struct hs_correction){.where = HS_PLACE_MASTER,
                                           .move = hs_rule_find(rule)->fix.move,
                                           .hz = NAN,
                                           .q = NAN,
                                           .db = NAN,
                                           .db_most = NAN,
                                           .after = NAN,
                                           .after_most = NAN};
    return f;
}

#endif
