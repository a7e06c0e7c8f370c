/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clipping that survives a codec, an equaliser or a resampler: how flat the tops of the
 * waveform are, by their level. Music has tops of one flatness at all levels, before and after
 * all of these; where a clipper stood they are flatter at one level, its ceiling. Short smoothing
 * takes away what a codec puts on a plateau. Levels are steps of 1/128 octave. One object per
 * channel and thread; nothing fails.
 */
#ifndef HS_DSP_CEILING_H
#define HS_DSP_CEILING_H

#include "dsp/kernels.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HS_CEILING_REACH = 80,       /* samples that must be readable on either side of a block */
    HS_CEILING_REACH_MOST = 192, /* ... of the highest rates: hs_ceiling_reach */
    HS_CEILING_BLOCK = 64,       /* samples that are looked at in one go, at most */
    HS_CEILING_LEVELS = 2560     /* 20 octaves */
};

struct hs_ceiling_level {
    uint32_t tops;       /* of this level */
    uint32_t wide, flat; /* of them those of 0.18 ms and more, and the flat ones of these */
    uint32_t places;     /* the tops, those of one plateau once */
    uint32_t shelves; /* places beside them, further in, where the wave rests between two steps */
    double flatness;  /* their sum */
    uint64_t samples; /* of the share */
};

struct hs_ceiling {
    size_t smooth; /* samples of the running mean, odd */
    size_t stride; /* of the smoothed samples one in so many is looked at: about 46 kHz are left */
    size_t wide;   /* samples of a top that can be flat by itself */
    float largest; /* of the smoothed samples */
    uint64_t n;    /* samples of the share */
    const struct hs_kernels *kernels;
    struct hs_ceiling_level *levels; /* owned */
};

void hs_ceiling_init(struct hs_ceiling *c, int rate_hz);
/* How many samples must be readable on either side of a block: HS_CEILING_REACH up to 64 kHz. */
size_t hs_ceiling_reach(const struct hs_ceiling *c);
/* Looks at the tops of x[0..n). `for_share`: its samples count for the share as well; these must
 * be picked without regard to how loud they are. */
void hs_ceiling_look(struct hs_ceiling *c, const float *x, size_t n, bool for_share);
/* Adds what `from` has seen: all channels of a file make one verdict. */
void hs_ceiling_add(struct hs_ceiling *c, const struct hs_ceiling *from);
void hs_ceiling_free(struct hs_ceiling *c);
/* The middle of a level, full scale 1. */
double hs_ceiling_level_of(size_t index);
/* The lowest level whose tops are all counted: what is far below the largest is left out. */
size_t hs_ceiling_lowest(const struct hs_ceiling *c);

#endif
