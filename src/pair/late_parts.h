/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the values of a pair say of channels that do not lie in time as in the mix: the one place
 * that reads them, and the one limit from which on a channel is late. Pure.
 */
#ifndef HS_PAIR_LATE_PARTS_H
#define HS_PAIR_LATE_PARTS_H

#include "model/values.h"

#include <stdbool.h>

enum { HS_LATE_PARTS_MOST = 32 };

/* A part of the song in which one channel is moved; all through: from 0 to infinity. */
struct hs_late_part {
    double from_s, to_s;
    double ms;          /* what left comes later than right, against the mix */
    double moved_ms[2]; /* what left and right come later than in the mix; NaN: not known which */
    double mix_ms;      /* what left comes later than right in the mix itself; 0: not known */
};

enum hs_late_kind {
    HS_LATE_NOT,  /* less than can be told */
    HS_LATE_MADE, /* the channels lie further apart than in the mix */
    HS_LATE_EASED,
    HS_LATE_CURED /* late in the mix, in time here */
};

/* The least that is told of a pair, ms; and what two readings of one lateness can be off by. */
extern const double hs_late_told_ms, hs_late_alike_ms;

/* The parts of a pair, at most `most`; 0: the pair does not tell. */
size_t hs_late_parts(const struct hs_values *pair, struct hs_late_part *out, size_t most);
enum hs_late_kind hs_late_kind_of(const struct hs_late_part *p);
/* The channel that was moved, 0 left and 1 right, and whether it is earlier than in the mix. Where
 * that is not known it is the later one. */
int hs_late_channel(const struct hs_late_part *p, bool *early);
/* Which channel and how, as "the left channel" and "later". */
struct hs_late_words {
    const char *channel, *how;
};
struct hs_late_words hs_late_words_of(const struct hs_late_part *p);
/* The delay between the channels of one file by its own measures, ms, positive where left is late:
 * where one lag stands out at all frequencies and is not nought. False, and 0, where none does. */
bool hs_late_of_file(const struct hs_values *file, double *ms);

#endif
