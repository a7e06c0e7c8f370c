/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which findings can be listened to, where, and against what.
 */
#ifndef HS_REPORT_CLIPS_H
#define HS_REPORT_CLIPS_H

#include "core/arena.h"
#include "model/audit.h"

/* Clips: what can be listened to beside a finding. Side a is the master where the finding
 * is worst, side b the mix at the same place or the master with the correction applied;
 * both at equal loudness. Files: DIR/TRACKID-RULE-a.EXT, -b.EXT, and DIR/TRACKID-RULE.js
 * with both as text, from which the player switches without a gap (a page opened from a
 * folder may not read its neighbours in another way). */
enum { HS_CLIP_SIDES = 6 };
enum hs_clip_side {
    HS_CLIP_MIX, /* a: master, b: mix, c: what mastering added, d: the same beyond equalising */
    HS_CLIP_CORRECTED, /* a: master, b: master with the correction */
    HS_CLIP_ALONE,     /* a: master */
    /* Of an update, which is "master" here and the old file "mix": a: before, b: after, c: before
     * with the correction that was planned */
    HS_CLIP_UPDATE,
    /* Of a mix that is to be released, which is "master" here: a: as it is, b, ...: mastered in
     * house at the targets */
    HS_CLIP_PREVIEW,
    /* a: master, b, ...: what comes out where it is played (survival/hear.h) */
    HS_CLIP_SURVIVAL,
    /* Of an instrument that has a stem: a: master, b: the stem alone, c: the master with its fader
     * moved by the correction */
    HS_CLIP_STEM,
    HS_CLIP_LOST, /* a: master, b: in the car, where it disappears there */
    HS_N_CLIP_SIDES,
};

struct hs_clip {
    size_t track, finding; /* indices into the audit; finding SIZE_MAX: an example without one */
    const char *rule;
    enum hs_clip_side side;
    struct hs_passage master;     /* what is heard, in master time */
    struct hs_passage mix;        /* the same passage in the mix (MIX), or in the stem (STEM) */
    size_t stem;                  /* which of the track's stems (STEM) */
    int polarity;                 /* of that stem in the master: 1 or -1 */
    double added;                 /* how much of it side c has more than the master, as a factor */
    size_t target[HS_CLIP_SIDES]; /* which target a side is (PREVIEW), or place (SURVIVAL, LOST) */
    /* What is heard on each side: "master", "mix"; NULL: there is no such side. */
    const char *label[HS_CLIP_SIDES];
    const char *name; /* "TRACKID-RULE" */
    /* Filled by who renders it: */
    bool made;
    const char *why_not; /* of made == false */
    size_t bytes;        /* of all its files */
};

struct hs_clips {
    struct hs_clip *items;
    size_t n;
    bool all;              /* asked: also of songs that the report does not list */
    size_t n_left_out;     /* findings that could have had one: over the budget */
    size_t n_unlisted;     /* the same: of songs that are not listed, where not `all` is asked */
    double budget_mb;      /* of all files together, 0: hs_clips_plan's own */
    const char *extension; /* "webm" or "m4a" */
};

enum { HS_CLIP_SECONDS = 10, HS_CLIP_BUDGET_MB = 150 };

/* Does a side of it come out of a place where it is played? */
bool hs_clip_is_elsewhere(enum hs_clip_side side);

/* Moves that can be applied to a file to hear what they do. */
bool hs_clips_can_show(const struct hs_correction *c);
/* Whether a clip of one file can show what the rule finds. */
bool hs_clips_can_sound(const char *rule);
/* Where a passage of the master lies in the mix, from which it may have been shortened; false:
 * nowhere. */
bool hs_clips_place_in_mix(const struct hs_pair *pair, struct hs_passage *master,
                           struct hs_passage *mix);
/* The clip of a track and a rule that was made, NULL where there is none. */
const struct hs_clip *hs_clips_of(const struct hs_clips *clips, size_t track, const char *rule);
/* The clip of a track's preview that was made, NULL where there is none. */
const struct hs_clip *hs_clips_of_preview(const struct hs_clips *clips, size_t track);
/* The clip of what comes out elsewhere, NULL where there is none. */
const struct hs_clip *hs_clips_of_survival(const struct hs_clips *clips, size_t track);
/* The clip of the passage that disappears in a car, NULL where there is none. */
const struct hs_clip *hs_clips_of_lost(const struct hs_clips *clips, size_t track);
size_t hs_clip_n_sides(const struct hs_clip *clip);

#endif
