/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each third octave of the old file has a power and, by the five bands of stereo that it lies in,
 * shares of left and right, mid and side. The equalisation is put on the powers, and width and
 * balance are read of the sums again: a cut of a bass in the middle makes the whole wider. Noise
 * and hum, which are relative to the programme, move as far as the equalisation moves their bands
 * against the programme.
 */
#include "catalogue/side_effects_curve.h"

#include "core/num.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

/* Third octaves by index: 20 Hz is 0, 1 kHz is 17. */
enum { B50 = 4, B100 = 7, B200 = 10, B315 = 12, B4000 = 23, B8000 = 26 };

struct old_file {
    const double *bands_db, *eq_db, *correlation, *balance_db;
    const struct hs_fader_moves *faders;
    double by_faders_db[HS_BANDS]; /* what of eq_db follows from them */
};

/* The powers of left, right, mid and side over third octaves first .. last, before (eq: false) or
 * behind the equalisation; all on one scale. */
struct powers {
    double left, right, mid, side;
};

/* What faders add to a third octave of this power. */
static void add_faders(const struct old_file *f, size_t b, double both, struct powers *p)
{
    for (size_t i = 0; i < f->faders->n; i++) {
        const struct hs_fader_moved *m = &f->faders->items[i];
        const double gain = m->gone ? 0 : isfinite(m->db) ? hs_power_from_db(m->db) : 1;
        const double more = m->share[b] * both * (gain - 1);
        p->left += m->left * more;
        p->right += (1 - m->left) * more;
        p->mid += m->middle * more;
        p->side += (1 - m->middle) * more;
    }
}

/* The band of stereo that a third octave lies in. */
static size_t stereo_band_of(double hz)
{
    static const double ends_hz[] = {120, 500, 2000, 8000};
    size_t i = 0;
    while (i < sizeof ends_hz / sizeof *ends_hz && hz >= ends_hz[i])
        i++;
    return i;
}

/* Before, or behind the faders and what of the equalisation they do not explain. */
static struct powers sum_up(const struct old_file *f, size_t first, size_t last, bool behind)
{
    struct powers p = {0};
    for (size_t b = first; b <= last; b++) {
        size_t at = stereo_band_of(hs_band_hz(b));
        double both = hs_power_from_db(f->bands_db[b]);
        double ratio = hs_power_from_db(f->balance_db[at]);
        double left = both * ratio / (1 + ratio), right = both - left;
        double shared = f->correlation[at] * sqrt(left * right);
        double by = behind ? hs_power_from_db(f->eq_db[b] - f->by_faders_db[b]) : 1;
        if (!isfinite(shared) || !isfinite(f->eq_db[b])) /* left out before and behind */
            continue;
        struct powers x = {left, right, both / 2 + shared, both / 2 - shared};
        if (behind)
            add_faders(f, b, both, &x);
        p.left += by * fmax(x.left, 0);
        p.right += by * fmax(x.right, 0);
        p.mid += by * fmax(x.mid, 0);
        p.side += by * fmax(x.side, 0);
    }
    return p;
}

static double width_db(const struct powers *p)
{
    return hs_db_from_power(p->side / p->mid);
}

static double of_width(const struct old_file *f, size_t first, size_t last)
{
    if (!f->correlation || !f->balance_db)
        return NAN;
    struct powers was = sum_up(f, first, last, false), is = sum_up(f, first, last, true);
    return width_db(&is) - width_db(&was);
}

static double of_whole_width(const struct old_file *f)
{
    return of_width(f, 0, HS_BANDS - 1);
}

static double of_sides(const struct old_file *f)
{
    return of_width(f, B315, B4000);
}

static double of_bass_width(const struct old_file *f)
{
    return of_width(f, 0, B100);
}

static double of_balance(const struct old_file *f)
{
    if (!f->correlation || !f->balance_db)
        return NAN;
    struct powers was = sum_up(f, 0, HS_BANDS - 1, false), is = sum_up(f, 0, HS_BANDS - 1, true);
    return hs_db_from_power(is.left / is.right) - hs_db_from_power(was.left / was.right);
}

/* How far these bands moved against the whole. */
static double of_bands(const struct old_file *f, size_t first, size_t last)
{
    double was = 0, is = 0, all_was = 0, all_is = 0;
    for (size_t b = 0; b < HS_BANDS; b++) {
        double before = hs_power_from_db(f->bands_db[b]), gain = hs_power_from_db(f->eq_db[b]);
        if (!isfinite(before * gain))
            continue;
        all_was += before;
        all_is += before * gain;
        was += b >= first && b <= last ? 1 : 0;
        is += b >= first && b <= last ? gain : 0;
    }
    return hs_db_from_power(is / was) - hs_db_from_power(all_is / all_was);
}

static double of_noise(const struct old_file *f)
{
    return of_bands(f, B4000, B8000);
}

static double of_hum(const struct old_file *f)
{
    return of_bands(f, B50, B200);
}

static const struct {
    const char *rule;
    double (*change)(const struct old_file *f);
} hangs_on_tone[] = {{"wide", of_whole_width}, {"narrow", of_whole_width},
                     {"sides_wide", of_sides}, {"bass_wide", of_bass_width},
                     {"lopsided", of_balance}, {"noisy", of_noise},
                     {"hum", of_hum}};

double hs_side_effects_of_curve(const struct hs_rule *rule, const struct hs_values *old,
                                const struct hs_values *pair, const struct hs_fader_moves *faders)
{
    struct old_file f = {.faders = faders,
                         .bands_db = hs_values_doubles(old, "bands_db", HS_BANDS),
                         .eq_db = hs_values_doubles(pair, "eq_db", HS_BANDS),
                         .correlation = hs_values_doubles(old, "band_correlation", HS_STEREO_BANDS),
                         .balance_db = hs_values_doubles(old, "band_balance_db", HS_STEREO_BANDS)};
    hs_fader_moves_eq(faders, f.by_faders_db);
    for (size_t i = 0; f.bands_db && f.eq_db && i < sizeof hangs_on_tone / sizeof *hangs_on_tone;
         i++)
        if (!strcmp(hangs_on_tone[i].rule, rule->id)) {
            double change = hangs_on_tone[i].change(&f);
            return isfinite(change) ? change : 0;
        }
    return 0;
}
