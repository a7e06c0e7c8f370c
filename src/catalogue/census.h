/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is counted for a rule over the whole catalogue, and from how many on anything is said of
 * it. Units live in the scratch arena; findings and judgements are those of the audit. Never
 * fails.
 */
#ifndef HS_CATALOGUE_CENSUS_H
#define HS_CATALOGUE_CENSUS_H

#include "catalogue/songs.h"
#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

enum { HS_SEED = 20011 };      /* of everything random here */
enum { HS_FAULTS_NEEDED = 3 }; /* below this nothing is called recurring or a trend */
enum { HS_TRACKS_NEEDED = 5 }; /* below this many judged: too few to read anything */
#define HS_CONFIDENCE 0.95
#define HS_FALSE_DISCOVERIES 0.10 /* share allowed among what is called recurring */

/* A master that was judged; the same mastering is there once. */
struct hs_unit {
    size_t track, release, song;
    bool faulty;
    enum hs_origin origin;                /* of the fault */
    const struct hs_finding *finding;     /* NULL for none; a note is kept and no fault */
    const struct hs_finding *of_pair;     /* that is there by the move of mastering alone */
    const struct hs_judgement *judgement; /* NULL where none was kept */
};

/* A rule over the whole catalogue. */
struct hs_census {
    const char *rule, *unit;
    struct hs_unit *units; /* what counts as a song: every master, or the first of each song */
    size_t n;
    struct hs_unit *masters; /* all, those of a song as neighbours */
    size_t n_masters;
    int copies;          /* others that were judged, for which one of the masters stands */
    int of_another_song; /* that were judged and are not the song: not counted */
    bool once_a_song;    /* of a song with several masters the first counts alone */
    int faulty, by_pair_only;
    enum hs_habit habit; /* of the faults of all masters: the stage that they come from */
    int side;            /* of the rule, 0 both, unknown or fixed thresholds */
};
void hs_census_take(const struct hs_audit *audit, const struct hs_songs *songs, const char *rule,
                    struct hs_arena *scratch, struct hs_census *out);

/* The stage most of the faults come from, where two thirds agree. */
enum hs_habit hs_habit_of(const int origins[HS_N_ORIGINS]);
/* Year that belongs to the stage at which the fault of this rule is made; 0 unknown. */
int hs_unit_year(const struct hs_audit *audit, const struct hs_unit *unit, enum hs_habit habit);

const struct hs_judgement *hs_judgement_of(const struct hs_track_result *t, const char *rule);

#endif
