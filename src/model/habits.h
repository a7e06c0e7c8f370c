/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Habits of engineers, in mastering and in mixing: medians with intervals, in dB, by third octave
 * and by zone. Filled by catalogue/, read by report/; the strings are owned by hs_audit.arena.
 */
#ifndef HS_MODEL_HABITS_H
#define HS_MODEL_HABITS_H

#include <stdbool.h>
#include <stddef.h>

struct hs_interval {
    double low, high;
};

/* What a move of mastering is made on; a rule says of which it judges the moves. */
enum hs_moved_part {
    HS_PART_NONE,
    HS_PART_SUB,
    HS_PART_BASS,
    HS_PART_LOW_MIDDLE,
    HS_PART_PRESENCE,
    HS_PART_TREBLE,
    HS_PART_PEAKS,
    HS_PART_WIDTH,
    HS_PART_BALANCE,
    HS_PART_DECAYS,
};

/* Parts of the spectrum that engineers speak of, from low to high; moves and habits are told by
 * them. */
struct hs_zone {
    const char *name, *hz;   /* "low middle", "160 to 400 Hz" */
    size_t first, last;      /* third octaves by index, see model/measure.h */
    enum hs_moved_part part; /* what the rules that judge it are about */
};
enum { HS_ZONES = 6 };
extern const struct hs_zone hs_zones[HS_ZONES];

/* A median over a catalogue with its 95 % interval, which allows for tracks of one release being
 * correlated; NaN where it cannot be had. */
struct hs_usual {
    double median;
    struct hs_interval interval;
    double p, q;           /* of "the median is 0"; q over the zones of one engineer */
    double p_here, q_here; /* the same of the one release there is, NaN with several */
    int n, same;           /* values; those on the side of the median */
    bool differs;          /* from engineer to engineer: the median is of no one */
};

/* Whether it is put in words: q below .10, and half a decibel or more, and no engineers who differ.
 */
extern const double hs_usual_told_db;
bool hs_usual_is_told(const struct hs_usual *u);
/* Not a habit as far as is known, but shown of the one release that there is. */
bool hs_usual_is_told_here(const struct hs_usual *u);

struct hs_usual_move {
    const char *rule, *unit;
    enum hs_moved_part part; /* as of the rule */
    struct hs_usual by;
    double usual[2]; /* what mastering usually does */
};

/* Whether both are one move that two rules read, as bright and dull do. */
bool hs_usual_move_same(const struct hs_usual_move *a, const struct hs_usual_move *b);
/* "treble"; NULL of HS_PART_NONE. */
const char *hs_moved_part_name(enum hs_moved_part part);

/* From the release `at` on a zone of the tone, or the width, is another than before. */
struct hs_zone_change {
    size_t at;                   /* SIZE_MAX: not asked */
    double change, p, q;         /* change in dB; q over all of mastering and mixing */
    struct hs_interval interval; /* the one that decides: without 0 where q is below .10 */
    const char *factor, *level;  /* what changed there as well, or NULL: as in associations */
    bool level_of_others;        /* the level is that of the releases before */
};
enum { HS_ZONE_CHANGES = HS_ZONES + 1 }; /* the last is the width */
/* q below .10, and half a decibel or more. */
bool hs_zone_change_is_shown(const struct hs_zone_change *c);
/* "treble" ... "width" */
const char *hs_zone_change_name(size_t which);

/* The habits of one engineer in mastering or in mixing: medians over pairs or mixes, in dB; bands
 * and zones are of the transfer (mastering) or against the expected spectrum (mixing). */
struct hs_habits {
    const char *engineer; /* NULL: all */
    int year;             /* 0: all */
    int n, releases;      /* pairs or mixes */
    struct hs_usual band[31], zone[HS_ZONES];
    struct hs_zone_change *change; /* HS_ZONE_CHANGES of them, of all together; NULL: not asked */
    struct hs_usual gain, reduction, width, tails; /* mastering alone */
    struct hs_usual_move *moves;
    size_t n_moves;
    const char *against;           /* mixing alone: "references" */
    const char *by_whom[HS_ZONES]; /* who does what, where engineers differ; NULL: they do not */
    const char **words;            /* a sentence each */
    size_t n_words;
    size_t n_levels; /* of the words, the last: levels of instruments, for people */
};

#endif
