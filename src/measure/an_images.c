/* SPDX-License-Identifier: Apache-2.0 */
/* Mirror images: an upsampler with a short filter leaves, above the old Nyquist frequency, the
 * spectrum below it once more, upside down. Image and original move together from frame to
 * frame; two bands of music do not. */
#include "core/num.h"
#include "dsp/spectral.h"
#include "measure/analyser.h"

#include <math.h>

/* Pairs of bands at these distances from the mirror, as shares of its frequency: at 22.05 kHz
 * 300 to 1500 Hz, which is all that fits below 24 kHz. */
static const double distances[] = {0.0136, 0.0272, 0.0408, 0.0544, 0.068};
enum { PAIRS = sizeof distances / sizeof *distances, MOST_MIRRORS = 8, BINS = 5 };
static const double rates_hz[] = {16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000};

#define HEARD 1e-14f  /* power of a band that is not rounding noise */
#define STEADY_DB 2.2 /* spread of the ratio; two bands of noise have 4 and more */
enum { FEWEST = 100, WANTED = 4 };

struct spread {
    double n, sum, squares;
};

struct mirror {
    double rate_hz;
    struct hs_span_bins below[PAIRS], above[PAIRS];
    struct spread below_db[PAIRS], ratio_db[PAIRS];
};

struct state {
    bool ready;
    int n;
    struct mirror mirror[MOST_MIRRORS];
};

static void spread_add(struct spread *s, double x)
{
    s->n++;
    s->sum += x;
    s->squares += x * x;
}

static double variance(const struct spread *s)
{
    double mean = s->sum / s->n;
    return s->squares / s->n - mean * mean;
}

/* Five bins about a frequency. */
static struct hs_span_bins around(double hz, const struct hs_spectrum *f)
{
    double half = BINS * f->bin_hz / 2;
    return hs_span_bins(hz - half, hz + half, f->bin_hz, f->n_bins);
}

/* Mirrors whose pairs of bands lie below Nyquist. */
static void prepare(struct state *s, const struct hs_spectrum *f)
{
    double nyquist_hz = f->bin_hz * (double)(f->n_bins - 1);
    s->ready = true;
    for (size_t i = 0; i < sizeof rates_hz / sizeof *rates_hz; i++) {
        double edge = rates_hz[i] / 2;
        if (edge * (1 + distances[PAIRS - 1]) + BINS * f->bin_hz > nyquist_hz)
            continue;
        struct mirror *m = &s->mirror[s->n++];
        m->rate_hz = rates_hz[i];
        for (int p = 0; p < PAIRS; p++) {
            m->below[p] = around(edge * (1 - distances[p]), f);
            m->above[p] = around(edge * (1 + distances[p]), f);
        }
    }
}

/* The left channel does: an upsampler treats both alike. */
static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST)
        return;
    if (!s->ready)
        prepare(s, f);
    for (int i = 0; i < s->n; i++)
        for (int p = 0; p < PAIRS; p++) {
            struct mirror *m = &s->mirror[i];
            float below = hs_span_sum(&m->below[p], f->power_left);
            float above = hs_span_sum(&m->above[p], f->power_left);
            if (above < HEARD || below < HEARD)
                continue;
            spread_add(&m->below_db[p], hs_db_from_power((double)below));
            spread_add(&m->ratio_db[p], hs_db_from_power((double)above / (double)below));
        }
}

/* Bands that move, whose ratio stays, and which are weaker above than below. */
static int steady_pairs(const struct mirror *m)
{
    int n = 0;
    for (int p = 0; p < PAIRS; p++)
        n += m->ratio_db[p].n >= FEWEST && m->ratio_db[p].sum < 0 &&
             variance(&m->ratio_db[p]) < STEADY_DB * STEADY_DB &&
             variance(&m->below_db[p]) > STEADY_DB * STEADY_DB;
    return n;
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    const struct state *s = state;
    for (int i = 0; i < s->n; i++)
        if (steady_pairs(&s->mirror[i]) >= WANTED) {
            hs_values_number(v, "mirrored_from_hz", s->mirror[i].rate_hz);
            return;
        }
    hs_values_absent(v, "mirrored_from_hz", "no mirror image");
}

static const struct hs_measure measures[] = {
    {"mirrored_from_hz", "Hz", HS_NUMBER, 0, 0, HS_IN_JSON, "lower rate by its mirror image",
     "The usual lower sample rate whose Nyquist frequency is a mirror: in 4 of 5 pairs of bands "
     "(five bins wide, up to 6.8 % away on either side) the ratio of the two powers spreads by "
     "less than 2.2 dB over the frames, while they themselves move.",
     ""},
};

const struct hs_analyser hs_analyser_images = {
    .name = "images",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
};
