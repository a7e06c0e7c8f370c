/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Instruments: what stems show of a mix and of a master. Faders of stems are not known, so each
 * is what a fit found of it in that file. Several stems under one key of the job are one
 * instrument; where a role has several keys, one more stands for all of them together. Levels are
 * in LU against the loudness of the file, gains in dB, times in seconds; NaN where a number is
 * absent, with the reason in `why`. Owned by the arena they were unpacked into.
 */
#ifndef HS_MODEL_INSTRUMENT_H
#define HS_MODEL_INSTRUMENT_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/error.h"
#include "model/stem_role.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HS_STEM_ZONES = 5 };

/* The two files of a track in which stems are looked for. */
enum hs_stem_side { HS_STEM_IN_MIX, HS_STEM_IN_MASTER, HS_STEM_SIDES };
enum hs_stem_origin { HS_STEM_GIVEN, HS_STEM_SEPARATED, HS_N_STEM_ORIGINS };

/* Its numbers, NaN where absent; in the order of the table. */
enum hs_instrument_number {
    HS_INSTRUMENT_DELAY_S,
    HS_INSTRUMENT_DRIFT_PPM,
    HS_INSTRUMENT_GAIN_DB,
    HS_INSTRUMENT_LEVEL_LU,
    HS_INSTRUMENT_LEVEL_SONG_LU,
    HS_INSTRUMENT_BOUND_LU,
    HS_INSTRUMENT_ACTIVE_S,
    HS_INSTRUMENT_AUDIBLE,
    HS_INSTRUMENT_WIDTH_DB,
    HS_INSTRUMENT_BALANCE_DB,
    HS_INSTRUMENT_RANGE_LU,
    HS_INSTRUMENT_WET_DB,
    HS_N_INSTRUMENT_NUMBERS,
};

struct hs_instrument_row { /* of the table */
    const char *key, *unit, *title, *definition;
    int digits;
};
extern const struct hs_instrument_row hs_instrument_rows[HS_N_INSTRUMENT_NUMBERS];

enum { HS_NO_STEM_KEY = -1 };

struct hs_instrument {
    enum hs_stem_role role;
    int key; /* of the track's `stems`; HS_NO_STEM_KEY: all of the role together */
    enum hs_stem_origin origin;
    enum hs_stem_side side;
    const char *name; /* as the job has the key; NULL: all of the role */
    const char *why;  /* it is not judged for this reason; NULL: it is */
    int like;         /* that: this key is all but the same; HS_NO_STEM_KEY: no key alone is */
    int beside;       /* that: this key was not found there, and what it should hold may be what is
                         left; HS_NO_STEM_KEY: no such */
    bool drowned;     /* that: in what is in no stem; known to the fit alone, and not kept */
    bool alike;       /* that: but what spoils it is alike in mix and master, so that the change of
                         its level is told */
    int polarity;     /* 1, -1 inverted; 0: not known */
    double number[HS_N_INSTRUMENT_NUMBERS];
    double tone_db[HS_STEM_ZONES]; /* NaN where nothing is heard */
    const float *course_lu;        /* time series of its level against the file, one value per
                                      window (hs_stem_fit.window_s); NaN: silent */
    size_t n_course;
};

struct hs_stem_fit { /* of one file */
    bool tried;
    const char *why;     /* there is no fit, for this reason; NULL: there is */
    const char *missing; /* what the stems do not explain, in plain words; NULL: nothing much */
    double residual_db;  /* NaN without a fit */
    double loudness_lufs;
    double window_s; /* step of course_lu */
};

struct hs_instruments {
    struct hs_instrument *items;
    size_t n;
    struct hs_stem_fit fit[HS_STEM_SIDES];
    const char *separated_by; /* program and version; NULL: the stems were given; not packed */
};

/* Bounds of the level in LU: up to the first it is measured, up to the second inferred, beyond that
 * not judged. */
extern const double hs_instrument_measured_lu, hs_instrument_inferred_lu;

const char *hs_stem_side_name(enum hs_stem_side side);
const char *hs_stem_origin_name(enum hs_stem_origin origin);
extern const char *const hs_stem_zone_names[HS_STEM_ZONES];

/* The instrument of a role in that file: the one, or all of the role together. NULL where there
 * is none. */
const struct hs_instrument *hs_instrument_of_role(const struct hs_instruments *all,
                                                  enum hs_stem_role role, enum hs_stem_side side);

/* One of which nothing is known but why. */
struct hs_instrument hs_instrument_unread(enum hs_stem_role role, int key,
                                          enum hs_stem_origin origin, enum hs_stem_side side,
                                          const char *why);

/* As bytes, without names; what is taken lies in the arena. */
void hs_instruments_pack(const struct hs_instruments *in, struct hs_buf *out);
enum hs_status hs_instruments_unpack(struct hs_instruments *out, struct hs_arena *arena,
                                     const void *data, size_t n, struct hs_error *err);

#endif
