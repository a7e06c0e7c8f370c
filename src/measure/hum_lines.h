/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hum in a course of low spectra. A hum is a steady line: it is always there and never lower. A
 * bass note comes and goes; a kick or a drone changes its level. Pure functions.
 */
#ifndef HS_MEASURE_HUM_LINES_H
#define HS_MEASURE_HUM_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Levels of the bins first .. first + n_bins - 1 of every frame, in steps of half a decibel below
 * full scale power. */
struct hs_low_course {
    double bin_hz;
    size_t first, n_bins, n; /* n: frames */
    const uint8_t *level;    /* of frame i from i * n_bins on */
    const float *energy;     /* of each frame, 40 to 420 Hz */
};

/* Bins that must be there around the lines that are looked for. */
size_t hs_low_course_first(double bin_hz);
size_t hs_low_course_last(double bin_hz);

enum { HS_HUM_ORDERS = 8 };

struct hs_hum {
    int n_lines;          /* 0: none */
    double hz;            /* of the fundamental, as it plays */
    bool exact;           /* within half a per cent of 50 or 60 Hz */
    double power;         /* of all lines together */
    double prominence_db; /* the clearest line over its surroundings */
    struct {
        double hz, db;         /* 0 Hz: not found */
    } line[HS_HUM_ORDERS + 1]; /* by multiple, from 1 on */
};

/* One line in one frame. */
struct hs_hum_sight {
    double db;            /* power of five bins */
    double prominence_db; /* over the bins around */
    bool clear;           /* nothing sounds beside it; then its frequency is known */
    double hz;
};
/* Power of every level, for the function below. */
void hs_hum_powers(double power[256]);
struct hs_hum_sight hs_hum_look(const struct hs_low_course *course, const double power[256],
                                size_t frame, size_t bin);
/* How far a steady line may stray from its level, in dB, and from its frequency, in Hz. */
double hs_hum_allowed_db(double prominence_db);
double hs_hum_allowed_hz(double hz);

/* False where there are too few frames that sound. `loudest`: power from which on steady lines
 * are part of the music. */
bool hs_hum_find(const struct hs_low_course *course, double loudest, struct hs_hum *out);

#endif
