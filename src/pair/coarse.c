/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The fingerprints become features at 50 Hz in a few bands (pair/feature.h). The master's
 *    are made for a trial speed.
 * 2. Pieces of 20 s of the master, half overlapping where there is room, are correlated with
 *    the whole mix by FFT, summed over the bands and normalised by the energy of both. At least
 *    half of a piece must lie inside the mix.
 * 3. Local maxima above 0.12 are read between frames by a windowed sinc; up to six of them, a
 *    quarter of a second apart, are the peaks of a piece.
 * 4. A line is laid through every peak at the trial speed, and through every two peaks of
 *    different pieces whose slope is within 0.3 % of it. Its score is the mean over all pieces
 *    of the correlation of the peaks within 50 ms of the line. The best four that lie apart are
 *    kept.
 * 5. With a reach, speeds in steps of 0.3 % are tried with eight pieces each, and the best one
 *    is searched in full.
 * 6. A robust line through the peaks on each line replaces it.
 */
#include "pair/coarse.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/fft.h"
#include "pair/coarse_lines.h"
#include "pair/feature.h"

#include <math.h>
#include <string.h>

enum {
    BANDS = HS_FINGERPRINT_BANDS,
    HZ = HS_FINGERPRINT_HZ,
    APART = HZ / 4, /* frames between two peaks of a piece */
    MOST_PIECES = 72,
    QUICK_PIECES = 8, /* when many speeds are tried */
    STEPS = 8,        /* places between two frames */
    TAPS = 4,         /* frames either side that such a place is read from */
};
static const double piece_s = 20, least_piece_s = 2;
/* Rises of less, rms: tones and silence have none, a held chord that beats 0.4, music 1.8 and up.
 */
static const double steady_db = 0.05;
/* Correlations of less are no peaks. */
static const double least_peak = 0.12;
/* Speeds tried lie this far apart: half of it moves the ends of a piece by 30 ms. */
static const double speed_step = 0.003;

struct search {
    const struct hs_alive *alive;
    struct hs_feature mix;
    struct hs_fft fft;
    float complex *mix_spectrum[BANDS], *sum;
    double *energy; /* running sum over the mix's frames, n + 1 */
    double sinc[STEPS][2 * TAPS];
};

static size_t power_of_two(size_t n)
{
    size_t p = 2;
    while (p < n)
        p *= 2;
    return p;
}

/* Windowed sinc; a whole frame is that frame alone. */
static void sinc_init(double sinc[STEPS][2 * TAPS])
{
    for (int step = 0; step < STEPS; step++)
        for (int k = 0; k < 2 * TAPS; k++) {
            double x = (double)step / STEPS - (double)(k + 1 - TAPS);
            double window = 0.5 + 0.5 * cos(HS_PI * x / (TAPS + 1));
            sinc[step][k] = fabs(x) < 1e-9 ? 1 : step ? window * sin(HS_PI * x) / (HS_PI * x) : 0;
        }
}

/* Spectra of the mix's fingerprint and running energy, for all pieces. */
static void search_init(struct search *s, const char *mix, size_t longest_piece)
{
    sinc_init(s->sinc);
    hs_feature_make(&s->mix, mix, 1);
    hs_fft_init(&s->fft, power_of_two(s->mix.n + 2 * longest_piece + 2));
    size_t bins = s->fft.n / 2 + 1;
    s->sum = hs_aligned(bins, sizeof *s->sum);
    for (size_t b = 0; b < BANDS; b++) {
        s->mix_spectrum[b] = hs_aligned(bins, sizeof *s->sum);
        memset(s->fft.time, 0, s->fft.n * sizeof(float));
        memcpy(s->fft.time, s->mix.x[b], s->mix.n * sizeof(float));
        hs_fft_forward_of(&s->fft, s->fft.time, s->mix_spectrum[b]);
    }
    s->energy = HS_NEW_ARRAY(double, s->mix.n + 1);
    for (size_t i = 0; i < s->mix.n; i++) {
        double e = 0;
        for (size_t b = 0; b < BANDS; b++)
            e += (double)(s->mix.x[b][i] * s->mix.x[b][i]);
        s->energy[i + 1] = s->energy[i] + e;
    }
}

