/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the content ends: the cliff that an encoder's or resampler's low-pass leaves in the
 * long-term spectrum. Music that fades towards the top has none.
 * 1. Frames beside digital silence or at the ends of the file are taken off the long-term
 *    spectrum: a hard edge there spreads over all frequencies.
 * 2. The spectrum is smoothed by a moving mean of 200 Hz and given in dB relative to the 1 kHz
 *    octave.
 * 3. A cliff is a fall of at least 20 dB within 500 Hz to below -40 dB, above which nothing
 *    comes back. The deepest one counts. The bandwidth is where the spectrum, from its top on,
 *    falls below -40 dB (or 6 dB below the top, if that is lower).
 * 4. The lower rate that the music came from: by a mirror image (analyser of images); else the
 *    usual rate at whose Nyquist the cliff lies, unless an encoder could have made it; else,
 *    without a cliff, by the gentle slope of a short resampling filter.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/longterm.h"

#include <math.h>

#define CLIFF_HZ 500   /* the width of a cliff ... */
#define CLIFF_DB 20    /* ... and its height; music alone does not fall so fast */
#define BELOW_DB 40    /* what is this far below the 1 kHz octave is gone */
#define SMOOTH_HZ 100  /* half the width of the moving mean */
#define LOWEST_HZ 3000 /* content that ends below is a matter of tone */
/* Resamplers pass 87 to 100 % of the lower Nyquist; the wider end is libswresample's. */
#define PASS_LOW 0.87
#define PASS_HIGH 1.005
/* Encoders, FM and old samplers stop between these too, so that 24 and 32 kHz material cannot
 * be told from theirs: the rates that can are those whose Nyquist stays below or above. */
#define LOSSY_LOW_HZ 12100
#define LOSSY_HIGH_HZ 20900

/* Where the music is cut off, at the ends of the file or beside digital silence, the edge
 * splatters over all frequencies and hides what ends there: frames that hold one are left
 * out. An edge lies in two frames on either side of silence. */
enum { HELD = 2, FEWEST = 20 };
#define SILENT_POWER 1e-12f

struct held {
    float *power; /* left and right together */
    bool edge, used;
};

struct state {
    size_t n_bins;
    double hop_s;
    struct held held[HELD]; /* the last frames, as an edge may follow */
    int64_t n_frames, n_edges, n_since_silence;
    double *edges; /* their sum */
};

struct curve {
    double *db; /* smoothed density relative to the 1 kHz octave */
    size_t n;
    double bin_hz;
};

/* A frame that is known to be at an edge goes into the sum that is taken off. */
static void drop_oldest(struct state *s, struct held *h)
{
    if (h->used && h->edge) {
        s->n_edges++;
        for (size_t i = 0; i < s->n_bins; i++)
            s->edges[i] += (double)h->power[i];
    }
    h->used = false;
}

static void prepare(struct state *s, const struct hs_spectrum *f)
{
    s->n_bins = f->n_bins;
    s->hop_s = f->hop_s;
    s->edges = HS_NEW_ARRAY(double, f->n_bins);
    for (int i = 0; i < HELD; i++)
        s->held[i].power = HS_NEW_ARRAY(float, f->n_bins);
}

/* The last two frames are held back: silence that follows shows that they lie at an edge, as it
 * does with frames right behind it. */
static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST)
        return;
    if (!s->n_bins)
        prepare(s, f);
    float total = 0;
    for (size_t b = 0; b < HS_BANDS; b++)
        total += f->bands[b].left + f->bands[b].right;
    struct held *h = &s->held[s->n_frames++ % HELD];
    drop_oldest(s, h);
    bool silent = total < SILENT_POWER;
    for (int i = 0; i < HELD && silent; i++)
        s->held[i].edge = true;
    s->n_since_silence = silent ? 0 : s->n_since_silence + 1;
    h->edge = silent || s->n_since_silence <= HELD;
    h->used = true;
    for (size_t i = 0; i < f->n_bins; i++)
        h->power[i] = f->power_left[i] + f->power_right[i];
}

/* Sum of a bin over both channels, without the frames at edges: those at the end of the file
 * are known now. */
static void leave_out_edges(struct state *s, const struct hs_longterm *lt, double duration_s,
                            double *sum)
{
    for (int i = 0; i < HELD; i++) {
        s->held[i].edge = true;
        drop_oldest(s, &s->held[i]);
    }
    bool enough = s->n_frames - s->n_edges >= FEWEST;
    for (size_t k = 0; k < lt->n_fast; k++) {
        sum[k] = lt->fast[HS_LT_LEFT][k] + lt->fast[HS_LT_RIGHT][k];
        if (enough && k < s->n_bins)
            sum[k] = fmax(0, sum[k] - s->edges[k] * s->hop_s / duration_s);
    }
}

