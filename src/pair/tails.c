/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tails: in pieces of 5 s, a tick that is 6 to 30 dB below the highest level of the 300 ms
 * before it is a tail, one less than 1 dB below it or above it an attack. The change is the mean
 * power gain of the tails over that of the attacks, less what the same ratio of the explained power
 * alone says, where that is positive. The median over pieces is the result; its error follows from
 * the median absolute deviation.
 * Ducking: a hit is a rise of the lowest fingerprint band by 6 dB within 60 ms to near its
 * maximum of the last second. The dip is the reduction 20 to 80 ms after it against that before
 * it, or against what it comes back to before 260 ms, whichever is less. The median over hits
 * is the result.
 */
#include "pair/tails.h"

#include "core/alloc.h"
#include "core/num.h"
#include "measure/fingerprint.h"

#include <math.h>

enum { RECENT = 30, PIECE = 5 * HS_PASS_HZ, LEAST_PIECES = 3 };
/* Of a tail, below the recent maximum; of an attack, of a tick that was not quite it. */
static const double tail_from_db = 6, tail_to_db = 30, attack_db = 1;
/* Shares of a piece's ticks that must be tails and attacks for it to say anything. */
static const double least_share = 0.02;
/* Standard error of a median against that of a mean, of normal values. */
static const double error_of_median = 1.25;

/* Gains of power over one kind of moment: of all of the master, and of what is the mix's. Each
 * moment counts alike, however loud: what is near silence is not among them. */
struct kind {
    double all, own;
    size_t n;
};

/* What is compared, and what is not the music's: power per frame that was added and is there all
 * the time, and the slow gain, dB (NULL: none). */
struct music {
    const struct hs_pass *p;
    double steady;
    const double *slow_db;
};

/* A tick and its neighbours: what lies between a tail and a hit is the hit's. */
static struct hs_pass_tick around(const struct hs_pass *p, size_t i)
{
    struct hs_pass_tick sum = {0};
    for (size_t k = i ? i - 1 : 0; k <= i + 1 && k < p->n_ticks; k++) {
        sum.xx += p->tick[k].xx;
        sum.yy += p->tick[k].yy;
        sum.rr += p->tick[k].rr;
        sum.frames += p->tick[k].frames;
    }
    return sum;
}

static void add(struct kind *k, const struct music *m, size_t i)
{
    const struct hs_pass_tick t = around(m->p, i);
    double gain = m->slow_db ? hs_power_from_db(m->slow_db[i]) : 1;
    double xx = gain * (double)t.xx, yy = (double)t.yy;
    k->all += fmax(0, yy - fmin(m->steady * (double)t.frames, (double)t.rr)) / xx;
    k->own += fmax(0, yy - (double)t.rr) / xx;
    k->n++;
}

/* Power per frame that the mix does not explain and that nine moments of ten have: of noise, a hum
 * or a drone nearly all of it, of reverberation and encoders hardly any. */
static double steady_power(const struct hs_pass *p)
{
    double *x = HS_NEW_ARRAY(double, p->n_ticks + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n_ticks; i++) {
        const struct hs_pass_tick t = around(p, i);
        if (t.frames > 0)
            x[n++] = (double)t.rr / (double)t.frames;
    }
    hs_sort(x, n);
    const double steady = n ? hs_quantile_sorted(x, n, 0.1) : 0;
    hs_free(x);
    return steady;
}

static double level_db(const struct hs_pass *p, size_t i)
{
    const struct hs_pass_tick t = around(p, i);
    return t.frames > 0 && t.xx > 0 ? hs_db_from_power((double)(t.xx / (2 * t.frames))) : NAN;
}

/* NaN where there is too little of either. What holds the attacks down raises the tails and
 * is taken off; what turns the tails down is what is looked for. */
static double change_of(const struct kind *tail, const struct kind *attack, size_t n)
{
    double least = least_share * (double)n;
    if ((double)tail->n < least || (double)attack->n < least || tail->own <= 0 || attack->own <= 0)
        return NAN;
    double tails = hs_db_from_power(tail->all / (double)tail->n);
    double attacks = hs_db_from_power(attack->all / (double)attack->n);
    double held = hs_db_from_power(tail->own / (double)tail->n) -
                  hs_db_from_power(attack->own / (double)attack->n);
    return tails - attacks - fmax(0, held);
}