static void search_free(struct search *s)
{
    hs_feature_free(&s->mix);
    hs_fft_free(&s->fft);
    hs_free(s->sum);
    for (size_t b = 0; b < BANDS; b++)
        hs_free(s->mix_spectrum[b]);
    hs_free(s->energy);
}

/* Correlation of the piece with the mix from every frame on (also half outside). */
static double correlate(struct search *s, const struct hs_feature *f, size_t from, size_t len)
{
    size_t bins = s->fft.n / 2 + 1;
    double energy = 0;
    memset(s->sum, 0, bins * sizeof *s->sum);
    for (size_t b = 0; b < BANDS; b++) {
        memset(s->fft.time, 0, s->fft.n * sizeof(float));
        memcpy(s->fft.time, f->x[b] + from, len * sizeof(float));
        for (size_t i = 0; i < len; i++)
            energy += (double)(s->fft.time[i] * s->fft.time[i]);
        hs_fft_forward(&s->fft);
        for (size_t k = 0; k < bins; k++)
            s->sum[k] += s->mix_spectrum[b][k] * conjf(s->fft.freq[k]);
    }
    memcpy(s->fft.freq, s->sum, bins * sizeof *s->sum);
    hs_fft_inverse_by_pairs(&s->fft);
    return energy;
}

/* Normalised correlation at a shift of the piece, 0 where it is not above `least`: its part inside
 * the mix must be half. */
static double score_above(const struct search *s, long shift, size_t len, double energy,
                          double least)
{
    long n = (long)s->mix.n, lo = shift < 0 ? 0 : shift, hi = shift + (long)len;
    hi = hi > n ? n : hi;
    if (hi - lo < (long)len / 2)
        return 0;
    double inside = s->energy[hi] - s->energy[lo];
    double silent = 0.2 * s->energy[n] / (double)n * (double)len; /* nearly */
    size_t at = (size_t)(shift < 0 ? shift + (long)s->fft.n : shift);
    double dot = (double)s->fft.time[at] / (double)s->fft.n;
    double product = (inside > silent ? inside : silent) * energy;
    if (!(product > 0) || (least > 0 && (dot < 0 || dot * dot < least * least * product)))
        return 0;
    return dot / sqrt(product);
}

static double score_at(const struct search *s, long shift, size_t len, double energy)
{
    return score_above(s, shift, len, energy, 0);
}

/* The best places of a piece, the highest first, none beside another. */
static void add_peak(struct hs_piece *p, double at, double score)
{
    size_t i = p->n_peaks;
    for (size_t k = 0; k < p->n_peaks; k++)
        if (fabs(p->mix_s[k] - at) * HZ < APART) {
            if (p->score[k] >= score)
                return;
            for (i = k; i + 1 < p->n_peaks; i++) /* the weaker neighbour is removed */
                p->mix_s[i] = p->mix_s[i + 1], p->score[i] = p->score[i + 1];
            p->n_peaks--;
            break;
        }
    for (i = p->n_peaks; i > 0 && p->score[i - 1] < score; i--)
        if (i < HS_COARSE_PEAKS)
            p->mix_s[i] = p->mix_s[i - 1], p->score[i] = p->score[i - 1];
    if (i == HS_COARSE_PEAKS)
        return;
    p->mix_s[i] = at;
    p->score[i] = score;
    p->n_peaks += p->n_peaks < HS_COARSE_PEAKS;
}

/* The score between two frames: without it, music that repeats between frames would be
 * found at the repeat that happens to lie on a frame. */
static double score_between(const struct search *s, long whole, int step, size_t len, double energy)
{
    double sum = 0;
    for (int k = 0; k < 2 * TAPS; k++) {
        long at = whole + 1 - TAPS + k;
        sum += s->sinc[step][k] * (at < (long)s->mix.n ? score_at(s, at, len, energy) : 0);
    }
    return sum;
}

