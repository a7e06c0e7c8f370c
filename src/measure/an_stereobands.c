/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Width, correlation, balance and what mono loses, band by band, over the whole programme:
 * powers of left, right, mid and side of the long-term spectrum (measure/longterm.h), summed
 * over five bands, over the bass (20 to 120 Hz) and over the middle (300 Hz to 4 kHz).
 * Correlation is (mid - side) over the root of left times right. Bands 80 dB below the
 * programme have no values.
 */
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/longterm.h"

#include <math.h>

/* A band this far below the programme holds nothing that could be wide or narrow. */
#define EMPTY_DB (-80)

struct powers {
    double left, right, mid, side;
};

/* Powers between two frequencies. */
static struct powers read(const struct hs_longterm *lt, double low, double high)
{
    return (struct powers){
        hs_longterm_band(lt, HS_LT_LEFT, low, high), hs_longterm_band(lt, HS_LT_RIGHT, low, high),
        hs_longterm_band(lt, HS_LT_MID, low, high), hs_longterm_band(lt, HS_LT_SIDE, low, high)};
}

/* mid - side is the real part of the cross spectrum: no small difference of large sums
 * where it matters, at +1 and at -1. */
static double correlation(const struct powers *p)
{
    double norm = sqrt(p->left * p->right);
    return norm > 0 ? fmax(-1, fmin(1, (p->mid - p->side) / norm)) : NAN;
}

static double ratio_db(double a, double b)
{
    return a > 0 && b > 0 ? hs_db_from_power(a / b) : NAN;
}

/* What folding down to mono, at equal power of the channels' mean, takes away. */
static double mono_loss(const struct powers *p)
{
    return ratio_db((p->left + p->right) / 2, p->mid);
}

static void put(struct hs_values *v, const char *key, double x, const char *why)
{
    if (isfinite(x))
        hs_values_number(v, key, x);
    else
        hs_values_absent(v, key, "%s", why);
}

/* Absent where no band has a value. */
static void put_array(struct hs_values *v, const char *key, const double *x, const char *why)
{
    for (size_t i = 0; i < HS_STEREO_BANDS; i++)
        if (isfinite(x[i])) {
            hs_values_array(v, key, x, HS_STEREO_BANDS);
            return;
        }
    hs_values_absent(v, key, "%s", why);
}

/* Bands beyond Nyquist have no value at all; those that are nearly empty have only their share. */
static void put_bands(const struct hs_longterm *lt, struct hs_values *v)
{
    double r[HS_STEREO_BANDS], width[HS_STEREO_BANDS], balance[HS_STEREO_BANDS];
    double loss[HS_STEREO_BANDS], share[HS_STEREO_BANDS];
    const double *edge = hs_stereo_band_edges_hz();
    for (size_t b = 0; b < HS_STEREO_BANDS; b++) {
        r[b] = width[b] = balance[b] = loss[b] = share[b] = NAN;
        struct powers p = read(lt, edge[b], edge[b + 1]);
        double power = (p.left + p.right) / 2;
        if (lt->rate_hz / 2 <= edge[b])
            continue;
        share[b] = power / lt->power;
        if (power < lt->power * hs_power_from_db(EMPTY_DB))
            continue;
        r[b] = correlation(&p);
        width[b] = ratio_db(p.side, p.mid);
        balance[b] = ratio_db(p.left, p.right);
        loss[b] = mono_loss(&p);
    }
    put_array(v, "band_correlation", r, "one channel is silent");
    put_array(v, "side_mid_bands_db", width, "no side");
    put_array(v, "band_balance_db", balance, "one channel is silent");
    put_array(v, "mono_loss_bands_db", loss, "no mid");
    put_array(v, "band_share", share, "no signal");
}

/* Bass and middle as single numbers, for rules. */
static void put_ranges(const struct hs_longterm *lt, struct hs_values *v)
{
    struct powers bass = read(lt, 20, 120), sides = read(lt, 300, 4000);
    const char *why = "no bass";
    if ((bass.left + bass.right) / 2 < lt->power * hs_power_from_db(EMPTY_DB))
        bass = (struct powers){0};
    else
        why = "no side below 120 Hz";
    put(v, "bass_side_mid_db", ratio_db(bass.side, bass.mid), why);
    put(v, "bass_correlation", correlation(&bass), "no bass in both channels");
    put(v, "sides_mid_db", ratio_db(sides.side, sides.mid), "no side between 300 Hz and 4 kHz");
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)state, (void)stream, (void)n_frames;
    static const char *const keys[] = {
        "band_correlation", "side_mid_bands_db", "band_balance_db",  "mono_loss_bands_db",
        "band_share",       "bass_side_mid_db",  "bass_correlation", "sides_mid_db"};
    struct hs_longterm lt;
    const char *why;
    if (hs_longterm_read(v, &lt, &why)) {
        put_bands(&lt, v);
        put_ranges(&lt, v);
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        hs_values_absent(v, keys[i], "%s", why);
}

#define BANDS "20-120, 120-500, 500-2k, 2k-8k and 8k-16k Hz"

static const struct hs_measure measures[] = {
    {"band_correlation", "", HS_ARRAY, HS_STEREO_BANDS, 2, HS_IN_JSON, "correlation by band",
     "Sum of L R over the root of the sums of L^2 and R^2 in " BANDS "; absent where a band "
     "is 80 dB below the programme.",
     "Pearson's coefficient without mean, in bands"},
    {"side_mid_bands_db", "dB", HS_ARRAY, HS_STEREO_BANDS, 1, HS_IN_JSON, "width by band",
     "Power of (L - R) / 2 over that of (L + R) / 2 in " BANDS ".", ""},
    {"band_balance_db", "dB", HS_ARRAY, HS_STEREO_BANDS, 1, HS_IN_JSON, "balance by band",
     "Power of left over that of right in " BANDS ".", ""},
    {"mono_loss_bands_db", "dB", HS_ARRAY, HS_STEREO_BANDS, 1, HS_IN_JSON, "mono loss by band",
     "Mean power of the channels over that of their mean in " BANDS ": what a mono player "
     "loses.",
     ""},
    {"band_share", "", HS_ARRAY, HS_STEREO_BANDS, 3, HS_IN_STORE, "share of the power",
     "Share of the programme's power in " BANDS ".", ""},
    {"bass_side_mid_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "width of the bass",
     "Power of (L - R) / 2 over that of (L + R) / 2 in 20-120 Hz, so loud bass counts most.", ""},
    {"bass_correlation", "", HS_NUMBER, 0, 2, HS_IN_JSON, "correlation of the bass",
     "Correlation of left and right in 20-120 Hz, weighted by energy.", ""},
    {"sides_mid_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "width of the middle",
     "Power of (L - R) / 2 over that of (L + R) / 2 in 300 Hz-4 kHz, where guitars and keys "
     "are.",
     ""},
};

static const char *const sources[] = {"longterm", NULL};

const struct hs_analyser hs_analyser_stereobands = {
    .name = "stereobands",
    .version = 1,
    .stage = 1,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
