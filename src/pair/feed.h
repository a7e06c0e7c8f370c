/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file as a stereo signal that can be read at any place, forwards: down-mixed as the
 * measures are, converted to another rate where asked, zeros before its start and behind
 * its end. Holds no more than what is asked for at once, or all that has been read of a short
 * file, which is then decoded and converted once only.
 */
#ifndef HS_PAIR_FEED_H
#define HS_PAIR_FEED_H

#include "core/error.h"
#include "dsp/downmix.h"
#include "dsp/rational.h"
#include "media/reader.h"
#include "pair/late.h"

struct hs_resample;

struct hs_feed {
    const struct hs_source *source;
    struct hs_reader *reader;
    struct hs_rational rational;  /* the converter where the rates allow it */
    struct hs_resample *resample; /* any other */
    bool converts;
    double native_hz, rate_hz;
    double origin_s; /* time of frame 0 of what is buffered; changed by seeking */
    struct hs_downmix downmix;
    bool straight;              /* stereo: nothing to mix down */
    float offset[2];            /* taken from left and right; 0 until it is set */
    const struct hs_late *late; /* taken back in all that is got; NULL: none; borrowed */
    float *in_time[2];          /* what was got so */
    size_t cap_in_time;
    float *buffer[2];        /* ready frames */
    float *mixed[2];         /* one chunk on its way through the converter */
    const float *pending[2]; /* of it, not yet converted */
    size_t n_pending;
    bool ended;    /* of the file, where it is converted */
    int64_t first; /* frame of buffer[.][0] */
    size_t n, cap;
    bool drained;
    bool from_start; /* a short file: origin_s stays 0 */
    bool keeps;      /* all that was read of it: nothing is sought */
    int64_t last;    /* frame of it */
    /* A file that is kept, and cheap to be sought in, is converted by blocks as they are asked for;
     * `ready` is NULL for any other. */
    bool *ready;
    size_t block, n_blocks;
    size_t next_block; /* that the converter stands before; 0: before none */
};

/* rate_hz 0: the file's own. A zeroed or failed feed may be closed. */
enum hs_status hs_feed_open(struct hs_feed *f, const struct hs_source *source, double rate_hz,
                            struct hs_error *err);
/* Asked of a feed just opened: the frames of a file of this length count from its start from now
 * on where all of them take at most 32 MB (95 s at 44.1 kHz), and all that is read of it is kept
 * where reading it again would cost something. */
void hs_feed_keep(struct hs_feed *f, double length_s);
/* The next frames count from a moment at or shortly before time_s, from which on all that a late
 * channel is taken back by is there: the start of a file that is kept. Where the rate of the file
 * and the wanted one are whole numbers, it lies on frames of both. */
enum hs_status hs_feed_seek(struct hs_feed *f, double time_s, struct hs_error *err);
/* Frames [from, from + n) counted from origin_s; earlier ones are forgotten. The pointers
 * live until the next call. */
enum hs_status hs_feed_get(struct hs_feed *f, int64_t from, size_t n, const float *out[2],
                           struct hs_error *err);
void hs_feed_close(struct hs_feed *f);

#endif
