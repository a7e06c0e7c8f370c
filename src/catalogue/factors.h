/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom and what a track was made with: artist, engineers, studio, format, genre, label. A factor is
 * one of these, a level one of its values, such as one engineer. Never fails.
 */
#ifndef HS_CATALOGUE_FACTORS_H
#define HS_CATALOGUE_FACTORS_H

#include "catalogue/census.h"

enum hs_factor {
    HS_FACTOR_ARTIST,
    HS_FACTOR_MIXED_BY,
    HS_FACTOR_MASTERED_BY,
    HS_FACTOR_STUDIO,
    HS_FACTOR_FORMAT,
    HS_FACTOR_GENRE,
    HS_FACTOR_LABEL,
    HS_N_FACTORS,
};

/* "mastered_by" */
const char *hs_factor_name(enum hs_factor f);
/* Of the track, its release or the job; NULL where it is not known. */
const char *hs_factor_level(const struct hs_audit *audit, const struct hs_track *t,
                            enum hs_factor f);
/* Whether the tracks of the job have several levels. */
bool hs_factor_differs(const struct hs_audit *audit, enum hs_factor f);
/* By track: the number of its artist, from 0, in `out`. Returns how many artists there are. */
size_t hs_factor_number_artists(const struct hs_audit *audit, size_t *out);

/* Aliases that were looked for: the same levels are asked of many rules. Begin with zeros. */
struct hs_aliases {
    struct hs_alias {
        enum hs_factor factor;
        const char *level, *alias;
    } * known;
    size_t n, cap;
    struct hs_arena arena; /* freed by the caller */
};
/* The factor that has nearly the same tracks (phi of at least 0.9) as this level of f, "year" where
 * the level fills a stretch of years alone; NULL: none. */
const char *hs_factor_alias(struct hs_aliases *aliases, const struct hs_audit *audit,
                            enum hs_factor f, const char *level);
/* The factor that changed with this release as well, in the order of the years, and the level that
 * came or went with it; NULL: none. Likewise by phi. The level of the releases that have what is
 * told is named, where they have one alone, else that of the others. `began`: those that have it
 * are those from there on, else those before. */
struct hs_what_changed {
    const char *factor, *level;
    bool level_of_others;
};
struct hs_what_changed hs_factor_of_change(const struct hs_audit *audit, size_t release,
                                           bool began);

#endif
