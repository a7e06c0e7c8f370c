/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The time of the mix is followed through the master in chunks of 20 s, with a knot every 2048
 * frames:
 * 1. Around each knot 4096 frames of the master are correlated with the mix, phase transform,
 *    46 ms either way. The height of the correlation per 4 frames of lag is the score of a
 *    state.
 * 2. Viterbi's algorithm finds the path of the highest sum of scores whose speed stays within
 *    1.5 %. Each change of state costs; three costs are tried, and the path whose knots agree
 *    best after one refinement is kept.
 * 3. Two more rounds read the mix along the path and correlate what is left, within 32 and 16
 *    frames. The path is smoothed by a parabola over 4 knots on either side, weighted by
 *    distance and by the height of the peak. In the last round only the correction is smoothed
 *    (Tukey's twicing).
 * 4. The next chunk begins 8 knots earlier and is centred on the last knot.
 * 5. A straight line through all knots is added to the time map; what is left of the knots is
 *    the wow.
 */
#include "pair/wow_follow.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gcc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PIECE = 4096,      /* frames compared at once: 93 ms, over which wow is a straight line */
    HOP = PIECE / 2,   /* between knots */
    REACH = PIECE / 2, /* of the first search, either way: 46 ms */
    STATE = 4,         /* frames per step of the first search */
    STATES = 2 * REACH / STATE + 1,
    KNOTS = 430, /* of a chunk: 20 s */
    NEAR = 4,    /* knots either side that a knot is smoothed over */
    ROUNDS = 3,
};
/* Speed may be off by this much. */
static const double most_wow = 0.015;
/* What a step of the first search costs, in the measure of its scores (peak over rms): keeps
 * the path from leaping by a period of a tone. For slow and for fast wow; what agrees
 * better stays. */
static const float bend_costs[] = {3, 0.8f, 0.2f};
enum { WAYS = sizeof bend_costs / sizeof *bend_costs };
/* Reaches of the rounds after the first, in frames, and what a peak must stand out by. */
static const long reach_of[ROUNDS] = {96, 32, 16};
static const double stands_out_z = 5;
/* Of the weights by which knots nearby are smoothed, in knots. */
static const double smooth_knots = 1.6;
static const double low_hz = 100, high_hz = 8000;

/* A chunk of both files, the wanted part of each. */
struct chunk {
    double master_s, mix_s; /* of the first frame of each */
    size_t n, n_mix;
    float *master, *mix;
};

struct follower {
    struct hs_time_map line;
    double rate_hz, mix_hz;
    struct hs_gcc wide, narrow; /* of the first search; of the others */
    float complex *x, *y;
    float *piece, *window;
    struct chunk chunk;
    double late_s[KNOTS], weight[KNOTS];
    float *score; /* KNOTS rows of STATES */
    unsigned short *from;
};

static void follower_init(struct follower *f, struct hs_time_map line, double rate_hz,
                          double mix_hz)
{
    *f = (struct follower){.line = line, .rate_hz = rate_hz, .mix_hz = mix_hz};
    hs_gcc_init(&f->wide, PIECE + 2 * REACH, rate_hz, low_hz, high_hz);
    hs_gcc_init(&f->narrow, PIECE, rate_hz, low_hz, high_hz);
    f->x = hs_aligned(PIECE + REACH + 1, sizeof *f->x);
    f->y = hs_aligned(PIECE + REACH + 1, sizeof *f->y);
    f->piece = hs_aligned(PIECE + 2 * REACH, sizeof(float));
    f->window = hs_aligned(PIECE, sizeof(float));
    hs_window_hann(f->window, PIECE);
    f->score = HS_NEW_ARRAY(float, (size_t)KNOTS *STATES);
    f->from = HS_NEW_ARRAY(unsigned short, (size_t)KNOTS *STATES);
}

static void follower_free(struct follower *f)
{
    hs_gcc_free(&f->wide);
    hs_gcc_free(&f->narrow);
    hs_free(f->x);
    hs_free(f->y);
    hs_free(f->piece);
    hs_free(f->window);
    hs_free(f->score);
    hs_free(f->from);
    hs_free(f->chunk.master);
    hs_free(f->chunk.mix);
}