/* The best place within half a frame of a local maximum. */
static double refine_peak(const struct search *s, long shift, size_t len, double energy, double *at)
{
    double best = 0;
    for (int k = -STEPS / 2; k <= STEPS / 2; k++) {
        const int step = (k + STEPS) % STEPS;
        double score = score_between(s, k < 0 ? shift - 1 : shift, step, len, energy);
        if (score > best) {
            best = score;
            *at = (double)shift + (double)k / STEPS;
        }
    }
    return best;
}

/* Every place in the mix where this piece of the master correlates. */
static void find_piece(struct search *s, const struct hs_feature *f, size_t from, size_t len,
                       double speed, struct hs_piece *p)
{
    double energy = correlate(s, f, from, len);
    *p = (struct hs_piece){.master_s = ((double)from + (double)len / 2) / HZ / speed,
                           .len_s = (double)len / HZ / speed};
    double a = 0, b = 0;
    for (long shift = -(long)(len / 2); shift < (long)s->mix.n; shift++) {
        double c = score_above(s, shift, len, energy, least_peak);
        if (b > least_peak && b >= a && b > c) {
            double at = (double)shift - 1;
            double score = refine_peak(s, shift - 1, len, energy, &at);
            add_peak(p, (at + (double)len / 2) / HZ, fmin(score, 1));
        }
        a = b, b = c;
    }
}

static size_t piece_frames(size_t frames)
{
    size_t len = (size_t)(piece_s * HZ), least = (size_t)(least_piece_s * HZ);
    if (frames / 3 < len)
        len = frames / 3;
    return len < least ? (frames < least ? frames : least) : len;
}

/* Pieces that overlap over the whole master. */
static void find_pieces(struct search *s, const char *master, double speed, size_t most,
                        struct hs_coarse *out)
{
    struct hs_feature f;
    hs_feature_make(&f, master, speed);
    out->steady = fmin(f.rise_db, s->mix.rise_db) < steady_db;
    size_t len = piece_frames(f.n), room = f.n - len;
    size_t n = 1 + room / (len / 2 > 0 ? len / 2 : 1);
    n = n > most ? most : n;
    hs_free(out->pieces);
    out->pieces = HS_NEW_ARRAY(struct hs_piece, n);
    out->n_pieces = n;
    for (size_t i = 0; i < n; i++) {
        find_piece(s, &f, n > 1 ? room * i / (n - 1) : 0, len, speed, &out->pieces[i]);
        hs_alive_tell(s->alive, 1, 0);
    }
    hs_feature_free(&f);
}

/* Few pieces at each speed: which lays the best line? */
static double best_speed(struct search *s, const char *master, double reach)
{
    struct hs_coarse c = {0};
    double best = 0, speed = 1;
    int n = (int)ceil(log1p(reach) / speed_step);
    for (int i = -n; i <= n; i++) {
        double tried = exp(i * speed_step);
        find_pieces(s, master, tried, QUICK_PIECES, &c);
        hs_coarse_lay_lines(&c, tried, speed_step);
        if (c.n_lines && c.score[0] > best)
            best = c.score[0], speed = tried;
    }
    hs_coarse_free(&c);
    return speed;
}

/* Nothing for files of under a second. */
void hs_coarse_search(const char *mix, const char *master, double reach,
                      const struct hs_alive *alive, struct hs_coarse *out)
{
    struct search s = {.alive = alive};
    *out = (struct hs_coarse){0};
    if (hs_fingerprint_frames(mix) < HZ || hs_fingerprint_frames(master) < HZ)
        return;
    search_init(&s, mix, (size_t)(piece_s * HZ));
    double speed = reach > 0 ? best_speed(&s, master, reach) : 1;
    find_pieces(&s, master, speed, MOST_PIECES, out);
    hs_coarse_lay_lines(out, speed, speed_step);
    hs_coarse_polish(out);
    search_free(&s);
}

void hs_coarse_free(struct hs_coarse *c)
{
    hs_free(c->pieces);
    *c = (struct hs_coarse){0};
}
