/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracks whose habits are asked for together: all, or those of one engineer or year. Values in dB
 * and LU, as habit_values.h has them; nothing fails.
 */
#ifndef HS_CATALOGUE_HABIT_GROUP_H
#define HS_CATALOGUE_HABIT_GROUP_H

#include "catalogue/habit_values.h"
#include "catalogue/habit_words.h"
#include "catalogue/usual.h"

struct hs_habit_group;

/* What differs between mastering and mixing. */
struct hs_habit_kind {
    const char *(*engineer)(const struct hs_track *t);
    int (*year)(const struct hs_audit *audit, const struct hs_track *t);
    const double *(*bands)(const struct hs_track_result *t);
    hs_habit_value *band, *zone, *width;
    bool of_artists; /* it may differ from artist to artist */
    double (*zone_error)(const struct hs_habit_source *s, size_t zone);
    void (*fill)(struct hs_arena *a, struct hs_habit_group *g, struct hs_habits *h);
    struct hs_habit_saying saying;
};

/* The pairs or mixes that habits are taken from: all, or those of one engineer or year. */
struct hs_habit_group {
    const struct hs_habit_kind *kind;
    struct hs_habit_source from;
    const char *engineer;
    int year;
    size_t *track; /* release by release */
    size_t n;
    double *value; /* scratch, as the next */
    size_t *release;
    struct hs_between between; /* how far releases differ, by all third octaves */
};

const struct hs_track_result *hs_habit_group_track(const struct hs_habit_group *g, size_t track);
/* Whether a track is of the group's engineer and year, as far as it has any. */
bool hs_habit_group_has(const struct hs_habit_kind *k, const struct hs_habit_group *g,
                        size_t track);
/* The values of its tracks, in the scratch of the group: valid until the next call. */
struct hs_sample hs_habit_group_sample(struct hs_habit_group *g, hs_habit_value *value,
                                       size_t which);
/* Their median with its interval; `error` is the variance of what they are held against. */
struct hs_usual hs_habit_group_usual(struct hs_habit_group *g, hs_habit_value *value, size_t which,
                                     double error);
/* Looks how far its releases differ, then the same of each zone, corrected for each other. */
void hs_habit_group_zones(struct hs_habit_group *g, struct hs_usual zone[HS_ZONES]);

#endif
