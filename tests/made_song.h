/* SPDX-License-Identifier: Apache-2.0 */
/* Made music at 44.1 kHz, and pieces of it. */
#ifndef HS_TESTS_MADE_SONG_H
#define HS_TESTS_MADE_SONG_H

#include "signals.h"

enum { RATE = 44100 };

static inline struct signal song(double seconds, uint64_t seed)
{
    struct signal s = signal_new(RATE, 2);
    signal_song(&s, seconds, 0.2, seed);
    signal_add_noise(&s, 0, 0.001, seed + 1);
    return s;
}

/* The frames [from, from + n) of the song as a new signal. */
static inline struct signal part(const struct signal *s, size_t from, size_t n)
{
    struct signal out = signal_new(s->rate, s->n_channels);
    signal_extend(&out, (double)n / s->rate);
    for (int c = 0; c < s->n_channels; c++)
        memcpy(out.x[c], s->x[c] + from, out.n * sizeof(float));
    return out;
}

#endif
