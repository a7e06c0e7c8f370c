/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stems and the files they belong to, frame by frame on one clock: that of the first file. Each
 * source is read from where it lies on that clock, and given as K-weighted spectra. One object
 * belongs to one thread.
 */
#ifndef HS_STEMS_SPECTRA_H
#define HS_STEMS_SPECTRA_H

#include "core/error.h"
#include "dsp/fft.h"
#include "pair/feed.h"
#include "stems/bands.h"

#include <stdbool.h>

/* A spectrum of one frame: planar complex numbers of the bins that bands hold, as these keep them.
 */
struct hs_stem_spectrum {
    float *x[2][2]; /* [channel][real, imaginary] */
    bool silent;    /* then the numbers are not set */
    bool mono;      /* both channels are the same, and x[1] is x[0] */
};

/* What of a source is read: both channels; the middle of both, (l + r) / 2 on either side; or the
 * rest, (l - r) / 2 and its opposite. Middle and rest together are the whole. */
enum hs_stem_part { HS_STEM_BOTH, HS_STEM_MIDDLE, HS_STEM_REST };

/* Between two frames of the clock a source that is cut lies at this delay. */
struct hs_stem_piece {
    int64_t from, to, delay;
};

/* A source on the clock. */
struct hs_stem_track {
    const struct hs_source *source;
    int64_t delay; /* frame of the clock on which its first frame falls */
    /* Where it is cut against the clock: the delay in each piece, in the order of the source, which
     * is silent elsewhere. Borrowed. */
    const struct hs_stem_piece *pieces;
    size_t n_pieces; /* 0: it lies at `delay` all through */
    int64_t next;    /* frame of the source that was asked for last */
    double drift;    /* how much longer than it is it lasts on the clock, as a share */
    bool one_side;   /* a channel is silent all through: the other one stands for both */
    enum hs_stem_part part;
    bool one_of_two; /* the other one has the same sound at another time, on the other side */
    struct hs_feed feed;
    bool open;
    int n_bands; /* those that its own sample rate holds */
    struct hs_stem_spectrum spectrum;
    float *own[2][2];
};

struct hs_stem_reader {
    struct hs_stem_bands bands;
    double rate_hz;
    struct hs_fft fft;
    float *window, *scratch[2];
    struct hs_stem_track *tracks;
    size_t n;
};

/* Opens the sources of the n tracks, whose places are set. May be closed after a failure. */
enum hs_status hs_stem_reader_open(struct hs_stem_reader *r, struct hs_stem_track *tracks, size_t n,
                                   double rate_hz, struct hs_error *err);
/* The spectra of all tracks for the frame that begins at `from`, which never goes back. */
enum hs_status hs_stem_reader_get(struct hs_stem_reader *r, int64_t from, struct hs_error *err);
void hs_stem_reader_close(struct hs_stem_reader *r);

#endif