/* Middle or side of a feed. */
static enum hs_status read_part(struct hs_feed *feed, int part, double at_s, size_t n,
                                double *start_s, float **out, struct hs_error *err)
{
    const float *in[2];
    int64_t first = llround((at_s - feed->origin_s) * feed->rate_hz);
    enum hs_status status = hs_feed_get(feed, first, n, in, err);
    if (status)
        return status;
    hs_free(*out);
    *out = hs_malloc(n * sizeof **out);
    *start_s = feed->origin_s + (double)first / feed->rate_hz;
    const float sign = part ? -0.5f : 0.5f;
    for (size_t i = 0; i < n; i++)
        (*out)[i] = 0.5f * in[0][i] + sign * in[1][i];
    return HS_OK;
}

static double middle_of(const struct follower *f, size_t knot)
{
    return f->chunk.master_s + (double)(knot * HOP + PIECE / 2) / f->rate_hz;
}

/* n frames of the mix where the master's PIECE around a knot should lie: straight between
 * their neighbours, which is enough for a delay. `late_s` at the middle, `slope` its rise. */
static void read_mix(const struct follower *f, size_t knot, double late_s, double slope, size_t n,
                     float *out)
{
    const struct chunk *c = &f->chunk;
    double middle = (hs_time_map_at(f->line, middle_of(f, knot)) + late_s - c->mix_s) * f->mix_hz;
    double step = (f->line.ratio + slope) * f->mix_hz / f->rate_hz;
    for (size_t i = 0; i < n; i++) {
        double at = middle + ((double)i - (double)n / 2) * step, whole = floor(at);
        float share = (float)(at - whole);
        bool inside = whole >= 0 && whole + 1 < (double)c->n_mix;
        const float *x = c->mix + (inside ? (size_t)whole : 0);
        out[i] = inside ? x[0] + share * (x[1] - x[0]) : 0;
    }
}

/* Spectrum of the master's piece at a knot under its window. */
static void master_spectrum(struct follower *f, struct hs_gcc *g, size_t knot)
{
    const float *y = f->chunk.master + knot * HOP;
    for (size_t i = 0; i < PIECE; i++)
        f->piece[i] = y[i] * f->window[i];
    hs_gcc_spectrum(g, f->piece, PIECE, f->y);
}

/* Correlations of a knot at all states of the first search: the mix is later by
 * (state - middle) * STATE frames. */
static void score_knot(struct follower *f, size_t knot, double centre_s, float *out)
{
    const size_t n = PIECE + 2 * REACH;
    master_spectrum(f, &f->wide, knot);
    read_mix(f, knot, centre_s, 0, n, f->piece);
    for (size_t i = 0; i < REACH; i++) { /* flanks, so that no edge is found */
        float w = f->window[i];
        f->piece[i] *= w;
        f->piece[n - 1 - i] *= w;
    }
    hs_gcc_spectrum(&f->wide, f->piece, n, f->x);
    struct hs_gcc_peak peak = hs_gcc_find(&f->wide, f->x, f->y, -2 * REACH, 0, REACH);
    float rms = peak.z > 0 ? (float)(fabs(peak.value) / peak.z) : 1;
    for (size_t s = 0; s < STATES; s++) {
        float best = 0;
        for (long k = 0; k < STATE; k++) { /* y later by -lag: the mix later by -lag - REACH */
            long lag = -(long)(s * STATE) - k;
            float v = fabsf(f->wide.fft.time[(size_t)((lag + (long)n) % (long)n)]);
            best = v > best ? v : best;
        }
        out[s] = fminf(best / rms, 20);
    }
}

