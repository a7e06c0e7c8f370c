/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Peak and power of every 10 ms of a file in four bytes, and what follows from their
 * distribution: dynamics, limiting, silence, the way a file begins and ends. Levels are
 * kept in steps of 0.005 dB from -300 dB on (0 is digital silence), so that hours of
 * audio fit into a few megabytes. Pure but for the row's memory.
 */
#ifndef HS_MEASURE_LEVELS_H
#define HS_MEASURE_LEVELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_tick_level {
    uint16_t peak;  /* larger of both channels */
    uint16_t power; /* mean of both channels' mean squares */
};

struct hs_levels {
    struct hs_tick_level *ticks; /* owned */
    size_t n, cap;
    double power_high[256], power_low[256]; /* of a code's bytes, made by the first push */
};

void hs_levels_push(struct hs_levels *l, double peak, double power);
void hs_levels_free(struct hs_levels *l);

/* NaN where the file is too short or silent. */
struct hs_dynamics {
    double ceiling_dbfs;   /* exceeded by the peaks of 0.5 % of the loudest half's ticks */
    double limited_share;  /* of those ticks whose peak is above 0.3 dB below it */
    double crest_3s_db;    /* median peak over rms of 3 s windows that are not quiet */
    double peak_spread_db; /* 99th minus 50th percentile of the 50 ms peaks of the loudest
                              fifth */
};
void hs_levels_dynamics(const struct hs_levels *l, struct hs_dynamics *out);

struct hs_silence {
    double share; /* of the ticks 60 dB or more below the file's peak */
    double leading_s, trailing_s;
    int gaps;         /* spells of digital silence of 20 ms to 1 s within loud music */
    double gap_s[16]; /* when the first of them begin */
};
void hs_levels_silence(const struct hs_levels *l, struct hs_silence *out);

/* Of one end of the file, seen from that end. */
struct hs_edge {
    double level_db; /* mean power of the first 10 ms over that of the whole file */
    double fade_s;   /* until the level has come within 6 dB of that of the 5 s behind it
                        for the first time; 0: at once */
    double rise_db;  /* from the first 50 ms to the 2 s behind them */
};
void hs_levels_edge(const struct hs_levels *l, bool at_end, struct hs_edge *out);

#endif