/* Tails against attacks within some seconds. */
static double of_piece(const struct music *m, const double *level, double least_db, size_t from)
{
    struct kind tail = {0}, attack = {0};
    size_t n = 0;
    for (size_t i = from > RECENT ? from : RECENT; i < from + PIECE; i++) {
        double recent = -INFINITY;
        for (size_t k = i - RECENT; k < i; k++)
            recent = isfinite(level[k]) ? fmax(recent, level[k]) : recent;
        if (!(level[i] >= least_db) || !isfinite(recent))
            continue;
        double fall = recent - level[i];
        n++;
        if (fall >= tail_from_db && fall < tail_to_db)
            add(&tail, m, i);
        else if (fall < attack_db)
            add(&attack, m, i);
    }
    return change_of(&tail, &attack, n);
}

/* How much mastering raised decays over attacks; the median over pieces. */
double hs_tails_change(const struct hs_pass *p, const struct hs_reduction *d, const double *slow_db,
                       bool tones, double *error_db)
{
    const struct music music = {p, tones ? steady_power(p) : 0, slow_db};
    double *level = HS_NEW_ARRAY(double, p->n_ticks + 1), middle = NAN;
    double *piece = HS_NEW_ARRAY(double, p->n_ticks / PIECE + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n_ticks; i++)
        level[i] = level_db(p, i);
    for (size_t from = 0; from + PIECE <= p->n_ticks; from += PIECE) {
        double change = of_piece(&music, level, d->least_db, from);
        if (isfinite(change))
            piece[n++] = change;
    }
    if (n >= LEAST_PIECES) {
        middle = hs_median(piece, n);
        *error_db = error_of_median * 2 * hs_mad(piece, n, middle) / sqrt((double)n);
    }
    hs_free(level);
    hs_free(piece);
    return middle;
}

/* Ticks around a hit. */
enum {
    BEFORE = -6,
    BEFORE_N = 5,
    DIP = 2,
    DIP_N = 6,
    BACK = 12,
    BACK_TO = 26,
    BACK_N = 6,
    FEWEST_HITS = 16
};
/* A hit: the low end is this much up on 60 ms ago, and near its recent maximum. */
enum { LOW_BAND = 0, RISE_FRAMES = 3, PAST_FRAMES = HS_FINGERPRINT_HZ };
static const double hit_db = 6, reach_db = 12;

static double mean_of(const struct hs_reduction *d, long from, int n)
{
    double sum = 0;
    int k = 0;
    for (long i = from; i < from + n; i++)
        if (i >= 0 && i < (long)d->n && isfinite(d->db[i])) {
            sum += (double)d->db[i];
            k++;
        }
    return k ? sum / k : NAN;
}

/* A hit must come within `reach_db` of the maximum of the last second. */
static bool is_hit(const char *fingerprint, size_t frame)
{
    double now = hs_fingerprint_db(fingerprint, frame, LOW_BAND), most = now, least = now;
    for (size_t k = 1; k <= PAST_FRAMES; k++)
        most = fmax(most, hs_fingerprint_db(fingerprint, frame - k, LOW_BAND));
    for (size_t k = 1; k <= RISE_FRAMES; k++)
        least = fmin(least, hs_fingerprint_db(fingerprint, frame - k, LOW_BAND));
    return now - least >= hit_db && now >= most - reach_db &&
           now >= hs_fingerprint_db(fingerprint, frame + 1, LOW_BAND);
}

/* How much the gain falls at low hits and comes back. */
double hs_ducking(const struct hs_pass *p, const struct hs_reduction *d, const char *fingerprint,
                  struct hs_time_map line)
{
    size_t n = hs_fingerprint_frames(fingerprint), n_hits = 0;
    double *dip = HS_NEW_ARRAY(double, n + 1), middle = NAN;
    for (size_t i = PAST_FRAMES; i + 1 < n; i++) {
        if (!is_hit(fingerprint, i))
            continue;
        double mix_s = ((double)i + 0.5) / HS_FINGERPRINT_HZ;
        double master_s = (mix_s - line.delay_s) / line.ratio;
        long hit = lround((master_s - p->start_s) * HS_PASS_HZ);
        double low = mean_of(d, hit + DIP, DIP_N);
        double fall = low - mean_of(d, hit + BEFORE, BEFORE_N), back = NAN;
        for (long k = hit + BACK; k + BACK_N <= hit + BACK_TO; k++)
            back = fmax(back, low - mean_of(d, k, BACK_N)); /* NaN gives way */
        if (isfinite(fall) && isfinite(back))
            dip[n_hits++] = fmin(fall, back);
        i += RISE_FRAMES;
    }
    if (n_hits >= FEWEST_HITS)
        middle = fmax(0, hs_median(dip, n_hits));
    hs_free(dip);
    return middle;
}