/* A moving mean of 200 Hz, in dB relative to the octave about 1 kHz. */
static void smooth(struct curve *c, const struct hs_longterm *lt, const double *sum)
{
    c->n = lt->n_fast;
    c->bin_hz = lt->fast_bin_hz;
    c->db = HS_NEW_ARRAY(double, c->n);
    size_t from_k = (size_t)(1000 / sqrt(2) / c->bin_hz),
           to_k = (size_t)(1000 * sqrt(2) / c->bin_hz);
    double octave = 0;
    for (size_t k = from_k; k <= to_k; k++)
        octave += sum[k] / (double)(to_k - from_k + 1);
    for (size_t i = 0; i < c->n; i++) {
        double from = ((double)i + 0.5) * c->bin_hz - SMOOTH_HZ;
        from = fmax(from - 0.5 * c->bin_hz, 0);
        double to = fmin(from + 2 * SMOOTH_HZ, lt->rate_hz / 2);
        size_t a = (size_t)(from / c->bin_hz), b = (size_t)(to / c->bin_hz);
        double power = 0;
        for (size_t k = a; k <= b && k < c->n; k++)
            power += sum[k] / (double)(b - a + 1);
        c->db[i] = hs_db_from_power(fmax(power / octave, 1e-20));
    }
}

/* The steepest fall to a level from which nothing comes back; 0 where there is none. */
static size_t find_cliff(const struct curve *c, double *drop_db)
{
    size_t width = (size_t)(CLIFF_HZ / c->bin_hz), best = 0;
    *drop_db = 0;
    double above = -INFINITY; /* the highest level from the foot of the cliff up */
    size_t lowest = (size_t)(LOWEST_HZ / c->bin_hz);
    for (size_t i = c->n - 1; i > width + lowest; i--) {
        above = fmax(above, c->db[i]);
        size_t top = i - width;
        double drop = c->db[top] - c->db[i];
        if (above > -BELOW_DB || above > c->db[top] - CLIFF_DB)
            continue;
        if (drop > *drop_db)
            *drop_db = drop, best = top;
    }
    return *drop_db >= CLIFF_DB ? best : 0;
}

/* The level a little below the cliff over the floor above it. */
static double depth(const struct curve *c, double hz)
{
    size_t from = (size_t)((hz - 700) / c->bin_hz), to = (size_t)((hz - 200) / c->bin_hz);
    size_t floor_from = (size_t)((hz + 600) / c->bin_hz);
    double below = 0, above = 0;
    for (size_t i = from; i < to; i++)
        below += c->db[i] / (double)(to - from);
    if (floor_from >= c->n)
        floor_from = c->n - 1;
    for (size_t i = floor_from; i < c->n; i++)
        above += c->db[i] / (double)(c->n - floor_from);
    return below - above;
}

/* The usual lower rate whose resampler would stop just there. */
static double lower_rate(double cliff_hz, double rate_hz)
{
    static const double rates[] = {8000,  11025, 12000, 16000, 22050, 24000,
                                   32000, 44100, 48000, 88200, 96000};
    bool by_encoder = cliff_hz > LOSSY_LOW_HZ && cliff_hz < LOSSY_HIGH_HZ && rate_hz <= 48000;
    for (size_t i = 0; i < sizeof rates / sizeof *rates && !by_encoder; i++)
        if (rates[i] < 0.95 * rate_hz && cliff_hz > PASS_LOW * rates[i] / 2 &&
            cliff_hz < PASS_HIGH * rates[i] / 2)
            return rates[i];
    return NAN;
}

/* Of the smoothed curve between two frequencies. */
static double mean_db(const struct curve *c, double from_hz, double to_hz)
{
    double sum = 0, n = 0;
    for (size_t i = (size_t)(from_hz / c->bin_hz); i < c->n && (double)i * c->bin_hz < to_hz; i++)
        sum += c->db[i], n++;
    return sum / n;
}

/* A short resampling filter (FFmpeg's is one) makes no cliff but a slope that begins before
 * the lower Nyquist, passes it and ends on a flat floor by 1.2 of it. */