/* A parabola through the knots nearby, weighted by distance and by how clear they are. */
static double smooth_at(const double *y, const double *weight, size_t n, size_t k)
{
    double m[5] = {0}, r[3] = {0};
    size_t lo = k > NEAR ? k - NEAR : 0, hi = k + NEAR < n ? k + NEAR : n - 1;
    for (size_t i = lo; i <= hi; i++) {
        double x = ((double)i - (double)k) / smooth_knots, w = weight[i] * exp(-x * x / 2);
        for (int p = 0; p < 5; p++)
            m[p] += w * pow(x, p);
        for (int p = 0; p < 3; p++)
            r[p] += w * pow(x, p) * y[i];
    }
    double a = m[2] * m[4] - m[3] * m[3], b = m[1] * m[4] - m[2] * m[3];
    double c = m[1] * m[3] - m[2] * m[2], det = m[0] * a - m[1] * b + m[2] * c;
    if (!(det > 1e-9 * m[0] * m[0] * m[0]))
        return m[0] > 0 ? r[0] / m[0] : y[k];
    return (r[0] * a - r[1] * b + r[2] * c) / det;
}

/* The best path through the scores that bends no faster than wow does (Viterbi). */
static void best_path(struct follower *f, size_t n, float bend, double centre_s)
{
    const int most = (int)ceil(most_wow * HOP / STATE) + 1;
    float *now = HS_NEW_ARRAY(float, STATES), *next = HS_NEW_ARRAY(float, STATES);
    for (size_t k = 0; k < n; k++) {
        for (int s = 0; s < STATES; s++) {
            int best = s;
            float most_now = now[s];
            for (int j = s - most; k && j <= s + most; j++) {
                if (j < 0 || j >= STATES)
                    continue;
                float v = now[j] - bend * (float)abs(s - j);
                if (v > most_now)
                    best = j, most_now = v;
            }
            f->from[k * STATES + (size_t)s] = (unsigned short)best;
            next[s] = most_now + f->score[k * STATES + (size_t)s];
        }
        memcpy(now, next, STATES * sizeof *now);
    }
    /* back along the best path */
    int s = 0;
    for (int j = 1; j < STATES; j++)
        if (now[j] > now[s])
            s = j;
    double *late_s = HS_NEW_ARRAY(double, n);
    for (size_t k = n; k-- > 0;) {
        late_s[k] = centre_s + (s * (double)STATE - REACH) / f->rate_hz * f->line.ratio;
        f->weight[k] = 1;
        s = f->from[k * STATES + (size_t)s];
    }
    for (size_t k = 0; k < n; k++)
        f->late_s[k] = smooth_at(late_s, f->weight, n, k);
    hs_free(late_s);
    hs_free(now);
    hs_free(next);
}

/* One round nearer: what is left at each knot when the mix is read along the path. The sum
 * is smoothed; in the last round only what is added, which brings back most of what that
 * took off the wow (Tukey's twicing). */
static void refine(struct follower *f, size_t n, long reach, bool last)
{
    double *left = HS_NEW_ARRAY(double, n);
    const double knots_per_s = f->rate_hz / HOP;
    for (size_t k = 0; k < n; k++) {
        double before = f->late_s[k ? k - 1 : 0], behind = f->late_s[k + 1 < n ? k + 1 : k];
        double slope = (behind - before) * knots_per_s / (k && k + 1 < n ? 2 : 1);
        master_spectrum(f, &f->narrow, k);
        read_mix(f, k, f->late_s[k], slope, PIECE, f->piece);
        for (size_t i = 0; i < PIECE; i++)
            f->piece[i] *= f->window[i];
        hs_gcc_spectrum(&f->narrow, f->piece, PIECE, f->x);
        struct hs_gcc_peak p = hs_gcc_find(&f->narrow, f->x, f->y, -reach, reach, reach);
        bool clear = p.z > stands_out_z && fabs(p.lag) < (double)reach;
        f->weight[k] = clear ? p.value * p.value : 1e-6;
        left[k] = (last ? 0 : f->late_s[k]) - (clear ? p.lag / f->rate_hz * f->line.ratio : 0);
    }
    for (size_t k = 0; k < n; k++)
        f->late_s[k] = (last ? f->late_s[k] : 0) + smooth_at(left, f->weight, n, k);
    hs_free(left);
}

