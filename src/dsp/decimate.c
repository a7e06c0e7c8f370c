/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A factor is split into averages and one sharp stage by up to 4. The averages decimate by 4
 * (moving average of four, four times over) or, once, by 2 (of two, eight times over). The
 * sharp stage is a sinc under Kaiser's window. Each stage is a FIR that is computed at its
 * output samples alone; it starts with half its length of silence, which takes out the delay.
 */
#include "dsp/decimate.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/windowed_sinc.h"

#include <math.h>
#include <string.h>

/* To whole vectors; the taps behind the end are 0. */
static size_t round_up(size_t n_taps)
{
    return (n_taps + HS_FIR_LANES - 1) / HS_FIR_LANES * HS_FIR_LANES;
}

/* A moving average of `factor` samples, `order` times over. */
static void design_average(struct hs_decimate_stage *s)
{
    double h[64] = {1};
    size_t len = 1;
    for (size_t o = 0; o < s->order; o++) {
        double g[64] = {0};
        for (size_t i = 0; i < len; i++)
            for (size_t k = 0; k < s->factor; k++)
                g[i + k] += h[i] / (double)s->factor;
        len += s->factor - 1;
        memcpy(h, g, sizeof h);
    }
    s->n_taps = round_up(len);
    s->taps = hs_aligned(s->n_taps, sizeof *s->taps);
    for (size_t i = 0; i < len; i++)
        s->taps[i] = (float)h[i];
    s->fill = len / 2;
}

/* Windowed sinc between the pass edge and its mirror at the output rate; Kaiser's window
 * and length for 90 dB (Kaiser 1974; Oppenheim & Schafer, Discrete-Time Signal
 * Processing, 7.6). */
static void design_sharp(struct hs_decimate_stage *s)
{
    const double stop_db = 90;
    double width = (1 - 2 * HS_DECIMATE_PASS) / (double)s->factor;
    double beta = 0.1102 * (stop_db - 8.7);
    size_t half = (size_t)ceil((stop_db - 7.95) / (14.36 * width) / 2);
    s->n_taps = round_up(2 * half + 1);
    s->taps = hs_aligned(s->n_taps, sizeof *s->taps);
    double sum = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i <= 2 * half; i++) {
            double t = (double)i - (double)half;
            double h = hs_windowed_sinc(t, (double)half + 1, 1 / (double)s->factor, beta);
            if (pass)
                s->taps[i] = (float)(h / sum);
            else
                sum += h;
        }
    s->fill = half;
}

static void add_stage(struct hs_decimator *d, size_t factor, size_t order)
{
    struct hs_decimate_stage *s = &d->stage[d->n_stages++];
    *s = (struct hs_decimate_stage){.factor = factor, .order = order};
    if (order)
        design_average(s);
    else
        design_sharp(s);
    s->cap = 4096 + s->n_taps;
    s->buffer = hs_aligned(s->cap, sizeof *s->buffer); /* begins with silence */
}

void hs_decimator_init(struct hs_decimator *d, size_t factor)
{
    *d = (struct hs_decimator){.kernels = hs_kernels_choose(), .factor = factor};
    if (factor == 1)
        return;
    size_t sharp = factor >= 4 ? 4 : factor, rest = factor / sharp;
    int twos = 0;
    for (size_t r = rest; r > 1; r /= 2)
        twos++;
    if (twos % 2)
        add_stage(d, 2, 8);
    for (int i = 0; i < twos / 2; i++)
        add_stage(d, 4, 4);
    add_stage(d, sharp, 0);
}

/* Takes at most what the buffer holds; returns the number of outputs. */
static size_t run_stage(const struct hs_kernels *kernels, struct hs_decimate_stage *s,
                        const float *in, size_t n, float *out)
{
    size_t n_all = 0;
    while (n) {
        size_t room = s->cap - s->fill, take = n < room ? n : room;
        memcpy(s->buffer + s->fill, in, take * sizeof *in);
        s->fill += take, in += take, n -= take;
        if (s->fill < s->n_taps)
            continue;
        size_t n_out = (s->fill - s->n_taps) / s->factor + 1;
        kernels->fir(s->buffer, s->factor, s->taps, s->n_taps, out + n_all, n_out);
        n_all += n_out;
        s->fill -= n_out * s->factor;
        memmove(s->buffer, s->buffer + n_out * s->factor, s->fill * sizeof *s->buffer);
    }
    return n_all;
}

/* In pieces of 2048 samples, so that what lies between the stages stays in the cache; stages take
 * turns with two rooms. */
size_t hs_decimator_run(struct hs_decimator *d, const float *in, size_t n, float *out)
{
    if (d->factor == 1) {
        memcpy(out, in, n * sizeof *in);
        return n;
    }
    float a[1024 + 2], b[1024 + 2];
    size_t n_all = 0;
    while (n) {
        size_t take = n < 2048 ? n : 2048;
        const float *from = in;
        size_t m = take;
        for (size_t i = 0; i < d->n_stages; i++) {
            float *to = i + 1 == d->n_stages ? out + n_all : i % 2 ? b : a;
            m = run_stage(d->kernels, &d->stage[i], from, m, to);
            from = to;
        }
        n_all += m;
        in += take, n -= take;
    }
    return n_all;
}

/* The gain at f (in shares of the input rate) that the averages leave; the sharp stage is flat. */
double hs_decimator_droop(const struct hs_decimator *d, double f)
{
    double gain = 1, rate = 1;
    for (size_t i = 0; i < d->n_stages; i++) {
        const struct hs_decimate_stage *s = &d->stage[i];
        double x = HS_PI * f / rate, m = (double)s->factor;
        if (s->order && x > 0)
            gain *= pow(fabs(sin(m * x) / (m * sin(x))), (double)s->order);
        rate /= m;
    }
    return gain;
}

void hs_decimator_free(struct hs_decimator *d)
{
    for (size_t i = 0; i < d->n_stages; i++) {
        hs_free(d->stage[i].taps);
        hs_free(d->stage[i].buffer);
    }
    *d = (struct hs_decimator){0};
}