static double gently_from(const struct curve *c, double rate_hz)
{
    static const double rates[] = {22050, 24000, 44100, 48000, 88200, 96000};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        double edge = rates[i] / 2;
        if (1.4 * edge > rate_hz / 2)
            continue;
        double before = mean_db(c, 0.7 * edge, 0.8 * edge),
               below = mean_db(c, 0.8 * edge, 0.9 * edge);
        double at = mean_db(c, 0.98 * edge, 1.02 * edge),
               floor = mean_db(c, 1.2 * edge, 1.3 * edge);
        double rest = mean_db(c, 1.3 * edge, rate_hz / 2);
        if (before - below < 8 && below - at < 25 && at - floor > 30 && fabs(rest - floor) < 8)
            return rates[i];
    }
    return NAN;
}

/* A mirror image is the surest sign, then a cliff, then a slope. */
static void put_lower_rate(struct hs_values *v, double by_curve, const char *why)
{
    double rate_hz = hs_values_or_nan(v, "mirrored_from_hz");
    rate_hz = isfinite(rate_hz) ? rate_hz : by_curve;
    if (isfinite(rate_hz))
        hs_values_number(v, "upsampled_from_hz", rate_hz);
    else
        hs_values_absent(v, "upsampled_from_hz", "%s", why);
}

/* The bandwidth is where the fall from the top of the cliff passes the limit, not its top. */
static void put_cliff(const struct hs_longterm *lt, const struct curve *c, struct hs_values *v)
{
    double drop, hz = lt->rate_hz / 2;
    size_t top = find_cliff(c, &drop);
    if (!top) {
        hs_values_number(v, "bandwidth_hz", hz);
        hs_values_absent(v, "cliff_db", "no cliff");
        put_lower_rate(v, gently_from(c, lt->rate_hz), "no cliff");
        return;
    }
    double limit = fmin(-BELOW_DB, c->db[top] - 6);
    for (size_t i = top; i < c->n && c->db[i] >= limit; i++)
        hz = (double)i * c->bin_hz;
    hs_values_number(v, "bandwidth_hz", hz);
    hs_values_number(v, "cliff_db", depth(c, hz));
    put_lower_rate(v, lower_rate(hz, lt->rate_hz), "no lower rate ends there");
}

/* Nothing can be said below 8 kHz of rate, or where the octave around 1 kHz, to which all is
 * relative, is empty. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    struct hs_longterm lt;
    const char *why;
    bool any = hs_longterm_read(v, &lt, &why);
    if (any && (lt.rate_hz < 8000 || hs_longterm_total(&lt, 707, 1414) < 1e-6 * lt.power)) {
        why = lt.rate_hz < 8000 ? "sample rate too low" : "no signal around 1 kHz";
        any = false;
    }
    if (!any) {
        hs_values_absent(v, "bandwidth_hz", "%s", why);
        hs_values_absent(v, "cliff_db", "%s", why);
        hs_values_absent(v, "upsampled_from_hz", "%s", why);
        return;
    }
    struct curve c;
    double *sum = HS_NEW_ARRAY(double, lt.n_fast + 1);
    leave_out_edges(state, &lt, (double)n_frames / stream->sample_rate_hz, sum);
    smooth(&c, &lt, sum);
    put_cliff(&lt, &c, v);
    hs_free(c.db);
    hs_free(sum);
}

static void stop(void *state)
{
    struct state *s = state;
    hs_free(s->edges);
    for (int i = 0; i < HELD; i++)
        hs_free(s->held[i].power);
}

static const struct hs_measure measures[] = {
    {"bandwidth_hz", "Hz", HS_NUMBER, 0, 0, HS_IN_JSON, "bandwidth",
     "Highest frequency before the long-term spectrum falls, within 500 Hz, by at least 20 dB "
     "to 40 dB below its mean of the 1 kHz octave and stays there; Nyquist where it does "
     "not.",
     "compare Alonso-Jimenez et al., AES 146 (2019), bandwidth detectors"},
    {"cliff_db", "dB", HS_NUMBER, 0, 0, HS_IN_JSON, "height of the cliff",
     "Mean density of the 500 Hz below the bandwidth over that of everything above it.", ""},
    {"upsampled_from_hz", "Hz", HS_NUMBER, 0, 0, HS_IN_JSON, "lower rate it came from",
     "The usual lower sample rate whose Nyquist (87 to 100 % of it) is where the content "
     "stops, around which a steep slope leads down to a flat floor, or which is the mirror of an "
     "image (mirrored_from_hz). Up to 48 kHz a stop between 12.1 and 20.9 kHz says nothing: "
     "encoders, broadcast and old samplers end there too.",
     ""},
};

static const char *const sources[] = {"longterm", NULL};
static const char *const read_from[] = {"images", NULL};

const struct hs_analyser hs_analyser_bandwidth = {
    .name = "bandwidth",
    .version = 2,
    .stage = 1,
    .reads = read_from,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