/* A straight line through all knots; what is left of them is the wow. */
static void settle(struct hs_time_map *line, struct hs_wow *w)
{
    double st = 0, sy = 0, stt = 0, sty = 0, n = (double)w->n;
    for (size_t i = 0; i < w->n; i++) {
        double t = (double)i;
        st += t, sy += w->late_s[i], stt += t * t, sty += t * w->late_s[i];
    }
    double slope = n > 2 ? (n * sty - st * sy) / (n * stt - st * st) : 0;
    double offset = (sy - slope * st) / n;
    for (size_t i = 0; i < w->n; i++)
        w->late_s[i] -= offset + slope * (double)i;
    line->ratio += slope / w->step_s;
    line->delay_s += offset - slope / w->step_s * w->from_s;
}

/* One chunk of n knots from at_s on. */
static enum hs_status follow_chunk(struct follower *f, struct hs_feed *mix, struct hs_feed *master,
                                   const int part[2], double at_s, size_t n, double centre_s,
                                   struct hs_error *err)
{
    const double margin_s = 0.2;
    struct chunk *c = &f->chunk;
    c->n = n * HOP + PIECE;
    enum hs_status status = read_part(master, part[1], at_s, c->n, &c->master_s, &c->master, err);
    if (status)
        return status;
    double start = hs_time_map_at(f->line, c->master_s) + centre_s - margin_s;
    double length = (double)c->n / f->rate_hz * f->line.ratio + 2 * margin_s;
    c->n_mix = (size_t)(length * f->mix_hz);
    status = read_part(mix, part[0], start, c->n_mix, &c->mix_s, &c->mix, err);
    if (status)
        return status;
    for (size_t k = 0; k < n; k++)
        score_knot(f, k, centre_s, f->score + k * STATES);
    double best = -1, *kept = HS_NEW_ARRAY(double, n);
    /* stiff and loose paths; that on which most knots agree */
    for (size_t way = 0; way < WAYS; way++) {
        double agrees = 0;
        best_path(f, n, bend_costs[way], centre_s);
        refine(f, n, reach_of[0], false);
        for (size_t k = 0; k < n; k++)
            agrees += f->weight[k];
        if (agrees > best) {
            best = agrees;
            memcpy(kept, f->late_s, n * sizeof *kept);
        }
    }
    memcpy(f->late_s, kept, n * sizeof *kept);
    hs_free(kept);
    for (size_t i = 1; i < ROUNDS; i++)
        refine(f, n, reach_of[i], i + 1 == ROUNDS);
    return HS_OK;
}

/* Chunk by chunk, each about where the last one ended. */
enum hs_status hs_wow_follow(struct hs_feed *mix, struct hs_feed *master, const int part[2],
                             struct hs_time_map *line, double from_s, double to_s,
                             struct hs_wow *out, struct hs_error *err)
{
    struct follower *f = HS_NEW(struct follower);
    const double step_s = HOP / master->rate_hz;
    size_t total = (size_t)fmax(floor((to_s - from_s) / step_s) - PIECE / HOP, 0), done = 0;
    double centre_s = 0;
    *out = (struct hs_wow){.step_s = step_s};
    out->late_s = HS_NEW_ARRAY(double, total + 1);
    follower_init(f, *line, master->rate_hz, mix->rate_hz);
    enum hs_status status = hs_feed_seek(master, from_s, err);
    if (!status)
        status = hs_feed_seek(mix, fmax(hs_time_map_at(*line, from_s) - 1, 0), err);
    while (done < total && !status) {
        /* The knots at the edge of a chunk lean on one side only: they are found again. */
        size_t again = done ? 2 * NEAR : 0, n = total - done + again;
        n = n > KNOTS ? KNOTS : n;
        double at_s = from_s + (double)(done - again) * step_s;
        status = follow_chunk(f, mix, master, part, at_s, n, centre_s, err);
        if (!done)
            out->from_s = f->chunk.master_s + (double)PIECE / 2 / f->rate_hz;
        size_t skip = again / 2, keep = done - again + skip;
        memcpy(out->late_s + keep, f->late_s + skip, (n - skip) * sizeof *out->late_s);
        done = keep + n - skip;
        centre_s = f->late_s[n - 1];
    }
    out->n = status ? 0 : done;
    if (out->n)
        settle(line, out);
    follower_free(f);
    hs_free(f);
    return status;
}
